"""A library in a SQLite file, and what can go wrong with one: the border for ``sqlite3``'s errors."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from osler.errors import LibraryError, OslerError
from osler.store.lock import describe_holder, is_held, writer_lock

if TYPE_CHECKING:
    from sqlalchemy import Engine

READ_PRAGMAS: Final = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA mmap_size=0",  # mapped pages count as this process's memory, and saved no time
    "PRAGMA cache_size=-4096",  # held once by each desk of a site; the system keeps the file itself
    "PRAGMA synchronous=NORMAL",
)
WRITE_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA wal_autocheckpoint=4000",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
)
LEAST_ROOM: Final = 1 << 20
DAMAGED_WORDS: Final = ("malformed", "not a database", "disk i/o error", "corrupt")


@dataclass(frozen=True, slots=True)
class FileDatabase:
    """The database of a library in the file ``path``; its folder also takes the writer's lock file."""

    path: Path

    @property
    def name(self) -> str:
        """The path."""
        return self.path.as_posix()

    @property
    def conflict(self) -> type[Exception]:
        """The driver's error for a row that a rule of the tables refuses."""
        return sqlite3.IntegrityError

    def make(self) -> None:
        """Make an empty file, and its folder, where there is none."""
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch()

    def exists(self) -> bool:
        """Tell whether the file is there."""
        return self.path.exists()

    def connect(self, *, wait_s: float) -> FileConnection:
        """Return a connection to the file, which must exist."""
        return connect(self.path, wait_s=wait_s)

    def stored_revision(self, connection: Any) -> str | None:
        """Return the migration that was reached, None for a library that Osler has not finished."""
        return stored_revision(connection)

    def writer_lock(self, *, holder: str, wait_s: float) -> AbstractContextManager[None]:
        """Hold the lock file within the block."""
        return writer_lock(lock_path(self.path), holder=holder, wait_s=wait_s)

    def is_being_written(self) -> bool:
        """Tell whether a process holds the lock file."""
        return is_held(lock_path(self.path))

    def engine(self, *, wait_s: float) -> Engine:
        """Return SQLAlchemy on a connection for writing."""
        from osler.store.engines import file_engine  # SQLAlchemy is slow to load

        return file_engine(lambda: prepare(connect(self.path, wait_s=wait_s), WRITE_PRAGMAS))

    def translated(self) -> AbstractContextManager[None]:
        """Turn every ``sqlite3`` and file-system error of the block into a ``LibraryError``."""
        return translated(self.path)

    def translate(self, error: BaseException) -> OslerError:
        """Return the error to raise for ``error`` of the driver."""
        return translate(error, self.path)


class FileConnection(sqlite3.Connection):
    """``sqlite3``'s connection, with the few words by which databases differ."""

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of ``statement``, as of one moment."""
        return self.execute(statement, values)

    def begin_view(self) -> None:
        """See the database as of the first reading until the end."""
        self.execute("BEGIN")

    def begin_change(self) -> None:
        """Begin a change, after waiting for another one's."""
        self.execute("BEGIN IMMEDIATE")

    def wait_at_most(self, seconds: float) -> None:
        """Give up waiting for others after so long."""
        self.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")


def lock_path(path: Path) -> Path:
    """Return the writer's lock file of the database ``path``."""
    return path.with_name(path.name + ".writer")


def connect(path: Path, *, wait_s: float) -> FileConnection:
    """Return a plain connection in autocommit mode to the file ``path``, which must exist.

    Plain, because loading SQLAlchemy takes longer than answering a question does.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=wait_s,
        isolation_level=None,
        check_same_thread=False,
        factory=FileConnection,
    )
    return prepare(connection, READ_PRAGMAS)


def prepare(connection: FileConnection, pragmas: Iterable[str]) -> FileConnection:
    """Return ``connection`` with ``pragmas`` set; it is closed when one of them fails."""
    try:
        for pragma in pragmas:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def stored_revision(connection: sqlite3.Connection) -> str | None:
    """Return the migration that the database has reached, None for one that Osler has not finished."""
    row = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'"
    ).fetchone()
    if row is None:
        return None
    version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if version is None else str(version[0])


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn every ``sqlite3`` and file-system error of the block into a ``LibraryError``."""
    try:
        yield
    except sqlite3.Error as error:
        raise translate(error, path) from error
    except OSError as error:
        raise translate_os(error, path) from error


def translate(error: BaseException, path: Path) -> OslerError:
    """Return the error to raise for ``error`` of the database driver on the library ``path``."""
    text = str(error).lower()
    item = path.as_posix()
    if "full" in text or ("disk i/o" in text and _has_no_room(path)):
        return _full(item)
    if "locked" in text or "busy" in text:
        holder = describe_holder(lock_path(path))
        return LibraryError(
            f"another process is writing: {holder}",
            item=item,
            hint="wait for it, or raise OSLER_WAIT_S",
            code="library.busy",
        )
    if "unable to open" in text or "readonly" in text or "permission" in text:
        return LibraryError(
            f"the file cannot be opened for this: {error}",
            item=item,
            hint="check that you may read and write the file and its folder",
            code="library.unreadable",
        )
    if isinstance(error, sqlite3.DatabaseError) and any(word in text for word in DAMAGED_WORDS):
        return LibraryError(
            f"the file is damaged: {error}",
            item=item,
            hint="bring back a backup: osler library restore FILE",
            code="library.damaged",
        )
    return LibraryError(f"the database refused: {error}", item=item, code="library.database")


def translate_os(error: OSError, path: Path) -> OslerError:
    """Return the error to raise for an operating system's error on the library ``path``."""
    if error.errno in {27, 28, 122}:  # EFBIG, ENOSPC, EDQUOT
        return _full(path.as_posix())
    return LibraryError(
        f"the file cannot be used: {error.strerror or error}",
        item=str(error.filename or path),
        hint="check that you may read and write the file and its folder",
        code="library.unreadable",
    )


def _has_no_room(path: Path) -> bool:
    try:
        disk = os.statvfs(path.parent)
        return disk.f_bavail * disk.f_frsize < LEAST_ROOM
    except OSError:
        return False


def _full(item: str) -> LibraryError:
    return LibraryError(
        "the disk is full; everything up to the last finished batch is kept",
        item=item,
        hint="make room and run the same command again: it goes on where it stopped",
        code="library.full",
    )
