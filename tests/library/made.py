"""Records and libraries made for these tests: invented sentences, ids that no database gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from osler.library.ingest import add_items
from osler.library.report import Report
from osler.model.passage import Role
from osler.model.record import Block, Item, Record
from osler.model.source import Design, Kind, Source
from osler.store import Store, open_store

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def make_source(number: int, **fields: Any) -> Source:
    """A source ``pmid:<number>`` with any field set otherwise."""
    if not fields:
        return _make(number)
    return replace(_make(number), **fields)


def _make(number: int, revision: str = "") -> Source:
    return Source(
        key=f"pmid:{number}",
        kind=Kind.RESEARCH,
        design=Design.COHORT,
        title=f"Testamab in invented disease {number}",
        authors=("Sample A", "Example B"),
        container="Journal of Made Examples",
        year=2020,
        date="2020-05",
        pmid=str(number),
        revision=revision,
    )


def make_small(number: int, text: str, revision: str) -> Record:
    """A record as ``make_record`` makes it, quickly: for the tests that need a great many."""
    return Record(_make(number, revision), (Block(text),))


def make_record(number: int, text: str = "", **fields: Any) -> Record:
    """A record with an abstract of two blocks, or with ``text`` alone."""
    source = make_source(number, **fields)
    if text:
        return Record(source, (Block(text),))
    return Record(
        source,
        (
            Block(
                f"We gave testamab to {number} people with made-up syndrome (MUS).",
                Role.METHODS,
                "METHODS",
            ),
            Block(f"MUS resolved in {number} of {number + 3} people.", Role.RESULTS, "RESULTS"),
        ),
    )


@contextmanager
def open_library(folder: Path, *, create: bool = True, wait_s: float = 1.0) -> Iterator[Store]:
    """The library in ``folder``."""
    with open_store(folder / "osler.db", create=create, wait_s=wait_s, holder="osler test") as store:
        yield store


def add(store: Store, items: Iterable[Item], *, origin: str = "made", **named: Any) -> Report:
    """Add ``items`` at the time of these tests."""
    return add_items(store, items, origin=origin, now=NOW, **named)
