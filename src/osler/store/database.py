"""Where a library lies: what a file of SQLite and a database of PostgreSQL have in common."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from osler.config import DatabaseServer
from osler.store.connection import Connection
from osler.store.file import FileDatabase

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from osler.errors import OslerError

Place = Path | DatabaseServer
"""A file, or a database of a server."""


class Database(Protocol):
    """The database of one library: opens connections, holds the writer's lock, names what goes wrong."""

    @property
    def name(self) -> str:
        """What messages call it; never with a password."""

    @property
    def conflict(self) -> type[Exception]:
        """The driver's error for a row that a rule of the tables refuses."""

    def make(self) -> None:
        """Make the place for a library where there is none; the tables come with the first upgrade."""

    def exists(self) -> bool:
        """Tell whether there is a place for a library, with tables or without."""

    def connect(self, *, wait_s: float) -> Connection:
        """Return a connection that waits ``wait_s`` seconds for others."""

    def stored_revision(self, connection: Any) -> str | None:
        """Return the migration that was reached, None for a library that Osler has not finished."""

    def writer_lock(self, *, holder: str, wait_s: float) -> AbstractContextManager[Callable[[], None]]:
        """Hold the writer's lock within the block; ``library.busy`` names who else holds it.

        What the block is given raises ``library.unreachable`` once the lock went with its connection.
        """

    def is_being_written(self) -> bool:
        """Tell whether a process, this one included, holds the writer's lock."""

    def engine(self, *, wait_s: float) -> Engine:
        """Return what writes: SQLAlchemy on one connection. Slow to load."""

    def translated(self) -> AbstractContextManager[None]:
        """Turn every error of the driver or the system within the block into an ``OslerError``."""

    def translate(self, error: BaseException) -> OslerError:
        """Return the error to raise for ``error`` of the driver."""


def database_at(place: Place) -> Database:
    """Return the database at ``place``; nothing is opened yet.

    Raises:
        UsageError: ``usage.extra``: the driver of PostgreSQL is not installed.
    """
    if isinstance(place, Path):
        return FileDatabase(place)
    from osler.store.server import ServerDatabase  # its driver is an extra

    return ServerDatabase(place)
