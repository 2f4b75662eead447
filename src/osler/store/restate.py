"""Works out how sources stand after a batch, from their own records and from what others say of them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select, update

from osler.model.source import Status
from osler.store import schema as t
from osler.store.decide import Known
from osler.store.listing import is_listed, listed
from osler.store.standing import gravest


def restate(connection: Connection, identifiers: Iterable[str], sources: Iterable[Known]) -> int:
    """Bring the standing of the concerned sources up to date and return how many stand otherwise now.

    Args:
        connection: A writer's, in a transaction.
        identifiers: Those of which something was said, or is said no longer.
        sources: Those whose own record changed; a new one stands as its own record says so far.
    """
    is_fresh = {known.n: known.is_new for known in sources}
    concerned = set(is_fresh)
    i, st, s = t.identifiers.c, t.standings.c, t.sources.c
    named = select(i.source).where(is_listed(connection, i.identifier))
    concerned.update(connection.execute(named, listed(sorted(identifiers))).scalars())
    said = (
        select(i.source, st.status)
        .join(t.standings, st.identifier == i.identifier)
        .where(is_listed(connection, i.source))
    )
    stored = select(s.n, s.own_status, s.status).where(is_listed(connection, s.n))
    changed: list[dict[str, int | str]] = []
    found: dict[int, list[Status]] = {}
    for n, status in connection.execute(said, listed(sorted(concerned))):
        found.setdefault(n, []).append(Status(status))
    asked = [n for n in sorted(concerned) if n in found or not is_fresh.get(n)]
    for n, own, status in connection.execute(stored, listed(asked)) if asked else ():
        if own == Status.WITHDRAWN:
            continue
        standing = gravest([Status(own), *found.get(n, [])])
        if standing != status:
            changed.append({"b_n": n, "b_status": standing.value})
    if changed:
        statement = update(t.sources).where(s.n == bindparam("b_n"))
        connection.execute(statement.values(status=bindparam("b_status")), changed)
    return len(changed)
