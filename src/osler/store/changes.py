"""Writes what a batch changes: sources, versions, passages, identifiers, abbreviations, standings.

Each table is touched once for the whole batch, with as many rows in one statement as there are.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Insert, Table, bindparam, delete, func, insert, select, update

from osler.store import schema as t
from osler.store.coding import NOTHING
from osler.store.decide import Known
from osler.store.engines import upsert
from osler.store.entry import Changed, Entry
from osler.store.restate import restate

AT_ONCE: Final = 900
Row = dict[str, Any]
Values = tuple[Any, ...]
"""One row in the order of the table's columns."""


@dataclass(slots=True)
class Change:
    """One source as the batch leaves it, what was last said of it and, if accepted, its content."""

    known: Known
    said: Entry | None = None
    entry: Entry | None = None


def write_changes(
    connection: Connection, changes: Sequence[Change], *, origin: int, now: str
) -> Changed:
    """Write ``changes`` and return what became of them.

    Args:
        connection: A writer's, in a transaction.
        changes: At most one for each source.
        origin: Number of the file or query.
        now: ISO time, for the ledger.
    """
    writing = _Writing(connection, _last_sequence(connection))
    before = writing.sequence
    if not changes:
        return Changed(0, before, (), has_losses=False, sequence=before)
    accepted = [c for c in changes if c.entry is not None and not c.known.withdrawn]
    versions = writing.number_versions(accepted)
    births = [c for c in accepted if not _is_as_before(c.known, versions)]
    reborn = {c.known.n for c in births}
    has_losses = writing.drop([c.known for c in changes if c.known.withdrawn or c.known.n in reborn])
    writing.write_sources(changes, versions, origin=origin, now=now)
    born = writing.bear(births, versions)
    identifiers = writing.write_standings(changes)
    restated = restate(connection, identifiers, [c.known for c in changes if not c.known.withdrawn])
    if restated and writing.sequence == before:
        writing.sequence += 1
    if writing.sequence != before:
        statement = update(t.meta).where(t.meta.c.name == "sequence")
        connection.execute(statement.values(value=str(writing.sequence)))
    return Changed(restated, before, tuple(born), has_losses, writing.sequence)


def _is_as_before(known: Known, versions: dict[int, int]) -> bool:
    return known.live is not None and versions[known.n] == known.live and known.scope == known.live_scope


def _last_sequence(connection: Connection) -> int:
    statement = select(t.meta.c.value).where(t.meta.c.name == "sequence")
    return int(connection.execute(statement).scalar_one())


@dataclass(slots=True)
class _Writing:
    connection: Connection
    sequence: int

    def number_versions(self, accepted: Sequence[Change]) -> dict[int, int]:
        """Return the row of each accepted version by source, a stored one where content came back."""
        v = t.versions.c
        old = [c.entry.version for c in accepted if c.entry is not None and not c.known.is_new]
        stored: dict[str, int] = {}
        statement = select(v.id, v.n).where(v.id.in_(bindparam("ids", expanding=True)))
        for start in range(0, len(old), AT_ONCE):
            rows = self.connection.execute(statement, {"ids": old[start : start + AT_ONCE]})
            stored.update((row[0], row[1]) for row in rows)
        number = int(self.connection.execute(select(func.coalesce(func.max(v.n), 0))).scalar_one())
        numbers: dict[int, int] = {}
        for change in accepted:
            version = stored.get(change.entry.version) if change.entry else None
            if version is None:
                number += 1
                version = number
            numbers[change.known.n] = version
        return numbers

    def drop(self, known: Sequence[Known]) -> bool:
        """Make what was current of these sources history, and tell whether anything was.

        Their words stay, for old citations.
        """
        live = {k.live: k for k in known if k.live is not None}
        if not live:
            return False
        self.sequence += 1
        v = t.versions.c
        removals: list[Row] = []
        counts: Counter[tuple[str, str, str]] = Counter()
        statement = select(v.n, v.first_passage, v.passages, v.abbreviations).where(
            v.n.in_(bindparam("ids", expanding=True))
        )
        numbers = list(live)
        for start in range(0, len(numbers), AT_ONCE):
            part = {"ids": numbers[start : start + AT_ONCE]}
            for n, first, passages, pairs in self.connection.execute(statement, part):
                removals.append({"gone": self.sequence, "born": first, "b_end": first + passages})
                counts.update((short, long, live[n].live_scope) for short, long in _pairs(pairs))
        p = t.passages.c
        self.connection.execute(
            insert(t.removals), [{"gone": r["gone"], "born": r["born"]} for r in removals]
        )
        self.connection.execute(
            update(t.passages)
            .where(p.sequence >= bindparam("born"), p.sequence < bindparam("b_end"))
            .values(gone=self.sequence),
            removals,
        )
        self.connection.execute(
            delete(t.identifiers).where(t.identifiers.c.source == bindparam("b_n")),
            [{"b_n": k.n} for k in live.values()],
        )
        self._count_abbreviations(counts, sign=-1)
        return True

    def write_sources(
        self, changes: Sequence[Change], versions: dict[int, int], *, origin: int, now: str
    ) -> None:
        """Insert or update the row of each changed source."""
        fresh: list[Values] = []
        changed: list[Row] = []
        for change in changes:
            known = change.known
            version = versions.get(known.n, known.live)
            if known.is_new:
                fresh.append(_source_row(known, version, origin=origin, now=now))
                continue
            changed.append(
                {
                    "b_n": known.n,
                    "scope": known.scope,
                    "own_status": known.own_status.value,
                    "version": version,
                    "revision": known.revision,
                    "links": known.links,
                    "weight": known.weight,
                    "origin": origin,
                    "changed": now,
                    "reason": known.reason,
                    "by_person": int(known.by_person),
                }
            )
        _insert_many(self.connection, t.sources, fresh)
        if changed:
            names = [name for name in changed[0] if name != "b_n"]
            statement = update(t.sources).where(t.sources.c.n == bindparam("b_n"))
            self.connection.execute(statement.values({name: bindparam(name) for name in names}), changed)
        # Withdrawal and return show at once; every other standing is worked out by ``restate``.
        jumps = [
            {"b_n": c.known.n, "b_status": c.known.own_status.value}
            for c in changes
            if not c.known.is_new and (c.known.withdrawn or c.known.live is None)
        ]
        if jumps:
            statement = update(t.sources).where(t.sources.c.n == bindparam("b_n"))
            self.connection.execute(statement.values(status=bindparam("b_status")), jumps)

    def bear(self, births: Sequence[Change], versions: dict[int, int]) -> list[tuple[Entry, int]]:
        """Make the accepted versions current; return them with the new numbers of their passages."""
        if not births:
            return []
        stored = self._stored_ranges(versions, births)
        version_rows: list[Values] = []
        passage_rows: list[Values] = []
        identifier_rows: list[Values] = []
        born: list[tuple[Entry, int]] = []
        counts: Counter[tuple[str, str, str]] = Counter()
        for change in births:
            entry, known = change.entry, change.known
            if entry is None:
                continue
            n, first = versions[known.n], self.sequence + 1
            born.append((entry, first))
            identifier_rows.extend([(identifier, known.n) for identifier in entry.identifiers])
            if n in stored:
                first, passages, pairs = stored[n]
                counts.update((short, long, known.scope) for short, long in _pairs(pairs))
                self._move(n, first, passages)
                continue
            for short, long in entry.pairs:
                counts[short, long, known.scope] += 1
            version_rows.append((n, entry.version, known.n, *entry.content, first, len(entry.passages)))
            for number, (passage, ordinal, heading, text, sections) in enumerate(entry.passages, first):
                passage_rows.append((number, passage, n, ordinal, heading, text, sections, None))
            self.sequence += len(entry.passages)
        _insert_many(self.connection, t.versions, version_rows)
        _insert_many(self.connection, t.passages, passage_rows)
        _insert_many(self.connection, t.identifiers, identifier_rows)
        self._count_abbreviations(counts, sign=1)
        return born

    def _stored_ranges(
        self, versions: dict[int, int], births: Sequence[Change]
    ) -> dict[int, tuple[int, int, str]]:
        v = t.versions.c
        old = [versions[c.known.n] for c in births if not c.known.is_new]
        statement = select(v.n, v.first_passage, v.passages, v.abbreviations).where(
            v.n.in_(bindparam("ids", expanding=True))
        )
        found: dict[int, tuple[int, int, str]] = {}
        for start in range(0, len(old), AT_ONCE):
            rows = self.connection.execute(statement, {"ids": old[start : start + AT_ONCE]})
            found.update((row[0], (row[1], row[2], row[3])) for row in rows)
        return found

    def _move(self, version: int, first: int, passages: int) -> None:
        """Give the passages of a version that is current again the newest numbers."""
        p = t.passages.c
        self.connection.execute(
            update(t.passages)
            .where(p.sequence >= first, p.sequence < first + passages)
            .values(sequence=p.sequence + (self.sequence + 1 - first), gone=None)
        )
        self.connection.execute(
            update(t.versions).where(t.versions.c.n == version).values(first_passage=self.sequence + 1)
        )
        self.sequence += passages

    def write_standings(self, changes: Sequence[Change]) -> set[str]:
        """Store what the changed sources say of others; return the identifiers concerned."""
        st = t.standings.c
        touched: set[str] = set()
        old = [c.known.n for c in changes if not c.known.is_new]
        which = st.source.in_(bindparam("ids", expanding=True))
        for start in range(0, len(old), AT_ONCE):
            ids = {"ids": old[start : start + AT_ONCE]}
            touched.update(self.connection.execute(select(st.identifier).where(which), ids).scalars())
            self.connection.execute(delete(t.standings).where(which), ids)
        rows: dict[tuple[str, int, str], Row] = {}
        for change in changes:
            if change.said is None or change.known.withdrawn:
                continue
            n = change.known.n
            for identifier, status in change.said.standings:
                rows[identifier, n, status] = {"identifier": identifier, "source": n, "status": status}
        if rows:
            self.connection.execute(insert(t.standings), list(rows.values()))
            touched.update(key[0] for key in rows)
        return touched

    def _count_abbreviations(self, counts: Counter[tuple[str, str, str]], *, sign: int) -> None:
        if not counts:
            return
        rows = [(*named, sign * count) for named, count in counts.items()]
        statement = upsert(self.connection, t.abbreviations)
        total = t.abbreviations.c.sources + statement.excluded.sources
        keys = ["short", "long", "scope"]
        _execute_many(
            self.connection,
            statement.on_conflict_do_update(index_elements=keys, set_={"sources": total}),
            rows,
        )
        if sign < 0:
            self._forget_unused(list(counts))

    def _forget_unused(self, named: list[tuple[str, str, str]]) -> None:
        a = t.abbreviations.c
        self.connection.execute(
            delete(t.abbreviations).where(
                a.short == bindparam("short"),
                a.long == bindparam("long"),
                a.scope == bindparam("scope"),
                a.sources <= 0,
            ),
            [{"short": short, "long": long, "scope": scope} for short, long, scope in named],
        )


def _pairs(stored: str) -> list[tuple[str, str]]:
    return [] if stored == NOTHING else [(short, long) for short, long in json.loads(stored)]


def _insert_many(connection: Connection, table: Table, rows: list[Values]) -> None:
    """Insert ``rows`` of whole columns."""
    if rows:
        _execute_many(connection, insert(table), rows)


def _execute_many(connection: Connection, statement: Insert, rows: list[Values]) -> None:
    """Execute ``statement`` for ``rows``; it is Core's, its parameters go to the driver as they are.

    Core would take each row apart again, which costs as much as the writing itself.
    """
    connection.exec_driver_sql(str(statement.compile(dialect=connection.dialect)), rows)


def _source_row(known: Known, version: int | None, *, origin: int, now: str) -> Values:
    status = known.own_status.value
    return (
        known.n,
        known.id,
        known.key,
        known.scope,
        status,
        status,
        version,
        known.revision,
        known.links,
        known.weight,
        origin,
        now,
        known.reason,
        int(known.by_person),
    )
