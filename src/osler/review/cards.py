"""The card of an article: what lists, queues and recalls need, without reading its history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from osler.model.article import Article, Subject
from osler.model.editorial import State
from osler.model.review import Actor
from osler.review.history import canonical
from osler.review.record import read_subject, subject_data
from osler.review.rules import ASSIGNABLE
from osler.review.signing import needs_of
from osler.text.normalise import fold

MOST_READ: Final = 1024
"""Cards kept as read; each is some kilobytes, and one that changed is another text."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A source that the newest version rests on, and how it prints its standing."""

    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Card:
    """An article as a list shows it.

    Attributes:
        id: ``art_…``.
        slug: Its place in an address.
        asked: Its title.
        state: Where it stands.
        since: ISO time of the last move.
        updated: ISO time of the last version or move.
        version: Number of the newest version.
        statements: How many it prints.
        unsigned: How many of them lack a signature.
        author: Who opened it.
        assigned: Who is asked to review it, each with the date by which, or None.
        review_by: ISO date, or None.
        expires: ISO date, or None.
        scopes: Parts of the library that it rests on.
        subject: What it is about.
        cited: The sources of its newest version.
        reports: How many readers' reports are open.
    """

    id: str
    slug: str
    asked: str
    state: State
    since: str
    updated: str
    version: int
    statements: int
    unsigned: int
    author: Actor
    assigned: tuple[tuple[Actor, str | None], ...]
    review_by: str | None
    expires: str | None
    scopes: frozenset[str]
    subject: Subject
    cited: tuple[Cited, ...]
    reports: int

    @property
    def due(self) -> str | None:
        """The earliest date by which a reviewer is waited for, or None; none is once it is decided."""
        if self.state not in ASSIGNABLE:
            return None
        return min((due for _, due in self.assigned if due), default=None)

    def names(self, term: str) -> bool:
        """Tell whether the question names ``term``, in any spelling that is known for it."""
        wanted = fold(term)
        return any(wanted in one.variants or wanted == fold(one.text) for one in self.subject.terms)


def card_of(article: Article, answer: Mapping[str, Any]) -> Card:
    """Return the card of ``article`` whose newest version is ``answer``."""
    return Card(
        id=article.id,
        slug=article.slug,
        asked=article.asked,
        state=article.state,
        since=article.standing.since,
        updated=article.updated,
        version=article.version.number,
        statements=len(article.version.statements),
        unsigned=sum(need.lacks > 0 for need in needs_of(article)),
        author=article.author,
        assigned=tuple((one.reviewer, one.due) for one in article.assignments),
        review_by=article.standing.review_by,
        expires=article.standing.expires,
        scopes=article.scopes,
        subject=article.subject,
        cited=tuple(Cited(entry["source"], entry["status"]) for entry in answer["references"]),
        reports=sum(one.outcome is None for one in article.corrections),
    )


def write_card(card: Card) -> str:
    """Return ``card`` as JSON."""
    return canonical(
        {
            "id": card.id,
            "slug": card.slug,
            "asked": card.asked,
            "state": card.state.value,
            "since": card.since,
            "updated": card.updated,
            "version": card.version,
            "statements": card.statements,
            "unsigned": card.unsigned,
            "author": _actor(card.author),
            "assigned": [[_actor(who), due] for who, due in card.assigned],
            "review_by": card.review_by,
            "expires": card.expires,
            "scopes": sorted(card.scopes),
            "subject": subject_data(card.subject),
            "cited": [[one.source, one.status] for one in card.cited],
            "reports": card.reports,
        }
    )


@lru_cache(maxsize=MOST_READ)
def read_card(text: str) -> Card:
    """Return what ``write_card`` wrote; the same text is read once, since lists read every card."""
    found = json.loads(text)
    return Card(
        id=found["id"],
        slug=found["slug"],
        asked=found["asked"],
        state=State(found["state"]),
        since=found["since"],
        updated=found["updated"],
        version=found["version"],
        statements=found["statements"],
        unsigned=found["unsigned"],
        author=Actor(**found["author"]),
        assigned=tuple((Actor(**who), due) for who, due in found["assigned"]),
        review_by=found["review_by"],
        expires=found["expires"],
        scopes=frozenset(found["scopes"]),
        subject=read_subject(found["subject"]),
        cited=tuple(Cited(source, status) for source, status in found["cited"]),
        reports=found["reports"],
    )


def _actor(who: Actor) -> dict[str, str]:
    return {"id": who.id, "name": who.name, "role": who.role}
