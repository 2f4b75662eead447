"""The lead of a statement: for whom, and how we know, computed from the source record."""

from __future__ import annotations

import re
from typing import Final

from osler.answer.sentences import Candidate
from osler.model.question import ConceptRole, Question
from osler.model.source import Design, Kind, Source
from osler.retrieval.appraise import source_speaks
from osler.retrieval.matching import names
from osler.text.disease_names import NEEDS_A_WORD_BEFORE, is_disease
from osler.text.figures import find_figures
from osler.text.names import keyed
from osler.text.normalise import STOP_WORDS, fold, hyphenated_words
from osler.text.people import ADULT_HEADINGS, species_in
from osler.verify.population import is_animal_source

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
_ONE: Final = {
    "people": "person",
    "adults": "adult",
    "children": "child",
    "women": "woman",
    "healthy volunteers": "healthy volunteer",
}
LONGEST_NAME: Final = 4
MAJORITY: Final = 18
# Narrower than the groups of ``text.people``: a disease of childhood makes no study of children.
_CHILD: Final = re.compile(
    r"\b(?:child|children|p(?:a)?ediatric|infants?|neonat\w+|newborns?|adolescents?)\b"
)
_ADULT: Final = re.compile(r"\badults?\b(?!-onset)|\b(?:elderly|older people)\b")
_AGES: Final = re.compile(r"\baged (\d{1,2})\b.{0,12}?\b(\d{1,2}) years\b")
_OBSTETRIC: Final = re.compile(
    r"\bpregnan\w+|\bobstetric\w*|\btocoly\w+|\bpreterm labo|\bpre-?eclampsia\b"
)
_WOMEN: Final = re.compile(r"\b(?:women|female|pregnan\w+)\b")
_MEN: Final = re.compile(r"\b(?:men|male)\b")
_HEALTHY: Final = re.compile(r"\bhealthy (?:volunteers|subjects|adults|people)\b")
_BEFORE_A_DISEASE: Final = frozenset({"in", "of", "with", "for", "from", "after", "against", "during"})


def lead_for(candidate: Candidate, question: Question) -> str:
    """Return for whom and how, such as ``In 21 adults, case series:``; empty when nothing is known.

    What the sentence says itself is not said again. A species other than man is always said; so are the
    drug and the condition that the source is about when the sentence leaves them to its title.
    """
    source, sentence = candidate.source, candidate.text
    about = fold(f"{source.title or ''} {' '.join(source.headings)}")
    whom = _whom(source, about, candidate.passage.text, fold(sentence))
    design = _design(source)
    subject = _subject(candidate, question)
    if subject:
        design = f"{design or 'report'} {subject}"
    year = str(source.year) if source.year and not whom else ""
    pieces = [piece for piece in (f"in {whom}" if whom else "", design, year) if piece]
    if not pieces or pieces == [year]:
        return ""
    text = ", ".join(pieces)
    return text[0].upper() + text[1:] + ":"


def _design(source: Source) -> str:
    """Return how the source knows, in words; a study of animals is never called by another design."""
    if source.kind is Kind.RESEARCH and is_animal_source(source):
        return DESIGN_WORDS[Design.LABORATORY]
    if source.design is Design.CASE_SERIES and source.participants == 1:
        return "case report"
    return DESIGN_WORDS[source.design] or (source.container or "")


def _subject(candidate: Candidate, question: Question) -> str:
    """Return what the title names and the sentence leaves out: ``of anakinra``, ``in COVID-19``."""
    title = candidate.source.title or ""
    drugs = question.with_role(ConceptRole.INTERVENTION)
    record = keyed(" ; ".join((title, *candidate.source.substances)))
    left_out = [d for d in drugs if names(record, d) and not names(candidate.keyed, d)]
    on = "on" if source_speaks(candidate.source) else "of"
    words = [f"{on} {left_out[0].text}"] if left_out else []
    conditions = question.with_role(ConceptRole.CONDITION)
    if not any(names(candidate.keyed, condition) for condition in conditions):
        studied = condition_in_title(title)
        if studied and keyed(studied) not in candidate.keyed and (drugs or conditions):
            words.append(f"in {studied}")
    return " ".join(words)


def condition_in_title(title: str) -> str:
    """Return the first disease that a title names, with the words that belong to it, or empty."""
    listed = hyphenated_words(title)
    for position, word in enumerate(listed):
        if not is_disease(word.text):
            continue
        first = position
        while first > 0 and position - first < LONGEST_NAME - 1:
            before = listed[first - 1]
            gap = title[before.end : listed[first].start]
            if gap != " " or fold(before.text) in STOP_WORDS or not _belongs(before.text):
                break
            first -= 1
        opens = first == 0 or fold(listed[first - 1].text) in _BEFORE_A_DISEASE
        bare = first == position and fold(word.text) in NEEDS_A_WORD_BEFORE
        if opens and not bare:
            return title[listed[first].start : word.end]
    return ""


def _belongs(word: str) -> bool:
    """Tell whether a word before a disease may be part of its name: no verb form, no drug."""
    return not word.endswith(("ing", "ed")) and len(word) > 2


def _whom(source: Source, about: str, passage_text: str, sentence: str) -> str:
    """Return the population as far as the record says, or empty."""
    if source.kind is Kind.RESEARCH and is_animal_source(source):
        return "" if species_in(sentence) else species_in(f"{about} {fold(passage_text)}")
    if source_speaks(source):
        return ""
    people = _people(source, about)
    count = source.participants
    if count is None:
        return people if people != "people" and people not in sentence else ""
    if any(round(figure.value) == count for figure in find_figures(sentence)):
        return ""
    if count == 1:
        return f"one {_ONE[people]}"
    return f"{count:,} {people}"


def _people(source: Source, about: str) -> str:
    """Return the class of people that title and headings agree on; ``people`` when they name several."""
    if _HEALTHY.search(about):
        return "healthy volunteers"
    headings = {fold(heading) for heading in source.headings}
    ages = _AGES.search(about)
    young = ages is not None and int(ages[2]) <= MAJORITY
    child = (young or bool(_CHILD.search(about))) and not _OBSTETRIC.search(about)
    adult = bool(_ADULT.search(about)) or bool(headings & ADULT_HEADINGS)
    if child != adult:
        return "children" if child else "adults"
    if not child and bool(_WOMEN.search(about)) and not _MEN.search(about):
        return "women"
    return "people"
