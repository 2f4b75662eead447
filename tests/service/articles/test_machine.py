"""Any people, any acts, in any order, on a real library: what can never happen does not happen.

What must hold is read from the raw events, by other code than the rules' (``held``), and from the
library.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
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
    GUIDELINE,
    MECHANISM,
    REVIEWER,
    SECOND,
    SERIES,
    TRIAL,
    TimedDesk,
    desk_at,
    forget,
    stock,
    write_notice,
    write_papers,
)
from tests.service.articles.held import hold, hold_new

from osler.errors import InputError, NoAnswerError, NotAllowedError, NotFoundError
from osler.model.article import Article
from osler.model.editorial import Judgement, Outcome, State
from osler.model.person import Person, Role
from osler.review.content import statements_of
from osler.review.states import Move
from osler.service.add import add
from osler.service.articles import corrections
from osler.service.articles import desk as acts
from osler.service.articles.facts import findings
from osler.service.articles.kept import find
from osler.service.articles.living import watch
from osler.service.articles.moving import move
from osler.service.articles.opening import submit
from osler.service.articles.proof import verify
from osler.service.articles.revising import edit, revise
from osler.service.articles.show import list_articles, show_article
from osler.service.remove import remove

EVERYTHING = Person("p-all", "Test Person With All Roles", frozenset(Role))
PEOPLE = (AUTHOR, REVIEWER, SECOND, BOARD, EDITOR, ADMINISTRATOR, CLOSED, EVERYTHING)
LOW = {
    **TRIAL,
    "abstract": str(TRIAL["abstract"]).replace(
        " Inventumab inhibits the testin receptor in adults with testosis.", ""
    ),
}
HIGH = {
    "pmid": "99999984",
    "title": "Inventumab at a high dose in testosis",
    "abstract": "At that dose inventumab 8 mg/kg per day inhibits the testin receptor in adults with"
    " testosis.",
    "year": 2021,
    "journal": "J Invent Med",
}
"""What the page on the mechanism prints of it contradicts the page on the dose."""
SECOND_GUIDELINE = {
    **GUIDELINE,
    "pmid": "99999991",
    "title": "A second invented guideline on testosis",
    "abstract": "In adults with testosis, inventumab 4 mg/kg per day intravenously is recommended.",
}
PARAPHRASE = "In adults with testosis, inventumab 2 mg/kg per day intravenously is recommended."
OTHER_WAY = "For adults with testosis, inventumab 2 mg/kg per day is recommended intravenously."
names = st.sampled_from([one.id for one in PEOPLE])
places = st.integers(min_value=0, max_value=2)
reasons = st.sampled_from(["", "as was said at the table"])
roles = st.frozensets(st.sampled_from(Role), max_size=3)

EXAMPLES = {SQLITE: 20, POSTGRESQL: 20 if KINDS == [POSTGRESQL] else 6}
"""The rules know of no database: the run of all tests goes through fewer ways on the second one."""

_shelf: list[Path] = []


@pytest.fixture(scope="module", autouse=True)
def _stocked(tmp_path_factory: pytest.TempPathFactory, database_kind: str) -> None:
    """One stocked library on each database; each example works on a copy."""
    home = tmp_path_factory.mktemp("shelf")
    stock(home, tmp_path_factory.mktemp("papers"), [GUIDELINE, LOW, SERIES, HIGH])
    _shelf[:] = [home]


class TheDesk(RuleBasedStateMachine):
    """People act on up to two articles, with or without the right to; the world goes on meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory(prefix="osler-desk-")))
        home = Path(shutil.copytree(_shelf[0], self.folder / "home"))
        self.stack.callback(drop_under, home)
        self.desk: TimedDesk = self.stack.enter_context(desk_at(home))
        self.people = {one.id: one for one in PEOPLE}
        self.seen: dict[str, int] = {}
        self.happened: set[str] = set()

    def teardown(self) -> None:
        self.stack.close()

    @property
    def articles(self) -> list[str]:
        return [one["id"] for one in list_articles(self.desk)]

    def attempt(self, act: Callable[[], object]) -> bool:
        """Let it be done or refused, and tell which; anything else is a fault."""
        try:
            act()
        except (NotAllowedError, InputError, NoAnswerError, NotFoundError):
            return False
        return True

    def each(self, act: Callable[[str], object]) -> None:
        for named in self.articles:
            self.attempt(lambda named=named: act(named))

    def statement(self, named: str, place: int) -> str:
        printed = find(self.desk, named).article.version.statements
        return printed[place % len(printed)].id

    # --- what people do ---------------------------------------------------------------------------

    @rule(who=names, question=st.sampled_from([DOSE, MECHANISM]), draft=st.booleans())
    def submit(self, who: str, question: str, draft: bool) -> None:
        self.attempt(lambda: submit(self.desk, question, by=self.people[who], as_draft=draft))

    @rule(who=names, which=st.sampled_from(Move), reason=reasons)
    def move(self, who: str, which: Move, reason: str) -> None:
        for named in self.articles:
            if which is Move.APPROVE:
                self.approve(named, self.people[who])
            elif which is Move.SUPERSEDE:
                self.supersede(named, self.people[who], reason)
            else:
                self.attempt(
                    lambda named=named: move(self.desk, named, which, by=self.people[who], reason=reason)
                )

    def approve(self, named: str, who: Person) -> None:
        """Try it, and hold what came of it to the library and to the other articles."""
        if self.attempt(lambda: move(self.desk, named, Move.APPROVE, by=who)):
            self.hold_explained(named)

    def supersede(self, named: str, who: Person, reason: str) -> None:
        for other in self.articles:
            done = self.attempt(
                lambda other=other: move(
                    self.desk, named, Move.SUPERSEDE, by=who, reason=reason, successor=other
                )
            )
            if done:
                assert other != named
                assert find(self.desk, other).article.state is State.APPROVED

    @rule(who=names, reviewer=names, end=st.booleans(), days=st.sampled_from([None, -1, 30]))
    def assign(self, who: str, reviewer: str, end: bool, days: int | None) -> None:
        asked, by = self.people[reviewer], self.people[who]
        if end:
            self.each(lambda named: acts.release(self.desk, named, asked, by=by))
            return
        due = None if days is None else self.desk.now().date() + timedelta(days=days)
        self.each(lambda named: acts.assign(self.desk, named, asked, by=by, due=due))

    @rule(who=names, interest=st.sampled_from(["", "", "paid by its maker"]))
    def declare(self, who: str, interest: str) -> None:
        self.each(lambda named: acts.declare(self.desk, named, by=self.people[who], interest=interest))

    @rule(who=names, place=places, judgement=st.sampled_from(Judgement), reason=reasons)
    def judge(self, who: str, place: int, judgement: Judgement, reason: str) -> None:
        self.each(
            lambda named: acts.judge(
                self.desk, named, [self.statement(named, place)], judgement,
                by=self.people[who], reason=reason,
            )
        )  # fmt: skip

    @rule(
        who=names,
        place=places,
        text=st.sampled_from([PARAPHRASE, OTHER_WAY, "Inventumab cures everything."]),
    )
    def edit(self, who: str, place: int, text: str) -> None:
        self.each(
            lambda named: edit(
                self.desk, named, self.statement(named, place), text,
                by=self.people[who], reason="plainer",
            )
        )  # fmt: skip

    @rule(who=names)
    def revise(self, who: str) -> None:
        self.each(lambda named: revise(self.desk, named, by=self.people[who]))

    @rule(who=names, place=places)
    def comment(self, who: str, place: int) -> None:
        self.each(
            lambda named: acts.comment(
                self.desk, named, "is this so?", by=self.people[who],
                statement=self.statement(named, place) if place else None,
            )
        )  # fmt: skip

    @rule(who=names)
    def explain(self, who: str) -> None:
        for named in self.articles:
            for finding in findings(self.desk, named):
                self.attempt(
                    lambda named=named, finding=finding: acts.explain(
                        self.desk, named, finding.key, "two trials", by=self.people[who]
                    )
                )

    @rule(who=names, number=st.integers(1, 2), outcome=st.sampled_from(Outcome), erased=st.booleans())
    def report(self, who: str, number: int, outcome: Outcome, erased: bool) -> None:
        """A reader reports; somebody answers, and may erase what the reader wrote."""
        by = self.people[who]
        for named in self.articles:
            if len(find(self.desk, named).article.corrections) < 2:
                corrections.report(self.desk, named, "this seems wrong")
            self.attempt(
                lambda named=named: corrections.reply(
                    self.desk, named, number, "looked at", outcome=outcome, by=by
                )
            )
            if erased:
                self.attempt(lambda named=named: corrections.erase(self.desk, named, number, by=by))

    @rule(
        question=st.sampled_from([DOSE, MECHANISM]),
        signers=st.permutations([REVIEWER.id, SECOND.id, BOARD.id]),
        last=names,
        skip=st.sampled_from(["nothing", "nothing", "declarations", "signatures", "a version"]),
        explainer=names,
    )
    def push(self, question: str, signers: list[str], last: str, skip: str, explainer: str) -> None:
        """Take the usual way to an approval, as far as it is open; now and then leave a step out."""
        self.attempt(lambda: submit(self.desk, question, by=self.people[AUTHOR.id]))
        for named in self.articles:
            self.bring_to_review(named, skip)
            for one in signers[:2]:
                self.have_reviewed(named, self.people[one], skip)
            for one in (last, explainer):
                self.attempt(
                    lambda named=named, one=one: acts.declare(self.desk, named, by=self.people[one])
                )
        self.explain(explainer)
        for named in self.articles:
            self.approve(named, self.people[last])

    def bring_to_review(self, named: str, skip: str) -> None:
        author, editor = self.people[AUTHOR.id], self.people[EDITOR.id]
        for which, who in (
            (Move.RESUME, author),
            (Move.SUBMIT, author),
            (Move.RESUBMIT, author),
            (Move.RENEW, editor),
        ):
            self.attempt(
                lambda which=which, who=who: move(self.desk, named, which, by=who, reason="go on")
            )
        if skip != "a version":
            self.attempt(lambda: revise(self.desk, named, by=author))

    def have_reviewed(self, named: str, who: Person, skip: str) -> None:
        self.attempt(lambda: acts.assign(self.desk, named, who, by=self.people[EDITOR.id]))
        if skip != "declarations":
            self.attempt(lambda: acts.declare(self.desk, named, by=who))
        for printed in find(self.desk, named).article.version.statements:
            if skip != "signatures":
                self.attempt(
                    lambda printed=printed: acts.judge(
                        self.desk, named, [printed.id], Judgement.ACCEPT, by=who
                    )
                )

    # --- what happens to people -------------------------------------------------------------------

    @rule(who=names, given=roles)
    def roles_change(self, who: str, given: frozenset[Role]) -> None:
        self.people[who] = replace(self.people[who], roles=given)

    @rule(who=names)
    def roles_come_back(self, who: str) -> None:
        was = next(one for one in PEOPLE if one.id == who)
        self.people[who] = replace(self.people[who], roles=was.roles)

    @rule(who=names, closed=st.booleans())
    def account_is_closed_or_opened(self, who: str, closed: bool) -> None:
        self.people[who] = replace(self.people[who], disabled=closed)

    @rule(who=names)
    def name_changes(self, who: str) -> None:
        self.people[who] = replace(self.people[who], name=self.people[who].name + " Renamed")

    # --- what happens to the library --------------------------------------------------------------

    @rule(days=st.sampled_from([1, 200, 400]))
    def time_passes(self, days: int) -> None:
        self.desk.wait(days=days)

    @rule()
    def watch(self) -> None:
        watch(self.desk)
        for named in self.articles:
            article = find(self.desk, named).article
            assert article.state is not State.APPROVED or not self.is_past(article)

    @precondition(lambda self: len(self.happened) < 2)
    @rule(what=st.sampled_from(["removal", "RetractionOf", "ErratumFor", "guideline"]))
    def the_library_changes(self, what: str) -> None:
        """A source is removed, retracted or corrected, or a guideline comes; each once."""
        if what in self.happened:
            return
        self.happened.add(what)
        if what == "removal":
            remove(self.desk, [f"pmid:{HIGH['pmid']}"], reason="made up")
        elif what == "guideline":
            add(self.desk, [str(write_papers(self.folder, [SECOND_GUIDELINE], "second.jsonl"))])
        else:
            add(self.desk, [str(write_notice(self.folder, what, str(TRIAL["pmid"])))])
        forget(self.desk)

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def history_verifies(self) -> None:
        verify(self.desk)

    @invariant()
    def nothing_happened_that_may_not_happen(self) -> None:
        for named in self.articles:
            kept = find(self.desk, named)
            hold(kept.events)
            hold_new(kept.events, self.seen.get(named, 0), self.people)
            self.seen[named] = len(kept.events)
            for noted, printed in zip(
                kept.article.version.statements, statements_of(kept.answer), strict=True
            ):
                assert noted.is_dosing or "mg/kg" not in printed["text"]

    @invariant()
    def what_is_shown_as_approved_stands(self) -> None:
        """No page shown as approved rests on what fell, and none past its date is shown so."""
        for named in self.articles:
            article = find(self.desk, named).article
            page = show_article(self.desk, named)
            if not page["article"]["is_approved"]:
                assert not page["article"]["index"]
                assert page["article"]["caution"]
                continue
            assert not self.is_past(article)
            for entry in page["answer"]["references"]:
                (source,) = self.desk.store.sources([entry["source"]]).values()
                assert source.status.value == entry["status"]

    def is_past(self, article: Article) -> bool:
        expires = article.standing.expires
        return expires is not None and self.desk.now().date().isoformat() > expires

    def hold_explained(self, named: str) -> None:
        """Hold a new approval to the others: where doses differ, somebody impartial said why."""
        mine = find(self.desk, named)
        for other in self.articles:
            theirs = find(self.desk, other)
            stands = theirs.article.state is State.APPROVED and not self.is_past(theirs.article)
            if other == named or not stands:
                continue
            sides = (mine.article, theirs.article)
            if differ(doses(mine.answer), doses(theirs.answer)):
                assert any(
                    given.by.id not in {side.author.id for side in sides}
                    and not any(
                        (said := side.declaration_of(given.by.id)) and said.interest for side in sides
                    )
                    for side in sides
                    for given in side.explanations
                )


def doses(answer: object) -> set[str]:
    """Return the doses by weight that a page prints."""
    return {
        found
        for one in statements_of(answer)  # type: ignore[arg-type]
        for found in re.findall(r"\d+ mg/kg", one["text"])
    }


def differ(one: set[str], other: set[str]) -> bool:
    return bool(one and other) and one != other


def test_whatever_people_do_no_rule_is_broken(database_kind: str) -> None:
    run_state_machine_as_test(
        TheDesk, settings=settings(max_examples=EXAMPLES[database_kind], stateful_step_count=30)
    )


def test_the_usual_way_leads_to_an_approval() -> None:
    """The machine would hold vacuously if nothing were ever approved."""
    machine = TheDesk()
    try:
        machine.push(DOSE, [REVIEWER.id, SECOND.id, BOARD.id], EDITOR.id, "nothing", EDITOR.id)
        machine.nothing_happened_that_may_not_happen()
        machine.what_is_shown_as_approved_stands()
        (named,) = machine.articles
        assert find(machine.desk, named).article.state is State.APPROVED
    finally:
        machine.teardown()


def test_two_pages_with_other_doses_stand_beside_each_other_only_explained() -> None:
    """Nor would it hold to any contradiction if the two pages never met."""
    machine = TheDesk()
    try:
        machine.push(DOSE, [REVIEWER.id, SECOND.id, BOARD.id], EDITOR.id, "nothing", EDITOR.id)
        machine.push(MECHANISM, [REVIEWER.id, SECOND.id, BOARD.id], EDITOR.id, "nothing", AUTHOR.id)
        states = {find(machine.desk, named).article.state for named in machine.articles}
        assert states == {State.APPROVED, State.UNDER_REVIEW}
        machine.push(MECHANISM, [REVIEWER.id, SECOND.id, BOARD.id], EDITOR.id, "nothing", BOARD.id)
        states = {find(machine.desk, named).article.state for named in machine.articles}
        assert states == {State.APPROVED}
    finally:
        machine.teardown()
