"""What an answer offers is printed as the command that gives it; a patient is offered none."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from tests.surfaces.cli.conftest import Call

from osler.service.add import add
from osler.service.wiring import open_desk

STATED = "Anakinra 100 mg sc daily or 2 mg/kg iv q6h in MAS, 70 kg, CrCl 25 mL/min?"
SCORED = "How is HLH diagnosed: HScore with ferritin 12000 ng/mL?"


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("offers")
    with open_desk({"OSLER_HOME": str(home)}, create=True) as desk:
        add(desk, ["starter:hlh"])
    return home


def test_a_question_on_a_dose_names_the_simulation_with_what_it_states(
    call: Call, starter: Path
) -> None:
    printed = " ".join(call("ask", STATED, home=starter).out.split())
    assert 'osler mechanism anakinra --regimen "100 mg sc daily" --regimen "2 mg/kg iv q6h"' in printed
    assert "--weight 70 --crcl 25" in printed
    assert "no dose recommendation" in printed


def test_the_command_that_is_printed_can_be_run(call: Call, starter: Path) -> None:
    pytest.importorskip("roadrunner")
    command = call("ask", STATED, "--json", home=starter).document["answer"]["simulation"]["command"]
    said = call(*shlex.split(command)[1:], "--samples", "0", home=starter)
    assert said.status == 0
    assert "100 mg sc daily" in said.out


def test_a_question_on_a_diagnosis_names_the_score_with_what_it_states(
    call: Call, starter: Path
) -> None:
    printed = " ".join(call("ask", SCORED, home=starter).out.split())
    assert "osler calculate hscore --ferritin 12000 ng/mL" in printed


def test_a_patient_is_offered_no_command(call: Call, starter: Path) -> None:
    for question in (STATED, SCORED, "What is the mechanism of action of anakinra in HLH?"):
        printed = call("ask", question, "--as", "patient", home=starter).out
        assert "osler mechanism" not in printed
        assert "osler calculate" not in printed
