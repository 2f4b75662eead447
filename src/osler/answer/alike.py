"""Whether two sentences say the same: shared words, the same figures, the same polarity."""

from __future__ import annotations

import re
from typing import Final

from osler.answer.sentences import Candidate
from osler.text.normalise import content_words
from osler.text.polarity import negations

JACCARD: Final = 0.5
CONTAINED: Final = 0.8
_PLACE: Final = re.compile(
    r"\b(?:US|USA|UK|EU|United States|United Kingdom|European Union|Europe|England|Canada|Japan"
    r"|Australia)\b"
)
_SAME_PLACE: Final = {
    "usa": "us",
    "united states": "us",
    "united kingdom": "uk",
    "england": "uk",
    "european union": "eu",
    "europe": "eu",
}


def say_the_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether ``other`` would only repeat ``one``.

    Sentences with different figures, different countries or opposite polarity are never the same: the
    difference is what the reader must see.
    """
    if one.figures != other.figures or _places(one) != _places(other):
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


def _places(candidate: Candidate) -> frozenset[str]:
    """Return the jurisdictions that a sentence names: a licence holds in one of them."""
    found = (place.lower() for place in _PLACE.findall(candidate.text))
    return frozenset(_SAME_PLACE.get(place, place) for place in found)
