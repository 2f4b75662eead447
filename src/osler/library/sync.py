"""Which records a database is asked for again, and what of its answers comes into the library.

A record that came from the database is brought up to date. What bears its number and came another way (a
curator's summary, a full text, a file) keeps its own words; of such a study only a retraction or an
expression of concern is taken in, as the database's record without its text. Asks nothing itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from osler.ids import content_id
from osler.model.record import Item, Record
from osler.model.source import Source, Status
from osler.store import Store
from osler.store.standing import GRAVITY, SHARED, own_status

PMID: Final = "pmid:"
AT_ONCE: Final = 500


class News(StrEnum):
    """What a database has to say of a record."""

    REVISED = "revised"
    STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Update:
    """One thing that is not as the library has it.

    Attributes:
        item: Identifier, as ``pmid:123``.
        title: Of the source, or empty.
        news: What is new of it.
        was: The standing in the library; of a revision the date it has, as far as known.
        now: The same as the database has it.
    """

    item: str
    title: str
    news: News
    was: str
    now: str


def borne_pmids(store: Store) -> list[str]:
    """Return each PMID that a source of the library bears, in the order of the numbers."""
    found: set[str] = set()
    ids = (content_id("src", standing.key) for standing in store.iter_standings())
    while batch := list(itertools.islice(ids, AT_ONCE)):
        found.update(source.pmid for source in store.sources(batch).values() if source.pmid)
    return sorted(found, key=lambda pmid: (len(pmid), pmid))


class Updates:
    """Holds what a database gives against what the library has.

    Args:
        store: The library; it is only read.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.found: list[Update] = []
        self.asked = 0

    def incoming(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield those of ``items`` that come into the library; note what is new."""
        for item in items:
            self.asked += 1
            if not isinstance(item, Record):
                yield item
                continue
            bearers = self._bearers(item.source)
            self._compare(item.source, bearers)
            own = next((one for one in bearers if one.key == item.source.key), None)
            if own is not None:
                item = replace(item, source=_marked_as(own, item.source))
            if own is not None and (len(bearers) == 1 or self._store.passages_of(own.id)):
                yield item
            elif own is not None or own_status(item.source) in SHARED:
                yield replace(item, blocks=())  # holds for the whole study, brings no words

    def _bearers(self, source: Source) -> list[Source]:
        found = self._store.sources(self._store.sources_with(f"{PMID}{source.pmid}")).values()
        return [one for one in found if one.status is not Status.WITHDRAWN]

    def _compare(self, theirs: Source, bearers: list[Source]) -> None:
        name = f"{PMID}{theirs.pmid}"
        for ours in bearers:
            title = ours.title or ""
            now = own_status(theirs)
            if GRAVITY[now] > GRAVITY[ours.status] and (ours.key == theirs.key or now in SHARED):
                told = (ours.status.value, now.value)
                self.found.append(Update(name, title, News.STANDING, *told))
            if ours.key == theirs.key and theirs.revision > ours.revision:
                told = (_date_of(ours), _date_of(theirs))
                self.found.append(Update(name, title, News.REVISED, *told))


def _marked_as(ours: Source, theirs: Source) -> Source:
    """Return ``theirs`` with the marks that somebody gave to ``ours``: a database does not know them."""
    return replace(theirs, scope=ours.scope, kind=ours.kind, licence=ours.licence or theirs.licence)


def _date_of(source: Source) -> str:
    """Return when ``source`` was revised, without the number of its version."""
    return source.revision.partition("-")[2] or "undated"
