"""Whether a text names a concept: comparison in folded, stemmed words, with abbreviations opened.

One representation serves questions and evidence: the words of a text, folded for spelling and stemmed,
joined by single spaces with one at each end, so that "names" is a substring test.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from osler.model.question import Concept
from osler.text.normalise import fold, fold_spelling, stem, words


@lru_cache(maxsize=65536)
def key_word(word: str) -> str:
    """Return the form of one word that is compared: folded, American spelling, without inflection."""
    return stem(fold_spelling(fold(word)))


def key_words(text: str) -> list[str]:
    """Return the compared forms of the words of ``text``; a hyphen separates words."""
    found: list[str] = []
    for word in words(text):
        found.extend(key_word(piece) for piece in word.text.replace("/", "-").split("-") if piece)
    return found


def keyed(text: str) -> str:
    """Return ``text`` as compared words with a space at each end."""
    return f" {' '.join(key_words(text))} "


@lru_cache(maxsize=8192)
def keyed_phrase(phrase: str) -> str:
    """Return :func:`keyed` of a short phrase; cached, since concepts recur for every sentence."""
    return keyed(phrase)


def open_abbreviations(text: str, abbreviations: Mapping[str, str]) -> str:
    """Return ``keyed(text)`` followed by the keyed long forms of the abbreviations that stand in it."""
    base = keyed(text)
    if not abbreviations:
        return base
    present = {word.text for word in words(text)}
    present.update(piece for word in list(present) for piece in word.replace("/", "-").split("-"))
    longs = [keyed_phrase(long) for short, long in abbreviations.items() if short in present]
    return base + "".join(f"|{long}" for long in longs)


def names(keyed_text: str, concept: Concept) -> bool:
    """Tell whether a keyed text names ``concept`` in any of its variants."""
    return any(keyed_phrase(variant) in keyed_text for variant in concept.variants)


def names_any(keyed_text: str, phrases: Sequence[str]) -> bool:
    """Tell whether a keyed text holds one of ``phrases``."""
    return any(keyed_phrase(phrase) in keyed_text for phrase in phrases)
