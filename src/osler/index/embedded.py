"""The embedded index: built beside the old one, swapped in one step, caught up by what is new.

A folder holds ``manifest.json`` and the generation of segments that it names. A reader that has an
older generation open keeps its files; a build that is killed leaves an unnamed generation, which the
next build removes. Never decides what is in the library: it indexes the rows that it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import tantivy

from osler.errors import IndexMismatchError
from osler.index.fields import SEQUENCE, number_document, read_rows, write_document
from osler.index.manifest import Manifest, require_manifest, save_manifest, sync_folder
from osler.index.protocol import IndexRow, Rows
from osler.index.reader import EmbeddedIndex
from osler.index.segments import (
    ONE_THREAD,
    WRITER_BYTES,
    create,
    next_generation,
    open_generation,
    remove_others,
    sync_files,
    translated,
)

Progress = Callable[[int], None]
"""Called with the number of passages indexed so far."""

_REPORT_EVERY: Final = 500


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """What ``catch_up`` did: how many passages it added, and whether it built the index anew."""

    added: int
    rebuilt: bool


def rebuild(
    rows: Rows, folder: Path, *, progress: Progress | None = None, library: str = ""
) -> Manifest:
    """Build the index of all ``rows`` beside the present one, then swap it in by one rename.

    Raises:
        LibraryError: The disk is full or refuses, or another process builds.
    """
    last = rows.last_sequence()
    with translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
        generation = next_generation(folder)
        index = create(generation)
        count = _add(index, _up_to(rows.iter_index_rows(), last), progress)
        sync_files(generation)
        sync_folder(folder)
    manifest = Manifest(generation=generation.name, sequence=last, passages=count, library=library)
    save_manifest(manifest, folder)
    remove_others(folder, keep=generation.name)
    return manifest


def catch_up(
    rows: Rows, folder: Path, *, progress: Progress | None = None, library: str = ""
) -> CaughtUp:
    """Bring the index to the newest change of ``rows``; add what is new, or rebuild after a removal.

    Rebuilds as well when there is no index or it was built by other rules. After a kill the same call
    finishes the work: what the segments already hold is read from them, not from the manifest.

    Raises:
        LibraryError: The disk is full or refuses, or another process builds.
    """
    try:
        manifest = require_manifest(folder, sequence=None, library=library)
        index = open_generation(folder, manifest)
    except IndexMismatchError:
        return CaughtUp(rebuild(rows, folder, progress=progress, library=library).passages, rebuilt=True)
    last = rows.last_sequence()
    if last == manifest.sequence:
        return CaughtUp(0, rebuilt=False)
    held = max(manifest.sequence, _newest_sequence(index))
    # After a kill the segments may hold more than the manifest says: nothing of that may be gone either.
    if last < held or any(rows.removed_since(known) for known in {manifest.sequence, held}):
        return CaughtUp(rebuild(rows, folder, progress=progress, library=library).passages, rebuilt=True)
    with translated(folder):
        added = _add(index, _up_to(rows.iter_index_rows(after=held), last), progress)
        index.reload()
        passages = index.searcher().num_docs
    save_manifest(replace(manifest, sequence=last, passages=passages), folder)
    return CaughtUp(added, rebuilt=False)


def open_index(folder: Path, *, sequence: int | None, library: str | None = None) -> EmbeddedIndex:
    """Open the index for reading.

    Args:
        folder: Folder of the index.
        sequence: Newest change of the library, which the index must hold; None opens it at any state.
        library: Identity of the library, which must be the index's; None opens any.

    Raises:
        IndexMismatchError: There is no index here, or it does not match.
    """
    manifest = require_manifest(folder, sequence=sequence, library=library)
    try:
        return EmbeddedIndex(open_generation(folder, manifest))
    except IndexMismatchError:
        # A swap may have come between reading the manifest and opening what it names.
        again = require_manifest(folder, sequence=sequence, library=library)
        if again == manifest:
            raise
        return EmbeddedIndex(open_generation(folder, again))


def verify(rows: Rows, folder: Path) -> list[str]:
    """Return what is wrong with the index, one finding a line; empty when it holds exactly ``rows``."""
    try:
        manifest = require_manifest(folder, sequence=None, library=None)
        index = open_generation(folder, manifest)
    except IndexMismatchError as fault:
        return [fault.message]
    findings: list[str] = []
    last = rows.last_sequence()
    if manifest.sequence != last:
        findings.append(f"the index holds change {manifest.sequence}, the library is at {last}")
    with translated(folder):
        held = read_rows(index.searcher())
    expected = {row.passage: row.sequence for row in rows.iter_index_rows()}
    seen: dict[str, int] = {}
    for passage, sequence in held:
        if passage in seen:
            findings.append(f"{passage} is indexed twice")
        seen[passage] = sequence
    findings += [f"{passage} is not indexed" for passage in expected.keys() - seen.keys()]
    findings += [
        f"{passage} is indexed and not in the library" for passage in seen.keys() - expected.keys()
    ]
    findings += [
        f"{passage} is indexed as of change {seen[passage]}, the library has {sequence}"
        for passage, sequence in expected.items()
        if seen.get(passage, sequence) != sequence
    ]
    if manifest.passages != len(held):
        findings.append(f"the manifest says {manifest.passages} passages, the segments hold {len(held)}")
    return sorted(findings)


def _add(index: tantivy.Index, rows: Iterable[IndexRow], progress: Progress | None) -> int:
    """Index ``rows`` in one commit, so that a kill leaves either all of them or none."""
    writer = index.writer(heap_size=WRITER_BYTES, num_threads=ONE_THREAD)
    count = 0
    try:
        for row in rows:
            writer.add_json(number_document(write_document(row), row.sequence))
            count += 1
            if progress is not None and count % _REPORT_EVERY == 0:
                progress(count)
        writer.commit()
    except BaseException:
        # An interrupt as well: nothing half-written may be committed by a later call.
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
    if progress is not None:
        progress(count)
    return count


def _up_to(rows: Iterable[IndexRow], last: int) -> Iterator[IndexRow]:
    """Yield ``rows`` up to change ``last``: what comes meanwhile waits for the next call."""
    for row in rows:
        if row.sequence > last:
            return
        yield row


def _newest_sequence(index: tantivy.Index) -> int:
    hits = index.searcher().search(
        tantivy.Query.all_query(), limit=1, count=False, order_by_field=SEQUENCE
    )
    return max((int(value) for value, _ in hits.hits), default=0)
