"""Figures of one metric that cannot both be had: neither lies within the other, chance allowed for.

A share with its count or interval differs from another only where the intervals part, one printed bare
only by ten points, a half-life only by a quarter. Doses differ where they do not overlap.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from osler.model.comparison import Dose
from osler.model.figure import Figure
from osler.synthesis.intervals import wilson
from osler.synthesis.measured import Measured, measured_in
from osler.synthesis.scales import on_one_scale
from osler.synthesis.setting import Apart
from osler.text.regimens import find_regimens

POINTS_APART: Final = 10.0
QUARTER: Final = 1.25
_STAGES: Final = ("starting ", "initial ", "loading ", "maintenance ", "median ", "mean ")


@dataclass(frozen=True, slots=True)
class Told:
    """The figures that one statement gives for one metric.

    Attributes:
        metric: ``dose of anakinra``, ``overall survival``; without the stage of the treatment.
        stage: That stage (``starting``), or empty.
        figures: What was measured, in order.
        span: Where they stand, a dose with what belongs to it.
    """

    metric: str
    stage: str
    figures: tuple[Measured, ...]
    span: tuple[int, int]

    @property
    def names_drug(self) -> bool:
        """Whether the metric says of what: a share leaves that to its sentence."""
        return self.figures[0].unit != "%"


def told_in(text: str, drugs: Mapping[str, str]) -> tuple[Told, ...]:
    """Return what ``text`` tells of each metric, in order of first mention."""
    found: dict[tuple[str, str], list[Measured]] = {}
    for one in measured_in(text, drugs):
        stage = next((word for word in _STAGES if one.metric.startswith(word)), "")
        found.setdefault((one.metric.removeprefix(stage), stage.strip()), []).append(one)
    ends = {regimen.figure.start: regimen.end for regimen in find_regimens(text)} if found else {}
    return tuple(
        Told(metric, stage, tuple(figures), _span(figures, ends))
        for (metric, stage), figures in found.items()
    )


def _span(figures: Sequence[Measured], ends: Mapping[int, int]) -> tuple[int, int]:
    starts = [one.figure.start for one in figures]
    return min(starts), max(ends.get(one.figure.start, one.figure.end) for one in figures)


def differ(one: Told, other: Told) -> bool:
    """Tell whether no figure of ``one`` can be had together with any of ``other``.

    A dose per dose and one per day always differ: which of them is meant is what a reader must see.
    """
    return not any(_agree(mine, theirs) for mine in one.figures for theirs in other.figures)


def basis_apart(one: Told, other: Told) -> tuple[Apart, ...]:
    """Return how two doses are counted differently: per dose or per day, by body weight or not."""
    mine, theirs = _doses(one), _doses(other)
    return tuple(
        Apart(name, frozenset(map(read, mine)), frozenset(map(read, theirs)))
        for name, read in (("basis", _per), ("weight", _weighed))
    )


def _doses(told: Told) -> Sequence[Dose]:
    return [one.dose for one in told.figures if one.dose is not None]


def _per(dose: Dose) -> str:
    return f"per {dose.per}"


def _weighed(dose: Dose) -> str:
    return "per kg" if dose.per_kg else "not by weight"


def _agree(mine: Measured, theirs: Measured) -> bool:
    unit, factor = on_one_scale(mine.unit)
    other, times = on_one_scale(theirs.unit)
    if unit != other:
        return False
    a, b = _times(_bounds(mine), factor), _times(_bounds(theirs), times)
    if (a[0] <= b[1] and b[0] <= a[1]) or _is_same(a[1], b[0]) or _is_same(b[1], a[0]):
        return True
    if mine.dose is not None:
        return False
    if mine.unit == "%":
        bare = _interval(mine) is None or _interval(theirs) is None
        return bare and abs(mine.figure.value - theirs.figure.value) < POINTS_APART
    return max(a[0], b[0]) < QUARTER * min(a[1], b[1])


def _times(bounds: tuple[float, float], factor: float) -> tuple[float, float]:
    return bounds[0] * factor, bounds[1] * factor


def _is_same(one: float, other: float) -> bool:
    """Tell whether two amounts are one, what a change of unit adds left aside."""
    return math.isclose(one, other, rel_tol=1e-9)


def _bounds(one: Measured) -> tuple[float, float]:
    return _interval(one) or _range(one.figure)


def _interval(one: Measured) -> tuple[float, float] | None:
    """Return the interval printed beside a figure, or Wilson's for its count."""
    if one.interval is not None and one.interval.high is not None:
        return one.interval.value, one.interval.high
    if one.count is not None and one.count.high:
        return wilson(int(one.count.value), int(one.count.high))
    return None


def _range(figure: Figure) -> tuple[float, float]:
    return figure.value, figure.value if figure.high is None else figure.high
