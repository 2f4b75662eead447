"""Writes the part of the ledger that is not evidence: items that failed, files that were read."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Final

from sqlalchemy import Connection, bindparam, delete, select

from osler.store import schema as t
from osler.store.engines import upsert
from osler.store.entry import Failure, ReadFile

AT_ONCE: Final = 900


def record_failures(connection: Connection, failed: Sequence[Failure]) -> int:
    """Store ``failed``, counting tries of an item that failed before; return how many there are."""
    if not failed:
        return 0
    rows = {
        item.item: {
            "item": item.item,
            "code": item.code,
            "reason": item.reason,
            "hint": item.hint,
            "key": item.key,
            "origin": item.origin,
            "tries": item.tries,
            "failed": item.failed,
            "next_try": item.next_try,
        }
        for item in failed
    }
    statement = upsert(connection, t.failures)
    new = statement.excluded
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["item"],
            set_={
                "code": new.code,
                "reason": new.reason,
                "hint": new.hint,
                "key": new.key,
                "origin": new.origin,
                "tries": t.failures.c.tries + 1,
                "failed": new.failed,
                "next_try": new.next_try,
            },
        ),
        list(rows.values()),
    )
    return len(failed)


def clear_failures(connection: Connection, *, keys: Iterable[str]) -> None:
    """Strike the failures of sources that have now been read."""
    if connection.execute(select(t.failures.c.item).limit(1)).first() is None:
        return  # as nearly always, and asking for every key would cost as much as a table
    wanted = sorted(keys)
    statement = delete(t.failures).where(
        t.failures.c.key.in_(bindparam("ids", expanding=True)), t.failures.c.key != ""
    )
    for start in range(0, len(wanted), AT_ONCE):
        connection.execute(statement, {"ids": wanted[start : start + AT_ONCE]})


def clear_origin(connection: Connection, origin: str, *, still: Container[str]) -> None:
    """Strike the failures of ``origin`` other than the items ``still``, which failed again."""
    f = t.failures.c
    stored = connection.execute(select(f.item).where(f.origin == origin)).scalars()
    gone = [{"b_item": item} for item in stored if item not in still]
    if gone:
        connection.execute(delete(t.failures).where(f.item == bindparam("b_item")), gone)


def record_file(connection: Connection, file: ReadFile) -> None:
    """Note that ``file`` was read to its end."""
    row = {
        "digest": file.digest,
        "name": file.name,
        "size": file.size,
        "items": file.items,
        "failed": file.failed,
        "read": file.read,
    }
    statement = upsert(connection, t.files)
    connection.execute(statement.on_conflict_do_update(index_elements=["digest"], set_=row), [row])
