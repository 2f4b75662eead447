"""Units: as people spell them, converted exactly, and judged by pint where it is installed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.calculators.definition_file import load_bridges
from osler.calculators.units import UNITS, convert, read_unit, tidy

PINT_NAMES = {
    "10^9/L": "1e9/L", "10^3/µL": "1e3/uL", "10^6/L": "1e6/L", "/µL": "1/uL", "/L": "1/L", "mEq/L": None,
    "U/L": None, "IU/L": None, "U/mL": None, "kU/L": None, "°C": "degC", "°F": "degF", "/min": "1/min",
    "/day": "1/day", "": "", "%": None, "in": "inch", "month": None, "µg/kg/min": "ug/kg/min",
}  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("mg/dl", "mg/dL"),
        ("umol/L", "µmol/L"),
        ("μmol/l", "µmol/L"),
        ("mcg/L", "µg/L"),
        ("ng / mL", "ng/mL"),
        ("x10^9/L", "10^9/L"),
        ("×10⁹/L", "10^9/L"),
        ("10**9/l", "10^9/L"),
        ("G/L", "10^9/L"),
        ("K/uL", "10^3/µL"),
        ("/mm3", "/µL"),
        ("per min", "/min"),
        ("bpm", "/min"),
        ("C", "°C"),
        ("years", "year"),
        ("msec", "ms"),
        ("mL/24 h", "mL/day"),
        ("mcg/kg/min", "µg/kg/min"),
        ("furlongs", "furlongs"),
    ],
)
def test_spellings_are_folded(typed: str, unit: str) -> None:
    assert read_unit(typed) == unit


def test_fahrenheit_lands_on_the_degree_that_a_band_begins_with() -> None:
    assert convert(101.12, "°F", into="°C") == 38.4
    assert convert(38.5, "°C", into="°F") == 101.3


def test_mass_and_amount_need_the_factor_of_the_substance() -> None:
    assert convert(1.0, "mg/dL", into="µmol/L") is None
    assert convert(1.0, "mg/dL", into="µmol/L", bridge=load_bridges()["creatinine"]) == 88.4
    assert convert(884.0, "µmol/L", into="mg/L", bridge=load_bridges()["creatinine"]) == 100


def test_unlike_quantities_are_not_converted() -> None:
    assert convert(1.0, "mg/dL", into="mmHg") is None
    assert convert(1.0, "mg/dL", into="furlong") is None


@given(
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(sorted(UNITS)),
    st.floats(0.001, 1e6),
    st.sampled_from([None, *load_bridges().values()]),
)
def test_there_and_back_is_the_same(one: str, other: str, value: float, bridge: object) -> None:
    there = convert(value, one, into=other, bridge=bridge)  # type: ignore[arg-type]
    if there is None or abs(there) < 1e-9:
        return
    back = convert(there, other, into=one, bridge=bridge)  # type: ignore[arg-type]
    assert back == pytest.approx(value, rel=1e-9, abs=1e-7)


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_factor_agrees_with_pint(unit: str) -> None:
    pint = pytest.importorskip("pint", reason="pip install pint to let it judge the units")
    name = PINT_NAMES.get(unit, unit)
    if name is None:
        pytest.skip("pint has no such unit, or another idea of it")
    registry = pint.UnitRegistry()
    for other, entry in UNITS.items():
        other_name = PINT_NAMES.get(other, other)
        if entry.dimension != UNITS[unit].dimension or other_name is None:
            continue
        found = convert(3.5, unit, into=other)
        assert found is not None
        if entry.dimension == "temperature":
            expected = registry.Quantity(3.5, name).to(other_name).magnitude
        else:
            expected = (3.5 * registry(name or "1")).to(registry(other_name or "1").units)
            scale = registry(other_name or "1").magnitude
            expected = expected.magnitude / scale
        assert found == pytest.approx(tidy(expected), rel=1e-9)
