"""``osler article`` as it is typed: documents by their schema, pages, exit codes, refusals."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.on_postgresql.opened import unguarded
from tests.review.made import DOSE, MECHANISM, Directory, stock
from tests.surfaces.cli.conftest import Call, Said, validate

from osler.errors import Exit
from osler.service import wiring


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("shelf")
    stock(home, tmp_path_factory.mktemp("papers"))
    return home


@pytest.fixture
def home(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stocked home; its people are those of the tests."""
    monkeypatch.setattr(wiring.Desk, "people", property(lambda _desk: Directory()))
    return Path(shutil.copytree(shelf, tmp_path / "home"))


def article(call: Call, home: Path, *words: str) -> Any:
    """Return the document of one command, held to the schema."""
    said = call("article", *words, "--json", home=home)
    assert said.status == Exit.DONE, said.err
    validate(said.document, "article")
    return said.document


def refused(said: Said) -> tuple[int, str]:
    return said.status, said.error["code"]


def put_under_review(call: Call, home: Path, question: str = DOSE) -> tuple[str, list[str]]:
    """Return the article and its statements."""
    named = article(call, home, "submit", question, "--by", "Test Author")["article"]["id"]
    for reviewer in ("p-one", "p-two"):
        article(call, home, "assign", named, "--to", reviewer, "--by", "p-editor", "--due", "2026-12-31")
        article(call, home, "declare", named, "--none", "--by", reviewer)
    article(call, home, "declare", named, "--none", "--by", "p-board")
    claims = article(call, home, "show", named, "--claims", "--by", "p-one")["claims"]
    return named, [claim["statement"]["id"] for claim in claims]


def approve(call: Call, home: Path, question: str = DOSE) -> tuple[str, list[str]]:
    named, statements = put_under_review(call, home, question)
    chosen = [word for one in statements for word in ("--statement", one)]
    for reviewer in ("p-one", "p-two"):
        article(call, home, "decide", named, "accept", *chosen, "--by", reviewer)
    article(call, home, "decide", named, "approve", "--by", "p-board")
    return named, statements


def test_a_question_goes_all_the_way_to_an_approved_article(call: Call, home: Path) -> None:
    named, statements = approve(call, home)
    document = article(call, home, "show", named)
    assert document["envelope"]["review"]["state"] == "approved"
    assert len(document["envelope"]["review"]["signatures"]) == 2 * len(statements)
    shown = call("show", named, "--json", home=home)
    validate(shown.document, "show")
    assert shown.document == document
    page = call("article", "show", named, home=home)
    assert "Approved since" in page.out
    assert "approved by Test Board Member" in page.out
    assert call("show", named, home=home).out == page.out


def test_a_second_wording_is_shown_as_the_same_article(call: Call, home: Path) -> None:
    first = article(call, home, "submit", DOSE, "--by", "p-author")
    again = article(call, home, "submit", "Inventumab dose in testosis?", "--by", "p-author")
    assert (first["is_new"], again["is_new"]) == (True, False)
    assert again["article"]["id"] == first["article"]["id"]
    assert again["matched"]
    assert again["article"]["question"]["also_asked"][0]["asked"] == "Inventumab dose in testosis?"
    page = call("article", "submit", "dosage of inventumab for testosis?", "--by", "p-author", home=home)
    assert "An article answers this already" in page.out


def test_what_is_not_allowed_is_exit_7_and_names_the_rule(call: Call, home: Path) -> None:
    named, (first, *_) = put_under_review(call, home)
    for words, rule in (
        (("decide", named, "approve", "--by", "p-board"), "signatures"),
        (("decide", named, "accept", "--statement", first, "--by", "p-author"), "role"),
        (("decide", named, "decline", "--by", "p-editor"), "reason"),
        (("submit", DOSE, "--by", "p-admin"), "role"),
    ):
        said = call("article", *words, "--json", home=home)
        assert refused(said) == (Exit.NOT_ALLOWED, "not_allowed")
        assert f"rule {rule};" in said.error["hint"]


def test_somebody_unknown_is_exit_4(call: Call, home: Path) -> None:
    said = call("article", "submit", DOSE, "--by", "Nobody", "--json", home=home)
    assert refused(said) == (Exit.NOT_FOUND, "not_found.person")


def test_without_accounts_there_is_nobody(call: Call, shelf: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(shelf, tmp_path / "bare"))
    said = call("article", "submit", DOSE, "--by", "p-author", "--json", home=home)
    assert refused(said) == (Exit.NOT_FOUND, "not_found.person")


def test_an_edit_that_the_judge_refuses_is_exit_3(call: Call, home: Path) -> None:
    named, (first, *_) = put_under_review(call, home)
    words = ("--statement", first, "--reason", "shorter", "--by", "p-one")
    text = "For adults with testosis, inventumab 3 mg/kg per day intravenously is recommended."
    said = call("article", "decide", named, "edit", *words, "--text", text, "--json", home=home)
    assert refused(said) == (Exit.REFUSED, "input.statement")
    good = "In adults with testosis, inventumab 2 mg/kg per day intravenously is recommended."
    after = article(call, home, "decide", named, "edit", *words, "--text", good)
    assert after["article"]["versions"][0]["changed"] == [first]
    rows = article(call, home, "show", named, "--diff", "1:2")["rows"]
    assert [row["fate"] for row in rows] == ["changed", "kept"]
    page = call("article", "show", named, "--diff", "1:2", home=home)
    assert f"+ Guideline, 2022: {good[:20]}" in page.out
    assert "Marked sentences are the editorial desk's" in call("show", named, home=home).out


@pytest.mark.parametrize(
    "words",
    [
        ("decide", "art_x", "accept", "--by", "p-one"),
        ("decide", "art_x", "approve", "--statement", "st_x", "--by", "p-one"),
        ("decide", "art_x", "edit", "--statement", "st_x", "--by", "p-one"),
        (
            "decide",
            "art_x",
            "edit",
            "--statement",
            "a",
            "--statement",
            "b",
            "--text",
            "x",
            "--by",
            "p-one",
        ),
        ("declare", "art_x", "--by", "p-one"),
        ("declare", "art_x", "--none", "--interest", "shares", "--by", "p-one"),
        ("assign", "art_x", "--to", "p-one", "--by", "p-editor", "--due", "tomorrow"),
        ("show", "art_x", "--diff", "1-2"),
        ("history",),
        ("history", "art_x", "--head", "abc"),
    ],
)
def test_a_call_that_makes_no_sense_is_exit_2(call: Call, home: Path, words: tuple[str, ...]) -> None:
    assert call("article", *words, "--json", home=home).status == Exit.USAGE


def test_history_is_listed_and_proved(call: Call, home: Path) -> None:
    named, _ = approve(call, home)
    events = article(call, home, "history", named)["events"]
    assert [event["action"] for event in events[:3]] == ["opened", "revised", "moved"]
    proof = article(call, home, "history", named, "--verify", "--head", events[-1]["hash"])["proof"]
    assert (proof["events"], proof["since"]) == (len(events), 0)
    assert article(call, home, "history", "--verify")["proof"]["articles"] == 1
    page = call("article", "history", named, home=home)
    assert "Test Board Member (board member)" in page.out
    assert "are what was written" in call("article", "history", "--verify", home=home).out


def test_an_altered_database_fails_the_proof_with_the_event_named(call: Call, home: Path) -> None:
    named, _ = approve(call, home)
    with unguarded(home / "osler.db") as database:
        database.execute(
            "UPDATE article_events SET body = replace(body, 'accept', 'reject') WHERE n = 10"
        )
    said = call("article", "history", named, "--verify", "--json", home=home)
    assert refused(said) == (Exit.FAULT, "library.history")
    assert "event 10" in said.error["message"]


def test_a_removal_says_which_articles_it_took_back(call: Call, home: Path) -> None:
    named, _ = approve(call, home)
    removed = call("remove", "pmid:99999982", "--reason", "made up", home=home)
    assert removed.status == Exit.DONE
    assert named in removed.err
    listed = article(call, home, "list", "--state", "under_review", "--about", "inventumab")["articles"]
    assert [one["id"] for one in listed] == [named]
    assert "withdrawn" in call("article", "show", named, home=home).out


def test_watch_says_what_changed_and_lint_what_contradicts(call: Call, home: Path) -> None:
    assert article(call, home, "watch")["articles"] == []
    named, _ = approve(call, home)
    seen = article(call, home, "watch", "--dry-run")
    assert [one["changes"] for one in seen["articles"]] == [[]]
    assert "nothing changed" in call("article", "watch", named, home=home).out
    assert article(call, home, "lint", named)["findings"] == []
    assert "no contradictions" in call("article", "lint", home=home).out


def test_a_reader_reports_and_the_desk_answers(call: Call, home: Path) -> None:
    named, (first, *_) = approve(call, home)
    article(call, home, "report", named, "Is this right?", "--concern", "figure", "--statement", first)
    assert (
        article(call, home, "reports", named, "--by", "p-one")["reports"][0]["words"] == "Is this right?"
    )
    article(call, home, "reply", named, "1", "It is.", "--outcome", "unchanged", "--by", "p-editor")
    log = article(call, home, "show", named)["article"]["corrections"]
    assert [(one["outcome"], one["reply"]) for one in log] == [("unchanged", "It is.")]
    erased = article(call, home, "reports", named, "--erase", "1", "--by", "p-editor")["reports"]
    assert erased == [{"number": 1, "words": None}]
    assert "It is." in call("article", "show", named, home=home).out


def test_comments_drafts_ends_of_assignments_and_the_policy_are_printed(call: Call, home: Path) -> None:
    drafted = article(call, home, "submit", MECHANISM, "--draft", "--by", "p-author")["article"]
    assert drafted["state"] == "draft"
    named = drafted["id"]
    article(call, home, "submit", named, "--by", "p-author")
    article(call, home, "assign", named, "--to", "p-one", "--by", "p-editor")
    ended = article(call, home, "assign", named, "--to", "p-one", "--end", "--by", "p-editor")
    assert ended["article"]["assigned"] == []
    article(call, home, "comment", named, "For whom?", "--by", "p-one")
    assert "For whom?" in call("article", "show", named, "--claims", home=home).out
    article(call, home, "revise", named, "--by", "p-author")
    blocks = article(call, home, "policy")["blocks"]
    assert "Who may move it, and when" in [block["title"] for block in blocks]
    assert "Nobody decides on an article of their own." in call("article", "policy", home=home).out
