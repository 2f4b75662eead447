"""Regimens read from words: what is understood, and what is refused with which code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.errors import InputError, OslerError, UsageError
from osler.mechanism.occupancy_parameters import load_model
from osler.mechanism.occupancy_regimen import NEVER, Regimen, read_regimen

MODEL = load_model("anakinra")


def read(text: str, weight_kg: float | None = 70.0) -> Regimen:
    return read_regimen(text, model=MODEL, weight_kg=weight_kg)


@pytest.mark.parametrize(
    ("text", "skin", "vein", "interval"),
    [
        ("100 mg sc daily", 100, 0, 24),
        ("100mg subcutaneously twice daily", 100, 0, 12),
        ("2 mg/kg iv q6h", 0, 140, 6),
        ("1,5 mg/kg iv bolus every 8 hours", 0, 105, 8),
        ("2 mg/kg iv 6-hourly", 0, 140, 6),
        ("100 mg SC every other day", 100, 0, 48),
        ("100 mg sc every 2 days", 100, 0, 48),
        ("8 mg/kg/day iv divided q6h", 0, 140, 6),
        ("100 mg sc qd", 100, 0, 24),
        ("100 mg iv once", 0, 100, NEVER),
    ],
)
def test_doses_are_read_with_route_and_interval(
    text: str, skin: float, vein: float, interval: float
) -> None:
    regimen = read(text)
    assert (regimen.skin_mg, regimen.vein_mg) == pytest.approx((skin, vein))
    assert regimen.interval_h == interval


def test_a_dose_over_hours_is_an_infusion_that_stops() -> None:
    regimen = read("100 mg iv over 30 min q12h")
    assert (regimen.infused_mg, regimen.infusion_h, regimen.vein_mg) == (100, 0.5, 0)


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("2 mg/kg/h iv infusion", 140),
        ("133 mg/h iv", 133),
        ("8 mg/kg/day iv continuous infusion", 70 / 3),
        ("2400 mg/day iv infusion", 100),
    ],
)
def test_a_rate_is_a_steady_infusion(text: str, rate: float) -> None:
    assert read(text).constant_mg_per_h == pytest.approx(rate)


def test_a_dose_and_an_infusion_are_joined_by_a_plus() -> None:
    regimen = read("100 mg iv once + 2 mg/kg/h iv infusion")
    assert (regimen.vein_mg, regimen.constant_mg_per_h, regimen.repeats) == (100, 140, False)
    assert regimen.mg_per_day == pytest.approx(3360)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "100 sc daily",
        "100 mg daily",
        "100 mg sc",
        "2 mg/kg iv q6",
        "2 mg/kg/day iv",
        "100 mg sc daily please",
        "100 mg sc iv daily",
        "-5 mg sc daily",
        "100 mg sc once q6h",
        "100 mg sc daily + 50 mg iv q6h",
        "2 mg/kg/day iv once",
    ],
)
def test_what_cannot_be_read_is_a_wrong_call(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(text)
    assert caught.value.code == "usage.regimen"
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "100 µg sc daily",
        "100 mcg sc daily",
        "1 g iv daily",
        "0.67 mL sc daily",
        "100 mg po daily",
        "100 mg im daily",
        "2 mg/kg iv q0h",
        "2 mg/kg iv q400h",
        "2000 mg iv daily",
        "50 mg/kg/h iv infusion",
        "2 mg/kg/h iv q6h",
        "2 mg/kg/h sc infusion",
        "100 mg sc over 2 h daily",
        "100 mg iv over 12 h q12h",
    ],
)
def test_a_wrong_unit_route_interval_or_amount_is_refused(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert caught.value.code == "input.regimen"
    assert caught.value.hint


def test_an_amount_for_each_kg_needs_a_weight() -> None:
    with pytest.raises(UsageError) as caught:
        read("2 mg/kg iv q6h", weight_kg=None)
    assert "--weight" in caught.value.hint


def test_a_flat_dose_needs_no_weight() -> None:
    assert read("100 mg sc daily", weight_kg=None).skin_mg == 100


@given(st.text(alphabet="0123456789 mgkgh/dayscivq+.,µbolus", max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    code = ""
    try:
        regimen = read(text)
    except OslerError as error:
        code = error.code
    if code:
        assert code in {"usage.regimen", "input.regimen"}
    else:
        assert regimen.dose_mg > 0 or regimen.constant_mg_per_h > 0


@given(
    mg=st.floats(1, 500).map(lambda value: round(value, 2)),
    route=st.sampled_from(["sc", "iv"]),
    interval=st.integers(1, 168),
)
def test_the_dose_and_the_interval_come_out_as_they_went_in(
    mg: float, route: str, interval: int
) -> None:
    regimen = read(f"{mg} mg {route} q{interval}h")
    assert regimen.dose_mg == mg
    assert regimen.interval_h == interval
    assert regimen.mg_per_day == pytest.approx(mg * 24 / interval)
