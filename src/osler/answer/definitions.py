"""The glossary: hard terms of medicine and what each means in plain words.

Written for Osler and kept by hand in ``glossary/*.tsv``, one file for each field. The first lines of a
file begin with ``# ``; one of them names the readers it is for. A row has up to four cells, between
tabs:

1. the term, its other forms after ``|``; plurals and British or American spellings need none of their
   own;
2. the plain words, as they stand in brackets: few, without a figure, a hedge or another hard term;
3. ``noun`` (the default: the name ends with the term, so that nothing may be put between it and a word
   that goes on with the name), ``plural`` (a noun in the plural alone: ``diuretics``, whose singular is
   an adjective as well), or ``word`` (an adjective, a participle or an abbreviation, whatever follows);
4. words of which the sentence must hold one, for a term that has another sense elsewhere.

A term with two senses that no word beside it tells apart is left out. Knows no text and no reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

from osler.model.reader import Reader
from osler.text.kept import FEW_WORDS
from osler.text.names import key_word

PIECE: Final = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
"""One piece of a term; hyphens and white space stand between pieces and are compared as one."""
_SEVERAL_CAPITALS: Final = 2
_READERS: Final = "# readers: "
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """One row of the glossary.

    Attributes:
        terms: The term and its other forms, as written in the table.
        plain: What it means, in plain words.
        readers: For whom it is a hard term.
        is_name: A noun: no words are put between it and what goes on with the name.
        is_plural: It counts in the plural alone.
        beside: Compared forms of words of which the sentence must hold one; empty when it has one sense.
    """

    terms: tuple[str, ...]
    plain: str
    readers: frozenset[Reader]
    is_name: bool = True
    is_plural: bool = False
    beside: frozenset[str] = frozenset()

    @property
    def is_abbreviation(self) -> bool:
        """Whether the term is one short form, written in capitals."""
        return len(PIECE.findall(self.terms[0])) == 1 and key_of(self.terms[0])[0].startswith("=")


@lru_cache(maxsize=FEW_WORDS)
def piece_keys(piece: str) -> tuple[str, ...]:
    """Return the forms under which one piece of a text may stand in the table.

    An abbreviation (two capitals, or one letter alone) is compared as written, in the plural too.
    """
    if len(piece) == 1 and piece.isupper():
        return (f"={piece}",)
    if not _is_abbreviation(piece):
        return (key_word(piece), f"={piece}") if "." in piece else (key_word(piece),)
    exact = (f"={piece}",)
    return (*exact, f"={piece[:-1]}") if piece.endswith("s") else exact


def key_of(term: str) -> Key:
    """Return the compared form of a term of the table."""
    return tuple(
        f"={piece}"
        if _is_abbreviation(piece) or (len(piece) == 1 and piece.isupper()) or "." in piece
        else key_word(piece)
        for piece in PIECE.findall(term)
    )


def _is_abbreviation(piece: str) -> bool:
    return sum(letter.isupper() for letter in piece) >= _SEVERAL_CAPITALS


@cache
def definitions(reader: Reader) -> Mapping[str, tuple[tuple[Key, str, Definition], ...]]:
    """Return what is hard for ``reader``: key, form and row by first piece, longest keys first."""
    found: dict[str, list[tuple[Key, str, Definition]]] = {}
    for definition in all_definitions():
        if reader in definition.readers:
            for term in definition.terms:
                key = key_of(term)
                found.setdefault(key[0], []).append((key, term, definition))
    return {
        first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in sorted(found.items())
    }


@cache
def all_definitions() -> tuple[Definition, ...]:
    """Return every row of every table, in the order of the file names and lines."""
    folder = files("osler.answer") / "glossary"
    tables = sorted((table for table in folder.iterdir() if table.name.endswith(".tsv")), key=_name)
    return tuple(row for table in tables for row in _rows(table.read_text("utf-8")))


def _name(table: Traversable) -> str:
    return table.name


def _rows(text: str) -> Iterator[Definition]:
    readers: frozenset[Reader] = frozenset()
    for line in text.splitlines():
        if line.startswith(_READERS):
            readers = frozenset(Reader(name) for name in line.removeprefix(_READERS).split())
        elif not line.startswith("# "):
            terms, plain, *more = line.split("\t")
            beside = more[1].split("|") if len(more) > 1 else ()
            yield Definition(
                terms=tuple(terms.split("|")),
                plain=plain,
                readers=readers,
                is_name=not more or more[0] != "word",
                is_plural=bool(more) and more[0] == "plural",
                beside=frozenset(key for word in beside for key in piece_keys(word)[:1]),
            )
