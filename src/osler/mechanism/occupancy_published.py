"""The model's figures beside the published ones, each in the case that its source describes.

Where the model was set by the very figure the row says so: agreement is then no proof. Nothing is left
out for disagreeing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from osler.mechanism.occupancy import engine_of
from osler.mechanism.occupancy_course import Course, Person, run_course, values_for
from osler.mechanism.occupancy_engine import Engine
from osler.mechanism.occupancy_parameters import Measure, Model, Published
from osler.mechanism.occupancy_regimen import read_regimen

WEIGHT_KG: Final = 70.0
LIGHT_KG: Final = 75.0
HEAVY_KG: Final = 120.0
END_H: Final = 168
STEP_H: Final = 0.1
TERMINAL_H: Final = (24.0, 36.0)
"""Between which hours after a dose the terminal half-life is read."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A published figure and the model's for the same case."""

    figure: Published
    value: float

    @property
    def ratio(self) -> float:
        """The model's figure over the published one."""
        return self.value / self.figure.value

    @property
    def within(self) -> bool | None:
        """Whether the model's lies in the published range; None where no range is printed."""
        if self.figure.low is None or self.figure.high is None:
            return None
        return self.figure.low <= self.value <= self.figure.high


def compare_published(model: Model) -> tuple[Comparison, ...]:
    """Return every published figure of ``model`` with the model's own, in the order of the file.

    Raises:
        UsageError: ``usage.extra``: the extra ``simulate`` is not installed.
    """
    engine = engine_of(model)
    return tuple(Comparison(figure, _measure(engine, model, figure)) for figure in model.published)


def _measure(engine: Engine, model: Model, figure: Published) -> float:
    values = values_for(model, Person(WEIGHT_KG, figure.creatinine_clearance))
    course = _course(engine, model, figure.regimen, values)
    match figure.measure:
        case Measure.APPARENT_CLEARANCE | Measure.CLEARANCE:
            return _clearance(model, figure.regimen, course)
        case Measure.FALL_OF_CLEARANCE:
            healthy = values_for(model, Person(WEIGHT_KG, 100.0))
            before = _clearance(model, figure.regimen, _course(engine, model, figure.regimen, healthy))
            return 100.0 * (1.0 - _clearance(model, figure.regimen, course) / before)
        case Measure.FALL_WITH_WEIGHT:
            light, heavy = (
                _exposure(_course(engine, model, figure.regimen, {**values, "weight": weight}))
                for weight in (LIGHT_KG, HEAVY_KG)
            )
            return 100.0 * (1.0 - heavy / light)
        case Measure.BIOAVAILABILITY:
            vein = _course(engine, model, figure.regimen.replace("sc", "iv"), values)
            return 100.0 * _exposure(course) / _exposure(vein)
        case Measure.HALF_LIFE:
            first, last = TERMINAL_H
            fall = math.log2(_at(course, first) / _at(course, last))
            return (last - first) / fall
        case Measure.PEAK:
            return max(course.concentration)
        case Measure.TIME_OF_PEAK:
            return course.times_h[course.concentration.index(max(course.concentration))]
        case Measure.LEVEL_AT_6_H:
            return _at(course, 6.0)
        case Measure.LEVEL_AT_15_MIN:
            return (_at(course, 0.2) + _at(course, 0.3)) / 2.0
        case Measure.FALL_OF_CRP:
            return 100.0 * (1.0 - course.crp[-1])


def _course(engine: Engine, model: Model, regimen: str, values: Mapping[str, float]) -> Course:
    read = read_regimen(regimen, model=model, weight_kg=values["weight"])
    times = [index * STEP_H for index in range(round(END_H / STEP_H) + 1)]
    return run_course(engine, read, values, times)


def _clearance(model: Model, regimen: str, course: Course) -> float:
    """Return the dose over the area under the curve, in mL/min: CL, or CL/F under the skin."""
    dose = read_regimen(regimen, model=model, weight_kg=WEIGHT_KG).dose_mg
    return dose / _exposure(course) / 0.06


def _exposure(course: Course) -> float:
    """Return the area under the curve in mg·h/L over a week, when nothing is left.

    By Simpson's rule on even steps: straight lines would be off by a part in ten thousand here.
    """
    values = course.concentration
    inner = 4.0 * sum(values[1:-1:2]) + 2.0 * sum(values[2:-1:2])
    return STEP_H / 3.0 * (values[0] + inner + values[-1])


def _at(course: Course, time_h: float) -> float:
    return course.concentration[round(time_h / STEP_H)]
