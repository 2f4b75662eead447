"""What can be seen of a passage in the light of a question, without a model. Decides nothing.

Every feature is a number that a person can check by reading: how much of the question its words hold, in
one sentence, in the title, side by side. Words are compared as the index stores them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from osler.index.protocol import Clause, Forms
from osler.text.sentences import split_sentences


class Feature(StrEnum):
    """Names of the features; the weights file has one number for each that is used."""

    WORDS = "words"
    """Score of the words in the index, over that of the best passage; 0 where words did not find it."""

    MEANING = "meaning"
    """Cosine to the question's vector, less that of the nearest passage: 0 or below."""

    COVERAGE = "coverage"
    """Share of the question's weight that stands in the passage or its title."""

    SENTENCE = "sentence"
    """The largest share of it that stands in one sentence."""

    TITLE = "title"
    """The share of it that stands in the title."""

    PAIRS = "pairs"
    """Share of the question's neighbouring words that stand side by side there as well, or nearly so."""

    NAMED = "named"
    """Share of the drugs, conditions and other terms of the question that the passage names."""


NEAR: Final = ((1, 1.0), (3, 0.6), (8, 0.3))
"""How much a pair counts whose words stand at most so many places apart."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that a question seeks, in any of its wordings (sets of terms), and how much it tells."""

    wordings: tuple[int, ...]
    weight: float


class Asked:
    """What a question seeks, ready to be looked for in many passages.

    Args:
        clauses: The words of the question with what each is also searched as, in order.
        named: The wordings of each drug, condition or other term, with its weight.
        forms: The words of texts and their terms.
        count: Returns in how many passages a phrase stands.
        size: Number of passages.
    """

    def __init__(
        self,
        clauses: Iterable[Clause],
        named: Iterable[tuple[Sequence[str], float]],
        *,
        forms: Forms,
        count: Callable[[str], int],
        size: int,
    ) -> None:
        bits = _Bits()
        self._sought = tuple(
            Sought(wordings, clause.weight * _rarity(max(map(count, clause.alternatives)), size))
            for clause in clauses
            if (wordings := bits.wordings(clause.alternatives, forms))
        )
        self._named = tuple(Sought(bits.wordings(texts, forms), weight) for texts, weight in named)
        self._forms = forms
        self._bits = dict(bits)
        self._held: dict[str, int] = {}
        for term, bit in bits.items():
            for word in forms.words(term):
                self._held[word] = self._held.get(word, 0) | bit
        self._shares: dict[int, float] = {}

    def read(self, title: str, text: str) -> dict[Feature, float]:
        """Return the features that need no more than the words of a passage and its title."""
        places: dict[int, list[int]] = {}
        titled = self._find(title, 0, places)
        place = len(title) + NEAR[-1][0]  # nothing in the title is a neighbour of the first sentence
        everywhere, best = titled, 0.0
        for start, end in split_sentences(text):
            held = self._find(text[start:end], place, places)
            place += end - start
            if held:
                everywhere |= held
                best = max(best, self._share(held))
        return {
            Feature.COVERAGE: self._share(everywhere),
            Feature.SENTENCE: best,
            Feature.TITLE: self._share(titled),
            Feature.PAIRS: self._pairs(everywhere, places),
            Feature.NAMED: _share(self._named, everywhere),
        }

    def _find(self, text: str, begin: int, places: dict[int, list[int]]) -> int:
        """Return the terms of ``text`` that are sought; add to ``places`` where their words stand."""
        words = text.split()
        held_by = self._held
        for word in self._forms.meet(words):
            if terms := self._terms_in(word):
                held_by[word] = terms
        if held_by.keys().isdisjoint(words):
            return 0
        held = 0
        for place, word in enumerate(words, begin):
            if word in held_by:
                terms = held_by[word]
                held |= terms
                places.setdefault(terms, []).append(place)
        return held

    def _terms_in(self, word: str) -> int:
        held = 0
        for term in self._forms.terms_of(word):
            held |= self._bits.get(term, 0)
        return held

    def _share(self, held: int) -> float:
        if held not in self._shares:
            self._shares[held] = _share(self._sought, held)
        return self._shares[held]

    def _pairs(self, held: int, places: dict[int, list[int]]) -> float:
        """Return how many of the question's neighbours are neighbours here, by weight."""
        where = [_places_of(each, held, places) for each in self._sought]
        total = reached = 0.0
        for number in range(len(self._sought) - 1):
            weight = self._sought[number].weight + self._sought[number + 1].weight
            total += weight
            distance = _distance(where[number], where[number + 1])
            reached += weight * next((value for most, value in NEAR if distance <= most), 0.0)
        return reached / total if total else 0.0


class _Bits(dict[str, int]):
    """One bit for every term that is sought, so that a set of terms is one number."""

    def __missing__(self, term: str) -> int:
        self[term] = bit = 1 << len(self)
        return bit

    def wordings(self, texts: Iterable[str], forms: Forms) -> tuple[int, ...]:
        """Return the terms of each text; a text without terms is left out."""
        whole = (sum({self[term] for term in forms.terms(text)}) for text in texts)
        return tuple(dict.fromkeys(wording for wording in whole if wording))


def _rarity(held: int, size: int) -> float:
    """Return how much a term tells that ``held`` of ``size`` passages hold, as BM25 has it."""
    return math.log(1.0 + (max(size - held, 0) + 0.5) / (held + 0.5))


def _share(sought: Sequence[Sought], held: int) -> float:
    """Return the share of the weight of ``sought`` that stands in ``held``; of nothing, 0."""
    total = sum(each.weight for each in sought)
    stands = sum(each.weight for each in sought if any(way & held == way for way in each.wordings))
    return stands / total if total else 0.0


def _places_of(sought: Sought, held: int, places: dict[int, list[int]]) -> list[int]:
    """Return where the words of the wordings stand that are there whole."""
    there = [way for way in sought.wordings if way & held == way]
    if not there:
        return []
    return [place for terms, at in places.items() if any(terms & way for way in there) for place in at]


def _distance(first: list[int], second: list[int]) -> float:
    """Return how far apart the nearest two different places of two lists are."""
    return min((abs(a - b) for a in first for b in second if a != b), default=math.inf)
