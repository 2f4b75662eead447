"""Arithmetic on what a source prints: shares, arms, intervals, units. A fault is said, never repaired."""

from __future__ import annotations

import re
from typing import Final

from osler.model.figure import Figure, Metric
from osler.text.figures import find_figures

_SLACK: Final = 1e-6
_BESIDE: Final = re.compile(r"(?:\s[\w-]+){0,4}\s?[(\[,]\s?|\s?[(\[]\s?")
_ALLOCATED: Final = re.compile(r"\b(?:randomi[sz]ed|randomly|assigned|allocated)\b", re.IGNORECASE)
_TOTAL: Final = re.compile(
    r"\s(?:[\w-]+\s){0,3}(?:patients|participants|people|adults|children|women|men|subjects|infants|individuals)\b"
)
_ARM: Final = re.compile(r"\bn\s?=\s?[\d,]+", re.IGNORECASE)
_UNITS: Final = {"ferritin": frozenset({"ng/mL", "µg/L", "pmol/L"})}
"""Units that HLH-2004 and the HScore give (``µg/L``, ``ng/mL``), and the molar one, by analyte."""
_MASS_IN_VOLUME: Final = re.compile(r"(?:g|mg|µg|ng|pg)/(?:L|dL|mL|µL)")


def faults_in(text: str) -> tuple[str, ...]:
    """Return what does not add up in the words of one source, each in a few words; empty when all does."""
    figures = find_figures(text)
    found = [*_shares(text, figures), *_arms(text, figures), *_intervals(text, figures)]
    return tuple(dict.fromkeys([*found, *_units(text, figures)]))


def _shares(text: str, figures: list[Figure]) -> list[str]:
    """n/N against the percent printed beside it, by the decimals printed; rounding and cutting both pass."""
    found = []
    for one, other in zip(figures, figures[1:], strict=False):
        pair = (one, other) if one.metric is Metric.COUNT_OF else (other, one)
        count, percent = pair
        if count.metric is not Metric.COUNT_OF or percent.metric is not Metric.PERCENT or not count.high:
            continue
        if (
            percent.high is not None
            or percent.relation != "="
            or not _BESIDE.fullmatch(text, one.end, other.start)
        ):
            continue
        shown = text[percent.start : percent.end]
        decimals = len(shown.partition(".")[2].rstrip("% "))
        right = 100 * count.value / count.high
        if abs(right - percent.value) >= 10.0**-decimals + _SLACK:
            words = text[count.start : count.end]
            found.append(f"its source prints {shown} for {words}, which is {right:.1f}%")
    return found


def _arms(text: str, figures: list[Figure]) -> list[str]:
    """The arms of a randomised sentence against its total, where it gives both."""
    if not _ALLOCATED.search(text):
        return []
    arms = [f for f in figures if f.unit == "n" and f.relation == "=" and _ARM.match(text, f.start)]
    totals = [
        f for f in figures if f.metric is Metric.NUMBER and not f.unit and _TOTAL.match(text, f.end)
    ]  # fmt: skip
    if len(arms) < 2 or len(totals) != 1 or totals[0].start > arms[0].start:
        return []
    added, total = sum(f.value for f in arms), totals[0].value
    return (
        [f"the arms of its source add up to {added:g}, its total is {total:g}"] if added > total else []
    )


def _intervals(text: str, figures: list[Figure]) -> list[str]:
    """An estimate inside the interval printed directly behind it."""
    found = []
    for one, other in zip(figures, figures[1:], strict=False):
        if other.metric is not Metric.INTERVAL or other.high is None or one.high is not None:
            continue
        if one.metric not in {Metric.RATIO, Metric.PERCENT} or one.relation != "=":
            continue
        if not re.fullmatch(r"\s?[(\[,;:]?\s?", text[one.end : other.start]):
            continue
        if not other.value - _SLACK <= one.value <= other.high + _SLACK:
            shown, around = text[one.start : one.end], text[other.start : other.end]
            found.append(f"its source prints {shown} outside its own interval ({around})")
    return found


def _units(text: str, figures: list[Figure]) -> list[str]:
    """A concentration in a unit that its analyte is not given in, such as ferritin in µg/mL."""
    found = []
    for analyte, units in _UNITS.items():
        for figure in figures:
            if not _MASS_IN_VOLUME.fullmatch(figure.unit) or figure.unit in units:
                continue
            before = text[max(0, figure.start - 40) : figure.start].lower()
            if re.search(rf"\b{analyte}\b[^,;.]*$", before):
                usual = " or ".join(sorted(units & {"ng/mL", "µg/L"}))
                shown = text[figure.start : figure.end]
                found.append(f"its source gives {analyte} as {shown}; the usual unit is {usual}")
    return found
