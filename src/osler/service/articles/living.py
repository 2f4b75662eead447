"""Approved articles kept true: taken back when a source falls, re-asked, expired by their date.

The library only takes an article back from its readers; what it says next is for people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from osler.errors import NoAnswerError, NotAllowedError
from osler.model.editorial import State
from osler.review.cards import Card, read_card
from osler.review.content import statements_of
from osler.review.rules import shown_state
from osler.review.states import Move
from osler.review.watch import (
    Change,
    Weight,
    answer_changes,
    carried_over,
    cited_standings,
    names_of,
    standing_changes,
)
from osler.service.articles.facts import standings_today
from osler.service.articles.kept import Kept, find
from osler.service.articles.moving import move_by_library
from osler.service.articles.opening import fresh_answer
from osler.service.wiring import Desk


@dataclass(frozen=True, slots=True)
class Watched:
    """What was found of one approved article.

    Attributes:
        article: ``art_…``.
        asked: Its question.
        state: Where it stands now.
        changes: What is not as it was, gravest first.
        review_due: Whether its review-by date has come.
    """

    article: str
    asked: str
    state: State
    changes: tuple[Change, ...]
    review_due: bool


def watch(desk: Desk, named: Sequence[str] = (), *, dry_run: bool = False) -> list[Watched]:
    """Return what changed of each approved article, after taking back those that no longer hold.

    Each is asked anew in the parts of the library that it rests on, whoever may read them.

    Args:
        desk: Where.
        named: Articles to look at; all that are approved where none is named.
        dry_run: Only say what would be done.

    Raises:
        NotFoundError: One of ``named`` does not exist.
    """
    if named:
        return [_watch(desk, find(desk, one), dry_run=dry_run) for one in named]
    return [_watch(at, find(at, card.id), dry_run=dry_run) for at, card in _approved(desk)]


def recall(desk: Desk) -> list[Watched]:
    """Return the approved articles that were taken back because a source no longer stands.

    Called after every change of the library; asks nothing anew, so that it costs next to nothing.
    """
    found = []
    for at, card in _approved(desk):
        today = standings_today(at, [one.source for one in card.cited])
        if all(today.get(one.source) == one.status for one in card.cited):
            continue
        kept = find(at, card.id)
        changes = _of_sources(at, kept)
        if any(change.takes_back for change in changes):
            kept = _take_back(at, kept, changes)
            found.append(_watched(at, kept, changes))
    return found


def notices_of(recalled: Sequence[Watched]) -> list[str]:
    """Return one line for each article that was taken back."""
    return [
        f"{one.article} was approved and is under review again: {one.changes[0].about}"
        for one in recalled
    ]


def _approved(desk: Desk) -> list[tuple[Desk, Card]]:
    """Return every approved article with a desk that reads what it rests on.

    The library looks after private ones as well, whoever may read at ``desk``.
    """
    rows = desk.store.articles.cards(states=[State.APPROVED.value])
    return [(desk.reading(card.scopes), card) for card in (read_card(row.card) for row in rows)]


def _watch(desk: Desk, kept: Kept, *, dry_run: bool) -> Watched:
    if kept.article.state is not State.APPROVED:
        return _watched(desk, kept, ())
    if shown_state(kept.article, desk.now().date()) is State.EXPIRED:
        if not dry_run:
            kept = move_by_library(desk, kept, Move.EXPIRE, reason="its approval has run out")
        return _watched(desk, kept, ())
    changes = (*_of_sources(desk, kept), *_of_answer(desk, kept))
    order = list(Weight)
    changes = tuple(sorted(changes, key=lambda change: order.index(change.weight)))
    if not dry_run and any(change.takes_back for change in changes):
        kept = _take_back(desk, kept, changes)
    return _watched(desk, kept, changes)


def _of_sources(desk: Desk, kept: Kept) -> tuple[Change, ...]:
    cited = cited_standings(kept.answer)
    return standing_changes(cited, standings_today(desk, cited), names_of(kept.answer))


def _of_answer(desk: Desk, kept: Kept) -> tuple[Change, ...]:
    """Return what the library answers otherwise today, the desk's own decisions left aside."""
    try:
        fresh = fresh_answer(desk, kept.article.asked).document["answer"]
    except NoAnswerError as error:
        return (Change("answer", error.message, Weight.REOPEN),)
    if not statements_of(fresh):
        return (Change("answer", "the library has no statement on it any more", Weight.REOPEN),)
    return answer_changes(kept.answer, carried_over(fresh, kept.answer, kept.article))


def _take_back(desk: Desk, kept: Kept, changes: Sequence[Change]) -> Kept:
    grave = tuple(change for change in changes if change.takes_back)
    more = f" (and {len(grave) - 1} more)" if len(grave) > 1 else ""
    try:
        return move_by_library(desk, kept, Move.REOPEN, reason=f"{grave[0].about}{more}", changes=grave)
    except NotAllowedError:  # somebody took it back in the meantime: that is all that was wanted
        return find(desk, kept.article.id)


def _watched(desk: Desk, kept: Kept, changes: tuple[Change, ...]) -> Watched:
    today = desk.now().date()
    return Watched(
        kept.article.id,
        kept.article.asked,
        shown_state(kept.article, today),
        changes,
        _is_due(kept.article.standing.review_by, today) and kept.article.state is State.APPROVED,
    )


def _is_due(review_by: str | None, today: date) -> bool:
    return review_by is not None and today.isoformat() >= review_by
