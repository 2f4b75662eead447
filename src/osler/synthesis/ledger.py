"""The figure ledger of an answer: figures of the same metric, unit, time point and population together.

Rows of two statements share a group only where every one of these is stated and the same. What is not
stated is equal only within one statement, and there only when the arms tell the rows apart. Everything
else stays in a group of its own: no range, table or plot can be made of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from osler.model.comparison import FigureGroup, FigureRow, Origin
from osler.model.figure import Figure, Metric
from osler.synthesis.bound import Bound, bind_statement
from osler.synthesis.intervals import wilson
from osler.synthesis.stated import Stated

_LEVEL: Final = re.compile(r"(\d\d(?:\.\d)?)\s?%")
_BOUNDS: Final = {"<": "below", "<=": "at most", ">": "above", ">=": "at least"}
_CONTROLS: Final = (
    "placebo",
    "sham",
    "standard",
    "usual",
    "control",
    "comparator",
    "vehicle",
    "no treatment",
)
_TIMELESS: Final = (
    "dose of",
    "half-life",
    "bioavailability",
    "clearance",
    "threshold",
    "sensitivity",
    "specificity",
)
"""Metrics that have no time point: for these, none stated is none needed."""


class Key(NamedTuple):
    """What rows of one group have in common; ``alone`` keeps apart what is not fully stated."""

    metric: str
    unit: str
    time_point: str | None
    people: frozenset[str] | None
    alone: str


def ledger_of(statements: Iterable[Stated]) -> tuple[list[Bound], tuple[FigureGroup, ...]]:
    """Return the bound figures of ``statements`` and their groups, each in order of first appearance."""
    bound = [each for stated in statements for each in _told_apart(bind_statement(stated))]
    groups: dict[Key, list[Bound]] = {}
    for each in bound:
        groups.setdefault(key_of(each), []).append(each)
    return bound, tuple(_group(members) for members in groups.values())


def key_of(bound: Bound) -> Key:
    """Return the group of a figure. An unknown population or time point is that of its statement alone."""
    timeless = any(word in bound.metric for word in _TIMELESS)
    known = bound.people is not None and (timeless or bound.time_point is not None)
    alone = "" if known else bound.stated.statement
    return Key(bound.metric, bound.unit, bound.time_point, bound.people, alone)


def _told_apart(figures: list[Bound]) -> list[Bound]:
    """Leave out figures of one statement that share everything, the arm included, and still differ.

    Their sentence tells them apart in a way that was not read, so they must not stand side by side.
    """
    kept = [each for each in figures if each.dose is not None]
    measured = [each for each in figures if each.dose is None]
    times = Counter((key_of(each), each.arm) for each in measured)
    kept += [each for each in measured if times[key_of(each), each.arm] == 1]
    return sorted(kept, key=lambda each: each.figure.start)


def _group(members: Sequence[Bound]) -> FigureGroup:
    first = members[0]
    arms = [each.arm for each in members if each.arm]
    control = next((arm for arm in arms if any(word in arm.lower() for word in _CONTROLS)), None)
    return FigureGroup(
        metric=first.metric,
        unit=first.unit,
        time_point=first.time_point,
        population=first.population,
        comparator=control if len(members) > 1 else None,
        rows=tuple(row_of(each) for each in members),
    )


def row_of(bound: Bound) -> FigureRow:
    """Return the row of a figure; what the source does not print is marked as computed."""
    figure, dose = bound.figure, bound.dose
    value: float | None = figure.value
    low: float | None = None
    high: float | None = None
    interval: str | None = None
    count = _count(bound)
    origin = Origin.STATED
    if count:
        percent = bound.percent or (figure if figure.metric is Metric.PERCENT else None)
        value = percent.value if percent else round(100 * count[0] / count[1], 1)
        origin = Origin.STATED if percent else Origin.COMPUTED
    elif figure.relation in _BOUNDS:
        value, interval = None, _BOUNDS[figure.relation]
        low, high = (None, figure.value) if "<" in figure.relation else (figure.value, None)
    elif figure.high is not None:
        value, low, high, interval = None, figure.value, figure.high, "range"
    if bound.interval is not None:
        low, high, interval = bound.interval.value, bound.interval.high, _named(bound)
    elif count:
        low, high = wilson(*count)
        interval, origin = "95% Wilson", Origin.COMPUTED
    elif bound.spread and interval is None:
        interval = f"± {bound.spread}"
    n, of = count or (None, None)
    return FigureRow(
        value, low, high, interval, n, of, bound.arm, dose, origin, bound.stated.statement, bound.stated.source.id
    )  # fmt: skip


def _count(bound: Bound) -> tuple[int, int] | None:
    """Return n and N where the source prints both."""
    printed: Figure | None = None
    for figure in (bound.figure, bound.percent):
        if figure is not None and figure.metric is Metric.COUNT_OF:
            printed = figure
    if printed is None or printed.high is None:
        return None
    return int(printed.value), int(printed.high)


def _named(bound: Bound) -> str:
    """Return what the interval printed behind an estimate calls itself."""
    assert bound.interval is not None
    shown = bound.stated.text[bound.interval.start : bound.interval.end]
    level = _LEVEL.match(shown)
    return f"{level[1]}% CI" if level else "interval as printed"
