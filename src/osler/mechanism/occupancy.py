"""Dose to occupancy: regimens of a drug side by side in one person.

An educational model. Reads no clock, draws no chance of its own, reaches no network; the engine is an
extra and is imported on use.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from osler.errors import InputError, UsageError
from osler.mechanism.occupancy_course import (
    Course,
    Outcomes,
    Person,
    read_outcomes,
    run_course,
    times_of,
    values_for,
)
from osler.mechanism.occupancy_engine import QUICK, Engine, open_engine
from osler.mechanism.occupancy_parameters import Model, model_folder
from osler.mechanism.occupancy_regimen import MOST_REGIMENS, Regimen
from osler.mechanism.occupancy_spread import SEED, Bands, Effect, bands_of, draw_samples, find_effects

DAYS: Final = 7
MOST_DAYS: Final = 28
SAMPLES: Final = 100
MOST_SAMPLES: Final = 1000
FINE: Final = 700
COARSE: Final = 170
"""Steps of a course that is printed and drawn, and of one behind a band."""


@dataclass(frozen=True, slots=True)
class Kinetics:
    """What the parameters come to in one person.

    Attributes:
        apparent_clearance: CL/F in mL/min.
        clearance: L/h.
        volume: L.
        elimination_half_life: Hours.
        absorption_half_life: Hours from under the skin into the blood.
        half_level: The concentration in plasma, mg/L, at which half of the receptors are held.
        high_level: The one at which 90% are held.
    """

    apparent_clearance: float
    clearance: float
    volume: float
    elimination_half_life: float
    absorption_half_life: float
    half_level: float
    high_level: float


@dataclass(frozen=True, slots=True)
class Simulated:
    """One regimen: its course, what is read from it, and how far that may lie off."""

    regimen: Regimen
    course: Course
    outcomes: Outcomes
    bands: Bands | None
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """Regimens side by side in one person."""

    model: Model
    person: Person
    days: int
    seed: int
    samples: int
    kinetics: Kinetics
    runs: tuple[Simulated, ...]


def engine_of(model: Model) -> Engine:
    """Return the engine of ``model``, compiled once.

    Raises:
        UsageError: ``usage.extra``: the extra ``simulate`` is not installed.
    """
    return open_engine(model_folder().joinpath(f"{model.drug}.xml").read_text(encoding="utf-8"))


def simulate(
    model: Model,
    regimens: Sequence[Regimen],
    person: Person,
    *,
    days: int = DAYS,
    seed: int = SEED,
    samples: int = SAMPLES,
) -> Simulation:
    """Return the courses of ``regimens`` in ``person``, with bands and effects.

    Args:
        model: The drug's.
        regimens: One to four.
        person: Whose weight and kidneys count.
        days: 1 to 28.
        seed: Of the samples; the same seed gives the same numbers.
        samples: How many stand behind a band, 10 to 1000; 0 for no bands and no effects.

    Raises:
        UsageError: ``usage.extra``, or ``usage.simulation`` for none or too many regimens.
        InputError: ``input.simulation``: something lies outside what the model is made for.
        OslerError: ``fault.engine``: the equations could not be solved.
    """
    check_person(model, person)
    _check_extent(regimens, days, samples)
    engine = engine_of(model)
    values = values_for(model, person)
    runs = tuple(
        _simulate_one(engine, model, regimen, values, days=days, seed=seed, samples=samples)
        for regimen in regimens
    )
    return Simulation(model, person, days, seed, samples, kinetics_of(values), runs)


def _simulate_one(
    engine: Engine,
    model: Model,
    regimen: Regimen,
    values: Mapping[str, float],
    *,
    days: int,
    seed: int,
    samples: int,
) -> Simulated:
    target = model.target.value
    course = run_course(engine, regimen, values, times_of(regimen, days, _step(days, FINE)))
    outcomes = read_outcomes(course, regimen, target)
    if not samples:
        return Simulated(regimen, course, outcomes, None, ())
    times = times_of(regimen, days, _step(days, COARSE))

    def course_of(changed: Mapping[str, float]) -> Course:
        return run_course(engine, regimen, changed, times, tolerance=QUICK)

    def outcome_of(changed: Mapping[str, float]) -> Outcomes:
        return read_outcomes(course_of(changed), regimen, target)

    courses = [course_of({**values, **drawn}) for drawn in draw_samples(model, seed=seed, count=samples)]
    bands = bands_of(courses, [read_outcomes(sample, regimen, target) for sample in courses])
    return Simulated(regimen, course, outcomes, bands, find_effects(model, values, outcome_of))


def kinetics_of(values: Mapping[str, float]) -> Kinetics:
    """Return what the parameters come to in a person, by the equations of the SBML file."""
    typical = min(
        10.0 ** (values["renal_intercept"] + values["renal_slope"] * values["creatinine_clearance"]),
        values["apparent_clearance_most"],
    )
    weight = (values["weight"] / values["weight_reference"]) ** values["weight_exponent"]
    apparent = values["clearance_factor"] * typical * weight
    clearance = values["bioavailability"] * apparent * 0.06
    volume = (
        values["volume_factor"]
        * values["bioavailability"]
        * values["volume_per_weight"]
        * values["weight"]
    )
    half = values["kd_anakinra"] * (1 + values["il1"] / values["kd_il1"])
    half_level = half * values["molar_mass"] / values["site_ratio"]
    return Kinetics(
        apparent_clearance=apparent,
        clearance=clearance,
        volume=volume,
        elimination_half_life=math.log(2) * volume / clearance,
        absorption_half_life=math.log(2) / values["absorption"],
        half_level=half_level,
        high_level=9.0 * half_level,
    )


def check_person(model: Model, person: Person) -> None:
    """Refuse a person for whom the model is not made.

    Raises:
        InputError: ``input.simulation``: a weight, clearance, level or ratio out of its range.
    """
    given = {
        "weight": person.weight_kg,
        "creatinine_clearance": person.creatinine_clearance,
    }
    for name, value in given.items():
        limit = model.limits[name]
        if not limit.low <= value <= limit.high:
            _refuse(name.replace("_", " "), value, limit.low, limit.high, limit.unit, limit.text)
    for name, chosen in (("il1", person.il1), ("site_ratio", person.site_ratio)):
        parameter = model.parameter(name)
        if chosen is not None and not parameter.low <= chosen <= parameter.high:
            unit = parameter.unit.removesuffix("1")
            _refuse(parameter.title, chosen, parameter.low, parameter.high, unit, "the model's range")


def _refuse(what: str, value: float, low: float, high: float, unit: str, why: str) -> None:
    raise InputError(
        f"{value:g} lies outside {low:g} to {high:g} {unit}".rstrip(),
        item=what,
        hint=why,
        code="input.simulation",
    )


def _check_extent(regimens: Sequence[Regimen], days: int, samples: int) -> None:
    if not 1 <= len(regimens) <= MOST_REGIMENS:
        raise UsageError(
            f"{len(regimens)} regimens", hint=f"give 1 to {MOST_REGIMENS}", code="usage.simulation"
        )
    if not 1 <= days <= MOST_DAYS:
        _refuse("days", days, 1, MOST_DAYS, "", "choose fewer days")
    if samples and not 10 <= samples <= MOST_SAMPLES:
        _refuse("samples", samples, 10, MOST_SAMPLES, "", "or 0 for no bands")
    short = [regimen for regimen in regimens if regimen.repeats and regimen.interval_h > 24.0 * days]
    if short:
        raise InputError(
            "its interval is longer than the days asked for",
            item=short[0].text,
            hint=f"--days {math.ceil(short[0].interval_h / 24.0)} or more",
            code="input.simulation",
        )


def _step(days: int, steps: int) -> float:
    """Return a step in hours that divides an hour or is whole hours, for about ``steps`` in all."""
    wanted = 24.0 * days / steps
    choices = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 6.0)
    return next((choice for choice in choices if choice >= wanted), choices[-1])
