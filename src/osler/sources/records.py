"""Records of PubMed by PMID, in batches, each id accounted for.

Must not parse MEDLINE itself: bytes go to ``formats.medline``. Must not search.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from osler.errors import InputError
from osler.model.record import Item, Record, Rejection
from osler.model.source import Kind
from osler.net.ahead import in_order
from osler.net.faults import NetError
from osler.sources.eutils import MOST_RECORDS, Eutils, pmids_inside

ISOLATING_ATTEMPTS: Final = 2
ENOUGH_LOST: Final = 3
_REFUSALS_OF_A_RECORD: Final = frozenset({400, 404, 413, 414})


@dataclass(frozen=True, slots=True)
class Marks:
    """What the person who adds records says about all of them.

    Attributes:
        kind: Overrides the tier that the publication types name.
        licence: Terms of use to note on each source.
        scope: Part of the library they belong to.
    """

    kind: Kind | None = None
    licence: str | None = None
    scope: str = "public"


NO_MARKS: Final = Marks()


@dataclass(frozen=True, slots=True)
class _Delivery:
    """What came for one batch: each body with the ids asked for, and the ids that cannot be had."""

    bodies: tuple[tuple[tuple[str, ...], bytes], ...]
    lost: tuple[Rejection, ...] = ()


def fetch_items(
    eutils: Eutils, pmids: Iterable[str], *, ahead: int, marks: Marks = NO_MARKS
) -> Iterator[Item]:
    """Yield a record or a ``Rejection`` for each of ``pmids``, batch after batch.

    Args:
        eutils: The calls.
        pmids: Digits only, each once; taken as places become free.
        ahead: Batches under way at once.
        marks: Set on each source.

    Raises:
        OfflineError: PubMed cannot be reached; all that was yielded before stands.
        NetError: It cannot be understood.
    """

    def deliver(batch: tuple[str, ...]) -> _Delivery:
        return _deliver(eutils, batch)

    for delivery in in_order(deliver, batches(pmids, MOST_RECORDS), ahead=ahead):
        for asked, body in delivery.bodies:
            yield from _read(asked, body, marks)
        yield from delivery.lost


def batches(pmids: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield ``pmids`` in groups of ``size``, the last one shorter."""
    source = iter(pmids)
    while batch := tuple(islice(source, size)):
        yield batch


def _deliver(eutils: Eutils, batch: tuple[str, ...]) -> _Delivery:
    """Return what PubMed sends for ``batch``, halved until the records at fault stand alone.

    One record can make the answer for two hundred unusable; an outage makes every answer so.

    Raises:
        NetError: Nothing came through and three records failed alone: the fault is PubMed's.
    """
    bodies: list[tuple[tuple[str, ...], bytes]] = []
    lost: list[Rejection] = []
    waiting = [batch]
    while waiting:
        part = waiting.pop()
        attempts = None if part is batch else ISOLATING_ATTEMPTS
        try:
            bodies.append((part, eutils.fetch(part, attempts=attempts)))
        except NetError as fault:
            if not _may_lie_in_a_record(fault):
                raise
            if len(part) > 1:
                middle = len(part) // 2
                waiting += [part[middle:], part[:middle]]
                continue
            lost.append(_lost(part[0], fault.code, fault.message, fault.hint))
            if not bodies and len(lost) >= ENOUGH_LOST:
                raise
    return _Delivery(tuple(bodies), tuple(lost))


def _may_lie_in_a_record(fault: NetError) -> bool:
    """Tell whether fewer records might come through where these did not."""
    if fault.code == "net.refused":
        return fault.status in _REFUSALS_OF_A_RECORD
    return fault.code in {"net.garbled", "net.too_large"}


def _read(asked: Sequence[str], body: bytes, marks: Marks) -> Iterator[Item]:
    """Yield the items in ``body``, then a ``Rejection`` for each id that PubMed left out."""
    from osler.formats.medline import read_medline  # on use: searching needs no parser

    wanted = set(asked)
    name = f"PubMed records {asked[0]}–{asked[-1]}" if len(asked) > 1 else f"PubMed record {asked[0]}"
    try:
        items = read_medline(
            io.BytesIO(body), name=name, kind=marks.kind, licence=marks.licence, scope=marks.scope
        )
        for item in items:
            if isinstance(item, Record) and item.source.pmid not in wanted:
                yield _lost(str(item.source.pmid), "pubmed.unexpected", "nobody asked for this record")
            else:
                yield item
    except InputError as fault:
        yield from (_lost(pmid, fault.code, fault.message, fault.hint) for pmid in asked)
        return
    returned = pmids_inside(body)
    for pmid in asked:
        if pmid not in returned:
            yield _lost(
                pmid,
                "pubmed.not_returned",
                "not returned by PubMed",
                "the record may have been deleted or merged: look it up in PubMed",
            )


def _lost(pmid: str, code: str, reason: str, hint: str = "") -> Rejection:
    return Rejection(f"pmid:{pmid}", code, reason, hint)
