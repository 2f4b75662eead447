"""Ways around the rules that somebody may try at the desk, each of them closed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.review.acts import approved, sign_all, submitted, under_review
from tests.review.made import (
    AUTHOR,
    BOARD,
    DOSE,
    EDITOR,
    MECHANISM,
    REVIEWER,
    SECOND,
    SERIES,
    TimedDesk,
    desk_at,
    forget,
    write_papers,
)
from tests.service.articles.test_contradictions import reworded_apart, two_doses

from osler.errors import InputError, NotAllowedError
from osler.model.editorial import Judgement, State
from osler.model.person import Person, Role
from osler.review.states import Move
from osler.service.add import add
from osler.service.articles import desk as acts
from osler.service.articles.facts import lint_document
from osler.service.articles.kept import find
from osler.service.articles.living import watch
from osler.service.articles.moving import move
from osler.service.articles.opening import submit
from osler.service.articles.revising import edit
from osler.service.articles.show import list_articles, show_article
from osler.service.ask import ask
from osler.service.remove import remove

WORDS = "In adults with testosis, inventumab 2 mg/kg per day intravenously is recommended."
OTHER_WORDS = "For adults with testosis, inventumab 2 mg/kg per day is recommended intravenously."
EDITING_BOARD_MEMBER = Person(
    "p-both", "Test Editor On The Board", frozenset({Role.EDITOR, Role.BOARD_MEMBER})
)


def rule_of(caught: pytest.ExceptionInfo[NotAllowedError]) -> str:
    return caught.value.hint.removeprefix("rule ").partition(";")[0]


# --- own words ------------------------------------------------------------------------------------


def test_whoever_worded_a_statement_does_not_approve_the_page_that_others_signed(
    desk: TimedDesk,
) -> None:
    kept = under_review(desk)
    acts.declare(desk, kept.article.id, by=EDITING_BOARD_MEMBER)
    first = kept.article.version.statements[0].id
    edit(desk, kept.article.id, first, WORDS, by=EDITING_BOARD_MEMBER, reason="plainer")
    sign_all(desk, kept.article.id)
    with pytest.raises(NotAllowedError) as caught:
        move(desk, kept.article.id, Move.APPROVE, by=EDITING_BOARD_MEMBER)
    assert rule_of(caught) == "not_own_words"
    assert move(desk, kept.article.id, Move.APPROVE, by=BOARD).article.state is State.APPROVED


def test_words_typed_again_by_somebody_else_stay_those_of_their_writer(desk: TimedDesk) -> None:
    kept = under_review(desk)
    first = kept.article.version.statements[0].id
    for who, words in ((REVIEWER, WORDS), (SECOND, OTHER_WORDS), (SECOND, WORDS)):
        edit(desk, kept.article.id, first, words, by=who, reason="plainer")
    with pytest.raises(NotAllowedError) as caught:
        acts.judge(desk, kept.article.id, [first], Judgement.ACCEPT, by=REVIEWER)
    assert rule_of(caught) == "own_words"


def test_an_edit_that_changes_nothing_makes_no_version(desk: TimedDesk) -> None:
    kept = under_review(desk)
    line = kept.answer["bottom_line"]
    with pytest.raises(InputError) as caught:
        edit(desk, kept.article.id, line["id"], f" {line['text']} ", by=REVIEWER, reason="mine")
    assert caught.value.code == "input.unchanged"
    assert find(desk, kept.article.id).article.version.number == 1


# --- contradictions -------------------------------------------------------------------------------


def test_an_author_does_not_explain_for_the_own_article_by_way_of_the_other(tmp_path: Path) -> None:
    """Who wrote the article that stands reviews the one that is held back by it."""
    writer = Person("p-writer", "Test Second Author", frozenset({Role.AUTHOR, Role.REVIEWER}))
    with desk_at(two_doses(tmp_path)) as desk:
        _first, other, key = reworded_apart(desk, author=writer)
        acts.assign(desk, other, writer, by=EDITOR)
        acts.declare(desk, other, by=writer)
        with pytest.raises(NotAllowedError) as caught:
            acts.explain(desk, other, key, "it is nothing", by=writer)
        assert rule_of(caught) == "not_own_work"
        with pytest.raises(NotAllowedError) as caught:
            move(desk, other, Move.APPROVE, by=BOARD)
        assert rule_of(caught) == "no_contradiction"


def test_an_explanation_no_longer_counts_once_its_giver_declares_an_interest(tmp_path: Path) -> None:
    with desk_at(two_doses(tmp_path)) as desk:
        first, other, key = reworded_apart(desk)
        acts.explain(desk, other, key, "another trial", by=BOARD)
        assert [one["explained"] for one in lint_document(desk, other)] != [None]
        acts.declare(desk, first, by=BOARD, interest="has shares in its maker")
        assert [one["explained"] for one in lint_document(desk, other)] == [None]
        acts.declare(desk, other, by=EDITOR)
        with pytest.raises(NotAllowedError) as caught:
            move(desk, other, Move.APPROVE, by=EDITOR)
        assert rule_of(caught) == "no_contradiction"
        with pytest.raises(NotAllowedError) as caught:
            acts.explain(desk, other, key, "another trial", by=BOARD)
        assert rule_of(caught) == "declared"


# --- dates ----------------------------------------------------------------------------------------


def test_a_day_that_has_gone_by_is_no_date_to_wait_for(desk: TimedDesk) -> None:
    kept = submitted(desk)
    with pytest.raises(InputError) as caught:
        acts.assign(desk, kept.article.id, REVIEWER, by=EDITOR, due=date(2026, 2, 28))
    assert caught.value.code == "input.past"
    assert find(desk, kept.article.id).article.state is State.SUBMITTED
    acts.assign(desk, kept.article.id, REVIEWER, by=EDITOR, due=date(2026, 3, 1))
    under_review(desk)
    sign_all(desk, kept.article.id)
    with pytest.raises(InputError) as caught:
        move(desk, kept.article.id, Move.APPROVE, by=BOARD, review_by=date(2026, 2, 28))
    assert caught.value.code == "input.past"


def test_nobody_is_waited_for_once_an_article_is_decided(desk: TimedDesk) -> None:
    kept = submitted(desk)
    for who, day in ((REVIEWER, 20), (SECOND, 10)):
        acts.assign(desk, kept.article.id, who, by=EDITOR, due=date(2026, 3, day))
    (listed,) = list_articles(desk, due_by=date(2026, 3, 12))
    assert listed["due"] == "2026-03-10"
    under_review(desk)
    for who in (REVIEWER, SECOND):
        acts.assign(desk, kept.article.id, who, by=EDITOR, due=date(2026, 3, 10))
    sign_all(desk, kept.article.id)
    move(desk, kept.article.id, Move.APPROVE, by=BOARD)
    assert list_articles(desk, due_by=date(2026, 3, 12)) == []


def test_an_approval_that_ran_out_counts_nowhere_before_anybody_recorded_it(desk: TimedDesk) -> None:
    first, second = approved(desk), approved(desk, MECHANISM)
    assert [one["id"] for one in show_article(desk, second.article.id)["article"]["related"]] == [
        first.article.id
    ]
    assert ask(desk, DOSE).document["envelope"]["notices"] != []
    desk.wait(days=549)
    assert find(desk, first.article.id).article.state is State.APPROVED
    assert show_article(desk, second.article.id)["article"]["related"] == []
    assert ask(desk, DOSE).document["envelope"]["notices"] == []


# --- private parts of the library -----------------------------------------------------------------


def test_an_article_on_a_private_part_falls_with_its_source_and_is_watched_too(
    desk: TimedDesk, tmp_path: Path
) -> None:
    paper = {
        **SERIES,
        "pmid": "99999977",
        "abstract": "In adults with testosis, inventumab 3 mg/kg per day was given.",
    }
    add(desk, [str(write_papers(tmp_path, [paper]))], scope="ward")
    forget(desk)
    insider = desk.reading(frozenset({"public", "ward"}))
    kept = approved(insider)
    public = approved(desk, MECHANISM)
    assert {one.article for one in watch(desk)} == {kept.article.id, public.article.id}
    remove(desk, ["pmid:99999982"], reason="its data were made up")
    for named in (kept.article.id, public.article.id):
        assert find(insider, named).article.state is State.UNDER_REVIEW


# --- superseded -----------------------------------------------------------------------------------


def test_a_superseded_question_leads_to_what_took_its_place(desk: TimedDesk) -> None:
    old, new = approved(desk), approved(desk, MECHANISM)
    move(desk, old.article.id, Move.SUPERSEDE, by=EDITOR, reason="told there", successor=new.article.id)
    led = submit(desk, DOSE, by=AUTHOR)
    assert (led.is_new, led.kept.article.id) == (False, new.article.id)
    assert old.article.id in led.why
    assert find(desk, old.article.id).article.aliases == ()


def test_a_superseded_question_can_be_put_anew_once_its_successor_is_gone(desk: TimedDesk) -> None:
    old, new = approved(desk), approved(desk, MECHANISM)
    move(desk, old.article.id, Move.SUPERSEDE, by=EDITOR, reason="told there", successor=new.article.id)
    move(desk, new.article.id, Move.TAKE_DOWN, by=EDITOR, reason="wrong")
    again = submit(desk, DOSE, by=AUTHOR)
    assert again.is_new
    assert again.kept.article.id not in {old.article.id, new.article.id}
    assert submit(desk, DOSE, by=AUTHOR).kept.article.id == again.kept.article.id
    assert find(desk, old.article.id).article.state is State.SUPERSEDED
