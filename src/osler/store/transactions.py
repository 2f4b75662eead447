"""One connection for small changes that must be whole: accounts, sessions, their log.

Apart from the library's own reader, so that a sign-in never waits for a long reading of evidence, and
without the writer's lock, which belongs to additions: a change here waits only for a batch to end.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from osler.store.database import connect, translated


class Transactions:
    """A connection that several threads share, one after the other."""

    def __init__(self, path: Path, *, wait_s: float) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._inside = False
        with translated(path):
            self._connection = connect(path, wait_s=wait_s)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection to read by; within a change it sees that change."""
        with self._lock, translated(self.path):
            yield self._connection

    @contextmanager
    def together(self) -> Iterator[sqlite3.Connection]:
        """Make all that the block does one change; where it raises, nothing of it is kept.

        A block within a block belongs to the outer one.

        Raises:
            LibraryError: ``library.busy``, ``library.full``, ``library.damaged``.
        """
        with self._lock, translated(self.path):
            if self._inside:
                yield self._connection
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._inside = True
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            else:
                self._connection.execute("COMMIT")
            finally:
                self._inside = False

    def close(self) -> None:
        """Close the connection."""
        with self._lock, translated(self.path):
            self._connection.close()
