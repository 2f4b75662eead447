"""Two texts side by side: content words with their places, and which of them the texts share.

Makes texts comparable; judges nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from osler.text.kept import FEW_WORDS
from osler.text.lists import word_set
from osler.text.names import names
from osler.text.normalise import STOP_WORDS, comparable, fold, stem, words
from osler.text.polarity import direction, hedges, negations
from osler.text.terms import find_abbreviations

_SHORTEST_ROOT: Final = 6
_ROOT_SHARE: Final = 0.7
_CLAUSE: Final = re.compile(
    r";\s|,?\s\b(?:but|whereas|while|although|though|however|yet|except)\b|:\s"
    r"|,\s(?=and\b|with\b|which\b|who\b|not\b|an?\s\w+\s(?:that|which)\b)"
)
_EMPTY: Final = frozenset(
    stem(word)
    for word in word_set(
        """
        study studies patient patients result results show shows showed found find effect effects use
        used using treatment group groups data analysis associated association significant significantly
        compared versus vs than observed reported report case cases people person individual individuals
        subject subjects participant participants level levels rate rates also well can lead play role
        cause causes
        """
    )
)
"""Words of every study; they say nothing of what a statement is about."""


class Token(NamedTuple):
    """A content word: its comparable form and its place in the text."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a statement rests on.

    Attributes:
        text: The cited sentence or sentences.
        title: Title of the source.
        around: Text of the passage that holds them.
        headings: Subject headings of the source.
    """

    text: str
    title: str = ""
    around: str = ""
    headings: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the content words of ``text``; numbers are no content words, figures are compared apart."""
    found = []
    for word in words(text):
        folded = fold(word.text)
        if folded in STOP_WORDS or not any(char.isalpha() for char in folded):
            continue
        found.append(Token(comparable(folded), word.start, word.end))
    return tuple(found)


@lru_cache(maxsize=4096)
def subject_tokens(text: str) -> tuple[Token, ...]:
    """Return the content words of ``text`` that name things: no cue words, no words of every study."""
    cues = [(c.start, c.end) for found in (direction, negations, hedges) for c in found(text)]
    return tuple(
        token
        for token in tokens(text)
        if token.key not in _EMPTY and not any(s < token.end and token.start < e for s, e in cues)
    )


def opened(text: str, around: str, vocabulary: Mapping[str, str]) -> str:
    """Return ``text`` with the other form of each known abbreviation added."""
    pairs = {found.short: found.long for found in find_abbreviations(around)}
    added = []
    for short, long in (*pairs.items(), *((s, v) for s, v in vocabulary.items() if s not in pairs)):
        has_short = re.search(rf"(?<!\w){re.escape(short)}s?(?!\w)", text) is not None
        if has_short:
            added.append(long)
        elif names(text, long):
            added.append(short)
    return " . ".join((text, *added))


def keys(text: str) -> frozenset[str]:
    """Return the comparable forms of the content words of ``text``."""
    return frozenset(token.key for token in tokens(text))


def holds(known: frozenset[str], key: str) -> bool:
    """Tell whether ``known`` holds ``key`` or a word of the same root (``inhibit``, ``inhibition``)."""
    return key in known or (
        len(key) >= _SHORTEST_ROOT and any(is_same_root(key, other) for other in known)
    )


@lru_cache(maxsize=FEW_WORDS)
def is_same_root(one: str, other: str) -> bool:
    """Tell whether two words share a beginning long enough to be forms of one word."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < _SHORTEST_ROOT or one[:_SHORTEST_ROOT] != other[:_SHORTEST_ROOT]:
        return False
    shared = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    return shared >= _ROOT_SHARE * max(len(one), len(other)) - 1


def share(claim: str, evidence: str) -> float:
    """Return which share of the subject words of ``claim`` stands in ``evidence``, from 0 to 1."""
    wanted = {token.key for token in subject_tokens(claim)}
    if not wanted:
        return 0.0
    known = keys(evidence)
    return sum(_weight(key) for key in wanted if holds(known, key)) / sum(map(_weight, wanted))


def missing(claim: str, evidence: str) -> tuple[str, ...]:
    """Return the subject words of ``claim``, as written, that ``evidence`` does not hold."""
    known = keys(evidence)
    return tuple(claim[t.start : t.end] for t in subject_tokens(claim) if not holds(known, t.key))


def _weight(key: str) -> float:
    return 1.5 if len(key) > 8 or any(char.isdigit() for char in key) else 1.0


@lru_cache(maxsize=4096)
def clauses(text: str) -> tuple[str, ...]:
    """Return ``text`` cut where one claim ends and the next begins."""
    pieces = []
    position = 0
    for found in _CLAUSE.finditer(text):
        pieces.append(text[position : found.start()])
        position = found.start()
    pieces.append(text[position:])
    return tuple(piece for piece in pieces if piece.strip())


def relevant_clause(claim: str, evidence: str) -> str:
    """Return the clause of ``evidence`` that speaks of ``claim``; all of it if none does alone."""
    pieces = clauses(evidence)
    if len(pieces) < 2 or len(clauses(claim)) > 1:
        return evidence
    whole = share(claim, evidence)
    best = max(pieces, key=lambda piece: share(claim, piece))
    return best if whole and share(claim, best) >= whole - 0.1 else evidence
