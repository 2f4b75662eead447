"""Numbers as a text states them: typed, with unit, relation and exact span.

A small grammar over the tokens of ``figure_tokens``: a phrase is tried at each token, longest kinds
first (p-value, interval, ratio, n of N), then a measure (number, range, unit). Nothing is computed or
converted; a number inside a name (``IL-6``) or a reference mark (``[12]``) is not a figure.
"""

from __future__ import annotations

import math

from osler.model.figure import Figure, Metric
from osler.text.figure_tokens import Token, may_hold_figures, tokens_of
from osler.text.grammar import Reader
from osler.text.units import canonical_unit

__all__ = ["canonical_unit", "find_figures", "same_value"]


def find_figures(text: str) -> list[Figure]:
    """Return the figures of ``text``, in order and not overlapping; the span is what was read."""
    if not may_hold_figures(text):
        return []
    tokens: list[Token] = tokens_of(text)
    return Reader(tokens).read()


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
