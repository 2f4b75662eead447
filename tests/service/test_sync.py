"""Updates from where records came from: over real HTTP, through the command line, to the articles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.review.acts import approved
from tests.review.made import desk_at, stock
from tests.service.test_add_pubmed import osler
from tests.sources.ncbi_server import FETCH, Entry, NcbiServer
from tests.surfaces.cli.conftest import validate

from osler.errors import Exit

STUDY = "36233667"
"""Bears a summary in the starter library; what is said of it here is invented."""
CITED = "99999982"
RECORD = Entry("7", revised="2024-02-01")
RETRACTED = replace(RECORD, revised="2026-05-06", retracted_by="9")


def test_a_revision_comes_in_and_what_is_the_same_changes_nothing(
    ncbi: NcbiServer, tmp_path: Path
) -> None:
    ncbi.hold(RECORD, Entry("8", revised="2024-02-01"))
    osler(ncbi, tmp_path, "add", "pmid:7", "pmid:8")
    ncbi.hold(replace(RECORD, revised="2025-01-31"))
    said = osler(ncbi, tmp_path, "sync", "--json")
    assert said.status == Exit.DONE, said.err
    validate(said.document, "sync")
    synced = said.document["sync"]
    assert (synced["asked"], synced["report"]["failed"]) == (2, 0)
    assert [(one["item"], one["news"], one["now"]) for one in synced["updates"]] == [
        ("pmid:7", "revised", "2025-01-31")
    ]
    again = osler(ncbi, tmp_path, "sync", "--json").document["sync"]
    assert (again["updates"], again["report"]["unchanged"]) == ([], 2)


def test_a_dry_run_tells_of_a_retraction_and_changes_nothing(ncbi: NcbiServer, tmp_path: Path) -> None:
    ncbi.hold(RECORD)
    osler(ncbi, tmp_path, "add", "pmid:7")
    before = osler(ncbi, tmp_path, "library", "snapshot", "--json").document
    ncbi.hold(RETRACTED)
    synced = osler(ncbi, tmp_path, "sync", "--dry-run", "--json").document["sync"]
    assert {(one["news"], one["was"], one["now"]) for one in synced["updates"]} == {
        ("standing", "current", "retracted"),
        ("revised", "2024-02-01", "2026-05-06"),
    }
    assert osler(ncbi, tmp_path, "library", "snapshot", "--json").document == before
    shown = osler(ncbi, tmp_path, "sync")
    assert "pmid:7 current → retracted" in shown.out
    assert "retracted" in osler(ncbi, tmp_path, "show", "pmid:7").out.casefold()


def test_a_retraction_reaches_a_summary_of_the_study_and_brings_no_text(
    ncbi: NcbiServer, tmp_path: Path
) -> None:
    osler(ncbi, tmp_path, "add", "starter:hlh")
    before = sources_of(ncbi, tmp_path)
    ncbi.hold(Entry(STUDY))
    calm = osler(ncbi, tmp_path, "sync", "--json").document["sync"]
    assert (calm["updates"], sources_of(ncbi, tmp_path)) == ([], before)
    ncbi.hold(Entry(STUDY, retracted_by="9"))
    said = osler(ncbi, tmp_path, "sync", "--json")
    validate(said.document, "sync")
    news = {(one["item"], one["news"], one["now"]) for one in said.document["sync"]["updates"]}
    assert news == {(f"pmid:{STUDY}", "standing", "retracted")}
    after = sources_of(ncbi, tmp_path)
    fallen = {key: status for key, status in after.items() if status != before.get(key)}
    assert fallen == {f"starter:pmid:{STUDY}": "retracted", f"pmid:{STUDY}": "retracted"}
    assert osler(ncbi, tmp_path, "sync", "--json").document["sync"]["updates"] == []
    hits = osler(ncbi, tmp_path, "search", f"sentence of record {STUDY}", "--json").document["hits"]
    assert all(hit["source"]["key"] != f"pmid:{STUDY}" for hit in hits)


def test_an_article_on_a_retracted_record_leaves_approval_and_the_rest_is_asked_anew(
    ncbi: NcbiServer, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    stock(home, tmp_path)
    with desk_at(home) as desk:
        article = approved(desk).article.id
    calm = osler(ncbi, home, "sync", "--json").document["sync"]
    assert [(one["article"], one["state"]) for one in calm["articles"]] == [(article, "approved")]
    ncbi.hold(Entry(CITED, retracted_by="9"))
    synced = osler(ncbi, home, "sync", "--json").document["sync"]
    assert [(one["article"], one["state"]) for one in synced["articles"]] == [(article, "under_review")]
    assert synced["articles"][0]["changes"][0]["weight"] == "recall"


def test_only_a_database_that_is_asked_can_be_named(ncbi: NcbiServer, tmp_path: Path) -> None:
    ncbi.hold(RECORD)
    osler(ncbi, tmp_path, "add", "pmid:7")
    missing = osler(ncbi, tmp_path, "sync", "--source", "elsewhere", "--json")
    assert (missing.status, missing.error["item"]) == (Exit.USAGE, "elsewhere")


def test_offline_says_so_and_a_library_without_records_asks_nobody(
    ncbi: NcbiServer, tmp_path: Path
) -> None:
    ncbi.hold(RECORD)
    osler(ncbi, tmp_path, "add", "pmid:7")
    asked = len(ncbi.calls(FETCH))
    said = osler(ncbi, tmp_path, "sync", "--json", OSLER_OFFLINE="1")
    assert (said.status, said.error["code"]) == (Exit.OFFLINE, "offline.switched_off")
    osler(ncbi, tmp_path, "remove", "pmid:7")
    empty = osler(ncbi, tmp_path, "sync", "--json", OSLER_OFFLINE="1")
    assert (empty.status, empty.document["sync"]["asked"]) == (Exit.DONE, 0)
    assert len(ncbi.calls(FETCH)) == asked


def sources_of(ncbi: NcbiServer, home: Path) -> dict[str, str]:
    """Each source of the library by key, and how it stands."""
    said = osler(ncbi, home, "library", "sources", "--json").document["sources"]
    return {one["key"]: one["status"] for one in said}
