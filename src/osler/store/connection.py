"""What the statements of this room ask of a connection, whichever database is behind it.

Statements are written once, in SQL that SQLite and PostgreSQL both take, with ``?`` for each value.
``sqlite3``'s own connection has this shape; that of PostgreSQL is given it in ``store.server``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

Row = tuple[Any, ...]


class Rows(Protocol):
    """What a statement returned."""

    @property
    def rowcount(self) -> int:
        """Number of rows that were changed."""

    def fetchone(self) -> Any:
        """Return the next row, None after the last one."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection on which each statement counts at once, unless a view or a change was begun."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Rows:
        """Run ``statement`` with ``values`` in the places of its question marks."""

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> Any:
        """Run ``statement`` once for each of ``rows``."""

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of ``statement`` as of one moment, never all of them in memory."""

    def begin_view(self) -> None:
        """See the database as of one moment, whoever writes, until ``commit`` or ``rollback``."""

    def begin_change(self) -> None:
        """Begin a change, after waiting for another one's; it counts from ``commit`` on."""

    def leave_no_copy(self) -> bool:
        """Leave nothing on the disk of what was erased before, and tell whether that is done."""

    def wait_at_most(self, seconds: float) -> None:
        """Give up waiting for others after so long."""

    def commit(self) -> None:
        """End the view, or make the change count."""

    def rollback(self) -> None:
        """End the view, or forget the change; nothing happens where none was begun."""

    def close(self) -> None:
        """Close the connection."""
