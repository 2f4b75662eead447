"""What must change an answer changes it, and what must not does not."""

from __future__ import annotations

from dataclasses import replace

from tests.answer.conftest import QUESTION, Fill, answer_of, statements_of, study

from osler.library.starter import read_pack
from osler.model.record import Block, Record
from osler.service.remove import remove
from osler.service.wiring import Desk

PLAIN = "Can pelican therapy reduce wobbling in gyroscope disease?"


def ids(answer: dict) -> list[str]:  # type: ignore[type-arg]  # documents are plain JSON
    return [statement["id"] for statement in statements_of(answer)]


def test_without_its_best_source_the_bottom_line_changes(fill: Fill) -> None:
    with fill(read_pack("hlh")) as desk:
        before = answer_of(desk, QUESTION)
        remove(desk, [before["references"][0]["source"]], reason="test")
    with fill([]) as _empty, reopened(desk) as again:
        after = answer_of(again, QUESTION)
    assert after["bottom_line"] is None or after["bottom_line"]["id"] != before["bottom_line"]["id"]
    cited = {r["source"] for r in after["references"]}
    assert before["references"][0]["source"] not in cited


def test_a_siblings_evidence_is_not_the_drugs(fill: Fill) -> None:
    with fill(swap(record, "anakinra", "canakinumab") for record in read_pack("hlh")) as desk:
        answer = answer_of(desk, QUESTION)
    assert answer["status"] == "abstained"
    assert statements_of(answer) == []


def test_a_real_sibling_in_place_of_the_drug_gives_nothing(fill: Fill) -> None:
    records = [
        study(
            "pmid:1",
            "Canakinumab in hemophagocytic lymphohistiocytosis",
            "Canakinumab binds interleukin-1 beta and blocks its receptor in HLH.",
            "Canakinumab neutralized IL-1 in all 12 patients.",
        )
    ]
    with fill(records) as desk:
        assert answer_of(desk, QUESTION)["status"] == "abstained"


def test_ten_irrelevant_records_change_nothing_but_the_count(fill: Fill) -> None:
    noise = [
        study(
            f"pmid:{90000 + number}",
            f"Soil drainage in district {number}",
            f"Drainage improved by {number + 3}% in fields with gravel beds.",
            "Earthworms were more numerous in drained fields than in flooded fields.",
        )
        for number in range(10)
    ]
    with fill(read_pack("hlh")) as desk:
        alone = answer_of(desk, QUESTION)
    with fill([*read_pack("hlh"), *noise]) as desk:
        beside = answer_of(desk, QUESTION)
    assert ids(beside) == ids(alone)
    assert beside["references"] == alone["references"]
    assert beside["library"]["sources"] == alone["library"]["sources"] + 10


def test_ten_irrelevant_records_do_not_change_a_free_answer(fill: Fill) -> None:
    records = [
        study(
            "pmid:11",
            "Pelican therapy for wobbling in gyroscope disease",
            "Pelican therapy reduced wobbling in 40 of 80 patients with gyroscope disease.",
            "No patient with gyroscope disease stopped pelican therapy.",
        ),
        study(
            "pmid:12",
            "Gyroscope disease: a survey",
            "Half of the patients with gyroscope disease reported wobbling.",
        ),
    ]
    noise = [
        study(f"pmid:{500 + n}", f"Tide tables {n}", f"High tide came {n} minutes later than foretold.")
        for n in range(10)
    ]
    with fill(records) as desk:
        alone = answer_of(desk, PLAIN)
    with fill([*records, *noise]) as desk:
        assert ids(answer_of(desk, PLAIN)) == ids(alone)
    assert alone["references"][0]["pmid"] is None
    assert "40 of 80" in alone["bottom_line"]["text"]


def test_a_retracted_source_is_not_cited(fill: Fill) -> None:
    from osler.model.source import Status

    sound = study("pmid:21", "Pelican therapy", "Pelican therapy reduced wobbling in gyroscope disease.")
    with fill([sound]) as desk:
        assert answer_of(desk, PLAIN)["status"] == "answered"
    retracted = Record(replace(sound.source, status=Status.RETRACTED), sound.blocks)
    with fill([retracted]) as desk:
        assert answer_of(desk, PLAIN)["status"] == "abstained"


def test_an_aim_is_never_printed_as_an_answer(fill: Fill) -> None:
    records = [
        study(
            "pmid:31",
            "Pelican therapy for wobbling",
            "We aimed to determine whether pelican therapy reduces wobbling in gyroscope disease.",
            "Patients with gyroscope disease and wobbling were randomly assigned to pelican therapy.",
        )
    ]
    with fill(records) as desk:
        answer = answer_of(desk, PLAIN)
    assert answer["status"] == "abstained"
    assert answer["withheld"]


def swap(record: Record, word: str, other: str) -> Record:
    """Return ``record`` with one drug's name in place of another's, everywhere."""

    def changed(text: str) -> str:
        return text.replace(word, other).replace(word.capitalize(), other.capitalize())

    source = record.source
    return Record(
        replace(source, title=changed(source.title or ""), substances=()),
        tuple(Block(changed(b.text), b.role, b.label, b.heading) for b in record.blocks),
        record.text_kind,
    )


def reopened(desk: Desk):  # type: ignore[no-untyped-def]  # a context manager of the same library
    """Open the library of ``desk`` again, as the next command would."""
    from osler.service.wiring import open_desk

    return open_desk({"OSLER_HOME": str(desk.settings.home)}, holder="test")


def test_words_of_talk_around_a_question_do_not_silence_the_answer(starter: Desk) -> None:
    plain = answer_of(starter, "can anakinra be given on dialysis")
    chatty = answer_of(starter, "does anyone know, can kineret be given to someone who is on dialysis")
    assert plain["status"] == chatty["status"] == "answered"
    assert plain["bottom_line"]["id"] == chatty["bottom_line"]["id"]
