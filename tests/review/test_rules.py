"""Every rule by itself, on articles made from events alone: who may do what, from which state.

What is allowed is written down here once more, by hand, so that a rule that grows weaker is noticed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest
from tests.review.made import ADMINISTRATOR, AUTHOR, BOARD, CLOSED, EDITOR, REVIEWER, SECOND

from osler.model.article import Article
from osler.model.editorial import Judgement, State
from osler.model.person import Person, Role
from osler.model.review import Action, Actor, Event
from osler.review import history, rules
from osler.review.explaining import explanation_that_counts
from osler.review.record import read_article
from osler.review.rules import Decision, Facts, Rule, may_move
from osler.review.signing import needs_of
from osler.review.states import Condition, Move

TODAY = date(2026, 3, 1)
WITH_ALL_ROLES = Person("p-all", "Test Person With All Roles", frozenset(Role))
AUTHOR_WITH_ALL_ROLES = replace(AUTHOR, roles=frozenset(Role))
PLAIN_ST, DOSE_ST = "st_plain", "st_dose"
FACTS = Facts(TODAY, reason="as was said", successor=State.APPROVED)


@dataclass
class Past:
    """A history that is written down, event by event, without asking any rule."""

    events: list[Event] = field(default_factory=list)

    def add(self, action: Action, by: Person | Actor, at: str = "2026-03-01", **data: Any) -> Past:
        actor = by if isinstance(by, Actor) else Actor(by.id, by.name, sorted(by.roles)[0].value)
        self.events.append(
            history.append(
                self.events, article="art_made", at=f"{at}T09:00:00+00:00", action=action, by=actor,
                data=data,
            )
        )  # fmt: skip
        return self

    def version(self, *statements: tuple[str, str, bool, str]) -> Past:
        number = 1 + sum(one.action is Action.REVISED for one in self.events)
        printed = [
            {"id": named, "content": content, "dosing": dosing, "writer": writer}
            for named, content, dosing, writer in statements
        ]
        return self.add(
            Action.REVISED, AUTHOR, number=number, reason="made", answer="ans_made", digest="",
            statements=printed, added=[], removed=[], changed=[], kept=[], edited=None,
        )  # fmt: skip

    def moved(self, move: Move, to: State, by: Person = EDITOR, **data: Any) -> Past:
        return self.add(Action.MOVED, by, move=move.value, to=to.value, reason="said", **data)

    def declared(self, *people: Person, interest: str = "", at: str = "2026-03-01") -> Past:
        for one in people:
            self.add(Action.DECLARED, one, at, interest=interest)
        return self

    def assigned(self, *people: Person) -> Past:
        for one in people:
            asked = {"id": one.id, "name": one.name, "role": "reviewer"}
            self.add(Action.ASSIGNED, EDITOR, reviewer=asked, due=None)
        return self

    def judged(self, by: Person, content: str, judgement: str = "accept", *, of: str = "") -> Past:
        return self.add(
            Action.JUDGED, by, statement=of or content, content=content, judgement=judgement, reason="so"
        )

    @property
    def article(self) -> Article:
        return read_article(self.events)


def opened(*statements: tuple[str, str, bool, str]) -> Past:
    subject = {"kind": "dose", "terms": [], "modifiers": []}
    past = Past().add(
        Action.OPENED, AUTHOR, slug="made", asked="?", normalised="?", subject=subject, scopes=["public"]
    )
    return past.version(*statements or ((PLAIN_ST, "plain", False, ""), (DOSE_ST, "dose", True, "")))


def under_review(*statements: tuple[str, str, bool, str]) -> Past:
    """An article on which two reviewers and a board member decide, and an editor, all impartial."""
    past = opened(*statements).assigned(REVIEWER, SECOND)
    return past.moved(Move.BEGIN_REVIEW, State.UNDER_REVIEW).declared(REVIEWER, SECOND, BOARD, EDITOR)


def signed() -> Past:
    past = under_review()
    for who in (REVIEWER, SECOND):
        past.judged(who, "plain").judged(who, "dose")
    return past


def in_state(state: State) -> Article:
    """An article with every signature, in ``state``, on which an approval ran out long ago."""
    past = signed().declared(ADMINISTRATOR, WITH_ALL_ROLES, AUTHOR, CLOSED)
    return past.moved(Move.SUBMIT, state, review_by="2020-01-01", expires="2020-01-01").article


def rule_of(decision: Decision) -> str:
    return str(decision.rule)


# --- moves ----------------------------------------------------------------------------------------

BOTH = frozenset({"editor", "board"})
ALLOWED: Mapping[Move, tuple[Sequence[State], frozenset[str]]] = {
    Move.SUBMIT: ((State.DRAFT,), frozenset({"author"})),
    Move.BEGIN_REVIEW: ((State.SUBMITTED,), frozenset({"editor"})),
    Move.REQUEST_CHANGES: ((State.UNDER_REVIEW,), frozenset({"editor", "board", "reviewer"})),
    Move.RESUBMIT: ((State.CHANGES_REQUESTED,), frozenset({"author"})),
    Move.APPROVE: ((State.UNDER_REVIEW,), BOTH),
    Move.DECLINE: (
        (State.SUBMITTED, State.UNDER_REVIEW, State.CHANGES_REQUESTED), frozenset({"editor"}),
    ),
    Move.WITHDRAW: (
        (State.DRAFT, State.SUBMITTED, State.UNDER_REVIEW, State.CHANGES_REQUESTED),
        frozenset({"editor", "author"}),
    ),
    Move.RESUME: ((State.DECLINED, State.WITHDRAWN), frozenset({"editor", "author"})),
    Move.REOPEN: ((State.APPROVED,), BOTH | {"library"}),
    Move.EXPIRE: ((State.APPROVED,), frozenset({"library"})),
    Move.RENEW: ((State.EXPIRED,), frozenset({"editor"})),
    Move.SUPERSEDE: ((State.APPROVED, State.EXPIRED), frozenset({"editor"})),
    Move.TAKE_DOWN: ((State.APPROVED, State.EXPIRED), frozenset({"editor"})),
}  # fmt: skip
ACTORS: Mapping[str, Person | None] = {
    "author": AUTHOR, "reviewer": REVIEWER, "board": BOARD, "editor": EDITOR,
    "administrator": ADMINISTRATOR, "closed": CLOSED, "library": None,
}  # fmt: skip


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_a_move_is_made_from_its_states_by_its_people_and_by_nobody_else(
    move: Move, state: State
) -> None:
    article = in_state(state)
    states, who = ALLOWED[move]
    made = {name for name, one in ACTORS.items() if may_move(move, one, article, FACTS).allowed}
    assert made == (who if state in states else set())


def test_an_author_acts_on_no_article_of_somebody_else() -> None:
    other = replace(AUTHOR, id="p-other", name="Test Other Author")
    for move, state in ((Move.SUBMIT, State.DRAFT), (Move.WITHDRAW, State.SUBMITTED)):
        assert rule_of(may_move(move, other, in_state(state), FACTS)) == Rule.OWN_ARTICLE
    assert may_move(
        Move.WITHDRAW, replace(other, roles=frozenset({Role.AUTHOR, Role.EDITOR})),
        in_state(State.SUBMITTED), FACTS,
    ).role == "editor"  # fmt: skip
    assert rule_of(rules.may_revise(other, in_state(State.DRAFT))) == Rule.OWN_ARTICLE


@pytest.mark.parametrize(
    ("move", "state"),
    [
        (Move.BEGIN_REVIEW, State.SUBMITTED),
        (Move.REQUEST_CHANGES, State.UNDER_REVIEW),
        (Move.APPROVE, State.UNDER_REVIEW),
        (Move.DECLINE, State.UNDER_REVIEW),
    ],
)
def test_no_role_lets_an_author_decide_on_the_own_article(move: Move, state: State) -> None:
    decision = may_move(move, AUTHOR_WITH_ALL_ROLES, in_state(state), FACTS)
    assert rule_of(decision) == Condition.NOT_OWN_WORK


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        (replace(FACTS, fallen=("a source is retracted",)), Condition.SOURCES_STAND),
        (replace(FACTS, contradictions=("another page",)), Condition.NO_CONTRADICTION),
    ],
)
def test_an_approval_needs_sources_that_stand_and_no_contradiction(facts: Facts, rule: str) -> None:
    assert rule_of(may_move(Move.APPROVE, BOARD, signed().article, facts)) == rule


@pytest.mark.parametrize(
    ("past", "rule"),
    [
        (under_review(), Condition.SIGNATURES),
        (under_review().judged(REVIEWER, "plain").judged(REVIEWER, "dose"), Condition.SIGNATURES),
        (signed().judged(SECOND, "plain", "reject"), Condition.NOTHING_REJECTED),
        (signed().declared(BOARD, interest="paid by its maker"), Condition.DECLARED),
        (signed().declared(BOARD, at="2025-02-27"), Condition.DECLARED),
        (
            signed().version((PLAIN_ST, "plain", False, BOARD.id), (DOSE_ST, "dose", True, "")),
            Condition.NOT_OWN_WORDS,
        ),
        (
            signed().moved(Move.APPROVE, State.APPROVED).moved(Move.REOPEN, State.UNDER_REVIEW),
            Condition.FRESH_VERSION,
        ),
        (signed().version(), Condition.STATEMENTS),
    ],
)
def test_an_approval_fails_on_each_thing_that_it_needs(past: Past, rule: str) -> None:
    assert rule_of(may_move(Move.APPROVE, BOARD, past.article, FACTS)) == rule


def test_with_all_that_it_needs_an_approval_is_made() -> None:
    for who in (BOARD, EDITOR):
        assert may_move(Move.APPROVE, who, signed().article, FACTS).allowed
    undeclared = replace(EDITOR, id="p-new", name="Test New Editor")
    assert rule_of(may_move(Move.APPROVE, undeclared, signed().article, FACTS)) == Condition.DECLARED


def test_moves_that_take_something_away_need_their_reason() -> None:
    for move, (states, who) in ALLOWED.items():
        if move in {Move.SUBMIT, Move.BEGIN_REVIEW, Move.RESUBMIT, Move.APPROVE, Move.EXPIRE}:
            continue
        actor = ACTORS[sorted(who)[-1]]
        decision = may_move(move, actor, in_state(states[0]), replace(FACTS, reason="  "))
        assert rule_of(decision) == Condition.REASON, move


def test_a_review_begins_with_a_reviewer_and_only_statements_are_put_forward() -> None:
    bare = opened().moved(Move.SUBMIT, State.SUBMITTED).article
    assert rule_of(may_move(Move.BEGIN_REVIEW, EDITOR, bare, FACTS)) == Condition.REVIEWER_FOUND
    empty = opened().version()
    assert rule_of(may_move(Move.SUBMIT, AUTHOR, empty.article, FACTS)) == Condition.STATEMENTS
    back = empty.moved(Move.REQUEST_CHANGES, State.CHANGES_REQUESTED).article
    assert rule_of(may_move(Move.RESUBMIT, AUTHOR, back, FACTS)) == Condition.STATEMENTS


def test_an_approval_expires_after_its_day_and_is_shown_so_at_once() -> None:
    past = signed().moved(Move.APPROVE, State.APPROVED, review_by="2026-03-01", expires="2026-03-01")
    assert rule_of(may_move(Move.EXPIRE, None, past.article, FACTS)) == Condition.PAST_EXPIRY
    assert rules.shown_state(past.article, TODAY) is State.APPROVED
    assert rules.shown_state(past.article, date(2026, 3, 2)) is State.EXPIRED


def test_what_takes_the_place_of_an_article_is_approved() -> None:
    for successor in (None, *set(State) - {State.APPROVED}):
        decision = may_move(
            Move.SUPERSEDE, EDITOR, in_state(State.APPROVED), replace(FACTS, successor=successor)
        )
        assert rule_of(decision) == Condition.SUCCESSOR


def test_a_date_of_review_may_only_shorten_the_time() -> None:
    assert rules.review_dates(TODAY) == (date(2027, 3, 1), date(2027, 8, 31))
    assert rules.review_dates(TODAY, date(2026, 6, 1))[0] == date(2026, 6, 1)
    assert rules.review_dates(TODAY, date(2099, 6, 1))[0] == date(2027, 3, 1)


# --- statements -----------------------------------------------------------------------------------


def judge(who: Person, article: Article, judgement: Judgement = Judgement.ACCEPT, **more: Any) -> str:
    named = {"statement": PLAIN_ST, "reason": "so", "today": TODAY} | more
    return rule_of(rules.may_judge(who, article, judgement=judgement, **named))


def test_statements_are_decided_on_by_impartial_reviewers_who_are_asked() -> None:
    article = under_review().article
    assert [judge(who, article) for who in (REVIEWER, SECOND, BOARD)] == ["allowed"] * 3
    assert [judge(who, article) for who in (AUTHOR, EDITOR, ADMINISTRATOR)] == ["role"] * 3
    assert judge(CLOSED, article) == Rule.CLOSED_ACCOUNT
    assert judge(AUTHOR_WITH_ALL_ROLES, article) == Condition.NOT_OWN_WORK
    assert judge(WITH_ALL_ROLES, article) == Condition.DECLARED
    unasked = replace(REVIEWER, id="p-three", name="Test Reviewer Three")
    assert judge(unasked, under_review().declared(unasked).article) == Condition.ASSIGNED
    old = under_review().declared(REVIEWER, at="2025-02-27").article
    assert judge(REVIEWER, old) == Condition.DECLARED
    year = under_review().declared(REVIEWER, at="2025-03-01").article
    assert judge(REVIEWER, year) == Rule.ALLOWED


@pytest.mark.parametrize("state", set(State) - {State.UNDER_REVIEW})
def test_statements_are_decided_on_under_review_only(state: State) -> None:
    assert judge(REVIEWER, in_state(state)) == Rule.STATE


def test_nobody_signs_their_own_words_or_rejects_without_a_reason() -> None:
    article = under_review((PLAIN_ST, "plain", False, REVIEWER.id)).article
    assert judge(REVIEWER, article) == Rule.OWN_WORDS
    assert judge(SECOND, article) == Rule.ALLOWED
    assert judge(REVIEWER, article, Judgement.REJECT) == Rule.ALLOWED
    assert judge(SECOND, article, Judgement.REJECT, reason=" ") == Condition.REASON
    assert judge(SECOND, article, statement="st_of_another_page") == Rule.PRINTED


def edit(who: Person, article: Article, *, of: str = PLAIN_ST, reason: str = "so") -> str:
    return rule_of(rules.may_edit(who, article, of, reason=reason, today=TODAY))


def test_words_are_changed_by_the_author_before_and_by_the_desk_during_the_review() -> None:
    article = under_review().article
    assert [edit(who, article) for who in (REVIEWER, BOARD, EDITOR)] == ["allowed"] * 3
    assert edit(AUTHOR, article) == Rule.ROLE
    assert edit(WITH_ALL_ROLES, article) == Condition.DECLARED
    assert edit(REVIEWER, article, of="st_of_another_page") == Rule.PRINTED
    assert edit(REVIEWER, article, reason=" ") == Condition.REASON
    for state in (State.DRAFT, State.CHANGES_REQUESTED):
        assert [edit(who, in_state(state)) for who in (AUTHOR, EDITOR)] == ["allowed"] * 2
        assert edit(REVIEWER, in_state(state)) == Rule.ROLE
    for state in set(State) - {State.DRAFT, State.CHANGES_REQUESTED, State.UNDER_REVIEW}:
        for who in (AUTHOR, EDITOR, WITH_ALL_ROLES):
            assert edit(who, in_state(state)) == Rule.STATE
            assert rule_of(rules.may_revise(who, in_state(state))) == Rule.STATE


# --- the rest of the desk -------------------------------------------------------------------------


def assign(who: Person, article: Article, reviewer: Person) -> str:
    return rule_of(rules.may_assign(who, article, reviewer))


def test_editors_ask_reviewers_who_have_no_part_in_the_article() -> None:
    article = under_review().article
    assert assign(EDITOR, article, REVIEWER) == Rule.ALLOWED
    assert assign(EDITOR, article, BOARD) == Rule.ALLOWED
    for who in (AUTHOR, REVIEWER, BOARD, ADMINISTRATOR):
        assert assign(who, article, REVIEWER) == Rule.ROLE
    for asked in (AUTHOR, ADMINISTRATOR, EDITOR, replace(REVIEWER, disabled=True)):
        assert assign(EDITOR, article, asked) == Rule.ROLE
    assert assign(EDITOR, article, AUTHOR_WITH_ALL_ROLES) == Condition.NOT_OWN_WORK
    assert assign(AUTHOR_WITH_ALL_ROLES, article, REVIEWER) == Condition.NOT_OWN_WORK
    assert rule_of(rules.may_release(AUTHOR_WITH_ALL_ROLES, article)) == Condition.NOT_OWN_WORK
    partial = under_review().declared(SECOND, interest="paid by its maker").article
    assert assign(EDITOR, partial, SECOND) == Condition.DECLARED
    for state in set(State) - {State.SUBMITTED, State.CHANGES_REQUESTED, State.UNDER_REVIEW}:
        assert assign(EDITOR, in_state(state), REVIEWER) == Rule.STATE


def test_who_opens_declares_remarks_explains_answers_and_erases() -> None:
    past = under_review()
    past.add(Action.REPORTED, AUTHOR, number=1, concern="other", statement=None, digest="")
    article = past.article
    table = {
        "open": [name for name, one in PEOPLE.items() if rules.may_open(one).allowed],
        "declare": [name for name, one in PEOPLE.items() if rules.may_declare(one).allowed],
        "comment": [
            name for name, one in PEOPLE.items() if rules.may_comment(one, article, None).allowed
        ],
        "explain": [
            name for name, one in PEOPLE.items() if rules.may_explain(one, article, today=TODAY).allowed
        ],
        "reply": [name for name, one in PEOPLE.items() if rules.may_reply(one, article, 1).allowed],
        "erase": [name for name, one in PEOPLE.items() if rules.may_erase(one).allowed],
    }
    assert table == {
        "open": ["author"],
        "declare": ["reviewer", "board", "editor"],
        "comment": ["author", "reviewer", "board", "editor"],
        "explain": ["reviewer", "board", "editor"],
        "reply": ["editor"],
        "erase": ["editor", "administrator"],
    }
    assert rule_of(rules.may_comment(REVIEWER, article, "st_of_another_page")) == Rule.PRINTED
    assert rule_of(rules.may_reply(EDITOR, article, 2)) == Rule.PRINTED
    answered = past.add(Action.REPLIED, EDITOR, number=1, outcome="unchanged", text="so").article
    assert rule_of(rules.may_reply(EDITOR, answered, 1)) == Rule.REPLIED


PEOPLE: Mapping[str, Person] = {name: one for name, one in ACTORS.items() if one is not None}


# --- signatures -----------------------------------------------------------------------------------


def lacking(past: Past) -> dict[str, int]:
    return {need.statement: need.lacks for need in needs_of(past.article)}


def test_a_statement_needs_one_signature_and_a_dose_two_of_different_people() -> None:
    past = under_review()
    assert lacking(past) == {PLAIN_ST: 1, DOSE_ST: 2}
    past.judged(REVIEWER, "plain").judged(REVIEWER, "dose").judged(REVIEWER, "dose")
    assert lacking(past) == {PLAIN_ST: 0, DOSE_ST: 1}
    assert lacking(past.judged(SECOND, "dose")) == {PLAIN_ST: 0, DOSE_ST: 0}


def test_a_signature_belongs_to_the_words_and_not_to_their_place() -> None:
    past = signed().version((PLAIN_ST, "other words", False, ""), (DOSE_ST, "dose", True, ""))
    assert lacking(past) == {PLAIN_ST: 1, DOSE_ST: 0}
    back = past.version((PLAIN_ST, "plain", False, ""), (DOSE_ST, "dose", True, ""))
    assert lacking(back) == {PLAIN_ST: 0, DOSE_ST: 0}


@pytest.mark.parametrize(
    "past",
    [
        signed().declared(SECOND, interest="has shares in its maker"),
        signed().judged(SECOND, "dose", "reject"),
        under_review((DOSE_ST, "dose", True, SECOND.id)).judged(REVIEWER, "dose").judged(SECOND, "dose"),
        under_review().judged(REVIEWER, "dose").judged(AUTHOR, "dose"),
        under_review().declared(AUTHOR).judged(REVIEWER, "dose").judged(AUTHOR, "dose"),
        under_review().judged(REVIEWER, "dose").judged(WITH_ALL_ROLES, "dose"),
    ],
    ids=["interest", "changed mind", "own words", "author", "declared author", "undeclared"],
)
def test_a_signature_that_does_not_count_is_lacking(past: Past) -> None:
    assert lacking(past)[DOSE_ST] == 1


@pytest.mark.parametrize(
    ("move", "lacks"), [(Move.RENEW, 2), (Move.RESUME, 2), (Move.REOPEN, 0), (Move.RESUBMIT, 0)]
)
def test_after_a_renewal_or_a_new_start_everything_is_signed_anew(move: Move, lacks: int) -> None:
    assert lacking(signed().moved(move, State.UNDER_REVIEW))[DOSE_ST] == lacks


# --- explanations ---------------------------------------------------------------------------------


def test_an_explanation_counts_of_whoever_has_no_part_in_either_article() -> None:
    def explained(by: Person) -> Past:
        return signed().add(Action.EXPLAINED, by, finding="key", text="two trials")

    def counts(*pasts: Past, finding: str = "key") -> bool:
        return explanation_that_counts(finding, [past.article for past in pasts]) is not None

    other = signed()
    assert counts(explained(BOARD), other)
    assert counts(other, explained(BOARD))
    assert not counts(explained(BOARD), other, finding="another")
    assert not counts(explained(AUTHOR), other)
    partial = signed().declared(BOARD, interest="has shares in its maker")
    assert not counts(explained(BOARD), partial)
    assert counts(explained(BOARD), partial.declared(BOARD))
