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
ANY = re.compile(r"\d[\d,]*(?:\.\d+)?")
RUN = 8

HLH = list(read_pack("hlh"))


def sentences(record: Record) -> Iterator[tuple[str, Role]]:
    for block in record.blocks:
        for start, end in split_sentences(block.text):
            yield block.text[start:end], block.role


EVERY = [
    pytest.param(sentence, id=f"{record.source.key}-{at}")
    for record in HLH
    for at, (sentence, _) in enumerate(sentences(record))
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


@pytest.mark.parametrize("sentence", EVERY)
def test_a_sentence_can_be_quoted_alone(sentence: str) -> None:
    assert len(sentence.split()) <= 40
    assert sentence.endswith((".", ".)"))
    assert not OPENINGS.match(sentence)
    assert dangling(sentence) == []


def test_almost_every_sentence_reads_as_evidence() -> None:
    moves = [classify_move(text, role) for record in HLH for text, role in sentences(record)]
    assert sum(move.is_evidence for move in moves) >= 0.95 * len(moves)


def test_no_sentence_is_said_twice() -> None:
    said = [sentence for record in HLH for sentence, _ in sentences(record)]
    assert len(set(said)) == len(said)


# What follows compares the pack with the evidence its curators worked from.

EVIDENCE = Path(os.environ.get("OSLER_DEV_EVIDENCE", "../shared/evidence")) / "hlh_sources.json"
COPIES = {
    "https://prescriberpoint.com/therapies/kineret-d9d7491": "d9d74915-6606-4570-9c52-c4001d3177de",
    "https://stanfordhealthcare.org/publications/872/872543.html": "10.1016/j.jtct.2023.03.006",
}
"""Copies the curators read, and a part of the key of the real document in the pack."""

COUNTS = "zero one two three four five six seven eight nine ten eleven twelve"
DIGITS = {word: str(number) for number, word in enumerate(COUNTS.split())} | {"nineteen": "19"}
del DIGITS["one"]


def words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("\u2010", "-").replace("\u2011", "-").replace("·", "."))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def numbers(text: str, *, every: bool = False) -> set[str]:
    """The numbers of ``text``; those inside names such as IL-6 count only with ``every``."""
    text = re.sub(r"twenty-(?=[a-z])", "2", text.lower())
    text = re.sub(r"[a-z]+", lambda word: DIGITS.get(word[0], word[0]), text)
    text = text.replace("·", ".").replace(" . ", ".")
    return {str(float(n.replace(",", "").rstrip("."))) for n in (ANY if every else NUMBER).findall(text)}


def trail(address: str | None) -> str:
    """The address without its host, so that a mirror and its publisher compare equal."""
    path = re.sub(r"^https?://[^/]+", "", address or "").partition("?")[0]
    return path.replace("/article-split/", "/article/").removesuffix(".abstract").rstrip("/")


def belongs(entry: dict[str, Any], record: Record) -> bool:
    source = record.source
    if COPIES.get(entry["url"], "\n") in source.key:
        return True
    if source.pmid and source.pmid == entry["pmid"]:
        return True
    if source.doi and source.doi == (entry["doi"] or "").lower():
        return True
    if source.pmcid and source.pmcid in (entry["url"] or ""):
        return True
    if source.title and source.title.casefold() == (entry["title"] or "").casefold():
        return True
    return len(trail(source.url)) > 1 and trail(source.url) == trail(entry["url"])


@pytest.fixture(scope="module")
def evidence() -> list[dict[str, Any]]:
    if not EVIDENCE.is_file():
        pytest.skip(f"no evidence at {EVIDENCE}: set OSLER_DEV_EVIDENCE to its folder")
    entries: list[dict[str, Any]] = json.loads(EVIDENCE.read_text(encoding="utf-8"))
    return entries


def entry_of(record: Record, evidence: list[dict[str, Any]]) -> dict[str, Any]:
    matching = [entry for entry in evidence if belongs(entry, record)]
    assert len(matching) == 1, [entry["id"] for entry in matching]
    return matching[0]


def checked_facts(entry: dict[str, Any]) -> str:
    facts = [fact for fact in entry["facts"] if fact["checked"] != "unverified"]
    fields = ("statement", "population", "value", "unit", "verbatim_check")
    said = [str(fact[field]) for fact in facts for field in fields if fact[field] is not None]
    return " ".join([*said, str(entry["n"]), entry["title"] or "", entry["note"] or ""])


@pytest.mark.parametrize("record", HLH, ids=lambda record: record.source.key)
def test_every_number_stands_in_the_checked_facts(
    record: Record, evidence: list[dict[str, Any]]
) -> None:
    known = numbers(checked_facts(entry_of(record, evidence)), every=True)
    for sentence, _ in sentences(record):
        assert numbers(sentence) <= known, sentence


def test_participants_are_the_checked_count(evidence: list[dict[str, Any]]) -> None:
    for record in HLH:
        assert record.source.participants == entry_of(record, evidence)["n"]


def test_nothing_uncitable_is_shipped(evidence: list[dict[str, Any]]) -> None:
    assert all(entry_of(record, evidence)["citable"] for record in HLH)


def test_no_entry_is_shipped_twice(evidence: list[dict[str, Any]]) -> None:
    used = [entry_of(record, evidence)["id"] for record in HLH]
    assert len(set(used)) == len(used)


def test_no_wording_is_taken_over(evidence: list[dict[str, Any]]) -> None:
    taken = set[tuple[str, ...]]()
    for entry in evidence:
        for fact in entry["facts"]:
            taken |= runs(fact["statement"]) | runs(fact["verbatim_check"] or "")
    for record in HLH:
        for sentence, _ in sentences(record):
            assert not runs(sentence) & taken, sentence
