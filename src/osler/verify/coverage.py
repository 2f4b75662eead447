"""Whether a line speaks of what was asked, so that a reader can see it in the line itself.

A name that stands only in the title does not count unless the line's lead repeats it: read alone, the
line would be about nobody knows what. A sibling of the drug asked about is never good enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from osler.model.passage import Passage
from osler.model.question import Concept, ConceptRole, Question
from osler.model.source import Source
from osler.model.verdict import Check
from osler.text.disease_names import find_studied
from osler.text.drug_names import drugs_in
from osler.text.names import names, names_any, spelt_out
from osler.text.people import groups_in, names_people, says_non_human
from osler.verify.checks import CheckName, failed, passed, skipped
from osler.verify.population import is_animal_source

_ABOUT_WHOM: Final = frozenset({ConceptRole.CONDITION, ConceptRole.POPULATION})


@dataclass(frozen=True, slots=True)
class Line:
    """What a reader sees: the quote with its insertions, and the lead in front of it."""

    quote: str
    added: tuple[str, ...]
    lead: str

    @property
    def body(self) -> str:
        """The quote and the words added to it."""
        return " . ".join((self.quote, *self.added))


def check_coverage(
    line: Line,
    *,
    passage: Passage,
    source: Source,
    question: Question,
    needed: tuple[Concept, ...],
    vocabulary: Mapping[str, str],
) -> Check:
    """Return whether ``line`` names every needed concept where a reader sees it."""
    seen = f"{line.body} . {line.lead}"
    if is_animal_source(source) and not (says_non_human(seen) or names_people(line.body)):
        return failed(
            CheckName.COVERAGE, "found in animals or in the laboratory, and the line does not say so"
        )
    if not needed:
        return skipped(CheckName.COVERAGE, "nothing particular was asked to be named")
    notes = []
    body = spelt_out(line.body, vocabulary)
    for concept in needed:
        fault, note = _look_for(concept, body, line, passage, source, question)
        if fault:
            return failed(CheckName.COVERAGE, fault)
        if note:
            notes.append(note)
    return passed(CheckName.COVERAGE, "; ".join(notes))


def _look_for(
    concept: Concept, body: str, line: Line, passage: Passage, source: Source, question: Question
) -> tuple[str, str]:
    """Return a fault or a note about ``concept``; both empty when the line names it."""
    variants = (concept.text, *concept.variants)
    if names_any(body, variants):
        return "", ""
    if concept.role in _ABOUT_WHOM:
        return _look_for_condition(concept, line, passage, source)
    siblings = _siblings(body, question)
    if siblings and (drugs_in(concept.text) or concept.role is ConceptRole.INTERVENTION):
        return f"about {' and '.join(siblings)}, not {concept.text}", ""
    if _is_led(variants, line, passage, source):
        return "", f"{concept.text} is named in the lead"
    if names_any(source.title or "", variants) or names_any(passage.text, variants):
        return f"{concept.text} is named elsewhere in the source, not in the line", ""
    return f"does not name {concept.text}", ""


def _look_for_condition(
    concept: Concept, line: Line, passage: Passage, source: Source
) -> tuple[str, str]:
    variants = (concept.text, *concept.variants)
    if _is_led(variants, line, passage, source):
        return "", f"{concept.text} is named in the lead"
    is_elsewhere = names_any(source.title or "", variants) or names_any(passage.text, variants)
    other = _other(concept, line, source, is_elsewhere=is_elsewhere)
    if other:
        return "", f"said otherwise: the line speaks of {other}, not of {concept.text}"
    if is_elsewhere:
        return f"{concept.text} is named elsewhere in the source, not in the line", ""
    return f"does not say whether it holds for {concept.text}", ""


def _is_led(variants: tuple[str, ...], line: Line, passage: Passage, source: Source) -> bool:
    """Tell whether the lead names it, and rightly: the source does too."""
    if not line.lead or not names_any(line.lead, variants):
        return False
    record = (source.title or "", passage.text, passage.heading, *source.headings, *source.substances)
    return any(names_any(text, variants) for text in record)


def _siblings(body: str, question: Question) -> tuple[str, ...]:
    asked = " . ".join((question.asked, *(v for c in question.concepts for v in c.variants)))
    return tuple(sorted(drug for drug in drugs_in(body) if not names(asked, drug)))


def _other(concept: Concept, line: Line, source: Source, *, is_elsewhere: bool) -> str:
    """Return whom else the line visibly speaks of; in a source about the asked one, only ``in …``."""
    seen = f"{line.body} . {line.lead}"
    if concept.role is ConceptRole.POPULATION:
        groups = groups_in(seen)
        if groups:
            return " and ".join(sorted(group.value for group in groups))
    for heading in source.headings:
        if find_studied(heading) and names(seen, heading):
            return heading
    return find_studied(seen, after_a_word=is_elsewhere)
