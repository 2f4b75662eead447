"""The figure table: figures of several statements in groups, like with like only.

Unknown is not the same as unknown: where the population or, but for a dose or kinetics, the time point
is not stated, the figures of one statement stand by themselves; a dose then bears as a label what its
sentence says of the people. The two arms of one comparison stand in
one group, which holds only comparisons of the same arms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from osler.model.comparison import FigureGroup, FigureRow, Origin
from osler.model.figure import Metric
from osler.synthesis.arms import key_of
from osler.synthesis.averages import averages_in
from osler.synthesis.compared import compared_in
from osler.synthesis.intervals import wilson
from osler.synthesis.measured import Measured, measured_in
from osler.synthesis.setting import people_shown
from osler.text.drug_names import is_drug
from osler.text.normalise import fold
from osler.text.people import groups_in


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
    arms: tuple[str, str]
    alone: str


def figure_table(cited: Sequence[Cited], drugs: Mapping[str, str]) -> tuple[FigureGroup, ...]:
    """Return the figures of ``cited`` in groups, in order of first mention.

    Args:
        cited: The quotes of an answer, in order.
        drugs: Folded names of drugs that the question used, each with the name it is known by.
    """
    groups: dict[_Key, list[FigureRow]] = {}
    first: dict[_Key, Measured] = {}
    shown: dict[_Key, str] = {}
    for quote in cited:
        own: dict[_Key, list[Measured]] = {}
        for one in _figures_of(quote.text, drugs):
            own.setdefault(_key(one, quote.statement), []).append(one)
        for key, figures in own.items():
            first.setdefault(key, figures[0])
            if figures[0].dose and (people := people_shown(quote.text, groups_in(quote.text))):
                shown.setdefault(key, people)
            rows = list(dict.fromkeys(_row(one, quote) for one in figures))
            if len({row.arm for row in rows}) == len(
                rows
            ):  # else they were told apart by what was not read
                groups.setdefault(key, []).extend(rows)
    return tuple(
        FigureGroup(
            first[key].metric,
            key.unit,
            key.time_point,
            first[key].population or shown.get(key),
            tuple(rows),
            first[key].comparator,
        )
        for key, rows in groups.items()
    )


def _figures_of(text: str, drugs: Mapping[str, str]) -> tuple[Measured, ...]:
    """Return the figures of one quote: those of two arms, else those that stand alone, and doses."""

    def names_drug(word: str) -> bool:
        folded = fold(word)
        return folded in drugs or is_drug(folded)

    compared = compared_in(text, names_drug)
    single = measured_in(text, drugs)
    if compared:
        return (*(one for one in single if one.dose), *compared)
    return (*single, *averages_in(text, drugs))


def _key(one: Measured, statement: str) -> _Key:
    timed = one.time_point is not None or one.timeless
    known = timed and one.population is not None
    people = fold(one.population or "")
    arms = (key_of(one.arms[0]), key_of(one.arms[1])) if one.arms else ("", "")
    alone = "" if known else statement
    return _Key(fold(one.metric), one.unit, one.time_point, people, arms, alone)


def _row(one: Measured, quote: Cited) -> FigureRow:
    """Return the row of a figure; what the source does not print is marked as computed."""
    figure, count = one.figure, one.count
    value: float | None = figure.value
    low: float | None = None
    high: float | None = None
    interval, origin = one.spread, Origin.STATED
    n = of = None
    if count is None and figure.high is not None:
        value, low, high, interval = None, figure.value, figure.high, "range"
    if count is not None:
        n, of = int(count.value), int(count.high) if count.high else None
        if figure.metric is Metric.COUNT_OF and of:
            value, origin = round(100 * n / of, 1), Origin.COMPUTED
    if one.interval is not None:
        low, high = one.interval.value, one.interval.high
        interval = one.spread or "95% CI"
    elif n is not None and of is not None and interval is None:
        (low, high), interval, origin = wilson(n, of), "95% Wilson", Origin.COMPUTED
    return FigureRow(
        value, low, high, interval, n, of, one.dose, origin, quote.statement, quote.source, one.arm
    )
