"""Records of DrugMechDB: read exactly, refused with the line at fault, never half understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mechanism.conftest import LOOSE_END, OTHER_SHAPE, ZELOKIN, write_archive

from osler.errors import InputError, NotFoundError
from osler.mechanism.imported import graph_of
from osler.mechanism.intake import Refused, read_entries
from osler.mechanism.record import Record, read_record
from osler.mechanism.relations import node_kind, relation_of
from osler.model.mechanism import ArrowKind, RecordCitation, Sign, Standing


def test_a_record_is_read_with_all_it_says() -> None:
    record = read_record(ZELOKIN)
    assert (record.id, record.drug, record.disease) == ("DB99901_MESH_D999901_1", "zelokin", "Testosis")
    assert record.drug_ids == ("DB:DB99901", "MESH:C999901")
    assert record.nodes[0].alt_names == ("Zelokinum",)
    assert record.nodes[1].name == 'Testin receptor, type "1"'
    assert record.nodes[2].name.endswith("carried it over to a second line")
    assert record.references == ("https://example.invalid/one", "doi: 10.9999/two")
    assert record.comment.endswith("would have liked a better one.")


def test_each_link_is_a_stretch_of_the_text() -> None:
    record = read_record(ZELOKIN)
    words = [record.text[link.start : link.end] for link in record.links]
    assert words[0] == (
        "  - key: decreases activity of\n    source: MESH:C999901\n    target: UniProt:Q99901"
    )
    assert len(words) == 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (OTHER_SHAPE, "line 1 has another shape"),
        (LOOSE_END, "GO:0000000, which is none of its nodes"),
        ("", "names no id"),
        (ZELOKIN.replace("  drug: zelokin\n", ""), "names no drug"),
        (ZELOKIN.replace("  - key: causes\n    source", "  - source"), "has no key"),
        (ZELOKIN.replace("name: Zelokin", "name: &anchor Zelokin"), "another kind"),
        (ZELOKIN.replace("name: Zelokin", 'name: "Zelokin'), "cannot be read"),
        (ZELOKIN.replace("name: Zelokin", "name: 'Zelokin"), "has no end"),
        (ZELOKIN.replace("directed: true", "\tdirected: true"), "line 3 has another shape"),
        (ZELOKIN + "x" * 300_000, "is longer than"),
    ],
)
def test_another_shape_is_refused_with_its_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_record(text)


@given(st.text(max_size=300))
def test_no_text_whatever_is_half_read(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_record(text)


@given(st.integers(0, len(ZELOKIN) - 1), st.sampled_from("\n :-'\"{x"))
def test_a_damaged_record_is_read_or_refused_and_never_breaks(place: int, letter: str) -> None:
    damaged = ZELOKIN[:place] + letter + ZELOKIN[place + 1 :]
    try:
        record = read_record(damaged)
    except ValueError:
        return
    assert record.links
    for link in record.links:
        assert link.key in damaged[link.start : link.end]


def test_an_archive_gives_records_and_names_what_is_none(archive: Path) -> None:
    entries = list(read_entries(archive))
    assert [entry.id for entry in entries if isinstance(entry, Record)] == [
        "DB99901_MESH_D999901_1", "DB99901_MESH_D999901_2", "DB99901_MESH_D999902_1",
    ]  # fmt: skip
    refused = {entry.item: entry.reason for entry in entries if isinstance(entry, Refused)}
    assert set(refused) == {"LICENSE", "kb/loose.yaml", "kb/other.yaml"}


def test_a_folder_and_a_single_file_are_read_alike(tmp_path: Path) -> None:
    (tmp_path / "kb").mkdir()
    file = tmp_path / "kb" / "a.yaml"
    file.write_text(ZELOKIN, encoding="utf-8")
    assert list(read_entries(tmp_path)) == list(read_entries(file)) == [read_record(ZELOKIN)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff\xfe\x00", "is not UTF-8"),
        (ZELOKIN.replace("label: Protein", "label: Poem").encode(), "labelled Poem"),
        (b"x" * 2_000_000, "is longer than"),
    ],
)
def test_an_entry_that_is_no_record_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    file = write_archive(tmp_path / "p.tar.xz", {"kb/a.yaml": content})
    (entry,) = read_entries(file)
    assert isinstance(entry, Refused)
    assert reason in entry.reason


def test_the_second_of_one_id_is_refused(tmp_path: Path) -> None:
    file = write_archive(tmp_path / "p.tar.xz", {"a.yaml": ZELOKIN, "b.yaml": ZELOKIN})
    assert [type(entry) for entry in read_entries(file)] == [Record, Refused]


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "paths.tar.xz"
    file.write_bytes(b"no archive at all")
    with pytest.raises(InputError) as fault:
        list(read_entries(file))
    assert fault.value.code == "input.damaged"
    with pytest.raises(NotFoundError):
        list(read_entries(tmp_path / "missing.tar"))


def test_the_graph_of_a_record_is_its_links_and_nothing_else() -> None:
    record = read_record(ZELOKIN)
    graph = graph_of([record])
    names = {node.id: node.name for node in record.nodes}
    drawn = [
        (graph.node(arrow.source).name, arrow.words, graph.node(arrow.target).name)
        for arrow in graph.arrows
    ]
    assert drawn == [(names[link.source], link.key, names[link.target]) for link in record.links]
    assert {arrow.standing for arrow in graph.arrows} == {Standing.RECORDED}
    for arrow in graph.arrows:
        (entry,) = arrow.evidence
        assert isinstance(entry.citation, RecordCitation)
        assert entry.verdict is None
        assert record.text[entry.citation.start : entry.citation.end] == entry.citation.quote


def test_two_records_of_one_pair_share_their_common_links() -> None:
    second = ZELOKIN.replace("_1\n", "_2\n", 1).replace("key: causes", "key: correlated with")
    graph = graph_of([read_record(ZELOKIN), read_record(second)])
    assert [len(arrow.evidence) for arrow in graph.arrows] == [2, 2, 1, 1]
    assert [record.id for record in graph.records] == [
        "DB99901_MESH_D999901_1", "DB99901_MESH_D999901_2",
    ]  # fmt: skip


def test_an_unknown_relation_gets_no_sign_and_an_unknown_label_is_refused() -> None:
    assert relation_of("sings to") == (ArrowKind.RELATES, Sign.NONE)
    assert relation_of("negatively regulates") == (ArrowKind.INHIBITS, Sign.NEGATIVE)
    with pytest.raises(ValueError, match="labelled Poem"):
        node_kind("Poem")


def test_every_real_record_is_read_as_a_yaml_reader_reads_it(real_records: list[Record]) -> None:
    yaml = pytest.importorskip("yaml")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert len(real_records) == 4846
    for record in real_records[::7]:
        document = yaml.load(record.text, Loader=loader)
        assert [(link.key, link.source, link.target) for link in record.links] == [
            (link["key"], link["source"], link["target"]) for link in document["links"]
        ]
        assert [(node.id, node.label, node.name) for node in record.nodes] == [
            (node["id"], node["label"], str(node["name"]).strip()) for node in document["nodes"]
        ]
        assert record.references == tuple(map(str, document.get("references") or ()))
