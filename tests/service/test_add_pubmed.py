"""From a query to findable records: the whole way through the command line, over real HTTP."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.sources.ncbi_server import FETCH, Entry, NcbiServer
from tests.surfaces.cli.conftest import Said, call_process

from osler.errors import Exit


def osler(ncbi: NcbiServer, home: Path, *words: str, **settings: str) -> Said:
    named = {"OSLER_NCBI_URL": ncbi.base, "OSLER_NCBI_EMAIL": "librarian@example.org"}
    return call_process(*words, home=home, **{"OSLER_OFFLINE": "0", **named, **settings})


def test_a_query_fills_the_library_and_can_be_searched(ncbi: NcbiServer, tmp_path: Path) -> None:
    ncbi.hold(*(Entry(str(n)) for n in range(1, 6)), query="invented records")
    said = osler(ncbi, tmp_path, "add", "pubmed:invented records", "--json")
    assert said.status == Exit.DONE, said.err
    assert said.document["report"]["added"] == 5
    found = osler(ncbi, tmp_path, "search", "sentence of record 3", "--json")
    assert "pmid:3" in [hit["source"]["key"] for hit in found.document["hits"]]


def test_a_second_run_asks_only_for_what_is_missing(ncbi: NcbiServer, tmp_path: Path) -> None:
    ncbi.hold(*(Entry(str(n)) for n in range(1, 4)), query="invented records")
    osler(ncbi, tmp_path, "add", "pubmed:invented records")
    fetched = sum(seen.path.endswith(FETCH) for seen in ncbi.seen)
    again = osler(ncbi, tmp_path, "add", "pubmed:invented records", "--json")
    assert again.status == Exit.DONE, again.err
    assert sum(seen.path.endswith(FETCH) for seen in ncbi.seen) == fetched


def test_single_records_come_by_pmid_and_a_missing_one_is_listed(
    ncbi: NcbiServer, tmp_path: Path
) -> None:
    ncbi.hold(Entry("7"))
    said = osler(ncbi, tmp_path, "add", "pmid:7", "pmid:8", "--json")
    report = said.document["report"]
    assert (said.status, report["added"], report["failed"]) == (Exit.DONE, 1, 1)
    assert report["failures"][0]["item"] == "pmid:8"


def test_offline_says_so_with_exit_6(ncbi: NcbiServer, tmp_path: Path) -> None:
    said = osler(ncbi, tmp_path, "add", "pubmed:anything", "--json", OSLER_OFFLINE="1")
    assert (said.status, said.error["code"]) == (Exit.OFFLINE, "offline.switched_off")
    assert ncbi.seen == []


def test_an_unknown_scheme_is_refused_with_the_next_step(ncbi: NcbiServer, tmp_path: Path) -> None:
    said = osler(ncbi, tmp_path, "add", "nct:NCT01234567", "--json")
    assert (said.status, said.error["item"]) == (Exit.USAGE, "nct:NCT01234567")


@pytest.mark.parametrize(
    "query",
    [
        "fever after CAR-T Mrs Testwick",
        "MRN 00482913 sepsis",
        "z.testwick@mail.example anakinra",
        "admitted 3 May 2024 HLH",
        "07700 900143 gout",
    ],
)
def test_a_search_that_says_of_whom_does_not_leave(ncbi: NcbiServer, tmp_path: Path, query: str) -> None:
    said = osler(ncbi, tmp_path, "add", f"pubmed:{query}", "--json")
    assert said.error["code"] == "input.identifiers"
    assert "Testwick" not in said.error["message"]
    assert ncbi.seen == []


@pytest.mark.parametrize(
    "query",
    [
        'anakinra[tiab] AND "Testwick Z"[au] AND 2020/01/01:2024/12/31[dp]',
        "statins AND (aged 95 years) AND randomized controlled trial[pt]",
        "Testwick Z[Author] AND 2024/05/03[edat]",
        "hemophagocytic lymphohistiocytosis AND NCT01234567",
    ],
)
def test_authors_dates_and_ages_of_a_search_do_leave(
    ncbi: NcbiServer, tmp_path: Path, query: str
) -> None:
    ncbi.hold(Entry("1"), query=query)
    said = osler(ncbi, tmp_path, "add", f"pubmed:{query}", "--json")
    assert said.status == Exit.DONE, said.err
    assert ncbi.seen
