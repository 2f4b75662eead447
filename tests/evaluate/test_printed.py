"""What an answer prints is held against the library; every kind of fault is found when it is made."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from osler.evaluate.printed import (
    Checked,
    check_printed,
    numerals,
    plain_number,
    printed_statements,
)
from osler.model.passage import Passage
from osler.model.source import Source
from osler.service.ask import ask
from osler.service.wiring import open_desk

Document = dict[str, Any]
Check = Callable[[Document], Checked]


class Answered:
    """An answer with what the library holds of it."""

    def __init__(self, home: Path, question: str) -> None:
        with open_desk({"OSLER_HOME": str(home)}, holder="test") as desk:
            self.document: Document = ask(desk, question).document["answer"]
            cited = [c for s in printed_statements(self.document) for c in s["citations"]]
            found = desk.store.passages(dict.fromkeys(c["passage"] for c in cited))
            self.passages: dict[str, Passage] = {passage.id: passage for passage in found}
            named = {reference["source"] for reference in self.document["references"]}
            self.sources: dict[str, Source] = desk.store.sources(named)

    def kinds(self, change: Callable[[Document], object] | None = None) -> set[str]:
        """Return the kinds of fault of the answer once ``change`` has been made to it."""
        document = copy.deepcopy(self.document)
        if change is not None:
            change(document)
        return {fault.kind for fault in check_printed(document, self.passages, self.sources).faults}


@pytest.fixture
def answered(stocked: Path) -> Answered:
    return Answered(stocked, "Does zubromycin cure velitosis in adults?")


def test_an_answer_as_it_is_printed_has_no_fault(answered: Answered) -> None:
    checked = check_printed(answered.document, answered.passages, answered.sources)
    assert checked.faults == ()
    assert checked.statements == len(list(printed_statements(answered.document))) > 1
    assert checked.figures["cited span"] >= 6
    assert checked.figures["record: people, year"] >= 1


def first(document: Document) -> Document:
    return next(s for s in printed_statements(document) if "24 of 30" in s["text"])


def cited(document: Document) -> Document:
    citation: Document = first(document)["citations"][0]
    return citation


def swap(holder: Document, field: str, old: str, new: str) -> None:
    assert old in holder[field]
    holder[field] = holder[field].replace(old, new)


FAULTS: dict[str, tuple[str, Callable[[Document], object]]] = {
    "no citation": ("no span", lambda d: first(d)["citations"].clear()),
    "an invented passage": ("no span", lambda d: cited(d).update(passage="psg_0")),
    "a span moved by one": ("span", lambda d: cited(d).update(start=cited(d)["start"] + 1)),
    "a span beyond the end": ("span", lambda d: cited(d).update(end=100_000)),
    "another version": ("span", lambda d: cited(d).update(version="ver_0")),
    "a wrong hash": ("hash", lambda d: cited(d).update(sha256="0" * 64)),
    "a word changed": ("words", lambda d: swap(first(d), "text", "cured", "may cure")),
    "a figure changed": ("figure", lambda d: swap(first(d), "text", "80%", "90%")),
    "a figure in brackets": ("figure", lambda d: swap(first(d), "text", "adults", "adults [77]")),
    "a figure in the lead": ("figure", lambda d: first(d).update(lead="In 61 adults, trial:")),
    "a figure of the table": (
        "figure",
        lambda d: d["figures"].append(
            {
                "time_point": "6 weeks",
                "population": None,
                "rows": [
                    {
                        "statement": first(d)["id"], "value": 81.0, "low": None, "high": None, "n": 24,
                        "of": 30, "dose": None, "origin": "stated",
                    }
                ],
            }
        ),
    ),
    "a statement printed twice": (
        "twice",
        lambda d: d["sections"][0]["statements"].append(copy.deepcopy(first(d))),
    ),
    "a reference that is not the record's": ("record", lambda d: d["references"][0].update(n=999)),
    "a number left out": ("number", lambda d: d["references"][0].update(number=9)),
    "a side of a conflict that is not printed": (
        "no span",
        lambda d: d["conflicts"].append(
            {
                "about": "cure", "why": "not explained",
                "sides": [{"statement": "st_0", "citation": copy.deepcopy(cited(d))}] * 2,
            }
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_what_must_never_be_printed_is_found(answered: Answered, name: str) -> None:
    kind, change = FAULTS[name]
    assert kind in answered.kinds(change)


def test_what_is_marked_as_computed_needs_no_span(answered: Answered) -> None:
    def add(document: Document) -> None:
        plain = first(document)["text"].replace("80%", "80% [computed: about 77 in 90]")
        first(document)["plain"] = plain

    assert answered.kinds(add) == set()


def test_figures_are_compared_as_numbers_and_not_as_they_are_written() -> None:
    assert numerals("Twelve of 1,234 had 0·5 mg/dL of IL-6") == {"12", "1234", "0.5", "6"}
    assert plain_number("1,5") == "1,5"


def test_a_figure_in_words_of_two_parts_is_one_figure() -> None:
    assert {"10", "99"} <= numerals("ten of ninety-nine")
    assert "35" in numerals("Thirty five women")
    assert "109" not in numerals("ten nine")
