"""The starter packs: they load, every source can be found, and every sentence can be quoted alone."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from osler.errors import InputError, NotFoundError
from osler.library import starter
from osler.library.passages import cut
from osler.library.starter import packs, read_pack
from osler.model.passage import Role
from osler.model.record import Record
from osler.model.source import Kind, TextKind
from osler.text.anaphora import dangling
from osler.text.moves import classify_move
from osler.text.sentences import split_sentences

LABELS = {
    "mechanism",
    "dosing",
    "administration",
    "efficacy",
    "survival",
    "relapse",
    "safety",
    "diagnosis",
    "recommendation",
    "pharmacokinetics",
}
ROLES = {Role.RESULTS, Role.RECOMMENDATION, Role.BACKGROUND}
OPENINGS = re.compile(r"(?:it|its|this|that|these|those|they|their|he|she|his|her|the authors)\b", re.I)
WORD = re.compile(r"\w+(?:[-+.,/]+\w+)*")
NUMBER = re.compile(r"(?<![A-Za-zα-ω\d.])(?<![A-Za-z]-)\d[\d,]*(?:\.\d+)?")
RUN = 8

HLH = list(read_pack("hlh"))


def sentences(record: Record) -> Iterator[tuple[str, Role]]:
    for block in record.blocks:
        for start, end in split_sentences(block.text):
            yield block.text[start:end], block.role


EVERY = [
    pytest.param(s, role, id=f"{r.source.key}-{i}")
    for r in HLH
    for i, (s, role) in enumerate(sentences(r))
]


def test_the_packs_are_listed_by_name() -> None:
    assert packs() == ("hlh",)


def test_an_unknown_pack_is_not_found_and_the_known_ones_are_named() -> None:
    with pytest.raises(NotFoundError) as caught:
        read_pack("hl")
    assert caught.value.code == "not_found.pack"
    assert caught.value.item == "starter:hl"
    assert "starter:hlh" in caught.value.hint


def test_a_path_is_not_a_pack() -> None:
    with pytest.raises(NotFoundError):
        read_pack("../packs/hlh")


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"key": "starter:x"}'])
def test_a_damaged_line_is_named(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    monkeypatch.setattr(starter, "_folder", lambda: tmp_path)
    with pytest.raises(InputError) as caught:
        list(read_pack("broken"))
    assert caught.value.code == "input.pack"
    assert caught.value.item == "starter:broken, line 2"


def test_keys_are_unique_and_say_where_they_come_from() -> None:
    keys = [record.source.key for record in HLH]
    assert len(set(keys)) == len(keys)
    assert all(re.fullmatch(r"starter:(pmid:\d+|doi:10\.\S+|url:https?://\S+)", key) for key in keys)


@pytest.mark.parametrize("record", HLH, ids=lambda record: record.source.key)
def test_a_source_can_be_found_by_a_reader(record: Record) -> None:
    source = record.source
    assert source.identifiers or source.url
    scheme, _, value = source.key.removeprefix("starter:").partition(":")
    if scheme in {"pmid", "doi"}:
        assert f"{scheme}:{value}".lower() in source.identifiers
    assert source.doi is None or source.doi == source.doi.lower()
    assert source.url is None or source.url.startswith(("https://", "http://"))


@pytest.mark.parametrize("record", HLH, ids=lambda record: record.source.key)
def test_a_source_is_one_passage_of_summary_under_known_labels(record: Record) -> None:
    assert record.text_kind is TextKind.SUMMARY
    assert record.blocks
    assert {block.label for block in record.blocks} <= LABELS
    assert {block.role for block in record.blocks} <= ROLES
    _, passages = cut(record)
    assert len(passages) == 1
    assert passages[0].text_kind is TextKind.SUMMARY


def test_there_are_labels_and_research() -> None:
    assert {Kind.LABEL, Kind.RESEARCH} <= {record.source.kind for record in HLH}


@pytest.mark.parametrize(("sentence", "role"), EVERY)
def test_a_sentence_can_be_quoted_alone(sentence: str, role: Role) -> None:
    assert len(sentence.split()) <= 40
    assert sentence.endswith((".", ".)"))
    assert not OPENINGS.match(sentence)
    assert dangling(sentence) == []
    assert classify_move(sentence, role).is_evidence


def test_no_sentence_is_said_twice() -> None:
    said = [sentence for record in HLH for sentence, _ in sentences(record)]
    assert len(set(said)) == len(said)


# What follows compares the pack with the evidence its curators worked from.

EVIDENCE = Path(os.environ.get("OSLER_DEV_EVIDENCE", "../shared/evidence")) / "hlh_sources.json"


@pytest.fixture(scope="module")
def evidence() -> dict[str, dict[str, Any]]:
    if not EVIDENCE.is_file():
        pytest.skip(f"no evidence at {EVIDENCE}: set OSLER_DEV_EVIDENCE to its folder")
    return {entry["id"]: entry for entry in json.loads(EVIDENCE.read_text(encoding="utf-8"))}
