"""A library of PostgreSQL written to a SQLite file, and such a file put in its place. Loads SQLAlchemy.

The tables are the same in both, and so are the guards: rows go in by their numbers, as these want them.
"""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path
from typing import Final

from sqlalchemy import Table

from osler.store import backup as files
from osler.store.connection import Connection
from osler.store.database import Database
from osler.store.file import connect
from osler.store.revision import check_revision
from osler.store.schema import meta, metadata
from osler.store.server import BATCH, ServerConnection

GUARDED: Final = ("article_versions", "article_events", "article_journal", "people_log")
LEFT_OUT: Final = frozenset({"sessions", "links"})
"""A session that was ended, or a link that was used, must not come back to life."""


def copy_to(connection: Connection, file: Path) -> None:
    """Write the library of ``connection`` to the new file ``file``; readers and writers go on."""
    file.touch()
    files.upgrade(file)
    copy = connect(file, wait_s=0.0)
    try:
        connection.begin_view()
        try:
            _fill(copy, connection)
        finally:
            connection.rollback()
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()


def _fill(copy: sqlite3.Connection, connection: Connection) -> None:
    copy.execute("BEGIN")
    copy.execute("DELETE FROM meta")
    for table in metadata.sorted_tables:
        names = _names(table)
        marks = ", ".join("?" * len(names))
        copy.executemany(
            f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})",  # noqa: S608 - our own tables
            connection.stream(_select(table)),
        )
    copy.execute("COMMIT")


def restore_from(file: Path, database: Database, *, wait_s: float) -> None:
    """Replace the library of ``database`` by the backup ``file``, in one transaction.

    Readers see the old library until it ends. The writer's lock is held.

    Raises:
        InputError: ``input.not_a_library``: the file is missing, damaged or something else.
        LibraryError: ``library.newer``.
    """
    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "osler.db"
        revision = files.take_checked(file, prepared)
        if not check_revision(revision, file.as_posix()):
            files.upgrade(prepared)
        living = database.connect(wait_s=wait_s)
        copy = sqlite3.connect(prepared)
        try:
            if isinstance(living, ServerConnection):
                _replace(living, copy)
        finally:
            copy.close()
            living.close()


def _replace(living: ServerConnection, copy: sqlite3.Connection) -> None:
    living.begin_change()
    try:
        living.execute(BATCH)
        now = dict(living.execute(_select(meta)).fetchall())
        # Rows are deleted, not tables emptied: whoever reads meanwhile keeps what they see.
        for name in GUARDED:
            living.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        for table in reversed(metadata.sorted_tables):
            living.execute(f"DELETE FROM {table.name}")  # noqa: S608 - our own tables
        for table in metadata.sorted_tables:
            if table.name not in LEFT_OUT:
                living.load(table.name, _names(table), copy.execute(_select(table)))
                _count_on(living, table)
        for name in GUARDED:
            living.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        _renumber(living, now)
        living.commit()
    except BaseException:
        living.rollback()
        raise


def _count_on(living: ServerConnection, table: Table) -> None:
    """Let the numbers that the database gives go on after the greatest one there is."""
    for column in table.primary_key.columns:
        (counter,) = living.execute(
            "SELECT pg_get_serial_sequence(?, ?)", (table.name, column.name)
        ).fetchone()
        if counter is not None:
            living.execute(
                f"SELECT setval('{counter}', coalesce(max({column.name}), 1),"  # noqa: S608 - our own tables
                f" max({column.name}) IS NOT NULL) FROM {table.name}"
            )


def _renumber(living: ServerConnection, now: dict[str, str]) -> None:
    """Number the restored state past the one before, and say that everything changed.

    An index of the state before then knows that it must be built anew.
    """
    (stored,) = living.execute("SELECT value FROM meta WHERE name = 'sequence'").fetchone()
    sequence = max(int(now["sequence"]), int(stored)) + 1
    living.execute("UPDATE meta SET value = ? WHERE name = 'identity'", (now["identity"],))
    living.execute("UPDATE meta SET value = ? WHERE name = 'sequence'", (str(sequence),))
    living.execute("DELETE FROM meta WHERE name = 'state'")
    living.execute("INSERT INTO removals (gone, born) VALUES (?, 0)", (sequence,))


def _names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def _select(table: Table) -> str:
    order = ", ".join(column.name for column in table.primary_key.columns)
    return f"SELECT {', '.join(_names(table))} FROM {table.name} ORDER BY {order}"  # noqa: S608 - our own tables
