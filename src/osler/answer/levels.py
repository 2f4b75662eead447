"""An answer worded for who reads it: the same statements, figures, hedges and citations for all.

What may differ: words in brackets (``plain``), the order of the sections inside a tier, their titles,
the glossary, and for patients the line above doses and the terms of use. Nothing is left out or added,
and sources keep their numbers, so that two people with the same answer can speak of the same ``[3]``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from osler.answer.plain import PlainWords
from osler.answer.withhold import FOR_PROFESSIONALS
from osler.model.answer import Answer, AnswerSection
from osler.model.figure import Metric
from osler.model.passage import Passage
from osler.model.question import Facet
from osler.model.reader import Reader
from osler.model.source import Kind, Source
from osler.model.statement import Statement
from osler.text.figures import find_figures
from osler.text.readability import flesch_kincaid_grade
from osler.text.terms import find_abbreviations

FIRST: Final[Mapping[Reader, tuple[Facet, ...]]] = {
    Reader.PHARMACIST: (Facet.DOSE, Facet.KINETICS, Facet.ADMINISTRATION, Facet.LICENCE),
    Reader.NURSE: (Facet.ADMINISTRATION, Facet.MONITORING, Facet.SAFETY, Facet.DOSE),
    Reader.STUDENT: (Facet.DEFINITION, Facet.MECHANISM),
}
"""The sections that a reader finds first in each tier; the others keep their order after them."""

PLAIN_TITLES: Final[Mapping[Facet, str]] = {
    Facet.MECHANISM: "How it works",
    Facet.KINETICS: "How the body takes it up and clears it",
    Facet.DOSE: "How much was given",
    Facet.ADMINISTRATION: "How it is given",
    Facet.EFFICACY: "How well it works",
    Facet.SURVIVAL: "Staying alive",
    Facet.RELAPSE: "Whether the illness comes back",
    Facet.SAFETY: "Harms and safety",
    Facet.DIAGNOSIS: "How the illness is recognised",
    Facet.RECOMMENDATION: "What is recommended",
    Facet.MONITORING: "Checks during treatment",
    Facet.LICENCE: "What it is approved for",
    Facet.FINDING: "What was found",
    Facet.DEFINITION: "What it is",
}
DOSES_ARE_NO_ADVICE: Final = (
    "Doses below are what the sources say is given. Your own dose is set by those who treat you."
)
FOR_PATIENTS: Final = (
    "Information about research, not advice for you: ask those who treat you before you change anything."
)


def word_for_reader(
    answer: Answer, *, passages: Iterable[Passage], sources: Mapping[str, Source]
) -> Answer:
    """Return ``answer`` as its reader gets it; for clinicians nothing changes.

    Args:
        answer: The answer with its statements as quoted.
        passages: The passages that it cites, for the abbreviations that each source defines.
        sources: Their sources by id, for those that the titles define.
    """
    if answer.reader is Reader.CLINICIAN:
        return answer
    long_forms = _long_forms(passages, sources)
    words = PlainWords(answer.reader)

    def worded(statement: Statement) -> Statement:
        if statement.plain is not None:
            return statement  # somebody has worded it for this reader already, and it was judged
        defined = long_forms.get(statement.citations[0].passage, {})
        return replace(statement, plain=words.render(statement.text, defined))

    first = worded(answer.bottom_line) if answer.bottom_line else None
    sections = tuple(
        replace(
            section,
            title=_title(section, answer.reader),
            statements=tuple(worded(statement) for statement in section.statements),
        )
        for section in _in_order(answer.sections, answer.reader)
    )
    for statement in answer.statements:
        words.explain(statement.lead)
    changed = replace(answer, bottom_line=first, sections=sections, glossary=words.glossary)
    if answer.reader is Reader.PATIENT:
        changed = _for_patient(changed)
    return replace(changed, reading_grade=_printed_grade(answer, words.asides))


def _long_forms(passages: Iterable[Passage], sources: Mapping[str, Source]) -> dict[str, dict[str, str]]:
    """Return short → long for each passage, as its own source defines them."""
    found: dict[str, dict[str, str]] = {}
    for passage in passages:
        source = sources.get(passage.source)
        title = source.title or "" if source else ""
        pairs = find_abbreviations(f"{title}. {passage.text}")
        found[passage.id] = {pair.short: pair.long for pair in pairs}
    return found


def _in_order(sections: tuple[AnswerSection, ...], reader: Reader) -> list[AnswerSection]:
    """Return the sections with those that matter most to ``reader`` first in each tier."""
    first = FIRST.get(reader, ())
    tiers = {tier: place for place, tier in enumerate((Kind.GUIDELINE, Kind.LABEL, Kind.RESEARCH))}
    return sorted(
        sections,
        key=lambda section: (
            tiers[section.tier],
            first.index(section.facet) if section.facet in first else len(first),
        ),
    )


def _title(section: AnswerSection, reader: Reader) -> str:
    return PLAIN_TITLES[section.facet] if reader is Reader.PATIENT else section.title


def _for_patient(answer: Answer) -> Answer:
    """Return ``answer`` with the line above doses, if there are any, and the patient's terms of use."""
    doses = any(
        figure.metric is Metric.DOSE
        for statement in answer.statements
        for figure in find_figures(statement.text)
    )
    return replace(
        answer,
        caution=DOSES_ARE_NO_ADVICE if doses else None,
        disclaimer=answer.disclaimer.replace(FOR_PROFESSIONALS, FOR_PATIENTS),
    )


def _printed_grade(answer: Answer, asides: str) -> float:
    """Return the grade of the statements as they are printed, words in brackets included."""
    said = " ".join(statement.text for statement in answer.statements)
    return round(flesch_kincaid_grade(said, asides=asides), 1)
