"""``osler mechanism … --regimen`` as it is typed: page, JSON by its schema, drawing, refusals."""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ET
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from osler.surfaces.cli.main import run

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schema" / "occupancy.json").read_text(encoding="utf-8"))
ASKED = (
    "mechanism", "anakinra", "--regimen", "100 mg sc daily", "--regimen", "2 mg/kg iv q6h",
    "--weight", "70", "--crcl", "25", "--days", "3", "--samples", "10",
)  # fmt: skip
needs_engine = pytest.mark.skipif(
    find_spec("roadrunner") is None, reason="the extra simulate is not installed"
)


def document(capfd: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert run([*words, "--json"]) == 0
    return json.loads(capfd.readouterr().out)


@needs_engine
def test_the_page_sets_regimens_side_by_side_and_says_what_it_is(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert run(ASKED) == 0
    said = capfd.readouterr().out
    assert said.index("Educational model, not a dose recommendation.") < said.index("trough")
    for part in ("A  100 mg sc daily", "B  2 mg/kg iv q6h", "140 mg a dose", "time above 90% held",
                 "Why", "Limits", "seed 20260101", "PMID: 1828071"):  # fmt: skip
        assert part in said


@needs_engine
def test_the_json_obeys_its_schema_and_every_source_is_named(capfd: pytest.CaptureFixture[str]) -> None:
    found = document(capfd, *ASKED)
    Draft202012Validator(SCHEMA).validate(found)
    occupancy = found["occupancy"]
    keys = {source["key"] for source in occupancy["sources"]}
    cited = {key for parameter in occupancy["parameters"] for key in parameter["sources"]}
    assert cited | {row["source"] for row in occupancy["published"]} <= keys
    assert occupancy["given"]["assumed"] == ["il1_nmol_per_L", "site_ratio"]


@needs_engine
def test_the_json_without_samples_has_no_bands_and_obeys_its_schema(
    capfd: pytest.CaptureFixture[str],
) -> None:
    found = document(capfd, "mechanism", "kineret", "--regimen", "100 mg sc daily", "--samples", "0")
    Draft202012Validator(SCHEMA).validate(found)
    assert found["occupancy"]["regimens"][0]["bands"] is None
    assert "weight_kg" in found["occupancy"]["given"]["assumed"]


@needs_engine
def test_the_same_words_print_the_same_bytes(capfd: pytest.CaptureFixture[str]) -> None:
    assert document(capfd, *ASKED) == document(capfd, *ASKED)


@needs_engine
def test_the_drawing_is_written_where_it_is_wanted(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run([*ASKED, "--svg", str(tmp_path / "course.svg")]) == 0
    assert "trough" in capfd.readouterr().out
    ET.parse(tmp_path / "course.svg")


@needs_engine
def test_a_place_that_cannot_be_written_is_refused(
    capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert run([*ASKED, "--svg", str(tmp_path / "none" / "course.svg")]) == 3
    assert "cannot be written" in capfd.readouterr().err


def test_a_patient_is_not_shown_doses(capfd: pytest.CaptureFixture[str]) -> None:
    assert run([*ASKED, "--as", "patient"]) == 7
    said = capfd.readouterr()
    assert said.out == ""
    assert said.err.startswith("osler: not_allowed.reader:")


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        (("--regimen", "2 mg/kg iv q6h"), 2, "usage.regimen"),
        (("--regimen", "100 mg daily"), 2, "usage.regimen"),
        (("--regimen", "100 µg sc daily"), 3, "input.regimen"),
        (("--regimen", "100 mg sc daily", "--weight", "5"), 3, "input.simulation"),
        (("--weight", "70"), 2, "usage"),
    ],
)
def test_what_is_wrong_is_said_with_its_code(
    capfd: pytest.CaptureFixture[str], words: tuple[str, ...], status: int, code: str
) -> None:
    assert run(["mechanism", "anakinra", *words, "--json"]) == status
    fault = json.loads(capfd.readouterr().err)["error"]
    assert fault["code"] == code
    assert fault["hint"]


def test_a_drug_without_a_simulation_is_not_found(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["mechanism", "emapalumab", "--regimen", "100 mg sc daily"]) == 4
    assert "anakinra" in capfd.readouterr().err


def test_without_the_extra_the_command_says_which_to_install(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from osler.mechanism.occupancy_engine import open_engine

    open_engine.cache_clear()
    monkeypatch.setitem(sys.modules, "roadrunner", None)
    assert run(ASKED) == 2
    said = capfd.readouterr().err
    assert said.startswith("osler: usage.extra: osler[simulate]:")
    assert "pip install 'osler[simulate]'" in said
