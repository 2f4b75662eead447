"""Folding of words for comparison: case, accents, Greek letters, spelling, inflection.

What these functions return is compared, indexed and counted; it is never shown to a reader and its
offsets are not offsets of the original text, except for ``words``, which keeps them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from osler.text.inflection import stem
from osler.text.kept import FEW_WORDS, WORDS
from osler.text.lists import word_set
from osler.text.spelling import british_spelling, fold_spelling

__all__ = [
    "STOP_WORDS",
    "Word",
    "comparable",
    "content_words",
    "fold",
    "fold_spelling",
    "hyphenated_words",
    "spelling_variants",
    "stem",
    "words",
]


class Word(NamedTuple):
    """A run of letters and digits: ``original[start:end] == text``."""

    text: str
    start: int
    end: int


STOP_WORDS: frozenset[str] = word_set(
    """
    a about above after again all also although am among an and any are as at be because been before
    being below between both but by can could did do does doing done down due during each either
    else ever for from further get had has have having he hence her here hers him his how however i
    if in into is it its itself just let like may me might more moreover most much must my of
    off often on once one only onto or other others our out over own per please same shall she
    should since so some such than that the their theirs them then there thereby therefore these
    they this those through thus to too toward towards under until up upon us very via was we were
    what when where whereas whether which while who whom whose why will with within would you your
    """
)
"""Words without content of their own; ``no``, ``not`` and ``without`` have one."""

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta",
    "θ": "theta", "ι": "iota", "κ": "kappa", "λ": "lambda", "ν": "nu", "ξ": "xi", "ο": "omicron",
    "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi",
    "χ": "chi", "ψ": "psi", "ω": "omega", "ϕ": "phi", "ϵ": "epsilon", "ϑ": "theta",
}  # fmt: skip
_SIGNS = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-"),
    **dict.fromkeys("‘’‚‛′ʼ`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    "×": "x", "⁄": "/", "∕": "/", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o",
    "đ": "d", "ł": "l", "ı": "i",
    "≤": "<=", "≥": ">=", "⩽": "<=", "⩾": ">=", "·": ".", "∙": ".", "\u00ad": "", "\u200b": "",
    "\u200c": "", "\u200d": "", "\ufeff": "", "…": "...", "∼": "~", "˜": "~",
}  # fmt: skip
_TABLE = str.maketrans({**_GREEK, **_SIGNS})
_MARKS = str.maketrans("", "", "".join(chr(c) for c in range(0x0300, 0x0370)))
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_SUPERSCRIPTS = re.compile("[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[⁺⁻]+")
_MICRO = re.compile("[µμ](?=[a-zA-Z])")
_MU = re.compile("[µμ]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+[a-z]?")

_WORD = re.compile(r"\d+(?:[.,·]\d+)+(?![^\W_])|[^\W_]+(?:['’][^\W_]+)*")


def fold(text: str) -> str:
    """Return ``text`` in one comparable form: NFKC, lower case, no accents, Greek letters by name.

    Dashes become ``-``, curly quotation marks straight, superscripts ``^n`` (``10⁹`` reads ``10^9``),
    ``×`` reads ``x``; micro before a letter reads ``u`` (``µg`` is ``ug``), the letter alone ``mu``.
    """
    if text.isascii():
        return text.lower()
    return _FOREIGN.sub(_fold_found, text.lower())


def _fold_found(found: re.Match[str]) -> str:
    return _fold_run(found.group())


@lru_cache(maxsize=FEW_WORDS)
def _fold_run(text: str) -> str:
    """Fold a run of characters outside ASCII, with the letter after it that ``µ`` looks at."""
    text = _SUPERSCRIPTS.sub(_raise, text).translate(_TABLE)
    text = unicodedata.normalize("NFKD", text).lower().translate(_MARKS)
    text = _MU.sub("mu", _MICRO.sub("u", text))
    return text.translate(_TABLE)


def _raise(found: re.Match[str]) -> str:
    digits = found.group().translate(_SUPER)
    return digits if digits in {"+", "-"} else "^" + digits


def words(text: str) -> list[Word]:
    """Return the words of ``text`` in order; hyphens and slashes separate, decimal points do not."""
    return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


def hyphenated_words(text: str) -> list[Word]:
    """Return the words of ``text``, those joined by a hyphen as one (``IL-1``, ``COVID-19``)."""
    joined: list[Word] = []
    for word in words(text):
        if joined and text[joined[-1].end : word.start] == "-":
            first = joined.pop()
            joined.append(Word(text[first.start : word.end], first.start, word.end))
        else:
            joined.append(word)
    return joined


def content_words(text: str) -> list[str]:
    """Return the words of ``text`` folded, in American spelling and without inflection or stop words."""
    found = _WORD.findall(fold(text))
    return [comparable(word) for word in found if word not in STOP_WORDS]


@lru_cache(maxsize=WORDS)
def comparable(folded: str) -> str:
    """Return the form of a folded word that is compared: American spelling, without inflection."""
    return stem(fold_spelling(folded))


def spelling_variants(phrase: str) -> tuple[str, ...]:
    """Return the folded ``phrase`` as written, in American and in British spelling, without repeats."""
    folded = " ".join(fold(phrase).split())
    american = _WORD.sub(lambda m: fold_spelling(m.group()), folded)
    british = _WORD.sub(lambda m: british_spelling(fold_spelling(m.group())), folded)
    return tuple(dict.fromkeys((folded, american, british)))
