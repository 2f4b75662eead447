"""Copies of a library: each is a library in a SQLite file, wherever this one lies, and fits both."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from osler.store import backup as files
from osler.store.connection import Connection
from osler.store.database import Database
from osler.store.file import FileDatabase


def backup(database: Database, connection: Connection, file: Path) -> None:
    """Write the library of ``database`` to ``file`` in one step; readers and writers go on meanwhile.

    Args:
        database: Where the library lies.
        connection: A reader's.
        file: Replaced only once the copy is complete.

    Raises:
        InputError: ``input.unreadable``: ``file`` is there and is no ordinary file.
        LibraryError: ``library.same_file``: it is the library itself.
    """
    if isinstance(database, FileDatabase) and isinstance(connection, sqlite3.Connection):
        files.refuse_same(file, database.path)
        files.copy_to(connection, file)
        return
    from osler.store import server_copy  # loads SQLAlchemy

    with files.published(file) as partial:
        server_copy.copy_to(connection, partial)


def restore(database: Database, file: Path, *, wait_s: float) -> None:
    """Put the library in ``file`` in the place of that of ``database``. The writer's lock is held.

    Raises:
        InputError: ``input.not_a_library``: the file is missing, damaged or something else.
        LibraryError: ``library.newer``, ``library.same_file``.
    """
    if isinstance(database, FileDatabase):
        files.refuse_same(file, database.path)
        files.restore_from(file, database.path, wait_s=wait_s)
        return
    from osler.store import server_copy  # loads SQLAlchemy

    server_copy.restore_from(file, database, wait_s=wait_s)
