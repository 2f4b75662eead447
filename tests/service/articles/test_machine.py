"""Any people, any acts, in any order, on a real library: what can never happen does not happen.

What must hold is read here from the raw events, by other code than the rules'.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.on_postgresql.libraries import KINDS, POSTGRESQL, SQLITE
from tests.on_postgresql.redirecting import drop_under
from tests.review.made import (
    ADMINISTRATOR,
    AUTHOR,
    BOARD,
    CLOSED,
    DOSE,
    EDITOR,
    MECHANISM,
    REVIEWER,
    SECOND,
    TimedDesk,
    desk_at,
    forget,
)

from osler.errors import InputError, NoAnswerError, NotAllowedError, NotFoundError
from osler.model.editorial import Judgement
from osler.model.person import Person, Role
from osler.model.review import Action, Event
from osler.review.states import TRANSITIONS, Move
from osler.service.articles import desk as acts
from osler.service.articles.kept import find
from osler.service.articles.living import watch
from osler.service.articles.moving import move
from osler.service.articles.opening import submit
from osler.service.articles.proof import verify
from osler.service.articles.revising import edit, revise
from osler.service.articles.show import list_articles
from osler.service.remove import remove

AUTHOR_WITH_ALL_ROLES = Person(AUTHOR.id, AUTHOR.name, frozenset(Role))
OTHER_WITH_ALL_ROLES = Person("p-all", "Test Person With All Roles", frozenset(Role))
PEOPLE = (
    AUTHOR, AUTHOR_WITH_ALL_ROLES, OTHER_WITH_ALL_ROLES, REVIEWER, SECOND, BOARD, EDITOR, ADMINISTRATOR,
    CLOSED,
)  # fmt: skip
PARAPHRASE = "In adults with testosis, inventumab 2 mg/kg per day intravenously is recommended."
people = st.sampled_from(PEOPLE)
places = st.integers(min_value=0, max_value=2)
reasons = st.sampled_from(["", "as was said at the table"])

EXAMPLES = {SQLITE: 25, POSTGRESQL: 25 if KINDS == [POSTGRESQL] else 8}
"""The rules know of no database: the run of all tests goes through fewer ways on the second one."""

_shelf: list[Path] = []


@pytest.fixture(autouse=True)
def _stocked(shelf: Path) -> None:
    """One stocked library on each database; each example works on a copy."""
    _shelf[:] = [shelf]


class TheDesk(RuleBasedStateMachine):
    """People act on up to two articles, with or without the right to."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="osler-desk-")))
        home = Path(shutil.copytree(_shelf[0], folder / "home"))
        self.stack.callback(drop_under, home)
        self.desk: TimedDesk = self.stack.enter_context(desk_at(home))
        self.removed = False

    def teardown(self) -> None:
        self.stack.close()

    @property
    def articles(self) -> list[str]:
        return [one["id"] for one in list_articles(self.desk)]

    def attempt(self, act: Callable[[], object]) -> None:
        """Let it be done or refused; anything else is a fault."""
        try:
            act()
        except (NotAllowedError, InputError, NoAnswerError, NotFoundError):
            return

    def each(self, act: Callable[[str], object]) -> None:
        for named in self.articles:
            self.attempt(lambda named=named: act(named))

    def statement(self, named: str, place: int) -> str:
        printed = find(self.desk, named).article.version.statements
        return printed[place % len(printed)].id

    # --- what people do ---------------------------------------------------------------------------

    @rule(who=people, question=st.sampled_from([DOSE, MECHANISM]), draft=st.booleans())
    def submit(self, who: Person, question: str, draft: bool) -> None:
        self.attempt(lambda: submit(self.desk, question, by=who, as_draft=draft))

    @rule(who=people, which=st.sampled_from(Move), reason=reasons)
    def move(self, who: Person, which: Move, reason: str) -> None:
        if which is Move.SUPERSEDE:
            pairs = [(a, b) for a in self.articles for b in self.articles]
            for old, new in pairs:
                self.attempt(
                    lambda old=old, new=new: move(
                        self.desk, old, which, by=who, reason=reason, successor=new
                    )
                )
            return
        self.each(lambda named: move(self.desk, named, which, by=who, reason=reason))

    @rule(who=people, reviewer=people, end=st.booleans())
    def assign(self, who: Person, reviewer: Person, end: bool) -> None:
        act = acts.release if end else acts.assign
        self.each(lambda named: act(self.desk, named, reviewer, by=who))

    @rule(who=people, interest=st.sampled_from(["", "", "paid by its maker"]))
    def declare(self, who: Person, interest: str) -> None:
        self.each(lambda named: acts.declare(self.desk, named, by=who, interest=interest))

    @rule(who=people, place=places, judgement=st.sampled_from(Judgement), reason=reasons)
    def judge(self, who: Person, place: int, judgement: Judgement, reason: str) -> None:
        self.each(
            lambda named: acts.judge(
                self.desk, named, [self.statement(named, place)], judgement, by=who, reason=reason
            )
        )

    @rule(who=people, place=places, text=st.sampled_from([PARAPHRASE, "Inventumab cures everything."]))
    def edit(self, who: Person, place: int, text: str) -> None:
        self.each(
            lambda named: edit(
                self.desk, named, self.statement(named, place), text, by=who, reason="plainer"
            )
        )

    @rule(who=people)
    def revise(self, who: Person) -> None:
        self.each(lambda named: revise(self.desk, named, by=who))

    @rule(
        question=st.sampled_from([DOSE, MECHANISM]),
        signers=st.permutations([REVIEWER, SECOND, BOARD]),
        last=people,
        skip=st.sampled_from(["nothing", "nothing", "declarations", "signatures", "a version"]),
    )
    def push(self, question: str, signers: list[Person], last: Person, skip: str) -> None:
        """Take the usual way to an approval, as far as it is open; now and then leave a step out."""
        self.attempt(lambda: submit(self.desk, question, by=AUTHOR))
        for named in self.articles:
            self.bring_to_review(named, skip)
            for one in signers[:2]:
                self.have_reviewed(named, one, skip)
            self.attempt(lambda named=named: acts.declare(self.desk, named, by=last))
            self.attempt(lambda named=named: move(self.desk, named, Move.APPROVE, by=last))

    def bring_to_review(self, named: str, skip: str) -> None:
        for which, who in (
            (Move.RESUME, AUTHOR),
            (Move.SUBMIT, AUTHOR),
            (Move.RESUBMIT, AUTHOR),
            (Move.RENEW, EDITOR),
        ):
            self.attempt(
                lambda which=which, who=who: move(self.desk, named, which, by=who, reason="go on")
            )
        if skip != "a version":
            self.attempt(lambda: revise(self.desk, named, by=AUTHOR))

    def have_reviewed(self, named: str, who: Person, skip: str) -> None:
        self.attempt(lambda: acts.assign(self.desk, named, who, by=EDITOR))
        if skip != "declarations":
            self.attempt(lambda: acts.declare(self.desk, named, by=who))
        for printed in find(self.desk, named).article.version.statements:
            if skip != "signatures":
                self.attempt(
                    lambda printed=printed: acts.judge(
                        self.desk, named, [printed.id], Judgement.ACCEPT, by=who
                    )
                )

    # --- what happens -----------------------------------------------------------------------------

    @rule(days=st.sampled_from([1, 200, 400]))
    def time_passes(self, days: int) -> None:
        self.desk.wait(days=days)

    @rule()
    def watch(self) -> None:
        watch(self.desk)

    @precondition(lambda self: not self.removed)
    @rule()
    def a_source_is_removed(self) -> None:
        remove(self.desk, ["pmid:99999982"], reason="made up")
        forget(self.desk)
        self.removed = True

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def history_verifies(self) -> None:
        verify(self.desk)

    @invariant()
    def nothing_happened_that_may_not_happen(self) -> None:
        for named in self.articles:
            hold(find(self.desk, named).events)


def hold(events: tuple[Event, ...]) -> None:
    """Hold one history to everything that must be true of it."""
    author = events[0].by.id
    interests: dict[str, str] = {}
    judged: dict[tuple[str, str], tuple[int, str]] = {}
    writers: dict[str, str] = {}
    statements: list[dict[str, object]] = []
    anew = 0
    state = "draft"
    for event in events:
        data, who = event.data, event.by.id
        assert who != CLOSED.id
        if event.action is Action.REVISED:
            statements = data["statements"]
            writers.update({one["content"]: one["writer"] for one in data["statements"]})
            assert state in {"draft", "changes_requested", "under_review"}
        elif event.action is Action.DECLARED:
            interests[who] = data["interest"]
        elif event.action is Action.JUDGED:
            assert who != author
            assert interests[who] == ""
            assert state == "under_review"
            if data["judgement"] == "accept":
                assert writers[data["content"]] != who
            judged[who, data["content"]] = (event.n, data["judgement"])
        elif event.action is Action.MOVED:
            hold_to_the_table(event)
            assert data["from"] == state
            state = data["to"]
            if data["move"] in {"renew", "resume"}:
                anew = event.n
            if data["move"] == "approve":
                assert who != author
                assert interests[who] == ""
                hold_signed(statements, judged, writers, interests, author, anew)


def hold_to_the_table(event: Event) -> None:
    """Hold a move to its row."""
    (row,) = [row for row in TRANSITIONS if row.move.value == event.data["move"]]
    assert event.data["from"] in {source.value for source in row.sources}
    assert event.data["to"] == row.target.value
    if event.by.role == "library":
        assert row.by_library
    else:
        assert event.by.role in {role.value for role in row.roles}


def hold_signed(
    statements: list[dict[str, object]],
    judged: dict[tuple[str, str], tuple[int, str]],
    writers: dict[str, str],
    interests: dict[str, str],
    author: str,
    anew: int,
) -> None:
    """Hold an approval to its signatures: two for a dose, one otherwise, of people without a stake."""
    assert statements
    for one in statements:
        verdicts = {
            who: verdict
            for (who, content), (n, verdict) in judged.items()
            if content == one["content"] and n > anew
        }
        assert "reject" not in verdicts.values()
        signers = {who for who, verdict in verdicts.items() if interests[who] == ""}
        signers -= {author, writers[str(one["content"])]}
        assert len(signers) >= (2 if one["dosing"] else 1)


def test_whatever_people_do_no_rule_is_broken(database_kind: str) -> None:
    run_state_machine_as_test(
        TheDesk, settings=settings(max_examples=EXAMPLES[database_kind], stateful_step_count=30)
    )


def test_the_usual_way_leads_to_an_approval() -> None:
    """The machine would hold vacuously if nothing were ever approved."""
    machine = TheDesk()
    try:
        machine.push(DOSE, [REVIEWER, SECOND, BOARD], EDITOR, "nothing")
        machine.nothing_happened_that_may_not_happen()
        (named,) = machine.articles
        assert find(machine.desk, named).article.state.value == "approved"
    finally:
        machine.teardown()
