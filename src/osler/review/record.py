"""From the events of an article to the article: what they come to, read in order. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from osler.model.article import Alias, Article, Printed, Standing, Subject, Term, Version
from osler.model.editorial import Concern, Judgement, Outcome, State
from osler.model.question import ConceptRole
from osler.model.review import (
    Action,
    Actor,
    Assignment,
    Comment,
    Correction,
    Decided,
    Declaration,
    Event,
    Explanation,
)
from osler.review.states import INITIAL, Move

TAKES_BACK: Final = frozenset({Move.REOPEN, Move.RENEW})
"""Moves after which an article is approved only with a version made since."""

BEGINS_ANEW: Final = frozenset({Move.RENEW, Move.RESUME})
"""Moves after which every statement is signed again."""


def read_article(events: Sequence[Event]) -> Article:
    """Return the article that ``events`` tell of, all of its history from the first on.

    Raises:
        ValueError: They do not begin with the opening and its first version.
    """
    if len(events) < 2 or events[0].action is not Action.OPENED:
        raise ValueError("a history begins with an opening and a version")
    article = _opened(events[0], events[1])
    for event in events[2:]:
        article = _READ[event.action](article, event)
    return replace(article, events=events[-1].n, head=events[-1].hash)


def subject_data(subject: Subject) -> dict[str, Any]:
    """Return ``subject`` as JSON values."""
    return {
        "kind": subject.kind,
        "terms": [
            {"role": term.role.value, "text": term.text, "variants": list(term.variants)}
            for term in subject.terms
        ],
        "modifiers": list(subject.modifiers),
    }


def read_subject(data: Mapping[str, Any]) -> Subject:
    """Return what ``subject_data`` wrote."""
    return Subject(
        data["kind"],
        tuple(
            Term(ConceptRole(term["role"]), term["text"], tuple(term["variants"]))
            for term in data["terms"]
        ),
        tuple(data["modifiers"]),
    )


def version_data(version: Version) -> dict[str, Any]:
    """Return ``version`` as the particulars of its event."""
    return {
        "number": version.number,
        "reason": version.reason,
        "answer": version.answer,
        "digest": version.digest,
        "statements": [
            {"id": one.id, "content": one.content, "dosing": one.is_dosing, "writer": one.writer}
            for one in version.statements
        ],
        "added": list(version.added),
        "removed": list(version.removed),
        "changed": list(version.changed),
        "kept": list(version.kept),
        "edited": list(version.edited) if version.edited else None,
    }


def _version(event: Event) -> Version:
    data = event.data
    return Version(
        number=data["number"],
        made=event.at,
        by=event.by,
        reason=data["reason"],
        answer=data["answer"],
        digest=data["digest"],
        statements=tuple(
            Printed(one["id"], one["content"], one["dosing"], one["writer"])
            for one in data["statements"]
        ),
        added=tuple(data["added"]),
        removed=tuple(data["removed"]),
        changed=tuple(data["changed"]),
        kept=tuple(data["kept"]),
        event=event.n,
        edited=(data["edited"][0], data["edited"][1]) if data["edited"] else None,
    )


def _opened(opening: Event, first: Event) -> Article:
    data = opening.data
    return Article(
        id=opening.article,
        slug=data["slug"],
        asked=data["asked"],
        normalised=data["normalised"],
        subject=read_subject(data["subject"]),
        aliases=(),
        scopes=frozenset(data["scopes"]),
        author=opening.by,
        standing=Standing(INITIAL, opening.at, opening.by, "", opening.n),
        versions=(_version(first),),
        assignments=(),
        declarations=(),
        decided=(),
        comments=(),
        explanations=(),
        corrections=(),
        reopened=0,
        renewed=0,
        events=first.n,
        head=first.hash,
        updated=first.at,
    )


def _revised(article: Article, event: Event) -> Article:
    return replace(article, versions=(*article.versions, _version(event)), updated=event.at)


def _moved(article: Article, event: Event) -> Article:
    data, move = event.data, Move(event.data["move"])
    standing = Standing(
        State(data["to"]),
        event.at,
        event.by,
        data.get("reason", ""),
        event.n,
        data.get("review_by"),
        data.get("expires"),
        data.get("successor"),
    )
    return replace(
        article,
        standing=standing,
        updated=event.at,
        reopened=event.n if move in TAKES_BACK else article.reopened,
        renewed=event.n if move in BEGINS_ANEW else article.renewed,
    )


def _assigned(article: Article, event: Event) -> Article:
    person = _person(event.data["reviewer"])
    others = tuple(one for one in article.assignments if one.reviewer.id != person.id)
    assignment = Assignment(person, event.at, event.data["due"])
    return replace(article, assignments=(*others, assignment))


def _released(article: Article, event: Event) -> Article:
    gone = event.data["reviewer"]["id"]
    left = tuple(one for one in article.assignments if one.reviewer.id != gone)
    return replace(article, assignments=left)


def _declared(article: Article, event: Event) -> Article:
    others = tuple(one for one in article.declarations if one.by.id != event.by.id)
    declaration = Declaration(event.by, event.at, event.data["interest"])
    return replace(article, declarations=(*others, declaration))


def _judged(article: Article, event: Event) -> Article:
    data = event.data
    decided = Decided(
        data["statement"], data["content"], Judgement(data["judgement"]), event.by, event.at, event.n,
        data["reason"],
    )  # fmt: skip
    return replace(article, decided=(*article.decided, decided))


def _commented(article: Article, event: Event) -> Article:
    comment = Comment(event.by, event.at, event.data["text"], event.data["statement"])
    return replace(article, comments=(*article.comments, comment))


def _explained(article: Article, event: Event) -> Article:
    explanation = Explanation(event.data["finding"], event.by, event.at, event.data["text"])
    return replace(article, explanations=(*article.explanations, explanation))


def _matched(article: Article, event: Event) -> Article:
    alias = Alias(event.data["asked"], event.data["why"], event.at)
    return replace(article, aliases=(*article.aliases, alias))


def _reported(article: Article, event: Event) -> Article:
    data = event.data
    correction = Correction(
        data["number"], event.at, Concern(data["concern"]), data["statement"], data["digest"]
    )
    return replace(article, corrections=(*article.corrections, correction))


def _replied(article: Article, event: Event) -> Article:
    data = event.data
    corrections = tuple(
        replace(
            one,
            outcome=Outcome(data["outcome"]),
            reply=data["text"],
            replied=event.at,
            by=event.by,
        )
        if one.number == data["number"]
        else one
        for one in article.corrections
    )
    return replace(article, corrections=corrections)


def _again(article: Article, event: Event) -> Article:
    raise ValueError(f"event {event.n} opens {article.id} a second time")


def _person(data: Mapping[str, str]) -> Actor:
    return Actor(data["id"], data["name"], data["role"])


_READ: Final[Mapping[Action, Callable[[Article, Event], Article]]] = {
    Action.OPENED: _again,
    Action.REVISED: _revised,
    Action.MOVED: _moved,
    Action.ASSIGNED: _assigned,
    Action.RELEASED: _released,
    Action.DECLARED: _declared,
    Action.JUDGED: _judged,
    Action.COMMENTED: _commented,
    Action.EXPLAINED: _explained,
    Action.MATCHED: _matched,
    Action.REPORTED: _reported,
    Action.REPLIED: _replied,
}
