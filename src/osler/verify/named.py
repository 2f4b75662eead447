"""Whether a text names a thing: phrases compared word by word, in folded and stemmed form.

Knows nothing of medicine beyond the shapes of names; decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from osler.text.normalise import STOP_WORDS, fold, fold_spelling, stem

_TOKEN: Final = re.compile(r"[^\W_]+")
_SHORT: Final = re.compile(r"\b[A-Z][A-Za-z]{0,2}[A-Z0-9][A-Za-z0-9-]*s?\b")


@lru_cache(maxsize=8192)
def _key(word: str) -> str:
    return stem(fold_spelling(word))


@lru_cache(maxsize=4096)
def stemmed(text: str) -> str:
    """Return the words of ``text``, folded and stemmed, each between single spaces."""
    return " " + " ".join(_key(word) for word in _TOKEN.findall(fold(text))) + " "


def names(text: str, phrase: str) -> bool:
    """Tell whether ``text`` holds the words of ``phrase``, in order and side by side.

    A phrase that is spelt like a common word (the leukaemia ``ALL``) counts only where the text writes
    it as an abbreviation.
    """
    wanted = stemmed(phrase)
    if wanted.isspace() or wanted not in stemmed(text):
        return False
    bare = phrase.strip()
    if bare.casefold() in STOP_WORDS:
        return re.search(rf"\b{re.escape(bare.upper())}\b", text) is not None
    return True


def names_any(text: str, phrases: Iterable[str]) -> bool:
    """Tell whether ``text`` holds one of ``phrases``."""
    return any(names(text, phrase) for phrase in phrases)


def spelt_out(text: str, vocabulary: Mapping[str, str]) -> str:
    """Return ``text`` followed by the long forms of the abbreviations that it uses."""
    if not vocabulary:
        return text
    longs = []
    for found in dict.fromkeys(match.group() for match in _SHORT.finditer(text)):
        long = vocabulary.get(found) or vocabulary.get(found.removesuffix("s"))
        if long is not None:
            longs.append(long)
    return " . ".join((text, *longs))
