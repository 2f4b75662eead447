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
from osler.model.answer import Answer, Explained
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

TIERS: Final = (Kind.GUIDELINE, Kind.LABEL, Kind.RESEARCH)

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
    wording = Wording(answer.reader, passages=passages, sources=sources)

    def worded(statement: Statement) -> Statement:
        if statement.plain is not None:
            return statement  # somebody has worded it for this reader already, and it was judged
        return replace(statement, plain=wording.render(statement.text, statement.citations[0].passage))

    first = worded(answer.bottom_line) if answer.bottom_line else None
    sections = tuple(
        replace(
            section,
            title=title_for(section.facet, section.title, answer.reader),
            statements=tuple(worded(statement) for statement in section.statements),
        )
        for section in sorted(
            answer.sections, key=lambda one: place_of(one.tier, one.facet, answer.reader)
        )
    )
    for statement in answer.statements:
        wording.explain(statement.lead)
    texts = [statement.text for statement in answer.statements]
    return replace(
        answer,
        bottom_line=first,
        sections=sections,
        glossary=wording.glossary,
        caution=caution_for(texts, answer.reader),
        disclaimer=disclaimer_for_reader(answer.disclaimer, answer.reader),
        reading_grade=wording.grade(texts),
    )


class Wording:
    """Words statements for one reader, in the order in which they are read.

    Args:
        reader: Who reads.
        passages: What the statements cite, for the abbreviations that each source defines.
        sources: Their sources by id, for those that the titles define.
    """

    def __init__(
        self, reader: Reader, *, passages: Iterable[Passage], sources: Mapping[str, Source]
    ) -> None:
        self._words = PlainWords(reader)
        self._long_forms = _long_forms(passages, sources)

    @property
    def glossary(self) -> tuple[Explained, ...]:
        """What was explained so far."""
        return self._words.glossary

    def render(self, text: str, passage: str) -> str | None:
        """Return ``text``, which cites ``passage``, plain words in brackets; None if it needs none."""
        return self._words.render(text, self._long_forms.get(passage, {}))

    def explain(self, lead: str) -> None:
        """Add the hard terms of words that stand beside a statement to the glossary."""
        self._words.explain(lead)

    def grade(self, texts: Iterable[str]) -> float:
        """Return the grade of ``texts`` as they are printed, words in brackets included."""
        return round(flesch_kincaid_grade(" ".join(texts), asides=self._words.asides), 1)


def place_of(tier: Kind, facet: Facet, reader: Reader) -> tuple[int, int]:
    """Return where a section stands: by tier, in each what matters most to ``reader`` first."""
    first = FIRST.get(reader, ())
    return TIERS.index(tier), first.index(facet) if facet in first else len(first)


def title_for(facet: Facet, title: str, reader: Reader) -> str:
    """Return the title of a section for ``reader``."""
    return PLAIN_TITLES[facet] if reader is Reader.PATIENT else title


def caution_for(texts: Iterable[str], reader: Reader) -> str | None:
    """Return the line that stands above ``texts`` for ``reader``: of doses, for patients."""
    if reader is not Reader.PATIENT:
        return None
    doses = any(figure.metric is Metric.DOSE for text in texts for figure in find_figures(text))
    return DOSES_ARE_NO_ADVICE if doses else None


def disclaimer_for_reader(disclaimer: str, reader: Reader) -> str:
    """Return ``disclaimer`` with the terms of use of ``reader``."""
    if reader is not Reader.PATIENT:
        return disclaimer
    return disclaimer.replace(FOR_PROFESSIONALS, FOR_PATIENTS)


def _long_forms(passages: Iterable[Passage], sources: Mapping[str, Source]) -> dict[str, dict[str, str]]:
    """Return short → long for each passage, as its own source defines them."""
    found: dict[str, dict[str, str]] = {}
    for passage in passages:
        source = sources.get(passage.source)
        title = source.title or "" if source else ""
        pairs = find_abbreviations(f"{title}. {passage.text}")
        found[passage.id] = {pair.short: pair.long for pair in pairs}
    return found
