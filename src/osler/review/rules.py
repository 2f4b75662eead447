"""Who may do what at the desk, and why not: each decision returns its reason and the rule behind it.

Reads the table of ``states`` and the article as its history has it. What lies outside the history
(today's date, contradictions, how sources stand) is handed in as ``Facts``. Changes nothing, and asks
nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from osler.model.article import Article
from osler.model.editorial import Judgement, State
from osler.model.person import Person, Role
from osler.model.review import LIBRARY, Actor
from osler.review.signing import needs_of
from osler.review.states import BY_MOVE, Condition, Move

DECLARATION_DAYS: Final = 365
"""A declaration of interests is asked for again after this."""
REVIEW_AFTER_DAYS: Final = 365
"""An approved article is to be looked at again after this, or sooner."""
EXPIRES_AFTER_DAYS: Final = 548
"""Its approval no longer holds after this, whoever forgot it."""

REVIEWING: Final = (Role.REVIEWER, Role.BOARD_MEMBER)
DESK: Final = (Role.REVIEWER, Role.BOARD_MEMBER, Role.EDITOR)
EVERYBODY: Final = (Role.AUTHOR, *DESK)
EDITABLE: Final = frozenset({State.DRAFT, State.CHANGES_REQUESTED, State.UNDER_REVIEW})
ASSIGNABLE: Final = frozenset({State.SUBMITTED, State.CHANGES_REQUESTED, State.UNDER_REVIEW})


class Rule(StrEnum):
    """What a decision rests on beside the conditions of the table."""

    ALLOWED = "allowed"
    STATE = "state"
    ROLE = "role"
    CLOSED_ACCOUNT = "closed_account"
    OWN_ARTICLE = "own_article"
    OWN_WORDS = "own_words"
    PRINTED = "printed"
    REPLIED = "replied"


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether something may be done, why or why not, and the name of the rule.

    Attributes:
        allowed: Whether it may.
        reason: In words for the person who asked; empty where it is allowed.
        rule: A value of ``Rule`` or ``Condition``.
        role: The role in which the person acts, where it is allowed.
    """

    allowed: bool
    reason: str
    rule: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the history does not hold.

    Attributes:
        today: The date in UTC.
        reason: What the person gives as the reason.
        contradictions: What contradicts another approved article and is not explained.
        fallen: What no longer stands of the sources that are cited.
        successor: State of the article that is to take its place, or None.
    """

    today: date
    reason: str = ""
    contradictions: tuple[str, ...] = ()
    fallen: tuple[str, ...] = ()
    successor: State | None = None


def may_move(move: Move, who: Person | None, article: Article, facts: Facts) -> Decision:
    """Return whether ``who`` may make ``move`` now; None is the library itself."""
    row = BY_MOVE[move]
    if article.state not in row.sources:
        return _no(Rule.STATE, f"cannot be done while it is {_words(article.state)}")
    if who is None:
        if not row.by_library:
            return _no(Rule.ROLE, "is for people to do")
        role = LIBRARY.role
    else:
        acting = _acting(who, article, *row.roles)
        if not acting.allowed:
            return acting
        role = acting.role
    for condition in row.conditions:
        fault = _CONDITIONS[condition](who, article, facts)
        if fault:
            return _no(condition, fault)
    return _yes(role)


def may_open(who: Person) -> Decision:
    """Return whether ``who`` may put a question forward; who does is its author."""
    return _with_role(who, Role.AUTHOR)


def may_judge(
    who: Person, article: Article, statement: str, judgement: Judgement, *, reason: str, today: date
) -> Decision:
    """Return whether ``who`` may accept or reject a statement of the newest version."""
    if article.state is not State.UNDER_REVIEW:
        return _no(Rule.STATE, f"is not under review, it is {_words(article.state)}")
    acting = _reviewing(who, article, today, *REVIEWING)
    if not acting.allowed:
        return acting
    one = article.version.printed(statement)
    if one is None:
        return _no(Rule.PRINTED, f"version {article.version.number} does not print {statement}")
    if judgement is Judgement.ACCEPT and one.writer == who.id:
        return _no(Rule.OWN_WORDS, "whoever worded a statement cannot sign it")
    if judgement is Judgement.REJECT and not reason.strip():
        return _no(Condition.REASON, "a rejection needs its reason")
    return acting


def may_edit(who: Person, article: Article, statement: str, *, reason: str, today: date) -> Decision:
    """Return whether ``who`` may put other words in the place of a statement."""
    if article.state not in EDITABLE:
        return _no(Rule.STATE, f"cannot be changed while it is {_words(article.state)}")
    if article.version.printed(statement) is None:
        return _no(Rule.PRINTED, f"version {article.version.number} does not print {statement}")
    if not reason.strip():
        return _no(Condition.REASON, "a change needs its reason")
    if article.state is State.UNDER_REVIEW:
        return _reviewing(who, article, today, *DESK)
    return _acting(who, article, Role.AUTHOR, Role.EDITOR)


def may_revise(who: Person, article: Article) -> Decision:
    """Return whether ``who`` may make a version from today's answer."""
    if article.state not in EDITABLE:
        return _no(Rule.STATE, f"cannot be changed while it is {_words(article.state)}")
    return _acting(who, article, Role.AUTHOR, Role.EDITOR)


def may_assign(who: Person, article: Article, reviewer: Person) -> Decision:
    """Return whether ``who`` may ask ``reviewer`` to review it."""
    acting = may_release(who, article)
    if not acting.allowed:
        return acting
    if not reviewer.has(*REVIEWING):
        return _no(Rule.ROLE, f"{reviewer.name} is no reviewer")
    if reviewer.id == article.author.id:
        return _no(Condition.NOT_OWN_WORK, f"{reviewer.name} is its author")
    declared = article.declaration_of(reviewer.id)
    if declared and declared.interest:
        return _no(Condition.DECLARED, f"{reviewer.name} has declared an interest: {declared.interest}")
    return acting


def may_release(who: Person, article: Article) -> Decision:
    """Return whether ``who`` may say who reviews it."""
    if article.state not in ASSIGNABLE:
        return _no(Rule.STATE, f"has no reviewers while it is {_words(article.state)}")
    acting = _acting(who, article, Role.EDITOR)
    fault = _own_work(who, article, None) if acting.allowed else ""
    return _no(Condition.NOT_OWN_WORK, fault) if fault else acting


def may_declare(who: Person) -> Decision:
    """Return whether ``who`` has interests to declare."""
    return _with_role(who, *DESK)


def may_comment(who: Person, article: Article, statement: str | None) -> Decision:
    """Return whether ``who`` may remark on the article or on one of its statements."""
    if statement is not None and all(v.printed(statement) is None for v in article.versions):
        return _no(Rule.PRINTED, f"no version prints {statement}")
    return _with_role(who, *EVERYBODY)


def may_explain(who: Person, article: Article, *, today: date) -> Decision:
    """Return whether ``who`` may say why a contradiction with another article may stand."""
    return _reviewing(who, article, today, *DESK)


def may_reply(who: Person, article: Article, number: int) -> Decision:
    """Return whether ``who`` may answer a reader's report in public."""
    found = next((one for one in article.corrections if one.number == number), None)
    if found is None:
        return _no(Rule.PRINTED, f"it has no report {number}")
    if found.outcome is not None:
        return _no(Rule.REPLIED, f"report {number} was answered on {found.replied}")
    return _with_role(who, Role.EDITOR)


def may_erase(who: Person) -> Decision:
    """Return whether ``who`` may erase what a reader wrote, such as a patient's name."""
    return _with_role(who, Role.EDITOR, Role.ADMINISTRATOR)


def review_dates(today: date, wanted: date | None = None) -> tuple[date, date]:
    """Return by when an article approved ``today`` is looked at again, and when it expires.

    ``wanted`` may only shorten the time.
    """
    latest = today + timedelta(days=REVIEW_AFTER_DAYS)
    return (min(wanted, latest) if wanted else latest), today + timedelta(days=EXPIRES_AFTER_DAYS)


def shown_state(article: Article, today: date) -> State:
    """Return the state that a reader is shown: an approval past its date no longer counts."""
    return State.EXPIRED if _is_past(article, today) else article.state


def _is_past(article: Article, today: date) -> bool:
    expires = article.standing.expires
    return article.state is State.APPROVED and expires is not None and today.isoformat() > expires


def _acting(who: Person, article: Article, *roles: Role) -> Decision:
    """Return whether ``who`` has one of ``roles`` here; an author only on own articles."""
    found = _with_role(who, *roles)
    if not found.allowed or found.role != Role.AUTHOR.value or who.id == article.author.id:
        return found
    others = [role for role in roles if role is not Role.AUTHOR]
    if others and (second := _with_role(who, *others)).allowed:
        return second
    return _no(Rule.OWN_ARTICLE, f"is {article.author.name}'s article")


def _with_role(who: Person, *roles: Role) -> Decision:
    if who.disabled:
        return _no(Rule.CLOSED_ACCOUNT, f"the account of {who.name} is closed")
    held = next((role for role in Role if role in roles and role in who.roles), None)
    if held is None:
        wanted = " or ".join(_words(role) for role in Role if role in roles)
        if not wanted:
            return _no(Rule.ROLE, "nobody may")
        return _no(Rule.ROLE, f"only {'an' if wanted[0] in 'ae' else 'a'} {wanted} may")
    return _yes(held.value)


def _reviewing(who: Person, article: Article, today: date, *roles: Role) -> Decision:
    """Return whether ``who`` may take part in the review: role, not own, declared, assigned."""
    acting = _with_role(who, *roles)
    if not acting.allowed:
        return acting
    facts = Facts(today)
    for condition in (Condition.NOT_OWN_WORK, Condition.DECLARED, Condition.ASSIGNED):
        fault = _CONDITIONS[condition](who, article, facts)
        if fault:
            return _no(condition, fault)
    return acting


def _own_work(who: Person | None, article: Article, _facts: Facts | None) -> str:
    is_own = who is not None and who.id == article.author.id
    return "nobody decides on an article of their own" if is_own else ""


def _own_words(who: Person | None, article: Article, _facts: Facts) -> str:
    is_writer = who is not None and any(one.writer == who.id for one in article.version.statements)
    return "whoever worded a statement of it does not approve it" if is_writer else ""


def _undeclared(who: Person | None, article: Article, facts: Facts) -> str:
    if who is None:
        return ""
    declared = article.declaration_of(who.id)
    if declared is None:
        return "interests are declared before anything is decided"
    if declared.interest:
        return f"an interest was declared: {declared.interest}"
    age = facts.today - date.fromisoformat(declared.on[:10])
    if age > timedelta(days=DECLARATION_DAYS):
        return f"the declaration of {declared.on[:10]} is too old: interests are declared anew"
    return ""


def _unassigned(who: Person | None, article: Article, _facts: Facts) -> str:
    if who is None or who.has(Role.BOARD_MEMBER, Role.EDITOR) or article.is_assigned(who.id):
        return ""
    return "a reviewer decides only where assigned"


def _no_reason(_who: Person | None, _article: Article, facts: Facts) -> str:
    return "" if facts.reason.strip() else "this needs its reason"


def _no_reviewer(_who: Person | None, article: Article, _facts: Facts) -> str:
    found = any(one.reviewer.id != article.author.id for one in article.assignments)
    return "" if found else "no reviewer is assigned"


def _no_statements(_who: Person | None, article: Article, _facts: Facts) -> str:
    return "" if article.version.statements else "it has no statements"


def _unsigned(_who: Person | None, article: Article, _facts: Facts) -> str:
    lacking = [need for need in needs_of(article) if need.lacks]
    if not lacking:
        return ""
    first = lacking[0]
    return (
        f"{len(lacking)} of {len(article.version.statements)} statements lack signatures, the first"
        f" {first.statement} ({len(first.signed)} of {first.wanted})"
    )


def _rejected(_who: Person | None, article: Article, _facts: Facts) -> str:
    found = [need for need in needs_of(article) if need.rejected]
    if not found:
        return ""
    return (
        f"{found[0].statement} is rejected by {found[0].rejected[0].name}: it leaves with a new version"
    )


def _contradicts(_who: Person | None, _article: Article, facts: Facts) -> str:
    return f"contradicts: {facts.contradictions[0]}" if facts.contradictions else ""


def _fallen(_who: Person | None, _article: Article, facts: Facts) -> str:
    return facts.fallen[0] if facts.fallen else ""


def _stale(_who: Person | None, article: Article, _facts: Facts) -> str:
    if article.version.event > article.reopened:
        return ""
    return "it was taken back from readers: approval needs a version made since"


def _not_past(_who: Person | None, article: Article, facts: Facts) -> str:
    return "" if _is_past(article, facts.today) else "its approval still holds"


def _no_successor(_who: Person | None, _article: Article, facts: Facts) -> str:
    return "" if facts.successor is State.APPROVED else "what takes its place must be approved"


_CONDITIONS: Final[Mapping[Condition, Callable[[Person | None, Article, Facts], str]]] = {
    Condition.NOT_OWN_WORK: _own_work,
    Condition.NOT_OWN_WORDS: _own_words,
    Condition.DECLARED: _undeclared,
    Condition.ASSIGNED: _unassigned,
    Condition.REASON: _no_reason,
    Condition.REVIEWER_FOUND: _no_reviewer,
    Condition.STATEMENTS: _no_statements,
    Condition.SIGNATURES: _unsigned,
    Condition.NOTHING_REJECTED: _rejected,
    Condition.NO_CONTRADICTION: _contradicts,
    Condition.SOURCES_STAND: _fallen,
    Condition.FRESH_VERSION: _stale,
    Condition.PAST_EXPIRY: _not_past,
    Condition.SUCCESSOR: _no_successor,
}


def actor_of(who: Person, decision: Decision) -> Actor:
    """Return ``who`` as the history keeps them, in the role of ``decision``."""
    return Actor(who.id, who.name, decision.role)


def _words(value: State | Role) -> str:
    return value.value.replace("_", " ")


def _yes(role: str) -> Decision:
    return Decision(True, "", Rule.ALLOWED, role)


def _no(rule: Rule | Condition, reason: str) -> Decision:
    return Decision(False, reason, rule)
