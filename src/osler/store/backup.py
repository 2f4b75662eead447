"""Copies of a whole library, and back. A copy is published, and a library replaced, in one step only.

A restored library goes into the living file through SQLite's own transaction: a rename under open
readers would leave them with the log of another database.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from osler.errors import InputError, LibraryError
from osler.store.file import FileDatabase, connect, stored_revision
from osler.store.revision import HEAD, check_revision

NEEDED: Final = frozenset({"sources", "versions", "passages", "identifiers", "meta"})
"""Tables of every revision; a backup that lost one must not take the place of a living library."""


def copy_to(connection: sqlite3.Connection, file: Path) -> None:
    """Write the database of ``connection`` to ``file``; readers and writers go on meanwhile.

    Raises:
        sqlite3.Error: The copy could not be made; ``file`` is as it was.
        OSError: The folder cannot be written.
        InputError: ``input.unreadable``: ``file`` is there and is no ordinary file.
    """
    with published(file) as partial:
        copy = sqlite3.connect(partial)
        try:
            connection.backup(copy, pages=4096, sleep=0)
            copy.execute("PRAGMA journal_mode=DELETE")
        finally:
            copy.close()


@contextmanager
def published(file: Path) -> Iterator[Path]:
    """Give a path to write to, and put what the block has written there in the place of ``file``.

    Raises:
        OSError: The folder cannot be written.
        InputError: ``input.unreadable``: ``file`` is there and is no ordinary file.
    """
    if file.exists() and not file.is_file():
        raise InputError(
            "is no ordinary file and is not replaced",
            item=str(file),
            hint="name a file that may be written",
            code="input.unreadable",
        )
    partial = file.with_name(file.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        yield partial
        with partial.open("rb") as written:
            os.fsync(written.fileno())
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)


def restore_from(file: Path, path: Path, *, wait_s: float) -> None:
    """Replace the library ``path`` by the backup ``file``, after checking it. The writer's lock is held.

    Raises:
        InputError: ``input.not_a_library``: the file is missing, damaged or something else.
        LibraryError: ``library.newer``.
    """
    prepared = path.with_name(path.name + ".restoring")
    prepared.unlink(missing_ok=True)
    try:
        revision = take_checked(file, prepared)
        if not check_revision(revision, file.as_posix()):
            upgrade(prepared)
        living = connect(path, wait_s=wait_s)
        try:
            copy = sqlite3.connect(prepared)
            try:
                _renumber(copy, living)
                copy.backup(living, pages=-1)
            finally:
                copy.close()
        finally:
            living.close()
    finally:
        prepared.unlink(missing_ok=True)


def take_checked(file: Path, prepared: Path) -> str:
    """Copy ``file`` to ``prepared``, so that it cannot change under us, and return its revision.

    Raises:
        InputError: ``input.not_a_library``: it is missing, damaged or something else.
    """
    if not file.is_file():
        raise _no_library(file, "there is no such file")
    try:
        source = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        copy = sqlite3.connect(prepared)
        try:
            source.backup(copy)
            (verdict,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
            revision = stored_revision(copy)
            listed = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = {name for (name,) in listed}
        finally:
            copy.close()
            source.close()
    except sqlite3.DatabaseError as error:
        if "full" in str(error) or "locked" in str(error):
            raise
        raise _no_library(file, str(error)) from error
    if verdict != "ok":
        raise _no_library(file, f"it is damaged: {verdict}")
    if revision is None:
        raise _no_library(file, "it is a database, but not one of Osler's")
    if missing := sorted(NEEDED - tables):
        raise _no_library(file, f"it lacks {', '.join(missing)}")
    return revision


def upgrade(prepared: Path) -> None:
    """Bring the library in the file ``prepared``, which may be empty, to this version's tables."""
    from osler.store.writer import Writer  # SQLAlchemy is slow to load; a backup is seldom behind

    writer = Writer(FileDatabase(prepared), wait_s=0.0, confirm=lambda: None)  # nobody knows of the file
    try:
        writer.upgrade()
    finally:
        writer.close()


def _renumber(copy: sqlite3.Connection, living: sqlite3.Connection) -> None:
    """Number the restored state past the living one, and say that everything changed.

    An index of the state before then knows that it must be built anew.
    """
    if stored_revision(living) != HEAD:
        return
    now = dict(living.execute("SELECT name, value FROM meta WHERE name IN ('sequence', 'identity')"))
    (stored,) = copy.execute("SELECT value FROM meta WHERE name = 'sequence'").fetchone()
    sequence = max(int(now["sequence"]), int(stored)) + 1
    with copy:
        copy.execute("UPDATE meta SET value = ? WHERE name = 'identity'", (now["identity"],))
        copy.execute("UPDATE meta SET value = ? WHERE name = 'sequence'", (str(sequence),))
        copy.execute("DELETE FROM meta WHERE name = 'state'")
        # A session that was ended, or a link that was used, must not come back to life.
        copy.execute("DELETE FROM sessions")
        copy.execute("DELETE FROM links")
        copy.execute("INSERT INTO removals (gone, born) VALUES (?, 0)", (sequence,))


def refuse_same(file: Path, path: Path) -> None:
    """Raise when ``file`` is the library itself.

    Raises:
        LibraryError: ``library.same_file``.
    """
    if file.exists() and path.exists() and file.samefile(path):
        raise LibraryError(
            "this is the library itself",
            item=file.as_posix(),
            hint="name another",
            code="library.same_file",
        )


def _no_library(file: Path, reason: str) -> InputError:
    return InputError(
        reason,
        item=file.as_posix(),
        hint="name a file written by: osler library backup FILE",
        code="input.not_a_library",
    )
