"""Records asked for by PMID, DOI or PMCID."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.sources.ncbi_server import FETCH, Entry, NcbiServer

from osler.errors import NotFoundError, UsageError
from osler.model.record import Record, Rejection
from osler.sources.identifiers import read_identifier
from osler.sources.pubmed import PubMed

Call = Callable[..., PubMed]
DOI_QUERY = '"10.5555/invented.1"[doi]'


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pmid:123", "pmid:123"),
        (" PMID: 00123 ", "pmid:123"),
        ("doi:10.5555/Invented.1", "doi:10.5555/invented.1"),
        ("doi:https://doi.org/10.5555/Invented.1", "doi:10.5555/invented.1"),
        ("doi:10.1002/(SICI)1097-0258(19980815)17:15<1661::AID>3.0.CO;2-2", None),
        ("pmc:PMC77", "pmc:PMC77"),
        ("PMC:77", "pmc:PMC77"),
        ("pmc:pmc77", "pmc:PMC77"),
    ],
)
def test_identifiers_are_read_in_the_spelling_of_sources(name: str, expected: str | None) -> None:
    assert str(read_identifier(name)) == (expected or name.lower())


@pytest.mark.parametrize(
    "name",
    ["123", "nct:NCT00000001", "pmid:x", "doi:nonsense", 'doi:10.5555/a"b', "pmc:PMC", "", "doi:"],
)
def test_what_pubmed_cannot_look_up_is_wrong_usage(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_identifier(name)
    assert caught.value.code == "usage.identifier"


def test_a_doi_and_a_pmcid_lead_to_their_pmid(ncbi: NcbiServer, call: Call) -> None:
    ncbi.hold(Entry("1000"), query=DOI_QUERY)
    ncbi.hold(Entry("1001"), query="PMC77[pmcid]")
    pubmed = call()
    assert pubmed.resolve("doi:10.5555/INVENTED.1") == "1000"
    assert pubmed.resolve("pmc:77") == "1001"
    assert pubmed.resolve("pmid:5") == "5"
    assert len(ncbi.seen) == 2


def test_an_identifier_without_a_record_or_with_several_is_not_found(
    ncbi: NcbiServer, call: Call
) -> None:
    ncbi.hold(Entry("1"), Entry("2"), query=DOI_QUERY)
    for name in (DOI_QUERY[1:19], "10.5555/none"):
        with pytest.raises(NotFoundError) as caught:
            call().resolve(f"doi:{name}")
        assert (caught.value.code, caught.value.item) == ("not_found.pubmed", f"doi:{name}")


def test_a_record_found_only_by_dropping_words_is_not_the_one(ncbi: NcbiServer, call: Call) -> None:
    ncbi.hold(Entry("1"), query=DOI_QUERY)
    ncbi.extras[DOI_QUERY] = {"errorlist": {"phrasesnotfound": ["10.5555"], "fieldsnotfound": []}}
    with pytest.raises(NotFoundError):
        call().resolve("doi:10.5555/invented.1")


def test_named_records_are_fetched_and_one_that_bears_another_identifier_is_refused(
    ncbi: NcbiServer, call: Call
) -> None:
    ncbi.hold(Entry("1"))
    ncbi.hold(Entry("2", doi="10.5555/Invented.1"), query=DOI_QUERY)
    ncbi.hold(Entry("3", pmcid="PMC78"), query="PMC77[pmcid]")
    names = ["pmid:1", "doi:10.5555/invented.1", "pmc:PMC77", "doi:10.5555/none", "pmid:1"]
    items = list(call().fetch_named(names))
    assert [item.source.pmid for item in items if isinstance(item, Record)] == ["1", "2"]
    assert [(item.item, item.code) for item in items if isinstance(item, Rejection)] == [
        ("pmc:PMC77", "not_found.pubmed"),
        ("doi:10.5555/none", "not_found.pubmed"),
    ]


def test_one_wrong_name_among_many_is_told_before_anything_is_asked(
    ncbi: NcbiServer, call: Call
) -> None:
    with pytest.raises(UsageError):
        call().fetch_named(["pmid:1", "isbn:2"])
    assert ncbi.calls(FETCH) == []
