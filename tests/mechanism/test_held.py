"""Records taken in: found by any name of the pair, and never for another condition."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.mechanism.conftest import NOW

from osler.config import Settings
from osler.errors import InputError, NoAnswerError, NotFoundError
from osler.mechanism.glance import FOLDER, NAMES
from osler.mechanism.held import RECORDS, records_of
from osler.mechanism.naming import name_key
from osler.mechanism.record import Record
from osler.model.mechanism import Mechanism, Origin
from osler.service.mechanism import import_records, show_mechanism
from osler.service.wiring import Desk


@pytest.fixture
def settings(tmp_path: Path, archive: Path) -> Settings:
    found = Settings(tmp_path / "home")
    import_records(found, archive, now=NOW)
    return found


def path_of(settings: Settings, drug: str, condition: str, desk: Desk | None = None) -> Mechanism:
    found = show_mechanism(settings, desk, drug, condition).mechanism
    assert found is not None
    return found


def test_the_report_counts_what_came_and_names_what_did_not(tmp_path: Path, archive: Path) -> None:
    report = import_records(Settings(tmp_path / "home"), archive, now=NOW)["imported"]
    assert (report["records"], report["drugs"], report["pairs"]) == (3, 1, 2)
    assert {row["item"] for row in report["refused"]} == {"LICENSE", "kb/loose.yaml", "kb/other.yaml"}
    assert all(row["reason"] for row in report["refused"])


@pytest.mark.parametrize("drug", ["zelokin", "Zelokin", "Zelokinum", "DB99901", "MESH:C999901"])
@pytest.mark.parametrize("condition", ["Testosis", "testosis", "hemorrhagic testosis", "MESH:D999901"])
def test_any_name_of_the_pair_reaches_both_of_its_records(
    settings: Settings, drug: str, condition: str
) -> None:
    found = path_of(settings, drug, condition)
    assert found.origin is Origin.DRUGMECHDB
    assert [record.id[-2:] for record in found.records] == ["_1", "_2"]


def test_another_condition_of_the_drug_is_not_borrowed(settings: Settings) -> None:
    assert [r.id for r in path_of(settings, "zelokin", "invented fever").records] == [
        "DB99901_MESH_D999902_1"
    ]
    with pytest.raises(NoAnswerError) as fault:
        show_mechanism(settings, None, "zelokin", "HLH")
    assert fault.value.code == "no_answer.mechanism"
    assert "Testosis" in fault.value.hint


def test_without_a_condition_it_asks_back_which_of_several(settings: Settings) -> None:
    shown = show_mechanism(settings, None, "zelokin")
    assert shown.mechanism is None
    assert [choice["condition"] for choice in shown.document["choices"]] == [
        "Testosis", "Invented fever",
    ]  # fmt: skip


def test_an_unknown_drug_is_not_found_with_a_next_step(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as fault:
        show_mechanism(settings, None, "nosuchdrug", "testosis")
    assert fault.value.code == "not_found.drug"
    with pytest.raises(NotFoundError) as fault:
        show_mechanism(Settings(tmp_path / "bare"), None, "zelokin", "testosis")
    assert "--import" in fault.value.hint


def test_a_second_import_takes_the_place_of_the_first(settings: Settings, tmp_path: Path) -> None:
    from tests.mechanism.conftest import OTHER_DISEASE

    file = tmp_path / "one.yaml"
    file.write_text(OTHER_DISEASE, encoding="utf-8")
    import_records(settings, file, now=NOW)
    assert len(records_of(settings.home, "zelokin")) == 1
    assert sorted(path.name for path in (settings.home / FOLDER).iterdir()) == sorted([RECORDS, NAMES])


def test_a_file_without_any_record_leaves_what_is_held(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "none.yaml"
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError) as fault:
        import_records(settings, file, now=NOW)
    assert fault.value.code == "input.unknown_format"
    assert len(records_of(settings.home, "zelokin")) == 3


@pytest.mark.parametrize("name", [RECORDS, NAMES])
def test_a_damaged_file_is_said_and_never_guessed_at(settings: Settings, name: str) -> None:
    file = settings.home / FOLDER / name
    content = file.read_bytes()
    file.write_bytes(
        content.replace(b"decreases", b"increases").replace(b"drugmechdb 1", b"drugmechdb 9")
    )
    with pytest.raises(InputError) as fault:
        show_mechanism(settings, None, "zelokin", "testosis")
    assert fault.value.code == "input.damaged"


def test_anakinra_for_rheumatoid_arthritis_or_caps_is_never_borrowed_for_hlh(
    informed: Desk, tmp_path: Path, real_archive: Path
) -> None:
    for condition, record in (
        ("rheumatoid arthritis", "DB00026_MESH_D001172_1"),
        ("Cryopyrin associated periodic syndrome", "DB00026_MESH_D056587_1"),
    ):
        found = path_of(informed.settings, "anakinra", condition, informed)
        assert [held.id for held in found.records] == [record]
    curated = path_of(informed.settings, "anakinra", "HLH", informed)
    assert curated.origin is Origin.CURATED
    assert curated.records == ()
    assert "atilage" not in repr(curated)
    alone = Settings(tmp_path / "no-library")
    import_records(alone, real_archive, now=NOW)
    for condition in ("HLH", "haemophagocytic lymphohistiocytosis", "macrophage activation syndrome"):
        with pytest.raises(NotFoundError) as fault:
            show_mechanism(alone, None, "anakinra", condition)
        assert fault.value.code == "not_found.library"
    for condition in ("gout", "Still's disease", "sepsis", "COVID-19"):
        with pytest.raises(NoAnswerError):
            show_mechanism(informed.settings, informed, "anakinra", condition)


def test_of_200_real_pairs_the_path_is_the_file_s_own(
    informed: Desk, real_records: list[Record]
) -> None:
    for record in random.Random(6).sample(real_records, 200):
        shown = show_mechanism(informed.settings, informed, record.drug, record.disease)
        if shown.mechanism is None:  # two drugs or diseases bear the name: it asks back, naming records
            ids = [held for choice in shown.document["choices"] for held in choice["records"]]
            assert record.id in ids
            continue
        graph = shown.mechanism
        names = {node.key: node.identifier for node in graph.nodes}
        drawn = [
            (names[arrow.source], arrow.words, names[arrow.target])
            for arrow in graph.arrows
            if any(entry.citation.record == record.id for entry in arrow.evidence)  # type: ignore[union-attr]
        ]
        own = list(dict.fromkeys((link.source, link.key, link.target) for link in record.links))
        assert sorted(map(str, drawn)) == sorted(map(str, own)), record.id


@pytest.mark.parametrize(
    ("drug", "condition", "record"),
    [
        ("Tylenol", "fever", "DB00316_MESH_D005334_1"),
        ("paracetamol", "Fever", "DB00316_MESH_D005334_1"),
        ("acetaminophen", "MESH:D005334", "DB00316_MESH_D005334_1"),
        ("Kineret", "Rheumatoid Arthritis", "DB00026_MESH_D001172_1"),
        ("oxytocin", "postpartum haemorrhage", "DB00107_MESH_D006473_1"),
        ("Gleevec", "CML (Ph+)", "DB00619_MESH_D015464_1"),
    ],
)
def test_brands_synonyms_and_british_spelling_reach_the_same_real_path(
    informed: Desk, drug: str, condition: str, record: str
) -> None:
    found = path_of(informed.settings, drug, condition, informed)
    assert record in [held.id for held in found.records]


def test_200_pairs_that_are_not_in_it_are_not_found(informed: Desk, real_records: list[Record]) -> None:
    from osler.mechanism.imported import disease_names, drug_names

    chance = random.Random(7)
    named = [(drug_names(record), disease_names(record)) for record in real_records]
    refused = renamed = 0
    while refused + renamed < 200:
        one, other = chance.sample(real_records, 2)
        asked = drug_names(one)
        if any(name_key(other.disease) in diseases for drugs, diseases in named if drugs & asked):
            continue
        try:
            shown = show_mechanism(informed.settings, informed, one.drug, other.disease)
        except NoAnswerError:
            refused += 1
        else:  # the tables of a search hold the disease under another name, and so do the records
            assert shown.mechanism is None or other.disease != shown.mechanism.condition
            renamed += 1
    assert refused >= 198
