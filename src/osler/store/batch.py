"""Stores one batch of items: decides on each, then writes all of it in one transaction, or nothing.

Works on a connection of a writer, within its transaction; never commits.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, func, insert, select

from osler.ids import content_id
from osler.model.source import Status
from osler.store import schema as t
from osler.store.changes import Change, write_changes
from osler.store.coding import NOTHING
from osler.store.decide import UNSEEN, Fate, Known, decide
from osler.store.entry import Batch, Entry, Failure, Removal, Tally, Written
from osler.store.ledger import clear_failures, record_failures
from osler.store.listing import is_listed, listed


def write_batch(connection: Connection, batch: Batch) -> Written:
    """Store ``batch`` and return what it did.

    Raises:
        sqlalchemy.exc.DBAPIError: The database refused; nothing of the batch may be committed.
    """
    gathered = _Gathered(_load_known(connection, batch), _next_source(connection))
    failed: list[Failure] = []
    for item in batch.items:
        if isinstance(item, Entry):
            gathered.take(item, again=batch.again)
        elif isinstance(item, Removal):
            gathered.remove(item)
        else:
            failed.append(item)
    tally = gathered.tally
    changed = write_changes(
        connection,
        list(gathered.changes.values()),
        origin=_number_origin(connection, batch.origin),
        now=batch.now,
    )
    tally.restated += changed.restated
    clear_failures(connection, keys=gathered.keys)
    tally.failed += record_failures(connection, failed)
    return Written(tally, changed)


@dataclass(slots=True)
class _Gathered:
    """What the items of a batch, taken one after the other, make of the sources they name."""

    known: dict[str, Known]
    next_n: int
    tally: Tally = field(default_factory=Tally)
    changes: dict[int, Change] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)

    def take(self, entry: Entry, *, again: bool) -> None:
        self.keys.add(entry.key)
        known = self.known.get(entry.source)
        fate = decide(known, entry, again=again)
        self._count(fate)
        if fate is Fate.REFUSE and known is not None and known.weight == UNSEEN:
            # The first revision seen stays withdrawn: the deletion only came before it.
            known.revision, known.weight = entry.revision, entry.weight
            self._change(known)
        if fate in {Fate.SAME, Fate.OLDER, Fate.REFUSE}:
            return
        if known is None:
            known = self._add(entry.source, entry.key)
        known.scope, known.links = entry.scope, entry.links
        known.own_status = Status(entry.own_status)
        known.revision, known.weight = entry.revision, entry.weight
        known.reason, known.by_person = "", False
        change = self._change(known)
        change.said = entry
        if fate is not Fate.NOTE:
            known.version = entry.version
            change.entry = entry

    def remove(self, removal: Removal) -> None:
        source_id = content_id("src", removal.key)
        self.keys.add(removal.key)
        known = self.known.get(source_id)
        if known is not None and known.withdrawn:
            self.tally.unchanged += 1
            return
        if known is None:
            known = self._add(source_id, removal.key)
            known.weight = UNSEEN
        known.own_status, known.reason = Status.WITHDRAWN, removal.reason
        known.by_person = removal.by_person
        change = self._change(known)
        change.entry = change.said = None
        self.tally.withdrawn += 1

    def _add(self, source_id: str, key: str) -> Known:
        known = Known(
            n=self.next_n,
            id=source_id,
            key=key,
            scope="public",
            own_status=Status.CURRENT,
            version=None,
            revision="",
            links=NOTHING,
            weight=0,
            reason="",
            by_person=False,
            is_new=True,
        )
        self.next_n += 1
        self.known[source_id] = known
        return known

    def _change(self, known: Known) -> Change:
        change = self.changes.get(known.n)
        if change is None:
            change = self.changes[known.n] = Change(known)
        return change

    def _count(self, fate: Fate) -> None:
        tally = self.tally
        if fate is Fate.ADD:
            tally.added += 1
        elif fate is Fate.REVISE:
            tally.revised += 1
        elif fate is Fate.OLDER:
            tally.older += 1
        elif fate is Fate.REFUSE:
            tally.refused += 1
        else:
            tally.unchanged += 1


def _load_known(connection: Connection, batch: Batch) -> dict[str, Known]:
    wanted: dict[str, None] = {}
    for item in batch.items:
        if isinstance(item, Entry):
            wanted[item.source] = None
        elif isinstance(item, Removal):
            wanted[content_id("src", item.key)] = None
    s, v = t.sources.c, t.versions.c
    statement = (
        select(s.n, s.id, s.key, s.scope, s.own_status, v.id, s.revision, s.links, s.weight, s.reason)
        .add_columns(s.by_person, s.version)
        .select_from(t.sources.outerjoin(t.versions, v.n == s.version))
        .where(is_listed(connection, s.id))
    )
    known: dict[str, Known] = {}
    for row in connection.execute(statement, listed(wanted)):
        status = Status(row[4])
        live = None if status is Status.WITHDRAWN else row[11]
        known[row[1]] = Known(
            n=row[0],
            id=row[1],
            key=row[2],
            scope=row[3],
            own_status=status,
            version=row[5],
            revision=row[6],
            links=row[7],
            weight=row[8],
            reason=row[9],
            by_person=bool(row[10]),
            live=live,
            live_scope=row[3],
        )
    return known


def _next_source(connection: Connection) -> int:
    return int(connection.execute(select(func.coalesce(func.max(t.sources.c.n), 0))).scalar_one()) + 1


def _number_origin(connection: Connection, name: str) -> int:
    found = connection.execute(select(t.origins.c.n).where(t.origins.c.name == name)).scalar()
    if found is not None:
        return int(found)
    result = connection.execute(insert(t.origins).values(name=name))
    key = result.inserted_primary_key
    return int(key[0]) if key else 0
