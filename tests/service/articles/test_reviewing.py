"""From a question to an approved article, on a real library: what each rule lets through and stops."""

from __future__ import annotations

import json

import pytest
from tests.review.acts import approved, sign_all, submitted, under_review
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
)

from osler.errors import Exit, InputError, NoAnswerError, NotAllowedError, NotFoundError
from osler.model.editorial import Judgement, State
from osler.model.person import Person, Role
from osler.review.signing import needs_of
from osler.review.states import Move
from osler.service.articles import desk as acts
from osler.service.articles.kept import find
from osler.service.articles.known import match
from osler.service.articles.moving import allowed_moves, move
from osler.service.articles.opening import submit
from osler.service.articles.revising import edit, revise
from osler.service.articles.show import list_articles, show_article, show_claims, show_difference
from osler.service.ask import ask
from osler.service.show import show


def refused(caught: pytest.ExceptionInfo[NotAllowedError]) -> str:
    """Return the rule that an error names."""
    assert caught.value.exit is Exit.NOT_ALLOWED
    return caught.value.hint.removeprefix("rule ").partition(";")[0]


def test_an_answer_becomes_an_article_that_is_shown_with_its_signatures(desk: TimedDesk) -> None:
    kept = approved(desk)
    document = show_article(desk, kept.article.slug)
    assert kept.article.slug == "what-dose-of-inventumab-is-used-in-testosis"
    assert document["article"]["is_approved"]
    assert document["article"]["caution"] is None
    review = document["envelope"]["review"]
    assert review["state"] == "approved"
    assert review["history_head"] == kept.article.head
    signers = {(s["by"], s["role"], s["meaning"]) for s in review["signatures"]}
    assert signers == {
        ("Test Reviewer One", "reviewer", "review"),
        ("Test Reviewer Two", "reviewer", "review"),
    }
    assert show(desk, kept.article.id) == document


def test_whoever_is_no_author_opens_nothing(desk: TimedDesk) -> None:
    for who in (REVIEWER, EDITOR, ADMINISTRATOR, CLOSED):
        with pytest.raises(NotAllowedError):
            submit(desk, DOSE, by=who)
    assert list_articles(desk) == []


def test_what_the_library_does_not_answer_becomes_no_article(desk: TimedDesk) -> None:
    with pytest.raises(NoAnswerError):
        submit(desk, "Does unobtainol cure imaginosis?", by=AUTHOR)
    assert list_articles(desk) == []


def test_a_question_about_one_person_becomes_no_article(desk: TimedDesk) -> None:
    with pytest.raises(InputError) as caught:
        submit(desk, "What dose of inventumab should I give my patient with testosis?", by=AUTHOR)
    assert caught.value.code == "input.personal"


@pytest.mark.parametrize(
    "wording",
    [
        "Inventumab dose in testosis?",
        "How much inventumab is given for testosis?",
        "what is the dosage of inventumab for testosis",
    ],
)
def test_another_wording_leads_to_the_same_article_and_says_why(desk: TimedDesk, wording: str) -> None:
    first = submitted(desk)
    matched = match(desk, wording)
    assert matched is not None
    assert matched.card.id == first.article.id
    again = submit(desk, wording, by=AUTHOR)
    assert (again.is_new, again.kept.article.id) == (False, first.article.id)
    assert "the same intervention (inventumab)" in again.why.lower()
    assert [alias.asked for alias in again.kept.article.aliases] == [wording]
    assert submit(desk, wording, by=AUTHOR).kept.article.events == again.kept.article.events


@pytest.mark.parametrize(
    "question", [MECHANISM, "What dose of inventumab is used in testosis in children?"]
)
def test_another_question_is_not_taken_for_the_same(desk: TimedDesk, question: str) -> None:
    submitted(desk)
    assert match(desk, question) is None


def test_whoever_asks_is_told_of_the_approved_article_and_of_no_other(desk: TimedDesk) -> None:
    kept = under_review(desk)
    assert ask(desk, "Inventumab dose in testosis?").document["envelope"]["notices"] == []
    sign_all(desk, kept.article.id)
    move(desk, kept.article.id, Move.APPROVE, by=BOARD)
    (notice,) = ask(desk, "Inventumab dose in testosis?").document["envelope"]["notices"]
    assert kept.article.id in notice
    assert ask(desk, MECHANISM).document["envelope"]["notices"] == []
    assert show_article(desk, kept.article.id)["envelope"]["notices"] == []


def test_a_stored_answer_is_put_forward_by_its_id(desk: TimedDesk) -> None:
    stored = ask(desk, "Inventumab dose in testosis?").answer.id
    kept = submit(desk, stored, by=AUTHOR).kept
    assert kept.article.asked == "Inventumab dose in testosis?"
    with pytest.raises(NotFoundError):
        submit(desk, "ans_00000000000000000000", by=AUTHOR)


def test_everything_rejected_makes_no_empty_version(desk: TimedDesk) -> None:
    kept = under_review(desk)
    printed = [one.id for one in kept.article.version.statements]
    acts.judge(desk, kept.article.id, printed, Judgement.REJECT, by=SECOND, reason="not for us")
    with pytest.raises(NoAnswerError):
        revise(desk, kept.article.id, by=AUTHOR)
    assert find(desk, kept.article.id).article.version.number == 1


def test_matching_a_readers_question_keeps_nothing(desk: TimedDesk) -> None:
    kept = submitted(desk)
    match(desk, "Inventumab dose in testosis?")
    assert find(desk, kept.article.id).article.events == kept.article.events


def test_a_dose_needs_two_reviewers(desk: TimedDesk) -> None:
    kept = under_review(desk)
    assert [need.wanted for need in needs_of(kept.article)] == [2, 2]
    sign_all(desk, kept.article.id, REVIEWER)
    with pytest.raises(NotAllowedError) as caught:
        move(desk, kept.article.id, Move.APPROVE, by=BOARD)
    assert refused(caught) == "signatures"
    sign_all(desk, kept.article.id, REVIEWER)
    with pytest.raises(NotAllowedError):
        move(desk, kept.article.id, Move.APPROVE, by=BOARD)
    sign_all(desk, kept.article.id, SECOND)
    assert move(desk, kept.article.id, Move.APPROVE, by=BOARD).article.state is State.APPROVED


def test_other_statements_need_one(desk: TimedDesk) -> None:
    kept = under_review(desk, MECHANISM)
    assert [need.wanted for need in needs_of(kept.article)] == [1]
    sign_all(desk, kept.article.id, REVIEWER)
    assert move(desk, kept.article.id, Move.APPROVE, by=BOARD).article.state is State.APPROVED


def test_nothing_is_decided_before_interests_are_declared(desk: TimedDesk) -> None:
    kept = submitted(desk)
    acts.assign(desk, kept.article.id, REVIEWER, by=EDITOR)
    statement = kept.article.version.statements[0].id
    with pytest.raises(NotAllowedError) as caught:
        acts.judge(desk, kept.article.id, [statement], Judgement.ACCEPT, by=REVIEWER)
    assert refused(caught) == "declared"
    acts.declare(desk, kept.article.id, by=REVIEWER, interest="paid by the maker of inventumab")
    with pytest.raises(NotAllowedError) as caught:
        acts.judge(desk, kept.article.id, [statement], Judgement.ACCEPT, by=REVIEWER)
    assert refused(caught) == "declared"


def test_a_declaration_grows_old(desk: TimedDesk) -> None:
    kept = under_review(desk)
    desk.wait(days=366)
    with pytest.raises(NotAllowedError) as caught:
        sign_all(desk, kept.article.id, REVIEWER)
    assert refused(caught) == "declared"


def test_an_interest_declared_later_takes_the_signatures_away(desk: TimedDesk) -> None:
    kept = under_review(desk)
    sign_all(desk, kept.article.id)
    after = acts.declare(desk, kept.article.id, by=SECOND, interest="has shares in its maker")
    assert [need.lacks for need in needs_of(after.article)] == [1, 1]


def test_the_author_decides_on_nothing_of_their_own(desk: TimedDesk) -> None:
    everything = Person(AUTHOR.id, AUTHOR.name, frozenset(Role))
    kept = under_review(desk)
    acts.declare(desk, kept.article.id, by=everything)
    statement = kept.article.version.statements[0].id
    with pytest.raises(NotAllowedError) as caught:
        acts.judge(desk, kept.article.id, [statement], Judgement.ACCEPT, by=everything)
    assert refused(caught) == "not_own_work"
    sign_all(desk, kept.article.id)
    for which in (Move.APPROVE, Move.DECLINE, Move.REQUEST_CHANGES):
        with pytest.raises(NotAllowedError) as caught:
            move(desk, kept.article.id, which, by=everything, reason="as its author")
        assert refused(caught) == "not_own_work"
    with pytest.raises(NotAllowedError):
        acts.assign(desk, kept.article.id, everything, by=EDITOR)


def test_a_reviewer_decides_only_where_assigned_and_a_board_member_anywhere(desk: TimedDesk) -> None:
    kept = submitted(desk)
    acts.assign(desk, kept.article.id, REVIEWER, by=EDITOR)
    for one in (SECOND, BOARD):
        acts.declare(desk, kept.article.id, by=one)
    statement = kept.article.version.statements[0].id
    with pytest.raises(NotAllowedError) as caught:
        acts.judge(desk, kept.article.id, [statement], Judgement.ACCEPT, by=SECOND)
    assert refused(caught) == "assigned"
    acts.judge(desk, kept.article.id, [statement], Judgement.ACCEPT, by=BOARD)


def test_an_editor_approves_only_after_declaring(desk: TimedDesk) -> None:
    kept = under_review(desk)
    sign_all(desk, kept.article.id)
    with pytest.raises(NotAllowedError) as caught:
        move(desk, kept.article.id, Move.APPROVE, by=EDITOR)
    assert refused(caught) == "declared"
    acts.declare(desk, kept.article.id, by=EDITOR)
    assert move(desk, kept.article.id, Move.APPROVE, by=EDITOR).article.state is State.APPROVED


def test_a_rejected_statement_leaves_with_the_next_version_and_the_rest_stays_signed(
    desk: TimedDesk,
) -> None:
    kept = under_review(desk)
    first, second = (one.id for one in kept.article.version.statements)
    sign_all(desk, kept.article.id)
    with pytest.raises(NotAllowedError) as caught:
        acts.judge(desk, kept.article.id, [first], Judgement.REJECT, by=SECOND)
    assert refused(caught) == "reason"
    acts.judge(desk, kept.article.id, [first], Judgement.REJECT, by=SECOND, reason="not for adults")
    with pytest.raises(NotAllowedError) as caught:
        move(desk, kept.article.id, Move.APPROVE, by=BOARD)
    assert refused(caught) == "nothing_rejected"
    after = revise(desk, kept.article.id, by=AUTHOR)
    version = after.article.version
    assert (version.number, version.removed, version.kept) == (2, (first,), (second,))
    answer = after.answer
    assert answer["bottom_line"]["id"] == second
    assert [entry["number"] for entry in answer["references"]] == [1]
    assert answer["id"] != kept.answer["id"]
    assert all(row["statement"] == second for group in answer["figures"] for row in group["rows"])
    assert move(desk, kept.article.id, Move.APPROVE, by=BOARD).article.state is State.APPROVED


def test_an_edit_is_judged_and_a_refusal_names_the_check(desk: TimedDesk) -> None:
    kept = under_review(desk)
    first = kept.article.version.statements[0].id
    with pytest.raises(InputError) as caught:
        edit(
            desk,
            kept.article.id,
            first,
            "For adults with testosis, inventumab 3 mg/kg per day intravenously is recommended.",
            by=REVIEWER,
            reason="shorter",
        )
    assert caught.value.code == "input.statement"
    assert "figures" in caught.value.message
    assert find(desk, kept.article.id).article.version.number == 1


def test_only_the_changed_statement_needs_new_signatures_and_not_of_who_worded_it(
    desk: TimedDesk,
) -> None:
    kept = under_review(desk)
    sign_all(desk, kept.article.id)
    first, second = (one.id for one in kept.article.version.statements)
    text = "In adults with testosis, inventumab 2 mg/kg per day intravenously is recommended."
    after = edit(desk, kept.article.id, first, text, by=REVIEWER, reason="plainer")
    assert (after.article.version.changed, after.article.version.kept) == ((first,), (second,))
    assert [need.lacks for need in needs_of(after.article)] == [2, 0]
    assert after.answer["bottom_line"]["made"] == "written"
    assert after.answer["bottom_line"]["verdict"]["outcome"] == "passed"
    with pytest.raises(NotAllowedError) as caught:
        acts.judge(desk, kept.article.id, [first], Judgement.ACCEPT, by=REVIEWER)
    assert refused(caught) == "own_words"
    for who in (SECOND, BOARD):
        acts.judge(desk, kept.article.id, [first], Judgement.ACCEPT, by=who)
    rows = show_difference(desk, kept.article.id, 1, 2)["rows"]
    assert [row["fate"] for row in rows] == ["changed", "kept"]
    assert rows[0]["after"]["text"] == text
    assert move(desk, kept.article.id, Move.APPROVE, by=BOARD).article.state is State.APPROVED


def test_a_new_version_keeps_what_the_desk_worded(desk: TimedDesk) -> None:
    kept = under_review(desk)
    first = kept.article.version.statements[0].id
    text = "In adults with testosis, inventumab 2 mg/kg per day intravenously is recommended."
    edit(desk, kept.article.id, first, text, by=REVIEWER, reason="plainer")
    after = revise(desk, kept.article.id, by=AUTHOR)
    assert after.answer["bottom_line"]["text"] == text
    assert after.article.version.printed(first).writer == REVIEWER.id  # type: ignore[union-attr]
    assert after.article.version.changed == ()


def test_an_edit_may_cite_other_words_and_brings_their_reference(desk: TimedDesk) -> None:
    kept = under_review(desk, MECHANISM)
    (only,) = kept.article.version.statements
    found = desk.store.passages_of(desk.store.sources_with("pmid:99999983")[0])[0]
    text = "Liver enzymes rose in 1 of 5 adults with testosis treated with inventumab."
    start = found.text.index("Liver")
    after = edit(
        desk,
        kept.article.id,
        only.id,
        text,
        by=REVIEWER,
        reason="another source",
        spans=[(found.id, start, start + len(text))],
    )
    line = after.answer["bottom_line"]
    assert line["id"] != only.id
    assert line["citations"][0]["quote"] == text
    assert [entry["pmid"] for entry in after.answer["references"]] == ["99999983"]
    again = revise(desk, kept.article.id, by=AUTHOR)
    assert again.answer["bottom_line"]["text"] == text


def test_changes_are_asked_for_made_and_brought_back(desk: TimedDesk) -> None:
    kept = under_review(desk)
    with pytest.raises(NotAllowedError) as caught:
        move(desk, kept.article.id, Move.REQUEST_CHANGES, by=REVIEWER)
    assert refused(caught) == "reason"
    move(desk, kept.article.id, Move.REQUEST_CHANGES, by=REVIEWER, reason="say for whom")
    revise(desk, kept.article.id, by=AUTHOR, reason="as asked")
    back = submit(desk, kept.article.id, by=AUTHOR).kept
    assert back.article.state is State.UNDER_REVIEW
    assert back.article.is_assigned(REVIEWER.id)


def test_a_declined_article_can_be_taken_up_again_and_is_signed_anew(desk: TimedDesk) -> None:
    kept = under_review(desk)
    sign_all(desk, kept.article.id)
    move(desk, kept.article.id, Move.DECLINE, by=EDITOR, reason="not of interest")
    again = move(desk, kept.article.id, Move.RESUME, by=AUTHOR, reason="it is now")
    assert again.article.state is State.DRAFT
    assert [need.lacks for need in needs_of(again.article)] == [2, 2]


def test_a_superseded_article_names_its_approved_successor(desk: TimedDesk) -> None:
    old, new = approved(desk), under_review(desk, MECHANISM)
    for successor in (new.article.id, old.article.id):
        with pytest.raises(NotAllowedError) as caught:
            move(
                desk, old.article.id, Move.SUPERSEDE, by=EDITOR, reason="told better there",
                successor=successor if successor == new.article.id else old.article.id,
            )  # fmt: skip
        assert refused(caught) == "successor"
    sign_all(desk, new.article.id, REVIEWER)
    move(desk, new.article.id, Move.APPROVE, by=BOARD)
    gone = move(
        desk, old.article.id, Move.SUPERSEDE, by=EDITOR, reason="told better there",
        successor=new.article.slug,
    )  # fmt: skip
    assert (gone.article.state, gone.article.standing.successor) == (State.SUPERSEDED, new.article.id)


def test_the_queue_is_filtered_by_state_person_date_and_term(desk: TimedDesk) -> None:
    from datetime import date

    dose, mechanism = submitted(desk), submitted(desk, MECHANISM)
    acts.assign(desk, dose.article.id, REVIEWER, by=EDITOR, due=date(2026, 3, 10))
    ids = lambda **by: [one["id"] for one in list_articles(desk, **by)]  # noqa: E731 - a name for the test
    assert ids(states=[State.SUBMITTED]) == [mechanism.article.id]
    assert ids(assignee=REVIEWER.id) == [dose.article.id]
    assert ids(due_by=date(2026, 3, 10)) == [dose.article.id]
    assert ids(due_by=date(2026, 3, 9)) == []
    assert ids(about="Inventumab") == [dose.article.id, mechanism.article.id]
    assert ids(about="sepsis") == []
    acts.release(desk, dose.article.id, REVIEWER, by=EDITOR)
    assert ids(assignee=REVIEWER.id) == []


def test_each_claim_is_shown_beside_its_words_in_their_passage(desk: TimedDesk) -> None:
    kept = under_review(desk)
    first = kept.article.version.statements[0].id
    acts.comment(desk, kept.article.id, "which adults?", by=AUTHOR, statement=first)
    document = show_claims(desk, kept.article.id, who=BOARD)
    claim = document["claims"][0]
    beside = claim["beside"][0]
    assert beside["passage_text"][beside["start"] : beside["end"]] == beside["quote"]
    assert claim["comments"][0]["text"] == "which adults?"
    assert (claim["is_dosing"], claim["wanted"]) == (True, 2)
    moves = {one["move"]: (one["allowed"], one["rule"]) for one in document["moves"]}
    assert moves["approve"] == (False, "signatures")
    assert moves["request_changes"][0]
    assert json.dumps(document)


def test_what_may_be_done_is_told_for_each_person(desk: TimedDesk) -> None:
    kept = submitted(desk)
    allowed = {move for move, one in allowed_moves(desk, kept, AUTHOR).items() if one.allowed}
    assert allowed == {Move.WITHDRAW}
    assert not any(one.allowed for one in allowed_moves(desk, kept, ADMINISTRATOR).values())


def test_an_article_on_a_private_part_is_not_found_by_who_may_not_read_it(desk: TimedDesk) -> None:
    desk.scopes = frozenset({"public", "ward"})
    kept = submitted(desk)
    desk.scopes = frozenset({"public"})
    with pytest.raises(NotFoundError) as caught:
        show_article(desk, kept.article.id)
    assert caught.value.code == "not_found.article"
    assert list_articles(desk) == []
    assert match(desk, DOSE) is None
