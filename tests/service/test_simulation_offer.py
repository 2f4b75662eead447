"""A question on a dose is offered the simulation: stated regimens, where the model holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from osler.model.reader import Reader
from osler.service.add import add
from osler.service.ask import ask
from osler.service.wiring import Desk, open_desk

jsonschema = pytest.importorskip("jsonschema")
SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "answer.json"
STATED = "Anakinra 100 mg sc daily or 2 mg/kg iv q6h in MAS, 70 kg, CrCl 25 mL/min?"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    home = tmp_path_factory.mktemp("offering")
    with open_desk({"OSLER_HOME": str(home)}, create=True) as desk:
        add(desk, ["starter:hlh"])
    with open_desk({"OSLER_HOME": str(home)}) as desk:
        yield desk


def offered(desk: Desk, question: str, reader: Reader = Reader.CLINICIAN) -> Any:
    document = ask(desk, question, reader=reader, keep=False).document
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    return document["answer"]["simulation"]


def test_what_the_question_states_is_offered_and_nothing_else(desk: Desk) -> None:
    assert offered(desk, STATED) == {
        "drug": "anakinra",
        "regimens": [
            {"text": "100 mg sc daily", "stated_by": "question"},
            {"text": "2 mg/kg iv q6h", "stated_by": "question"},
        ],
        "weight_kg": 70.0,
        "creatinine_clearance_mL_per_min": 25.0,
        "command": 'osler mechanism anakinra --regimen "100 mg sc daily" --regimen "2 mg/kg iv q6h"'
        " --weight 70 --crcl 25",
    }


def test_a_regimen_of_the_answer_names_the_statement_that_states_it(desk: Desk) -> None:
    document = ask(desk, "What dose of anakinra is used in rheumatoid arthritis?", keep=False).document
    answer = document["answer"]
    (regimen,) = answer["simulation"]["regimens"]
    statements = {one["id"]: one for section in answer["sections"] for one in section["statements"]}
    if answer["bottom_line"]:
        statements[answer["bottom_line"]["id"]] = answer["bottom_line"]
    assert regimen["text"] in statements[regimen["stated_by"]]["text"]
    assert statements[regimen["stated_by"]]["citations"]
    assert answer["simulation"]["weight_kg"] is None


def test_doses_of_children_are_no_regimens_of_an_adult_s_model(desk: Desk) -> None:
    found = offered(desk, "What dose of anakinra is used in HLH?")
    assert found["regimens"] == []
    assert found["command"] == "osler mechanism anakinra --regimen TEXT"


@pytest.mark.parametrize(
    "question",
    [
        "What dose of anakinra is used in HLH in children?",
        "What dose of anakinra in pregnancy?",
        "What dose of anakinra in MAS on hemodialysis?",
        "What dose of anakinra 2 mg/kg iv q6h in a patient of 20 kg?",
        "What dose of emapalumab is used in HLH?",
        "How effective is anakinra in HLH?",
    ],
)
def test_where_the_model_does_not_hold_nothing_is_offered(desk: Desk, question: str) -> None:
    assert offered(desk, question) is None


@pytest.mark.parametrize("reader", list(Reader))
def test_clinicians_and_pharmacists_are_offered_it_and_patients_never(
    desk: Desk, reader: Reader
) -> None:
    found = offered(desk, STATED, reader)
    assert (found is not None) == (reader in {Reader.CLINICIAN, Reader.PHARMACIST})
