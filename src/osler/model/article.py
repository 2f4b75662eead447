"""An article: a question with the versions of its answer, and how far review has come.

Holds what the events of its history come to. Whole answers are kept beside it, by version.
"""

from __future__ import annotations

from dataclasses import dataclass

from osler.model.editorial import State
from osler.model.question import ConceptRole
from osler.model.review import (
    Actor,
    Assignment,
    Comment,
    Correction,
    Decided,
    Declaration,
    Explanation,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the question: its part, as asked, and the folded spellings that mean the same."""

    role: ConceptRole
    text: str
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What an article is about, whoever reads it.

    Attributes:
        kind: The main kind of question.
        terms: What it names.
        modifiers: Child, pregnancy and the like.
    """

    kind: str
    terms: tuple[Term, ...]
    modifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """Another wording of the same question, and why it was taken for the same."""

    asked: str
    why: str
    on: str


@dataclass(frozen=True, slots=True)
class Printed:
    """One statement of a version, as far as signing needs to know it.

    Attributes:
        id: ``st_…``.
        content: Hash of what is printed and cited.
        is_dosing: Whether it states a dose.
        writer: Id of the person who worded it, or empty where nobody of the desk did.
    """

    id: str
    content: str
    is_dosing: bool
    writer: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: a whole answer, why it was made, and what it changed.

    Attributes:
        number: From 1.
        made: ISO time.
        by: Who made it.
        reason: Why.
        answer: ``ans_…``.
        digest: Hash of the kept document.
        statements: Everything it prints, in order.
        added: Ids that the version before did not print.
        removed: Ids that only the version before prints.
        changed: Ids that both print, in other words.
        kept: Ids that both print alike.
        event: Number of the event that made it.
        edited: The statement that somebody worded, by its id before and after, or None.
    """

    number: int
    made: str
    by: Actor
    reason: str
    answer: str
    digest: str
    statements: tuple[Printed, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    kept: tuple[str, ...]
    event: int
    edited: tuple[str, str] | None = None

    def printed(self, statement: str) -> Printed | None:
        """Return the statement with this id, or None."""
        return next((one for one in self.statements if one.id == statement), None)


@dataclass(frozen=True, slots=True)
class Standing:
    """The state of an article since the last move, and what that move said.

    Attributes:
        state: Where it stands.
        since: ISO time.
        by: Who moved it.
        reason: Why, or empty.
        event: Number of the event.
        review_by: ISO date by which an approved article is to be looked at again.
        expires: ISO date after which its approval no longer holds.
        successor: ``art_…`` that took its place, or None.
    """

    state: State
    since: str
    by: Actor
    reason: str
    event: int
    review_by: str | None = None
    expires: str | None = None
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """All that the history of an article comes to.

    Attributes:
        id: ``art_…``.
        slug: Its place in an address; never changes.
        asked: The question as first asked: the title.
        normalised: The wording it was matched to.
        subject: What it is about.
        aliases: Other wordings that led here.
        scopes: Parts of the library that it rests on; who may not read them may not read it.
        author: Who opened it.
        standing: Where it stands.
        versions: All of them, oldest first.
        assignments: Reviewers who are asked now.
        declarations: The latest of each person.
        decided: Every decision on a statement, in order.
        comments: In order.
        explanations: Of contradictions with other articles.
        corrections: The public log, in order.
        reopened: Number of the event that last took it back from readers, or 0.
        renewed: Number of the event since which signatures count: the last renewal or resumption, or 0.
        events: Number of events.
        head: Hash of the last event.
        updated: ISO time of the last version or move.
    """

    id: str
    slug: str
    asked: str
    normalised: str
    subject: Subject
    aliases: tuple[Alias, ...]
    scopes: frozenset[str]
    author: Actor
    standing: Standing
    versions: tuple[Version, ...]
    assignments: tuple[Assignment, ...]
    declarations: tuple[Declaration, ...]
    decided: tuple[Decided, ...]
    comments: tuple[Comment, ...]
    explanations: tuple[Explanation, ...]
    corrections: tuple[Correction, ...]
    reopened: int
    renewed: int
    events: int
    head: str
    updated: str

    @property
    def state(self) -> State:
        """Where it stands."""
        return self.standing.state

    @property
    def version(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    def is_assigned(self, person: str) -> bool:
        """Tell whether the person with this id is asked to review it now."""
        return any(one.reviewer.id == person for one in self.assignments)

    def declaration_of(self, person: str) -> Declaration | None:
        """Return what the person last declared, or None."""
        return next((one for one in self.declarations if one.by.id == person), None)
