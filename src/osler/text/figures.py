"""Numbers as a text states them: typed, with unit, relation and exact span.

A small grammar over the tokens of ``figure_tokens``: a phrase is tried at each token, longest kinds
first (p-value, interval, ratio, n of N), then a measure (number, range, unit). Nothing is computed or
converted; a number inside a name (``IL-6``) or a reference mark (``[12]``) is not a figure.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache

from osler.model.figure import Figure, Metric
from osler.text.figure_tokens import tokens_of
from osler.text.grammar import Reader
from osler.text.units import canonical_unit

__all__ = ["canonical_unit", "find_figures", "same_value"]


def find_figures(text: str) -> list[Figure]:
    """Return the figures of ``text``, in order and not overlapping; the span is what was read."""
    return list(_read(text))


@lru_cache(maxsize=2048)
def _read(text: str) -> tuple[Figure, ...]:
    """Read a text once: the judge, the figure table and the arithmetic all ask for its figures."""
    tokens = tokens_of(text)
    return tuple(_share_units(text, Reader(tokens).read())) if tokens else ()


_SHARED = frozenset({Metric.PERCENT, Metric.DOSE, Metric.QUANTITY, Metric.DURATION, Metric.AGE})
_JOINS = frozenset(
    {"and", "or", "vs", "vs.", "versus", "v", "v.", "to", "through", ", and", ", or", "but"}
)


def _share_units(text: str, figures: list[Figure]) -> list[Figure]:
    """Give the numbers of a list the unit printed once at its end: ``35 vs. 95 ng/mL``."""
    inherited = False
    for i in range(len(figures) - 2, -1, -1):
        left, right = figures[i], figures[i + 1]
        bare = left.metric is Metric.NUMBER and not left.unit and right.metric in _SHARED
        near = bare and right.start - left.end < 12
        join = text[left.end : right.start].strip().lower() if near else ""
        if not (join in _JOINS or (join == "," and inherited)) or _is_year(left):
            inherited = False
            continue
        figures[i] = replace(left, metric=right.metric, unit=right.unit)
        inherited = True
    return figures


def _is_year(figure: Figure) -> bool:
    return 1900 <= figure.value <= 2100 and figure.end - figure.start == 4


_KIN = (
    frozenset({Metric.AGE, Metric.DURATION}),
    frozenset({Metric.DOSE, Metric.QUANTITY}),
    frozenset({Metric.NUMBER, Metric.QUANTITY}),
)


def same_value(a: Figure, b: Figure) -> bool:
    """Return whether two figures state the same number.

    Strict: equal numbers (``0.50`` equals ``0.5``, nothing is rounded), equal unit after folding of
    spelling, equal relation, and metrics that are equal or differ only by the words beside the number
    (an age is a duration, a dose a quantity).
    """
    if a.relation != b.relation or canonical_unit(a.unit) != canonical_unit(b.unit):
        return False
    if a.metric is not b.metric and not any({a.metric, b.metric} <= kin for kin in _KIN):
        return False
    if not math.isclose(a.value, b.value, rel_tol=1e-9, abs_tol=1e-12):
        return False
    if a.high is None or b.high is None:
        return a.high is b.high
    return math.isclose(a.high, b.high, rel_tol=1e-9, abs_tol=1e-12)
