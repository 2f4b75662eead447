"""The hard terms of a text, and where plain words may be put beside them.

The longest term wins, whole words only. Nothing is put inside a figure, the name of a drug, or a longer
name that goes on after the term; a term inside a figure (``HR 0.38``) is explained behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from osler.answer.definitions import PIECE, Definition, Key, definitions, piece_keys
from osler.model.reader import Reader
from osler.text.disease_names import is_disease
from osler.text.drug_names import is_drug
from osler.text.figures import find_figures
from osler.text.lists import word_set
from osler.text.normalise import STOP_WORDS, content_words

NAME_GOES_ON_WITHIN: Final = 3
"""Words after an adjective among which the last word of a disease's name is looked for."""
_MAY_FOLLOW: Final = STOP_WORDS | word_set(
    """
    versus vs per plus no not among within without despite compared including requiring causing occurring
    resulting following receiving undergoing involving using having presenting affecting since because
    whereas although however resolved alone according unless beside besides showed shows occurs developed
    came come comes led leads remained remains rose fell began starts ended two three four five one
    """
)
"""Words with which a sentence goes on after a name, and a name does not."""
_PARTICIPLE: Final = re.compile(r"(?:[a-z]{3,}ed|[a-z]{3,}ly)\Z")
_INFLECTED: Final = ("ed", "ing")  # ``relapsed`` is not the ``relapse`` of the table
_NEXT: Final = re.compile(r" ([A-Za-z][\w'’-]*)")
_SHORT_FORM: Final = re.compile(r" \((?=[^()]{1,12}\))[\w/+-]*[A-Z][\w/+-]*\)")
_NUMBERED_NAME: Final = re.compile(r" \d{1,2}\b(?!\s?[%/]|[.,]\d)")
_CAPITALISED: Final = re.compile(r"[A-Z][a-z]")
_GLOSSED: Final = re.compile(r",? [(\[]([^()\[\]]{3,80})[)\]]")
_IN_BRACKETS: Final = re.compile(r"\[[^\[\]]*\]")
_ROMAN: Final = re.compile(r"[IVX]+")
_NUMBERED: Final = word_set("stage stages type types phase phases grade grades class factor level group")
"""What is counted in Roman numerals: ``stage IV`` is no way into a vein."""
_FARTHEST: Final = 40  # characters between a term and its plain words
_OUTSIDE: Final = frozenset("-‐‑–/")  # what joins a word to its neighbour


@dataclass(frozen=True, slots=True)
class HardTerm:
    """A hard term as found in a text.

    Attributes:
        definition: What it means.
        start: First code point of the term.
        end: One past the last.
        offset: Where the plain words go, or -1 where the text itself explains the term.
        apart: Whether other words stand between the term and ``offset``.
    """

    definition: Definition
    start: int
    end: int
    offset: int
    apart: bool = False


def find_hard_terms(text: str, reader: Reader) -> list[HardTerm]:
    """Return the terms of ``text`` that are hard for ``reader``, in order and not overlapping."""
    table = definitions(reader)
    if not table:
        return []
    places = list(PIECE.finditer(text))
    pieces = [place.group() for place in places]
    keys = [piece_keys(piece) for piece in pieces]
    said = {key for options in keys for key in options}
    figures = [(figure.start, figure.end) for figure in find_figures(text)]
    found: list[HardTerm] = []
    at = 0
    while at < len(pieces):
        match = _longest(pieces, keys, at, said=said, reader=reader)
        if match is None:
            at += 1
            continue
        size, form, definition = match
        start, end = places[at].start(), places[at + size - 1].end()
        end += text.startswith(".", end) and form.endswith(".")
        at += size
        if _stands_alone(text, start, end) and _fits(text, start, end, definition):
            found.append(_placed(text, start, end, definition, figures))
    return [term for term in found if term.offset - term.end <= _FARTHEST]


def _longest(
    pieces: Sequence[str],
    keys: Sequence[tuple[str, ...]],
    at: int,
    *,
    said: set[str],
    reader: Reader,
) -> tuple[int, str, Definition] | None:
    """Return the length in pieces, the form and the row of the longest term that begins at ``at``."""
    best: tuple[int, str, Definition] | None = None
    for first in keys[at]:
        for key, form, definition in definitions(reader).get(first, ()):
            if best and len(key) <= best[0]:
                break
            here = _matches(pieces, keys, at, key, form)
            if here and _in_its_sense(definition, pieces, at, key, said):
                best = len(key), form, definition
    return best


def _in_its_sense(
    definition: Definition, pieces: Sequence[str], at: int, key: Key, said: set[str]
) -> bool:
    """Tell whether the words around a term leave it the sense of the table."""
    if definition.is_plural and not pieces[at + len(key) - 1].endswith("s"):
        return False
    if _ROMAN.fullmatch(pieces[at]) and at and (pieces[at - 1].lower() in _NUMBERED or "=III" in said):
        return False
    return not definition.beside or bool(definition.beside & said)


def _matches(
    pieces: Sequence[str], keys: Sequence[tuple[str, ...]], at: int, key: Key, form: str
) -> bool:
    """Tell whether the pieces from ``at`` are those of the term, each in a form of the same kind."""
    here = keys[at : at + len(key)]
    if len(here) < len(key) or any(
        wanted not in options for wanted, options in zip(key, here, strict=True)
    ):
        return False
    own = zip(PIECE.findall(form.lower()), pieces[at : at + len(key)], strict=True)
    return all(
        piece.lower().endswith(ending) == wanted.endswith(ending)
        for wanted, piece in own
        for ending in _INFLECTED
    )


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether a term is no part of a longer word, nor broken by punctuation inside."""
    before, after = text[start - 1 : start], text[end : end + 1]
    joined = before in _OUTSIDE and not text[start - 2 : start - 1].isspace()
    goes_on = after in _OUTSIDE and text[end + 1 : end + 2].isalnum() and after != "/"
    inside = re.sub(r"[\w\s'’.-]", "", text[start:end])
    broken = ". " in text[start:end] or "  " in text[start:end]
    return not ((before and joined) or (after and goes_on) or inside or broken)


def _fits(text: str, start: int, end: int, definition: Definition) -> bool:
    """Tell whether the term is no drug's name and the name that it stands in ends where it does."""
    if text[start:end].isalpha() and is_drug(text[start:end]):
        return False
    following = _NEXT.match(text, end)
    if following and _CAPITALISED.match(text, start) and _CAPITALISED.match(following[1]):
        return False  # a proper name: Uterine Fibroids Trial
    if not definition.is_name:
        return not _opens_a_disease(text, end)
    if following is None:
        return _NUMBERED_NAME.match(text, end) is None  # programmed death ligand 1
    after = following[1]
    if len(after) == 1 and after.isupper():
        return False  # hepatitis A
    return after.lower() in _MAY_FOLLOW or _PARTICIPLE.match(after) is not None


def _opens_a_disease(text: str, end: int) -> bool:
    """Tell whether an adjective begins the name of a disease, which then is one longer term."""
    for _ in range(NAME_GOES_ON_WITHIN):
        following = _NEXT.match(text, end)
        if following is None or following[1].lower() in _MAY_FOLLOW:
            return False
        if is_disease(following[1]):
            return True
        end = following.end()
    return False


def _placed(
    text: str, start: int, end: int, definition: Definition, figures: Sequence[tuple[int, int]]
) -> HardTerm:
    """Return the term with the place of its plain words: behind its short form, bracket or figure."""
    offset = end
    short = _SHORT_FORM.match(text, end)
    if short:
        offset = short.end()
    for low, high in figures:
        if low < offset < high or (low <= start and end <= high):
            offset = max(offset, high)
    for bracket in _IN_BRACKETS.finditer(text):
        if bracket.start() < offset < bracket.end():
            offset = bracket.end()
    own = None if short else _GLOSSED.match(text, end)
    if (own and _shares(own[1], definition.plain)) or _says(text, definition.plain):
        return HardTerm(definition, start, end, -1)
    apart = bool(text[end:offset].strip("] ")) and not short
    return HardTerm(definition, start, end, offset, apart)


def _shares(own: str, plain: str) -> bool:
    return bool(set(content_words(own)) & set(content_words(plain)))


def _says(text: str, plain: str) -> bool:
    """Tell whether a sentence holds the plain words itself."""
    return set(content_words(plain)) <= set(content_words(text))
