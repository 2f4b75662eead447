"""The SBML file and its parameters: consistent by the SBML rules, annotated, the same in both files."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from osler.errors import InputError, NotFoundError
from osler.mechanism.occupancy_parameters import (
    Origin,
    find_model,
    load_model,
    model_folder,
    parse_model,
)

libsbml = pytest.importorskip("libsbml")
FILE = Path(str(model_folder().joinpath("anakinra.xml")))
MODEL = load_model("anakinra")
ALL_CHECKS = (
    libsbml.LIBSBML_CAT_GENERAL_CONSISTENCY,
    libsbml.LIBSBML_CAT_IDENTIFIER_CONSISTENCY,
    libsbml.LIBSBML_CAT_UNITS_CONSISTENCY,
    libsbml.LIBSBML_CAT_MATHML_CONSISTENCY,
    libsbml.LIBSBML_CAT_SBO_CONSISTENCY,
    libsbml.LIBSBML_CAT_OVERDETERMINED_MODEL,
    libsbml.LIBSBML_CAT_MODELING_PRACTICE,
)
SEEN = {
    "drugbank:DB00026", "mesh:D053590", "uniprot:P14778", "uniprot:P01583", "uniprot:P01584",
    "uniprot:P02741", "GO:0004908", "pubmed:1828071", "pubmed:23915458", "pubmed:24583503",
    "pmc:PMC6662383", "doi:10.1016/S0009-9236(03)00094-8", "doi:10.1172/jci116336",
}  # fmt: skip
"""Identifiers that a source at hand showed: DrugMechDB, the starter library, or a page that was read."""


def complaints(text: str) -> list[str]:
    """Return every error and warning of the consistency check, units and practice included."""
    document = libsbml.readSBMLFromString(text)
    for category in ALL_CHECKS:
        document.setConsistencyChecks(category, True)
    document.checkConsistency()
    return [document.getError(index).getMessage() for index in range(document.getNumErrors())]


def content() -> dict[str, Any]:
    return tomllib.loads(model_folder().joinpath("anakinra.toml").read_text(encoding="utf-8"))


def test_the_file_passes_the_consistency_check_without_error_or_warning() -> None:
    assert complaints(FILE.read_text(encoding="utf-8")) == []


def test_the_consistency_check_would_find_a_wrong_unit() -> None:
    text = FILE.read_text(encoding="utf-8")
    broken = text.replace('id="absorption" name', 'id="absorption" units="mg" name').replace(
        'value="0.13862943611198905" units="per_hour"', 'value="0.13862943611198905"'
    )
    assert broken != text
    assert complaints(broken)


def test_the_file_is_level_3_and_has_units_on_every_parameter() -> None:
    document = libsbml.readSBMLFromFile(str(FILE))
    assert document.getLevel() == 3
    assert all(parameter.isSetUnits() for parameter in document.getModel().getListOfParameters())


def test_annotations_name_only_identifiers_that_a_source_showed() -> None:
    named = set(re.findall(r'rdf:resource="https://identifiers.org/([^"]+)"', FILE.read_text("utf-8")))
    assert named == SEEN


@pytest.mark.parametrize("name", ["depot", "circulating", "occupancy", "crp", "il1", "kd_anakinra"])
def test_what_stands_for_a_thing_of_biology_is_annotated(name: str) -> None:
    model = libsbml.readSBMLFromFile(str(FILE)).getModel()
    assert model.getElementBySId(name).getNumCVTerms() > 0


def test_both_files_hold_the_same_values() -> None:
    model = libsbml.readSBMLFromFile(str(FILE)).getModel()
    for parameter in MODEL.parameters:
        assert model.getParameter(parameter.name).getValue() == parameter.value, parameter.name


def test_the_model_is_found_by_its_trade_name() -> None:
    assert find_model("Kineret") is MODEL


def test_a_drug_that_is_not_modelled_is_not_found() -> None:
    with pytest.raises(NotFoundError) as caught:
        find_model("emapalumab")
    assert caught.value.code == "not_found.simulation"


def test_what_has_no_source_is_given_and_never_drawn() -> None:
    given = {parameter.name for parameter in MODEL.parameters if parameter.origin is Origin.GIVEN}
    assert given == {"il1", "site_ratio"}


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("value", 5.0, "outside its range"),
        ("sources", ["nowhere"], "points to nowhere"),
        ("sources", [], "no source"),
        ("unit", "", "no unit"),
        ("name", "absorption", "twice"),
        ("spread", "sometimes", "sometimes"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(field: str, value: object, fault: str) -> None:
    row = content()
    row["parameter"][0][field] = value
    with pytest.raises(ValueError, match=fault):
        parse_model(row)


def test_a_file_that_cannot_be_read_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text("drug = ", encoding="utf-8")
    monkeypatch.setattr("osler.mechanism.occupancy_parameters.model_folder", lambda: tmp_path)
    with pytest.raises(InputError) as caught:
        load_model("other")
    assert (caught.value.code, caught.value.item) == ("input.parameters", "other.toml")
