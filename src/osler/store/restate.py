"""Works out how sources stand after a batch, from their own records and from what others say of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from sqlalchemy import Connection, bindparam, select, update

from osler.model.source import Status
from osler.store import schema as t
from osler.store.decide import Known
from osler.store.standing import gravest

AT_ONCE: Final = 900
Part = TypeVar("Part", int, str)


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
    named = select(i.source).where(i.identifier.in_(bindparam("ids", expanding=True)))
    for names in _parts(sorted(identifiers)):
        concerned.update(connection.execute(named, {"ids": names}).scalars())
    said = (
        select(i.source, st.status)
        .join(t.standings, st.identifier == i.identifier)
        .where(i.source.in_(bindparam("ids", expanding=True)))
    )
    stored = select(s.n, s.own_status, s.status).where(s.n.in_(bindparam("ids", expanding=True)))
    changed: list[dict[str, int | str]] = []
    for part in _parts(sorted(concerned)):
        found: dict[int, list[Status]] = {}
        for n, status in connection.execute(said, {"ids": part}):
            found.setdefault(n, []).append(Status(status))
        asked = [n for n in part if n in found or not is_fresh.get(n)]
        for n, own, status in connection.execute(stored, {"ids": asked}) if asked else ():
            if own == Status.WITHDRAWN:
                continue
            standing = gravest([Status(own), *found.get(n, [])])
            if standing != status:
                changed.append({"b_n": n, "b_status": standing.value})
    if changed:
        statement = update(t.sources).where(s.n == bindparam("b_n"))
        connection.execute(statement.values(status=bindparam("b_status")), changed)
    return len(changed)


def _parts(values: Sequence[Part]) -> Iterable[Sequence[Part]]:
    return (values[start : start + AT_ONCE] for start in range(0, len(values), AT_ONCE))
