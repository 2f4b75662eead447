"""The library as such: what is in it, what failed, its state, backups, and its index."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from osler.ids import content_id
from osler.library import reindex
from osler.service.records import source_document
from osler.service.wiring import Desk


def status(desk: Desk) -> dict[str, Any]:
    """Return counts, state and place of the library."""
    return {
        "home": str(desk.settings.home),
        "sources": desk.store.count_sources(),
        "newest_evidence": desk.store.newest_evidence_date(),
        "counts": desk.store.counts(),
        "failures": len(desk.store.failures()),
        "snapshot": desk.store.snapshot(),
        "index_findings": reindex.verify(desk.store, desk.settings.index),
    }


def sources(desk: Desk) -> list[dict[str, Any]]:
    """Return the bibliographic record of every source that may be read, by key."""
    ids = [content_id("src", standing.key) for standing in desk.store.iter_standings()]
    found = desk.store.sources(ids)
    return [
        source_document(found[item])
        for item in ids
        if item in found and found[item].scope in desk.scopes
    ]


def failures(desk: Desk) -> list[dict[str, Any]]:
    """Return every item that failed and has not succeeded since, with its reason and next step."""
    return [
        {
            "item": failure.item,
            "code": failure.code,
            "reason": failure.reason,
            "hint": failure.hint,
            "origin": failure.origin,
            "tries": failure.tries,
            "next_try": failure.next_try,
        }
        for failure in desk.store.failures()
    ]


def snapshot(desk: Desk) -> str:
    """Return the digest that names the state of the library."""
    return desk.store.snapshot()


def backup(desk: Desk, file: Path) -> dict[str, Any]:
    """Write the whole library to ``file``."""
    desk.store.backup(file)
    return {"backup": str(file), "bytes": file.stat().st_size, "snapshot": desk.store.snapshot()}


def restore(desk: Desk, file: Path) -> dict[str, Any]:
    """Put the library of ``file`` in place of this one, and index it.

    Raises:
        InputError: The file is no backup of a library.
    """
    desk.store.restore(file)
    reindex.rebuild(desk.store, desk.settings.index)
    return {
        "restored": str(file),
        "sources": desk.store.count_sources(),
        "snapshot": desk.store.snapshot(),
    }


def rebuild_index(
    desk: Desk, *, progress: Callable[[int, int | None, str], None] | None = None
) -> dict[str, Any]:
    """Build the search index anew from the database."""

    def indexed(count: int) -> None:
        if progress is not None:
            progress(count, None, "passages")

    manifest = reindex.rebuild(desk.store, desk.settings.index, progress=indexed)
    return {"passages": manifest.passages, "index": str(desk.settings.index)}


def verify_index(desk: Desk) -> dict[str, Any]:
    """Return what differs between the index and the library."""
    findings = reindex.verify(desk.store, desk.settings.index)
    return {"matches": not findings, "findings": findings}
