"""Sets are read whole or refused, with the line that is at fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from osler.errors import InputError
from osler.evaluate.datasets import (
    Nugget,
    NuggetQuestion,
    load_beir,
    load_gold_documents,
    load_nuggets,
    load_questions,
)

from .conftest import CORPUS, JUDGEMENTS, QUERIES, WriteBeir, write_lines


def test_a_folder_is_read_with_its_queries_that_have_an_answer(write_beir: WriteBeir) -> None:
    read = load_beir(write_beir())
    assert read.documents == ("10", "20", "30", "40")
    assert read.queries == {"a": "kelopax tablets", "b": "orbitan eye pressure", "c": "wuppelfizz"}
    assert read.relevance == {"a": {"30": 1, "40": 1}, "b": {"40": 1}, "c": {"20": 1}}
    assert read.unjudged == 1
    assert (read.origin.name, read.origin.items) == ("small", 3)


def test_another_byte_is_another_set(write_beir: WriteBeir) -> None:
    first = load_beir(write_beir()).origin.sha256
    assert load_beir(write_beir()).origin.sha256 == first
    assert load_beir(write_beir(judgements=JUDGEMENTS[:-1])).origin.sha256 != first


@pytest.mark.parametrize(
    ("parts", "code", "item"),
    [
        ({"corpus": [*CORPUS, CORPUS[0]]}, "input.value", "corpus.jsonl: line 5"),
        ({"corpus": [{"title": "x"}]}, "input.value", "corpus.jsonl: line 1"),
        ({"corpus": ["{"]}, "input.json", "corpus.jsonl: line 1"),
        ({"corpus": ["[]"]}, "input.json", "corpus.jsonl: line 1"),
        ({"queries": [{"_id": "a", "text": " "}]}, "input.value", "queries.jsonl: line 1"),
        ({"judgements": [("a", "99", 1)]}, "input.value", "qrels/test.tsv: line 2"),
        ({"judgements": [("x", "10", 1)]}, "input.value", "qrels/test.tsv: line 2"),
        ({"judgements": [("a", "10", "much")]}, "input.value", "qrels/test.tsv: line 2"),
        ({"judgements": [("a", "0", "10", "1")]}, "input.value", "qrels/test.tsv: line 2"),
        ({"judgements": [("a", "10", 0)]}, "input.empty", "test.tsv"),
    ],
)
def test_a_folder_with_a_fault_is_refused(
    write_beir: WriteBeir, parts: dict[str, Any], code: str, item: str
) -> None:
    with pytest.raises(InputError) as caught:
        load_beir(write_beir(**parts))
    assert (caught.value.code, caught.value.item) == (code, item)


def test_a_missing_file_is_named(write_beir: WriteBeir) -> None:
    folder = write_beir()
    (folder / "queries.jsonl").unlink()
    with pytest.raises(InputError) as caught:
        load_beir(folder)
    assert caught.value.code == "input.missing"
    assert caught.value.item.endswith("queries.jsonl")


def test_questions_come_from_lines_and_from_json(tmp_path: Path) -> None:
    rows = [
        "What is velitosis?",
        "",
        {"question": "Who has it?"},
        {"body": "Why?"},
        "What is velitosis?",
    ]
    origin, questions = load_questions(write_lines(tmp_path / "asked.txt", rows))
    assert questions == ("What is velitosis?", "Who has it?", "Why?")
    assert origin.items == 3


@pytest.mark.parametrize(
    ("rows", "code"), [([], "input.empty"), ([{"q": "?"}], "input.value"), (["{"], "input.json")]
)
def test_a_file_without_questions_is_refused(tmp_path: Path, rows: list[Any], code: str) -> None:
    with pytest.raises(InputError) as caught:
        load_questions(write_lines(tmp_path / "asked.txt", rows))
    assert caught.value.code == code


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "asked.txt"
    file.write_bytes("Fièvre?\n".encode("latin-1"))
    with pytest.raises(InputError) as caught:
        load_questions(file)
    assert caught.value.code == "input.encoding"


def test_nuggets_are_read_and_those_without_a_mark_are_musts(tmp_path: Path) -> None:
    row = {"question": "Q?", "nuggets": [{"text": "one"}, {"text": "two", "must": False}]}
    _, found = load_nuggets(write_lines(tmp_path / "n.jsonl", [row]))
    assert found == (NuggetQuestion("Q?", (Nugget("one", True), Nugget("two", False)), ()),)


def test_an_ideal_answer_or_yes_and_no_can_be_measured_without_nuggets(tmp_path: Path) -> None:
    rows = [{"question": "Q?", "ideal": ["Yes."]}, {"question": "R?", "stance": "no"}]
    _, found = load_nuggets(write_lines(tmp_path / "n.jsonl", rows))
    assert found[0] == NuggetQuestion("Q?", (), (), ideal=("Yes.",))
    assert found[1] == NuggetQuestion("R?", (), (), stance="no")


@pytest.mark.parametrize(
    "row",
    [
        {"question": "Q?", "nuggets": []},
        {"question": "Q?", "nuggets": ["text"]},
        {"question": "Q?", "nuggets": [{"text": ""}]},
        {"question": "Q?", "nuggets": {"text": "x"}},
        {"nuggets": [{"text": "x"}]},
        {"question": "Q?", "nuggets": [{"text": "x"}], "stance": "perhaps"},
        {"question": "Q?", "ideal": "one text"},
    ],
)
def test_a_question_without_usable_nuggets_is_refused(tmp_path: Path, row: dict[str, Any]) -> None:
    with pytest.raises(InputError) as caught:
        load_nuggets(write_lines(tmp_path / "n.jsonl", [row]))
    assert (caught.value.code, caught.value.item) == ("input.value", "n.jsonl: line 1")


@pytest.mark.parametrize("spans", [[], [[0, 99]], [[3, 3]], [[-1, 2]], [["0", 2]], [[0]], [5]])
def test_a_span_outside_its_text_is_refused(tmp_path: Path, spans: list[Any]) -> None:
    row = {"question": "Q?", "document": "d", "title": "", "text": "Ten signs.", "spans": spans}
    with pytest.raises(InputError) as caught:
        load_gold_documents(write_lines(tmp_path / "s.jsonl", [row]))
    assert caught.value.code == "input.value"


def test_queries_without_a_relevant_document_are_counted(write_beir: WriteBeir) -> None:
    assert load_beir(write_beir(queries=[*QUERIES, {"_id": "e", "text": "x"}])).unjudged == 2
