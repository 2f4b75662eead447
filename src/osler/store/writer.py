"""The writer's side: SQLAlchemy on one connection, one transaction for each batch. Slow to load.

Holds the writer's lock for as long as it is open; see ``store.lock``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import StaticPool

from osler.store import ledger
from osler.store.batch import write_batch
from osler.store.database import check_revision, connect, prepare, stored_revision, translate
from osler.store.entry import Batch, ReadFile, Written

WRITE_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA wal_autocheckpoint=4000",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
)


class Writer:
    """An open writer. Everything it is given is stored whole or not at all."""

    def __init__(self, path: Path, *, wait_s: float) -> None:
        self._path = path
        with translated(path):
            self._engine = _open_engine(path, wait_s=wait_s)

    def write(self, batch: Batch) -> Written:
        """Store ``batch`` and return what it did.

        Raises:
            LibraryError: The disk is full, the database busy or damaged; nothing of it is stored.
        """
        with self._transaction() as connection:
            return write_batch(connection, batch)

    def finish_file(self, file: ReadFile, *, still: Container[str]) -> None:
        """Note that ``file`` was read to its end, and strike its failures other than ``still``."""
        with self._transaction() as connection:
            ledger.clear_origin(connection, file.name, still=still)
            ledger.record_file(connection, file)

    def upgrade(self) -> None:
        """Bring the tables to what this version reads, in one transaction."""
        with self._transaction() as connection:
            driver = connection.connection.driver_connection
            if not isinstance(driver, sqlite3.Connection):
                raise TypeError("the writer works on SQLite")
            if check_revision(stored_revision(driver), self._path):
                return
            # Imported here: alembic is needed once in the life of a library.
            from osler.store.migrate import upgrade

            upgrade(connection)

    def close(self) -> None:
        """Close the connection."""
        with translated(self._path):
            self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(self._path), self._engine.begin() as connection:
            yield connection


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the errors of SQLAlchemy and of the driver in the block into a ``LibraryError``."""
    try:
        yield
    except SQLAlchemyError as error:
        raise translate(getattr(error, "orig", None) or error, path) from error
    except sqlite3.Error as error:
        raise translate(error, path) from error


def _open_engine(path: Path, *, wait_s: float) -> Engine:
    def connect_for_writing() -> sqlite3.Connection:
        return prepare(connect(path, wait_s=wait_s), WRITE_PRAGMAS)

    engine = create_engine("sqlite://", creator=connect_for_writing, poolclass=StaticPool)
    # The driver's own transactions begin late and skip table definitions; we begin ours ourselves.
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
