"""Units of measurement that calculators take, and exact conversion between them.

A closed table on purpose: a unit that no laboratory prints for an item is a mistake to be pointed out,
not a sum to be done. The tests hold every factor against pint, which does the same for all units there
are and takes 0.9 s to start (docs/dependencies.md). Mass and amount of substance are converted by the
factor of the substance, as ``data/substances.toml`` gives it with its source.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from osler.text.units import canonical_unit


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as ``factor`` times the base of its dimension, from ``zero`` on."""

    dimension: str
    factor: float
    zero: float = 0.0


@dataclass(frozen=True, slots=True)
class Bridge:
    """One ``one`` of a substance is ``factor`` of its ``other``, such as 1 mg/dL and 88.4 µmol/L."""

    one: str
    other: str
    factor: float


_TABLE: Final[Mapping[str, Mapping[str, float]]] = {
    "mass concentration": {  # g/L
        "g/L": 1.0, "g/dL": 10.0, "mg/mL": 1.0, "mg/dL": 1e-2, "mg/L": 1e-3, "µg/mL": 1e-3,
        "µg/dL": 1e-5, "µg/L": 1e-6, "ng/mL": 1e-6, "ng/dL": 1e-8, "ng/L": 1e-9, "pg/mL": 1e-9,
    },
    "amount concentration": {  # mol/L
        "mol/L": 1.0, "mmol/L": 1e-3, "µmol/L": 1e-6, "nmol/L": 1e-9, "pmol/L": 1e-12,
    },
    "charge concentration": {"mEq/L": 1e-3},
    "count": {  # per litre
        "10^9/L": 1e9, "10^3/µL": 1e9, "10^6/L": 1e6, "/µL": 1e6, "/L": 1.0,
    },
    "enzyme activity": {"U/L": 1.0, "IU/L": 1.0},
    "receptor concentration": {"U/mL": 1e3, "kU/L": 1e3},
    "pressure": {"mmHg": 1.0, "kPa": 1 / 0.133322387415},
    "length": {"m": 1.0, "cm": 1e-2, "mm": 1e-3, "in": 2.54e-2},
    "mass": {"kg": 1.0, "g": 1e-3, "mg": 1e-6, "µg": 1e-9, "lb": 0.45359237},
    "dose by weight": {"mg/kg": 1.0, "µg/kg": 1e-3, "g/kg": 1e3},
    "dose rate by weight": {"µg/kg/min": 1.0, "mg/kg/min": 1e3},
    "age": {"year": 365.25, "month": 30.4375, "week": 7.0, "day": 1.0},
    "time": {"s": 1.0, "ms": 1e-3},
    "rate": {"/min": 1.0},
    "daily rate": {"/day": 1.0},
    "volume rate": {"mL/day": 1.0, "L/day": 1e3},
    "share": {"%": 1.0},
    "number": {"": 1.0},
}  # fmt: skip
UNITS: Final[Mapping[str, Unit]] = {
    name: Unit(dimension, factor) for dimension, row in _TABLE.items() for name, factor in row.items()
} | {"°C": Unit("temperature", 1.0), "°F": Unit("temperature", 5 / 9, zero=32.0)}

_COUNTS: Final = {
    "10^9/L": "10^9/L", "G/L": "10^9/L", "10^3/µL": "10^3/µL", "K/µL": "10^3/µL", "10^3/mm3": "10^3/µL",
    "/mm3": "/µL", "10^6/L": "10^6/L", "1/min": "/min", "bpm": "/min", "beats/min": "/min",
    "breaths/min": "/min", "mL/24 h": "mL/day", "points": "", "°": "°C", "C": "°C", "F": "°F",
    "mg/kg/dose": "mg/kg", "IU/mL": "U/mL", "msec": "ms",
}  # fmt: skip
_TIMES: Final = re.compile(r"^[x×*]?\s*10\s*(?:\^|\*\*)?\s*([369⁹³⁶])\s*/")
_SUPERSCRIPT: Final = str.maketrans("³⁶⁹", "369")


def read_unit(text: str) -> str:
    """Return ``text`` in the spelling of the table (``mcg/l`` is ``µg/L``), or as it is if unknown."""
    text = " ".join(text.split()).strip(" .")
    power = _TIMES.match(text)
    if power:
        text = f"10^{power[1].translate(_SUPERSCRIPT)}/{text[power.end() :].strip()}"
    if text in UNITS:
        return text
    head, slash, rest = text.partition("/")
    folded = (
        f"{head}/{canonical_unit(rest)}" if slash and head.startswith("10^") else canonical_unit(text)
    )
    return _COUNTS.get(folded, _COUNTS.get(text, folded))


def convert(value: float, unit: str, *, into: str, bridge: Bridge | None = None) -> float | None:
    """Return ``value`` of ``unit`` in the unit ``into``, or None where no way leads there.

    Rounded to twelve significant digits, so that 101.12 °F is 38.4 °C and falls into the band that
    says so.
    """
    if unit == into:
        return value
    start, end = UNITS.get(unit), UNITS.get(into)
    if start is None or end is None:
        return None
    if start.dimension == end.dimension:
        base = (value - start.zero) * start.factor
        return tidy(base / end.factor + end.zero)
    if bridge is None:
        return None
    one, other = UNITS[bridge.one], UNITS[bridge.other]
    if (start.dimension, end.dimension) == (one.dimension, other.dimension):
        return tidy(value * start.factor / one.factor * bridge.factor * other.factor / end.factor)
    if (start.dimension, end.dimension) == (other.dimension, one.dimension):
        return tidy(value * start.factor / other.factor / bridge.factor * one.factor / end.factor)
    return None


def tidy(value: float) -> float:
    """Return ``value`` without the last digits, which are an accident of binary fractions."""
    return float(f"{value:.12g}")
