"""What is private stays so: in answers, articles, their names and what the library does by itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.review.acts import approved
from tests.review.made import (
    AUTHOR,
    DOSE,
    MECHANISM,
    TRIAL,
    TimedDesk,
    desk_at,
    forget,
    stock,
    write_papers,
)

from osler.errors import InputError, NotFoundError
from osler.model.editorial import State
from osler.service.add import add
from osler.service.articles.kept import find
from osler.service.articles.living import watch
from osler.service.articles.opening import submit
from osler.service.articles.revising import edit, revise
from osler.service.articles.show import show_article
from osler.service.ask import ask
from osler.service.keep import keep, kept_answer
from osler.service.remove import remove

WARD = frozenset({"public", "ward"})
SECRET = {
    "pmid": "99999984",
    "title": "Inventumab in adults with testosis and hidden zebrosis: a randomized trial",
    "abstract": "The dose of inventumab was 7 mg/kg per day in 30 adults with testosis and zebrosis."
    " Inventumab inhibits the zebrin receptor in adults with testosis.",
    "year": 2025,
    "journal": "J Hidden Med",
    "mesh": ["Zebrosis"],
}
WORDS = ("zebr", "7 mg/kg", "99999984", "Hidden Med")


def hide(desk: TimedDesk, folder: Path, paper: dict[str, Any] = SECRET) -> None:
    add(desk, [str(write_papers(folder, [paper], name="ward.jsonl"))], scope="ward")
    forget(desk)


def ward_of(desk: TimedDesk) -> TimedDesk:
    """A desk at the same library for somebody of the ward."""
    return TimedDesk(desk.settings, desk.store, desk.holder, WARD, at=desk.at)


def told(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False).lower()


def holds_a_secret(document: Any) -> bool:
    return any(word.lower() in told(document) for word in WORDS)


# --- answers ------------------------------------------------------------------------------------------

ASKED = [
    DOSE,
    MECHANISM,
    "How effective is inventumab in zebrosis?",
    "What is hidden zebrosis?",
    "What is the zebrin receptor?",
    "Is inventumab safe in zebrosis?",
    "adverse effects of inventumab",
]


@pytest.mark.parametrize("question", ASKED)
def test_an_answer_is_the_same_with_a_private_part_and_without(
    desk: TimedDesk, tmp_path: Path, question: str
) -> None:
    """But for the name of the library's state: nobody learns what lies there by asking about it."""
    other = tmp_path / "other"
    stock(other, tmp_path)
    hide(desk, tmp_path)
    with desk_at(other) as plain:
        with_part = dict(ask(desk, question, keep=False).document["answer"])
        without = dict(ask(plain, question, keep=False).document["answer"])
    for answer in (with_part, without):
        answer.pop("id")
        answer["library"] = {**answer["library"], "snapshot": ""}
    assert told(with_part) == told(without)


def test_whoever_may_read_the_part_gets_it_in_the_same_library(desk: TimedDesk, tmp_path: Path) -> None:
    hide(desk, tmp_path)
    answer = ask(ward_of(desk), DOSE, keep=False).document["answer"]
    assert holds_a_secret(answer)
    assert answer["library"]["as_of"].startswith("2025")
    assert not ask(desk, DOSE, keep=False).document["answer"]["library"]["as_of"].startswith("2025")


def test_a_source_that_was_made_private_since_closes_what_was_kept_of_it(
    desk: TimedDesk, tmp_path: Path
) -> None:
    kept = keep(desk, ask(desk, DOSE, keep=False).document)
    article = submit(desk, DOSE, by=AUTHOR).kept.article
    assert kept_answer(desk, kept.id).id == kept.id
    hide(desk, tmp_path, TRIAL)
    with pytest.raises(NotFoundError):
        kept_answer(desk, kept.id)
    with pytest.raises(NotFoundError):
        show_article(desk, article.slug)
    assert show_article(ward_of(desk), article.slug)["article"]["id"] == article.id


# --- articles -----------------------------------------------------------------------------------------


def test_nobody_brings_a_private_part_into_an_article_that_others_read(
    desk: TimedDesk, tmp_path: Path
) -> None:
    article = submit(desk, DOSE, by=AUTHOR, as_draft=True).kept.article
    hide(desk, tmp_path)
    revised = revise(ward_of(desk), article.id, by=AUTHOR)
    assert revised.article.version.number == 2
    assert not holds_a_secret(revised.document)
    assert not holds_a_secret(show_article(desk, article.slug))


def test_no_words_of_a_private_part_are_cited_in_an_article_that_others_read(
    desk: TimedDesk, tmp_path: Path
) -> None:
    article = submit(desk, DOSE, by=AUTHOR, as_draft=True).kept.article
    hide(desk, tmp_path)
    [source] = desk.store.sources_with("pmid:99999984")
    passage = desk.store.passages_of(source)[0]
    statement = article.version.statements[0].id
    text = "The dose of inventumab was 7 mg/kg per day in 30 adults with testosis and zebrosis."
    with pytest.raises(NotFoundError):
        edit(
            ward_of(desk), article.id, statement, text, by=AUTHOR, reason="better",
            spans=[(passage.id, 0, len(text))],
        )  # fmt: skip


def test_an_article_of_a_private_part_takes_no_name_that_would_tell_of_it(
    desk: TimedDesk, tmp_path: Path
) -> None:
    hide(desk, tmp_path)
    private = submit(ward_of(desk), DOSE, by=AUTHOR).kept.article
    with pytest.raises(NotFoundError):
        show_article(desk, private.slug)
    public = submit(desk, DOSE, by=AUTHOR)
    assert public.is_new
    assert public.kept.article.id != private.id
    assert private.slug.startswith(f"{public.kept.article.slug}-")


def test_a_private_article_is_taken_back_by_whoever_changes_the_library(
    desk: TimedDesk, tmp_path: Path
) -> None:
    hide(desk, tmp_path)
    ward = ward_of(desk)
    kept = approved(ward)
    (seen,) = watch(desk)  # the terminal reads the public part, and looks after all of them
    assert (seen.article, seen.state) == (kept.article.id, State.APPROVED)
    cited = {one["source"] for one in kept.answer["references"]}
    key = next(source.key for source in desk.store.sources(cited).values())
    remove(desk, [key], reason="its data were made up")
    assert find(ward, kept.article.id).article.state is State.UNDER_REVIEW


@pytest.mark.parametrize("who", ["for Mrs Testwick", "MRN 00482913", "in the patient born 03.07.1931"])
def test_a_question_that_says_of_whom_becomes_no_article_and_no_other_name_of_one(
    desk: TimedDesk, who: str
) -> None:
    for _ in range(2):
        with pytest.raises(InputError) as refused:
            submit(desk, f"{DOSE[:-1]} {who}?", by=AUTHOR)
        assert refused.value.code == "input.identifiers"
        assert "Testwick" not in refused.value.as_line()
        submit(desk, DOSE, by=AUTHOR)  # once there is an article, the words would be kept with it
