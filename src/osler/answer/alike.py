"""Whether two sentences say the same: shared words, the same figures, the same polarity."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from osler.answer.sentences import Candidate
from osler.model.source import TextKind
from osler.text.normalise import content_words
from osler.text.people import groups_in
from osler.text.places import places_in
from osler.text.polarity import negations

JACCARD: Final = 0.5
CONTAINED: Final = 0.8
NEW: Final = 0.45
"""Share of a sentence's words that must be neither asked nor said already for it to add something."""
TELLING: Final = 10
"""Numbers without a unit below this ("two drugs", "1 trial") are no figures that a reader would miss."""


def say_the_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether ``other`` would only repeat ``one``.

    Sentences with different figures, different countries or opposite polarity are never the same: the
    difference is what the reader must see.
    """
    if one.figures != other.figures or places_in(one.text) != places_in(other.text):
        return False
    if bool(negations(one.text)) != bool(negations(other.text)):
        return False
    first, second = set(content_words(one.text)), set(content_words(other.text))
    if not first or not second:
        return False
    shared = len(first & second)
    if shared / len(first | second) >= JACCARD:
        return True
    return shared / min(len(first), len(second)) >= CONTAINED


def adds_little(candidate: Candidate, said: Iterable[Candidate], asked: str) -> bool:
    """Tell whether a sentence says again, in words of its own, what ``said`` and the question hold.

    A figure, a place, a group of people or a turn of polarity that was not there is always worth a line.
    """
    earlier = list(said)
    if not earlier or candidate.passage.text_kind is TextKind.SUMMARY:
        return False  # a curator has said each thing once
    for holds in (_telling, _places, _groups):
        if holds(candidate) - frozenset().union(*map(holds, earlier)):
            return False
    denies = bool(negations(candidate.text))
    if all(bool(negations(one.text)) != denies for one in earlier):
        return False
    known = set(content_words(" ".join((asked, *(one.text for one in earlier)))))
    own = set(content_words(candidate.text))
    return len(own - known) < NEW * len(own)


def _telling(candidate: Candidate) -> frozenset[tuple[float, str]]:
    return frozenset((v, unit) for v, unit in candidate.figures if unit or abs(v) >= TELLING or v % 1)


def _groups(candidate: Candidate) -> frozenset[str]:
    return frozenset(group.value for group in groups_in(candidate.text))


def _places(candidate: Candidate) -> frozenset[str]:
    return places_in(candidate.text)
