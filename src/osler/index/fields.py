"""What the index stores of a passage, and under which names. Knows nothing of folders or of queries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import tantivy

from osler.index.analysis import ANALYZER, fold_for_index
from osler.index.protocol import IndexRow

SCHEMA: Final = 1
"""Grows with every change of the fields below; an index with another number is not opened."""

SEARCHED: Final = (("text", 1.0), ("title", 0.5), ("headings", 0.3), ("substances", 0.3))
"""Fields that a search reads, and what a word counts there."""

EXACT: Final = {"headings_exact": "headings", "substances_exact": "substances"}
"""Fields that hold a whole heading or substance as one term."""

FILTERED: Final = ("scope", "kind", "design")
KEYS: Final = ("key_passage", "key_source", "key_rest")
NAMES: Final = "names"
YEAR: Final = "year"
SEQUENCE: Final = "sequence"
FIELDS: Final = (*(name for name, _ in SEARCHED), *EXACT, *FILTERED, YEAR, SEQUENCE, *KEYS, NAMES)
"""Every field, in the order of the schema."""

_CONTENT_ID: Final = re.compile("(psg|src)_[0-9a-f]{20}")
_NAMED: Final = 1 << 32
"""Value of ``key_rest`` that says: the ids are not made from content, read them from ``names``."""
_SEPARATOR: Final = "\x1f"


def build_schema() -> tantivy.Schema:
    """Return the schema of the index.

    Ids are 80-bit numbers: three number columns are read for fifty hits in a tenth of the time that fifty
    stored documents take.
    """
    builder = tantivy.SchemaBuilder()
    for name, _ in SEARCHED:
        builder.add_text_field(name, tokenizer_name=ANALYZER, index_option="position")
    for name in (*EXACT, *FILTERED):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(YEAR, indexed=True, fast=True)
    for name in (SEQUENCE, *KEYS):
        builder.add_unsigned_field(name, fast=True)
    builder.add_text_field(NAMES, stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def make_document(row: IndexRow) -> tantivy.Document:
    """Return ``row`` as the index stores it."""
    document = tantivy.Document()
    document.add_text("text", fold_for_index(row.text))
    document.add_text("title", fold_for_index(row.title))
    for name, values in (("headings", row.headings), ("substances", row.substances)):
        for value in dict.fromkeys(fold_for_index(value) for value in values):
            document.add_text(name, value)
            document.add_text(f"{name}_exact", value)
    for name, value in zip(FILTERED, (row.scope, row.kind, row.design), strict=True):
        document.add_text(name, value)
    document.add_unsigned(YEAR, max(row.year, 0))
    document.add_unsigned(SEQUENCE, row.sequence)
    _add_ids(document, row.passage, row.source)
    return document


def _add_ids(document: tantivy.Document, passage: str, source: str) -> None:
    if _CONTENT_ID.fullmatch(passage) and _CONTENT_ID.fullmatch(source):
        numbers = (int(passage[4:20], 16), int(source[4:20], 16), int(passage[20:] + source[20:], 16))
    else:
        numbers = (0, 0, _NAMED)
        document.add_text(NAMES, f"{passage}{_SEPARATOR}{source}")
    for name, number in zip(KEYS, numbers, strict=True):
        document.add_unsigned(name, number)


def read_ids(
    searcher: tantivy.Searcher, addresses: Sequence[tantivy.DocAddress]
) -> list[tuple[str, str]]:
    """Return passage id and source id of every document in ``addresses``, in their order."""
    places = list(addresses)
    columns = [searcher.fast_field_values(name, places) for name in KEYS]
    found: list[tuple[str, str]] = []
    for place, passage, source, rest in zip(places, *columns, strict=True):
        if rest == _NAMED:
            names = str(searcher.doc(place)[NAMES][0])
            first, _, second = names.partition(_SEPARATOR)
            found.append((first, second))
        else:
            tail = f"{rest:08x}"
            found.append((f"psg_{passage:016x}{tail[:4]}", f"src_{source:016x}{tail[4:]}"))
    return found


def read_rows(searcher: tantivy.Searcher) -> list[tuple[str, int]]:
    """Return passage id and sequence of every passage, in order of sequence."""
    found = searcher.search(
        tantivy.Query.all_query(), limit=max(searcher.num_docs, 1), count=False, order_by_field=SEQUENCE
    ).hits
    ids = read_ids(searcher, [address for _, address in found])
    return [(passage, int(sequence)) for (passage, _), (sequence, _) in zip(ids, found, strict=True)][
        ::-1
    ]
