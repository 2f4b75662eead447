"""LanceDB: its own full-text index, vectors scanned and by its own index, and both by its own fusion.

Everything is left at the package's defaults but the metric: vectors have length one. The index of
vectors is built as its documentation asks, with one partition for every 4,096 rows at least.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from engines import TOP, Engine, Find, Material

os.environ["LANCEDB_LOG"] = "error"  # read when the package is loaded; else each search warns
_TABLE = "passages"
_AT_ONCE = 5000


def _create(material: Material, *, words: bool, vectors: bool, index: bool = False) -> None:
    """Make the table, with the indexes that are asked for."""
    import lancedb
    import numpy
    import pyarrow

    columns: dict[str, Any] = {
        "number": pyarrow.int64(),
        "body": pyarrow.string(),
    }
    rows: Any = numpy.load(material.vectors, mmap_mode="r") if vectors else None
    if vectors:
        columns["vector"] = pyarrow.list_(pyarrow.float32(), rows.shape[1])
    schema = pyarrow.schema(list(columns.items()))

    def batches() -> Iterator[Any]:
        whole = [entry.whole for entry in material.iter_entries()]
        for at in range(0, len(whole), _AT_ONCE):
            part = whole[at : at + _AT_ONCE]
            arrays: list[Any] = [
                pyarrow.array(range(at, at + len(part)), pyarrow.int64()),
                pyarrow.array(part, pyarrow.string()),
            ]
            if vectors:
                flat = pyarrow.array(rows[at : at + len(part)].reshape(-1))
                arrays.append(pyarrow.FixedSizeListArray.from_arrays(flat, rows.shape[1]))
            yield pyarrow.RecordBatch.from_arrays(arrays, schema=schema)

    reader = pyarrow.RecordBatchReader.from_batches(schema, batches())
    table = lancedb.connect(material.folder).create_table(_TABLE, reader)
    if words:
        table.create_fts_index("body")
    if index:
        table.create_index(metric="dot")


@contextmanager
def _open_words(material: Material) -> Iterator[Find]:
    import lancedb

    table = lancedb.connect(material.folder).open_table(_TABLE)

    def find(question: str) -> list[int]:
        asked = table.search(question, query_type="fts", fts_columns="body")
        return _numbers(asked.select(["number"]).limit(TOP))

    yield find


@contextmanager
def _open_vectors(material: Material) -> Iterator[Find]:
    import lancedb

    table = lancedb.connect(material.folder).open_table(_TABLE)
    model = material.open_model()

    def find(question: str) -> list[int]:
        asked = table.search(model.embed_question(question)).distance_type("dot")
        return _numbers(asked.select(["number"]).limit(TOP))

    yield find


@contextmanager
def _open_both(material: Material) -> Iterator[Find]:
    import lancedb
    from lancedb.rerankers import RRFReranker

    table = lancedb.connect(material.folder).open_table(_TABLE)
    model = material.open_model()
    fusion = RRFReranker()

    def find(question: str) -> list[int]:
        asked = table.search(query_type="hybrid", fts_columns="body").text(question)
        asked = asked.vector(model.embed_question(question)).distance_type("dot")
        return _numbers(asked.rerank(fusion).select(["number"]).limit(TOP))

    yield find


def _numbers(query: Any) -> list[int]:
    return [int(number) for number in query.to_arrow().column("number").to_pylist()]


LANCE_WORDS = Engine(
    "LanceDB, words",
    lambda material: _create(material, words=True, vectors=False),
    _open_words,
    needs=("lancedb",),
)
LANCE_SCAN = Engine(
    "LanceDB, vectors scanned",
    lambda material: _create(material, words=False, vectors=True),
    _open_vectors,
    needs=("lancedb",),
)
LANCE_INDEX = Engine(
    "LanceDB, vectors by its index (IVF-PQ)",
    lambda material: _create(material, words=False, vectors=True, index=True),
    _open_vectors,
    needs=("lancedb",),
)
LANCE_BOTH = Engine(
    "LanceDB, both (RRF)",
    lambda material: _create(material, words=True, vectors=True),
    _open_both,
    needs=("lancedb",),
)
