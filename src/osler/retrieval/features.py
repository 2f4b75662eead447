"""What can be seen of a passage in the light of a question, without a model. Decides nothing.

Every feature is a number that a person can check by reading: how much of the question the passage holds,
how much of it the title. A word of the question stands where a word has its stem; only words that begin
like a stem are stemmed, which takes a tenth of the time of stemming them all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from osler.index.protocol import Clause


class Feature(StrEnum):
    """Names of the features; the weights file has one number for each that is used."""

    WORDS = "words"
    """Score of the words in the index, over that of the best passage; 0 where words did not find it."""

    MEANING = "meaning"
    """Cosine to the question's vector, less that of the nearest passage: 0 or below."""

    COVERAGE = "coverage"
    """Share of the question's weight that stands in the passage or its title."""

    TITLE = "title"
    """The share of it that stands in the title; half of the coverage where there is no title."""

    NAMED = "named"
    """Share of the drugs, conditions and other terms of the question that the passage names."""


_BLANK: Final = str.maketrans(dict.fromkeys("()[]{}<>/\\|:;=%+*#&^~_`@$!?\",.-'", " "))
_GREEK: Final = (("α", " alpha "), ("β", " beta "), ("γ", " gamma "), ("δ", " delta "), ("κ", " kappa "))
_SPELLINGS: Final = (("ae", "e"), ("oe", "e"), ("ou", "o"))
"""What British and American words differ in where they begin."""

Terms = Callable[[str], list[str]]
"""Cuts a text into the terms that the index stores."""


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
        terms: Cuts a text into the terms of the index.
        count: Returns in how many passages a phrase stands.
        size: Number of passages.
    """

    def __init__(
        self,
        clauses: Iterable[Clause],
        named: Iterable[tuple[Sequence[str], float]],
        *,
        terms: Terms,
        count: Callable[[str], int],
        size: int,
    ) -> None:
        bits = _Bits()
        self._sought = tuple(
            Sought(wordings, clause.weight * _rarity(max(map(count, clause.alternatives)), size))
            for clause in clauses
            if (wordings := bits.wordings(clause.alternatives, terms))
        )
        self._named = tuple(Sought(bits.wordings(texts, terms), weight) for texts, weight in named)
        self._terms = terms
        # A stem may end in ``i`` for the ``y`` of the word (``therapi``), which no longer begins it.
        self._looked_for = tuple((f" {stem.removesuffix('i')}", stem, bit) for stem, bit in bits.items())
        self._stems: dict[str, str] = {}
        self._shares: dict[int, float] = {}

    def read(self, title: str, text: str) -> dict[Feature, float]:
        """Return the features that need no more than the words of a passage and its title."""
        titled = self._find(title)
        everywhere = titled | self._find(text)
        coverage = self._share(everywhere)
        return {
            Feature.COVERAGE: coverage,
            # A title says about half of what its passage does; to have none is no sign of anything.
            Feature.TITLE: self._share(titled) if title.strip() else coverage / 2,
            Feature.NAMED: _share(self._named, everywhere),
        }

    def _find(self, text: str) -> int:
        """Return which stems stand in ``text``."""
        plain = make_plain(text)
        held = 0
        for beginning, stem, bit in self._looked_for:
            place = plain.find(beginning)
            while place >= 0:
                if self._stem(plain[place + 1 : plain.find(" ", place + 1)]) == stem:
                    held |= bit
                    break
                place = plain.find(beginning, place + 1)
        return held

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = _stem(word, self._terms)
        return self._stems[word]

    def _share(self, held: int) -> float:
        if held not in self._shares:
            self._shares[held] = _share(self._sought, held)
        return self._shares[held]


class _Bits(dict[str, int]):
    """One bit for every stem that is looked for, so that a set of them is one number."""

    def __missing__(self, stem: str) -> int:
        self[stem] = bit = 1 << len(self)
        return bit

    def wordings(self, texts: Iterable[str], terms: Terms) -> tuple[int, ...]:
        """Return the stems of the words of each text; a text without words is left out."""
        whole = (sum({self[_stem(word, terms)] for word in make_plain(text).split()}) for text in texts)
        return tuple(dict.fromkeys(wording for wording in whole if wording))


def make_plain(text: str) -> str:
    """Return ``text`` in small letters, words apart, a blank at each end, spellings folded."""
    plain = text.lower()
    if not plain.isascii():
        for letter, name in _GREEK:
            if letter in plain:
                plain = plain.replace(letter, name)
        # Whatever else is no plain letter becomes a question mark, and so a blank: in both texts alike.
        plain = plain.encode("ascii", "replace").decode("ascii")
    plain = plain.translate(_BLANK)
    for british, american in _SPELLINGS:
        plain = plain.replace(british, american)
    return f" {plain} "


def _stem(word: str, terms: Terms) -> str:
    """Return the stem of a plain word; what has none is its own."""
    return next(iter(terms(word)), word)


def _rarity(held: int, size: int) -> float:
    """Return how much a term tells that ``held`` of ``size`` passages hold, as BM25 has it."""
    return math.log(1.0 + (max(size - held, 0) + 0.5) / (held + 0.5))


def _share(sought: Sequence[Sought], held: int) -> float:
    """Return the share of the weight of ``sought`` that stands in ``held``; of nothing, 0."""
    total = sum(each.weight for each in sought)
    stands = sum(each.weight for each in sought if any(way & held == way for way in each.wordings))
    return stands / total if total else 0.0
