"""Every declarative file: sound, complete, sourced, and refused where it contradicts itself."""

from __future__ import annotations

import re
import tomllib
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from osler.calculators.catalogue import all_definitions, find_definition
from osler.calculators.definition import Definition, ItemKind
from osler.calculators.definition_check import find_contradictions
from osler.calculators.definition_file import (
    data_folder,
    iter_files,
    load_bridges,
    load_definition,
    parse_definition,
)
from osler.calculators.formulas.by_name import FORMULAS
from osler.errors import InputError, NotFoundError

DEFINITIONS = list(all_definitions().values())
NAMES = [definition.name for definition in DEFINITIONS]
each = pytest.mark.parametrize("definition", DEFINITIONS, ids=NAMES)


def test_none_is_lost() -> None:
    assert len([name for name in NAMES if not name.startswith("convert-")]) >= 24
    assert len(NAMES) >= 29


@each
def test_a_definition_contradicts_nothing(definition: Definition) -> None:
    assert list(find_contradictions(definition, load_bridges())) == []


@each
def test_a_definition_says_for_whom_how_far_and_where_it_is_written(definition: Definition) -> None:
    assert definition.population.text
    assert definition.sources
    assert definition.limits or definition.name.startswith("convert-")
    assert definition.spread or definition.name.startswith("convert-")


@each
def test_every_source_can_be_found(definition: Definition) -> None:
    for source in definition.sources:
        if source.doi is not None:
            assert re.fullmatch(r"10\.\d{4,9}/\S+", source.doi)
        if source.pmid is not None:
            assert re.fullmatch(r"\d{4,8}", source.pmid)
        if source.pmcid is not None:
            assert re.fullmatch(r"PMC\d+", source.pmcid)
        if source.url is not None:
            assert source.url.startswith(("http://", "https://"))


@each
def test_a_definition_has_a_way_to_a_result(definition: Definition) -> None:
    assert definition.scored or definition.formula
    assert definition.formula in {"", "conversion", *FORMULAS}


@each
def test_every_scored_item_can_give_at_least_two_different_points(definition: Definition) -> None:
    if not definition.scored:
        return
    counted = 0
    for item in definition.items:
        points = {band.points for band in item.bands} | {choice.points for choice in item.choices}
        counted += len(points) > 1
    assert counted >= 3


@each
def test_readings_of_points_leave_no_gap_between_whole_numbers(definition: Definition) -> None:
    readings = [reading for reading in definition.readings if reading.outcome == "points"]
    bounds = sorted(
        {limit[""] for reading in readings for limit in
         (reading.cut.at_least, reading.cut.above, reading.cut.below, reading.cut.up_to) if limit}
    )  # fmt: skip
    for limit in bounds:
        assert limit == int(limit)


@each
def test_quantities_take_their_bounds_in_their_own_unit(definition: Definition) -> None:
    for item in definition.items:
        if item.kind is ItemKind.QUANTITY:
            assert item.low < item.high
            assert item.unit in item.units


def test_names_and_aliases_lead_to_one_calculator_each() -> None:
    seen: dict[str, str] = {}
    for definition in DEFINITIONS:
        for name in {definition.name, *definition.aliases}:
            folded = re.sub(r"[^a-z0-9]", "", name.lower())
            assert seen.setdefault(folded, definition.name) == definition.name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("HScore", "hscore"),
        ("H-score", "hscore"),
        ("CHA₂DS₂-VASc", "cha2ds2-vasc"),
        ("MELD 3.0", "meld-3.0"),
        ("gcs", "glasgow-coma-scale"),
        ("eGFR", "ckd-epi-2021"),
        ("Wells PE", "wells-pe"),
    ],
)
def test_a_calculator_is_found_as_people_write_it(typed: str, name: str) -> None:
    assert find_definition(typed).name == name


def test_an_unknown_calculator_is_told_where_all_are_listed() -> None:
    with pytest.raises(NotFoundError) as caught:
        find_definition("apache")
    assert (caught.value.code, caught.value.item) == ("not_found.calculator", "apache")


def content(name: str) -> dict[str, Any]:
    return tomllib.loads(data_folder().joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def test_every_file_of_the_folder_is_read() -> None:
    assert {file.name.removesuffix(".toml") for file in iter_files()} == set(NAMES)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("population", "source"), "nobody"),
        (("reading", 0, "outcome"), "nothing"),
        (("item", 1, "unit"), "mmHg"),
        (("item", 1, "units"), ["°C", "stone"]),
        (("item", 1, "low"), 99),
        (("item", 1, "band"), [{"below": 38.4, "points": 0}]),
        (("item", 4, "name"), "temperature"),
        (("item", 4, "group"), "blood"),
        (("item", 5, "substance"), "glucagon"),
        (("item", 1, "band", 2, "only_if"), {"haemophagocytosis": "yes"}),
    ],
)
def test_a_file_that_contradicts_itself_is_found(path: tuple[str | int, ...], wrong: object) -> None:
    row = deepcopy(content("hscore"))
    place: Any = row
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = wrong
    try:
        faults = list(find_contradictions(parse_definition(row), load_bridges()))
    except (KeyError, ValueError):
        return
    assert faults


def test_a_damaged_file_is_refused_by_name(tmp_path: Any) -> None:
    file = tmp_path / "broken.toml"
    file.write_text('name = "broken"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_definition(file)
    assert (caught.value.code, caught.value.item) == ("input.calculator", "broken.toml")


def test_the_page_on_calculators_has_a_row_for_each_with_the_sources_that_have_an_address() -> None:
    page = (Path(__file__).parents[2] / "docs" / "calculators.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    for definition in all_definitions().values():
        row = rows[definition.name]
        for source in definition.sources:
            if source.doi:
                assert source.doi in row, source.citation
