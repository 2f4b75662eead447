"""Listing every PMID of a query, past the limit of what PubMed serves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from urllib.parse import parse_qsl

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.net.fake_clock import FakeClock
from tests.net.loopback import reply
from tests.sources.ncbi_server import (
    EMAIL,
    FETCH,
    HTML_PAGE,
    KEY,
    KEY_INVALID,
    RATE_LIMITED,
    RETSTART_TOO_LARGE,
    SEARCH,
    Entry,
    NcbiServer,
    found,
)

from osler.errors import InputError, OfflineError, UsageError
from osler.model.record import Rejection
from osler.net.client import Client
from osler.net.faults import NetError
from osler.sources.eutils import Identity, Span
from osler.sources.notice import Notice
from osler.sources.pubmed import PubMed

Call = Callable[..., PubMed]


def entries(count: int, *, first: int = 1000) -> list[Entry]:
    return [Entry(str(first + n)) for n in range(count)]


def test_a_query_gives_every_pmid_once_in_pubmeds_order(ncbi: NcbiServer, call: Call) -> None:
    ncbi.hold(*entries(3), query="q")
    assert list(call().search("q")) == ["1000", "1001", "1002"]
    assert len(ncbi.seen) == 1


def test_each_call_says_who_calls_and_keeps_the_key_out_of_the_address(
    ncbi: NcbiServer, call: Call
) -> None:
    ncbi.hold(*entries(3), query="q")
    pubmed = call(key=KEY)
    assert len(list(pubmed.fetch(pubmed.search("q")))) == 3
    assert [seen.path.rpartition("/")[2] for seen in ncbi.seen] == [SEARCH, FETCH]
    for seen in ncbi.seen:
        assert (seen.method, seen.query) == ("POST", {})
        identity = {name: seen.form[name] for name in ("db", "tool", "email", "api_key")}
        assert identity == {"db": "pubmed", "tool": "osler", "email": EMAIL, "api_key": KEY}
        assert seen.headers["user-agent"] == "osler/test"


@pytest.mark.parametrize(("key", "spacing"), [(None, 1 / 3), (KEY, 1 / 10)])
def test_calls_are_spaced_by_what_ncbi_allows(
    ncbi: NcbiServer, call: Call, key: str | None, spacing: float
) -> None:
    ncbi.hold(*entries(3), query="q")
    pubmed = call(key=key)
    for _ in range(5):
        list(pubmed.search("q"))
    times = [seen.at for seen in ncbi.seen]
    assert [late - early for early, late in pairwise(times)] == pytest.approx([spacing] * 4)


def test_a_missing_email_is_told_and_not_sent(
    ncbi: NcbiServer, call: Call, notices: list[Notice]
) -> None:
    ncbi.hold(*entries(1), query="q")
    list(call(email=None).fetch_query("q").items)
    assert [notice.code for notice in notices] == ["pubmed.no_email"]
    assert all("email" not in seen.form for seen in ncbi.seen)


def test_a_query_served_in_pages_is_read_to_its_end(ncbi: NcbiServer, call: Call) -> None:
    ncbi.hold(*entries(25), query="q")
    ncbi.page = 10
    assert list(call().search("q")) == [str(n) for n in range(1000, 1025)]
    assert [seen.form["retstart"] for seen in ncbi.seen] == ["0", "10", "20"]


def test_exactly_as_many_as_pubmed_serves_need_no_slices(ncbi: NcbiServer, call: Call) -> None:
    ncbi.hold(*entries(9_999), query="q")
    assert len(list(call().search("q"))) == 9_999
    assert len(ncbi.seen) == 1


def test_a_query_with_25_000_hits_is_sliced_by_day_of_entry_and_complete(
    ncbi: NcbiServer, call: Call, notices: list[Notice]
) -> None:
    start = date(1975, 6, 1)
    held = [Entry(str(1 + n), entered=start + timedelta(days=n % 18_000)) for n in range(25_000)]
    ncbi.hold(*held, query="q")
    pmids = list(call().search("q"))
    assert len(pmids) == 25_000
    assert set(pmids) == {entry.pmid for entry in held}
    assert notices == []
    assert all(int(seen.form["retstart"]) == 0 for seen in ncbi.seen)
    listing = [seen for seen in ncbi.seen if seen.form["retmax"] != "0" and "mindate" in seen.form]
    days = [(seen.form["mindate"], seen.form["maxdate"]) for seen in listing]
    assert days == sorted(days)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(days))
    assert {seen.form["datetype"] for seen in listing} == {"edat"}
    assert len(ncbi.seen) < 30


def test_a_day_that_pubmed_cannot_list_whole_is_told_and_listed_as_far_as_it_goes(
    ncbi: NcbiServer, call: Call, notices: list[Notice]
) -> None:
    crowded = [Entry(str(1 + n), entered=date(2020, 1, 1)) for n in range(10_100)]
    ncbi.hold(*crowded, Entry("999999", entered=date(2021, 5, 5)), query="q")
    pmids = list(call().search("q"))
    assert len(pmids) == 10_000
    assert "999999" in pmids
    assert [notice.code for notice in notices] == ["pubmed.day_too_large"]
    assert "2020/01/01" in notices[0].text
    assert "10,100" in notices[0].text


def test_ids_repeated_by_pubmed_are_given_once_and_the_gap_is_told(
    ncbi: NcbiServer, call: Call, notices: list[Notice]
) -> None:
    ncbi.misbehave(SEARCH, reply(found(["7", "8", "7"])))
    assert list(call().search("q")) == ["7", "8"]
    assert [notice.code for notice in notices] == ["pubmed.shortfall"]


def test_fewer_ids_than_pubmed_counts_are_told(
    ncbi: NcbiServer, call: Call, notices: list[Notice]
) -> None:
    ncbi.misbehave(SEARCH, reply(found(["7"], count=5)))
    assert list(call().search("q")) == ["7"]
    assert [notice.code for notice in notices] == ["pubmed.shortfall"]
    assert "counts 5 records and lists 1" in notices[0].text


def test_a_phrase_that_pubmed_leaves_out_is_told(
    ncbi: NcbiServer, call: Call, notices: list[Notice]
) -> None:
    ncbi.hold(*entries(2), query="anakinra xyzzy")
    ncbi.extras["anakinra xyzzy"] = {"errorlist": {"phrasesnotfound": ["xyzzy"], "fieldsnotfound": []}}
    assert len(list(call().search("anakinra xyzzy"))) == 2
    assert [notice.code for notice in notices] == ["pubmed.phrase_not_found"]
    assert "xyzzy" in notices[0].text
    assert "invented[All Fields]" in notices[0].hint


@pytest.mark.parametrize("missing", [["q one"], "q one"])
def test_a_quoted_phrase_that_is_not_found_is_told_whatever_its_shape(
    ncbi: NcbiServer, call: Call, notices: list[Notice], missing: object
) -> None:
    ncbi.extras["q"] = {"warninglist": {"quotedphrasesnotfound": missing, "outputmessages": ["None."]}}
    assert list(call().search("q")) == []
    assert [notice.code for notice in notices] == ["pubmed.phrase_not_found", "pubmed.nothing_found"]
    assert "q one" in notices[0].text


def test_a_field_that_pubmed_does_not_know_is_refused_before_anything_is_fetched(
    ncbi: NcbiServer, call: Call
) -> None:
    ncbi.hold(*entries(2), query="a[nosuch]")
    ncbi.extras["a[nosuch]"] = {"errorlist": {"phrasesnotfound": [], "fieldsnotfound": ["nosuch"]}}
    with pytest.raises(InputError) as caught:
        call().fetch_query("a[nosuch]")
    assert (caught.value.code, caught.value.item) == ("input.query", "pubmed:a[nosuch]")
    assert ncbi.calls(FETCH) == []


@pytest.mark.parametrize("query", ["", "  \n"])
def test_an_empty_query_is_refused_without_a_call(ncbi: NcbiServer, call: Call, query: str) -> None:
    with pytest.raises(InputError) as caught:
        list(call().search(query))
    assert (caught.value.code, ncbi.seen) == ("input.query", [])


@pytest.mark.parametrize(
    "body",
    [
        RATE_LIMITED,
        RETSTART_TOO_LARGE,
        HTML_PAGE,
        b"",
        b"  \n",
        b'{"header":{"type":"esearch"},"esearchresult":{"count":"3","idl',
        b"[]",
        b'"ok"',
        b'{"header":{}}',
        b'{"esearchresult":{"count":"many","idlist":[]}}',
        b'{"esearchresult":{"count":"3"}}',
        b"\xff\xfe\x00garbage",
    ],
)
def test_rubbish_with_a_good_status_is_asked_for_again(
    ncbi: NcbiServer, call: Call, clock: FakeClock, body: bytes
) -> None:
    ncbi.hold(*entries(3), query="q")
    ncbi.misbehave(SEARCH, reply(body), reply(body))
    assert len(list(call().search("q"))) == 3
    assert len(ncbi.seen) == 3
    assert clock.seconds >= 3.0


def test_rubbish_without_end_is_an_error_and_never_an_empty_result(ncbi: NcbiServer, call: Call) -> None:
    ncbi.misbehave(SEARCH, *[reply(RETSTART_TOO_LARGE)] * 5)
    with pytest.raises(NetError) as caught:
        list(call().search("q"))
    assert caught.value.code == "net.garbled"
    assert "retstart" in caught.value.message


def test_a_key_that_ncbi_refuses_is_named_without_being_shown(ncbi: NcbiServer, call: Call) -> None:
    ncbi.misbehave(SEARCH, reply(KEY_INVALID.replace(b"KEY", KEY.encode()), 400))
    with pytest.raises(UsageError) as caught:
        list(call(key=KEY).search("q"))
    assert (caught.value.code, caught.value.item) == ("usage.ncbi_key", "OSLER_NCBI_KEY")
    assert KEY not in caught.value.as_line()


def test_an_outage_while_slicing_raises_after_the_ids_before_it(ncbi: NcbiServer, call: Call) -> None:
    held = [Entry(str(1 + n), entered=date(1900 + n % 120, 1, 1)) for n in range(12_000)]
    ncbi.hold(*held, query="q")
    ids = call().search("q")
    first = [next(ids) for _ in range(10)]
    ncbi.misbehave(SEARCH, *[reply(b"", 503)] * 99)
    with pytest.raises(OfflineError):
        list(ids)
    assert len(set(first)) == 10


def test_without_a_network_it_says_what_is_missing(ncbi: NcbiServer, call: Call) -> None:
    with pytest.raises(OfflineError) as caught:
        call(offline=True).fetch_query("anakinra")
    assert (caught.value.code, int(caught.value.exit)) == ("offline.switched_off", 6)
    assert "search PubMed for anakinra" in caught.value.message
    assert ncbi.seen == []


def in_memory(counts: dict[date, int]) -> PubMed:
    """A PubMed that holds ``counts`` records by day of entry, behind a transport without sockets."""
    days = sorted((f"{day:%Y/%m/%d}", count) for day, count in counts.items())
    held = [(day, [f"{day.replace('/', '')}{n:06}" for n in range(count)]) for day, count in days]

    def answer(request: httpx.Request) -> httpx.Response:
        form = dict(parse_qsl(request.content.decode()))
        first, last = form.get("mindate", "0"), form.get("maxdate", "9")
        pmids = [pmid for day, ids in held if first <= day <= last for pmid in ids]
        start, size = int(form["retstart"]), int(form["retmax"])
        page = pmids[start : min(start + size, 9_999)]
        return httpx.Response(200, content=found(page, count=len(pmids), start=start))

    clock = FakeClock()
    client = Client(clock, user_agent="osler/test", transport=httpx.MockTransport(answer))
    told: list[Notice] = []
    identity = Identity(email=EMAIL)
    return PubMed(
        client, base_url="http://ncbi.invalid/", identity=identity, now=clock.now, notify=told.append
    )


class Nothing:
    """A checkpoint that has everything already, and remembers what it was asked about."""

    def __init__(self) -> None:
        self.pmids: list[str] = []

    def pending(self, pmids: Sequence[str]) -> Sequence[str]:
        self.pmids.extend(pmids)
        return ()


DAYS = st.dates(date(1780, 1, 1), date(2030, 1, 1))


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(DAYS, st.integers(1, 12_000), max_size=7))
def test_whatever_the_days_everything_is_listed_once_or_told(counts: dict[date, int]) -> None:
    job = in_memory(counts).fetch_query("q", checkpoint=(asked := Nothing()))
    told = list(job.items)
    assert job.total == sum(counts.values())
    assert len(asked.pmids) == len(set(asked.pmids))
    if job.total <= 9_999:
        assert (len(asked.pmids), told) == (job.total, [])
    else:
        crowded = [day for day, count in counts.items() if count > 9_999]
        assert len(asked.pmids) == sum(min(count, 9_999) for count in counts.values())
        assert [entry.code for entry in told if isinstance(entry, Rejection)] == [
            "pubmed.day_too_large" for _ in crowded
        ]
        assert len(told) == len(crowded)


@given(DAYS, st.integers(1, 100_000))
def test_halves_tile_their_span(first: date, length: int) -> None:
    span = Span(first, first + timedelta(days=length))
    early, late = span.halves()
    assert (early.first, late.last) == (span.first, span.last)
    assert late.first - early.last == timedelta(days=1)
