"""Moving an article from state to state, with what the rules need to know from outside its history."""

from __future__ import annotations

from datetime import date
from typing import Any

from osler.errors import InputError, UsageError
from osler.model.article import Article
from osler.model.editorial import State
from osler.model.person import Person
from osler.model.review import LIBRARY, Action, Meaning
from osler.review.rules import Decision, Facts, actor_of, may_move, review_dates
from osler.review.states import BY_MOVE, Move
from osler.review.watch import Change
from osler.service.articles.facts import contradictions, fallen
from osler.service.articles.kept import Act, Kept, find, keep, require
from osler.service.wiring import Desk


def move(
    desk: Desk,
    named: str,
    which: Move,
    *,
    by: Person,
    reason: str = "",
    successor: str | None = None,
    review_by: date | None = None,
) -> Kept:
    """Return the article after the move ``which``.

    Args:
        desk: Where.
        named: Its id or slug.
        which: The move.
        by: Who makes it.
        reason: Why; needed where the table says so.
        successor: Of a supersession, the article that takes its place.
        review_by: Of an approval, when to look at it again, if sooner than the rules have it.

    Raises:
        NotAllowedError: A rule forbids it, or does not hold yet; the rule is named.
        NotFoundError: There is no such article.
        UsageError: Something is given that this move does not take.
        InputError: ``input.past``: ``review_by`` has gone by.
    """
    kept = find(desk, named)
    _refuse_extras(which, successor=successor, review_by=review_by)
    refuse_past(review_by, desk.now().date(), "review_by")
    facts = facts_for(desk, kept, which, reason=reason, successor=successor)
    decision = may_move(which, by, kept.article, facts)
    require(decision, kept.article.id)
    data: dict[str, Any] = {}
    if which is Move.APPROVE:
        again, expires = review_dates(facts.today, review_by)
        data = {
            "review_by": again.isoformat(),
            "expires": expires.isoformat(),
            "version": kept.article.version.number,
            "meaning": Meaning.APPROVAL.value,
        }
    if successor is not None:
        data["successor"] = find(desk, successor).article.id
    return keep(desk, kept, [move_act(which, kept.article, by, decision, reason=reason, **data)])


def move_act(
    which: Move, article: Article, by: Person | None, decision: Decision, *, reason: str, **data: Any
) -> Act:
    """Return the act of a move that was decided on; ``by`` is None for the library."""
    actor = LIBRARY if by is None else actor_of(by, decision)
    moved = {
        "move": which.value,
        "from": article.state.value,
        "to": BY_MOVE[which].target.value,
        "reason": reason.strip(),
    }
    return Act(Action.MOVED, actor, moved | data)


def move_by_library(
    desk: Desk, kept: Kept, which: Move, *, reason: str, changes: tuple[Change, ...] = ()
) -> Kept:
    """Return the article after a move that the library makes by itself.

    Raises:
        NotAllowedError: It may not make it.
    """
    facts = Facts(desk.now().date(), reason=reason)
    decision = may_move(which, None, kept.article, facts)
    require(decision, kept.article.id)
    told = [{"kind": one.kind, "about": one.about, "weight": one.weight.value} for one in changes]
    data = {"changes": told} if told else {}
    return keep(desk, kept, [move_act(which, kept.article, None, decision, reason=reason, **data)])


def facts_for(
    desk: Desk, kept: Kept, which: Move, *, reason: str = "", successor: str | None = None
) -> Facts:
    """Return what the rules need to know for ``which``; what it does not need is not worked out."""
    is_approval = which is Move.APPROVE and kept.article.state is State.UNDER_REVIEW
    state: State | None = None
    if successor is not None:
        other = find(desk, successor).article
        state = None if other.id == kept.article.id else other.state
    return Facts(
        today=desk.now().date(),
        reason=reason,
        contradictions=contradictions(desk, kept) if is_approval else (),
        fallen=fallen(desk, kept) if is_approval else (),
        successor=state,
    )


def allowed_moves(desk: Desk, kept: Kept, who: Person) -> dict[Move, Decision]:
    """Return what ``who`` may do to the article as a whole from where it stands, and why not the rest.

    A reason is taken as given, so that a page can ask for it.
    """
    return {
        which: may_move(which, who, kept.article, facts_for(desk, kept, which, reason="given"))
        for which, row in BY_MOVE.items()
        if kept.article.state in row.sources and row.roles
    }


def refuse_past(day: date | None, today: date, item: str) -> None:
    """Return where ``day``, until which something is waited for, has not gone by.

    Raises:
        InputError: ``input.past``.
    """
    if day is not None and day < today:
        raise InputError(
            f"{day.isoformat()} has gone by", item=item, hint="name today or a later day",
            code="input.past",
        )  # fmt: skip


def _refuse_extras(which: Move, *, successor: str | None, review_by: date | None) -> None:
    if successor is not None and which is not Move.SUPERSEDE:
        raise UsageError("only a supersession names a successor", item="--successor")
    if successor is None and which is Move.SUPERSEDE:
        raise UsageError("a supersession names its successor", item="--successor")
    if review_by is not None and which is not Move.APPROVE:
        raise UsageError("only an approval has a date of review", item="--review-by")
