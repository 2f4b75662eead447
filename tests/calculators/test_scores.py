"""Scores against the tables that print them: every row, both sides of every cut, the sums that decide.

The table behind each test is named beside it.
"""

from __future__ import annotations

from typing import Any

import pytest
from tests.calculators.given import all_no, compute, points_of, value, words

from osler.calculators.catalogue import find_definition
from osler.calculators.definition import ItemKind

HLH = all_no(
    "hlh-2004", temperature="37", haemoglobin="120 g/L", platelets="200 10^9/L", neutrophils="3 10^9/L",
    triglycerides="1 mmol/L", fibrinogen="3 g/L", ferritin="100", scd25="500 U/mL",
)  # fmt: skip
MAS = {
    "systemic_jia": "yes", "fever": "yes", "ferritin": "685", "platelets": "400 10^9/L", "ast": "20",
    "triglycerides": "100 mg/dL", "fibrinogen": "400 mg/dL",
}  # fmt: skip
SOFA = {
    "pao2_fio2": "450 mmHg", "respiratory_support": "no", "platelets": "200 10^9/L",
    "bilirubin": "0.8 mg/dL", "mean_arterial_pressure": "80", "glasgow_coma_scale": "15",
    "creatinine": "0.9 mg/dL",
}  # fmt: skip
NEWS2 = {
    "respiration_rate": "16", "spo2_scale": "1", "oxygen": "air", "spo2": "97", "systolic": "120",
    "pulse": "70", "consciousness": "alert", "temperature": "37",
}  # fmt: skip
CURB = {
    "confusion": "no", "urea": "5 mmol/L", "respiratory_rate": "18", "systolic": "120",
    "diastolic": "75", "age": "50",
}  # fmt: skip
PUGH = {
    "bilirubin": "1 mg/dL", "albumin": "4 g/dL", "inr": "1.0", "ascites": "none",
    "encephalopathy": "none",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "criteria"),
    [
        ({"temperature": "38.4"}, 0),
        ({"temperature": "38.5"}, 1),
        ({"splenomegaly": "yes"}, 1),
        ({"haemoglobin": "89 g/L"}, 0),
        ({"haemoglobin": "89 g/L", "platelets": "99 10^9/L"}, 1),
        ({"haemoglobin": "90 g/L", "platelets": "99 10^9/L"}, 0),
        ({"haemoglobin": "8.9 g/dL", "neutrophils": "999 /µL"}, 1),
        ({"under_4_weeks": "yes", "haemoglobin": "99 g/L", "platelets": "99 10^9/L"}, 1),
        ({"platelets": "99 10^9/L", "neutrophils": "0.9 10^9/L", "haemoglobin": "80 g/L"}, 1),
        ({"triglycerides": "2.99 mmol/L"}, 0),
        ({"triglycerides": "3.0 mmol/L"}, 1),
        ({"triglycerides": "265 mg/dL"}, 1),
        ({"triglycerides": "264 mg/dL"}, 0),
        ({"fibrinogen": "1.5 g/L"}, 1),
        ({"fibrinogen": "150 mg/dL", "triglycerides": "4 mmol/L"}, 1),
        ({"haemophagocytosis": "yes"}, 1),
        ({"low_nk_activity": "yes"}, 1),
        ({"ferritin": "499"}, 0),
        ({"ferritin": "500 ng/mL"}, 1),
        ({"scd25": "2400 U/mL"}, 1),
        ({"scd25": "2399 IU/mL"}, 0),
    ],
)
def test_each_criterion_of_hlh_2004(changed: dict[str, str], criteria: float) -> None:
    # Blood table 2 of the HLH-2004 criteria; Jordan 2011, PMC3204727, table 1.
    assert value(compute("hlh-2004", **HLH | changed)) == criteria


FOUR = {"temperature": "39", "splenomegaly": "yes", "ferritin": "9000", "haemophagocytosis": "yes"}


@pytest.mark.parametrize(
    ("changed", "verdict"),
    [
        (FOUR, "not fulfilled"),
        (FOUR | {"scd25": "3000 U/mL"}, "fulfilled"),
        (FOUR | {"scd25": "unknown"}, "open: fulfilled or not fulfilled"),
        (FOUR | {"scd25": "3000 U/mL", "low_nk_activity": "unknown"}, "fulfilled"),
        ({"molecular_diagnosis": "yes"}, "fulfilled"),
    ],
)
def test_hlh_2004_takes_five_criteria_or_a_molecular_diagnosis(
    changed: dict[str, str], verdict: str
) -> None:
    assert words(compute("hlh-2004", **HLH | changed), "verdict") == verdict


@pytest.mark.parametrize(
    ("changed", "classified"),
    [
        ({}, False),
        ({"platelets": "181 10^9/L"}, False),
        ({"platelets": "181 10^9/L", "ast": "49"}, True),
        ({"platelets": "182 10^9/L", "ast": "49"}, False),
        ({"platelets": "181 10^9/L", "ast": "48"}, False),
        ({"triglycerides": "157 mg/dL", "fibrinogen": "360 mg/dL"}, True),
        ({"triglycerides": "156 mg/dL", "fibrinogen": "360 mg/dL"}, False),
        ({"triglycerides": "1.77 mmol/L", "fibrinogen": "3.6 g/L"}, True),
        ({"triglycerides": "157 mg/dL", "fibrinogen": "361 mg/dL"}, False),
        ({"platelets": "100 10^9/L", "ast": "200", "ferritin": "684"}, False),
        ({"platelets": "100 10^9/L", "ast": "200", "fever": "no"}, False),
        ({"platelets": "100 10^9/L", "ast": "200", "systemic_jia": "no"}, False),
    ],
)
def test_mas_2016_takes_ferritin_and_two_others_in_a_febrile_patient_with_systemic_jia(
    changed: dict[str, str], classified: bool
) -> None:
    # Ravelli 2016, the cut-offs in table 3 of doi:10.1186/s43166-022-00135-z; 1.76 mmol/L in
    # doi:10.1155/2022/1784529, table 1.
    wanted = "classified as MAS" if classified else "not classified as MAS"
    assert words(compute("mas-2016", **MAS | changed), "verdict") == wanted


def test_mas_2016_stays_open_where_what_is_unknown_would_decide() -> None:
    found = compute("mas-2016", **MAS | {"ast": "200", "fibrinogen": "unknown"})
    assert words(found, "verdict").startswith("open")


@pytest.mark.parametrize(
    ("item", "row"),
    [
        ("respiration_rate", {"8": 3, "9": 1, "11": 1, "12": 0, "20": 0, "21": 2, "24": 2, "25": 3}),
        ("spo2", {"91": 3, "92": 2, "93": 2, "94": 1, "95": 1, "96": 0}),
        ("systolic", {"90": 3, "91": 2, "100": 2, "101": 1, "110": 1, "111": 0, "219": 0, "220": 3}),
        (
            "pulse",
            {
                "40": 3,
                "41": 1,
                "50": 1,
                "51": 0,
                "90": 0,
                "91": 1,
                "110": 1,
                "111": 2,
                "130": 2,
                "131": 3,
            },
        ),
        ("consciousness", {"alert": 0, "cvpu": 3}),
        (
            "temperature",
            {"35.0": 3, "35.1": 1, "36.0": 1, "36.1": 0, "38.0": 0, "38.1": 1, "39.0": 1, "39.1": 2},
        ),
        ("oxygen", {"air": 0, "oxygen": 2}),
    ],
)
def test_each_row_of_the_news2_chart(item: str, row: dict[str, float]) -> None:
    # Royal College of Physicians 2017, NEWS2 chart 1.
    for given, points in row.items():
        found = compute("news2", **NEWS2 | {item: given})
        assert points_of(found, item.replace("_", "-")) == points, given


@pytest.mark.parametrize(
    ("oxygen", "row"),
    [
        ("air", {"83": 3, "84": 2, "85": 2, "86": 1, "87": 1, "88": 0, "92": 0, "93": 0, "100": 0}),
        ("oxygen", {"83": 3, "88": 0, "92": 0, "93": 1, "94": 1, "95": 2, "96": 2, "97": 3, "100": 3}),
    ],
)
def test_scale_2_of_news2_counts_oxygen_against_who_has_too_much_of_it(
    oxygen: str, row: dict[str, float]
) -> None:
    for given, points in row.items():
        found = compute("news2", **NEWS2 | {"spo2_scale": "2", "oxygen": oxygen, "spo2": given})
        assert points_of(found, "spo2") == points, given


def test_a_single_observation_of_three_points_in_news2_has_its_own_reading() -> None:
    found = compute("news2", **NEWS2 | {"pulse": "131"})
    assert (value(found), value(found, "single")) == (3, 3)
    assert len(found.readings) == 1
    assert not compute("news2", **NEWS2).readings


@pytest.mark.parametrize(
    ("item", "row"),
    [
        ("pao2_fio2", {"400 mmHg": 0, "399 mmHg": 1, "299 mmHg": 2, "199 mmHg": 2, "53.3 kPa": 0}),
        (
            "platelets",
            {"150 10^9/L": 0, "149 10^9/L": 1, "99 10^9/L": 2, "49 10^9/L": 3, "19 10^9/L": 4},
        ),
        (
            "bilirubin",
            {
                "1.1 mg/dL": 0, "1.2 mg/dL": 1, "1.9 mg/dL": 1, "2.0 mg/dL": 2, "5.9 mg/dL": 2,
                "6.0 mg/dL": 3, "11.9 mg/dL": 3, "12.1 mg/dL": 4, "19 µmol/L": 0, "20 µmol/L": 1,
                "33 µmol/L": 2, "101 µmol/L": 2, "102 µmol/L": 3, "204 µmol/L": 3, "205 µmol/L": 4,
            },
        ),
        ("mean_arterial_pressure", {"70": 0, "69": 1}),
        ("glasgow_coma_scale", {"15": 0, "14": 1, "13": 1, "12": 2, "10": 2, "9": 3, "6": 3, "5": 4}),
        (
            "creatinine",
            {
                "1.1 mg/dL": 0, "1.2 mg/dL": 1, "1.9 mg/dL": 1, "2.0 mg/dL": 2, "3.4 mg/dL": 2,
                "3.5 mg/dL": 3, "4.9 mg/dL": 3, "5.1 mg/dL": 4, "109 µmol/L": 0, "110 µmol/L": 1,
                "170 µmol/L": 1, "171 µmol/L": 2, "299 µmol/L": 2, "300 µmol/L": 3, "440 µmol/L": 3,
                "441 µmol/L": 4,
            },
        ),
    ],
)  # fmt: skip
def test_each_row_of_the_sofa_table_in_each_unit_it_prints(item: str, row: dict[str, float]) -> None:
    # Singer 2016, PMC4968574, table 1.
    for given, points in row.items():
        found = compute("sofa", **SOFA | {item: given})
        assert points_of(found, item.replace("_", "-")) == points, given


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        ({"dopamine": "5 µg/kg/min"}, 2),
        ({"dopamine": "5.1 µg/kg/min"}, 3),
        ({"dopamine": "15 ug/kg/min"}, 3),
        ({"dopamine": "15.1 mcg/kg/min"}, 4),
        ({"dobutamine": "yes"}, 2),
        ({"adrenaline": "0.1 µg/kg/min"}, 3),
        ({"adrenaline": "0.11 µg/kg/min"}, 4),
        ({"noradrenaline": "0.1 µg/kg/min", "mean_arterial_pressure": "60"}, 3),
        ({"noradrenaline": "0.2 µg/kg/min", "dobutamine": "yes"}, 4),
        ({"noradrenaline": "0 µg/kg/min"}, 0),
        ({"respiratory_support": "yes", "pao2_fio2": "199 mmHg"}, 3),
        ({"respiratory_support": "yes", "pao2_fio2": "99 mmHg"}, 4),
        ({"respiratory_support": "yes", "pao2_fio2": "13.2 kPa"}, 4),
        ({"pao2_fio2": "99 mmHg"}, 2),
        ({"urine_output": "499 mL/day"}, 3),
        ({"urine_output": "0.199 L/day", "creatinine": "4 mg/dL"}, 4),
    ],
)
def test_the_worst_sign_of_an_organ_counts_in_sofa(changed: dict[str, str], points: float) -> None:
    assert value(compute("sofa", **SOFA | changed)) == points


@pytest.mark.parametrize(
    ("name", "base", "changed", "points"),
    [
        # Seymour 2016, PMC5433435: one point each for 100 mmHg or less, 22 a minute or more, mentation.
        ("qsofa", {"respiratory_rate": "21", "altered_mentation": "no", "systolic": "101"}, {}, 0),
        ("qsofa", {"respiratory_rate": "22", "altered_mentation": "no", "systolic": "100"}, {}, 2),
        ("qsofa", {"respiratory_rate": "30", "altered_mentation": "yes", "systolic": "80"}, {}, 3),
        # Lim 2003; NICE: urea over 7, 30 a minute or more, systolic below 90 or diastolic up to 60, 65.
        ("curb-65", CURB, {}, 0),
        ("curb-65", CURB, {"urea": "7 mmol/L", "respiratory_rate": "29", "age": "64"}, 0),
        ("curb-65", CURB, {"urea": "7.1 mmol/L", "respiratory_rate": "30", "age": "65"}, 3),
        ("curb-65", CURB, {"systolic": "89"}, 1),
        ("curb-65", CURB, {"systolic": "90", "diastolic": "61"}, 0),
        ("curb-65", CURB, {"systolic": "80", "diastolic": "60"}, 1),
        ("curb-65", CURB, {"confusion": "yes"}, 1),
        # Cleveland Clinic J Med, table 1; µmol/L after Scottish Palliative Care Guidelines.
        ("child-pugh", PUGH, {}, 5),
        ("child-pugh", PUGH, {"bilirubin": "2 mg/dL"}, 6),
        ("child-pugh", PUGH, {"bilirubin": "3 mg/dL"}, 6),
        ("child-pugh", PUGH, {"bilirubin": "3.1 mg/dL"}, 7),
        ("child-pugh", PUGH, {"bilirubin": "33 µmol/L"}, 5),
        ("child-pugh", PUGH, {"bilirubin": "34 µmol/L"}, 6),
        ("child-pugh", PUGH, {"bilirubin": "52 µmol/L"}, 7),
        ("child-pugh", PUGH, {"albumin": "35 g/L"}, 6),
        ("child-pugh", PUGH, {"albumin": "2.8 g/dL"}, 6),
        ("child-pugh", PUGH, {"albumin": "2.7 g/dL"}, 7),
        ("child-pugh", PUGH, {"inr": "1.7"}, 6),
        ("child-pugh", PUGH, {"inr": "2.3"}, 6),
        ("child-pugh", PUGH, {"inr": "2.4"}, 7),
        ("child-pugh", PUGH, {"ascites": "moderate", "encephalopathy": "grade-3-4"}, 9),
        # Egypt J Neurosurg 2020, table 1: from 3 to 15.
        ("glasgow-coma-scale", {"eyes": "1", "verbal": "1", "motor": "1"}, {}, 3),
        ("glasgow-coma-scale", {"eyes": "4", "verbal": "5", "motor": "6"}, {}, 15),
        ("glasgow-coma-scale", {"eyes": "3", "verbal": "4", "motor": "5"}, {}, 12),
    ],
)
def test_scores_of_one_table(
    name: str, base: dict[str, Any], changed: dict[str, str], points: float
) -> None:
    assert value(compute(name, **base | changed)) == points


@pytest.mark.parametrize(
    ("points", "letter"), [(5, "A"), (6, "A"), (7, "B"), (9, "B"), (10, "C"), (15, "C")]
)
def test_the_classes_of_child_and_pugh(points: int, letter: str) -> None:
    steps = [
        {"bilirubin": "2.5 mg/dL"}, {"bilirubin": "4 mg/dL"}, {"albumin": "3 g/dL"},
        {"albumin": "2 g/dL"}, {"inr": "2"}, {"inr": "3"}, {"ascites": "mild"}, {"ascites": "moderate"},
        {"encephalopathy": "grade-1-2"}, {"encephalopathy": "grade-3-4"},
    ]  # fmt: skip
    given = dict(PUGH)
    for step in steps[: points - 5]:
        given |= step
    found = compute("child-pugh", **given)
    assert value(found) == points
    assert [reading.text.split()[1] for reading in found.readings] == [letter]


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        ({}, 0),
        ({"age": "64"}, 0),
        ({"age": "65"}, 1),
        ({"age": "74"}, 1),
        ({"age": "75"}, 2),
        ({"sex": "female"}, 1),
        ({"stroke": "yes"}, 2),
        ({"heart_failure": "yes", "hypertension": "yes", "diabetes": "yes"}, 3),
        # MedCalc-Bench, NIH: man of 62 with a previous stroke: 2.
        ({"age": "62", "stroke": "yes"}, 2),
    ],
)
def test_cha2ds2_vasc(changed: dict[str, str], points: float) -> None:
    # J Am Board Fam Med, table 1, after Lip 2010.
    base = all_no("cha2ds2-vasc", age="50", sex="male")
    assert value(compute("CHA2DS2-VASc", **base | changed)) == points


def test_the_most_of_cha2ds2_vasc_is_nine_and_of_has_bled_nine() -> None:
    yes = dict.fromkeys(all_no("cha2ds2-vasc"), "yes")
    assert value(compute("cha2ds2-vasc", **yes, age="80", sex="female")) == 9
    yes = dict.fromkeys(all_no("has-bled"), "yes")
    assert value(compute("has-bled", **yes, age="80")) == 9


def test_has_bled_counts_age_above_65_and_calls_three_points_high() -> None:
    # PMC3418985, table 3: elderly, age > 65; a score of 3 or more is high risk.
    base = all_no("has-bled")
    assert value(compute("has-bled", **base, age="65")) == 0
    found = compute("has-bled", **base | {"stroke": "yes", "drugs": "yes"}, age="66")
    assert value(found) == 3
    assert len(found.readings) == 1


@pytest.mark.parametrize(
    ("changed", "points", "likely"),
    [
        ({}, 0, False),
        ({"cancer": "yes"}, 1, False),
        ({"cancer": "yes", "tenderness": "yes"}, 2, True),
        ({"cancer": "yes", "tenderness": "yes", "alternative": "yes"}, 0, False),
        ({"alternative": "yes"}, -2, False),
        ({"previous_dvt": "yes", "leg_swollen": "yes", "calf_swelling": "yes"}, 3, True),
    ],
)
def test_wells_for_deep_vein_thrombosis(changed: dict[str, str], points: float, likely: bool) -> None:
    # NICE CG144, table 1, adapted from Wells 2003: likely from 2 points on.
    found = compute("wells-dvt", **all_no("wells-dvt") | changed)
    assert value(found) == points
    assert ["likely." in reading.text for reading in found.readings] == [likely]


@pytest.mark.parametrize(
    ("changed", "points", "likely"),
    [
        ({}, 0, False),
        ({"heart_rate": "100"}, 0, False),
        ({"heart_rate": "101"}, 1.5, False),
        ({"signs_of_dvt": "yes", "haemoptysis": "yes"}, 4, False),
        ({"signs_of_dvt": "yes", "immobilisation": "yes"}, 4.5, True),
        ({"signs_of_dvt": "yes", "alternative_less_likely": "yes", "malignancy": "yes"}, 7, True),
    ],
)
def test_wells_for_pulmonary_embolism(changed: dict[str, str], points: float, likely: bool) -> None:
    # BMC Fam Pract 2010;11:64, table 1: unlikely up to 4, likely above.
    found = compute("wells-pe", **all_no("wells-pe", heart_rate="80") | changed)
    assert value(found) == points
    assert ("embolism likely" in found.readings[0].text) is likely


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        ({}, 0),
        ({"age": "50"}, 1),
        ({"pulse": "100"}, 1),
        ({"oxygen_saturation": "94"}, 1),
        ({"oxygen_saturation": "95"}, 0),
        ({"oestrogen": "yes", "haemoptysis": "yes"}, 2),
    ],
)
def test_perc(changed: dict[str, str], points: float) -> None:
    # Kline 2008, abstract: age < 50, pulse < 100, saturation 95% or more.
    base = all_no("perc", age="49", pulse="99", oxygen_saturation="97")
    assert value(compute("perc", **base | changed)) == points


def test_apgar_from_nothing_to_ten() -> None:
    # Table of signs after Apgar (MSD Manual; scirp.org); words for the sum: ACOG Committee Opinion 644.
    least = {
        "colour": "blue-or-pale", "heart_rate": "none", "reflex": "none", "tone": "limp",
        "respiration": "none",
    }  # fmt: skip
    most = {
        "colour": "pink", "heart_rate": "over-100", "reflex": "cry-or-cough", "tone": "active",
        "respiration": "good",
    }  # fmt: skip
    assert value(compute("apgar", **least)) == 0
    assert value(compute("apgar", **most)) == 10
    assert value(compute("apgar", **most | {"colour": "extremities-blue"})) == 9


WEIGHTS = {
    # J Am Board Fam Med, table 1, after Lip 2010.
    "cha2ds2-vasc": {
        "heart-failure": 1, "hypertension": 1, "diabetes": 1, "stroke": 2, "vascular-disease": 1,
    },
    # PMC3418985, table 3, after Pisters 2010.
    "has-bled": dict.fromkeys(
        ("hypertension", "abnormal-kidneys", "abnormal-liver", "stroke", "bleeding", "labile-inr",
         "drugs", "alcohol"), 1,
    ),
    # NICE CG144, table 1, after Wells 2003.
    "wells-dvt": dict.fromkeys(
        ("cancer", "paralysis", "bedridden", "tenderness", "leg-swollen", "calf-swelling",
         "pitting-oedema", "collateral-veins", "previous-dvt"), 1,
    ) | {"alternative": -2},
    # BMC Fam Pract 2010;11:64, table 1, after Wells 2000.
    "wells-pe": {
        "signs-of-dvt": 3, "alternative-less-likely": 3, "immobilisation": 1.5, "previous-vte": 1.5,
        "haemoptysis": 1, "malignancy": 1,
    },
    # Kline 2008, abstract.
    "perc": dict.fromkeys(
        ("haemoptysis", "oestrogen", "surgery-or-trauma", "previous-vte", "unilateral-leg-swelling"), 1
    ),
    # Seymour 2016, PMC5433435.
    "qsofa": {"altered-mentation": 1},
    # Lim 2003, abstract.
    "curb-65": {"confusion": 1},
}  # fmt: skip


@pytest.mark.parametrize("name", WEIGHTS)
def test_each_question_weighs_what_the_table_prints(name: str) -> None:
    asked = {item.name: item for item in find_definition(name).items if item.kind is ItemKind.YES_NO}
    assert {
        item: next(choice.points for choice in asked[item].choices if choice.name == "yes")
        for item in asked
    } == WEIGHTS[name]
    assert all(
        choice.points == 0 for item in asked.values() for choice in item.choices if choice.name == "no"
    )


@pytest.mark.parametrize(
    ("name", "table"),
    [
        # MSD Manual, table of 13 October 2023; scirp.org.
        (
            "apgar",
            {
                "colour": {"blue-or-pale": 0, "extremities-blue": 1, "pink": 2},
                "heart-rate": {"none": 0, "below-100": 1, "over-100": 2},
                "reflex": {"none": 0, "grimace": 1, "cry-or-cough": 2},
                "tone": {"limp": 0, "some-flexion": 1, "active": 2},
                "respiration": {"none": 0, "slow-or-irregular": 1, "good": 2},
            },
        ),
        # Egypt J Neurosurg 2020, table 1.
        (
            "glasgow-coma-scale",
            {
                "eyes": {"4": 4, "3": 3, "2": 2, "1": 1},
                "verbal": {"5": 5, "4": 4, "3": 3, "2": 2, "1": 1},
                "motor": {"6": 6, "5": 5, "4": 4, "3": 3, "2": 2, "1": 1},
            },
        ),
    ],
)
def test_each_answer_scores_what_the_table_prints(name: str, table: dict[str, dict[str, int]]) -> None:
    found = {
        item.name: {choice.name: choice.points for choice in item.choices}
        for item in find_definition(name).items
    }
    assert found == table


@pytest.mark.parametrize(
    ("platelets", "begins"),
    [("139", "At a cutoff of <1.45"), ("137", "Between"), ("61", "A cutoff of >3.25")],
)
def test_the_cut_offs_of_fib_4(platelets: str, begins: str) -> None:
    # Sterling 2006, abstract. 50 years, AST 40, ALT 100: 200 / platelets.
    found = compute("fib-4", age="50", ast="40", alt="100", platelets=f"{platelets} 10^9/L")
    assert found.readings[0].text.startswith(begins)
