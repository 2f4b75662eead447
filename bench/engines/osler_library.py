"""Osler: its index alone, and a search as every surface asks it, without vectors and with them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engines import TOP, Engine, Find, Material
from osler.ids import content_id
from osler.service.wiring import Desk, open_desk

_HOME = "home"
_READS_VECTORS = "osler.index.dense"


def environment(home: Path) -> dict[str, str]:
    """Return the settings of a library in ``home`` that never asks the network."""
    return {"OSLER_HOME": str(home), "OSLER_OFFLINE": "1"}


def read_vectors_so_far() -> bool:
    """Tell whether this process has opened vectors: without them a search is one for words."""
    return _READS_VECTORS in sys.modules


def _fill(material: Material) -> None:
    """Fill a library with the passages, a source each, through the service, unless one before did."""
    from osler.service.add import add

    if (material.folder / _HOME).exists():
        return
    lines = material.folder / "records.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for number, entry in enumerate(material.iter_entries()):
            row = {
                "id": f"peer:{number}",
                "url": f"urn:peer:{number}",
                "title": entry.title,
                "text": entry.text,
            }
            file.write(json.dumps(row) + "\n")
    with open_desk(environment(material.folder / _HOME), create=True, holder="bench") as desk:
        report = add(desk, [str(lines)])
        if report.failed:
            raise SystemExit(f"{report.failed} records failed: {desk.store.failures()[0]}")
    lines.unlink()


def _fill_with_vectors(material: Material) -> None:
    import numpy

    from material.vectors import KnownVectors
    from osler.index.dense_embed import embed
    from osler.library.reindex import StoredRows
    from osler.service.models import vectors_folder

    _fill(material)
    home = material.folder / _HOME
    (home / "models").symlink_to(material.models / "models")
    model = material.open_model()
    texts = [
        f"{entry.title}\n{entry.text}" if entry.title else entry.text
        for entry in material.iter_entries()
    ]

    def one(text: str) -> numpy.ndarray:
        return model.embed_passages([text])[0]

    known = KnownVectors(model.model, texts, numpy.load(material.vectors), one)
    with open_desk(environment(home), holder="bench") as desk:
        folder, library = vectors_folder(desk.settings), desk.store.identity()
        embed(StoredRows(desk.store), folder, known, library=library)


@contextmanager
def _open_desk(material: Material) -> Iterator[tuple[Desk, dict[str, int]]]:
    with open_desk(environment(material.folder / _HOME), holder="bench") as desk:
        count = sum(1 for _ in material.staged.open("rb"))
        yield desk, {content_id("src", f"json:peer:{number}"): number for number in range(count)}


@contextmanager
def _open_index(material: Material) -> Iterator[Find]:
    from engines.bare_tantivy import WORD
    from osler.index.protocol import Clause, Filters

    public = Filters(frozenset({"public"}))
    with _open_desk(material) as (desk, places):

        def find(question: str) -> list[int]:
            clauses = [Clause((word,)) for word in WORD.findall(question)]
            hits = desk.index.search(clauses, filters=public, top=TOP)
            return list(dict.fromkeys(places[hit.source] for hit in hits))

        yield find


@contextmanager
def _open_search(material: Material) -> Iterator[Find]:
    from osler.service.search import search

    with _open_desk(material) as (desk, places):

        def find(question: str) -> list[int]:
            hits = search(desk, question, top=TOP).hits
            return list(dict.fromkeys(places[hit.source.id] for hit in hits))

        yield find


@contextmanager
def _open_hybrid(material: Material) -> Iterator[Find]:
    with _open_search(material) as find:
        find("warfarin")
        if not read_vectors_so_far():
            print("Osler, words and vectors: `service.search` reads no vectors yet", file=sys.stderr)
        yield find


OSLER_INDEX = Engine("Osler, the index", _fill, _open_index, kept=f"{_HOME}/index/**/*", shares="osler")
OSLER_SEARCH = Engine("Osler, a search as every surface asks it", _fill, _open_search, shares="osler")
OSLER_BOTH = Engine(
    "Osler, a search with vectors",
    _fill_with_vectors,
    _open_hybrid,
    needs=("onnxruntime", "tokenizers"),
    shares="osler",
)
