"""E-utilities on loopback: answers esearch and efetch as PubMed does, and misbehaves on demand.

The shapes follow PubMed's real answers; every record, number and sentence is invented.
"""

from __future__ import annotations

import json
import socket
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.net.loopback import Behaviour, Handler, Loopback, Seen

EMAIL = "librarian@example.org"
KEY = "0123456789abcdef-invented"
MOST_IDS = 9_999
SEARCH, FETCH = "esearch.fcgi", "efetch.fcgi"
HEAD = b"""<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN"\
 "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
<PubmedArticleSet>
"""
TAIL = b"</PubmedArticleSet>\n"


@dataclass(frozen=True)
class Entry:
    """One record that the server holds, under the day on which it entered."""

    pmid: str
    entered: date = date(2020, 1, 1)
    doi: str = ""
    pmcid: str = ""
    is_book: bool = False
    revised: str = ""
    retracted_by: str = ""

    @property
    def xml(self) -> bytes:
        if self.is_book:
            return (
                f'<PubmedBookArticle><BookDocument><PMID Version="1">{self.pmid}</PMID>'
                "</BookDocument></PubmedBookArticle>\n"
            ).encode()
        ids = [f'<ArticleId IdType="pubmed">{self.pmid}</ArticleId>']
        ids += [f'<ArticleId IdType="doi">{self.doi}</ArticleId>'] if self.doi else []
        ids += [f'<ArticleId IdType="pmc">{self.pmcid}</ArticleId>'] if self.pmcid else []
        return (
            '<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">'
            f'<PMID Version="1">{self.pmid}</PMID>{self._revised}<Article PubModel="Print">'
            "<Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue>"
            "<Title>Journal of Invented Records</Title></Journal>"
            f"<ArticleTitle>Invented record {self.pmid}.</ArticleTitle>"
            f"<Abstract><AbstractText>Sentence of record {self.pmid}.</AbstractText></Abstract>"
            f"</Article>{self._retracted}</MedlineCitation><PubmedData><ArticleIdList>"
            f"{''.join(ids)}</ArticleIdList></PubmedData></PubmedArticle>\n"
        ).encode()

    @property
    def _revised(self) -> str:
        if not self.revised:
            return ""
        year, month, day = self.revised.split("-")
        return f"<DateRevised><Year>{year}</Year><Month>{month}</Month><Day>{day}</Day></DateRevised>"

    @property
    def _retracted(self) -> str:
        if not self.retracted_by:
            return ""
        return (
            '<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn">'
            f'<RefSource>J Invent Rec. 2026</RefSource><PMID Version="1">{self.retracted_by}</PMID>'
            "</CommentsCorrections></CommentsCorrectionsList>"
        )


class NcbiServer(Loopback):
    """Records, what each query finds, and the next misdeeds of each program."""

    request_queue_size = 64

    def __init__(self, time: Callable[[], float]) -> None:
        super().__init__(time)
        self.entries: dict[str, Entry] = {}
        self.finds: dict[str, list[str]] = {}
        self.extras: dict[str, dict[str, Any]] = {}
        self.misdeeds: dict[str, deque[Behaviour]] = defaultdict(deque)
        self.poison: set[str] = set()
        self.page = MOST_IDS

    @property
    def base(self) -> str:
        return self.url + "entrez/eutils/"

    def hold(self, *entries: Entry, query: str = "") -> None:
        self.entries.update((entry.pmid, entry) for entry in entries)
        if query:
            self.finds[query] = [entry.pmid for entry in entries]

    def misbehave(self, program: str, *behaviours: Behaviour) -> None:
        self.misdeeds[program].extend(behaviours)

    def calls(self, program: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.path.endswith(program)]

    def asked_for(self) -> list[str]:
        """Each PMID that was asked for, in order, as often as it was."""
        return [pmid for seen in self.calls(FETCH) for pmid in seen.form["id"].split(",")]

    def answer(self, handler: Handler, seen: Seen) -> None:
        handler.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        program = seen.path.rpartition("/")[2]
        with self.lock:
            misdeeds = self.misdeeds[program]
            behaviour = misdeeds.popleft() if misdeeds else None
        if behaviour is not None:
            behaviour(handler)
        elif program == SEARCH:
            self._search(handler, seen.form)
        else:
            self._fetch(handler, seen.form)

    def _search(self, handler: Handler, form: dict[str, str]) -> None:
        pmids = self.finds.get(form["term"], [])
        if form.get("datetype") == "edat":
            first, last = (_day(form[name]) for name in ("mindate", "maxdate"))
            pmids = [pmid for pmid in pmids if first <= self.entries[pmid].entered <= last]
        start, size = int(form["retstart"]), int(form["retmax"])
        if start >= MOST_IDS:
            handler.send(RETSTART_TOO_LARGE, Content_Type="application/json")
            return
        page = pmids[start : min(start + size, start + self.page, MOST_IDS)]
        extra = self.extras.get(form["term"], {})
        handler.send(
            found(page, count=len(pmids), start=start, **extra), Content_Type="application/json"
        )

    def _fetch(self, handler: Handler, form: dict[str, str]) -> None:
        pmids = form["id"].split(",")
        body = records(self.entries[pmid] for pmid in pmids if pmid in self.entries)
        if self.poison & set(pmids):
            body = body[: len(body) // 2]
        elif not any(pmid in self.entries for pmid in pmids):
            handler.send(NOTHING_KNOWN, 400, Content_Type="text/xml")
            return
        handler.send(body, Content_Type="text/xml; charset=UTF-8")


def found(pmids: Iterable[str], *, count: int | None = None, start: int = 0, **extra: Any) -> bytes:
    """A search answer."""
    ids = list(pmids)
    result = {
        "count": str(len(ids) if count is None else count),
        "retmax": str(len(ids)),
        "retstart": str(start),
        "idlist": ids,
        "translationset": [],
        "querytranslation": "invented[All Fields]",
        **extra,
    }
    return json.dumps(
        {"header": {"type": "esearch", "version": "0.3"}, "esearchresult": result}
    ).encode()


def records(entries: Iterable[Entry]) -> bytes:
    """A fetch answer."""
    return HEAD + b"".join(entry.xml for entry in entries) + TAIL


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y/%m/%d").date()


RETSTART_TOO_LARGE = (
    b'{"header":{"type":"esearch","version":"0.3"},"esearchresult":{"ERROR":'
    b"\"Search Backend failed: Exception:\n'retstart' cannot be larger than 9998.\"}}"
)
RATE_LIMITED = b'{"error":"API rate limit exceeded","api-key":"KEY","count":"4","limit":"3"}'
KEY_INVALID = b'{"error":"API key invalid","api-key":"KEY","type":"ip","status":"ok"}'
NOTHING_KNOWN = (
    b'<?xml version="1.0" encoding="UTF-8" ?>\n'
    b"<eFetchResult>\n\t<ERROR>ID list is empty! Possibly it has no correct IDs.</ERROR>\n"
    b"</eFetchResult>\n"
)
HTML_PAGE = b"<!DOCTYPE html><html><body>The service is down for maintenance.</body></html>"
