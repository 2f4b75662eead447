"""Records of one study: sources tied together, directly or through others, by a shared identifier."""

from __future__ import annotations

from collections.abc import Iterable

from osler.store import reads
from osler.store.connection import Connection


def group(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return for each of ``ids`` the smallest id of its group; a source alone is its own group."""
    wanted = list(dict.fromkeys(ids))
    parents = {source: source for source in wanted}
    fresh = wanted
    while fresh:
        following: list[str] = []
        for left, right in reads.linked(connection, fresh):
            if right not in parents:
                parents[right] = right
                following.append(right)
            _join(parents, left, right)
        fresh = following
    return {source: _root(parents, source) for source in wanted}


def all_groups(connection: Connection) -> list[tuple[str, ...]]:
    """Return every group of two or more sources, each in order of id."""
    parents: dict[str, str] = {}
    first: dict[str, str] = {}
    for identifier, source in reads.shared_identifiers(connection):
        parents.setdefault(source, source)
        _join(parents, first.setdefault(identifier, source), source)
    groups: dict[str, list[str]] = {}
    for source in sorted(parents):
        groups.setdefault(_root(parents, source), []).append(source)
    return [tuple(members) for members in groups.values()]


def _root(parents: dict[str, str], source: str) -> str:
    while parents[source] != source:
        parents[source] = parents[parents[source]]
        source = parents[source]
    return source


def _join(parents: dict[str, str], left: str, right: str) -> None:
    one, other = _root(parents, left), _root(parents, right)
    parents[max(one, other)] = min(one, other)
