"""Fills the index while the library is being filled, so that nothing is read back from the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import tantivy

from osler.errors import IndexMismatchError
from osler.index.fields import number_document
from osler.index.manifest import MISSING, Manifest, require_manifest, save_manifest
from osler.index.segments import (
    ONE_THREAD,
    WRITER_BYTES,
    create,
    next_generation,
    open_generation,
    sync_files,
    translated,
)

CHECKPOINT: Final = 100_000
"""Passages after which a feed commits: each commit makes a segment, and segments are merged again."""


@contextmanager
def feeding(folder: Path, *, sequence: int, library: str) -> Iterator[Feed | None]:
    """Hold the index open for what the library takes in meanwhile; None where it must be built first.

    Args:
        folder: Folder of the index.
        sequence: Newest change of the library, which the index must hold; 0 starts an index where there
            is none.
        library: Identity of the library.

    Raises:
        LibraryError: The disk is full or refuses, or another process builds.
    """
    try:
        manifest = require_manifest(folder, sequence=sequence, library=library)
        index = open_generation(folder, manifest)
    except IndexMismatchError as fault:
        if sequence or fault.code != MISSING:
            yield None
            return
        with translated(folder):
            folder.mkdir(parents=True, exist_ok=True)
            generation = next_generation(folder)
            index = create(generation)
            sync_files(generation)
        manifest = Manifest(generation=generation.name, sequence=0, passages=0, library=library)
        save_manifest(manifest, folder)
    feed = Feed(index, manifest, folder)
    try:
        yield feed
    finally:
        # Also after Ctrl-C: what the library keeps is to be found without reading it again.
        feed.close()


class Feed:
    """An index that grows with its library: each document once its passage is stored.

    It is committed at checkpoints and at the end. A kill costs what came since the last one, and
    ``catch_up`` brings that from the library. Passages that are gone cannot be taken out of it: after
    ``spoil`` it takes nothing more, and ``catch_up`` builds it anew.
    """

    def __init__(self, index: tantivy.Index, manifest: Manifest, folder: Path) -> None:
        self._index = index
        self._manifest = manifest
        self._folder = folder
        with translated(folder):
            self._writer = index.writer(heap_size=WRITER_BYTES, num_threads=ONE_THREAD)
        self._open = 0
        self._takes = True
        self._is_spoilt = False

    def take(self, born: Iterable[tuple[int, Sequence[str]]], *, before: int, sequence: int) -> None:
        """Take what one batch made current.

        Args:
            born: For each record the sequence of its first passage, and the documents of its passages.
            before: Newest change of the library before the batch; the index must hold all up to it.
            sequence: Newest change of the library with the batch.
        """
        # A batch that Ctrl-C broke off between library and index ends the feed: ``catch_up`` goes on.
        if not self._takes or before != self._manifest.sequence:
            self._takes = False
            return
        self._takes = False
        add = self._writer.add_json
        with translated(self._folder):
            for first, documents in born:
                for number, document in enumerate(documents, first):
                    add(number_document(document, number))
                    self._open += 1
        self._manifest = replace(self._manifest, sequence=sequence)
        if self._open >= CHECKPOINT:
            self._commit()
        self._takes = True

    def spoil(self) -> None:
        """Note that something in the index is no longer in the library."""
        self._is_spoilt = True
        self._takes = False

    def close(self) -> None:
        """Commit what came last, unless the index is spoilt, and let go of it."""
        with translated(self._folder):
            if not self._is_spoilt:
                self._commit()
            else:
                self._writer.rollback()
            self._writer.wait_merging_threads()

    def _commit(self) -> None:
        with translated(self._folder):
            self._writer.commit()
            self._index.reload()
            passages = self._index.searcher().num_docs
        self._open = 0
        self._manifest = replace(self._manifest, passages=passages)
        save_manifest(self._manifest, self._folder)
