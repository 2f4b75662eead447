"""Whether a text names a thing: phrases compared word by word, in folded and stemmed form.

One representation serves questions and evidence: the words of a text, folded for spelling and stemmed,
joined by single spaces with one at each end, so that "names" is a substring test. Decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from osler.text.kept import TEXTS
from osler.text.normalise import STOP_WORDS, comparable, fold

_WORD: Final = re.compile(r"\d+(?:[.,]\d+)+(?![^\W_])|[^\W_]+(?:'[^\W_]+)*")
_TOKEN: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def key_word(word: str) -> str:
    """Return the form of one word that is compared: folded, American spelling, without inflection."""
    return comparable(fold(word))


@lru_cache(maxsize=TEXTS)
def keyed(text: str) -> str:
    """Return the compared forms of the words of ``text`` with a space at each end."""
    return f" {' '.join(map(comparable, _WORD.findall(fold(text))))} "


def names(text: str, phrase: str) -> bool:
    """Tell whether ``text`` holds the words of ``phrase``, in order and side by side.

    A phrase that is spelt like a common word (the leukaemia ``ALL``) counts only where the text writes
    it as an abbreviation.
    """
    wanted = keyed(phrase)
    if wanted.isspace() or wanted not in keyed(text):
        return False
    bare = phrase.strip()
    if bare.casefold() in STOP_WORDS:
        return re.search(rf"\b{re.escape(bare.upper())}\b", text) is not None
    return True


def names_any(text: str, phrases: Iterable[str]) -> bool:
    """Tell whether ``text`` holds one of ``phrases``."""
    return any(names(text, phrase) for phrase in phrases)


def long_forms_in(text: str, abbreviations: Mapping[str, str]) -> list[str]:
    """Return what the abbreviations that ``text`` uses stand for, in order of their first use.

    One that stands in a longer word (``HLH-2004``) or in the plural counts as used.
    """
    if not abbreviations:
        return []
    found: dict[str, None] = {}
    for token in _TOKEN.findall(text):
        for piece in (token, *token.split("-")) if "-" in token else (token,):
            long = abbreviations.get(piece) or abbreviations.get(piece.removesuffix("s"))
            if long is not None:
                found[long] = None
    return list(found)


def spelt_out(text: str, abbreviations: Mapping[str, str]) -> str:
    """Return ``text`` followed by the long forms of the abbreviations that it uses."""
    return " . ".join((text, *long_forms_in(text, abbreviations)))
