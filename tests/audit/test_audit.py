"""A whole text against the starter library: verdicts, evidence, and what is found in the text itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.audit.conftest import Audit, Document, claim_with, objections

from osler.service.wiring import Desk

HERE = Path(__file__).parent
FAULTY = (HERE / "faulty.md").read_text(encoding="utf-8")
SETS = (1, 2, 3, 4, 5)


def rows(number: int, *, true: bool) -> list[Document]:
    lines = (HERE / "claims.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["true"] is true and row["set"] == number]


@pytest.fixture(scope="session")
def faulty(audited: Audit) -> Document:
    """The audit of a text with the faults of machine-written clinical pages."""
    return audited(FAULTY, name="faulty.md")


@pytest.mark.parametrize("number", SETS)
def test_no_corrupted_claim_is_called_supported(audited: Audit, number: int) -> None:
    corrupted = rows(number, true=False)
    document = audited("\n\n".join(row["claim"] for row in corrupted))
    assert [claim["text"] for claim in document["claims"] if claim["verdict"] == "supported"] == []
    assert len(document["claims"]) == len(corrupted)


@pytest.mark.parametrize("number", SETS)
def test_no_true_claim_is_called_contradicted(audited: Audit, number: int) -> None:
    true = rows(number, true=True)
    document = audited("\n\n".join(row["claim"] for row in true))
    assert document["tally"]["contradicted"] == 0
    assert document["tally"]["supported"] >= len(true) // 2
    assert document["conflicts_inside"] == []


@pytest.mark.parametrize(
    ("words", "verdicts", "found"),
    [
        ("2-6 mg/kg/day", {"unsupported", "partly"}, {"range"}),
        ("83.3% to 90.5%", {"unsupported"}, {"range", "metric", "time_point"}),
        ("Reduced relapse rates", {"unsupported"}, {"comparator", "range"}),
        ("American College", {"unsupported"}, {"one_number"}),
        ("half-life of\nemapalumab", {"unsupported"}, {"cited"}),
        ("hazard ratio 5.55", {"unsupported", "overstated"}, {"figure_population"}),
        ("12,345 ng/mL", {"unsupported"}, {"attribution"}),
        ("cures HLH", {"unsupported", "overstated"}, {"verb"}),
        ("lowers mortality", {"overstated"}, {"verb"}),
        ("2-4 mg/kg per day", {"unsupported"}, {"dose"}),
        ("blocks the interleukin-1", {"supported"}, {"same_number", "reference"}),
        ("What is the mechanism", {"not_checkable"}, {"on_question", "completeness"}),
        ("potassium of 6.6", {"not_checkable"}, set()),
        ("What treatment should I have?", {"not_checkable"}, set()),
    ],
)
def test_each_fault_of_such_pages_is_caught(
    faulty: Document, words: str, verdicts: set[str], found: set[str]
) -> None:
    claim = claim_with(faulty, words.replace("\n", " "))
    assert claim["verdict"] in verdicts, claim
    assert found <= objections(claim), claim


def test_the_doses_of_two_sections_and_the_licence_are_set_against_each_other(faulty: Document) -> None:
    texts = {claim["n"]: claim["text"] for claim in faulty["claims"]}
    pairs = [tuple(texts[n] for n in clash["claims"]) for clash in faulty["conflicts_inside"]]
    assert any("2-6 mg" in one and "6-10 mg" in other for one, other in pairs)
    assert any("approved" in one and "off-label" in other for one, other in pairs)
    assert len(pairs) == 2


def test_a_range_over_unlike_figures_shows_where_its_ends_come_from(faulty: Document) -> None:
    quotes = [c["quote"] for c in claim_with(faulty, "83.3% to 90.5%")["evidence"]]
    assert len(quotes) == 2
    assert "83.3%" in quotes[0]
    assert "90.5%" in quotes[1]


def test_every_quote_stands_at_its_span_and_every_claim_at_its_own(
    faulty: Document, starter: Desk
) -> None:
    for claim in faulty["claims"]:
        assert FAULTY[claim["start"] : claim["end"]].split() == claim["text"].split()
        for citation in claim["evidence"]:
            (passage,) = starter.store.passages([citation["passage"]])
            assert passage.text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_tally_counts_every_sentence(faulty: Document) -> None:
    assert sum(faulty["tally"].values()) == len(faulty["claims"])
    assert [claim["n"] for claim in faulty["claims"]] == list(range(1, len(faulty["claims"]) + 1))


def test_the_same_text_gives_the_same_bytes(audited: Audit, faulty: Document) -> None:
    assert json.dumps(audited(FAULTY, name="faulty.md")) == json.dumps(faulty)


def test_html_and_markdown_of_one_text_get_the_same_verdicts(audited: Audit) -> None:
    claims = [row["claim"] for row in rows(1, true=True)[:4]]
    page = "".join(f"<p>{claim}</p>" for claim in claims)
    verdicts = [
        [claim["verdict"] for claim in audited(text, name=name)["claims"]]
        for text, name in (("\n\n".join(claims), "a.md"), (page, "a.html"))
    ]
    assert verdicts[0] == verdicts[1]


def test_a_part_that_is_carried_is_told_from_one_that_is_not(audited: Audit) -> None:
    text = "Anakinra blocks the interleukin-1 type I receptor, whereas etoposide heals broken bones."
    (claim,) = audited(text)["claims"]
    assert claim["verdict"] == "partly"
    assert claim["evidence"]


def test_a_text_without_any_citation_is_not_scolded_at_every_sentence(audited: Audit) -> None:
    (claim,) = audited("Anakinra blocks the interleukin-1 type I receptor.")["claims"]
    assert not objections(claim) & {"cited", "reference"}


def test_what_the_library_never_heard_of_is_unsupported(audited: Audit) -> None:
    (claim,) = audited("Unobtainol shortens imaginosis in badgers.")["claims"]
    assert (claim["verdict"], claim["evidence"]) == ("unsupported", [])
