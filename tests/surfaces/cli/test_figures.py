"""The figures of an answer: in its document, on its page, drawn to a file."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.surfaces.cli.conftest import Call, validate

from osler.surfaces.cli.page import Page, columns
from osler.surfaces.cli.render_figures import write_figures

TRIAL = {
    "pmid": "99999993",
    "title": "Inventumab for the prevention of death in testosis: a randomized trial",
    "abstract": "In adults with testosis, 28-day mortality was 12% (12/100) with inventumab and 30% "
    "(30/100) with placebo.",
    "year": 2022,
    "journal": "J Invent Med",
    "authors": ["Nobody A"],
}
QUESTION = "Does inventumab reduce mortality in adults with testosis?"


@pytest.fixture
def home(call: Call, tmp_path: Path) -> Path:
    file = tmp_path / "trial.jsonl"
    file.write_text(json.dumps(TRIAL) + "\n", encoding="utf-8")
    assert call("add", str(file), "--json", home=tmp_path / "home").status == 0
    return tmp_path / "home"


def test_arms_and_comparator_are_in_the_document(call: Call, home: Path) -> None:
    document = call("ask", QUESTION, "--json", home=home).document
    validate(document, "answer")
    (group,) = document["answer"]["figures"]
    assert (group["metric"], group["time_point"], group["comparator"]) == (
        "mortality",
        "28 days",
        "placebo",
    )
    assert [(row["arm"], row["value"], row["n"], row["of"]) for row in group["rows"]] == [
        ("inventumab", 12.0, 12, 100),
        ("placebo", 30.0, 30, 100),
    ]
    assert all(row["citation"]["quote"] in TRIAL["abstract"] for row in group["rows"])


def test_the_drawing_says_what_the_page_says(call: Call, home: Path, tmp_path: Path) -> None:
    answer = call("ask", QUESTION, "--json", home=home).document["answer"]
    file = tmp_path / "figures.svg"
    said = call("show", answer["id"], "--figures", str(file), home=home)
    assert said.status == 0
    described = ElementTree.parse(file).getroot().findtext("{http://www.w3.org/2000/svg}desc") or ""
    for line in described.splitlines()[1:]:
        for figure in re.findall(r"\d+(?:\.\d+)?", line):
            assert figure in said.out
    before = file.read_bytes()
    call("show", answer["id"], "--figures", str(file), "--json", home=home)
    assert file.read_bytes() == before


def test_what_has_no_figures_or_cannot_be_written_is_refused(
    call: Call, home: Path, tmp_path: Path
) -> None:
    answer = call("ask", QUESTION, "--json", home=home).document["answer"]
    nowhere = call(
        "show", answer["id"], "--figures", str(tmp_path / "no" / "x.svg"), "--json", home=home
    )
    assert (nowhere.status, nowhere.error["code"]) == (3, "input.unwritable")
    source = call("show", "pmid:99999993", "--figures", str(tmp_path / "x.svg"), "--json", home=home)
    assert (source.status, source.error["code"]) == (2, "usage")
    other = call("ask", "What is the weather today?", "--json", home=home).document["answer"]
    none = call("show", other["id"], "--figures", str(tmp_path / "x.svg"), "--json", home=home)
    assert none.status == 4
    assert not (tmp_path / "x.svg").exists()


ANSWER = {
    "references": [{"source": "src_1", "number": 1, "authors": ["Doe J"], "year": 2001}],
    "figures": [
        {
            "metric": "mortality",
            "unit": "%",
            "time_point": "28 days",
            "population": None,
            "comparator": "placebo",
            "rows": [
                {
                    "arm": arm, "value": value, "low": None, "high": None, "interval": None,
                    "n": None, "of": None, "dose": None,
                    "origin": "stated", "citation": {"source": "src_1"},
                }
                for arm, value in (("inventumab", 12.0), ("placebo", 30.5))
            ],
        }
    ],
}  # fmt: skip


def test_columns_are_aligned_and_no_line_is_wider_than_the_page() -> None:
    for width in (100, 80, 60, 40, 20):
        page = Page(width=width, styled=False)
        write_figures(page, ANSWER)
        lines = page.text.splitlines()
        assert all(columns(line) <= width for line in lines)
        assert "30.5%" in page.text
        if width >= 40:
            first, second = (line for line in lines if "[1]" in line)
            assert first.index("[1]") == second.index("[1]")


def test_nothing_is_written_where_there_are_no_figures() -> None:
    page = Page()
    write_figures(page, {"figures": [], "references": []})
    assert page.text == ""
