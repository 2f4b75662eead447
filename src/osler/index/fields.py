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

WORDS: Final = "words"
"""Everything that is said of a passage: its text, then title, headings and substances of its source.

One field, not four: a word then has one list of passages and one rarity. Measured against a sum over
fields, it ranks better and the search takes half the time.
"""

COUNTED: Final = {
    "text": WORDS,
    "title": "title",
    "headings": "headings",
    "substances": "substances",
    "headings_exact": "headings_exact",
    "substances_exact": "substances_exact",
}
"""Names under which passages can be counted, and the fields that are counted."""

EXACT: Final = ("headings_exact", "substances_exact")
"""Fields that hold a whole heading or substance as one term."""

FILTERED: Final = ("scope", "kind", "design")
KEYS: Final = ("key_passage", "key_source", "key_rest")
NAMES: Final = "names"
YEAR: Final = "year"
SEQUENCE: Final = "sequence"
FIELDS: Final = (*COUNTED.values(), *FILTERED, YEAR, SEQUENCE, *KEYS, NAMES)
"""Every field, in the order of the schema."""

_CONTENT_ID: Final = re.compile("(psg|src)_[0-9a-f]{20}")
_NAMED: Final = 1 << 32
"""Value of ``key_rest`` that says: the ids are not made from content, read them from ``names``."""
_SEPARATOR: Final = "\x1f"


def build_schema() -> tantivy.Schema:
    """Return the schema of the index.

    Ids are 80-bit numbers: for fifty hits, three columns of numbers are read in a fraction of the
    time that fifty stored documents take.
    """
    builder = tantivy.SchemaBuilder()
    for name in COUNTED.values():
        if name not in EXACT:
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
    document.add_text(WORDS, fold_for_index(row.text))
    for name, values in (
        ("title", (row.title,)),
        ("headings", row.headings),
        ("substances", row.substances),
    ):
        # Values of one field lie apart: no phrase reaches from one into the next.
        for value in filter(None, dict.fromkeys(map(fold_for_index, values))):
            document.add_text(WORDS, value)
            document.add_text(name, value)
            if f"{name}_exact" in EXACT:
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
