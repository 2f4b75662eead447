"""Gives every passage of the library its vector, in steps that a kill cannot undo.

Reads the library in order of its changes, one window at a time, and stores each window whole. Never
decides what is in the library, and never keeps a view of it open while a model works.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from osler.errors import IndexMismatchError
from osler.index.dense_codes import quantise
from osler.index.dense_files import (
    ROW,
    DenseManifest,
    append,
    id_bytes,
    input_text,
    load_dense_manifest,
    load_rows,
    new_manifest,
    next_names,
    open_codes,
    remove_other_files,
    save_dense_manifest,
    write_whole,
    writing,
)
from osler.index.protocol import IndexRow, Rows
from osler.providers.protocols import Embedder

Progress = Callable[[int], None]
"""Called with the number of current passages that have a vector."""

WINDOW: Final = 256
"""Passages embedded between two saves: some three seconds of work are lost at most."""

_READ_AT_ONCE: Final = 4096
_DEAD_SHARE: Final = 4
"""The files are written anew once more than one vector in so many belongs to no passage."""

_COPY_AT_ONCE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Embedded:
    """What ``embed`` did.

    Attributes:
        embedded: Passages that the model read.
        passages: Current passages that have a vector now.
        complete: Whether these are all of the library.
    """

    embedded: int
    passages: int
    complete: bool


def embed(
    rows: Rows,
    folder: Path,
    embedder: Embedder,
    *,
    library: str = "",
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> Embedded:
    """Embed what has no vector yet, and forget what is gone; the same call goes on after a kill.

    Vectors of another model or of another library are thrown away. A vector once made is kept through
    additions, removals and a restored backup, as long as its passage is there.

    Args:
        rows: The library.
        folder: Folder of the vectors.
        embedder: The model.
        library: Identity of the library.
        progress: Is told how far it is, after each window.
        stop: Asked after each window whether to stop there.

    Raises:
        LibraryError: The disk is full or refuses, or another process embeds.
    """
    with writing(folder):
        job = _Job(rows, folder, embedder, library)
        complete = job.step()
        while not complete:
            if progress is not None:
                progress(job.manifest.live)
            if stop is not None and stop():
                break
            complete = job.step()
        if progress is not None:
            progress(job.manifest.live)
        return Embedded(job.embedded, job.manifest.live, complete)


class _Job:
    """One run over the library: knows how far it has come, and which passages have a vector."""

    def __init__(self, rows: Rows, folder: Path, embedder: Embedder, library: str) -> None:
        self._rows = rows
        self._folder = folder
        self._embedder = embedder
        self.embedded = 0
        self.manifest, self._present = self._open(library)

    def step(self) -> bool:
        """Embed one window and store it; return whether nothing is left to do."""
        last = self._rows.last_sequence()
        manifest = self.manifest
        if last < max(manifest.held, manifest.checked) or self._rows.removed_since(manifest.checked):
            self._review(last)
        read, missing, held = self._read(last)
        if missing:
            self._store(missing, held=held)
        self._save(replace(self.manifest, held=held, checked=last))
        return not read and self._rows.last_sequence() == last

    def _open(self, library: str) -> tuple[DenseManifest, set[bytes]]:
        """Return the manifest to go on from, and the passages that have a vector."""
        try:
            found = load_dense_manifest(self._folder)
            if found is not None and (found.model, found.library) == (self._embedder.model, library):
                open_codes(self._folder, found)
                stored = load_rows(self._folder, found)
                return found, set(stored["passage"][stored["live"] != 0].tolist())
        except IndexMismatchError:
            pass  # what cannot be used is made anew, like vectors of another model
        fresh = new_manifest(self._folder, self._embedder.model, library=library)
        save_dense_manifest(fresh, self._folder)
        remove_other_files(self._folder, fresh)
        return fresh, set()

    def _save(self, manifest: DenseManifest) -> None:
        if manifest != self.manifest:
            save_dense_manifest(manifest, self._folder)
            self.manifest = manifest

    def _read(self, last: int) -> tuple[int, list[IndexRow], int]:
        """Return how many rows were read, those without a vector, and up to which change they reach."""
        missing: list[IndexRow] = []
        read = 0
        for row in self._rows.iter_index_rows(after=self.manifest.held):
            if row.sequence > last:
                break
            read += 1
            if _key(row) not in self._present:
                missing.append(row)
            if len(missing) == WINDOW or read == _READ_AT_ONCE:
                return read, missing, row.sequence
        return 0 if not missing else read, missing, last

    def _store(self, window: list[IndexRow], *, held: int) -> None:
        """Append the vectors of ``window``, which bring what is held up to the change ``held``."""
        vectors = self._embedder.embed_passages([input_text(row) for row in window])
        codes, scales = quantise(vectors)
        table = np.zeros(len(window), ROW)
        table["scale"] = scales
        manifest = self.manifest
        for place, row in enumerate(window):
            manifest = _describe(table, place, row, manifest)
        self._save(replace(append(self._folder, manifest, codes, table), held=held))
        self._present.update(map(_key, window))
        self.embedded += len(window)

    def _review(self, last: int) -> None:
        """Tell in the rows what became of every passage: gone, come back, or described otherwise."""
        manifest = self.manifest
        table = load_rows(self._folder, manifest)
        places = {name: place for place, name in enumerate(table["passage"].tolist())}
        table["live"] = 0
        held = last
        for row in self._rows.iter_index_rows():
            if row.sequence > last:
                break
            found = places.get(_key(row))
            if found is None:
                held = min(held, row.sequence - 1)
            else:
                manifest = _describe(table, found, row, manifest)
        live = int(np.count_nonzero(table["live"]))
        self._present = set(table["passage"][table["live"] != 0].tolist())
        vectors, rows_name = next_names(self._folder)
        if (len(table) - live) * _DEAD_SHARE > len(table):
            keep = np.flatnonzero(table["live"])
            codes = open_codes(self._folder, manifest)
            steps = range(0, len(keep), _COPY_AT_ONCE)
            write_whole(self._folder / vectors, (codes[keep[at : at + _COPY_AT_ONCE]] for at in steps))
            table = table[keep]
        else:
            vectors = manifest.vectors
        write_whole(self._folder / rows_name, [table])
        self._save(
            replace(
                manifest,
                vectors=vectors,
                rows=rows_name,
                count=len(table),
                live=live,
                held=held,
                checked=last,
            )
        )
        remove_other_files(self._folder, self.manifest)


def _describe(
    table: NDArray[np.void], place: int, row: IndexRow, manifest: DenseManifest
) -> DenseManifest:
    """Write into ``table`` what searches need of ``row``; return the manifest that numbers its names."""
    scopes, table["scope"][place] = _number(manifest.scopes, row.scope)
    kinds, table["kind"][place] = _number(manifest.kinds, row.kind)
    designs, table["design"][place] = _number(manifest.designs, row.design)
    table["passage"][place] = id_bytes(row.passage)
    table["source"][place] = id_bytes(row.source)
    table["year"][place] = max(row.year, 0)
    table["live"][place] = 1
    if (scopes, kinds, designs) == (manifest.scopes, manifest.kinds, manifest.designs):
        return manifest
    return replace(manifest, scopes=scopes, kinds=kinds, designs=designs)


def _number(known: tuple[str, ...], name: str) -> tuple[tuple[str, ...], int]:
    """Return the names with ``name`` among them, and its place there."""
    if name not in known:
        known = (*known, name)
    return known, known.index(name)


def _key(row: IndexRow) -> bytes:
    """Return the passage id as numpy gives it back: without bytes of zero at its end."""
    return id_bytes(row.passage).rstrip(bytes(1))
