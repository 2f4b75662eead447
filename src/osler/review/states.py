"""The table of moves and nothing else: from which state to which, by whom, on what conditions.

``rules`` enforces it, ``policy`` prints it, ``docs/review.md`` draws it; the suite holds the three
together.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from osler.model.editorial import State
from osler.model.person import Role


class Move(StrEnum):
    """What may be done to an article as a whole."""

    SUBMIT = "submit"
    BEGIN_REVIEW = "begin_review"
    REQUEST_CHANGES = "request_changes"
    RESUBMIT = "resubmit"
    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    RESUME = "resume"
    REOPEN = "reopen"
    EXPIRE = "expire"
    RENEW = "renew"
    SUPERSEDE = "supersede"
    TAKE_DOWN = "take_down"


class Condition(StrEnum):
    """What must hold besides state and role; ``rules`` says each in words."""

    NOT_OWN_WORK = "not_own_work"
    NOT_OWN_WORDS = "not_own_words"
    DECLARED = "declared"
    ASSIGNED = "assigned"
    REASON = "reason"
    REVIEWER_FOUND = "reviewer_found"
    STATEMENTS = "statements"
    SIGNATURES = "signatures"
    NOTHING_REJECTED = "nothing_rejected"
    NO_CONTRADICTION = "no_contradiction"
    SOURCES_STAND = "sources_stand"
    FRESH_VERSION = "fresh_version"
    PAST_EXPIRY = "past_expiry"
    SUCCESSOR = "successor"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table.

    Attributes:
        move: Its name.
        sources: States it leads from.
        target: State it leads to.
        roles: Who may make it; an author only on own articles.
        conditions: What must hold besides.
        by_library: Whether the library may make it by itself.
    """

    move: Move
    sources: frozenset[State]
    target: State
    roles: frozenset[Role]
    conditions: tuple[Condition, ...] = ()
    by_library: bool = False


INITIAL: Final = State.DRAFT


def _row(
    move: Move,
    sources: tuple[State, ...],
    target: State,
    roles: tuple[Role, ...],
    *conditions: Condition,
    by_library: bool = False,
) -> Transition:
    return Transition(move, frozenset(sources), target, frozenset(roles), conditions, by_library)


_S, _R, _C = State, Role, Condition

TRANSITIONS: Final = (
    _row(Move.SUBMIT, (_S.DRAFT,), _S.SUBMITTED, (_R.AUTHOR,), _C.STATEMENTS),
    _row(
        Move.BEGIN_REVIEW, (_S.SUBMITTED,), _S.UNDER_REVIEW, (_R.EDITOR,),
        _C.NOT_OWN_WORK, _C.REVIEWER_FOUND,
    ),
    _row(
        Move.REQUEST_CHANGES, (_S.UNDER_REVIEW,), _S.CHANGES_REQUESTED,
        (_R.REVIEWER, _R.BOARD_MEMBER, _R.EDITOR),
        _C.NOT_OWN_WORK, _C.DECLARED, _C.ASSIGNED, _C.REASON,
    ),
    _row(Move.RESUBMIT, (_S.CHANGES_REQUESTED,), _S.UNDER_REVIEW, (_R.AUTHOR,), _C.STATEMENTS),
    _row(
        Move.APPROVE, (_S.UNDER_REVIEW,), _S.APPROVED, (_R.BOARD_MEMBER, _R.EDITOR),
        _C.NOT_OWN_WORK, _C.NOT_OWN_WORDS, _C.DECLARED, _C.STATEMENTS, _C.FRESH_VERSION,
        _C.SOURCES_STAND, _C.NOTHING_REJECTED, _C.SIGNATURES, _C.NO_CONTRADICTION,
    ),
    _row(
        Move.DECLINE, (_S.SUBMITTED, _S.UNDER_REVIEW, _S.CHANGES_REQUESTED), _S.DECLINED,
        (_R.EDITOR,), _C.NOT_OWN_WORK, _C.REASON,
    ),
    _row(
        Move.WITHDRAW, (_S.DRAFT, _S.SUBMITTED, _S.UNDER_REVIEW, _S.CHANGES_REQUESTED), _S.WITHDRAWN,
        (_R.AUTHOR, _R.EDITOR), _C.REASON,
    ),
    _row(Move.RESUME, (_S.DECLINED, _S.WITHDRAWN), _S.DRAFT, (_R.AUTHOR, _R.EDITOR), _C.REASON),
    _row(
        Move.REOPEN, (_S.APPROVED,), _S.UNDER_REVIEW, (_R.BOARD_MEMBER, _R.EDITOR), _C.REASON,
        by_library=True,
    ),
    _row(Move.EXPIRE, (_S.APPROVED,), _S.EXPIRED, (), _C.PAST_EXPIRY, by_library=True),
    _row(Move.RENEW, (_S.EXPIRED,), _S.UNDER_REVIEW, (_R.EDITOR,), _C.REASON),
    _row(
        Move.SUPERSEDE, (_S.APPROVED, _S.EXPIRED), _S.SUPERSEDED, (_R.EDITOR,),
        _C.REASON, _C.SUCCESSOR,
    ),
    _row(Move.TAKE_DOWN, (_S.APPROVED, _S.EXPIRED), _S.WITHDRAWN, (_R.EDITOR,), _C.REASON),
)  # fmt: skip
"""Every move there is. What is not in it cannot be done."""

BY_MOVE: Final = {row.move: row for row in TRANSITIONS}
