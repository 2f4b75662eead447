"""Retrieval from the command line: a small set whose figures are known beforehand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import log2
from pathlib import Path

import pytest

from .conftest import CORPUS, Called, WriteBeir, validate

Call = Callable[..., Called]


@pytest.fixture
def extra() -> None:
    pytest.importorskip("ir_measures", reason="needs the extra: pip install -e '.[eval]'")


needs_extra = pytest.mark.usefixtures("extra")


@needs_extra
def test_the_figures_are_those_worked_out_by_hand(call: Call, write_beir: WriteBeir) -> None:
    # a finds one of its two documents at the first place, b its only one, c nothing.
    said = call("eval", "retrieval", write_beir(), "--json")
    assert said.status == 0, said.err
    validate(said.document)
    summary = said.document["summary"]
    half = 1 / (1 + 1 / log2(3))
    assert summary["nDCG@10"] == pytest.approx((half + 1 + 0) / 3, abs=1e-6)
    assert summary["MAP"] == pytest.approx((0.5 + 1 + 0) / 3, abs=1e-6)
    assert summary["recall@100"] == pytest.approx((0.5 + 1 + 0) / 3, abs=1e-6)
    assert summary["MRR@10"] == pytest.approx(2 / 3, abs=1e-6)
    assert summary["search_p50_ms"] > 0


@needs_extra
def test_results_are_documents_of_the_set_and_queries_without_judgement_are_told(
    call: Call, write_beir: WriteBeir
) -> None:
    run = call("eval", "retrieval", write_beir(), "--json").document
    found = {item["id"]: item["detail"]["found"] for item in run["items"]}
    assert found == {"a": ["30"], "b": ["40"], "c": []}
    assert (run["library"]["sources"], run["library"]["passages"]) == (4, 4)
    assert run["notes"] == ["1 queries have no relevant document and are left out"]


@needs_extra
def test_a_document_of_many_passages_counts_once(call: Call, write_beir: WriteBeir) -> None:
    long = " ".join(
        f"Flubber trial number {n} enrolled {n + 10} patients of one ward." for n in range(400)
    )
    corpus = [
        {"_id": "long", "title": "", "text": long},
        {"_id": "short", "title": "", "text": "Flubber."},
    ]
    folder = write_beir(corpus, [{"_id": "q", "text": "flubber"}], [("q", "short", 1)])
    run = call("eval", "retrieval", folder, "--json").document
    assert run["library"]["passages"] > 2
    assert sorted(run["items"][0]["detail"]["found"]) == ["long", "short"]
    assert run["summary"]["recall@100"] == 1.0


@needs_extra
def test_documents_of_one_article_stay_apart(call: Call, write_beir: WriteBeir) -> None:
    corpus = [
        {"_id": "x", "pmid": "99999971", "text": "Grumbosis is rare."},
        {"_id": "y", "pmid": "99999971", "text": "Grumbosis is not contagious."},
    ]
    folder = write_beir(corpus, [{"_id": "q", "text": "contagious grumbosis"}], [("q", "y", 1)])
    run = call("eval", "retrieval", folder, "--json").document
    assert run["library"]["sources"] == 2
    assert run["items"][0]["detail"]["found"][0] == "y"


@needs_extra
def test_a_document_that_cannot_be_taken_in_is_told(call: Call, write_beir: WriteBeir) -> None:
    folder = write_beir([*CORPUS, {"_id": "50", "title": "", "text": ""}])
    run = call("eval", "retrieval", folder, "--json").document
    assert run["library"]["sources"] == 4
    assert run["notes"][0].startswith("1 documents were refused and cannot be found: ")


@needs_extra
def test_a_set_of_which_nothing_can_be_taken_in_is_refused(call: Call, write_beir: WriteBeir) -> None:
    folder = write_beir(
        [{"_id": "50", "title": "", "text": ""}], [{"_id": "q", "text": "x"}], [("q", "50", 1)]
    )
    said = call("eval", "retrieval", folder, "--json")
    assert (said.status, said.error["code"]) == (3, "input")


@needs_extra
def test_two_runs_rank_alike(call: Call, write_beir: WriteBeir) -> None:
    folder = write_beir()
    first, second = (call("eval", "retrieval", folder, "--json").document for _ in range(2))
    assert first["library"] == second["library"]
    for one, other in zip(first["items"], second["items"], strict=True):
        assert one["detail"] == other["detail"]


@needs_extra
def test_the_library_of_the_person_is_left_alone(call: Call, write_beir: WriteBeir, home: Path) -> None:
    call("eval", "retrieval", write_beir(), "--json")
    assert list(home.iterdir()) == []


@needs_extra
def test_the_baseline_is_measured_on_the_same_queries(
    call: Call, write_beir: WriteBeir, tmp_path: Path
) -> None:
    pytest.importorskip("bm25s", reason="needs the extra: pip install -e '.[eval]'")
    out = tmp_path / "out"
    said = call("eval", "retrieval", write_beir(), "--baseline", "--json", "-o", out)
    assert said.status == 0, said.err
    validate(said.document)
    beside = said.document["beside"]
    assert [run["system"] for run in beside["runs"]] == ["bm25s", "osler"]
    ndcg = next(d for d in beside["differences"] if d["measure"] == "nDCG@10")
    assert (ndcg["difference"], ndcg["equal"], ndcg["p"]) == (0.0, 3, 1.0)
    compared = call("eval", "compare", out / "baseline.json", out, "--json").document
    assert compared["differences"] == beside["differences"]


@needs_extra
def test_run_page_and_plots_are_written(call: Call, write_beir: WriteBeir, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out"
    said = call("eval", "retrieval", write_beir(), "-o", out)
    assert said.status == 0, said.err
    assert "nDCG@10" in said.out
    assert {file.name for file in out.iterdir()} == {
        "run.json", "report.md", "means.svg", "items.svg", "times.svg",
    }  # fmt: skip
    assert "![means](means.svg)" in (out / "report.md").read_text(encoding="utf-8")


def test_without_the_extra_it_says_which_one_to_install(
    call: Call, write_beir: WriteBeir, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    said = call("eval", "retrieval", write_beir(), "--json")
    assert (said.status, said.error["code"]) == (2, "usage.extra")
    assert said.error["hint"] == "pip install 'osler[eval]'"


def test_a_folder_that_is_no_set_is_refused(call: Call, tmp_path: Path) -> None:
    pytest.importorskip("ir_measures", reason="needs the extra: pip install -e '.[eval]'")
    said = call("eval", "retrieval", tmp_path, "--json")
    assert (said.status, said.error["code"]) == (3, "input.missing")
