"""How a source stands, from its own record and from what other records say of it. Rules only, no SQL.

A retraction notice names the retracted article by an identifier; so does a retracted record of the same
study under another key. Both are kept as standings of the identifier, whichever comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from osler.model.source import Relation, Source, Status

GRAVITY: Final = {
    Status.CURRENT: 0,
    Status.CORRECTED: 1,
    Status.SUPERSEDED: 2,
    Status.CONCERN: 3,
    Status.RETRACTED: 4,
    Status.WITHDRAWN: 5,
}
"""The gravest standing known counts."""

SAID_OF_OTHERS: Final = {
    Relation.RETRACTS: Status.RETRACTED,
    Relation.CORRECTS: Status.CORRECTED,
    Relation.UPDATES: Status.SUPERSEDED,
}
SAID_OF_ITSELF: Final = {
    Relation.RETRACTED_BY: Status.RETRACTED,
    Relation.CONCERN_BY: Status.CONCERN,
    Relation.CORRECTED_BY: Status.CORRECTED,
}
SHARED: Final = frozenset({Status.RETRACTED, Status.CONCERN})
"""What holds for every record of a study, not only for the record that says so."""


def gravest(statuses: Iterable[Status]) -> Status:
    """Return the gravest of ``statuses``, current when there is none."""
    return max(statuses, key=GRAVITY.__getitem__, default=Status.CURRENT)


def own_status(source: Source) -> Status:
    """Return how ``source`` stands by its own record: its status and the links in it."""
    if not source.links:
        return source.status
    linked = [SAID_OF_ITSELF[link.relation] for link in source.links if link.relation in SAID_OF_ITSELF]
    return gravest([source.status, *linked])


def standings_of(source: Source, own: Status) -> tuple[tuple[str, str], ...]:
    """Return the identifiers that ``source`` says something grave about, each with what it says once."""
    if not source.links and own not in SHARED:
        return ()
    found = [
        (link.target, SAID_OF_OTHERS[link.relation].value)
        for link in source.links
        if link.relation in SAID_OF_OTHERS
    ]
    if own in SHARED:
        found.extend((identifier, own.value) for identifier in source.identifiers)
    return tuple(dict.fromkeys(found))
