"""The figures of an answer: each in the words it cites, doses of unlike bases apart."""

from __future__ import annotations

import pytest
from tests.answer.conftest import answer_of, statements_of

from osler.service.wiring import Desk
from osler.text.figures import find_figures

DOSE = "What dose of anakinra is used in HLH?"


@pytest.mark.parametrize("question", [DOSE, "What is the half-life of anakinra?"])
def test_every_row_stands_in_the_quote_of_a_printed_statement(starter: Desk, question: str) -> None:
    answer = answer_of(starter, question)
    printed = {statement["id"]: statement for statement in statements_of(answer)}
    rows = [row for group in answer["figures"] for row in group["rows"]]
    assert rows
    for row in rows:
        (citation,) = printed[row["statement"]]["citations"]
        assert row["citation"] == citation
        stated = {n for f in find_figures(citation["quote"]) for n in (f.value, f.high)}
        if row["origin"] == "stated":
            assert {row["value"], row["low"], row["high"]} <= stated | {None}


def test_doses_of_unlike_bases_stand_in_groups_of_their_own(starter: Desk) -> None:
    groups = [group for group in answer_of(starter, DOSE)["figures"] if "dose of" in group["metric"]]
    assert {group["unit"] for group in groups} >= {"mg/kg/dose", "mg/kg/day"}
    for group in groups:
        bases = {(r["dose"]["unit"], r["dose"]["per"], r["dose"]["per_kg"]) for r in group["rows"]}
        assert len(bases) == 1
        ((unit, per, _),) = bases
        assert group["unit"] == f"{unit}/{per}"
