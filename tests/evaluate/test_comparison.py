"""Comparing runs: directions, refusals, what is stored is what was measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from osler.errors import InputError
from osler.evaluate.comparison import compare_runs
from osler.evaluate.datasets import Origin
from osler.evaluate.report import save_run
from osler.evaluate.run import Item, LibraryFacts, Run, RunKind, load_run, write_json

from .conftest import Called, validate

Call = Callable[..., Called]


def run_of(values: dict[str, dict[str, float]], system: str = "osler") -> Run:
    return Run(
        kind=RunKind.RETRIEVAL,
        system=system,
        dataset=Origin("small", "0" * 64, len(values)),
        settings={"depth": 100},
        versions={"osler": "1", "python": "3"},
        machine={"processors": 2},
        library=LibraryFacts("sha256:" + "0" * 64, 1, 1),
        started="2021-01-01T00:00:00+00:00",
        seconds=1.5,
        summary={"nDCG@10": 0.5},
        items=tuple(Item(name, f"{name}?", found, {}) for name, found in values.items()),
    )


FIRST = run_of({q: {"nDCG@10": 0.2, "search_ms": 2.0} for q in "abc"}, "old")
SECOND = run_of({q: {"nDCG@10": 0.5, "search_ms": 4.0} for q in "abc"}, "new")


def test_gains_losses_and_chance_are_told_for_each_measure() -> None:
    compared = compare_runs(FIRST, SECOND)
    validate(compared.as_document())
    ndcg, time = compared.differences
    assert (ndcg.measure, ndcg.first, ndcg.second, ndcg.difference) == ("nDCG@10", 0.2, 0.5, 0.3)
    assert (ndcg.better, ndcg.equal, ndcg.worse, ndcg.p) == (3, 0, 0, 0.25)
    assert (time.better, time.worse, time.difference) == (0, 3, 2.0)


def test_questions_that_one_run_could_not_ask_are_left_out() -> None:
    faulty = replace(SECOND, items=(Item("a", "a?", {}, {}, "input: no"), *SECOND.items[1:]))
    assert compare_runs(FIRST, faulty).questions == 2


@pytest.mark.parametrize(
    "other",
    [
        replace(SECOND, kind=RunKind.ANSWERS),
        replace(SECOND, dataset=Origin("small", "1" * 64, 3)),
    ],
)
def test_runs_on_other_things_are_not_compared(other: Run) -> None:
    with pytest.raises(InputError) as caught:
        compare_runs(FIRST, other)
    assert caught.value.code == "input.value"


def test_a_stored_run_is_the_run(tmp_path: Path) -> None:
    save_run(SECOND, tmp_path / "run")
    assert load_run(tmp_path / "run") == load_run(tmp_path / "run" / "run.json") == SECOND
    validate(json.loads((tmp_path / "run" / "run.json").read_text(encoding="utf-8")))


def test_the_comparison_is_printed_and_written(call: Call, tmp_path: Path) -> None:
    write_json(FIRST.as_document(), tmp_path / "first.json")
    write_json(SECOND.as_document(), tmp_path / "second.json")
    words = ("eval", "compare", tmp_path / "first.json", tmp_path / "second.json")
    said = call(*words, "-o", tmp_path / "out")
    assert said.status == 0, said.err
    assert "new against old, 3 questions" in said.out
    assert {f.name for f in (tmp_path / "out").iterdir()} == {
        "comparison.json", "report.md", "means.svg",
    }  # fmt: skip
    document = call(*words, "--json").document
    assert document == json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "code"), [("{}", "input.value"), ("[]", "input.value"), ("no", "input.json")]
)
def test_what_is_no_run_is_refused(call: Call, tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    said = call("eval", "compare", tmp_path, tmp_path, "--json")
    assert (said.status, said.error["code"]) == (3, code)


def test_a_run_that_is_not_there_is_refused(call: Call, tmp_path: Path) -> None:
    said = call("eval", "compare", tmp_path, tmp_path, "--json")
    assert (said.status, said.error["code"]) == (3, "input.missing")
