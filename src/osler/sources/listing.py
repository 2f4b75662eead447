"""Every PMID that a PubMed query matches, past the limit of what one query serves.

PubMed serves 9,999 ids of a query. A larger one is cut into spans of days of entry (``edat``): each
record has exactly one, so halves tile their span, whereas days of publication overlap and pile up on
the first of January. Fetches no record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from osler.model.record import Rejection
from osler.sources.eutils import MOST_IDS, Eutils, Page, Span

ALL_DAYS: Final = Span(date(1600, 1, 1), date(2100, 12, 31))
"""Wider than PubMed on both sides, so that the spans cover it whatever the day."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The ids behind one query.

    Attributes:
        eutils: The calls.
        query: In PubMed's own language.
        whole: First page of the query without a span.
    """

    eutils: Eutils
    query: str
    whole: Page

    def __iter__(self) -> Iterator[str | Rejection]:
        """Yield each id once, then a ``Rejection`` for all that PubMed counts but does not list.

        Raises:
            OfflineError: PubMed cannot be reached.
            NetError: It cannot be understood.
        """
        is_small = self.whole.count <= MOST_IDS
        parts: Iterable[tuple[Span | None, Page]] = [(None, self.whole)] if is_small else self._spans()
        seen: set[str] = set()
        lost: list[Rejection] = []
        for span, page in parts:
            for pmid in self._pages(page, span):
                if pmid not in seen:
                    seen.add(pmid)
                    yield pmid
            if span is not None and page.count > MOST_IDS:
                lost.append(_day_too_large(self.query, span, page.count))
        if not lost and len(seen) < self.whole.count:
            lost.append(_shortfall(self.query, counted=self.whole.count, listed=len(seen)))
        yield from lost

    def _spans(self) -> Iterator[tuple[Span, Page]]:
        """Yield the spans that PubMed can list, and the days that it cannot, the oldest first."""
        waiting = [(ALL_DAYS, self._count(ALL_DAYS))]
        while waiting:
            span, count = waiting.pop()
            if count == 0:
                continue
            if count <= MOST_IDS or span.is_day:
                page = self.eutils.search(self.query, span=span)
                if page.count <= MOST_IDS or span.is_day:
                    yield span, page
                    continue
                count = page.count  # it has grown past the limit since it was counted
            early, late = span.halves()
            in_early = self._count(early)
            waiting += [(late, max(0, count - in_early)), (early, in_early)]

    def _count(self, span: Span) -> int:
        return self.eutils.search(self.query, size=0, span=span).count

    def _pages(self, page: Page, span: Span | None) -> Iterator[str]:
        given, due = len(page.ids), min(page.count, MOST_IDS)
        yield from page.ids
        while given < due:
            following = self.eutils.search(self.query, start=given, size=MOST_IDS - given, span=span)
            if not following.ids:
                return
            given += len(following.ids)
            yield from following.ids


def _day_too_large(query: str, day: Span, count: int) -> Rejection:
    return Rejection(
        f"pubmed:{query} entered {day}",
        "pubmed.day_too_large",
        f"{count:,} records entered PubMed on this one day, and it lists only {MOST_IDS:,} of them",
        "narrow the query, or add the files of the PubMed baseline",
    )


def _shortfall(query: str, *, counted: int, listed: int) -> Rejection:
    return Rejection(
        f"pubmed:{query}",
        "pubmed.shortfall",
        f"PubMed counts {counted:,} records and lists {listed:,}",
        "run the same command again: only what is missing is fetched",
    )
