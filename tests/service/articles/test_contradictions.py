"""Two articles that contradict each other are found, block approval, and may be explained by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.review.acts import approved, sign_all, under_review
from tests.review.made import (
    AUTHOR,
    BOARD,
    EDITOR,
    REVIEWER,
    TimedDesk,
    desk_at,
    stock,
)

from osler.errors import NotAllowedError, NotFoundError
from osler.model.editorial import State
from osler.model.person import Person
from osler.review.lint import Contradiction
from osler.review.states import Move
from osler.service.articles import desk as acts
from osler.service.articles.facts import findings, lint_document
from osler.service.articles.kept import find
from osler.service.articles.moving import move


def paper(number: int, text: str, **more: Any) -> dict[str, Any]:
    known = {"title": f"Invented paper {number}", "year": 2020, "journal": "J Invent Med"}
    return {"pmid": str(99999950 + number), "abstract": text, **known, **more}


DOSE = "What dose of inventumab is used in testosis?"
MECHANISM = "What is the mechanism of action of inventumab in testosis?"


def library(tmp_path: Path, *papers: dict[str, Any]) -> Path:
    home = tmp_path / "home"
    (tmp_path / "in").mkdir()
    stock(home, tmp_path / "in", list(papers))
    return home


def test_articles_that_agree_have_no_findings(desk: TimedDesk) -> None:
    approved(desk)
    approved(desk, MECHANISM)
    assert findings(desk) == ()


def two_doses(tmp_path: Path) -> Path:
    return library(
        tmp_path,
        paper(1, "The dose of inventumab was 2 mg/kg per day in adults with testosis."),
        paper(
            2,
            "The dose of inventumab was 8 mg/kg per day in adults with testosis. At that dose inventumab"
            " 8 mg/kg per day inhibits the testin receptor in adults with testosis.",
        ),
    )


def reworded_apart(desk: TimedDesk, author: Person = AUTHOR) -> tuple[str, str, str]:
    """Approve ``author``'s page with one dose; bring another's with another dose up to its approval.

    Return both ids, and the key of what they differ in.
    """
    one = under_review(desk, DOSE, author=author)
    keep_only(desk, one.article.id, "2 mg/kg", author=author)
    first = move(desk, one.article.id, Move.APPROVE, by=BOARD)
    other = under_review(desk, MECHANISM)
    keep_only(desk, other.article.id, "8 mg/kg")
    (finding,) = [f for f in findings(desk, other.article.id) if f.kind is Contradiction.DOSE]
    assert finding.articles == (other.article.id, first.article.id)
    return first.article.id, other.article.id, finding.key


def keep_only(desk: TimedDesk, named: str, words: str, author: Person = AUTHOR) -> None:
    """Reject every statement without ``words``, and sign what is left."""
    from osler.model.editorial import Judgement
    from osler.review.content import statements_of
    from osler.service.articles.revising import revise

    kept = find(desk, named)
    gone = [one["id"] for one in statements_of(kept.answer) if words not in one["text"]]
    if gone:
        acts.judge(desk, named, gone, Judgement.REJECT, by=REVIEWER, reason="told elsewhere")
        revise(desk, named, by=author)
    sign_all(desk, named)


def test_two_doses_of_one_drug_in_one_disease_block_approval_until_explained(tmp_path: Path) -> None:
    with desk_at(two_doses(tmp_path)) as desk:
        first, other, key = reworded_apart(desk)
        with pytest.raises(NotAllowedError) as caught:
            move(desk, other, Move.APPROVE, by=BOARD)
        assert "no_contradiction" in caught.value.hint
        assert key in caught.value.message
        with pytest.raises(NotFoundError) as missing:
            acts.explain(desk, other, "000000000000", "it is nothing", by=BOARD)
        assert missing.value.code == "not_found.finding"
        with pytest.raises(NotAllowedError):
            acts.explain(desk, other, key, "it is nothing", by=AUTHOR)
        acts.explain(desk, other, key, "the second paper gave it in another trial", by=BOARD)
        assert move(desk, other, Move.APPROVE, by=BOARD).article.state is State.APPROVED
        (listed,) = lint_document(desk)
        assert listed["explained"] == "the second paper gave it in another trial (Test Board Member)"
        assert {side["article"] for side in listed["sides"]} == {first, other}


def test_a_difference_that_people_explain_is_no_contradiction(tmp_path: Path) -> None:
    home = library(
        tmp_path,
        paper(1, "The dose of inventumab was 2 mg/kg per day in adults with testosis."),
        paper(2, "In children with testosis, inventumab 8 mg/kg per day inhibits the testin receptor."),
    )
    with desk_at(home) as desk:
        one = under_review(desk, DOSE)
        keep_only(desk, one.article.id, "2 mg/kg")
        move(desk, one.article.id, Move.APPROVE, by=BOARD)
        other = under_review(desk, MECHANISM)
        assert findings(desk, other.article.id) == ()


def test_class_limits_that_do_not_meet_are_found_within_one_article(tmp_path: Path) -> None:
    home = library(
        tmp_path,
        paper(
            1,
            "Inventumab inhibits the testin receptor in adults with mild testosis (testin below 30 mg/L)"
            " and with severe testosis (testin above 35 mg/L).",
        ),
    )
    with desk_at(home) as desk:
        kept = under_review(desk, MECHANISM)
        sign_all(desk, kept.article.id)
        (finding,) = findings(desk, kept.article.id)
        assert finding.kind is Contradiction.CLASSES
        assert "from 30 to 35 is in no class" in finding.about
        assert [side.words for side in finding.sides] == ["mild < 30 mg/L", "severe > 35 mg/L"]
        with pytest.raises(NotAllowedError) as caught:
            move(desk, kept.article.id, Move.APPROVE, by=BOARD)
        assert "no_contradiction" in caught.value.hint
        acts.declare(desk, kept.article.id, by=EDITOR)
        acts.explain(desk, kept.article.id, finding.key, "moderate lies between", by=EDITOR)
        assert move(desk, kept.article.id, Move.APPROVE, by=BOARD).article.state is State.APPROVED
