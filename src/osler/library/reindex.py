"""Brings the search index to the state of the library: the database is the truth, the index a cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from osler.store import Store

if TYPE_CHECKING:
    from osler.index.embedded import CaughtUp
    from osler.index.manifest import Manifest
    from osler.index.protocol import IndexRow

Progress = Callable[[int], None]
"""Called with the number of passages indexed so far."""


def catch_up(store: Store, folder: Path, *, progress: Progress | None = None) -> CaughtUp:
    """Index what was added since the last time; build anew when something was removed or revised.

    Raises:
        LibraryError: The disk is full or refuses, or another process is indexing.
    """
    from osler.index import embedded  # the engine is loaded when it is needed

    # One process at a time: another one's build would remove the segments that this one writes.
    with store.writing():
        return embedded.catch_up(StoredRows(store), folder, progress=progress, library=store.identity())


def rebuild(store: Store, folder: Path, *, progress: Progress | None = None) -> Manifest:
    """Build the whole index anew beside the old one, then swap it in.

    Raises:
        LibraryError: The disk is full or refuses, or another process is indexing.
    """
    from osler.index import embedded  # the engine is loaded when it is needed

    with store.writing():
        return embedded.rebuild(StoredRows(store), folder, progress=progress, library=store.identity())


def verify(store: Store, folder: Path) -> list[str]:
    """Return what differs between the index and the library, one finding a line."""
    from osler.index import embedded  # the engine is loaded when it is needed

    return embedded.verify(StoredRows(store), folder)


class StoredRows:
    """The library as an index sees it; keeps the protocol ``index.protocol.Rows``."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def iter_index_rows(self, *, after: int = 0) -> Iterator[IndexRow]:
        """Yield the current passages whose sequence is above ``after``, in order of sequence."""
        from osler.index.protocol import IndexRow  # only here, where rows are made

        for row in self._store.iter_index_rows(after=after):
            yield IndexRow(*row)

    def last_sequence(self) -> int:
        """Return the sequence of the newest change, a removal included."""
        return self._store.last_sequence()

    def removed_since(self, sequence: int) -> bool:
        """Tell whether a passage present at ``sequence`` has gone since, or was revised."""
        return self._store.removed_since(sequence)
