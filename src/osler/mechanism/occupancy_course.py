"""One regimen in one person over days: the grid of times, the course, and what is read from it.

All figures of a regimen's effect come from its last window (a day, or one interval where that is
longer), when the course repeats itself as nearly as the days asked for allow.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from osler.mechanism.occupancy_engine import EXACT, Engine, Start
from osler.mechanism.occupancy_parameters import Model
from osler.mechanism.occupancy_regimen import Regimen

HIGH: Final = 0.9
"""The occupancy above which time is counted."""
EDGE_H: Final = 1e-6
"""How long before and after a dose (4 ms) the course is looked at, to see both trough and peak."""
WANTED: Final = ("concentration", "occupancy", "signal", "crp")


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the course is computed for.

    Attributes:
        il1: Interleukin-1 at the receptor in nmol/L; None takes the model's assumption.
        site_ratio: Concentration at the receptor over that in plasma; None takes the model's.
    """

    weight_kg: float
    creatinine_clearance: float
    il1: float | None = None
    site_ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """What the engine found, a value for each of ``times_h``.

    Attributes:
        concentration: In plasma, mg/L.
        occupancy: Share of type I receptors held by anakinra.
        signal: Receptors held by interleukin-1, over those without the drug.
        crp: C-reactive protein over its start.
    """

    times_h: tuple[float, ...]
    concentration: tuple[float, ...]
    occupancy: tuple[float, ...]
    signal: tuple[float, ...]
    crp: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What is read from the last window of a course; concentrations in mg/L, shares from 0 to 1."""

    peak: float
    trough: float
    mean: float
    occupancy_peak: float
    occupancy_trough: float
    above_high: float
    above_target: float
    signal_most: float
    crp_end: float


def values_for(
    model: Model, person: Person, changed: Mapping[str, float] | None = None
) -> dict[str, float]:
    """Return every parameter of ``model`` for ``person``, with ``changed`` on top."""
    values = {parameter.name: parameter.value for parameter in model.parameters}
    values |= {"weight": person.weight_kg, "creatinine_clearance": person.creatinine_clearance}
    if person.il1 is not None:
        values["il1"] = person.il1
    if person.site_ratio is not None:
        values["site_ratio"] = person.site_ratio
    return values | dict(changed or {})


def start_of(regimen: Regimen, values: Mapping[str, float]) -> Start:
    """Return what the engine is set to at time 0, when the first dose is given."""
    doses = {
        "dose_skin": regimen.skin_mg,
        "dose_vein": regimen.vein_mg,
        "dose_infused": regimen.infused_mg,
        "infusion_hours": regimen.infusion_h,
        "constant_infusion": regimen.constant_mg_per_h,
        "interval": regimen.interval_h,
    }
    absorbed = values["bioavailability"] * regimen.skin_mg
    state = {
        "depot": absorbed,
        "lost": regimen.skin_mg - absorbed,
        "circulating": regimen.vein_mg,
        "eliminated": 0.0,
        "infusion_rate": regimen.infused_mg / regimen.infusion_h,
        "infusion_end": regimen.infusion_h,
        "next_dose": regimen.interval_h,
        "crp": 1.0,
    }
    return Start({**values, **doses}, state)


def times_of(regimen: Regimen, days: float, step_h: float) -> tuple[float, ...]:
    """Return times in hours from 0 to the end, every ``step_h`` and just before and after each dose."""
    end = 24.0 * days
    edges = set(_edges(regimen, end))
    plain = (index * step_h for index in range(math.floor(end / step_h + EDGE_H) + 1))
    close = {round(edge / EDGE_H) for edge in edges}
    times = {time for time in plain if round(time / EDGE_H) not in close or time == 0.0}
    for edge in edges:
        times |= {edge - EDGE_H, edge + EDGE_H} if edge < end - EDGE_H else {edge - EDGE_H}
    return tuple(sorted({*times, 0.0} | ({end} if round(end / EDGE_H) not in close else set())))


def _edges(regimen: Regimen, end: float) -> Iterator[float]:
    """Yield when a dose is given or an infusion stops, after time 0."""
    starts = [0.0]
    if regimen.repeats:
        starts = [
            index * regimen.interval_h for index in range(math.floor(end / regimen.interval_h) + 1)
        ]
    yield from (start for start in starts if 0.0 < start <= end)
    if regimen.infused_mg:
        yield from (start + regimen.infusion_h for start in starts if start + regimen.infusion_h <= end)


def run_course(
    engine: Engine,
    regimen: Regimen,
    values: Mapping[str, float],
    times_h: Sequence[float],
    *,
    tolerance: float = EXACT,
) -> Course:
    """Return the course of ``regimen`` in somebody with ``values``.

    Raises:
        OslerError: ``fault.engine``: the equations could not be solved.
    """
    rows = engine.run(start_of(regimen, values), times_h, WANTED, tolerance=tolerance)
    columns = [tuple(max(0.0, row[index]) for row in rows) for index in range(len(WANTED))]
    return Course(tuple(times_h), *columns)


def read_outcomes(course: Course, regimen: Regimen, target: float) -> Outcomes:
    """Return what the last window of ``course`` says; ``target`` in mg/L.

    Where that window is the first one too, troughs are those after the peak: before the first dose there
    is nothing that could be low.
    """
    begin = max(0.0, course.times_h[-1] - regimen.window_h) - 2 * EDGE_H
    first = next(index for index, time in enumerate(course.times_h) if time >= begin)
    times = course.times_h[first:]
    level, held = course.concentration[first:], course.occupancy[first:]
    fallen = level.index(max(level)) if begin < 0 else 0
    return Outcomes(
        peak=max(level),
        trough=min(level[fallen:]),
        mean=_area(times, level) / (times[-1] - times[0]),
        occupancy_peak=max(held),
        occupancy_trough=min(held[fallen:]),
        above_high=_share_above(times, held, HIGH),
        above_target=_share_above(times, level, target),
        signal_most=max(course.signal[first:]),
        crp_end=course.crp[-1],
    )


def _area(times: Sequence[float], values: Sequence[float]) -> float:
    pairs = zip(times, times[1:], values, values[1:], strict=False)
    return sum((after - before) * (low + high) / 2.0 for before, after, low, high in pairs)


def _share_above(times: Sequence[float], values: Sequence[float], bound: float) -> float:
    """Return the share of the time that ``values``, joined by straight lines, are above ``bound``."""
    above = 0.0
    for before, after, first, last in zip(times, times[1:], values, values[1:], strict=False):
        if first > bound and last > bound:
            above += after - before
        elif first > bound or last > bound:
            above += (after - before) * (max(first, last) - bound) / abs(last - first)
    return above / (times[-1] - times[0])
