"""Whether two sentences say the same: shared words, the same figures, the same polarity."""

from __future__ import annotations

from typing import Final

from osler.answer.sentences import Candidate
from osler.text.normalise import content_words
from osler.text.places import places_in
from osler.text.polarity import negations

JACCARD: Final = 0.5
CONTAINED: Final = 0.8


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
