"""Adding: repeated, out of order, revised, deleted, retracted, broken; the state depends on none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from tests.library.made import NOW, add, make_record, make_source, open_library
from tests.on_postgresql.opened import opened

from osler.errors import InputError, OfflineError
from osler.library.duplicates import duplicates
from osler.library.ledger import ItemState, iter_ledger
from osler.library.remove import remove
from osler.model.record import Block, Deletion, Item, Record, Rejection
from osler.model.source import Link, Relation, Status, TextKind
from osler.store import Store


def source_id(number: int) -> str:
    return make_source(number).id


def status(store: Store, number: int) -> Status:
    return store.sources([source_id(number)])[source_id(number)].status


def texts(store: Store) -> set[str]:
    return {row.text for row in store.iter_index_rows()}


def test_what_goes_in_comes_out_whole(store: Store) -> None:
    record = make_record(
        7,
        doi="10.5555/made.7",
        pmcid="PMC9990007",
        participants=7,
        headings=("Made-up Syndrome",),
        substances=("testamab",),
        licence="CC BY 4.0",
        publication_types=("Journal Article",),
        links=(Link(Relation.CORRECTED_BY, "pmid:99"),),
        language="eng",
        url="https://publisher.example/7",
        status=Status.CORRECTED,
        revision="0001-2020-06-01",
    )
    add(store, [record])
    assert store.source_by_key("pmid:7") == record.source
    (passage,) = store.passages_of(record.source.id)
    assert store.passages([passage.id, "psg_unknown", passage.id]) == [passage, passage]
    assert store.sources_with("doi:10.5555/made.7") == [record.source.id]
    assert store.newest_evidence_date() == "2020-05"


def test_adding_twice_changes_nothing(store: Store) -> None:
    records = [make_record(n) for n in range(50)]
    first = add(store, records)
    state = store.state()
    second = add(store, records)
    assert (first.added, second.added, second.unchanged) == (50, 0, 50)
    assert store.state() == state
    assert state.sources == 50


def test_the_snapshot_does_not_depend_on_the_order(tmp_path: Path) -> None:
    items: list[Item] = [make_record(n, revision="1") for n in range(40)]
    items += [make_record(n, f"Revised words {n}.", revision="2") for n in range(0, 40, 3)]
    items += [make_record(n, f"Same revision, other words, {n}.", revision="1") for n in range(1, 40, 5)]
    items += [
        make_record(100 + n, links=(Link(Relation.RETRACTS, f"pmid:{n}"),)) for n in range(0, 9, 2)
    ]
    items += [
        Record(make_source(200 + n, status=Status.RETRACTED, doi=f"10.5555/{n}")) for n in range(3)
    ]
    items += [Record(make_source(300 + n, doi=f"10.5555/{n}")) for n in range(6)]
    states = set()
    for seed in range(6):
        shuffled = random.Random(seed).sample(items, len(items))
        with open_library(tmp_path / str(seed)) as store:
            cut = seed * 9
            add(store, shuffled[:cut])
            add(store, shuffled[cut:], origin="second")
            state = store.state()
            states.add((state.snapshot, state.sources, state.as_of))
            assert status(store, 300) is Status.RETRACTED
    assert len(states) == 1


def test_an_older_revision_never_replaces_a_newer_one(store: Store) -> None:
    add(store, [make_record(1, "New words.", revision="0002-2021")])
    report = add(store, [make_record(1, "Old words.", revision="0001-2020")])
    assert (report.older, report.revised) == (1, 0)
    assert texts(store) == {"New words."}


def test_a_newer_revision_replaces_and_the_old_words_stay_citable(store: Store) -> None:
    add(store, [make_record(1, "Old words.", revision="1")])
    (old,) = store.passages_of(source_id(1))
    sequence = store.last_sequence()
    assert add(store, [make_record(1, "New words.", revision="2")]).revised == 1
    assert texts(store) == {"New words."}
    assert store.passages([old.id]) == [old]
    assert store.passages_of(source_id(1), version=old.version) == [old]
    assert store.removed_since(sequence)
    assert not store.removed_since(store.last_sequence())
    before = store.source_of_version(old.version)
    assert before is not None
    assert before.key == "pmid:1"


def test_an_edited_file_without_revisions_replaces_what_it_said(store: Store) -> None:
    add(store, [make_record(1, "A long first wording of it.")])
    add(store, [make_record(1, "Short.")])
    assert texts(store) == {"Short."}
    add(store, [make_record(1, "A long first wording of it.")])
    assert texts(store) == {"A long first wording of it."}
    assert len(store.versions_of(source_id(1))) == 2
    sequences = [row.sequence for row in store.iter_index_rows()]
    assert sequences == [store.last_sequence()]


def test_a_newer_revision_date_alone_is_noted_without_a_new_version(store: Store) -> None:
    add(store, [make_record(1, revision="1")])
    state = store.state()
    assert add(store, [make_record(1, revision="3")]).unchanged == 1
    assert store.state() == state
    assert add(store, [make_record(1, "Words of before.", revision="2")]).older == 1


def test_a_deleted_citation_goes_and_an_old_file_does_not_bring_it_back(store: Store) -> None:
    add(store, [make_record(1, revision="2"), make_record(2)])
    (passage,) = store.passages_of(source_id(1))
    report = add(store, [Deletion("pmid:1", "deleted by PubMed")])
    assert report.withdrawn == 1
    assert store.count_sources() == 1
    assert [row.source for row in store.iter_index_rows()] == [source_id(2)]
    assert store.passages([passage.id]) == [passage]
    assert status(store, 1) is Status.WITHDRAWN
    assert add(store, [make_record(1, revision="2")], again=True).refused == 1
    assert add(store, [make_record(1, revision="1")]).refused == 1
    assert store.count_sources() == 1
    rows = list(iter_ledger(store, state=ItemState.WITHDRAWN))
    assert [(row.item, row.reason) for row in rows] == [("pmid:1", "deleted by PubMed")]
    assert add(store, [make_record(1, revision="3")]).added == 1
    assert status(store, 1) is Status.CURRENT


def test_a_deletion_that_comes_first_holds_against_the_record(store: Store) -> None:
    add(store, [Deletion("pmid:1", "deleted by PubMed")])
    assert add(store, [make_record(1, revision="1")]).refused == 1
    assert store.count_sources() == 0
    assert add(store, [make_record(1, revision="2")]).added == 1


def test_record_and_deletion_in_one_batch_follow_their_order(store: Store) -> None:
    add(store, [make_record(1), Deletion("pmid:1", "gone"), Deletion("pmid:2", "gone"), make_record(2)])
    assert store.count_sources() == 0
    assert texts(store) == set()


def test_what_a_person_removed_comes_back_only_when_asked_again(store: Store) -> None:
    add(store, [make_record(1), make_record(2)])
    state = store.state()
    removed = remove(store, ["pmid:1"], reason="not for our ward", now=NOW)
    assert [source.key for source in removed] == ["pmid:1"]
    assert store.count_sources() == 1
    assert add(store, [make_record(1)]).refused == 1
    assert add(store, [make_record(1)], again=True).added == 1
    assert store.snapshot() == state.snapshot


@pytest.mark.parametrize("notice_first", [True, False])
def test_a_retraction_notice_retracts_whichever_comes_first(store: Store, *, notice_first: bool) -> None:
    notice = make_record(9, links=(Link(Relation.RETRACTS, "pmid:1"),))
    items = [make_record(1), Record(make_source(50, pmid="1", key="starter:pmid:1"))]
    for item in [notice, *items] if notice_first else [*items, notice]:
        add(store, [item])
    assert status(store, 1) is Status.RETRACTED
    starter = store.source_by_key("starter:pmid:1")
    assert starter is not None
    assert starter.status is Status.RETRACTED
    assert status(store, 9) is Status.CURRENT
    add(store, [Deletion("pmid:9", "the notice was a mistake")])
    assert status(store, 1) is Status.CURRENT


def test_a_retraction_written_in_the_record_itself_counts(store: Store) -> None:
    add(store, [make_record(1, links=(Link(Relation.RETRACTED_BY, "pmid:9"),))])
    assert status(store, 1) is Status.RETRACTED
    sequence, snapshot = store.last_sequence(), store.snapshot()
    report = add(store, [make_record(1, revision="2")])
    assert (report.unchanged, report.restated) == (1, 1)
    assert status(store, 1) is Status.CURRENT
    assert store.last_sequence() > sequence
    assert store.snapshot() != snapshot


def test_a_broken_item_is_a_row_with_its_reason_and_the_rest_goes_on(store: Store) -> None:
    broken = Rejection(
        "made.xml: citation 2 (pmid:2)", "input.xml", "is not well-formed XML", "fetch again"
    )
    report = add(store, [make_record(1), broken, make_record(3)])
    assert (report.added, report.failed) == (2, 1)
    (row,) = iter_ledger(store, state=ItemState.FAILED)
    assert (row.item, row.code, row.reason) == (broken.item, broken.code, broken.reason)
    add(store, [broken])
    assert store.failures()[0].tries == 2
    add(store, [make_record(2)], origin="efetch")
    assert store.failures() == []


def test_records_that_cannot_be_kept_are_failures_not_faults(store: Store) -> None:
    nameless = Record(make_source(1, title=None, pmid=None), (Block("Words of nobody."),))
    half = make_record(2, "Half a character: \ud800.")
    empty = Record(make_source(3, title=None))
    report = add(store, [nameless, half, empty, make_record(4)])
    assert report.added == 1
    assert [failure.code for failure in report.failures] == [
        "input.no_identity",
        "input.encoding",
        "input.no_text",
    ]


def test_what_was_read_before_a_fault_is_kept(store: Store) -> None:
    def breaking(error: BaseException) -> Iterator[Item]:
        yield make_record(1)
        raise error

    report = add(store, breaking(InputError("ends early", item="made.gz", code="input.truncated")))
    assert (report.added, report.failed) == (1, 1)
    for number, error in enumerate((OfflineError("gone"), KeyboardInterrupt()), start=2):
        with pytest.raises(type(error)):
            add(store, chain([make_record(number)], breaking(error)))
    assert store.count_sources() == 3


def test_records_of_one_study_are_grouped_through_any_identifier(store: Store) -> None:
    add(
        store,
        [
            make_record(1, doi="10.5555/x"),
            Record(make_source(2, key="pmc:PMC1", pmid=None, doi="10.5555/x", pmcid="PMC1")),
            Record(make_source(3, key="ris:1", pmid=None, pmcid="PMC1")),
            make_record(4),
        ],
    )
    ids = [
        source.id
        for source in (make_source(1), make_source(2, key="pmc:PMC1"), make_source(3, key="ris:1"))
    ]
    groups = store.studies([*ids, source_id(4)])
    assert {groups[source] for source in ids} == {min(ids)}
    assert groups[source_id(4)] == source_id(4)
    assert store.studies(ids[2:]) == {ids[2]: min(ids)}
    assert [{source.id for source in group} for group in duplicates(store)] == [set(ids)]


def test_abbreviations_are_learnt_and_forgotten_with_their_sources(store: Store) -> None:
    text = "People had made-up syndrome ({}). It went away."
    add(store, [make_record(n, text.format("MUS"), revision="1") for n in range(3)])
    add(store, [make_record(3, text.format("MuS"), scope="ward")])
    assert store.long_forms("MUS") == [("made-up syndrome", 3)]
    assert store.short_forms("made-up syndrome") == [("MUS", 3), ("MuS", 1)]
    assert store.short_forms("made-up syndrome", scopes=frozenset({"public"})) == [("MUS", 3)]
    add(store, [make_record(0, "Nothing is defined here.", revision="2"), Deletion("pmid:1", "gone")])
    assert store.long_forms("MUS") == [("made-up syndrome", 1)]
    add(store, [Deletion("pmid:2", "gone"), Deletion("pmid:3", "gone")])
    assert store.short_forms("made-up syndrome") == []


def test_a_source_can_change_its_scope_and_the_index_is_told(store: Store) -> None:
    add(store, [make_record(1)])
    sequence = store.last_sequence()
    assert add(store, [make_record(1, scope="ward")]).revised == 1
    (row,) = store.iter_index_rows(after=sequence)
    assert row.scope == "ward"
    assert store.removed_since(sequence)
    assert len(store.versions_of(source_id(1))) == 1
    assert store.long_forms("MUS", scopes=frozenset({"public"})) == []


def test_index_rows_carry_what_a_search_needs(store: Store) -> None:
    record = make_record(1, headings=("Made-up Syndrome",), substances=("testamab",))
    add(store, [Record(record.source, record.blocks, TextKind.SUMMARY)])
    (row,) = store.iter_index_rows()
    assert (row.title, row.headings, row.substances, row.kind, row.design, row.year, row.scope) == (
        "Testamab in invented disease 1",
        ("Made-up Syndrome",),
        ("testamab",),
        "research",
        "cohort",
        2020,
        "public",
    )
    assert store.passages([row.passage])[0].text_kind is TextKind.SUMMARY


def test_a_state_that_a_kill_left_unnamed_is_named_by_the_next_reader(
    tmp_path: Path, database_kind: str
) -> None:
    with open_library(tmp_path) as store:
        add(store, [make_record(n) for n in range(5)])
        state = store.state()
    with opened(tmp_path / "osler.db") as tool:
        tool.execute("DELETE FROM meta WHERE name = 'state'")
        with open_library(tmp_path) as store:
            assert store.state() == state
        kept = tool.execute("SELECT count(*) FROM meta WHERE name = 'state'").fetchone()
    assert kept == (1,)


def test_progress_is_told_after_each_batch(store: Store) -> None:
    seen: list[tuple[int, int | None, str]] = []
    add(store, (make_record(n) for n in range(2500)), progress=lambda *at: seen.append(at))
    assert seen == [(1000, None, "made"), (2000, None, "made"), (2500, None, "made")]


def test_many_ids_are_read_at_once(store: Store) -> None:
    add(store, (make_record(n) for n in range(2000)))
    ids = [row.passage for row in store.iter_index_rows()]
    assert [passage.id for passage in store.passages(reversed(ids))] == ids[::-1]
    assert len(store.sources(source_id(n) for n in range(3000))) == 2000
    assert len(store.studies(source_id(n) for n in range(2000))) == 2000
