"""PubMed: every record that a query, a list of PMIDs or another identifier names, none silently missing.

Lists, fetches and accounts for each id: what PubMed does not give is a ``Rejection``. Stores nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from osler.errors import InputError, NotFoundError
from osler.model.record import Item, Record, Rejection
from osler.net.client import Client
from osler.sources.eutils import MOST_IDS, MOST_RECORDS, Eutils, Identity, Page
from osler.sources.identifiers import Identifier, Scheme, read_identifier
from osler.sources.listing import Listing
from osler.sources.notice import Notice, Notify
from osler.sources.peak import BIG_JOB_REQUESTS, is_quiet_time
from osler.sources.records import NO_MARKS, Marks, batches, fetch_items

AHEAD: Final = 3
AHEAD_WITH_KEY: Final = 6


class Checkpoint(Protocol):
    """What an earlier run left behind, as the library knows it.

    Ids are all that is remembered, no slices: listing a slice again costs one request, while its
    records may lie in a batch that was never committed, and new ones may have entered it since.
    """

    def pending(self, pmids: Sequence[str]) -> Sequence[str]:
        """Return those of ``pmids``, at most 9,999, that still have to be fetched, in their order."""


@dataclass(frozen=True, slots=True)
class Job:
    """A query about to be fetched.

    Attributes:
        query: As given.
        total: Records that PubMed counts for it, those of earlier runs included.
        translation: How PubMed understood it.
        items: The records still missing, and a ``Rejection`` for each that cannot be had. Reading it
            does the work; it may raise ``OfflineError`` or ``NetError`` after any item, and all that
            came before stands.
    """

    query: str
    total: int
    translation: str
    items: Iterator[Item]


class PubMed:
    """PubMed through the E-utilities.

    Args:
        client: The door to the network.
        base_url: Address of the E-utilities, with a trailing slash.
        identity: Who calls.
        now: The present with its time zone, for the hint about quiet hours.
        notify: Is handed what a person should hear.
        ahead: Requests for records under way at once; the rate budget still spaces them. None chooses
            by whether there is a key.
    """

    def __init__(
        self,
        client: Client,
        *,
        base_url: str,
        identity: Identity,
        now: Callable[[], datetime],
        notify: Notify,
        ahead: int | None = None,
    ) -> None:
        self._eutils = Eutils(client, base_url=base_url, identity=identity)
        self._has_email = bool(identity.email)
        self._now = now
        self._notify = notify
        self._ahead = ahead or (AHEAD_WITH_KEY if identity.key else AHEAD)

    def search(self, query: str) -> Iterator[str]:
        """Yield the PMID of every record that matches ``query``, each once.

        What PubMed counts but does not list is told as a notice.

        Raises:
            InputError: The query is empty, or names a field that PubMed does not know.
            OfflineError: PubMed cannot be reached.
            NetError: It cannot be understood.
        """
        for found in Listing(self._eutils, query, self._begin(query)):
            if isinstance(found, Rejection):
                self._notify(Notice(found.code, f"{found.item}: {found.reason}", found.hint))
            else:
                yield found

    def fetch(self, pmids: Iterable[str], *, marks: Marks = NO_MARKS) -> Iterator[Item]:
        """Yield what PubMed holds under ``pmids``: a record, or a ``Rejection`` with the reason.

        A repeated id is asked for once. The order is that of ``pmids``, by batches of 200.

        Raises:
            UsageError: Something is not a PMID.
            OfflineError: PubMed cannot be reached; all that was yielded before stands.
            NetError: It cannot be understood.
        """
        wanted = dict.fromkeys(read_identifier(f"pmid:{pmid}").value for pmid in pmids)
        self._mind(len(wanted))
        return fetch_items(self._eutils, wanted, ahead=self._ahead, marks=marks)

    def fetch_query(
        self, query: str, *, checkpoint: Checkpoint | None = None, marks: Marks = NO_MARKS
    ) -> Job:
        """Begin to fetch every record that matches ``query``, except those an earlier run has.

        Raises:
            InputError: The query is empty, or names a field that PubMed does not know.
            OfflineError: PubMed cannot be reached.
            NetError: It cannot be understood.
        """
        page = self._begin(query)
        self._mind(page.count)
        unlisted: list[Rejection] = []

        def listed() -> Iterator[str]:
            for found in Listing(self._eutils, query, page):
                if isinstance(found, Rejection):
                    unlisted.append(found)
                else:
                    yield found

        def pending() -> Iterator[str]:
            for batch in batches(listed(), MOST_IDS):
                yield from batch if checkpoint is None else checkpoint.pending(batch)

        def items() -> Iterator[Item]:
            yield from fetch_items(self._eutils, pending(), ahead=self._ahead, marks=marks)
            yield from unlisted

        return Job(query, page.count, page.translation, items())

    def resolve(self, name: str) -> str:
        """Return the PMID of the one record that ``pmid:…``, ``doi:…`` or ``pmc:…`` names.

        Raises:
            UsageError: It is none of the three.
            NotFoundError: PubMed has no record under it, or several.
            OfflineError: PubMed cannot be reached.
            NetError: It cannot be understood.
        """
        return self._resolve(read_identifier(name))

    def fetch_named(self, names: Iterable[str], *, marks: Marks = NO_MARKS) -> Iterator[Item]:
        """Yield what PubMed holds under ``pmid:…``, ``doi:…`` and ``pmc:…`` names.

        PubMed looks identifiers up by their words, so a record is given only if it bears the very
        identifier asked for; else there is a ``Rejection`` under that name.

        Raises:
            UsageError: A name is none of the three; nothing was asked for then.
            OfflineError: PubMed cannot be reached.
            NetError: It cannot be understood.
        """
        self._mind(0)
        asked = list(dict.fromkeys(read_identifier(name) for name in names))
        return self._items_named(asked, marks)

    def _items_named(self, asked: Sequence[Identifier], marks: Marks) -> Iterator[Item]:
        pmids = [name.value for name in asked if name.scheme is Scheme.PMID]
        yield from fetch_items(self._eutils, pmids, ahead=self._ahead, marks=marks)
        for name in asked:
            if name.scheme is Scheme.PMID:
                continue
            try:
                pmid = self._resolve(name)
            except NotFoundError as fault:
                yield Rejection(str(name), fault.code, fault.message, fault.hint)
                continue
            for item in fetch_items(self._eutils, [pmid], ahead=1, marks=marks):
                yield _if_it_bears(item, name)

    def _resolve(self, name: Identifier) -> str:
        if name.scheme is Scheme.PMID:
            return name.value
        page = self._eutils.search(name.query, size=2)
        is_exact = not page.not_found and not page.unknown_fields
        if is_exact and page.count == 1 and len(page.ids) == 1:
            return page.ids[0]
        found = f"{page.count:,} records" if is_exact and page.count > 1 else "no record"
        raise NotFoundError(
            f"PubMed has {found} under this identifier",
            item=str(name),
            hint="look the article up in PubMed and use pmid:…",
            code="not_found.pubmed",
        )

    def _begin(self, query: str) -> Page:
        page = self._eutils.search(query)
        if page.unknown_fields:
            raise InputError(
                f"PubMed does not know the field {', '.join(page.unknown_fields)} and would ignore it",
                item=f"pubmed:{query}",
                hint="correct the tag in square brackets",
                code="input.query",
            )
        if page.not_found:
            text = f"PubMed has nothing with {', '.join(page.not_found)} and searches without it"
            hint = f"{page.count:,} records match the rest: {page.translation}"
            self._notify(Notice("pubmed.phrase_not_found", text, hint))
        if page.count == 0:
            self._notify(Notice("pubmed.nothing_found", f"PubMed finds nothing for {query}"))
        return page

    def _mind(self, records: int) -> None:
        """Tell a person what NCBI asks of those who call it."""
        if not self._has_email:
            hint = "set OSLER_NCBI_EMAIL, so that they can write before they block"
            self._notify(Notice("pubmed.no_email", "NCBI asks callers for an e-mail address", hint))
        if records > BIG_JOB_REQUESTS * MOST_RECORDS and not is_quiet_time(self._now()):
            text = f"{records:,} records take over {records // MOST_RECORDS:,} requests"
            hint = "NCBI asks for such jobs at weekends or from 21:00 to 05:00 US Eastern time"
            self._notify(Notice("pubmed.big_job", text, hint))


def _if_it_bears(item: Item, name: Identifier) -> Item:
    """Return ``item``, or a ``Rejection`` when it is another record than ``name`` asks for."""
    if isinstance(item, Record) and not name.is_borne_by(item.source):
        reason = f"PubMed's nearest record (PMID {item.source.pmid}) bears another identifier"
        return Rejection(str(name), "not_found.pubmed", reason, "check the identifier")
    return item
