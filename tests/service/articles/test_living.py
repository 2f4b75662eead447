"""Approved articles are taken back when what they rest on no longer stands, and expire by their date."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.review.acts import approved, sign_all
from tests.review.made import (
    AUTHOR,
    BOARD,
    EDITOR,
    GUIDELINE,
    MECHANISM,
    REVIEWER,
    SECOND,
    TimedDesk,
    forget,
    write_notice,
    write_papers,
)

from osler.errors import NoAnswerError, NotAllowedError, NotFoundError
from osler.model.editorial import Concern, Outcome, State
from osler.review.signing import needs_of
from osler.review.states import Move
from osler.review.watch import Weight
from osler.service.add import add
from osler.service.articles import corrections
from osler.service.articles import desk as acts
from osler.service.articles.kept import find
from osler.service.articles.living import watch
from osler.service.articles.moving import move
from osler.service.articles.proof import verify
from osler.service.articles.revising import revise
from osler.service.articles.show import list_articles, show_article
from osler.service.remove import remove


def put(desk: TimedDesk, folder: Path, paper: dict[str, object]) -> None:
    """Add one paper, as a later visit of the librarian."""
    add(desk, [str(write_papers(folder, [paper], name=f"{paper['pmid']}-later.jsonl"))])
    forget(desk)


def test_nothing_happens_while_nothing_changes(desk: TimedDesk) -> None:
    kept = approved(desk)
    (seen,) = watch(desk)
    assert (seen.state, seen.changes, seen.review_due) == (State.APPROVED, (), False)
    assert find(desk, kept.article.id).article.events == kept.article.events


def test_a_removed_source_takes_the_page_back_at_once(desk: TimedDesk) -> None:
    kept = approved(desk)
    remove(desk, ["pmid:99999982"], reason="its data were made up")
    after = find(desk, kept.article.id).article
    assert after.state is State.UNDER_REVIEW
    assert (after.standing.by.id, after.standing.by.role) == ("library", "library")
    assert "withdrawn" in after.standing.reason
    assert any(kept.article.id in notice for notice in desk.notices)
    page = show_article(desk, kept.article.id)
    assert (page["article"]["index"], page["envelope"]["review"]["state"]) == (False, "under_review")
    assert page["article"]["caution"]
    verify(desk)


@pytest.mark.parametrize(
    ("notice", "said"), [("RetractionOf", "is retracted"), ("ErratumFor", "is corrected")]
)
def test_a_notice_that_arrives_takes_the_page_back_at_once(
    desk: TimedDesk, tmp_path: Path, notice: str, said: str
) -> None:
    kept = approved(desk)
    add(desk, [str(write_notice(tmp_path, notice, "99999982"))])
    after = find(desk, kept.article.id).article
    assert after.state is State.UNDER_REVIEW
    assert said in after.standing.reason
    with pytest.raises(NotAllowedError) as caught:
        move(desk, kept.article.id, Move.APPROVE, by=BOARD)
    assert "fresh_version" in caught.value.hint


def test_what_rests_on_no_fallen_source_stays(desk: TimedDesk) -> None:
    dose = approved(desk)
    remove(desk, ["pmid:99999983"], reason="not wanted any more")
    assert find(desk, dose.article.id).article.state is State.APPROVED


def test_after_a_recall_only_what_changed_is_signed_again(desk: TimedDesk) -> None:
    kept = approved(desk)
    remove(desk, ["pmid:99999982"], reason="its data were made up")
    forget(desk)
    after = revise(desk, kept.article.id, by=AUTHOR)
    (guideline, _trial) = kept.article.version.statements
    assert guideline.id in after.article.version.kept
    lacking = [need.statement for need in needs_of(after.article) if need.lacks]
    assert lacking == list(after.article.version.added)
    sign_all(desk, kept.article.id)
    assert move(desk, kept.article.id, Move.APPROVE, by=BOARD).article.state is State.APPROVED
    assert [one.changes for one in watch(desk)] == [()]


def test_a_retracted_source_blocks_approval(desk: TimedDesk, tmp_path: Path) -> None:
    from tests.review.acts import under_review

    kept = under_review(desk)
    sign_all(desk, kept.article.id)
    remove(desk, ["pmid:99999982"], reason="its data were made up")
    with pytest.raises(NotAllowedError) as caught:
        move(desk, kept.article.id, Move.APPROVE, by=BOARD)
    assert "sources_stand" in caught.value.hint


def test_a_new_guideline_reopens(desk: TimedDesk, tmp_path: Path) -> None:
    kept = approved(desk)
    other = {
        **GUIDELINE,
        "pmid": "99999991",
        "title": "A second invented guideline on testosis",
        "abstract": "In adults with testosis, inventumab 4 mg/kg per day intravenously is recommended.",
        "year": 2025,
    }
    put(desk, tmp_path, other)
    assert find(desk, kept.article.id).article.state is State.APPROVED
    (dry,) = watch(desk, dry_run=True)
    assert dry.state is State.APPROVED
    (seen,) = watch(desk)
    assert seen.state is State.UNDER_REVIEW
    kinds = {change.kind for change in seen.changes if change.weight is Weight.REOPEN}
    assert {"guideline", "figure", "conflict"} <= kinds
    assert "guideline" in find(desk, kept.article.id).article.standing.reason
    assert watch(desk) == []


def test_what_the_library_no_longer_answers_is_reopened_and_not_revised(desk: TimedDesk) -> None:
    kept = approved(desk, MECHANISM)
    remove(desk, ["pmid:99999982"], reason="gone")
    forget(desk)
    with pytest.raises(NoAnswerError):
        revise(desk, kept.article.id, by=AUTHOR)
    assert find(desk, kept.article.id).article.version.number == 1


def test_an_approval_runs_out_by_its_date_whether_or_not_anybody_looks(desk: TimedDesk) -> None:
    kept = approved(desk)
    desk.wait(days=365)
    (seen,) = watch(desk)
    assert (seen.state, seen.review_due) == (State.APPROVED, True)
    desk.wait(days=184)
    assert show_article(desk, kept.article.id)["article"]["state"] == "expired"
    assert [one["state"] for one in list_articles(desk)] == ["expired"]
    assert find(desk, kept.article.id).article.state is State.APPROVED
    watch(desk)
    after = find(desk, kept.article.id).article
    assert (after.state, after.standing.by.role) == (State.EXPIRED, "library")


def test_a_renewed_article_is_signed_anew(desk: TimedDesk) -> None:
    kept = approved(desk)
    desk.wait(days=600)
    watch(desk)
    move(desk, kept.article.id, Move.RENEW, by=EDITOR, reason="still asked for")
    for one in (REVIEWER, SECOND, BOARD):
        acts.declare(desk, kept.article.id, by=one)
    with pytest.raises(NotAllowedError) as caught:
        move(desk, kept.article.id, Move.APPROVE, by=BOARD)
    assert "fresh_version" in caught.value.hint
    after = revise(desk, kept.article.id, by=AUTHOR)
    assert [need.lacks for need in needs_of(after.article)] == [2, 2]
    sign_all(desk, kept.article.id)
    assert move(desk, kept.article.id, Move.APPROVE, by=BOARD).article.state is State.APPROVED


def test_an_approval_may_have_an_earlier_date_of_review_and_no_later_one(desk: TimedDesk) -> None:
    from datetime import date

    from tests.review.acts import under_review

    kept = under_review(desk)
    sign_all(desk, kept.article.id)
    done = move(desk, kept.article.id, Move.APPROVE, by=BOARD, review_by=date(2026, 6, 1))
    assert done.article.standing.review_by == "2026-06-01"
    move(desk, kept.article.id, Move.REOPEN, by=EDITOR, reason="once more")
    revise(desk, kept.article.id, by=AUTHOR)
    done = move(desk, kept.article.id, Move.APPROVE, by=BOARD, review_by=date(2099, 1, 1))
    assert done.article.standing.review_by == "2027-03-01"


def test_a_readers_report_is_answered_in_public_once(desk: TimedDesk) -> None:
    kept = approved(desk)
    first = kept.article.version.statements[0].id
    corrections.report(
        desk,
        kept.article.id,
        "Per dose? I am a patient.",
        concern=Concern.FIGURE,
        statement=first,
    )
    log = show_article(desk, kept.article.id)["article"]["corrections"]
    assert [(one["number"], one["concern"], one["statement"], one["outcome"]) for one in log] == [
        (1, "figure", first, None)
    ]
    assert "patient" not in str(log)
    with pytest.raises(NotAllowedError):
        corrections.reply(desk, kept.article.id, 1, "per day", outcome=Outcome.UNCHANGED, by=REVIEWER)
    corrections.reply(desk, kept.article.id, 1, "per day", outcome=Outcome.UNCHANGED, by=EDITOR)
    log = show_article(desk, kept.article.id)["article"]["corrections"]
    assert (log[0]["outcome"], log[0]["reply"], log[0]["by"]["name"]) == (
        "unchanged",
        "per day",
        "Test Editor",
    )
    with pytest.raises(NotAllowedError) as caught:
        corrections.reply(desk, kept.article.id, 1, "again", outcome=Outcome.CORRECTED, by=EDITOR)
    assert "replied" in caught.value.hint


def test_a_report_on_what_is_not_printed_is_refused(desk: TimedDesk) -> None:
    kept = approved(desk)
    with pytest.raises(NotFoundError) as caught:
        corrections.report(desk, kept.article.id, "wrong", statement="st_00000000000000000000")
    assert caught.value.code == "not_found.statement"
