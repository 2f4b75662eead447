"""Fetching records: each id is a record or a reason, and nothing is asked for twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.net.fake_clock import FakeClock
from tests.net.loopback import Loopback, broken_off, reply, serve, stalled
from tests.sources.ncbi_server import (
    FETCH,
    HEAD,
    HTML_PAGE,
    NOTHING_KNOWN,
    RATE_LIMITED,
    SEARCH,
    TAIL,
    Entry,
    NcbiServer,
    found,
    records,
)

from osler.errors import OfflineError, UsageError
from osler.model.record import Item, Record, Rejection
from osler.model.source import Kind
from osler.net.faults import NetError
from osler.sources.notice import Notice
from osler.sources.pubmed import PubMed
from osler.sources.records import Marks

Call = Callable[..., PubMed]


def entries(count: int, *, first: int = 1000) -> list[Entry]:
    return [Entry(str(first + n)) for n in range(count)]


def pmids_of(items: Iterable[Item]) -> list[str | None]:
    return [item.source.pmid for item in items if isinstance(item, Record)]


def rejections(items: Iterable[Item]) -> list[tuple[str, str]]:
    return [(item.item, item.code) for item in items if isinstance(item, Rejection)]


class Have:
    """A checkpoint over a set of PMIDs, as a library would keep it."""

    def __init__(self, pmids: Iterable[str | None] = ()) -> None:
        self.pmids = set(pmids)

    def pending(self, pmids: Sequence[str]) -> Sequence[str]:
        return [pmid for pmid in pmids if pmid not in self.pmids]


def test_records_come_in_batches_of_two_hundred_and_in_order(ncbi: NcbiServer, call: Call) -> None:
    held = entries(450)
    ncbi.hold(*held)
    items = list(call().fetch(entry.pmid for entry in held))
    assert pmids_of(items) == [entry.pmid for entry in held]
    assert [len(seen.form["id"].split(",")) for seen in ncbi.calls(FETCH)] == [200, 200, 50]


def test_a_record_is_read_with_its_words(ncbi: NcbiServer, call: Call) -> None:
    ncbi.hold(Entry("1000", doi="10.5555/Invented.1", pmcid="PMC77"))
    (item,) = call().fetch(["1000"])
    assert isinstance(item, Record)
    assert (item.source.key, item.source.doi, item.source.pmcid) == (
        "pmid:1000",
        "10.5555/invented.1",
        "PMC77",
    )
    assert [block.text for block in item.blocks] == ["Sentence of record 1000."]


def test_what_the_person_says_about_the_records_is_set_on_each(ncbi: NcbiServer, call: Call) -> None:
    ncbi.hold(Entry("1000"), query="q")
    marks = Marks(kind=Kind.GUIDELINE, licence="CC0", scope="ward-3")
    pubmed = call()
    for items in (pubmed.fetch(["1000"], marks=marks), pubmed.fetch_query("q", marks=marks).items):
        (item,) = items
        assert isinstance(item, Record)
        assert (item.source.kind, item.source.licence, item.source.scope) == (
            Kind.GUIDELINE,
            "CC0",
            "ward-3",
        )


@pytest.mark.parametrize("ahead", [2, 6])
def test_with_several_requests_under_way_the_result_is_the_same(
    ncbi: NcbiServer, call: Call, ahead: int
) -> None:
    held = entries(1_850)
    ncbi.hold(*held, query="q")
    job = call(ahead=ahead).fetch_query("q")
    assert job.total == 1_850
    assert pmids_of(job.items) == [entry.pmid for entry in held]
    assert len(ncbi.calls(FETCH)) == 10


def test_repeated_ids_are_asked_for_once(ncbi: NcbiServer, call: Call) -> None:
    ncbi.hold(*entries(2))
    assert pmids_of(call().fetch(["1000", "1001", "1000", " 01001 "])) == ["1000", "1001"]
    assert ncbi.asked_for() == ["1000", "1001"]


def test_an_id_that_pubmed_does_not_return_is_a_rejection(ncbi: NcbiServer, call: Call) -> None:
    ncbi.hold(*entries(2))
    items = list(call().fetch(["1000", "555", "1001"]))
    assert pmids_of(items) == ["1000", "1001"]
    assert rejections(items) == [("pmid:555", "pubmed.not_returned")]


@pytest.mark.parametrize("status", [200, 400])
def test_when_pubmed_knows_none_of_the_ids_each_is_a_rejection(
    ncbi: NcbiServer, call: Call, status: int
) -> None:
    ncbi.misbehave(FETCH, reply(NOTHING_KNOWN, status))
    assert rejections(call().fetch(["5", "6"])) == [
        ("pmid:5", "pubmed.not_returned"),
        ("pmid:6", "pubmed.not_returned"),
    ]
    assert len(ncbi.seen) == 1


def test_an_empty_set_is_all_rejections(ncbi: NcbiServer, call: Call) -> None:
    ncbi.misbehave(
        FETCH, reply(HEAD.rstrip().removesuffix(b"<PubmedArticleSet>") + b"<PubmedArticleSet/>")
    )
    assert rejections(call().fetch(["5"])) == [("pmid:5", "pubmed.not_returned")]


def test_a_record_that_nobody_asked_for_is_kept_out(ncbi: NcbiServer, call: Call) -> None:
    ncbi.misbehave(FETCH, reply(records([Entry("1000"), Entry("31")])))
    items = list(call().fetch(["1000"]))
    assert pmids_of(items) == ["1000"]
    assert rejections(items) == [("pmid:31", "pubmed.unexpected")]


def test_a_record_that_cannot_be_read_is_one_rejection_and_the_rest_goes_on(
    ncbi: NcbiServer, call: Call
) -> None:
    broken = Entry("1001").xml.replace(b"</ArticleTitle>", b"")
    ncbi.misbehave(FETCH, reply(HEAD + Entry("1000").xml + broken + Entry("1002").xml + TAIL))
    items = list(call().fetch(["1000", "1001", "1002"]))
    assert pmids_of(items) == ["1000", "1002"]
    assert len(rejections(items)) == 1
    assert "1001" in rejections(items)[0][0]


def test_a_book_chapter_is_accounted_for_once(ncbi: NcbiServer, call: Call) -> None:
    ncbi.hold(Entry("1000"), Entry("1001", is_book=True))
    items = list(call().fetch(["1000", "1001"]))
    assert pmids_of(items) == ["1000"]
    assert len(rejections(items)) == 1
    assert "1001" in rejections(items)[0][0]


@pytest.mark.parametrize(
    "rubbish",
    [
        RATE_LIMITED,
        HTML_PAGE,
        b"",
        b"not found",
        records([Entry("1000")])[:-30],
        HEAD,
        b"<?xml version='1.0'?><eFetchResult><ERROR>Unable to obtain query</ERROR></eFetchResult>",
    ],
)
def test_rubbish_with_a_good_status_is_asked_for_again_and_nothing_comes_twice(
    ncbi: NcbiServer, call: Call, rubbish: bytes
) -> None:
    ncbi.hold(Entry("1000"))
    ncbi.misbehave(FETCH, reply(rubbish, Content_Type="text/html"), reply(rubbish))
    items = list(call().fetch(["1000"]))
    assert (pmids_of(items), rejections(items)) == (["1000"], [])
    assert len(ncbi.seen) == 3


def test_faults_of_every_kind_on_the_way_leave_the_result_complete(
    ncbi: NcbiServer, call: Call, clock: FakeClock
) -> None:
    held = entries(900)
    ncbi.hold(*held, query="q")
    whole = records(held[:200])
    ncbi.misbehave(SEARCH, reply(b"", 500), reply(RATE_LIMITED))
    ncbi.misbehave(
        FETCH,
        reply(b"", 429, Retry_After="2"),
        reply(b"", 503, Retry_After=f"{clock.now() + timedelta(seconds=60):%a, %d %b %Y %H:%M:%S GMT}"),
        broken_off(whole[:1000]),
        reply(whole[: len(whole) // 2]),
        reply(whole),
        stalled(whole[:1000]),
        reply(HTML_PAGE),
    )
    items = list(call().fetch_query("q").items)
    assert pmids_of(items) == [entry.pmid for entry in held]
    assert rejections(items) == []
    assert clock.seconds >= 60


def test_one_record_that_spoils_its_batch_is_found_and_the_others_are_kept(
    ncbi: NcbiServer, call: Call
) -> None:
    held = entries(200)
    ncbi.hold(*held)
    ncbi.poison = {"1077"}
    items = list(call().fetch(entry.pmid for entry in held))
    assert pmids_of(items) == [entry.pmid for entry in held if entry.pmid != "1077"]
    assert rejections(items) == [("pmid:1077", "net.garbled")]
    assert len(ncbi.seen) < 35


def test_an_outage_is_not_taken_for_bad_records(ncbi: NcbiServer, call: Call) -> None:
    held = entries(400)
    ncbi.hold(*held)
    ncbi.poison = {entry.pmid for entry in held}
    with pytest.raises(NetError) as caught:
        list(call().fetch(entry.pmid for entry in held))
    assert caught.value.code == "net.garbled"
    assert len(ncbi.seen) < 40


def test_a_service_that_shuts_us_out_is_not_asked_again(ncbi: NcbiServer, call: Call) -> None:
    ncbi.misbehave(FETCH, reply(b"blocked", 403))
    with pytest.raises(NetError) as caught:
        list(call().fetch(["1", "2", "3"]))
    assert (caught.value.code, caught.value.status, len(ncbi.seen)) == ("net.refused", 403, 1)


def test_a_redirection_elsewhere_is_refused_and_the_identity_stays_here(
    ncbi: NcbiServer, call: Call
) -> None:
    with serve(Loopback(lambda: 0.0)) as elsewhere:
        elsewhere.script.append(reply())
        ncbi.misbehave(FETCH, reply(b"", 302, Location=elsewhere.url))
        with pytest.raises(NetError) as caught:
            list(call().fetch(["1"]))
        assert caught.value.code == "net.redirected"
        assert elsewhere.seen == []


@pytest.mark.parametrize("ahead", [1, 3])
def test_after_an_interruption_only_the_rest_is_asked_for(
    ncbi: NcbiServer, call: Call, ahead: int
) -> None:
    held = entries(1_000)
    ncbi.hold(*held, query="q")
    library = Have()
    ncbi.misbehave(FETCH, reply(records(held[:200])), reply(records(held[200:400])))
    ncbi.misbehave(FETCH, *[reply(b"", 503)] * 30)
    first: list[Item] = []
    with pytest.raises(OfflineError) as caught:
        collect(call(ahead=1).fetch_query("q").items, first)
    assert caught.value.code == "offline.busy"
    assert len(first) == 400
    library.pmids.update(pmids_of(first))
    ncbi.misdeeds.clear()
    ncbi.seen.clear()
    job = call(ahead=ahead).fetch_query("q", checkpoint=library)
    rest = pmids_of(job.items)
    assert job.total == 1_000
    assert sorted(ncbi.asked_for()) == sorted(entry.pmid for entry in held[400:])
    assert rest == [entry.pmid for entry in held[400:]]


def collect(items: Iterable[Item], into: list[Item]) -> None:
    for item in items:
        into.append(item)  # noqa: PERF402  what came before a failure must stay


def test_when_everything_is_there_no_record_is_asked_for(ncbi: NcbiServer, call: Call) -> None:
    held = entries(300)
    ncbi.hold(*held, query="q")
    job = call().fetch_query("q", checkpoint=Have(entry.pmid for entry in held))
    assert (list(job.items), job.total, len(ncbi.seen)) == ([], 300, 1)


def test_a_sliced_query_is_fetched_whole_and_resumed_where_it_stopped(
    ncbi: NcbiServer, call: Call
) -> None:
    start = date(1990, 1, 1)
    held = [Entry(str(1 + n), entered=start + timedelta(days=n // 3)) for n in range(11_000)]
    ncbi.hold(*held, query="q")
    every = {entry.pmid for entry in held}
    have = {entry.pmid for entry in held if int(entry.pmid) % 11}
    items = list(call(ahead=3).fetch_query("q", checkpoint=Have(have)).items)
    assert set(pmids_of(items)) == every - have
    assert set(ncbi.asked_for()) == every - have
    assert len(ncbi.asked_for()) == len(every - have)


def test_what_pubmed_counts_but_does_not_list_is_a_rejection_after_the_records(
    ncbi: NcbiServer, call: Call
) -> None:
    ncbi.hold(*entries(2))
    ncbi.misbehave(SEARCH, reply(found(["1000", "1001"], count=5)), reply(found([], count=5)))
    items = list(call().fetch_query("q").items)
    assert pmids_of(items) == ["1000", "1001"]
    assert rejections(items) == [("pubmed:q", "pubmed.shortfall")]


@pytest.mark.parametrize(
    ("now", "is_told"),
    [
        (datetime(2026, 11, 23, 15, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 24, 3, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 22, 15, 0, tzinfo=UTC), False),
    ],
)
def test_a_big_job_outside_quiet_hours_is_told(
    ncbi: NcbiServer, call: Call, clock: FakeClock, notices: list[Notice], now: datetime, is_told: bool
) -> None:
    ncbi.misbehave(SEARCH, reply(found(["1"], count=250_000)))
    clock._start = now
    assert call().fetch_query("q").total == 250_000
    assert [notice.code for notice in notices] == (["pubmed.big_job"] if is_told else [])


def test_a_small_job_is_welcome_at_any_hour(ncbi: NcbiServer, call: Call, notices: list[Notice]) -> None:
    ncbi.misbehave(SEARCH, reply(found(["1"], count=200_000)))
    call().fetch_query("q")
    assert notices == []


@pytest.mark.parametrize("pmid", ["12a", "", "1,2", "-3", "１２"])
def test_something_that_is_no_pmid_is_wrong_usage_before_any_call(
    ncbi: NcbiServer, call: Call, pmid: str
) -> None:
    with pytest.raises(UsageError) as caught:
        call().fetch(["1000", pmid])
    assert (caught.value.code, ncbi.seen) == ("usage.identifier", [])


def test_without_a_network_nothing_is_fetched_and_the_reason_is_told(
    ncbi: NcbiServer, call: Call
) -> None:
    with pytest.raises(OfflineError) as caught:
        list(call(offline=True, ahead=3).fetch(["1000"]))
    assert (caught.value.code, int(caught.value.exit), ncbi.seen) == ("offline.switched_off", 6, [])
