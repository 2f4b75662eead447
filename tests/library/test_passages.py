"""Cutting: whole abstracts, full texts along their sections, nothing lost and nothing torn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.library.made import make_record, make_source

from osler.library.passages import MAX_WORDS, cut
from osler.model.passage import Role
from osler.model.record import Block, Record
from osler.model.source import Link, Relation, Status, TextKind
from osler.text.sentences import split_sentences


def test_an_abstract_is_one_passage_with_labels_outside_its_text() -> None:
    _version, (passage,) = cut(make_record(4))
    assert passage.text == (
        "We gave testamab to 4 people with made-up syndrome (MUS).\nMUS resolved in 4 of 7 people."
    )
    assert [(s.label, s.role, passage.text[s.start : s.end]) for s in passage.sections] == [
        ("METHODS", Role.METHODS, "We gave testamab to 4 people with made-up syndrome (MUS)."),
        ("RESULTS", Role.RESULTS, "MUS resolved in 4 of 7 people."),
    ]


def test_a_record_without_text_gives_its_title_as_the_passage() -> None:
    _version, (passage,) = cut(Record(make_source(1, title="A title alone"), (Block("  "),)))
    assert passage.text == "A title alone"
    assert [section.role for section in passage.sections] == [Role.TITLE]


def test_a_table_stands_alone_and_sections_are_not_mixed() -> None:
    blocks = (
        Block("Abstract of it.", Role.UNLABELLED),
        Block("First words.", Role.METHODS, heading="Methods"),
        Block("arm | n\nA | 3", Role.TABLE, heading="Methods"),
        Block("More words.", Role.METHODS, heading="Methods"),
        Block("Last words.", Role.RESULTS, heading="Results › Survival"),
    )
    _version, passages = cut(Record(make_source(1), blocks, TextKind.SUMMARY))
    assert [(p.ordinal, p.heading, p.text) for p in passages] == [
        (0, "", "Abstract of it."),
        (1, "Methods", "First words."),
        (2, "Methods", "arm | n\nA | 3"),
        (3, "Methods", "More words."),
        (4, "Results › Survival", "Last words."),
    ]
    assert {p.text_kind for p in passages} == {TextKind.SUMMARY}


def test_the_version_follows_the_words_and_not_the_standing() -> None:
    record = make_record(1)
    link = Link(Relation.RETRACTED_BY, "pmid:2")
    restated = make_record(1, status=Status.RETRACTED, links=(link,), revision="9", scope="ward")
    assert cut(record)[0] == cut(restated)[0]
    assert cut(record)[0] != cut(make_record(1, year=2021))[0]
    assert cut(record)[0] != cut(make_record(1, "Other words."))[0]


SENTENCES = st.lists(st.integers(1, 60), min_size=1, max_size=40).map(
    lambda lengths: " ".join(" ".join(["word"] * (n - 1) + ["end"]).capitalize() + "." for n in lengths)
)


@given(st.lists(st.tuples(SENTENCES, st.sampled_from(["A", "B", "C › D"])), min_size=1, max_size=8))
def test_no_word_is_lost_and_no_sentence_torn(parts: list[tuple[str, str]]) -> None:
    blocks = tuple(Block(text, heading=heading) for text, heading in parts)
    _version, passages = cut(Record(make_source(1), blocks))
    assert " ".join(p.text for p in passages).split() == " ".join(text for text, _ in parts).split()
    whole = {text[a:b] for text, _ in parts for a, b in split_sentences(text)}
    for passage in passages:
        assert len(passage.text.split()) <= MAX_WORDS
        assert {passage.text[a:b] for a, b in split_sentences(passage.text)} <= whole
        assert [passage.text[s.start : s.end] for s in passage.sections] == passage.text.split("\n")


@given(st.lists(st.text(min_size=1, max_size=300), max_size=6))
def test_sections_cover_exactly_the_blocks_whatever_the_text(texts: list[str]) -> None:
    _version, passages = cut(Record(make_source(1), tuple(Block(text) for text in texts)))
    kept = [text for text in texts if not text.isspace()]
    cut_out = [p.text[s.start : s.end] for p in passages for s in p.sections]
    assert cut_out == (kept or ["Testamab in invented disease 1"])
