"""Bare Tantivy: one field of title and text, English stemmer, every word of the question asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from engines import TOP, Engine, Find, Material
from material.records import Entry

WORD = re.compile(r"\w+")
_HEAP = 200_000_000


def add_entries(folder: Path, entries: Iterable[Entry], *, first: int = 0) -> None:
    """Add ``entries``, numbered from ``first`` on, to the index in ``folder``; make one if need be."""
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("body", tokenizer_name="en_stem")
    schema.add_unsigned_field("number", stored=True)
    folder.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(schema.build(), path=str(folder))
    writer = index.writer(heap_size=_HEAP, num_threads=1)
    for number, entry in enumerate(entries, first):
        writer.add_document(tantivy.Document(body=[entry.whole], number=[number]))
    writer.commit()
    writer.wait_merging_threads()


def open_folder(folder: Path) -> Find:
    """Open the index in ``folder``."""
    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english"))
    stem = builder.build().analyze

    def find(question: str) -> list[int]:
        terms = dict.fromkeys(term for word in WORD.findall(question) for term in stem(word))
        parts = [
            (tantivy.Occur.Should, tantivy.Query.term_query(index.schema, "body", term))
            for term in terms
        ]
        hits = searcher.search(tantivy.Query.boolean_query(parts), limit=TOP, count=False).hits
        return [searcher.doc(address)["number"][0] for _, address in hits]

    return find


def _build(material: Material) -> None:
    add_entries(material.folder, material.iter_entries())


@contextmanager
def _open(material: Material) -> Iterator[Find]:
    yield open_folder(material.folder)


BARE = Engine("Tantivy, bare", _build, _open)
