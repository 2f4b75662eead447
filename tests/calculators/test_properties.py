"""Every calculator over all that it takes: no crash, no impossible result, monotone where it must be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.calculators.calculate import calculate
from osler.calculators.calculation import Figure
from osler.calculators.catalogue import all_definitions, find_definition
from osler.calculators.definition import UNKNOWN, Definition, Item, ItemKind
from osler.calculators.definition_file import load_bridges
from osler.calculators.formulas import body, heart, kidney, liver
from osler.calculators.units import convert

DEFINITIONS = list(all_definitions().values())


@st.composite
def answers_to(draw: st.DrawFn, item: Item) -> str:
    """Draw an answer that ``item`` takes, in any of its units."""
    if item.may_be_unknown and draw(st.booleans()):
        return UNKNOWN
    if item.kind is not ItemKind.QUANTITY:
        return draw(st.sampled_from([choice.name for choice in item.choices]))
    number = draw(st.floats(item.low, item.high))
    unit = draw(st.sampled_from(item.units))
    shown = convert(number, item.unit, into=unit, bridge=load_bridges().get(item.substance))
    assert shown is not None
    # Printed with six digits, a value at the very edge may fall over it: kept inside.
    middle = (item.low + item.high) / 2
    inside = convert(number + (middle - number) * 1e-5, item.unit, into=unit,
                     bridge=load_bridges().get(item.substance))  # fmt: skip
    return f"{inside:.8g} {unit}".strip()


@st.composite
def forms(draw: st.DrawFn, definition: Definition) -> dict[str, str]:
    """Draw a form of ``definition`` with everything required and some of the rest."""
    return {
        item.name: draw(answers_to(item))
        for item in definition.items
        if item.required or draw(st.booleans())
    }


@pytest.mark.parametrize("definition", DEFINITIONS, ids=[entry.name for entry in DEFINITIONS])
@settings(max_examples=60)
@given(data=st.data())
def test_whatever_is_taken_gives_a_result_that_can_be(definition: Definition, data: Any) -> None:
    form = data.draw(forms(definition))
    found = calculate(definition, form)
    assert found.figures
    for figure in found.figures:
        assert figure.text
        if figure.low is not None:
            assert figure.high is not None
            assert figure.low <= figure.high
            assert (figure.value is None) == (figure.low != figure.high)
    if definition.scored:
        least, most = possible(definition)
        points = found.figures[0]
        assert points.low is not None
        assert points.high is not None
        assert least <= points.low <= points.high <= most


def possible(definition: Definition) -> tuple[float, float]:
    """Return bounds of the sum that hold whatever the groups do."""
    lows = highs = 0.0
    for item in definition.items:
        points = [band.points for band in item.bands] + [choice.points for choice in item.choices]
        lows += min([*points, 0.0])
        highs += max([*points, 0.0])
    return lows, highs


RISING = [
    ("hscore", "temperature"), ("hscore", "ferritin"), ("hscore", "triglycerides"), ("hscore", "ast"),
    ("hlh-2004", "temperature"), ("hlh-2004", "ferritin"), ("hlh-2004", "scd25"),
    ("mas-2016", "ferritin"),
    ("mas-2016", "ast"), ("mas-2016", "triglycerides"), ("cha2ds2-vasc", "age"), ("has-bled", "age"),
    ("wells-pe", "heart-rate"), ("perc", "age"), ("perc", "pulse"), ("curb-65", "urea"),
    ("curb-65", "age"),
    ("curb-65", "respiratory-rate"), ("qsofa", "respiratory-rate"), ("sofa", "bilirubin"),
    ("sofa", "creatinine"), ("sofa", "dopamine"), ("sofa", "noradrenaline"), ("child-pugh", "bilirubin"),
    ("child-pugh", "inr"),
]  # fmt: skip
FALLING = [
    ("hscore", "fibrinogen"), ("hlh-2004", "haemoglobin"), ("hlh-2004", "platelets"),
    ("hlh-2004", "neutrophils"), ("hlh-2004", "fibrinogen"), ("mas-2016", "platelets"),
    ("mas-2016", "fibrinogen"), ("curb-65", "systolic"), ("curb-65", "diastolic"), ("qsofa", "systolic"),
    ("sofa", "pao2-fio2"), ("sofa", "platelets"), ("sofa", "glasgow-coma-scale"),
    ("sofa", "urine-output"),
    ("sofa", "mean-arterial-pressure"), ("child-pugh", "albumin"), ("perc", "oxygen-saturation"),
]  # fmt: skip


def worsened(
    name: str, item: str, sign: int, data: Any
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """Return the figures of one filled form with a smaller and a greater value of ``item``.

    Where ``sign`` is -1 the greater value comes first.
    """
    definition = find_definition(name)
    asked = definition.item(item)
    assert asked is not None
    form = data.draw(forms(definition))
    values = sorted(data.draw(st.tuples(*[st.floats(asked.low, asked.high)] * 2)))[::sign]
    less, more = (
        calculate(definition, form | {item: f"{number:.10g} {asked.unit}"}).figures for number in values
    )
    return less, more


@pytest.mark.parametrize(
    ("name", "item", "sign"), [(*entry, 1) for entry in RISING] + [(*entry, -1) for entry in FALLING]
)
@settings(max_examples=40)
@given(data=st.data())
def test_a_score_never_falls_where_the_sign_grows_worse(
    name: str, item: str, sign: int, data: Any
) -> None:
    less, more = (figures[0] for figures in worsened(name, item, sign, data))
    assert (less.low, less.high) <= (more.low, more.high)


ages = st.floats(18, 120)
creatinines = st.floats(0.1, 30)


@given(age=ages, one=creatinines, other=creatinines, female=st.booleans())
def test_filtration_never_rises_with_creatinine(
    age: float, one: float, other: float, female: bool
) -> None:
    low, high = sorted((one, other))
    assert kidney.ckd_epi_2021(
        age_years=age, creatinine_mg_per_dl=low, female=female
    ) >= kidney.ckd_epi_2021(age_years=age, creatinine_mg_per_dl=high, female=female)


@given(one=ages, other=ages, creatinine=creatinines, female=st.booleans())
def test_filtration_never_rises_with_age(
    one: float, other: float, creatinine: float, female: bool
) -> None:
    young, old = sorted((one, other))
    assert kidney.ckd_epi_2021(
        age_years=young, creatinine_mg_per_dl=creatinine, female=female
    ) >= kidney.ckd_epi_2021(age_years=old, creatinine_mg_per_dl=creatinine, female=female)


@given(qt=st.floats(150, 900), one=st.floats(20, 300), other=st.floats(20, 300))
def test_every_qtc_rises_with_the_rate_and_is_the_qt_at_sixty(
    qt: float, one: float, other: float
) -> None:
    slow, fast = sorted((one, other))
    for formula in (heart.bazett, heart.fridericia, heart.framingham, heart.hodges):
        below = formula(qt_ms=qt, heart_rate_per_min=slow)
        assert below <= formula(qt_ms=qt, heart_rate_per_min=fast) + 1e-9
        assert formula(qt_ms=qt, heart_rate_per_min=60) == pytest.approx(qt)


@given(
    bilirubin=st.floats(0.05, 80), sodium=st.floats(90, 200), inr=st.floats(0.5, 20),
    creatinine=creatinines, albumin=st.floats(0.5, 7), female=st.booleans(), step=st.floats(0, 5),
)  # fmt: skip
def test_meld_3_is_at_least_six_and_never_falls_with_bilirubin_inr_or_creatinine(
    bilirubin: float, sodium: float, inr: float, creatinine: float, albumin: float, female: bool,
    step: float,
) -> None:  # fmt: skip
    values = {
        "bilirubin_mg_per_dl": bilirubin, "sodium_mmol_per_l": sodium, "inr": inr,
        "creatinine_mg_per_dl": creatinine, "albumin_g_per_dl": albumin,
    }  # fmt: skip
    first = liver.meld_3(**values, female=female)
    assert first >= 6 - 1e-9
    for name in ("bilirubin_mg_per_dl", "inr", "creatinine_mg_per_dl"):
        worse = values | {name: values[name] + step}
        assert liver.meld_3(**worse, female=female) >= first - 1e-9


@given(
    weight=st.floats(0.3, 400), dose=st.floats(0.001, 2000), most=st.floats(0.001, 1e5),
    times=st.integers(1, 24), daily=st.floats(0.001, 1e5), per_kg=st.floats(0.001, 5000),
)  # fmt: skip
def test_no_dose_goes_beyond_any_of_its_maxima(
    weight: float, dose: float, most: float, times: int, daily: float, per_kg: float
) -> None:
    found = body.weight_based_dose(
        weight_kg=weight, dose_mg_per_kg=dose, max_dose_mg=most, doses_per_day=times,
        max_daily_mg=daily, max_daily_mg_per_kg=per_kg,
    )  # fmt: skip
    assert found.daily_mg is not None
    assert found.dose_mg <= min(found.uncapped_mg, most)
    assert found.daily_mg <= min(daily, per_kg * weight) * (1 + 1e-12)


CONVERSIONS = [entry for entry in DEFINITIONS if entry.name.startswith("convert-")]


@pytest.mark.parametrize("definition", CONVERSIONS, ids=[entry.name for entry in CONVERSIONS])
@given(data=st.data())
def test_units_in_are_units_out(definition: Definition, data: Any) -> None:
    """A value comes back from each of its units as it went in."""
    (item,) = definition.items
    number = data.draw(st.floats(item.low * 1.001, item.high * 0.999))
    there = {
        figure.outcome.name: figure.value
        for figure in calculate(definition, {"value": f"{number!r} {item.unit}"}).figures
    }
    assert there[item.unit] == pytest.approx(number, rel=1e-11)
    assert set(there) == set(item.units)
    for unit, value in there.items():
        back = {
            figure.outcome.name: figure.value
            for figure in calculate(definition, {"value": f"{value!r} {unit}"}).figures
        }
        assert back == {name: pytest.approx(each, rel=1e-9) for name, each in there.items()}, unit


MONOTONE = [
    ("fib-4", "age", 1), ("fib-4", "ast", 1), ("fib-4", "alt", -1), ("fib-4", "platelets", -1),
    ("cockcroft-gault", "age", -1), ("cockcroft-gault", "weight", 1),
    ("cockcroft-gault", "creatinine", -1), ("body-surface-area", "height", 1),
    ("body-surface-area", "weight", 1), ("corrected-calcium", "calcium", 1),
    ("corrected-calcium", "albumin", -1), ("anion-gap", "sodium", 1), ("anion-gap", "chloride", -1),
    ("anion-gap", "bicarbonate", -1), ("qtc", "qt", 1), ("qtc", "heart-rate", 1),
    ("ckd-epi-2021", "age", -1), ("ckd-epi-2021", "creatinine", -1), ("meld-3.0", "bilirubin", 1),
    ("meld-3.0", "inr", 1), ("meld-3.0", "creatinine", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "item", "sign"), MONOTONE)
@settings(max_examples=40)
@given(data=st.data())
def test_every_figure_of_a_formula_moves_the_way_its_formula_says(
    name: str, item: str, sign: int, data: Any
) -> None:
    found = worsened(name, item, sign, data)
    for less, more in zip(*found, strict=True):
        if less.value is not None and more.value is not None:
            assert less.value <= more.value, less.outcome.name
