"""One connection for small changes that must be whole: accounts, sessions, their log.

Apart from the library's own reader, so that a sign-in never waits for a long reading of evidence, and
without the writer's lock, which belongs to additions: a change here waits only for a batch to end.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from osler.store.connection import Connection
from osler.store.database import Place, database_at


class Transactions:
    """A connection that several threads share, one after the other."""

    def __init__(self, place: Place, *, wait_s: float) -> None:
        self._database = database_at(place)
        self._lock = threading.RLock()
        self._inside = False
        self._is_view = False
        with self._database.translated():
            self._connection = self._database.connect(wait_s=wait_s)

    @property
    def conflict(self) -> type[Exception]:
        """The error for a row that a rule of the tables refuses; its first line names the rule."""
        return self._database.conflict

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give the connection to read by; within a change it sees that change."""
        with self._lock, self._database.translated():
            yield self._connection

    @contextmanager
    def one_view(self) -> Iterator[None]:
        """Have all that the block reads be of one moment, whoever writes meanwhile; it changes nothing.

        Within a change it reads what that change made.
        """
        with self._lock, self._database.translated():
            if self._inside or self._is_view:
                yield
                return
            self._connection.begin_view()
            self._is_view = True
            try:
                yield
            finally:
                self._is_view = False
                self._connection.rollback()

    @contextmanager
    def together(self) -> Iterator[Connection]:
        """Make all that the block does one change; where it raises, nothing of it is kept.

        A block within a block belongs to the outer one.

        Raises:
            LibraryError: ``library.busy``, ``library.full``, ``library.damaged``.
            RuntimeError: Within ``one_view``: what was read there may be out of date.
        """
        with self._lock, self._database.translated():
            if self._is_view:
                raise RuntimeError("a change was begun within a view")
            if self._inside:
                yield self._connection
                return
            self._connection.begin_change()
            self._inside = True
            try:
                yield self._connection
            except BaseException:
                self._connection.rollback()
                raise
            else:
                self._connection.commit()
            finally:
                self._inside = False

    def leave_no_copy(self) -> bool:
        """Leave nothing on the disk of what was erased before, and tell whether that is done.

        Not inside of a change. Waits for whoever still reads the state before, and no longer than
        others are waited for.
        """
        with self._lock, self._database.translated():
            return self._connection.leave_no_copy()

    def close(self) -> None:
        """Close the connection."""
        with self._lock, self._database.translated():
            self._connection.close()
