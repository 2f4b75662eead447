"""Figures set beside each other, as plain values.

Display numbers are not here: a row names its source, and rendering gives it a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """Whether everything in a row stands in the cited words, or some of it was worked out from them."""

    STATED = "stated"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose as its sentence gives it; what the sentence leaves out is None.

    Attributes:
        amount: The amount, or the lower bound of a range.
        high: Upper bound of a range, or None.
        unit: Unit without its basis: ``mg``, ``mg/kg``, ``mg/m2``.
        per: ``dose`` or ``day``: what the amount is counted on.
        per_kg: Whether it is counted by body weight.
        frequency: How often, in the words of the sentence (``every 6 to 24 hours``).
        route: How it is given (``intravenous or subcutaneous``).
        maximum: The cap that the sentence adds (``100 mg per dose``).
        duration: For how long (``14 days``).
    """

    amount: float
    high: float | None
    unit: str
    per: str | None
    per_kg: bool
    frequency: str | None = None
    route: str | None = None
    maximum: str | None = None
    duration: str | None = None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of one statement.

    Attributes:
        value: The figure; None for a range.
        low: Lower bound of the interval or range.
        high: Upper bound.
        interval: What ``low`` and ``high`` are: ``95% CI``, ``95% Wilson``, ``IQR``, ``range``, or
            ``interval`` where it is printed without its name; a spread of one number as printed
            (``SD 12.1``), without ``low`` and ``high``; or None.
        n: Count of n/N.
        of: Total of n/N, or None where only the count is printed.
        dose: The dose, or None.
        origin: Stated, or computed from n/N.
        statement: ``st_…`` of the statement it stands in.
        source: ``src_…`` of the source cited.
        arm: The group it was measured in, in the words of the sentence; of a ratio the numerator; None
            where no groups are compared.
    """

    value: float | None
    low: float | None
    high: float | None
    interval: str | None
    n: int | None
    of: int | None
    dose: Dose | None
    origin: Origin
    statement: str
    source: str
    arm: str | None = None


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that stand together: of one metric, unit, time point, population and pair of arms.

    Attributes:
        metric: What they measure (``overall survival``, ``dose of anakinra``, ``odds ratio for death``).
        unit: Unit with its basis (``%``, ``mg/kg/day``); empty for a ratio or score.
        time_point: The time point (``28 days``), or None where the sentence names none.
        population: The people, in the words of the sentence, or None where none were read.
        rows: The figures, in the order of the statements; an arm before its comparator.
        comparator: The group that others are compared with, or None where no groups are compared.
    """

    metric: str
    unit: str
    time_point: str | None
    population: str | None
    rows: tuple[FigureRow, ...]
    comparator: str | None = None
