"""Latency from the command line: every way is timed, each question where it should be."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from osler.evaluate.latency import Cold, evaluate_latency, spread
from osler.service.wiring import open_desk

from .conftest import Called, validate, write_lines

Call = Callable[..., Called]
QUESTIONS = [
    "Does zubromycin cure velitosis?",
    "What harms has zubromycin?",
    "Is wuppelfizz contagious?",
]


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "questions.txt", QUESTIONS)


def test_search_and_ask_are_timed_warm_and_in_a_new_process(
    call: Call, stocked: Path, questions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    said = call("eval", "latency", questions, "--cold", 1, "--rounds", 2, "--json", "-o", out)
    assert said.status == 0, said.err
    validate(said.document)
    ways = ["search_warm", "ask_warm", "search_cold", "ask_cold"]
    names = {f"{way}_p{share}_ms" for way in ways for share in (50, 95, 99)}
    assert set(said.document["summary"]) == {*names, "questions", "cold_questions"}
    assert said.document["summary"]["ask_cold_p50_ms"] > said.document["summary"]["ask_warm_p50_ms"]
    timed = [set(item["values"]) for item in said.document["items"]]
    assert timed == [{f"{w}_ms" for w in ways}, *[{"search_warm_ms", "ask_warm_ms"}] * 2]
    assert {file.name for file in out.iterdir()} == {"run.json", "report.md", "warm.svg", "cold.svg"}


def test_no_process_is_started_where_none_is_asked_for(
    call: Call, stocked: Path, questions: Path
) -> None:
    summary = call("eval", "latency", questions, "--cold", 0, "--json").document["summary"]
    assert summary["cold_questions"] == 0
    assert not any("cold_p" in name for name in summary)


def test_a_question_that_cannot_be_asked_is_told_and_the_rest_is_timed(
    call: Call, stocked: Path, tmp_path: Path
) -> None:
    file = write_lines(tmp_path / "q.txt", [QUESTIONS[0], "velitosis " * 300])
    document = call("eval", "latency", file, "--cold", 0, "--json").document
    assert document["summary"]["questions"] == 1
    assert document["items"][1]["fault"].startswith("input.too_long")
    assert document["notes"][0].startswith("question 2 could not be asked")


def test_a_process_that_fails_is_no_time(stocked: Path, questions: Path) -> None:
    failing = Cold((sys.executable, "-c", "raise SystemExit(3)"), questions=1)
    with open_desk({"OSLER_HOME": str(stocked)}) as desk:
        run = evaluate_latency(desk, questions, cold=failing, rounds=1)
    assert run.items[0].fault.startswith("fault.unexpected")
    assert run.summary["questions"] == 2


def test_cold_questions_are_spread_over_the_file() -> None:
    letters = list("abcdefghij")
    assert spread(letters, 3) == ("a", "d", "g")
    assert spread(letters, 99) == tuple(letters)
    assert spread(letters, 0) == ()
