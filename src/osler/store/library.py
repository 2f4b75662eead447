"""The open library: what the rest of Osler may ask the database, and the way to write to it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from osler.errors import LibraryError
from osler.ids import content_id
from osler.model.passage import Passage
from osler.model.source import Source
from osler.store import digest, reads, studies
from osler.store.articles import ArticleStore
from osler.store.connection import Connection
from osler.store.database import Database, Place, database_at
from osler.store.entry import Failure, IndexedRow, ReadFile, Standing, State
from osler.store.people import PeopleStore
from osler.store.revision import check_revision, missing
from osler.store.transactions import Transactions

if TYPE_CHECKING:
    from osler.store.writer import Writer

ANSWER_WAIT_S: Final = 2.0
"""A reader that keeps its answer waits no longer than this for a batch to end."""


def open_store(place: Place, *, create: bool, wait_s: float, holder: str) -> Store:
    """Return the library at ``place``, brought to this version's tables where it is behind.

    Args:
        place: The file, whose folder also takes the writer's lock file, or the database of a server.
        create: Make the library, and the folder of its file, when there is none.
        wait_s: Seconds to wait for another writer.
        holder: What this process does, such as ``osler add``; told to others that wait for it.

    Raises:
        NotFoundError: ``library.missing``: there is none, and ``create`` is off.
        LibraryError: ``library.newer``, ``library.damaged``, ``library.unreadable``, ``library.busy``;
            of a server also ``library.unreachable``, ``library.refused``, ``library.unsuitable``.
        UsageError: ``usage.extra``: the driver of the server is not installed.
    """
    database = database_at(place)
    with database.translated():
        if create:
            database.make()
        if not database.exists():
            raise missing(database.name)
        connection = database.connect(wait_s=wait_s)
    try:
        with database.translated():
            revision = database.stored_revision(connection)
        if not check_revision(revision, database.name):
            if revision is None and not create:
                raise missing(database.name)
            _upgrade(database, wait_s=wait_s, holder=holder)
    except BaseException:
        connection.close()
        raise
    return Store(place, database, connection, wait_s=wait_s, holder=holder)


def _upgrade(database: Database, *, wait_s: float, holder: str) -> None:
    from osler.store.writer import Writer  # SQLAlchemy is slow to load and readers do without

    with database.translated(), database.writer_lock(holder=holder, wait_s=wait_s) as confirm:
        writer = Writer(database, wait_s=wait_s, confirm=confirm)
        try:
            writer.upgrade()
        finally:
            writer.close()


class Store:
    """An open library. Reading never waits for a writer; writing goes through ``writing``."""

    def __init__(
        self, place: Place, database: Database, connection: Connection, *, wait_s: float, holder: str
    ) -> None:
        self.place = place
        self._database = database
        self._connection = connection
        self._wait_s = wait_s
        self._holder = holder
        self._state: State | None = None
        self._lock = threading.RLock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the library; nothing can be read from it any more."""
        if "_small_changes" in self.__dict__:
            self._small_changes.close()
        with self._database.translated():
            self._connection.close()

    # --- evidence ---------------------------------------------------------------------------------

    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """Return the sources with these ids, by id, as they stand today; unknown ids are left out."""
        with self._reading() as connection:
            return reads.sources(connection, ids)

    def passages(self, ids: Iterable[str]) -> list[Passage]:
        """Return the passages with these ids in the order asked for, those of old versions too."""
        with self._reading() as connection:
            return reads.passages(connection, ids)

    def source_by_key(self, key: str) -> Source | None:
        """Return the source with the key ``key``, or None."""
        return self.sources([content_id("src", key)]).get(content_id("src", key))

    def sources_with(self, identifier: str) -> list[str]:
        """Return the ids of the sources that carry ``identifier``, such as ``pmid:123``."""
        with self._reading() as connection:
            return reads.by_identifier(connection, identifier)

    def passages_of(self, source: str, *, version: str | None = None) -> list[Passage]:
        """Return the passages of the source's current version, or of ``version``, in order."""
        with self._reading() as connection:
            return reads.passages_of(connection, source, version=version)

    def versions_of(self, source: str) -> list[str]:
        """Return the versions of ``source`` that were ever current, in the order they came."""
        with self._reading() as connection:
            return reads.version_ids(connection, source)

    def current_versions(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the current version of each source, by source."""
        with self._reading() as connection:
            return reads.current_versions(connection, ids)

    def source_of_version(self, version: str) -> Source | None:
        """Return the record as it was in ``version``, with today's standing; None when unknown."""
        with self._reading() as connection:
            return reads.source_of_version(connection, version)

    def studies(self, ids: Iterable[str]) -> dict[str, str]:
        """Return for each source the group of records of one study that it belongs to.

        A group is named by the smallest id of its sources, in this library.
        """
        with self._reading() as connection:
            return studies.group(connection, ids)

    def shared_studies(self) -> list[tuple[str, ...]]:
        """Return every group of two or more records of one study."""
        with self._reading() as connection:
            return studies.all_groups(connection)

    # --- words ------------------------------------------------------------------------------------

    def long_forms(self, short: str, *, scopes: frozenset[str] | None = None) -> list[tuple[str, int]]:
        """Return the folded long forms of ``short`` (case counts), most frequent first, with counts."""
        with self._reading() as connection:
            return reads.forms(connection, short, of="short", scopes=scopes)

    def short_forms(self, long: str, *, scopes: frozenset[str] | None = None) -> list[tuple[str, int]]:
        """Return the short forms of ``long`` (folded), most frequent first, with counts."""
        with self._reading() as connection:
            return reads.forms(connection, long, of="long", scopes=scopes)

    # --- state ------------------------------------------------------------------------------------

    def state(self) -> State:
        """Return snapshot, number of sources and newest date, all of one moment."""
        with self._reading() as connection:
            if self._state is None or self._state.sequence != reads.last_sequence(connection):
                self._state = digest.kept_state(connection) or self._name_state(connection)
            return self._state

    def _name_state(self, connection: Connection) -> State:
        """Work the state out, as after a kill, and keep it for the next reader where that is at once."""
        state = digest.compute_state(connection)
        if not self.is_being_written():
            # A courtesy: a writer that comes just now keeps its own, a full disk does without.
            with suppress(LibraryError), self._database.translated():
                digest.keep_state(connection, state)
        return state

    def snapshot(self) -> str:
        """Return ``sha256:…``, the name of the library's state."""
        return self.state().snapshot

    def count_sources(self) -> int:
        """Return the number of sources that are not withdrawn."""
        return self.state().sources

    def newest_evidence_date(self) -> str | None:
        """Return the newest date of publication, as exact as known; None for an empty library."""
        return self.state().as_of

    def counts(self) -> dict[str, int]:
        """Return how many sources of each standing, passages, failures, files and answers there are."""
        with self._reading() as connection:
            return reads.counts(connection)

    def identity(self) -> str:
        """Return the library's own name, which a copy in another folder does not share."""
        with self._reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = 'identity'").fetchone()
            return str(row[0])

    # --- what an index asks -----------------------------------------------------------------------

    def iter_index_rows(self, *, after: int = 0) -> Iterator[IndexedRow]:
        """Yield the current passages whose sequence is above ``after``, in order of sequence.

        On a connection of its own: one view of the library, however long the reading takes.
        """
        with self._database.translated():
            connection = self._database.connect(wait_s=self._wait_s)
            try:
                yield from reads.iter_index_rows(connection, after=after)
            finally:
                connection.close()

    def last_sequence(self) -> int:
        """Return the sequence of the newest change, a removal included."""
        with self._reading() as connection:
            return reads.last_sequence(connection)

    def removed_since(self, sequence: int) -> bool:
        """Tell whether a passage present at ``sequence`` has gone since, or was revised."""
        with self._reading() as connection:
            return reads.removed_since(connection, sequence)

    # --- ledger -----------------------------------------------------------------------------------

    def iter_standings(self, *, withdrawn: bool = False) -> Iterator[Standing]:
        """Yield how each source stands, by key: those in the library, or those withdrawn."""
        with self._database.translated():
            connection = self._database.connect(wait_s=self._wait_s)
            try:
                yield from reads.iter_sources(connection, withdrawn=withdrawn)
            finally:
                connection.close()

    def failures(self) -> list[Failure]:
        """Return every item that has failed and not succeeded since."""
        with self._reading() as connection:
            return reads.failures(connection)

    def read_files(self, digests: Iterable[str]) -> dict[str, ReadFile]:
        """Return those of the files that were read to their end, by digest."""
        with self._reading() as connection:
            return reads.read_files(connection, digests)

    # --- answers ----------------------------------------------------------------------------------

    def put_answer(self, answer: str, document: str, *, now: str, expires: str | None = None) -> None:
        """Keep the JSON ``document`` of ``answer``, for a question that follows it.

        Args:
            answer: Its id.
            document: What is kept, in place of what was kept under this id.
            now: ISO time in UTC, as ``expires`` is; what has expired by then is dropped on the way.
            expires: When it is gone, or None for never.

        Raises:
            LibraryError: ``library.busy``, ``library.full``; the answer itself is none the worse.
        """
        with self._reading() as connection:
            connection.wait_at_most(min(self._wait_s, ANSWER_WAIT_S))
            _drop_expired(connection, now)
            connection.execute(
                "INSERT INTO answers (id, document, created, expires) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET document = excluded.document,"
                " created = excluded.created, expires = excluded.expires",
                (answer, document, now, expires),
            )

    def answer(self, answer: str, *, now: str = "") -> str | None:
        """Return the JSON document of ``answer``; None where there is none, or it expired by ``now``."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT document FROM answers WHERE id = ? AND (expires IS NULL OR expires > ?)",
                (answer, now),
            ).fetchone()
            return None if row is None else str(row[0])

    def expiry(self, answer: str) -> str | None:
        """Return when ``answer`` is gone, None where there is none or it is kept for good."""
        with self._reading() as connection:
            row = connection.execute("SELECT expires FROM answers WHERE id = ?", (answer,)).fetchone()
            return None if row is None else row[0]

    def drop_expired(self, *, now: str) -> None:
        """Drop every answer that has expired by ``now``; a file holds nothing of them any more."""
        with self._reading() as connection:
            _drop_expired(connection, now)

    # --- articles ---------------------------------------------------------------------------------

    @cached_property
    def articles(self) -> ArticleStore:
        """The articles, with their versions and history."""
        return ArticleStore(self._small_changes)

    @cached_property
    def people(self) -> PeopleStore:
        """Who has an account."""
        return PeopleStore(self._small_changes)

    @cached_property
    def _small_changes(self) -> Transactions:
        return Transactions(self.place, wait_s=self._wait_s)

    # --- writing ----------------------------------------------------------------------------------

    def is_being_written(self) -> bool:
        """Tell whether a writer is at work now, so that what is current may change at any moment."""
        with self._database.translated():
            return self._database.is_being_written()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Open the one writer, after waiting for another; at the end the new state is named.

        Raises:
            LibraryError: ``library.busy``, with the name of the holder.
        """
        from osler.store.writer import Writer  # SQLAlchemy is slow to load and readers do without

        with ExitStack() as stack:
            with self._database.translated():
                lock = self._database.writer_lock(holder=self._holder, wait_s=self._wait_s)
                confirm = stack.enter_context(lock)
            writer = Writer(self._database, wait_s=self._wait_s, confirm=confirm)
            try:
                yield writer
                self._keep_state()
            finally:
                writer.close()

    def _keep_state(self) -> None:
        state = self.state()
        with self._reading() as connection:
            digest.keep_state(connection, state)

    # --- copies -----------------------------------------------------------------------------------

    def backup(self, file: Path) -> None:
        """Write a whole copy of the library to ``file``, replacing it only once the copy is complete.

        The copy is a library in a SQLite file, wherever this one lies.
        """
        from osler.store import copies  # seldom needed, and every question opens the store

        with self._reading() as connection:
            copies.backup(self._database, connection, file)

    def restore(self, file: Path) -> None:
        """Make the library what the backup ``file`` holds, in one step; before that it stays as it was.

        Raises:
            InputError: ``input.not_a_library``: the file is no intact backup.
            LibraryError: ``library.newer``: a newer version of Osler wrote it.
        """
        from osler.store import copies  # seldom needed, and every question opens the store

        with (
            self._database.translated(),
            self._database.writer_lock(holder=self._holder, wait_s=self._wait_s),
        ):
            copies.restore(self._database, file, wait_s=self._wait_s)
        self._state = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._lock, self._database.translated():
            yield self._connection


def _drop_expired(connection: Connection, now: str) -> None:
    if connection.execute("DELETE FROM answers WHERE expires <= ?", (now,)).rowcount:
        connection.leave_no_copy()
