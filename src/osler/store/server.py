"""A library in a database of PostgreSQL: connections, the writer's lock, revisions. Needs an extra.

What a file of SQLite does by itself is asked for here: changes are made one after the other (an advisory
lock taken with each), the writer's lock ends with its connection, and what is read in one view is of one
moment. A connection that the server dropped is made anew before the next statement, never in a change.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from osler.config import DatabaseServer
from osler.errors import LibraryError, OslerError, UsageError
from osler.store import server_faults
from osler.store.revision import REVISIONS

try:
    import psycopg
except ImportError as fault:
    raise UsageError(
        f"needs packages that are not installed: {fault}",
        item="osler[postgresql]",
        hint="pip install 'osler[postgresql]', or unset OSLER_DATABASE_URL",
        code="usage.extra",
    ) from fault

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from osler.store.connection import Rows

Driver = psycopg.Connection[tuple[Any, ...]]

OLDEST: Final = 14
"""Oldest PostgreSQL that is let in: what is older is no longer maintained."""

ROWS_AT_ONCE: Final = 2000
LEAST_WAIT_S: Final = 2
_OURS: Final = 0x4F534C45  # "OSLE": other programs' locks in the same database have other numbers
_IN_SCHEMA: Final = "coalesce(current_schema(), '')"


def _key(name: str) -> str:
    return f"{_OURS}, hashtext('{name} of ' || {_IN_SCHEMA})"


WRITER: Final = _key("the writer")
BATCH: Final = f"SELECT pg_advisory_xact_lock({_key('a batch')})"
CHANGE: Final = f"SELECT pg_advisory_xact_lock({_key('a change')})"
# Constants of this module are put together here; nothing of them comes from outside.
_HOLDERS: Final = (
    "SELECT a.application_name,"  # noqa: S608 - as said above
    " to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    " FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid"
    f" WHERE l.locktype = 'advisory' AND l.granted AND l.classid = {_OURS}"
    " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    f" AND l.objid::bigint = (hashtext('the writer of ' || {_IN_SCHEMA})::bigint & 4294967295)"
)
_STANDING: Final = (
    f"SELECT to_regclass(quote_ident({_IN_SCHEMA}) || '.alembic_version') IS NOT NULL,"
    f" to_regclass(quote_ident({_IN_SCHEMA}) || '.passages') IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class ServerDatabase:
    """The database of a library on ``server``."""

    server: DatabaseServer

    @property
    def name(self) -> str:
        """Its address without name and password."""
        return str(self.server)

    @property
    def conflict(self) -> type[Exception]:
        """The driver's error for a row that a rule of the tables refuses."""
        return psycopg.IntegrityError

    def make(self) -> None:
        """Do nothing: a database is made by whoever runs the server."""

    def exists(self) -> bool:
        """Return True: the first connection tells what is missing, and why."""
        return True

    def connect(self, *, wait_s: float) -> ServerConnection:
        """Return a connection that waits ``wait_s`` seconds for others."""
        return ServerConnection(lambda: self._dial(wait_s=wait_s, autocommit=True))

    def stored_revision(self, connection: Any) -> str | None:
        """Return the migration that was reached, None for a library that Osler has not finished.

        Raises:
            LibraryError: ``library.unsuitable``: another program keeps its tables there.
        """
        is_there, is_ours = connection.execute(_STANDING).fetchone()
        if not is_there:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        if row is None:
            return None
        if not is_ours and row[0] not in REVISIONS:
            raise LibraryError(
                "another program keeps its tables in this database",
                item=self.name,
                hint="give Osler a database of its own: createdb osler",
                code="library.unsuitable",
            )
        return str(row[0])

    @contextmanager
    def writer_lock(self, *, holder: str, wait_s: float) -> Iterator[Callable[[], None]]:
        """Hold the writer's lock within the block, on a connection of its own; see ``Database``.

        Raises:
            LibraryError: ``library.busy``: another process still holds it; the message names it.
        """
        signature = f"{holder}, process {os.getpid()}"
        driver = self._dial(wait_s=wait_s, autocommit=True, signature=signature)
        try:
            try:
                driver.execute(f"SELECT pg_advisory_lock({WRITER})")
            except psycopg.errors.LockNotAvailable as error:
                raise server_faults.busy(self.name, self._holder(driver)) from error

            def confirm() -> None:
                with self.translated():
                    driver.execute("SELECT 1")

            yield confirm
        finally:
            driver.close()

    def is_being_written(self) -> bool:
        """Tell whether a process, this one included, holds the writer's lock."""
        driver = self._dial(wait_s=LEAST_WAIT_S, autocommit=True)
        try:
            return driver.execute(_HOLDERS).fetchone() is not None
        finally:
            driver.close()

    def engine(self, *, wait_s: float) -> Engine:
        """Return SQLAlchemy on a connection for writing."""
        from osler.store.engines import server_engine  # SQLAlchemy is slow to load

        return server_engine(lambda: self._dial(wait_s=wait_s, autocommit=False), lock=BATCH)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn every error of the driver within the block into an ``OslerError``."""
        try:
            yield
        except psycopg.Error as error:
            raise self.translate(error) from error

    def translate(self, error: BaseException) -> OslerError:
        """Return the error to raise for ``error`` of the driver."""
        found = server_faults.translate(error, self.name)
        if found.code == "library.busy":
            with suppress(psycopg.Error):
                driver = self._dial(wait_s=LEAST_WAIT_S, autocommit=True)
                try:
                    return server_faults.busy(self.name, self._holder(driver))
                finally:
                    driver.close()
        return found

    def _dial(self, *, wait_s: float, autocommit: bool, signature: str = "osler") -> Driver:
        driver = psycopg.connect(
            self.server.url,
            autocommit=True,
            client_encoding="utf8",
            application_name=signature[:63],
            connect_timeout=max(LEAST_WAIT_S, round(wait_s)),
        )
        try:
            server_faults.refuse_unsuitable(driver, self.name, oldest=OLDEST)
            driver.execute("SELECT set_config('lock_timeout', %s, false)", (_milliseconds(wait_s),))
            # Else the locks of a process that was killed are held until its last statement ends.
            driver.execute("SELECT set_config('client_connection_check_interval', '500', false)")
            driver.autocommit = autocommit
        except BaseException:
            driver.close()
            raise
        return driver

    def _holder(self, driver: Driver) -> str:
        row = driver.execute(_HOLDERS).fetchone()
        if row is None or not row[0]:
            return "a process that has not signed"
        return f"{row[0]}, since {row[1]}"


class ServerConnection:
    """A connection to PostgreSQL that is spoken to as one to SQLite is."""

    def __init__(self, dial: Callable[[], Driver]) -> None:
        self._dial = dial
        self._driver = dial()
        self._inside = False
        self._waits = ""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Rows:
        """Run ``statement`` with ``values`` in the places of its question marks."""
        query = _marked(statement)
        if self._inside:
            return self._driver.execute(query, values or None)
        if statement.startswith("SELECT"):
            return self._sure(query, values)
        # Said by itself, a lost connection would leave open whether it counted.
        self._begin("BEGIN")
        try:
            done = self._driver.execute(query, values or None)
        except BaseException:
            self.rollback()
            raise
        self.commit()
        return done

    def executemany(self, statement: str, rows: Iterable[Sequence[Any]], /) -> None:
        """Run ``statement`` once for each of ``rows``, without waiting for each answer."""
        with self._ready().cursor() as cursor:
            cursor.executemany(_marked(statement), rows)

    def load(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add ``rows`` to ``table`` in the quickest way there is."""
        with self._ready().cursor() as cursor:
            copy_rows(cursor, table, columns, rows)

    def stream(self, statement: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of ``statement`` as of one moment, some thousands of them in memory."""
        is_outer = not self._inside
        if is_outer:
            self.begin_view()
        try:
            with self._driver.cursor(name="osler_rows") as cursor:
                cursor.itersize = ROWS_AT_ONCE
                yield from cursor.execute(_marked(statement), values or None)
        finally:
            if is_outer:
                self.rollback()

    def begin_view(self) -> None:
        """See the database as of the first reading until the end."""
        self._begin("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    def begin_change(self) -> None:
        """Begin a change, after waiting for another one's."""
        self._begin("BEGIN")
        try:
            self._driver.execute(CHANGE)
        except BaseException:
            self.rollback()
            raise

    def leave_no_copy(self) -> bool:
        """Return False: the server keeps rows that were until it vacuums, and its journal for longer."""
        return False

    def wait_at_most(self, seconds: float) -> None:
        """Give up waiting for others after so long."""
        waits = _milliseconds(seconds)
        if waits != self._waits:
            self.execute("SELECT set_config('lock_timeout', ?, false)", (waits,))
            self._waits = waits

    def commit(self) -> None:
        """End the view, or make the change count."""
        if self._inside:
            self._inside = False
            self._driver.execute("COMMIT")

    def rollback(self) -> None:
        """End the view, or forget the change; a connection that is gone has forgotten it already."""
        if self._inside:
            self._inside = False
            if not self._driver.closed:
                with suppress(psycopg.OperationalError):
                    self._driver.execute("ROLLBACK")

    def close(self) -> None:
        """Close the connection."""
        self._driver.close()

    def _begin(self, statement: str) -> None:
        self._sure(statement.encode())
        self._inside = True

    def _sure(self, query: bytes, values: Sequence[Any] = ()) -> psycopg.Cursor[tuple[Any, ...]]:
        """Run what changes nothing, once more where the connection turns out to have been lost."""
        try:
            return self._ready().execute(query, values or None)
        except psycopg.OperationalError:
            if not self._driver.closed:
                raise
            return self._ready().execute(query, values or None)

    def _ready(self) -> Driver:
        if self._driver.closed and not self._inside:
            self._driver = self._dial()
            self._waits = ""
        return self._driver


def copy_rows(
    cursor: psycopg.Cursor[Any], table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Add ``rows`` to ``table`` by ``COPY``, in the transaction that ``cursor`` is in."""
    names = ", ".join(columns)
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:  # names of our own tables
        for row in rows:
            copy.write_row(row)


@lru_cache(maxsize=512)
def _marked(statement: str) -> bytes:
    """Return ``statement`` with the driver's marks; no statement of ours holds a question or % sign."""
    return statement.replace("?", "%s").encode()


def _milliseconds(seconds: float) -> str:
    return str(max(1, round(seconds * 1000)))  # 0 would mean for ever
