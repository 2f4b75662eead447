"""The figure table: figures of several statements in groups, like with like only.

Unknown is not the same as unknown: where the population or, for a share, the time point is not stated,
the figures of one statement stand by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from osler.model.comparison import FigureGroup, FigureRow, Origin
from osler.synthesis.intervals import wilson
from osler.synthesis.measured import Measured, measured_in
from osler.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Cited:
    """Words that a statement cites.

    Attributes:
        statement: ``st_…``.
        source: ``src_…``.
        text: The quote.
    """

    statement: str
    source: str
    text: str


class _Key(NamedTuple):
    """What figures of one group have in common; ``alone``: the statement, where something is unknown."""

    metric: str
    unit: str
    time_point: str | None
    population: str
    alone: str


def figure_table(cited: Sequence[Cited], drugs: Mapping[str, str]) -> tuple[FigureGroup, ...]:
    """Return the figures of ``cited`` in groups, in order of first mention.

    Args:
        cited: The quotes of an answer, in order.
        drugs: Folded names of drugs that the question used, each with the name it is known by.
    """
    groups: dict[_Key, list[FigureRow]] = {}
    people: dict[_Key, str | None] = {}
    for quote in cited:
        own: dict[_Key, list[Measured]] = {}
        for one in measured_in(quote.text, drugs):
            own.setdefault(_key(one, quote.statement), []).append(one)
        for key, figures in own.items():
            people.setdefault(key, figures[0].population)
            rows = dict.fromkeys(_row(one, quote) for one in figures)
            if len(rows) == 1:  # two that differ were told apart in a way that was not read
                groups.setdefault(key, []).extend(rows)
    return tuple(
        FigureGroup(key.metric, key.unit, key.time_point, people[key], tuple(rows))
        for key, rows in groups.items()
    )


def _key(one: Measured, statement: str) -> _Key:
    timed = one.time_point is not None or one.unit != "%"
    known = timed and one.population is not None
    people = fold(one.population or "")
    return _Key(one.metric, one.unit, one.time_point, people, "" if known else statement)


def _row(one: Measured, quote: Cited) -> FigureRow:
    """Return the row of a figure; what the source does not print is marked as computed."""
    figure, count = one.figure, one.count
    value: float | None = figure.value
    low: float | None = None
    high: float | None = None
    interval, origin = None, Origin.STATED
    n = of = None
    if count is None and figure.high is not None:
        value, low, high, interval = None, figure.value, figure.high, "range"
    if count is not None:
        n, of = int(count.value), int(count.high or 0)
        if figure is count:
            value, origin = round(100 * n / of, 1), Origin.COMPUTED
    if one.interval is not None:
        low, high, interval = one.interval.value, one.interval.high, "95% CI"
    elif n is not None and of is not None:
        (low, high), interval, origin = wilson(n, of), "95% Wilson", Origin.COMPUTED
    return FigureRow(value, low, high, interval, n, of, one.dose, origin, quote.statement, quote.source)
