"""Add documents: files and folders, shipped packs, records fetched from PubMed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from osler.errors import UsageError
from osler.library.checkpoint import KnownRecords
from osler.library.files import Reading, add_files
from osler.library.ingest import Progress, add_items
from osler.library.report import Report
from osler.model.source import Kind
from osler.service.articles.recalling import recall_articles
from osler.service.holding_back import refuse_in_search
from osler.service.wiring import Desk

if TYPE_CHECKING:
    from osler.sources.notice import Notice
    from osler.sources.records import Marks

PACK: Final = "starter:"
QUERY: Final = "pubmed:"
NAMED: Final = ("pmid:", "doi:", "pmc:")
LATER: Final = ("nct:", "spl:")


def add(
    desk: Desk,
    what: Sequence[str],
    *,
    kind: Kind | None = None,
    licence: str | None = None,
    scope: str = "public",
    progress: Progress | None = None,
) -> Report:
    """Add everything that ``what`` names, and bring the index up to date.

    What fails is in the report and in the ledger; the rest goes on.

    Raises:
        UsageError: A name is of no known form.
        InputError: ``input.identifiers``: a query of PubMed may tell who it is about; it is not sent.
        OfflineError: PubMed is asked for and cannot be reached; what came before stands.
    """
    from osler.sources.records import Marks

    total = Report()
    marks = Marks(kind=kind, licence=licence, scope=scope)
    files: list[str] = []
    named: list[str] = []
    try:
        for name in what:
            if name.startswith(LATER):
                raise UsageError(
                    "this kind of source cannot be fetched yet",
                    item=name,
                    hint="add the downloaded file instead",
                )
            if name.startswith(PACK):
                total.merge(_add_pack(desk, name.removeprefix(PACK), progress))
            elif name.startswith(QUERY):
                total.merge(_add_query(desk, name, marks, progress))
            elif name.startswith(NAMED):
                named.append(name)
            else:
                files.append(name)
        if files:
            total.merge(
                add_files(
                    desk.store,
                    files,
                    now=desk.now(),
                    reading=Reading(kind=kind, licence=licence, scope=scope, processes=desk.processors),
                    progress=progress,
                    index=desk.settings.index,
                )
            )
        if named:
            total.merge(_add_named(desk, named, marks, progress))
    finally:
        # Also after a fault or Ctrl-C: what was stored is to be found, what it retracts taken back.
        catch_up_index(desk, progress)
        recall_articles(desk)
    return total


def catch_up_index(desk: Desk, progress: Progress | None = None) -> None:
    """Make what is stored findable."""
    from osler.library.reindex import catch_up

    def indexed(count: int) -> None:
        if progress is not None:
            progress(count, None, "search index")

    catch_up(desk.store, desk.settings.index, progress=indexed)


def _add_pack(desk: Desk, name: str, progress: Progress | None) -> Report:
    from osler.library.starter import read_pack

    return add_items(
        desk.store, read_pack(name), origin=f"{PACK}{name}", now=desk.now(), progress=progress
    )


def _add_query(
    desk: Desk,
    name: str,
    marks: Marks,
    progress: Progress | None,
) -> Report:
    query = name.removeprefix(QUERY).strip()
    refuse_in_search(query)
    job = desk.pubmed(NoticeKeeper(desk)).fetch_query(
        query, checkpoint=KnownRecords(desk.store), marks=marks
    )
    return add_items(desk.store, job.items, origin=name, now=desk.now(), progress=progress)


def _add_named(
    desk: Desk,
    names: Sequence[str],
    marks: Marks,
    progress: Progress | None,
) -> Report:
    items = desk.pubmed(NoticeKeeper(desk)).fetch_named(names, marks=marks)
    return add_items(desk.store, items, origin=", ".join(names), now=desk.now(), progress=progress)


class NoticeKeeper:
    """Keeps what a source remarks, for the surface to show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, notice: Notice) -> None:
        """Put the remark among the notices of the desk, with what to do about it."""
        self._desk.notices.append(f"{notice.text} ({notice.hint})" if notice.hint else notice.text)
