"""Short ways to calculate, for the tests of this folder."""

from __future__ import annotations

from osler.calculators.calculate import calculate
from osler.calculators.calculation import Calculation
from osler.calculators.catalogue import find_definition
from osler.calculators.definition import ItemKind


def compute(name: str, **given: str) -> Calculation:
    """Return the calculation; underscores in item names stand for hyphens."""
    return calculate(find_definition(name), given)


def value(calculation: Calculation, outcome: str = "points") -> float | None:
    """Return one figure of the result."""
    return next(f.value for f in calculation.figures if f.outcome.name == outcome)


def words(calculation: Calculation, outcome: str) -> str:
    """Return one figure of the result as it is shown."""
    return next(f.text for f in calculation.figures if f.outcome.name == outcome)


def points_of(calculation: Calculation, item: str) -> float:
    """Return the points of one item."""
    points = next(line.points for line in calculation.lines if line.name == item)
    assert points is not None
    assert points.known
    return points.low


def all_no(name: str, **changed: str) -> dict[str, str]:
    """Return "no" for every question that is answered with yes or no, and what is ``changed``."""
    answers = {
        item.name.replace("-", "_"): "no"
        for item in find_definition(name).items
        if item.kind is ItemKind.YES_NO
    }
    return answers | changed
