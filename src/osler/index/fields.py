"""What the index stores of a passage, and under which names. Knows nothing of folders or of queries."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

import tantivy

from osler.index.analysis import ANALYZER, name_for_index, stem_for_index
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

encode: Final = json.JSONEncoder(ensure_ascii=False).encode


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


def write_document(row: IndexRow) -> str:
    """Return ``row`` as the index stores it, all but its sequence: an open JSON object.

    Text, so that another process can make it and the engine alone takes it apart. Folded terms hold
    letters, digits and points, and nothing that JSON would have to escape.
    """
    title = stem_for_index(row.title)
    headings, substances = _distinct(row.headings), _distinct(row.substances)
    # Values of one field lie apart: no phrase reaches from one into the next.
    said = [stem_for_index(row.text), *([title] if title else [])]
    said += [stemmed for _, stemmed in (*headings, *substances)]
    passage, source, rest, names = _number_ids(row.passage, row.source)
    return (
        f'{{"{WORDS}":{_values(said)},"title":{_values([title])}'
        f',"headings":{_values([stemmed for _, stemmed in headings])}'
        f',"headings_exact":{_values([folded for folded, _ in headings])}'
        f',"substances":{_values([stemmed for _, stemmed in substances])}'
        f',"substances_exact":{_values([folded for folded, _ in substances])}'
        f'{_filtered(row.scope, row.kind, row.design)},"{YEAR}":{max(row.year, 0)}'
        f',"key_passage":{passage},"key_source":{source},"key_rest":{rest}{names},"{SEQUENCE}":'
    )


def number_document(document: str, sequence: int) -> str:
    """Return what ``write_document`` gave, with the sequence that the library gave the passage."""
    return f"{document}{sequence}}}"


def _distinct(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return ``names`` folded and stemmed, without those that fold to the same or to nothing."""
    if not names:
        return []
    found = {folded: (folded, stemmed) for folded, stemmed in map(name_for_index, names) if folded}
    return list(found.values())


def _values(terms: Iterable[str]) -> str:
    joined = '","'.join(terms)
    return f'["{joined}"]' if joined else "[]"


@lru_cache(maxsize=4096)
def _filtered(*values: str) -> str:
    """Return the fields of ``FILTERED`` as JSON; there are few combinations of them."""
    return "".join(f',"{name}":{encode(value)}' for name, value in zip(FILTERED, values, strict=True))


def _number_ids(passage: str, source: str) -> tuple[int, int, int, str]:
    """Return both ids in three numbers, and a field with their names where they are no such numbers."""
    if _CONTENT_ID.fullmatch(passage) and _CONTENT_ID.fullmatch(source):
        return int(passage[4:20], 16), int(source[4:20], 16), int(passage[20:] + source[20:], 16), ""
    names = encode(f"{passage}{_SEPARATOR}{source}")
    return 0, 0, _NAMED, f',"{NAMES}":{names}'


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
