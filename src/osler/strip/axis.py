"""Axes: where a value stands, and which numbers are printed beneath; their labels never overlap."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from osler.strip.panels import Scale, number

LETTER: Final = 0.62
"""Width of a letter in shares of its size, on the safe side for digits of any sans-serif face."""
_MOST_TICKS: Final = 6
_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)
_NO_EFFECT: Final = 1.0
_ROOM: Final = 0.1
"""Share of a step that the greatest value stays below the end of its axis."""
_FINEST: Final = 1e-6
"""The least extent of an axis of differences: its labels have ten decimals, finer ones look alike."""
_NARROWEST: Final = 4.0
"""The least factor between the ends of an axis of ratios."""


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from ``low`` to ``high``.

    Attributes:
        low: Value at its left end.
        high: Value at its right end.
        logarithmic: Whether equal factors, not equal differences, take equal room.
        ticks: The values printed beneath, rising.
        no_effect: Where no difference between arms lies, or None.
    """

    low: float
    high: float
    logarithmic: bool
    ticks: tuple[float, ...]
    no_effect: float | None = None

    def place(self, value: float) -> float:
        """Return where ``value`` stands, from 0 at the left end to 1; outside values at an end."""
        inside = min(max(value, self.low), self.high)
        if self.logarithmic:
            return math.log(inside / self.low) / math.log(self.high / self.low)
        return (inside - self.low) / (self.high - self.low)


def axis_for(values: Sequence[float], scale: Scale, *, width: float, size: float) -> Axis:
    """Return the axis that holds ``values``.

    Args:
        values: What has to be held.
        scale: How it is laid out.
        width: Room of the axis, in the unit of ``size``.
        size: Size of the letters of its labels.
    """
    if scale is Scale.RATIO and all(value >= 0 for value in values) and any(values):
        return _logarithmic(values, width, size)
    highest, lowest = max(values, default=1.0), min(values, default=0.0)
    whole = scale is Scale.SHARE and lowest >= 0 and 50 < highest <= 100
    low, high = min(0.0, lowest), 100.0 if whole else max(0.0, highest)
    step = _step(max(high - low, _FINEST) if high > low else 1.0)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    last = max(last, first + 1)
    if not whole and highest > step * last - step * _ROOM:
        last += 1  # a mark on the frame would look cut off
    ticks = [round(step * place, 10) for place in range(first, last + 1)]
    axis = Axis(ticks[0], ticks[-1], logarithmic=False, ticks=tuple(ticks))
    return _thinned(axis, width, size, keep=None)


def _step(extent: float) -> float:
    rough = extent / _MOST_TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * step for step in _STEPS if power * step >= rough * (1 - 1e-9))


def _logarithmic(values: Sequence[float], width: float, size: float) -> Axis:
    """Return an axis of ratios; a bound of nought stands at its left end."""
    above = [value for value in values if value > 0]
    low, high = min(*above, _NO_EFFECT), max(*above, _NO_EFFECT)
    if high / low < _NARROWEST:
        low, high = min(low, _NO_EFFECT / 2), max(high, _NO_EFFECT * 2)
    powers = range(math.floor(math.log10(low)) - 1, math.ceil(math.log10(high)) + 2)
    marks = [round(step * 10.0**power, 12) for power in powers for step in (1.0, 2.0, 5.0)]
    first = max(mark for mark in marks if mark <= low * (1 + 1e-9))
    last = min(mark for mark in marks if mark >= high * (1 - 1e-9))
    ticks = tuple(mark for mark in marks if first <= mark <= last)
    axis = Axis(first, last, logarithmic=True, ticks=ticks, no_effect=_NO_EFFECT)
    return _thinned(axis, width, size, keep=_NO_EFFECT)


def _thinned(axis: Axis, width: float, size: float, *, keep: float | None) -> Axis:
    """Leave out labels that would touch another; ``keep`` and then the ends come first."""
    wanted = [keep] if keep is not None else []
    wanted += [axis.ticks[0], axis.ticks[-1], *axis.ticks]
    kept: list[float] = []
    for tick in dict.fromkeys(wanted):
        if all(_apart(axis, tick, other, width, size) for other in kept):
            kept.append(tick)
    return Axis(axis.low, axis.high, axis.logarithmic, tuple(sorted(kept)), axis.no_effect)


def _apart(axis: Axis, one: float, other: float, width: float, size: float) -> bool:
    gap = abs(axis.place(one) - axis.place(other)) * width
    return gap >= (label_width(one, size) + label_width(other, size)) / 2 + size * LETTER


def label_width(value: float, size: float) -> float:
    """Return the room that the label of ``value`` takes."""
    return len(number(value)) * size * LETTER
