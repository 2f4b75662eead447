"""The editorial policy, made from the table and the rules that the software enforces. Renders nothing.

Nothing in it is promised that no code holds: each line is a row of ``states``, a rule of ``rules`` or
one of their constants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from osler.model.editorial import State
from osler.model.person import Role
from osler.review.record import BEGINS_ANEW, TAKES_BACK
from osler.review.rules import DECLARATION_DAYS, EXPIRES_AFTER_DAYS, REVIEW_AFTER_DAYS, Rule
from osler.review.signing import DOSING, PLAIN
from osler.review.states import INITIAL, TRANSITIONS, Condition, Move, Transition
from osler.review.watch import DOUBTED, FALLEN

STATE_WORDS: Final[Mapping[State, str]] = {
    State.DRAFT: "opened from a question, not yet put forward",
    State.SUBMITTED: "put forward by its author, waiting for a reviewer",
    State.UNDER_REVIEW: "reviewers decide on each statement",
    State.APPROVED: "signed statement by statement and approved as a whole",
    State.CHANGES_REQUESTED: "back with its author",
    State.DECLINED: "will not become an article as it is",
    State.WITHDRAWN: "taken back; kept so that old links still find it",
    State.SUPERSEDED: "another article has taken its place",
    State.EXPIRED: "its approval has run out",
}
ROLE_WORDS: Final[Mapping[Role, str]] = {
    Role.AUTHOR: "opens articles, answers for their content, never decides on them",
    Role.REVIEWER: "decides on the statements of articles that an editor has assigned",
    Role.BOARD_MEMBER: "decides on the statements of any article, and may approve it",
    Role.EDITOR: "assigns reviewers, moves articles, answers readers, may approve",
    Role.ADMINISTRATOR: "looks after accounts and the library; has no say over content",
}
CONDITION_WORDS: Final[Mapping[Condition, str]] = {
    Condition.NOT_OWN_WORK: "Nobody decides on an article of their own.",
    Condition.NOT_OWN_WORDS: "Whoever worded a printed statement does not approve the page.",
    Condition.DECLARED: (
        "Whoever decides has declared their interests in this article within the last"
        f" {DECLARATION_DAYS} days. Whoever declared one may comment and decides nothing; signatures"
        " they gave before no longer count."
    ),
    Condition.ASSIGNED: "A reviewer decides only where an editor has assigned them.",
    Condition.REASON: "The reason is given and kept.",
    Condition.REVIEWER_FOUND: "A reviewer other than the author is assigned.",
    Condition.STATEMENTS: "There is at least one statement.",
    Condition.SIGNATURES: (
        f"Every printed statement has {PLAIN} signature, every statement with a dose {DOSING}, each of"
        " another person, none of the author or of whoever worded the statement."
    ),
    Condition.NOTHING_REJECTED: "No statement is printed that a reviewer rejects.",
    Condition.NO_CONTRADICTION: (
        "No statement contradicts another approved article, and no class limits leave a gap or overlap,"
        " unless a named person who wrote neither article, and has no interest in them, has explained"
        " why that may stand."
    ),
    Condition.SOURCES_STAND: (
        f"No source is {' or '.join(sorted(FALLEN))}; each stands as the page prints it; every quote is"
        " found again in its passage."
    ),
    Condition.FRESH_VERSION: "After it was taken back from readers, a new version was made.",
    Condition.PAST_EXPIRY: "The date of expiry has passed.",
    Condition.SUCCESSOR: "The article that takes its place is named and approved.",
}
RULE_WORDS: Final[Mapping[Rule, str]] = {
    Rule.ALLOWED: "Nothing speaks against it.",
    Rule.STATE: "Each act has its states; in any other it cannot be done.",
    Rule.ROLE: "Each act has its roles.",
    Rule.CLOSED_ACCOUNT: "A closed account may do nothing; what it signed stands.",
    Rule.OWN_ARTICLE: "An author acts as author on own articles only.",
    Rule.OWN_WORDS: "Whoever worded a statement cannot sign it.",
    Rule.PRINTED: "Only what the newest version prints can be decided on.",
    Rule.REPLIED: "A reader's report is answered once; history shows the answer for good.",
}
MOVE_WORDS: Final[Mapping[Move, str]] = {
    Move.SUBMIT: "put forward",
    Move.BEGIN_REVIEW: "begin the review (with the first assignment)",
    Move.REQUEST_CHANGES: "ask for changes",
    Move.RESUBMIT: "bring back after changes",
    Move.APPROVE: "approve",
    Move.DECLINE: "decline",
    Move.WITHDRAW: "withdraw before approval",
    Move.RESUME: "take up again",
    Move.REOPEN: "take back from readers, review again",
    Move.EXPIRE: "expire",
    Move.RENEW: "renew an expired article",
    Move.SUPERSEDE: "put another article in its place",
    Move.TAKE_DOWN: "take down",
}


@dataclass(frozen=True, slots=True)
class Block:
    """One part of the policy: a heading, sentences, and a list of name and meaning.

    Attributes:
        title: Its heading.
        text: Sentences, one a paragraph.
        items: Name and meaning, in order.
    """

    title: str
    text: tuple[str, ...] = ()
    items: tuple[tuple[str, str], ...] = ()


def policy() -> tuple[Block, ...]:
    """Return the editorial policy, in the order in which it is read."""
    return (
        Block("Who takes part", items=tuple((_words(role), text) for role, text in ROLE_WORDS.items())),
        Block(
            "How far an article has come",
            (f"Every article begins as a {_words(INITIAL)}.",),
            tuple((_words(state), text) for state, text in STATE_WORDS.items()),
        ),
        Block(
            "Who may move it, and when",
            ("What is not listed cannot be done.",),
            tuple((_route(row), _terms(row)) for row in TRANSITIONS),
        ),
        Block("What must hold", items=tuple((_words(c), text) for c, text in CONDITION_WORDS.items())),
        Block("What always holds", items=tuple((_words(r), text) for r, text in RULE_WORDS.items())),
        _signatures(),
        _dates(),
        _kept_true(),
        _history(),
        _corrections(),
    )


def _route(row: Transition) -> str:
    sources = ", ".join(_words(state) for state in State if state in row.sources)
    return f"{MOVE_WORDS[row.move]}: {sources} → {_words(row.target)}"


def _terms(row: Transition) -> str:
    who = [_words(role) for role in Role if role in row.roles]
    who += ["the library by itself"] if row.by_library else []
    conditions = "; ".join(_words(condition) for condition in row.conditions)
    return f"{' or '.join(who)}{f' ({conditions})' if conditions else ''}"


def _signatures() -> Block:
    anew = " or ".join(sorted(_words(move) for move in BEGINS_ANEW))
    return Block(
        "What a signature means",
        (
            "A signature on a statement is a review: the signer has compared it with the words that it"
            " cites. It shows the printed name, the role, the date and time, and this meaning.",
            "It belongs to the words and citations that were signed. In a new version only what is new"
            f" or changed is signed again; after a move of the kind {anew}, everything.",
            "Whoever approves answers for the whole page.",
        ),
    )


def _dates() -> Block:
    return Block(
        "Dates",
        (
            f"An approved article is looked at again within {REVIEW_AFTER_DAYS} days, and its approval"
            f" runs out after {EXPIRES_AFTER_DAYS} days if nobody did.",
        ),
    )


def _kept_true() -> Block:
    doubted = ", ".join(_words(status) for status in sorted(DOUBTED))
    back = " or ".join(sorted(_words(move) for move in TAKES_BACK))
    return Block(
        "How it is kept true",
        (
            f"When a source is {' or '.join(sorted(FALLEN))}, every article that rests on it leaves"
            " approval at once, by the library itself.",
            f"It is reopened too when a source gets another standing ({doubted}), when a guideline is"
            " new or has a new version, and when the library's own answer changes in a figure, a"
            " conflict or its direction. The reason stands on the page.",
            f"The library never adds or signs content. After a move of the kind {back}, approval needs a"
            " version made since.",
        ),
    )


def _history() -> Block:
    return Block(
        "History",
        (
            "Every act is an event that can neither be changed nor removed; each is chained to the one"
            " before by a hash, and a journal chains the histories of all articles. Anybody with the"
            " library can prove them.",
        ),
    )


def _corrections() -> Block:
    return Block(
        "Corrections",
        (
            "Anybody may report a fault. The log of reports and answers is public; a reader's own words"
            " are seen by the desk only and can be erased.",
        ),
    )


def _words(value: str) -> str:
    return value.replace("_", " ")
