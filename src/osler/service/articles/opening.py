"""From a question to an article: matched to the one that there is, or opened with today's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from osler.answer.ask_back import speaks_of_a_person
from osler.errors import InputError, NoAnswerError, NotFoundError
from osler.ids import content_id
from osler.model.answer import AnswerStatus
from osler.model.article import Subject
from osler.model.editorial import State
from osler.model.person import Person
from osler.model.question import Question
from osler.model.review import Action
from osler.retrieval.understand import understand
from osler.review.matching import slug_of, subject_of
from osler.review.record import subject_data
from osler.review.rules import Decision, actor_of, may_open
from osler.review.states import Move
from osler.service.articles.kept import Act, Kept, find, keep, require, version_act
from osler.service.articles.known import Matched, match_understood
from osler.service.articles.moving import move
from osler.service.ask import Asked, ask
from osler.service.holding_back import refuse_identifiers
from osler.service.show import show
from osler.service.wiring import PUBLIC, Desk

REVIEWABLE: Final = frozenset(
    {AnswerStatus.ANSWERED.value, AnswerStatus.PARTIAL.value, AnswerStatus.FALSE_PREMISE.value}
)
FIRST: Final = "first version"


@dataclass(frozen=True, slots=True)
class Submitted:
    """What came of putting a question forward.

    Attributes:
        kept: The article.
        is_new: Whether it was made now.
        why: Why another wording led to an article that there was.
    """

    kept: Kept
    is_new: bool
    why: str = ""


def submit(desk: Desk, what: str, *, by: Person, as_draft: bool = False) -> Submitted:
    """Return the article on a question, put forward for review, or brought back to it.

    ``what`` is a question, a stored answer's id or an article's id. A question that an article already
    answers makes no second one: its wording is kept with that article. One whose article was superseded
    leads to what took its place, and to a new article where that does not stand either.

    Raises:
        NotAllowedError: ``by`` is no author, or not of this article.
        NoAnswerError: The library does not answer it.
        InputError: It is about one person, so that no article can answer it, or holds what may
            identify somebody (``input.identifiers``).
        NotFoundError: Nothing has this id.
    """
    if what.startswith("art_"):
        kept = find(desk, what)
        again = Move.RESUBMIT if kept.article.state is State.CHANGES_REQUESTED else Move.SUBMIT
        return Submitted(move(desk, what, again, by=by), is_new=False)
    decision = may_open(by)
    require(decision, what)
    question = _asked_in(desk, what) if what.startswith("ans_") else what
    refuse_identifiers(question, what="an article is read by everybody")
    understood = understand(question, desk.vocabulary)
    matched = match_understood(desk, understood)
    if matched is not None and matched.card.state is not State.SUPERSEDED:
        return _led_to(desk, matched, question, by=by, decision=decision)
    if matched is not None and (successor := _successor_of(desk, matched.card.id)) is not None:
        return Submitted(successor, is_new=False, why=f"it took the place of {matched.card.id}")
    if speaks_of_a_person(understood):
        raise InputError(
            "is about one person: an article answers a question for everybody", item="QUESTION",
            hint="ask it without the person", code="input.personal",
        )  # fmt: skip
    kept = _open(desk, question, understood, by=by, decision=decision)
    if not as_draft:
        kept = move(desk, kept.article.id, Move.SUBMIT, by=by)
    return Submitted(kept, is_new=True)


def _asked_in(desk: Desk, answer: str) -> str:
    """Return the whole question of a stored answer."""
    return str(show(desk, answer)["answer"]["question"]["understood"])


def fresh_answer(desk: Desk, question: str) -> Asked:
    """Return what the library answers today to everybody, as an article prints it.

    Raises:
        NoAnswerError: Nothing that could be reviewed.
    """
    asked = ask(desk, question)
    if asked.answer.status.value not in REVIEWABLE:
        raise NoAnswerError(
            f"the library has no answer to review: {asked.answer.status.value.replace('_', ' ')}",
            item=question,
            hint="osler ask says what was searched",
        )
    asked.document["envelope"]["notices"] = []  # what was remarked while asking holds for that moment
    return asked


def _open(desk: Desk, question: str, understood: Question, *, by: Person, decision: Decision) -> Kept:
    document = fresh_answer(desk, question).document
    subject = subject_of(understood)
    named = _free_id(desk, understood.normalised, *_told_apart(subject))
    actor = actor_of(by, decision)
    opening = {
        "slug": _free_slug(desk, question, named),
        "asked": " ".join(question.split()),
        "normalised": understood.normalised,
        "subject": subject_data(subject),
        "scopes": scopes_of(document),
    }
    first = version_act(None, document, by=actor, reason=FIRST)
    return keep(
        desk, None, [Act(Action.OPENED, actor, opening), first], article=named, document=document
    )


def _told_apart(subject: Subject) -> list[str]:
    return [f"{term.role.value}:{term.variants[0]}" for term in subject.terms]


def _free_id(desk: Desk, *parts: str) -> str:
    """Return the id that follows from what an article is about, or the next where it is taken."""
    named, place = content_id("art", *parts), 1
    while desk.store.articles.card(named) is not None:
        place += 1
        named = content_id("art", *parts, str(place))
    return named


def _free_slug(desk: Desk, question: str, article: str) -> str:
    slug = slug_of(question)
    is_public = desk.scopes == PUBLIC
    # One that others may not read takes no plain name: that it is taken would tell that it is there.
    is_free = is_public and desk.store.articles.card(slug) is None
    return slug if is_free else f"{slug}-{article[4:10]}"


def scopes_of(document: Mapping[str, Any]) -> list[str]:
    """Return the parts of the library that an answer was searched in."""
    searched = document["answer"]["library"]["searched"]["filters"].get("scope", "")
    return sorted(part.strip() for part in searched.split(",") if part.strip())


def _successor_of(desk: Desk, superseded: str) -> Kept | None:
    """Return what stands at the end of a row of articles that each took the place of one before."""
    kept = find(desk, superseded)
    while kept.article.state is State.SUPERSEDED:
        try:
            kept = find(desk, kept.article.standing.successor or "")
        except NotFoundError:  # it rests on parts that may not be read here
            return None
    return None if kept.article.state in {State.DECLINED, State.WITHDRAWN} else kept


def _led_to(desk: Desk, matched: Matched, question: str, *, by: Person, decision: Decision) -> Submitted:
    """Return the article that a question led to; another wording than those known is kept with it."""
    kept = find(desk, matched.card.id)
    asked = " ".join(question.split())
    known = {kept.article.asked, *(alias.asked for alias in kept.article.aliases)}
    if asked not in known:
        data = {"asked": asked, "why": matched.why}
        kept = keep(desk, kept, [Act(Action.MATCHED, actor_of(by, decision), data)])
    return Submitted(kept, is_new=False, why=matched.why)
