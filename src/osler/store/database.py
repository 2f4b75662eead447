"""Opens the SQLite file and translates what can go wrong: the border for ``sqlite3``'s errors."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from osler.errors import LibraryError, NotFoundError, OslerError
from osler.store.lock import describe_holder

REVISIONS: Final = ("0001_first_library", "0002_articles", "0003_people", "0004_answers_expire")
"""Every migration, oldest first; the last one is what this version of Osler reads and writes."""

HEAD: Final = REVISIONS[-1]
READ_PRAGMAS: Final = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA mmap_size=67108864",  # more would count as this process's memory and saves no time
    "PRAGMA cache_size=-4096",  # held once by each desk of a site; the system keeps the file itself
    "PRAGMA synchronous=NORMAL",
)
LEAST_ROOM: Final = 1 << 20
DAMAGED_WORDS: Final = ("malformed", "not a database", "disk i/o error", "corrupt")


def lock_path(path: Path) -> Path:
    """Return the writer's lock file of the database ``path``."""
    return path.with_name(path.name + ".writer")


def connect(path: Path, *, wait_s: float) -> sqlite3.Connection:
    """Return a plain connection in autocommit mode to the file ``path``, which must exist.

    Plain, because loading SQLAlchemy takes longer than answering a question does.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=wait_s,
        isolation_level=None,
        check_same_thread=False,
    )
    return prepare(connection, READ_PRAGMAS)


def prepare(connection: sqlite3.Connection, pragmas: Iterable[str]) -> sqlite3.Connection:
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


def check_revision(revision: str | None, path: Path) -> bool:
    """Tell whether ``revision`` is what this version of Osler reads; False when it is behind.

    Raises:
        LibraryError: ``library.newer`` when a newer version of Osler wrote the library ``path``.
    """
    if revision == HEAD:
        return True
    if revision is None or revision in REVISIONS:
        return False
    raise LibraryError(
        f"a newer version of Osler wrote it (it stands at {revision}, this version knows {HEAD})",
        item=path.as_posix(),
        hint="update Osler: pip install --upgrade osler",
        code="library.newer",
    )


def missing(path: Path) -> NotFoundError:
    """Return the error for a library that does not exist yet."""
    return NotFoundError(
        "there is no library here yet",
        item=path.as_posix(),
        hint="make one: osler add starter:hlh",
        code="library.missing",
    )


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
