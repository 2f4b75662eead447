"""NCBI's E-utilities for PubMed: one call, one checked answer.

Must not slice, batch or resume: that is ``pubmed``. Everything is sent in the body of a POST, so that
neither the API key nor a long query ever stands in an address.

Specification: E-utilities help (NBK25497, NBK25499). Two things it does not say: PubMed serves 9,999
ids of a query, not 10,000, and an error may come with HTTP 200.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from osler.errors import InputError, UsageError
from osler.net.client import Client
from osler.net.faults import NetError
from osler.net.message import MEBIBYTE, Request, Response

MOST_IDS: Final = 9_999
"""Ids that PubMed serves of one query, however it is paged."""
MOST_RECORDS: Final = 200
"""Records that one call for records should ask for."""
RATE: Final = 3.0
RATE_WITH_KEY: Final = 10.0
TOOL: Final = "osler"

_SEARCH_BYTES: Final = 8 * MEBIBYTE
_FETCH_BYTES: Final = 256 * MEBIBYTE
_NOTHING_KNOWN: Final = re.compile(rb"ID list is empty", re.IGNORECASE)
_ERROR_TAG: Final = re.compile(rb"<ERROR>(.*?)</ERROR>", re.DOTALL | re.IGNORECASE)
_PMID_OF_RECORD: Final = re.compile(
    rb"<(?:MedlineCitation|BookDocument)\b[^>]*>\s*<PMID\b[^>]*>\s*(\d+)"
)
_EMPTY_SET: Final = b'<?xml version="1.0" ?>\n<PubmedArticleSet></PubmedArticleSet>\n'


@dataclass(frozen=True, slots=True)
class Identity:
    """Who calls, as NCBI asks to be told on every call.

    Attributes:
        email: Address of the person responsible, or None.
        key: The person's own API key, or None.
        tool: Name of the program.
    """

    email: str | None = field(default=None, repr=False)
    key: str | None = field(default=None, repr=False)
    tool: str = TOOL


@dataclass(frozen=True, slots=True)
class Span:
    """Days of entry into PubMed, both ends included."""

    first: date
    last: date

    def halves(self) -> tuple[Span, Span]:
        """Return two spans that tile this one, the earlier first.

        Raises:
            ValueError: It is a single day.
        """
        if self.first >= self.last:
            raise ValueError("a single day cannot be halved")
        middle = date.fromordinal((self.first.toordinal() + self.last.toordinal()) // 2)
        return Span(self.first, middle), Span(date.fromordinal(middle.toordinal() + 1), self.last)

    def __str__(self) -> str:
        return f"{self.first:%Y/%m/%d}" + ("" if self.is_day else f"–{self.last:%Y/%m/%d}")

    @property
    def is_day(self) -> bool:
        """Whether it cannot be halved."""
        return self.first >= self.last


@dataclass(frozen=True, slots=True)
class Page:
    """What one search call found.

    Attributes:
        count: Records that match in all.
        ids: PMIDs of this page, as served.
        translation: How PubMed understood the query.
        not_found: Phrases that PubMed left out of the query because nothing holds them.
        unknown_fields: Field tags that PubMed does not know, and so ignored.
        messages: What else it says.
    """

    count: int
    ids: tuple[str, ...]
    translation: str
    not_found: tuple[str, ...]
    unknown_fields: tuple[str, ...]
    messages: tuple[str, ...]


class Eutils:
    """The calls that PubMed needs, through the one client.

    Args:
        client: The door to the network; its budget for this host is set here.
        base_url: Address of the E-utilities, with a trailing slash.
        identity: Who calls.
    """

    def __init__(self, client: Client, *, base_url: str, identity: Identity) -> None:
        self._client = client
        self._base = base_url
        self._identity = identity
        client.limit(base_url, per_second=RATE_WITH_KEY if identity.key else RATE)

    def search(
        self, term: str, *, start: int = 0, size: int = MOST_IDS, span: Span | None = None
    ) -> Page:
        """Return one page of the PMIDs that match ``term``.

        Args:
            term: A query in PubMed's own language.
            start: Rank of the first id, from 0.
            size: Most ids to return; 0 only counts.
            span: Only records that entered PubMed in these days.

        Raises:
            InputError: The query is empty.
            UsageError: NCBI does not accept the API key.
            OfflineError: PubMed cannot be reached.
            NetError: It cannot be understood, or refuses.
        """
        if not term.strip():
            raise InputError("the query is empty", item="pubmed:", code="input.query")
        form = {"term": term, "retmode": "json", "retstart": str(start), "retmax": str(size)}
        if span is not None:
            form |= {"datetype": "edat", "mindate": f"{span.first:%Y/%m/%d}"}
            form |= {"maxdate": f"{span.last:%Y/%m/%d}"}
        request = self._request("esearch.fcgi", form, f"search PubMed for {_shorten(term)}")
        response = self._ask(request, check=_check_search)
        return _read_page(_load(response.body)["esearchresult"])

    def fetch(self, pmids: Sequence[str], *, attempts: int | None = None) -> bytes:
        """Return MEDLINE XML with the records of ``pmids``, whole from its first to its last tag.

        Records that PubMed does not return are simply absent. At most ``MOST_RECORDS`` at a time.

        Raises:
            UsageError: NCBI does not accept the API key.
            OfflineError: PubMed cannot be reached.
            NetError: It cannot be understood, or refuses.
        """
        form = {"id": ",".join(pmids), "retmode": "xml"}
        request = self._request("efetch.fcgi", form, f"fetch {len(pmids)} records from PubMed")
        try:
            body = self._ask(request, check=_check_records, attempts=attempts).body
        except NetError as fault:
            if fault.code == "net.refused" and _NOTHING_KNOWN.search(fault.body):
                return _EMPTY_SET
            raise
        return _EMPTY_SET if _NOTHING_KNOWN.search(body[:2000]) else body

    def _request(self, program: str, form: Mapping[str, str], purpose: str) -> Request:
        identity = self._identity
        private = {"email": identity.email or "", "api_key": identity.key or ""}
        return Request(
            self._base + program,
            purpose=purpose,
            form={"db": "pubmed", **form, "tool": identity.tool},
            private={name: value for name, value in private.items() if value},
            max_bytes=_SEARCH_BYTES if program == "esearch.fcgi" else _FETCH_BYTES,
        )

    def _ask(self, request: Request, *, check: Any, attempts: int | None = None) -> Response:
        try:
            return self._client.fetch(request, check=check, attempts=attempts)
        except NetError as fault:
            if b"API key invalid" in fault.body:
                raise UsageError(
                    "NCBI does not accept this API key",
                    item="OSLER_NCBI_KEY",
                    hint="check it in your NCBI account, or unset it to work at 3 requests a second",
                    code="usage.ncbi_key",
                ) from None
            raise


def pmids_inside(body: bytes) -> frozenset[str]:
    """Return the PMIDs of the records in MEDLINE XML, read without parsing it.

    Independent of the parser on purpose: a record that the parser refuses was still returned.
    """
    return frozenset(match.decode("ascii") for match in _PMID_OF_RECORD.findall(body))


def _check_search(response: Response) -> str:
    """Say why a search answer cannot be used; PubMed reports faults inside good answers."""
    if not response.body.strip():
        return "PubMed sent an empty answer"
    if response.body.lstrip()[:1] == b"<":
        return "PubMed sent a page instead of results"
    try:
        document = _load(response.body)
    except ValueError:
        return "PubMed's answer is cut off or damaged"
    if not isinstance(document, dict):
        return "PubMed's answer is not a search result"
    if "error" in document:
        return _said(str(document["error"]))
    result = document.get("esearchresult")
    if not isinstance(result, dict):
        return "PubMed's answer is not a search result"
    if "ERROR" in result:
        return _said(str(result["ERROR"]))
    if not str(result.get("count", "")).isdigit() or not isinstance(result.get("idlist"), list):
        return "PubMed's answer lacks the count or the ids"
    return ""


def _check_records(response: Response) -> str:
    """Say why an answer with records is not whole."""
    body = response.body.strip()
    if not body:
        return "PubMed sent an empty answer"
    if body[:1] == b"{":
        return _said(_error_in(body))
    error = _ERROR_TAG.search(body[:4000])
    if error is not None and b"<PubmedArticleSet" not in body[:4000]:
        known = _NOTHING_KNOWN.search(error[1])
        return "" if known else _said(error[1].decode("utf-8", "replace"))
    if b"<PubmedArticleSet" not in body[:4000]:
        return "PubMed sent a page instead of records"
    if not body.endswith((b"</PubmedArticleSet>", b"<PubmedArticleSet/>")):
        return "PubMed's answer is cut off"
    return ""


def _load(body: bytes) -> Any:
    # Not strict: PubMed puts bare line ends into its error texts.
    return json.loads(body, strict=False)


def _error_in(body: bytes) -> str:
    try:
        document = _load(body)
    except ValueError:
        return "an answer that cannot be read"
    return str(document.get("error", "no records")) if isinstance(document, dict) else "no records"


def _said(text: str) -> str:
    return f"PubMed says: {_shorten(' '.join(text.split()), 160)}"


def _shorten(text: str, limit: int = 80) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _read_page(result: Mapping[str, Any]) -> Page:
    errors, warnings = result.get("errorlist") or {}, result.get("warninglist") or {}
    return Page(
        count=int(result["count"]),
        ids=tuple(str(pmid) for pmid in result["idlist"]),
        translation=str(result.get("querytranslation", "")),
        not_found=_texts(errors, "phrasesnotfound") + _texts(warnings, "quotedphrasesnotfound"),
        unknown_fields=_texts(errors, "fieldsnotfound"),
        messages=_texts(warnings, "outputmessages"),
    )


def _texts(lists: Any, name: str) -> tuple[str, ...]:
    found = lists.get(name, []) if isinstance(lists, dict) else []
    # A list of one sometimes comes as the bare text.
    return tuple(str(text) for text in ([found] if isinstance(found, str) else found))
