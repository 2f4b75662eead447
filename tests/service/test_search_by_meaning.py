"""Search with a model at hand: what is found depends on the library and the question alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from tests.providers.tiny import write_model

from osler.formats.jsonlines import record_from
from osler.library.ingest import add_items
from osler.model.record import Record
from osler.model.source import Status
from osler.retrieval.aids import Aid
from osler.service.add import add
from osler.service.ask import ask
from osler.service.models import embed, fetch_model
from osler.service.search import Found, search
from osler.service.wiring import Desk, open_desk

RECORDS = [
    {
        "id": f"made:{number}",
        "url": f"urn:osler:made:{number}",
        "title": f"{drug} for {illness}",
        "text": f"{drug} was given to adults with {illness}. {drug} reduced {sign} in {number} of 90.",
        "year": 1990 + number,
    }
    for number, (drug, illness, sign) in enumerate(
        (drug, illness, sign)
        for drug in ("Zentamil", "Orbavine", "Quelastat")
        for illness, sign in (("fever", "rash"), ("asthma", "wheeze"), ("gout", "pain"))
    )
]
QUESTIONS = ("does zentamil help in gout", "wheeze in adults", "orbavine", "what reduces a rash")


@pytest.fixture
def filled(tmp_path: Path) -> dict[str, str]:
    """The environment of a library of made records with the tiny model beside it, not yet embedded."""
    environment = {"OSLER_HOME": str(tmp_path / "home"), "OSLER_OFFLINE": "1"}
    records = tmp_path / "records.jsonl"
    records.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    with open_desk(environment, create=True) as desk:
        assert add(desk, [str(records)]).added == len(RECORDS)
    fetch_model(str(write_model(tmp_path / "tiny")), environment)
    return environment


@contextmanager
def opened(environment: dict[str, str]) -> Iterator[Desk]:
    with open_desk(environment) as desk:
        yield desk


def hits(found: Found) -> list[tuple[str, float]]:
    return [(hit.passage.id, hit.score) for hit in found.hits]


def test_meaning_proposes_passages_once_all_are_embedded(filled: dict[str, str]) -> None:
    with opened(filled) as desk:
        embed(desk)
    with opened(filled) as desk:
        assert not search(desk, "hurtful joints", top=5, without=frozenset({Aid.VECTORS})).hits
        assert len(search(desk, "hurtful joints", top=5).hits) == 5


def test_before_that_only_what_words_found_is_put_in_order(filled: dict[str, str]) -> None:
    with opened(filled) as desk:
        assert not search(desk, "hurtful joints", top=5).hits
        found = search(desk, QUESTIONS[0], top=5).hits
        plain = search(desk, QUESTIONS[0], top=5, without=frozenset({Aid.VECTORS})).hits
    assert {hit.passage.id for hit in found} == {hit.passage.id for hit in plain}
    assert "meaning" in found[0].reasons[0]
    assert "meaning" not in plain[0].reasons[0]


def test_what_is_found_does_not_depend_on_what_was_asked_before(filled: dict[str, str]) -> None:
    with opened(filled) as desk:
        alone = {}
        for question in QUESTIONS:
            with opened(filled) as fresh:
                alone[question] = hits(search(fresh, question, top=4))
        for question in (*QUESTIONS, *reversed(QUESTIONS)):
            assert hits(search(desk, question, top=4)) == alone[question]


def test_half_embedded_finds_what_unembedded_finds(filled: dict[str, str], tmp_path: Path) -> None:
    before = {}
    with opened(filled) as desk:
        for question in QUESTIONS:
            before[question] = hits(search(desk, question, top=4))
        embed(desk)
        late = tmp_path / "late.jsonl"
        late.write_text(json.dumps({"id": "late", "url": "urn:osler:late", "text": "Snow fell."}) + "\n")
        add(desk, [str(late)])
    with opened(filled) as desk:
        for question in QUESTIONS:
            found = search(desk, question, top=4)
            assert [passage for passage, _ in hits(found)] == [
                passage for passage, _ in before[question]
            ]


@pytest.mark.parametrize("vectors", [False, True])
def test_the_first_hits_are_the_same_however_many_are_asked_for(
    filled: dict[str, str], *, vectors: bool
) -> None:
    with opened(filled) as desk:
        if vectors:
            embed(desk)
    with opened(filled) as desk:
        for question in QUESTIONS:
            few, many = (hits(search(desk, question, top=top)) for top in (2, 500))
            assert few == many[: len(few)]
            assert many == sorted(many, key=lambda hit: -hit[1])


def test_a_retracted_source_is_not_found_by_meaning(filled: dict[str, str]) -> None:
    made = {"id": "gone", "url": "urn:osler:gone", "title": "Zentamil", "text": "Zentamil and fever."}
    record = record_from(made, kind=None, licence=None, scope="public")
    assert isinstance(record, Record)
    gone = Record(replace(record.source, status=Status.RETRACTED), record.blocks)
    with opened(filled) as desk:
        add_items(desk.store, [gone], origin="test", now=desk.now())
        embed(desk)
    with opened(filled) as desk:
        found = search(desk, "zentamil fever", top=50)
    assert found.hits
    assert all(hit.source.status is not Status.RETRACTED for hit in found.hits)
    assert any(step.decision == "dropped" for step in found.trace.steps)


def test_limits_hold_for_what_meaning_proposes(filled: dict[str, str]) -> None:
    with opened(filled) as desk:
        embed(desk)
    with opened(filled) as desk:
        found = search(desk, "hurtful joints", top=50, since=1995).hits
        assert found
        assert all((hit.source.year or 0) >= 1995 for hit in found)
        desk.scopes = frozenset({"ward"})
    with opened(filled) as desk:
        desk.scopes = frozenset({"ward"})
        assert not search(desk, "hurtful joints", top=50).hits


def test_vectors_that_cannot_be_used_are_told_and_done_without(filled: dict[str, str]) -> None:
    with opened(filled) as desk:
        embed(desk)
        manifest = desk.settings.index / "dense" / "manifest.json"
    manifest.write_text("{", encoding="utf-8")
    with opened(filled) as desk:
        assert search(desk, QUESTIONS[0], top=3).hits
        assert any("osler index embed" in notice for notice in desk.notices)


def test_an_answer_is_the_same_bytes_each_time_with_vectors(filled: dict[str, str]) -> None:
    with opened(filled) as desk:
        embed(desk)
    answers = []
    for _ in range(2):
        with opened(filled) as desk:
            answers.append(json.dumps(ask(desk, "does zentamil reduce rash").document["answer"]))
    assert answers[0] == answers[1]
