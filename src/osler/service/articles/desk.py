"""What people do at the desk beside moving an article: assign, declare, comment, decide, explain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from osler.errors import InputError, NotFoundError
from osler.model.editorial import Judgement
from osler.model.person import People, Person
from osler.model.review import Action, Meaning
from osler.review import rules
from osler.review.explaining import may_explain_between
from osler.review.states import Move
from osler.service.articles.facts import findings
from osler.service.articles.kept import Act, Kept, find, keep, require
from osler.service.articles.moving import facts_for, move_act, refuse_past
from osler.service.wiring import Desk

LONGEST_TEXT = 4000
"""Characters of one comment, reason or explanation."""


def person_named(people: People, named: str) -> Person:
    """Return the person with this id or name.

    Raises:
        NotFoundError: ``not_found.person``: there is nobody.
    """
    found = people.person(named)
    if found is None:
        raise NotFoundError(
            "nobody here has this id or name", item=named, hint="ask who runs the library",
            code="not_found.person",
        )  # fmt: skip
    return found


def assign(desk: Desk, named: str, reviewer: Person, *, by: Person, due: date | None = None) -> Kept:
    """Return the article with ``reviewer`` asked to review it; the first one begins the review.

    Raises:
        NotAllowedError: The rule is named.
        InputError: ``input.past``: ``due`` has gone by.
    """
    kept = find(desk, named)
    decision = rules.may_assign(by, kept.article, reviewer)
    require(decision, kept.article.id)
    refuse_past(due, desk.now().date(), "due")
    role = rules.REVIEWING[-1] if reviewer.has(rules.REVIEWING[-1]) else rules.REVIEWING[0]
    asked = {"id": reviewer.id, "name": reviewer.name, "role": role.value}
    data = {"reviewer": asked, "due": due.isoformat() if due else None}
    after = keep(desk, kept, [Act(Action.ASSIGNED, rules.actor_of(by, decision), data)])
    begin = rules.may_move(
        Move.BEGIN_REVIEW, by, after.article, facts_for(desk, after, Move.BEGIN_REVIEW)
    )
    if not begin.allowed:
        return after
    return keep(desk, after, [move_act(Move.BEGIN_REVIEW, after.article, by, begin, reason="")])


def release(desk: Desk, named: str, reviewer: Person, *, by: Person, reason: str = "") -> Kept:
    """Return the article with ``reviewer`` no longer asked; what they decided stands.

    Raises:
        NotAllowedError: The rule is named.
        NotFoundError: They were not asked.
    """
    kept = find(desk, named)
    decision = rules.may_release(by, kept.article)
    require(decision, kept.article.id)
    if not kept.article.is_assigned(reviewer.id):
        raise NotFoundError(
            f"is not assigned to {reviewer.name}", item=kept.article.id, code="not_found.assignment",
            hint="osler article show lists who is asked",
        )  # fmt: skip
    data = {
        "reviewer": {"id": reviewer.id, "name": reviewer.name},
        "reason": checked_text(reason, "REASON"),
    }
    return keep(desk, kept, [Act(Action.RELEASED, rules.actor_of(by, decision), data)])


def declare(desk: Desk, named: str, *, by: Person, interest: str = "") -> Kept:
    """Return the article with what ``by`` declared of their interests in it; empty for none.

    Raises:
        NotAllowedError: Only who decides has interests to declare.
    """
    kept = find(desk, named)
    decision = rules.may_declare(by)
    require(decision, kept.article.id)
    data = {"interest": checked_text(interest, "--interest")}
    return keep(desk, kept, [Act(Action.DECLARED, rules.actor_of(by, decision), data)])


def comment(desk: Desk, named: str, text: str, *, by: Person, statement: str | None = None) -> Kept:
    """Return the article with a remark on it or on one of its statements.

    Raises:
        NotAllowedError: The rule is named.
        InputError: It is empty or too long.
    """
    kept = find(desk, named)
    decision = rules.may_comment(by, kept.article, statement)
    require(decision, kept.article.id)
    data = {"statement": statement, "text": checked_text(text, "TEXT", needed=True)}
    return keep(desk, kept, [Act(Action.COMMENTED, rules.actor_of(by, decision), data)])


def judge(
    desk: Desk,
    named: str,
    statements: Sequence[str],
    judgement: Judgement,
    *,
    by: Person,
    reason: str = "",
) -> Kept:
    """Return the article with ``by``'s decision on each of ``statements``; all are kept or none.

    An acceptance is a signature.

    Raises:
        NotAllowedError: The rule is named.
    """
    kept = find(desk, named)
    today = desk.now().date()
    acts = []
    for statement in statements:
        decision = rules.may_judge(by, kept.article, statement, judgement, reason=reason, today=today)
        require(decision, statement)
        one = kept.article.version.printed(statement)
        data = {
            "statement": statement,
            "content": one.content if one else "",
            "judgement": judgement.value,
            "reason": checked_text(reason, "--reason"),
            "meaning": Meaning.REVIEW.value,
        }
        acts.append(Act(Action.JUDGED, rules.actor_of(by, decision), data))
    return keep(desk, kept, acts)


def explain(desk: Desk, named: str, finding: str, text: str, *, by: Person) -> Kept:
    """Return the article with the reason why a contradiction may stand.

    Raises:
        NotAllowedError: The rule is named.
        NotFoundError: ``not_found.finding``: the article has no contradiction of this key.
    """
    kept = find(desk, named)
    decision = rules.may_explain(by, kept.article, today=desk.now().date())
    require(decision, kept.article.id)
    found = next((one for one in findings(desk, kept.article.id) if one.key == finding), None)
    if found is None:
        raise NotFoundError(
            "the article contradicts nothing under this key", item=finding,
            hint=f"osler article lint {kept.article.id}", code="not_found.finding",
        )  # fmt: skip
    sides = [find(desk, side).article for side in found.articles]
    require(may_explain_between(by, sides), kept.article.id)
    data = {"finding": finding, "text": checked_text(text, "TEXT", needed=True)}
    return keep(desk, kept, [Act(Action.EXPLAINED, rules.actor_of(by, decision), data)])


def checked_text(text: str, item: str, *, needed: bool = False) -> str:
    """Return ``text`` without white space around it.

    Raises:
        InputError: ``input.empty``, ``input.too_long``.
    """
    bare = text.strip()
    if needed and not bare:
        raise InputError("says nothing", item=item, hint="say it in a sentence", code="input.empty")
    if len(bare) > LONGEST_TEXT:
        raise InputError(
            f"{len(bare):,} characters are too many", item=item, hint=f"at most {LONGEST_TEXT:,}",
            code="input.too_long",
        )  # fmt: skip
    return bare
