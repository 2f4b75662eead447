"""Bring the library up to date with where its records came from, then look at what rests on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from osler.errors import UsageError
from osler.library.ingest import Progress, add_items
from osler.library.report import Report
from osler.library.sync import Update, Updates, borne_pmids
from osler.service.add import NoticeKeeper, catch_up_index
from osler.service.articles.recalling import recall_articles
from osler.service.wiring import Desk

if TYPE_CHECKING:
    from osler.service.articles.living import Watched

PUBMED: Final = "pubmed"
SOURCES: Final = (PUBMED,)
ORIGIN: Final = "osler sync"


@dataclass(slots=True)
class Synced:
    """What came of it.

    Attributes:
        dry_run: Whether nothing was to be changed.
        asked: Records that were asked for.
        updates: What is not as the library had it.
        report: What came into the library.
        articles: What was found of each approved article afterwards; empty where nothing was changed.
    """

    dry_run: bool
    asked: int = 0
    updates: list[Update] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    articles: list[Watched] = field(default_factory=list)


def sync(
    desk: Desk, *, source: str | None = None, dry_run: bool = False, progress: Progress | None = None
) -> Synced:
    """Ask for each record again, take in what is new, and ask each approved article's question anew.

    Args:
        desk: Where.
        source: The database; all of them without it.
        dry_run: Ask and compare, and change nothing.
        progress: Told how far it has come.

    Raises:
        UsageError: There is no such database.
        OfflineError: It cannot be reached; what came before stands.
    """
    if source not in (None, *SOURCES):
        raise UsageError("nothing is fetched from there", item=source, hint=f"choose {PUBMED}")
    synced = Synced(dry_run)
    pmids = borne_pmids(desk.store)
    if pmids:
        updates = Updates(desk.store)
        synced.updates = updates.found
        try:
            _refresh(desk, pmids, updates, synced, progress)
        finally:
            # Also after a fault or Ctrl-C: what was stored is to be found, what it retracts taken back.
            synced.asked = updates.asked
            if not dry_run:
                catch_up_index(desk, progress)
                synced.articles += recall_articles(desk)
    if not dry_run:
        from osler.service.articles.living import watch

        synced.articles += watch(desk)
    return synced


def _refresh(
    desk: Desk, pmids: list[str], updates: Updates, synced: Synced, progress: Progress | None
) -> None:
    items = updates.incoming(desk.pubmed(NoticeKeeper(desk)).fetch(pmids))
    if synced.dry_run:
        for _ in items:
            pass
    else:
        report = add_items(desk.store, items, origin=ORIGIN, now=desk.now(), progress=progress)
        synced.report.merge(report)
