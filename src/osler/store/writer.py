"""The writer's side: SQLAlchemy on one connection, one transaction for each batch. Slow to load.

Holds the writer's lock for as long as it is open; see ``store.lock``.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from osler.store import ledger
from osler.store.batch import write_batch
from osler.store.database import Database
from osler.store.entry import Batch, ReadFile, Written
from osler.store.revision import check_revision


class Writer:
    """An open writer. Everything it is given is stored whole or not at all.

    Args:
        database: Where the library lies.
        wait_s: Seconds to wait for others.
        confirm: Raises where the writer's lock was lost, so that another may be writing.
    """

    def __init__(self, database: Database, *, wait_s: float, confirm: Callable[[], None]) -> None:
        self._database = database
        self._confirm = confirm
        with translated(database):
            self._engine = database.engine(wait_s=wait_s)

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
            revision = self._database.stored_revision(connection.connection.driver_connection)
            if check_revision(revision, self._database.name):
                return
            # Imported here: alembic is needed once in the life of a library.
            from osler.store.migrate import upgrade

            upgrade(connection)

    def close(self) -> None:
        """Close the connection."""
        with translated(self._database):
            self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(self._database), self._engine.begin() as connection:
            self._confirm()
            yield connection


@contextmanager
def translated(database: Database) -> Iterator[None]:
    """Turn the errors of SQLAlchemy and of the driver in the block into an ``OslerError``."""
    with database.translated():
        try:
            yield
        except SQLAlchemyError as error:
            raise database.translate(getattr(error, "orig", None) or error) from error
