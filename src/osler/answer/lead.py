"""The lead of a statement: for whom, and how we know, computed from the source record."""

from __future__ import annotations

import re
from typing import Final

from osler.model.source import Design, Source
from osler.text.normalise import fold

DESIGN_WORDS: Final[dict[Design, str]] = {
    Design.GUIDELINE: "guideline",
    Design.LABEL: "drug label",
    Design.SYSTEMATIC_REVIEW: "systematic review",
    Design.RANDOMISED_TRIAL: "randomised trial",
    Design.COHORT: "cohort study",
    Design.CASE_SERIES: "case series",
    Design.NARRATIVE_REVIEW: "narrative review",
    Design.LABORATORY: "laboratory or animal study",
    Design.PREPRINT: "preprint, not peer reviewed",
    Design.OTHER: "",
}
_SPECIES: Final = (
    (re.compile(r"\b(?:mouse|mice|murine)\b"), "mice"),
    (re.compile(r"\b(?:rats?)\b"), "rats"),
    (re.compile(r"\b(?:rabbits?)\b"), "rabbits"),
    (re.compile(r"\b(?:zebrafish)\b"), "zebrafish"),
    (re.compile(r"\b(?:pigs?|porcine|swine)\b"), "pigs"),
    (re.compile(r"\b(?:dogs?|canine)\b"), "dogs"),
    (re.compile(r"\b(?:in vitro|cell lines?|cultured cells)\b"), "cells"),
)
_PEOPLE: Final = (
    (re.compile(r"\b(?:children|p(?:a)?ediatric|infants?|neonat\w+|adolescents?)\b"), "children"),
    (re.compile(r"\b(?:women|pregnan\w+)\b"), "women"),
    (re.compile(r"\badults?\b"), "adults"),
    (re.compile(r"\bhealthy (?:volunteers|subjects|adults)\b"), "healthy volunteers"),
)
_ADULT_AND_CHILD: Final = re.compile(r"\badults?\b.*\bchildren\b|\bchildren\b.*\badults?\b", re.DOTALL)


def lead_for(source: Source, passage_text: str, sentence: str) -> str:
    """Return for whom and how, such as ``In 21 adults, case series:``; empty when nothing is known.

    What the sentence says itself is not said again; a species other than man always is, unless the
    sentence names it.
    """
    about = fold(f"{source.title or ''} {' '.join(source.headings)}")
    design = DESIGN_WORDS[source.design]
    whom = _whom(source, about, passage_text, fold(sentence))
    year = str(source.year) if source.year and not whom else ""
    pieces = [piece for piece in (f"in {whom}" if whom else "", design, year) if piece]
    if not pieces or pieces == [year]:
        return ""
    text = ", ".join(pieces)
    return text[0].upper() + text[1:] + ":"


def _whom(source: Source, about: str, passage_text: str, sentence: str) -> str:
    """Return the population as far as the record says, or empty."""
    if source.design is Design.LABORATORY:
        species = next((name for cue, name in _SPECIES if cue.search(sentence)), None)
        if species:
            return ""
        wide = f"{about} {fold(passage_text)}"
        return next((name for cue, name in _SPECIES if cue.search(wide)), "")
    if source.design in (Design.GUIDELINE, Design.LABEL, Design.NARRATIVE_REVIEW, Design.OTHER):
        return ""
    people = (
        "people"
        if _ADULT_AND_CHILD.search(about)
        else next((name for cue, name in _PEOPLE if cue.search(about)), "people")
    )
    count = source.participants
    if count is None:
        return people if people != "people" and people not in sentence else ""
    if re.search(rf"\b{count:,}\b|\b{count}\b", sentence):
        return ""
    return f"{count:,} {people}"
