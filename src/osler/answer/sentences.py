"""Candidate sentences: each sentence of the found passages with what selection needs to know of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from osler.answer.facets import facets_of
from osler.model.passage import Passage, Role, Section
from osler.model.question import Facet
from osler.model.source import Source
from osler.model.statement import Insertion
from osler.retrieval.matching import open_abbreviations
from osler.retrieval.search import FoundPassage
from osler.retrieval.vocabulary import Vocabulary
from osler.text.anaphora import dangling
from osler.text.cue import CueKind
from osler.text.lists import word_set
from osler.text.moves import Move, classify_move
from osler.text.normalise import words
from osler.text.sentences import split_sentences
from osler.text.terms import find_abbreviations

MAX_WORDS: Final = 40
POINTS_OUTSIDE: Final = frozenset({CueKind.PRONOUN, CueKind.DEMONSTRATIVE, CueKind.DEFINITE})
_SHORT_FORM: Final = re.compile(r"(?<![\w-])[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]*(?![\w])")
FAMILIAR: Final = word_set(
    "DNA RNA mRNA HIV AIDS USA UK US EU FDA EMA WHO NICE NHS CI OR HR RR SD SE IQR BMI ECG CT MRI IV SC"
    " COVID ICU PCR CRP IL TNF"
)
"""Abbreviations that a clinician reads without a gloss."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that might be printed.

    Attributes:
        found: The passage it stands in, with source and rank.
        start: First code point in the passage's text.
        end: One past the last.
        text: The sentence.
        keyed: The sentence as compared words, abbreviations opened.
        around: Title and passage as compared words.
        facets: What it is about, leading facet first.
        move: What it does.
        role: What its section does.
        position: Its place in the passage, 0 first to 1 last.
        loose: Words that point outside the sentence.
    """

    found: FoundPassage
    start: int
    end: int
    text: str
    keyed: str
    around: str
    facets: tuple[Facet, ...]
    move: Move
    role: Role
    position: float
    loose: tuple[str, ...]

    @property
    def source(self) -> Source:
        """The source it comes from."""
        return self.found.source

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.found.passage

    @property
    def length(self) -> int:
        """Number of words."""
        return len(self.text.split())


def iter_candidates(found: Iterable[FoundPassage], vocabulary: Vocabulary) -> list[Candidate]:
    """Return every sentence of ``found`` as a candidate, in order of rank and position."""
    candidates: list[Candidate] = []
    for entry in found:
        candidates.extend(_candidates_of(entry, vocabulary))
    return candidates


def _candidates_of(entry: FoundPassage, vocabulary: Vocabulary) -> list[Candidate]:
    passage = entry.passage
    title = entry.source.title or ""
    opened = _abbreviations_of(passage.text, title, vocabulary)
    around = open_abbreviations(f"{title} . {passage.text}", opened)
    sections = passage.sections or (Section("", Role.UNLABELLED, 0, len(passage.text)),)
    length = max(1, len(passage.text))
    result: list[Candidate] = []
    for section in sections:
        if section.role is Role.TITLE:
            continue
        for start, end in split_sentences(passage.text, section.start, section.end):
            text = passage.text[start:end]
            result.append(
                Candidate(
                    found=entry,
                    start=start,
                    end=end,
                    text=text,
                    keyed=open_abbreviations(text, opened),
                    around=around,
                    facets=facets_of(text, label=section.label or passage.heading),
                    move=classify_move(text, section.role, position=start / length),
                    role=section.role,
                    position=end / length,
                    loose=tuple(c.text for c in dangling(text) if c.kind in POINTS_OUTSIDE),
                )
            )
    return result


def _abbreviations_of(text: str, title: str, vocabulary: Vocabulary) -> dict[str, str]:
    """Return short → long for the abbreviations in ``text``: defined there, else by the library."""
    opened = {pair.short: pair.long for pair in find_abbreviations(f"{title}. {text}")}
    for found in _SHORT_FORM.finditer(text):
        short = found.group()
        if short not in opened and short not in FAMILIAR:
            forms = vocabulary.long_forms(short)
            total = sum(count for _form, count in forms)
            if forms and forms[0][1] >= 0.8 * total:
                opened[short] = forms[0][0]
    return opened


def spell_out(
    candidate: Candidate, vocabulary: Vocabulary, *, known: Iterable[str]
) -> tuple[tuple[Insertion, ...], Mapping[str, str]]:
    """Return the long forms to add in brackets, and the short → long pairs that justify them.

    Left alone: what the sentence itself explains, what the question itself used, what every clinician
    reads, and whatever would carry the sentence past the word limit.
    """
    text = candidate.text
    opened = _abbreviations_of(candidate.passage.text, candidate.source.title or "", vocabulary)
    explained = {pair.short for pair in find_abbreviations(text)} | set(known) | FAMILIAR
    insertions: list[Insertion] = []
    used: dict[str, str] = {}
    room = MAX_WORDS - candidate.length
    for found in _SHORT_FORM.finditer(text):
        short = found.group()
        long = opened.get(short)
        if long is None or short in explained or short in used or _holds(text, long):
            continue
        if (cost := len(long.split())) > room:
            continue
        room -= cost
        used[short] = long
        insertions.append(Insertion(found.end(), long))
    return tuple(insertions), used


def _holds(text: str, phrase: str) -> bool:
    folded = {word.text.lower() for word in words(text)}
    return all(piece.text.lower() in folded for piece in words(phrase))
