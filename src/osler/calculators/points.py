"""Points: what each answer scores, and their sum.

An unknown answer scores a range, from the least to the most that its item can give, and so does the sum:
a score that leaves something open says by how much.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osler.calculators.amount import Amount, Answer
from osler.calculators.definition import UNKNOWN, Band, Cut, Definition, GroupRule, Item, ItemKind


@dataclass(frozen=True, slots=True)
class Points:
    """From ``low`` to ``high`` points; both are the same unless something is unknown."""

    low: float
    high: float

    def __add__(self, other: Points) -> Points:
        return Points(self.low + other.low, self.high + other.high)

    @property
    def known(self) -> bool:
        """Whether nothing is left open."""
        return self.low == self.high


NONE = Points(0, 0)


def score_item(item: Item, answers: Mapping[str, Answer]) -> Points:
    """Return the points of ``item``; none where it was not given and is not required."""
    answer = answers.get(item.name)
    if answer is None:
        return NONE
    if item.kind is not ItemKind.QUANTITY:
        given = [choice.points for choice in item.choices if answer in (choice.name, UNKNOWN)]
        return Points(min(given), max(given))
    if answer == UNKNOWN:
        possible = [band.points for band in item.bands if _holds(band, answers)]
        return Points(min(possible), max(possible)) if possible else NONE
    assert isinstance(answer, Amount)  # noqa: S101 - a quantity is read as an amount or as unknown
    for band in item.bands:
        if _holds(band, answers) and is_within(answer, band.cut):
            return Points(band.points, band.points)
    return NONE


def is_within(amount: Amount, cut: Cut) -> bool:
    """Return whether ``amount`` lies within ``cut``, held against the limits of the unit it came in."""
    if cut.at_least is not None:
        value, limit = amount.within(cut.at_least)
        if value < limit:
            return False
    if cut.above is not None:
        value, limit = amount.within(cut.above)
        if value <= limit:
            return False
    if cut.below is not None:
        value, limit = amount.within(cut.below)
        if value >= limit:
            return False
    if cut.up_to is not None:
        value, limit = amount.within(cut.up_to)
        return value <= limit
    return True


def score_group(definition: Definition, group: str, by_item: Mapping[str, Points]) -> Points:
    """Return what the items of ``group`` count for together."""
    rule = next(entry for entry in definition.groups if entry.name == group)
    members = [by_item[item.name] for item in definition.items if item.group == group]
    if rule.rule is GroupRule.HIGHEST:
        return Points(max(p.low for p in members), max(p.high for p in members))
    sure = sum(points.low > 0 for points in members)
    possible = sum(points.high > 0 for points in members)
    return Points(float(sure >= rule.needs), float(possible >= rule.needs))


def score(definition: Definition, answers: Mapping[str, Answer]) -> tuple[Points, dict[str, Points]]:
    """Return the sum of points, and those of each item and group by name."""
    parts = {item.name: score_item(item, answers) for item in definition.items}
    counted = [parts[item.name] for item in definition.items if not item.group]
    for group in definition.groups:
        parts[group.name] = score_group(definition, group.name, parts)
        counted.append(parts[group.name])
    return sum(counted, NONE), parts


def _holds(band: Band, answers: Mapping[str, Answer]) -> bool:
    """Return whether the other items are as the band wants them; those can never be unknown."""
    return all(answers.get(name) == wanted for name, wanted in band.only_if.items())
