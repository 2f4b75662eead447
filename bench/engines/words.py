"""Word search elsewhere: SQLite's full-text index, and bm25s."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

from engines import TOP, Engine, Find, Material

WORD = re.compile(r"\w+")


def _build_fts5(material: Material) -> None:
    with closing(sqlite3.connect(material.folder / "fts.db")) as database:
        database.execute(
            "CREATE VIRTUAL TABLE t USING fts5(body, tokenize = 'porter unicode61', content='')"
        )
        rows = ((number, entry.whole) for number, entry in enumerate(material.iter_entries()))
        database.executemany("INSERT INTO t(rowid, body) VALUES (?, ?)", rows)
        database.execute("INSERT INTO t(t) VALUES ('optimize')")
        database.commit()


@contextmanager
def _open_fts5(material: Material) -> Iterator[Find]:
    query = f"SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT {TOP}"
    with closing(sqlite3.connect(material.folder / "fts.db")) as database:

        def find(question: str) -> list[int]:
            match = " OR ".join(f'"{word}"' for word in dict.fromkeys(WORD.findall(question)))
            return [int(row[0]) for row in database.execute(query, (match,))]

        yield find


def _build_bm25s(material: Material) -> None:
    from osler.evaluate.baseline import PlainBM25

    PlainBM25([entry.whole for entry in material.iter_entries()]).save(material.folder)


@contextmanager
def _open_bm25s(material: Material) -> Iterator[Find]:
    import bm25s
    import numpy
    import Stemmer

    from osler.text.normalise import STOP_WORDS

    index = bm25s.BM25.load(str(material.folder))
    stem = Stemmer.Stemmer("english").stemWords

    def find(question: str) -> list[int]:
        words = [word for word in WORD.findall(question.lower()) if word not in STOP_WORDS]
        scores = index.get_scores(stem(words))
        best = numpy.argpartition(-scores, TOP)[:TOP]
        return [int(place) for place in best[numpy.lexsort((best, -scores[best]))]]

    yield find


FTS5 = Engine("SQLite FTS5", _build_fts5, _open_fts5)
BM25S = Engine("bm25s", _build_bm25s, _open_bm25s, needs=("bm25s", "Stemmer"))
