"""Results as they are printed where a formula comes from, or where an official body works it out.

Each case names the place. Rounding is the printed one's.
"""

from __future__ import annotations

import pytest
from tests.calculators.given import compute, value

MEDCALC = "National Library of Medicine, github.com/ncbi-nlp/MedCalc-Bench, worked explanations"


@pytest.mark.parametrize(
    ("place", "given", "printed"),
    [
        ("kidney.org, CKD-EPI 2021: man of 55, 1.2 mg/dL", ("55", "male", "1.2 mg/dL"), 71),
        (f"{MEDCALC}: man of 81, 1.7 mg/dL, 39.99991", ("81", "male", "1.7 mg/dL"), 40),
    ],
)
def test_ckd_epi_2021(place: str, given: tuple[str, str, str], printed: float) -> None:
    age, sex, creatinine = given
    assert value(compute("ckd-epi-2021", age=age, sex=sex, creatinine=creatinine), "egfr") == printed


def test_ckd_epi_2021_has_the_printed_constants_for_women() -> None:
    # kidney.org: κ 0.7, α -0.241 and 1.012 for women; at a creatinine of κ both powers are 1.
    found = compute("ckd-epi-2021", age="50", sex="female", creatinine="0.7 mg/dL")
    assert value(found, "egfr") == round(142 * 0.9938**50 * 1.012)
    found = compute("ckd-epi-2021", age="50", sex="female", creatinine="0.35 mg/dL")
    assert value(found, "egfr") == round(142 * 0.5**-0.241 * 0.9938**50 * 1.012)


@pytest.mark.parametrize(
    ("place", "given", "printed", "within"),
    [
        ("superglobalcalculator.com, example 1", ("60", "male", "80", "1.2 mg/dL"), 74.1, 0.05),
        ("superglobalcalculator.com, example 2", ("45", "female", "65", "0.9 mg/dL"), 80.9, 0.11),
        (
            "superglobalcalculator.com, drugs, example 1",
            ("65", "male", "70", "1.4 mg/dL"),
            52.1,
            0.05,
        ),
        (f"{MEDCALC}: 67.00495", ("53", "male", "77.0788", "1.39 mg/dL"), 67.0, 0.05),
        ("preregexamprep.com, 1.23 for µmol/L", ("70", "male", "75", "110 µmol/L"), 58.7, 0.11),
    ],
)
def test_cockcroft_gault(
    place: str, given: tuple[str, str, str, str], printed: float, within: float
) -> None:
    age, sex, weight, creatinine = given
    found = compute("cockcroft-gault", age=age, sex=sex, weight=weight, creatinine=creatinine)
    assert value(found, "clearance") == pytest.approx(printed, abs=within)


def test_body_surface_area() -> None:
    # medicalequations.com: Mosteller, 170 cm and 70 kg, about 1.818 m2; omnicalc: 175 cm, 70 kg, 1.845.
    assert value(compute("bsa", height="170 cm", weight="70"), "mosteller") == 1.82
    assert value(compute("bsa", height="1.75 m", weight="70 kg"), "mosteller") == 1.84
    # Du Bois by both forms that are printed: 0.007184 with cm (Du Bois 1916), 0.20247 with m.
    by_metres = 0.20247 * 1.70**0.725 * 70**0.425
    assert value(compute("bsa", height="170 cm", weight="70"), "du-bois") == pytest.approx(
        by_metres, abs=0.005
    )


def test_corrected_calcium() -> None:
    # MedCalc-Bench, NIH: 8.4 mg/dL with an albumin of 33 g/L gives 8.96 mg/dL.
    found = compute("corrected-calcium", calcium="8.4 mg/dL", albumin="33 g/L")
    assert value(found, "corrected-mg") == 8.96
    # theguidewire.net, worked example: 1.83 + 0.02 x (40 - 26) = 2.11 mmol/L.
    found = compute("corrected-calcium", calcium="1.83 mmol/L", albumin="26 g/L")
    assert value(found, "corrected-mmol") == 2.11
    # Payne 1973, abstract: calcium - albumin + 4.0, which at 4.0 g/dL changes nothing.
    found = compute("corrected-calcium", calcium="9.0 mg/dL", albumin="3.0 g/dL")
    assert value(found, "payne-mg") == 10.0


def test_anion_gap() -> None:
    # MedCalc-Bench, NIH: 140 - (106 + 20) = 14; 133 - (105 + 22) = 6, corrected for 3.2 g/dL.
    assert value(compute("anion-gap", sodium="140", chloride="106", bicarbonate="20"), "gap") == 14
    found = compute(
        "anion-gap", sodium="133 mEq/L", chloride="105", bicarbonate="22", albumin="3.2 g/dL"
    )
    assert value(found, "gap") == 6
    assert value(found, "corrected-40") == 8
    # mdtools.org: 140, 108, 22 and 2.0 g/dL: 10, corrected 15. CJASN: normal albumin 4.4 g/dL.
    found = compute("anion-gap", sodium="140", chloride="108", bicarbonate="22", albumin="2.0 g/dL")
    assert value(found, "gap") == 10
    assert value(found, "corrected-40") == 15
    assert value(found, "corrected-44") == 16


def test_qtc() -> None:
    # MedCalc-Bench calculators and their published docstrings, rates and QT as printed there; the
    # interval between beats is rounded to three digits there, hence the tolerance.
    assert value(compute("qtc", qt="330 ms", heart_rate="52"), "hodges") == 316
    assert value(compute("qtc", qt="330 ms", heart_rate="81"), "framingham") == 370
    assert value(compute("qtc", qt="330 ms", heart_rate="176"), "bazett") == 565
    assert value(compute("qtc", qt="420 ms", heart_rate="75"), "bazett") == 470
    # medimetry, tests: 350 ms at 100 a minute is 451.8 ms by Bazett.
    assert value(compute("qtc", qt="350 ms", heart_rate="100"), "bazett") == 452


def test_qtc_is_the_qt_interval_at_sixty_beats() -> None:
    # What QTc means (PMC3952721): the QT that would be seen at 60 a minute; all four agree there.
    found = compute("qtc", qt="0.4 s", heart_rate="60")
    assert {figure.value for figure in found.figures} == {400}


def test_fridericia_lies_between_the_others_at_fast_and_at_slow_rates() -> None:
    # PMC3127977: QT / RR^(1/3). At 80 a minute RR is 0.75 s and its cube root 0.9086.
    assert value(compute("qtc", qt="400 ms", heart_rate="80"), "fridericia") == round(400 / 0.9086)


def test_fib_4() -> None:
    # MedCalc-Bench, NIH: 17 years, AST 108, ALT 144, platelets 277: 0.552.
    found = compute("fib-4", age="17", ast="108", alt="144", platelets="277 10^9/L")
    assert value(found, "fib-4") == 0.55
    # By hand from the printed formula (Sterling 2006), 50 × 40 / (200 × √36), in the other unit.
    found = compute("fib-4", age="50", ast="40", alt="36", platelets="200000 /µL")
    assert value(found, "fib-4") == 1.67


def test_meld_3_at_the_bounds_that_the_equation_prints() -> None:
    # Kim 2021 and the OPTN form of it: 6 with every value normal, 1.33 more for women.
    normal = {
        "bilirubin": "1.0 mg/dL", "sodium": "137", "inr": "1.0", "creatinine": "1.0 mg/dL",
        "albumin": "3.5 g/dL",
    }  # fmt: skip
    assert value(compute("meld-3.0", sex="male", **normal), "meld") == 6
    assert value(compute("meld-3.0", sex="female", **normal), "meld") == 7


@pytest.mark.parametrize(
    ("changed", "more"),
    [
        ({"bilirubin": "2.718281828 mg/dL"}, 4.56),
        ({"sodium": "127"}, 8.2),
        ({"inr": "2.718281828"}, 9.09),
        ({"creatinine": "2.718281828 mg/dL"}, 11.14),
        ({"albumin": "2.5 g/dL"}, 1.85),
        ({"bilirubin": "2.718281828 mg/dL", "sodium": "127"}, 4.56 + 8.2 - 2.4),
        ({"creatinine": "2.718281828 mg/dL", "albumin": "2.5 g/dL"}, 11.14 + 1.85 - 1.83),
    ],
)
def test_meld_3_has_the_printed_coefficients(changed: dict[str, str], more: float) -> None:
    normal = {
        "bilirubin": "1.0 mg/dL", "sodium": "137", "inr": "1.0", "creatinine": "1.0 mg/dL",
        "albumin": "3.5 g/dL",
    }  # fmt: skip
    found = compute("meld-3.0", sex="male", **normal | changed)
    assert value(found, "meld") == round(6 + more)


def test_weight_based_dose_with_a_maximum() -> None:
    # Anakinra in children after CAR-T (Blood Adv 2022;6(11):3398): 2 mg/kg every 6 hours intravenously,
    # "max dose 100 mg (max daily dose of 400 mg)".
    limits = {"dose": "2 mg/kg", "max_dose": "100 mg", "doses_per_day": "4", "max_daily": "400 mg"}
    heavy = compute("weight-based-dose", weight="80", **limits)
    assert (value(heavy, "dose"), value(heavy, "uncapped"), value(heavy, "daily")) == (100, 160, 400)
    light = compute("weight-based-dose", weight="30", **limits)
    assert (value(light, "dose"), value(light, "daily")) == (60, 240)


def test_weight_based_dose_with_a_maximum_in_a_day_by_weight() -> None:
    # Kineret label: 1-2 mg/kg, at most 8 mg/kg daily, which may be split into two administrations.
    found = compute(
        "weight-based-dose", weight="20", dose="5 mg/kg", doses_per_day="2", max_daily_per_kg="8 mg/kg"
    )
    assert (value(found, "dose"), value(found, "daily")) == (80, 160)


@pytest.mark.parametrize(
    ("place", "name", "given", "unit", "printed", "within"),
    [
        ("rxmedcalc: 0.7 mg/dL is 62 µmol/L", "creatinine", "0.7 mg/dL", "µmol/L", 62, 0.5),
        ("rxmedcalc: 1.2 mg/dL is 106 µmol/L", "creatinine", "1.2 mg/dL", "µmol/L", 106, 0.5),
        ("AMA: 88.4 µmol/L is 1 mg/dL", "creatinine", "88.4 umol/l", "mg/dL", 1, 1e-9),
        ("health3: 100 mg/dL is 5.55 mmol/L", "glucose", "100 mg/dL", "mmol/L", 5.55, 0.005),
        ("rxmedcalc: 126 mg/dL is 7.0 mmol/L", "glucose", "126 mg/dL", "mmol/L", 7.0, 0.05),
        ("AMA: 1 mg/dL is 0.2495 mmol/L", "calcium", "10 mg/dL", "mmol/L", 2.495, 1e-9),
        ("Table A-3: 10.5 mg/dL is 2.6 mmol/L", "calcium", "10.5 mg/dL", "mmol/L", 2.6, 0.05),
        ("Rev Diabet Stud: 1 mg/dL is 0.01 g/L", "crp", "1.23 mg/dL", "mg/L", 12.3, 1e-9),
        ("ng/mL is µg/L", "ferritin", "21392 µg/L", "ng/mL", 21392, 1e-9),
    ],
)
def test_conversion(place: str, name: str, given: str, unit: str, printed: float, within: float) -> None:
    assert value(compute(f"convert-{name}", value=given), unit) == pytest.approx(printed, abs=within)
