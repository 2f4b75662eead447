"""A figure: a number as a text states it, typed, with its span."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Metric(StrEnum):
    """What kind of number it is, as far as the words beside it say."""

    PERCENT = "percent"
    COUNT_OF = "count_of"
    INTERVAL = "interval"
    P_VALUE = "p_value"
    RATIO = "ratio"
    DOSE = "dose"
    DURATION = "duration"
    AGE = "age"
    QUANTITY = "quantity"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number found in a text; ``text[start:end]`` is exactly what was read.

    Attributes:
        metric: Kind of number.
        value: The number; for a range or an interval its lower bound; for n/N the count.
        high: Upper bound of a range or interval; the total of n/N; None otherwise.
        unit: Unit in folded spelling (``mg/kg/day``), empty when the text gives none.
        relation: ``=``, ``<``, ``<=``, ``>``, ``>=`` or ``~``.
        start: First code point.
        end: One past the last.
    """

    metric: Metric
    value: float
    unit: str
    start: int
    end: int
    high: float | None = None
    relation: str = "="
