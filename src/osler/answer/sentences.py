"""Candidate sentences: each sentence of the found passages with what selection needs to know of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from osler.answer.facets import facets_of
from osler.model.passage import Passage, Role, Section
from osler.model.question import ConceptRole, Facet, Question
from osler.model.source import Kind, Source
from osler.model.statement import Insertion
from osler.retrieval.matching import open_abbreviations
from osler.retrieval.search import FoundPassage
from osler.text.advice import move_in_advice
from osler.text.anaphora import dangling
from osler.text.cue import CueKind
from osler.text.disease_names import NEEDS_A_WORD_BEFORE, is_disease
from osler.text.figures import find_figures
from osler.text.lists import word_set
from osler.text.moves import Move, classify_move
from osler.text.names import keyed
from osler.text.normalise import fold, hyphenated_words, words
from osler.text.section_labels import label_at_start
from osler.text.sentences import split_sentences
from osler.text.terms import find_abbreviations

MAX_WORDS: Final = 40
POINTS_OUTSIDE: Final = frozenset({CueKind.PRONOUN, CueKind.DEMONSTRATIVE, CueKind.DEFINITE})
SHORT_FORM: Final = re.compile(
    r"(?<!\w)(?<![A-Z0-9]-)[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]*(?!\w)(?!-[A-Z0-9])"
)
"""An abbreviation as written: two capitals; before a hyphen too (``PVL-positive``), not in a code."""
_DIGITS: Final = re.compile(r"\d+(?:[.,]\d+)*")
FAMILIAR: Final = word_set(
    "DNA RNA mRNA HIV AIDS USA UK US EU FDA EMA WHO NICE NHS CI OR HR RR SD SE IQR BMI ECG CT MRI IV SC"
    " COVID ICU PCR CRP IL TNF"
)
"""Abbreviations that a clinician reads without a gloss."""


@dataclass(frozen=True)
class Candidate:
    """One sentence that might be printed. What is costly to know is worked out when first asked for.

    Attributes:
        found: The passage it stands in, with source and rank.
        start: First code point in the passage's text.
        end: One past the last.
        text: The sentence.
        keyed: The sentence as compared words, abbreviations opened.
        around: Title and passage as compared words.
        section: The section it stands in.
    """

    found: FoundPassage
    start: int
    end: int
    text: str
    keyed: str
    around: str
    section: Section

    @property
    def source(self) -> Source:
        """The source it comes from."""
        return self.found.source

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.found.passage

    @property
    def role(self) -> Role:
        """What its section does."""
        return self.section.role

    @property
    def length(self) -> int:
        """Number of words."""
        return len(self.text.split())

    @property
    def position(self) -> float:
        """Its place in the passage, 0 first to 1 last."""
        return self.end / len(self.passage.text)

    @cached_property
    def facets(self) -> tuple[Facet, ...]:
        """What it is about, leading facet first."""
        return facets_of(self.text, label=self.section.label or self.passage.heading)

    @cached_property
    def diseases(self) -> tuple[str, ...]:
        """The diseases that it names, each as compared words."""
        return tuple(
            keyed(word.text)
            for word in hyphenated_words(self.text)
            if is_disease(word.text) and fold(word.text) not in NEEDS_A_WORD_BEFORE
        )

    @cached_property
    def figures(self) -> frozenset[tuple[float, str]]:
        """Value and unit of each figure that it states."""
        return frozenset((figure.value, figure.unit) for figure in find_figures(self.text))

    @cached_property
    def move(self) -> Move:
        """What it does."""
        move = classify_move(self.text, self.role, position=self.start / len(self.passage.text))
        if self.source.kind is Kind.RESEARCH or self.role is not Role.UNLABELLED:
            return move
        return move_in_advice(self.text, move)

    @cached_property
    def loose(self) -> tuple[str, ...]:
        """Words that point outside the sentence."""
        return tuple(cue.text for cue in dangling(self.text) if cue.kind in POINTS_OUTSIDE)


class Reading:
    """The sentences of passages, each passage read once however many parts of a question need it."""

    def __init__(self) -> None:
        self._read: dict[str, list[Candidate]] = {}

    def candidates(self, found: Iterable[FoundPassage]) -> list[Candidate]:
        """Return every sentence of ``found`` as a candidate, in order of rank and position."""
        candidates: list[Candidate] = []
        for entry in found:
            passage = entry.passage.id
            if passage not in self._read:
                self._read[passage] = _candidates_of(entry)
            candidates.extend(self._read[passage])
        return candidates


def _candidates_of(entry: FoundPassage) -> list[Candidate]:
    passage = entry.passage
    title = entry.source.title or ""
    opened = _abbreviations_of(passage.text, title)
    spans: list[tuple[int, int, Section, str]] = []
    for section in passage.sections or (Section("", Role.UNLABELLED, 0, len(passage.text)),):
        if section.role is Role.TITLE:
            continue
        for start, end in split_sentences(passage.text, section.start, section.end):
            if passage.text.endswith(".;", start, end):
                end -= 1  # the separator of a list is no part of its sentence
            start, own = _without_label(passage.text, start, end, section)
            keyed = open_abbreviations(passage.text[start:end], opened)
            spans.append((start, end, own, keyed))
    around = "|".join((open_abbreviations(title, opened), *(keyed for *_, keyed in spans)))
    return [
        Candidate(entry, start, end, passage.text[start:end], keyed, around, section)
        for start, end, section, keyed in spans
    ]


def _without_label(text: str, start: int, end: int, section: Section) -> tuple[int, Section]:
    """Return where a sentence begins behind a label that is glued to it, and its section then."""
    label = label_at_start(text[start:end])
    if label is None or start + label[1] >= end:
        return start, section
    role = label[0] if section.role is Role.UNLABELLED else section.role
    return start + label[1], replace(section, role=role)


def _abbreviations_of(text: str, title: str) -> dict[str, str]:
    """Return short → long for the abbreviations that the source itself defines in ``text`` or title.

    What other sources mean by the same letters is no evidence of what this one means.
    """
    return {pair.short: pair.long for pair in find_abbreviations(f"{title}. {text}")}


def reworded(candidate: Candidate, text: str) -> Candidate:
    """Return ``candidate`` as if it said ``text``: its place and its source stay as they are."""
    opened = _abbreviations_of(candidate.passage.text, candidate.source.title or "")
    return replace(candidate, text=text, keyed=open_abbreviations(text, opened))


def spell_out(
    candidate: Candidate, question: Question, *, known: Iterable[str]
) -> tuple[tuple[Insertion, ...], Mapping[str, str]]:
    """Return the long forms to add in brackets, and the short → long pairs that justify them.

    A pair comes from the source itself, or is a term of the question with both its forms. Left alone:
    what the sentence itself explains, what the question itself used, what every clinician reads, and
    whatever would carry the sentence past the word limit.
    """
    text = candidate.text
    opened = own_forms(candidate, question)
    explained = {pair.short for pair in find_abbreviations(text)} | set(known) | FAMILIAR
    insertions: list[Insertion] = []
    used: dict[str, str] = {}
    room = MAX_WORDS - candidate.length
    for found in SHORT_FORM.finditer(text):
        short = found.group()
        long = opened.get(short) or opened.get(short.removesuffix("s"))
        if long is None or short in explained or short in used or _holds(text, long):
            continue
        if (cost := len(long.split())) > room or not figures_held(long, text):
            continue
        room -= cost
        used[short] = long
        insertions.append(Insertion(found.end(), long))
    return tuple(insertions), used


def figures_held(long: str, text: str) -> bool:
    """Tell whether a long form brings no figure into a quote that does not hold it."""
    return set(_DIGITS.findall(long)) <= set(_DIGITS.findall(text))


def own_forms(candidate: Candidate, question: Question) -> dict[str, str]:
    """Return short → long as the source of ``candidate`` defines them, else as the question does."""
    return _forms_in(question) | _abbreviations_of(candidate.passage.text, candidate.source.title or "")


def _forms_in(question: Question) -> dict[str, str]:
    """Return short → long for the question's own terms that have both forms."""
    pairs: dict[str, str] = {}
    for concept in question.concepts:
        longs = [variant for variant in concept.variants if " " in variant]
        for variant in concept.variants:
            if longs and " " not in variant and concept.role is not ConceptRole.POPULATION:
                pairs[variant.upper()] = longs[0]
    return pairs


def _holds(text: str, phrase: str) -> bool:
    folded = {word.text.lower() for word in words(text)}
    return all(piece.text.lower() in folded for piece in words(phrase))
