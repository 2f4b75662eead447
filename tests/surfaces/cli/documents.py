"""Invented answer documents: no drug, disease or paper of this name exists."""

from __future__ import annotations

from typing import Any

from osler.ids import content_id, sha256_text

Document = dict[str, Any]


def citation(source: str, quote: str, *, start: int = 0) -> Document:
    return {
        "source": content_id("src", source),
        "version": content_id("ver", source),
        "passage": content_id("psg", source),
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "sha256": sha256_text(quote),
    }


def statement(source: str, text: str, **changes: Any) -> Document:
    cited = citation(source, text)
    return {
        "id": content_id("st", source, text),
        "lead": "",
        "text": text,
        "plain": None,
        "made": "quoted",
        "certainty": None,
        "also": [],
        "citations": [cited],
        "verdict": {
            "outcome": "passed",
            "checks": [{"check": "spans", "outcome": "passed", "reason": ""}],
        },
    } | changes


def reference(number: int, source: str, **changes: Any) -> Document:
    return {
        "number": number,
        "source": content_id("src", source),
        "version": content_id("ver", source),
        "kind": "research",
        "design": "cohort",
        "n": None,
        "title": f"An invented study of {source}",
        "authors": ["Nobody A", "Noone B"],
        "container": "J Invent Med",
        "year": 2020,
        "pmid": None,
        "pmcid": None,
        "doi": None,
        "url": None,
        "status": "current",
        "licence": None,
        "text_kind": "verbatim",
    } | changes


def section(tier: str, *statements: Document, title: str = "Findings") -> Document:
    return {"tier": tier, "facet": "finding", "title": title, "statements": list(statements)}


def answer(**changes: Any) -> Document:
    return {
        "id": content_id("ans", "invented"),
        "question": {
            "asked": "Does inventol lower testosis?",
            "understood": "Does inventol lower testosis?",
            "normalised": "effect inventol testosis",
            "kinds": ["effect"],
            "pico": {"intervention": ["inventol"], "condition": ["testosis"]},
            "modifiers": [],
            "follows": None,
            "searched_as": [],
        },
        "status": "answered",
        "stance": None,
        "stance_basis": [],
        "library": {
            "snapshot": "sha256:" + "0" * 64,
            "sources": 3,
            "as_of": "2021-03",
            "searched": {"query": "inventol testosis", "filters": {}, "hits": 7},
        },
        "bottom_line": None,
        "sections": [],
        "figures": [],
        "conflicts": [],
        "beneath": [],
        "parts": [],
        "uncertain": [],
        "flags": [],
        "withheld": [],
        "clarify": [],
        "suggestions": [],
        "references": [],
        "calculators": [],
        "mechanism": None,
        "simulation": None,
        "reader": "clinician",
        "reading_grade": 12.0,
        "engine": {"writer": "extractive", "version": "1"},
        "disclaimer": "Invented for a test.",
        "caution": None,
        "glossary": [],
    } | changes


def document(**changes: Any) -> Document:
    return {
        "schema": 1,
        "envelope": {
            "generated": "2021-04-01T12:00:00Z",
            "review": {"state": "none", "signatures": [], "history_head": None},
            "notices": [],
        },
        "answer": answer(**changes),
    }


def full_document() -> Document:
    """A document in which every part of an answer stands."""
    first = statement(
        "a", "Inventol lowered testosis in 12 of 20 adults.", lead="In 20 adults, cohort study:"
    )
    second = statement("b", "Inventol did not lower testosis.", also=[1])
    return document(
        status="partial",
        bottom_line=first,
        sections=[section("research", second)],
        conflicts=[
            {
                "about": "effect on testosis",
                "why": "not explained",
                "sides": [
                    {
                        "statement": first["id"],
                        "citation": first["citations"][0],
                        "population": "adults",
                    },
                    {"statement": second["id"], "citation": second["citations"][0], "population": None},
                ],
            }
        ],
        parts=[{"part": "effect", "support": "weak"}, {"part": "dose", "support": "not_found"}],
        uncertain=[{"statement": second["id"], "reason": "one small study"}],
        flags=["off_label:US"],
        withheld=[{"text": "It works wonders.", "reason": "no comparator"}],
        clarify=[{"ask": "Adults or children?", "why": "The dose differs."}],
        suggestions=["What harms does inventol have?"],
        references=[
            reference(1, "a", n=20, pmid="99999991", doi="10.9999/invented.1"),
            reference(2, "b", text_kind="summary", design="case_series", status="corrected"),
        ],
    )
