"""The SBML file in a second tool: COPASI, which knows nothing of Osler, finds the same numbers.

Not a dependency: ``pip install python-copasi`` lets these tests run, and without it they are skipped.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from osler.mechanism.occupancy import engine_of
from osler.mechanism.occupancy_course import WANTED, Person, start_of, values_for
from osler.mechanism.occupancy_parameters import load_model, model_folder
from osler.mechanism.occupancy_regimen import read_regimen

pytest.importorskip("roadrunner")
libsbml = pytest.importorskip("libsbml")
COPASI = pytest.importorskip("COPASI", reason="needs python-copasi")
MODEL = load_model("anakinra")
HOURS = 72
CASES = [
    ("100 mg sc daily", 70, 100),
    ("100 mg sc every other day", 120, 10),
    ("2 mg/kg iv q6h", 70, 25),
    ("100 mg iv over 2 h q12h", 55, 60),
    ("100 mg iv once + 2 mg/kg/h iv infusion", 90, 40),
]


def file_of(text: str, person: Person, folder: Path) -> Path:
    """Write the SBML file with the first dose and the person in it, so that any tool can run it."""
    regimen = read_regimen(text, model=MODEL, weight_kg=person.weight_kg)
    start = start_of(regimen, values_for(MODEL, person))
    document = libsbml.readSBMLFromString(model_folder().joinpath("anakinra.xml").read_text("utf-8"))
    model = document.getModel()
    for name, value in {**start.values, **start.state}.items():
        species = model.getSpecies(name)
        if species is not None:
            species.setInitialAmount(value)
        else:
            model.getParameter(name).setValue(value)
    for parameter in model.getListOfParameters():
        parameter.unsetName()  # COPASI prints names where there are any, and ids elsewhere
    file = folder / "case.xml"
    libsbml.writeSBMLToFile(document, str(file))
    return file


def copasi(file: Path) -> dict[str, list[float]]:
    """Return what COPASI finds for each hour."""
    data = COPASI.CRootContainer.addDatamodel()
    assert data.importSBML(str(file))
    task = data.getTask("Time-Course")
    task.setMethodType(COPASI.CTaskEnum.Method_deterministic)
    problem, method = task.getProblem(), task.getMethod()
    problem.setDuration(HOURS)
    problem.setStepNumber(HOURS)
    problem.setTimeSeriesRequested(True)
    method.getParameter("Relative Tolerance").setDblValue(1e-10)
    method.getParameter("Absolute Tolerance").setDblValue(1e-14)
    assert task.initializeRaw(COPASI.CCopasiTask.OUTPUT_UI)
    assert task.processRaw(True)
    series = task.getTimeSeries()
    found: dict[str, list[float]] = {"Time": []}
    rows = range(series.getRecordedSteps())
    for column in range(series.getNumVariables()):
        title = series.getTitle(column).removeprefix("Values[").removesuffix("]")
        found[title] = [series.getConcentrationData(row, column) for row in rows]
    return found


@pytest.mark.parametrize(("text", "weight", "clearance"), CASES)
def test_copasi_finds_the_same_numbers_from_the_same_file(
    text: str, weight: float, clearance: float, tmp_path: Path
) -> None:
    person = Person(weight, clearance)
    theirs = copasi(file_of(text, person, tmp_path))
    regimen = read_regimen(text, model=MODEL, weight_kg=weight)
    # At a dose itself a tool may print what is before it or after: such hours are left out.
    hours = [
        hour
        for hour in range(1, HOURS + 1)
        if hour % regimen.interval_h and (hour % regimen.interval_h) != regimen.infusion_h
    ]
    rows = engine_of(MODEL).run(start_of(regimen, values_for(MODEL, person)), [0, *hours], WANTED)
    assert len(hours) > HOURS / 2
    for hour, row in zip(hours, rows[1:], strict=True):
        place = next(i for i, time in enumerate(theirs["Time"]) if abs(time - hour) < 1e-9)
        for name, ours in zip(WANTED, row, strict=True):
            assert theirs[name][place] == pytest.approx(ours, rel=1e-6, abs=1e-12), (name, hour)
