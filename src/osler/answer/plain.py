"""The reader-level rendering of statements: the same words, with plain ones in square brackets.

Needs no language model, so nothing can be said looser than the source says it: text, citations, figures
and hedges stay as they are, and what is added stands in brackets that can be taken out again. Each hard
term is explained once in an answer, where it first stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from osler.answer.definitions import Definition
from osler.answer.frequencies import find_frequencies
from osler.answer.hard_terms import find_hard_terms
from osler.model.answer import Explained
from osler.model.reader import Reader
from osler.model.statement import Insertion, insert
from osler.text.terms import find_abbreviations

EXPLAINED_TO: Final = frozenset({Reader.PATIENT, Reader.STUDENT, Reader.NURSE})
"""Readers whose statements get words in brackets; the others read the sources' words."""
COUNTED_FOR: Final = frozenset({Reader.PATIENT})
OPENED_FOR: Final = frozenset({Reader.PATIENT, Reader.STUDENT})
_SHORT_FORM: Final = re.compile(r"(?<![\w-])[A-Za-z]*[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]*(?![\w-])")
_ARTICLES: Final = frozenset({"", "a ", "the "})
_BRACKET: Final = re.compile(r" [(\[]")


class PlainWords:
    """Puts plain words beside hard ones, statement by statement, in the order in which they are read."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._explained: list[Explained] = []
        self._known: set[str] = set()
        self._opened: set[str] = set()
        self._added: list[str] = []

    @property
    def glossary(self) -> tuple[Explained, ...]:
        """What was explained so far, each term as it is written where it first stands."""
        return tuple(self._explained)

    @property
    def asides(self) -> str:
        """Everything that was put in brackets so far."""
        return " ".join(self._added)

    def render(self, text: str, long_forms: Mapping[str, str]) -> str | None:
        """Return ``text`` with plain words in brackets, or None where it needs none.

        Args:
            text: A statement's text.
            long_forms: What abbreviations stand for in the statement's own source.
        """
        if self._reader not in EXPLAINED_TO:
            return None
        added = [*self._terms(text), *self._abbreviations(text, long_forms)]
        if self._reader in COUNTED_FOR:
            added += [(found.offset, found.text) for found in find_frequencies(text)]
        self._added += [words for _, words in added]
        return _with(text, added) if added else None

    def explain(self, text: str) -> None:
        """Add the hard terms of words that are printed beside statements to the glossary."""
        for term in find_hard_terms(text, self._reader):
            self._is_new(term.definition, text[term.start : term.end])

    def _terms(self, text: str) -> Iterable[tuple[int, str]]:
        for term in find_hard_terms(text, self._reader):
            written = text[term.start : term.end]
            if self._is_new(term.definition, written) and term.offset >= 0:
                plain = term.definition.plain
                named = term.apart and term.definition.is_abbreviation
                yield term.offset, f"{written} = {plain}" if named else plain

    def _is_new(self, definition: Definition, written: str) -> bool:
        """Tell whether something is explained for the first time.

        Terms that mean the same are one, and so are an abbreviation and the long form it opens into.
        """
        meanings = _meanings(definition, self._reader)
        is_new = not meanings & self._known
        self._known |= meanings
        if not is_new:
            return False
        self._explained.append(Explained(written, definition.plain))
        return True

    def _abbreviations(self, text: str, long_forms: Mapping[str, str]) -> Iterable[tuple[int, str]]:
        """Yield the long forms of abbreviations that no statement so far has explained."""
        if self._reader not in OPENED_FOR:
            return
        self._opened |= {pair.short for pair in find_abbreviations(text)}
        for found in _SHORT_FORM.finditer(text):
            short = found.group()
            long = long_forms.get(short, "")
            in_glossary = any(known.term == short for known in self._explained)
            explained = _BRACKET.match(text, found.end()) is not None or long in text
            if long and short not in self._opened and not in_glossary and not explained:
                self._opened.add(short)
                yield found.end(), self._opened_as(short, long)

    def _opened_as(self, short: str, long: str) -> str:
        """Return a long form, with its plain words where it is a hard term as a whole."""
        for term in find_hard_terms(long, self._reader):
            whole = (term.start, term.end) == (0, len(long))
            if whole and self._is_new(term.definition, short):
                return f"{long}: {term.definition.plain}"
        return long


@lru_cache(maxsize=4096)
def _meanings(definition: Definition, reader: Reader) -> frozenset[str]:
    """Return the plain words of a row, and those of the long form that an abbreviation opens into."""
    plain = definition.plain
    if not definition.is_abbreviation:
        return frozenset({plain})
    opened = (term for term in find_hard_terms(plain, reader) if plain[: term.start] in _ARTICLES)
    return frozenset({plain, *(term.definition.plain for term in opened)})


def _with(text: str, added: Iterable[tuple[int, str]]) -> str:
    """Return ``text`` with words at their offsets; those for one place share a bracket."""
    places: dict[int, list[str]] = {}
    for offset, words in sorted(added):
        places.setdefault(offset, []).append(words)
    insertions = tuple(Insertion(offset, "; ".join(words)) for offset, words in places.items())
    return insert(text, insertions)
