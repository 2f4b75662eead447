"""``osler calculate`` as it is typed: pages, JSON by its schema, refusals with a next step."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.surfaces.cli.conftest import Call, call_process, validate

from osler.calculators.catalogue import all_definitions

QSOFA = ("--respiratory-rate", "26", "--systolic", "85", "--altered-mentation", "no")
HSCORE = {
    "immunosuppression": "no", "temperature": "39.6 °C", "organomegaly": "none", "cytopenias": "two",
    "ferritin": "12000 ng/mL", "triglycerides": "3.2 mmol/L", "fibrinogen": "1.1 g/L", "ast": "210",
    "haemophagocytosis": "unknown",
}  # fmt: skip


def test_a_result_is_shown_with_items_reading_population_and_source(call: Call, tmp_path: Path) -> None:
    said = call("calculate", "qsofa", *QSOFA, home=tmp_path)
    assert said.status == 0, said.err
    for part in ("2 points", "26 /min → 1 point", "What it means", "For whom", "Sources", "26903335"):
        assert part in said.out


def test_the_json_of_a_result_obeys_its_schema(call: Call, tmp_path: Path) -> None:
    said = call("calculate", "qsofa", *QSOFA, "--json", home=tmp_path)
    validate(said.document, "calculation")
    found = said.document["calculation"]
    assert found["results"][0]["value"] == 2
    assert {item["name"]: item["points"]["low"] for item in found["items"]} == {
        "respiratory-rate": 1,
        "systolic": 1,
        "altered-mentation": 0,
    }
    cited = {remark["source"] for name in ("readings", "limits", "spread") for remark in found[name]}
    assert cited <= {source["key"] for source in found["sources"]}


def test_an_unknown_answer_leaves_a_range_and_says_so(call: Call, tmp_path: Path) -> None:
    items = [word for name, text in HSCORE.items() for word in ("--item", f"{name}={text}")]
    said = call("calculate", "hscore", *items, "--json", home=tmp_path)
    validate(said.document, "calculation")
    score = said.document["calculation"]["results"][0]
    assert (score["value"], score["low"], score["high"]) == (None, 216, 251)
    assert "haemophagocytosis" in said.document["calculation"]["notices"][0]


def test_the_hscore_names_its_known_spread(call: Call, tmp_path: Path) -> None:
    items = [word for name, text in HSCORE.items() for word in (f"--{name}", text)]
    said = call("calculate", "hscore", *items, home=tmp_path)
    assert "specificity 94.1%" in said.out
    assert "specificity 71%" in said.out


def test_items_are_given_in_three_ways_alike(call: Call, tmp_path: Path) -> None:
    rest = ("--age", "62", "--sex", "female")
    ways = [
        ("--creatinine", "1.4 mg/dL"),
        ("--creatinine", "1.4", "mg/dL"),
        ("--creatinine=1.4 mg/dL",),
        ("--item", "creatinine=1.4 mg/dL"),
    ]
    said = [call("calculate", "ckd-epi-2021", *rest, *way, "--json", home=tmp_path) for way in ways]
    assert {entry.status for entry in said} == {0}
    results = [entry.document["calculation"]["results"] for entry in said]
    assert results == [results[0]] * len(ways)


def test_a_negative_value_is_a_value(call: Call, tmp_path: Path) -> None:
    said = call("calculate", "convert-crp", "--value", "-3", "mg/L", "--json", home=tmp_path)
    assert (said.status, said.error["code"]) == (3, "input.range")


def test_an_item_with_an_underscore_or_an_alias_is_found(call: Call, tmp_path: Path) -> None:
    said = call("calculate", "egfr", "--age", "62", "--sex", "female", "--creatinine", "124 µmol/L",
                "--json", home=tmp_path)  # fmt: skip
    assert said.document["calculation"]["name"] == "ckd-epi-2021"
    said = call("calculate", "qsofa", "--respiratory_rate", "26", *QSOFA[2:], home=tmp_path)
    assert said.status == 0


def test_all_are_listed(call: Call, tmp_path: Path) -> None:
    said = call("calculate", "--list", home=tmp_path)
    assert said.status == 0
    assert all(name in said.out for name in all_definitions())
    listed = call("calculate", "--list", "--json", home=tmp_path).document
    validate(listed, "calculation")
    assert [entry["name"] for entry in listed["calculators"]] == list(all_definitions())


@pytest.mark.parametrize("name", list(all_definitions()))
def test_the_items_of_each_are_listed(call: Call, tmp_path: Path, name: str) -> None:
    listed = call("calculate", name, "--list", "--json", home=tmp_path).document
    validate(listed, "calculation")
    page = call("calculate", name, "--list", home=tmp_path)
    assert page.status == 0
    items = listed["calculators"][0]["items"]
    assert all(item["name"] in page.out for item in items)
    assert all(f"--{item['name']}" in page.out for item in items if item["required"])


@pytest.mark.parametrize(
    ("words", "status", "code"),
    [
        ((), 2, "usage"),
        (("--age", "3", "qsofa"), 2, "usage"),
        (("qsofa", "26"), 2, "usage"),
        (("qsofa", "--item", "systolic"), 2, "usage"),
        (("qsofa", "--systolic", "85", "--item", "systolic=86"), 2, "usage"),
        (("qsofa", "--list", "--systolic", "85"), 2, "usage"),
        (("qsofa", "--systolic", "85"), 2, "usage.item"),
        (("qsofa", *QSOFA, "--lactate", "4"), 2, "usage.item"),
        (("convert-ferritin", "--value", "12 µg/mL"), 3, "input.unit"),
        (("convert-ferritin", "--value", "12 ug/mL"), 3, "input.unit"),
        (("convert-creatinine", "--value", "1.2"), 3, "input.unit"),
        (("convert-creatinine", "--value", "90 mg/dL"), 3, "input.range"),
        (("convert-creatinine", "--value", "high mg/dL"), 3, "input.number"),
        (("qsofa", *QSOFA[:4], "--altered-mentation", "perhaps"), 3, "input.value"),
        (("apache-9", "--age", "40"), 4, "not_found.calculator"),
        (("apache-9", "--list"), 4, "not_found.calculator"),
    ],
)
def test_what_cannot_be_computed_is_refused_with_a_next_step(
    call: Call, tmp_path: Path, words: tuple[str, ...], status: int, code: str
) -> None:
    said = call("calculate", *words, "--json", home=tmp_path)
    assert (said.status, said.error["code"], said.out) == (status, code, "")
    assert said.error["hint"]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("convert-ferritin", "--value", "12 µg/mL"), "value"),
        (("ckd-epi-2021", "--age", "62", "--sex", "female", "--creatinine", "124"), "creatinine"),
        (("qsofa", "--systolic", "85"), "respiratory-rate"),
    ],
)
def test_a_refusal_names_the_item(
    call: Call, tmp_path: Path, words: tuple[str, ...], named: str
) -> None:
    assert named in call("calculate", *words, "--json", home=tmp_path).error["item"]
    assert named in call("calculate", *words, home=tmp_path).err


def test_it_needs_no_library_and_makes_none(tmp_path: Path) -> None:
    home = tmp_path / "none"
    said = call_process("calculate", "qsofa", *QSOFA, home=home)
    assert said.status == 0, said.err
    assert not home.exists()


def test_a_name_that_is_nearly_right_is_named_back(call: Call, tmp_path: Path) -> None:
    said = call("calculate", "hscor", "--json", home=tmp_path)
    assert said.error["hint"].startswith("was hscore meant?")


def test_what_was_converted_is_shown_with_the_digits_that_mean_something(
    call: Call, tmp_path: Path
) -> None:
    said = call("calculate", "crcl", "--age", "70", "--sex", "male", "--weight", "75", "--creatinine",
                "110 µmol/L", "--json", home=tmp_path)  # fmt: skip
    used = {item["name"]: item["used"] for item in said.document["calculation"]["items"]}
    assert used["creatinine"] == "1.244 mg/dL"
