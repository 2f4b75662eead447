"""Arithmetic on what a source prints.

n/N is held against its percentage, arms against their total, a ratio against its interval. A fault is
said, never repaired.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from osler.model.figure import Figure, Metric
from osler.text.figures import find_figures

_SLACK: Final = 1e-6
_BESIDE: Final = re.compile(r"\s?[(\[,;]\s?")
_ALLOCATED: Final = re.compile(
    r"(?<![\d.,])(?<!\d\s)(?<!\bin\s)(?P<total>\d{1,3}(?:,\d{3})+|\d+)\s(?:[^\W\d][\w-]*\s){0,3}?"
    r"(?:patients|participants|subjects|children|women"
    r"|men|adults|infants|volunteers|people)\s(?:with\s(?:[\w-]+\s){1,4})?(?:were|was)\s(?:\w+ly\s)?"
    r"(?:randomi[sz]ed|assigned|allocated|divided)\b(?P<arms>(?:[^.;:]|\.(?=\d))+)"
)
_ARM_SIZE: Final = re.compile(r"\b[nN]\s?=\s?(?P<n>\d{1,3}(?:,\d{3})+|\d+)(?![\d,.]*\d)")
_PARTLY: Final = re.compile(
    r"\b(?:of\swhom|remaining|others?|excluded|withdr\w+|dropped|completed|analy[sz]ed|stages?"
    r"|phases?|ratio)\b|%"
)
_PRINTED_BESIDE: Final = re.compile(r"\s?[(\[,;:]\s?")


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
    found = [*_arms_and_total(text), *_outside_interval(text, figures)]
    for one, other in pairwise(figures):
        pair = share_beside(text, one, other)
        if pair is None or is_right(text, *pair):
            continue
        count, percent = (text[figure.start : figure.end] for figure in pair)
        found.append(f"its source prints {percent} for {count}, which is {_percent(pair[0]):.1f}%")
    return tuple(dict.fromkeys(found))


def _arms_and_total(text: str) -> Iterator[str]:
    """Yield the sums of arms that are not the number said to be shared among them."""
    for found in _ALLOCATED.finditer(text):
        sizes = [int(size["n"].replace(",", "")) for size in _ARM_SIZE.finditer(found["arms"])]
        total = int(found["total"].replace(",", ""))
        listed = re.sub(r"\([^()]*\)", "", found["arms"])
        if len(sizes) < 2 or total in accumulate(sizes) or _PARTLY.search(found["arms"]):
            continue
        if sum(sizes) < total and len(re.findall(r"\b(?:or|and|versus|vs)\b|,", listed)) >= len(sizes):
            continue  # an arm may be named without its size
        shown = " + ".join(str(size) for size in sizes)
        yield f"its source prints arms of {shown} for {total} in all, which is {sum(sizes)}"


def _outside_interval(text: str, figures: Sequence[Figure]) -> Iterator[str]:
    """Yield the ratios that lie outside the interval printed directly behind them."""
    for one, other in pairwise(figures):
        if one.metric is not Metric.RATIO or other.metric is not Metric.INTERVAL or other.high is None:
            continue
        if not text[other.end :].strip(" .)]") and text[other.end - 2 : other.end] == "-0":
            continue  # a sentence cut at the point of a decimal
        single = one.relation == "=" and one.high is None and not other.unit
        if not single or not _PRINTED_BESIDE.fullmatch(text, one.end, other.start):
            continue
        if not min(other.value, other.high) <= one.value <= max(other.value, other.high):
            ratio, interval = (text[figure.start : figure.end] for figure in (one, other))
            yield f"its source prints {ratio} outside its interval, {interval}"


def _percent(count: Figure) -> float:
    return 100 * count.value / (count.high or 1)
