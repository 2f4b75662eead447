"""Arithmetic on what a source prints: n/N against the percentage beside it.

A fault is said, never repaired.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from osler.model.figure import Figure, Metric
from osler.text.figures import find_figures

_SLACK: Final = 1e-6
_BESIDE: Final = re.compile(r"\s?[(\[,;]\s?")


def share_beside(text: str, one: Figure, other: Figure) -> tuple[Figure, Figure] | None:
    """Return the n/N and the percentage that are printed as one (``19 of 21 (90%)``), or None.

    Args:
        text: What both were read from.
        one: A figure.
        other: The figure that follows it.
    """
    pair = (one, other) if one.metric is Metric.COUNT_OF else (other, one)
    count, percent = pair
    if count.metric is not Metric.COUNT_OF or percent.metric is not Metric.PERCENT or not count.high:
        return None
    single = percent.high is None and percent.relation == "="
    return pair if single and _BESIDE.fullmatch(text, one.end, other.start) else None


def is_right(text: str, count: Figure, percent: Figure) -> bool:
    """Tell whether a printed percentage is n/N by the decimals printed, rounded or cut."""
    decimals = len(text[percent.start : percent.end].partition(".")[2].rstrip("% "))
    return abs(_percent(count) - percent.value) < 10.0**-decimals + _SLACK


def faults_in(text: str) -> tuple[str, ...]:
    """Return what does not add up in the words of one source, each in a few words."""
    figures = find_figures(text)
    found = []
    for one, other in pairwise(figures):
        pair = share_beside(text, one, other)
        if pair is None or is_right(text, *pair):
            continue
        count, percent = (text[figure.start : figure.end] for figure in pair)
        found.append(f"its source prints {percent} for {count}, which is {_percent(pair[0]):.1f}%")
    return tuple(dict.fromkeys(found))


def _percent(count: Figure) -> float:
    return 100 * count.value / (count.high or 1)
