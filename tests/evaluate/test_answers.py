"""Answers from the command line: nuggets stated, statements proved, abstentions counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from osler.evaluate.answers import is_cited, is_supported, statements_of, states
from osler.service.ask import ask
from osler.service.wiring import open_desk

from .conftest import Called, validate, write_lines

Call = Callable[..., Called]
QUESTIONS = [
    {
        "question": "Does zubromycin cure velitosis in adults?",
        "nuggets": [
            {"text": "Zubromycin cured velitosis in 24 of 30 adults", "must": True},
            {"text": "Kelopax tablets lower the pressure of the eye", "must": True},
            {"text": "Zubromycin cures velitosis in adults", "must": False},
        ],
        "sources": ["pmid:99999981", "pmid:99999999"],
    },
    {"question": "Is wuppelfizz contagious?", "nuggets": [{"text": "Wuppelfizz is contagious"}]},
]


@pytest.fixture
def measured(call: Call, stocked: Path, tmp_path: Path) -> Any:
    file = write_lines(tmp_path / "questions.jsonl", QUESTIONS)
    said = call("eval", "answers", file, "--json")
    assert said.status == 0, said.err
    validate(said.document)
    return said.document


def test_what_is_stated_is_counted_and_what_is_missed_is_named(measured: Any) -> None:
    first = measured["items"][0]
    assert first["values"]["nugget_recall"] == pytest.approx(2 / 3)
    assert first["values"]["must_recall"] == 0.5
    assert first["detail"]["missed"] == ["Kelopax tablets lower the pressure of the eye"]


def test_sources_that_should_be_cited_are_looked_for(measured: Any) -> None:
    assert measured["items"][0]["values"]["source_recall"] == 0.5
    assert "source_recall" not in measured["items"][1]["values"]


def test_an_abstention_counts_as_such_and_states_nothing(measured: Any) -> None:
    summary = measured["summary"]
    assert (summary["questions"], summary["abstentions"]) == (2, 1)
    assert measured["items"][1]["values"]["nugget_recall"] == 0.0
    assert summary["nugget_recall"] == pytest.approx(1 / 3, abs=1e-6)
    assert summary["nugget_recall_when_answered"] == pytest.approx(2 / 3, abs=1e-6)


def test_every_statement_of_ours_is_proved(measured: Any) -> None:
    assert measured["summary"]["statements"] > 0
    assert measured["summary"]["unsupported_share"] == 0.0


def test_the_threshold_decides(call: Call, stocked: Path, tmp_path: Path) -> None:
    row = {
        "question": "Does zubromycin cure velitosis in adults?",
        "nuggets": [{"text": "zubromycin velitosis wuppelfizz kelopax"}],
    }
    file = write_lines(tmp_path / "q.jsonl", [row])
    recalls = [
        call("eval", "answers", file, "--threshold", share, "--json").document["summary"][
            "nugget_recall"
        ]
        for share in (0.5, 0.51)
    ]
    assert recalls == [1.0, 0.0]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda s: s["verdict"].update(outcome="failed"),
        lambda s: s.update(citations=[]),
        lambda s: s["citations"][0].update(start=s["citations"][0]["start"] + 1),
        lambda s: s["citations"][0].update(quote="Zubromycin never cured anybody."),
        lambda s: s["citations"][0].update(passage="psg_00000000000000000000"),
        lambda s: s["citations"][0].update(source="src_00000000000000000000"),
        lambda s: s["citations"][0].update(sha256="0" * 64),
    ],
)
def test_a_statement_whose_proof_is_spoilt_is_unsupported(
    stocked: Path, spoil: Callable[[dict[str, Any]], None]
) -> None:
    with open_desk({"OSLER_HOME": str(stocked)}) as desk:
        answer = ask(desk, "Does zubromycin cure velitosis in adults?").document["answer"]
        statement = next(statements_of(answer))
        assert is_supported(desk, statement)
        spoil(statement)
        assert not is_supported(desk, statement)


def test_a_nugget_is_compared_by_its_words_without_inflection() -> None:
    texts = ["In 60 adults: zubromycin cured the patient", "velitosis is rare"]
    assert states("Zubromycin cures patients", texts, threshold=1.0)
    assert not states("Zubromycin cures velitosis", texts, threshold=1.0)
    assert states("Zubromycin cures velitosis", texts, threshold=0.6)
    assert not states("the of and", texts, threshold=0.1)


def test_a_source_is_known_by_any_of_its_identities() -> None:
    reference = {"source": "src_1", "pmid": "7", "pmcid": "PMC8", "doi": "10.9/x"}
    assert all(is_cited(s, [reference]) for s in ("src_1", "pmid:7", "pmc:PMC8", "doi:10.9/X"))
    assert not any(is_cited(s, [reference]) for s in ("src_2", "pmid:8", "doi:", "7"))


def test_ideal_answers_and_yes_and_no_are_measured_where_the_set_has_them(
    call: Call, stocked: Path, tmp_path: Path
) -> None:
    rows = [
        {
            "question": "Does zubromycin cure velitosis in adults?",
            "ideal": ["Zubromycin cured velitosis in 24 of 30 adults", "No such text."],
            "stance": "yes",
        },
        {"question": "Is wuppelfizz contagious?", "ideal": ["It is."], "stance": "no"},
    ]
    said = call("eval", "answers", write_lines(tmp_path / "q.jsonl", rows), "--json").document
    validate(said)
    first, second = said["items"]
    assert first["values"]["rouge2_recall"] == 1.0
    assert first["detail"]["stance_gold"] == "yes"
    assert second["values"]["rouge2_recall"] == 0.0
    assert (second["detail"]["stance_said"], second["values"]["stance_right"]) == ("silent", 0.0)
    summary = said["summary"]
    assert "nugget_recall" not in summary
    assert summary["rouge2_recall"] == 0.5
    assert (summary["stance_questions"], summary["stance_silent"]) == (2, 1)


def test_a_threshold_of_nothing_is_refused(call: Call, stocked: Path, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "q.jsonl", QUESTIONS)
    assert call("eval", "answers", file, "--threshold", "0").status == 2


def test_without_a_library_it_says_so(call: Call, tmp_path: Path) -> None:
    said = call("eval", "answers", write_lines(tmp_path / "q.jsonl", QUESTIONS), "--json")
    assert (said.status, said.error["code"]) == (4, "not_found.library")
