"""How far the outcomes of a regimen may lie off: one parameter at a time, and all at once by samples.

Samples are drawn from a seed by SHA-256, so that the same seed gives the same numbers on every machine
and a new parameter leaves the draws of the others alone. Each parameter is drawn once from every one of
as many equal slices of its distribution as there are samples (Latin hypercube).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import NormalDist
from typing import Final

from osler.mechanism.occupancy_course import Course, Outcomes
from osler.mechanism.occupancy_parameters import Model, Parameter, Spread

SEED: Final = 20260101
STEP: Final = 0.1
"""Each parameter is moved by this share of its value, up and down."""
PERCENTILES: Final = (5.0, 50.0, 95.0)
NORMAL: Final = NormalDist()


@dataclass(frozen=True, slots=True)
class Band:
    """The 5th, 50th and 95th percentile of the samples."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Effect:
    """What moving one parameter does: the relative change of each outcome over that of the parameter.

    0 is no effect, 1 means that the outcome moves in proportion, −1 in inverse proportion. The trough
    concentration, the occupancy at the trough, the mean concentration and CRP at the end.
    """

    parameter: str
    trough: float
    occupancy_trough: float
    mean: float
    crp_end: float


@dataclass(frozen=True, slots=True)
class Bands:
    """The bands of a regimen's outcomes, by name, and of its course, a band for each time."""

    outcomes: Mapping[str, Band]
    times_h: tuple[float, ...]
    concentration: tuple[Band, ...]
    occupancy: tuple[Band, ...]
    crp: tuple[Band, ...]


def draw_samples(model: Model, *, seed: int, count: int) -> Iterator[dict[str, float]]:
    """Yield ``count`` sets of the parameters of ``model`` that have a spread."""
    drawn = [parameter for parameter in model.parameters if parameter.spread is not Spread.NONE]
    columns = {parameter.name: _column(parameter, seed, count) for parameter in drawn}
    for index in range(count):
        yield {name: column[index] for name, column in columns.items()}


def _column(parameter: Parameter, seed: int, count: int) -> list[float]:
    slices = sorted(range(count), key=lambda index: _chance(seed, parameter.name, "order", index))
    return [
        _quantile(parameter, (slices[index] + _chance(seed, parameter.name, "place", index)) / count)
        for index in range(count)
    ]


def _chance(seed: int, *words: object) -> float:
    """Return a number above 0 and below 1 that depends on nothing but what is given."""
    digest = hashlib.sha256(":".join(map(str, (seed, *words))).encode()).digest()
    return (int.from_bytes(digest[:6], "big") + 0.5) / 2.0**48


def _quantile(parameter: Parameter, share: float) -> float:
    low, high = parameter.low, parameter.high
    if parameter.spread is Spread.LOGNORMAL:
        return parameter.value * math.exp(parameter.sd * NORMAL.inv_cdf(share))
    if parameter.spread is Spread.LOGUNIFORM:
        return low * math.pow(high / low, share)
    return low + (high - low) * share


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the percentile of ``values`` with straight lines between them."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100.0
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def band_of(values: Sequence[float]) -> Band:
    """Return the three percentiles of ``values``."""
    return Band(*(percentile(values, percent) for percent in PERCENTILES))


def bands_of(courses: Sequence[Course], outcomes: Sequence[Outcomes]) -> Bands:
    """Return the bands of samples that share their times."""

    def along(column: Callable[[Course], Sequence[float]]) -> tuple[Band, ...]:
        return tuple(band_of(values) for values in zip(*map(column, courses), strict=True))

    return Bands(
        outcomes={
            field.name: band_of([getattr(outcome, field.name) for outcome in outcomes])
            for field in fields(Outcomes)
        },
        times_h=courses[0].times_h,
        concentration=along(lambda course: course.concentration),
        occupancy=along(lambda course: course.occupancy),
        crp=along(lambda course: course.crp),
    )


def find_effects(
    model: Model, values: Mapping[str, float], outcome_of: Callable[[Mapping[str, float]], Outcomes]
) -> tuple[Effect, ...]:
    """Return what each parameter does to the outcomes, moved by ``STEP`` up and down, strongest first.

    Args:
        model: Whose parameters are moved, each by itself.
        values: The parameters of the person.
        outcome_of: Runs the course with the parameters it is given.
    """
    middle = outcome_of(values)
    effects = []
    for parameter in model.parameters:
        value = values[parameter.name]
        up = outcome_of({**values, parameter.name: value * (1 + STEP)})
        down = outcome_of({**values, parameter.name: value * (1 - STEP)})
        names = ("trough", "occupancy_trough", "mean", "crp_end")
        effects.append(Effect(parameter.name, *(_elasticity(middle, up, down, name) for name in names)))
    return tuple(sorted(effects, key=lambda effect: -abs(effect.trough) - abs(effect.occupancy_trough)))


def _elasticity(middle: Outcomes, up: Outcomes, down: Outcomes, name: str) -> float:
    value = getattr(middle, name)
    return 0.0 if value == 0 else (getattr(up, name) - getattr(down, name)) / (2 * STEP * value)
