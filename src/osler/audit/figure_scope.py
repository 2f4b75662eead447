"""Whether evidence carries a figure with what the claim says of it: its outcome, time, people, dose.

Also the range over unlike figures: a least and a greatest value that no source gives as one range, taken
from sentences on different outcomes, people or times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from osler.audit.evidence import FINDINGS, Said, carriers, people_in
from osler.audit.findings import Finding, objection
from osler.model.figure import Figure, Metric
from osler.model.verdict import Check
from osler.text.drug_names import drugs_in
from osler.text.figures import canonical_unit, same_value
from osler.text.outcomes import are_alike, outcomes_in, time_points_in, times_in
from osler.text.people import NARROW, exclude_each_other
from osler.verify.figures import figures_of
from osler.verify.wording import share

_PER_DOSE: Final = re.compile(
    r"\bper dose\b|\bin each dose\b|\beach dose\b|\bevery \d+(?:[ -–to]+\d+)? h", re.I
)
_PER_DAY: Final = re.compile(r"/day\b|/d\b|\bper day\b|\ba day\b|\bdaily\b", re.I)
_RATE: Final = re.compile(r"(?:/(?:dose|day|h|week|month)\b|\s\d+x/).*$")
_MOST: Final = re.compile(
    r"\bmax(?:imum|imal)?\b|\bat most\b|\bup to\b|\bnot (?:more than|exceed)\w*", re.I
)


@dataclass(frozen=True, slots=True)
class Scope:
    """What is wrong with the figures of a claim, and the sentences that show it."""

    checks: tuple[Check, ...] = ()
    shown: tuple[Said, ...] = ()


def check_scope(claim: str, said: Sequence[Said], best: Said | None) -> Scope:
    """Return what is wrong with the figures of ``claim``, one finding of a kind at most.

    Args:
        claim: What is judged.
        said: Every sentence found.
        best: The sentence that carries the whole claim, if one does.
    """
    found: dict[str, Check] = {}
    shown: dict[Said, None] = {}
    for figure in figures_of(claim):
        if figure.metric not in FINDINGS:
            continue
        near = [best] if best is not None and _states(best, figure) else carriers(figure, claim, said)
        other_rate = (
            None if near or figure.metric is not Metric.DOSE else _other_rate(claim, figure, said)
        )
        if other_rate is not None:
            found.setdefault(Finding.DOSE.value, other_rate[0])
            shown[other_rate[1]] = None
        elif near:
            for check in _faults(claim, figure, near[0], has_other=len(near) > 1):
                found.setdefault(check.check, check)
        elif figure.high is not None and figure.metric is not Metric.COUNT_OF:
            fault, ends = _range_fault(claim, figure, said)
            if fault:
                found.setdefault(Finding.RANGE.value, objection(Finding.RANGE, fault))
            for value, end in zip((figure.value, figure.high), ends, strict=False):
                shown[end] = None
                for check in _unlike(claim, f"{value:g}{'%' if figure.unit == '%' else ''}", end):
                    found.setdefault(check.check, check)
    return Scope(tuple(found.values()), tuple(shown))


def ends_without_range(claim: str, said: Sequence[Said]) -> tuple[str, ...]:
    """Return the ends, as numbers, of the ranges of ``claim`` that no sentence found gives."""
    ends: list[str] = []
    for figure in figures_of(claim):
        is_range = figure.high is not None and figure.metric not in {Metric.COUNT_OF, Metric.INTERVAL}
        if is_range and figure.metric in FINDINGS and not carriers(figure, claim, said):
            ends += (f"{figure.value:g}", f"{figure.high:g}")
    return tuple(ends)


def _states(said: Said, figure: Figure) -> bool:
    return any(same_value(figure, other) for other in figures_of(said.text))


def _faults(claim: str, figure: Figure, near: Said, *, has_other: bool) -> list[Check]:
    shown = claim[figure.start : figure.end]
    checks = _unlike(claim, shown, near)
    if not has_other:
        checks += _population(claim, shown, near)
    if figure.metric is Metric.DOSE:
        checks += _dose(claim, figure, near)
    return checks


def _unlike(claim: str, shown: str, near: Said) -> list[Check]:
    """Return how outcome and time of the figure ``shown`` differ between ``claim`` and evidence."""
    around = f"{near.text} . {near.source.title or ''}"
    checks = []
    ours, theirs = outcomes_in(claim), outcomes_in(around)
    if ours and theirs and not are_alike(ours, theirs):
        reason = f"in the evidence {shown!r} is of {_listed(theirs)}, not of {_listed(ours)}"
        checks.append(objection(Finding.METRIC, reason))
    elif "cumulative incidence" in ours - theirs:
        reason = f"the evidence gives {shown!r}, but no cumulative incidence"
        checks.append(objection(Finding.METRIC, reason))
    known = {(number, unit) for number, unit, _ in times_in(around)}
    strange = [words for number, unit, words in time_points_in(claim) if (number, unit) not in known]
    if strange:
        reason = f"the evidence gives {shown!r} without the time point {strange[0]!r}"
        checks.append(objection(Finding.TIME_POINT, reason))
    return checks


def _listed(names: frozenset[str]) -> str:
    return " and ".join(sorted(names))


def _population(claim: str, shown: str, near: Said) -> list[Check]:
    ours, theirs = people_in(claim), near.groups
    if ours & theirs:
        return []
    other = next((g for g in sorted(theirs) if any(exclude_each_other(g, mine) for mine in ours)), None)
    if other is not None:
        reason = f"{shown!r} was found in {other.value}, not in {sorted(ours)[0].value}"
        return [objection(Finding.POPULATION, reason)]
    narrow = sorted(group for group in people_in(near.text) & NARROW if group not in ours)
    if narrow and not ours:
        reason = f"{shown!r} was found in {narrow[0].value}; the text does not say so"
        return [objection(Finding.POPULATION, reason)]
    return []


def _dose(claim: str, figure: Figure, near: Said) -> list[Check]:
    """Return what of the evidence's dose has been lost: per dose or per day, and the maximum."""
    per_dose = _PER_DOSE.search(near.text) and not _PER_DAY.search(near.text)
    if per_dose and _PER_DAY.search(claim) and not _PER_DOSE.search(claim):
        return [objection(Finding.DOSE, "the evidence gives the dose per dose, the text per day")]
    most = _MOST.search(near.text)
    after = [f for f in figures_of(near.text) if most and f.start >= most.end()]
    shown = claim[figure.start : figure.end]
    if most and after and not _MOST.search(claim) and not same_value(after[0], figure):
        limit = near.text[after[0].start : after[0].end]
        return [
            objection(
                Finding.DOSE, f"the evidence limits {shown!r} to at most {limit!r}; the text drops it"
            )
        ]
    return []


def _other_rate(claim: str, figure: Figure, said: Sequence[Said]) -> tuple[Check, Said] | None:
    """Return the objection to a dose that the evidence gives by another rate, and where it gives it.

    ``2-4 mg/kg per dose`` is not ``2-4 mg/kg per day``.
    """
    amount, rate = _split_unit(figure.unit)
    drugs = drugs_in(claim)
    for each in sorted(said, key=lambda each: -share(claim, each.text)):
        if drugs and not drugs & drugs_in(each.text):
            continue
        for other in figures_of(each.text):
            theirs = _split_unit(other.unit)
            same = (other.value, other.high, theirs[0]) == (figure.value, figure.high, amount)
            if same and rate and theirs[1] and rate != theirs[1]:
                ours, given = claim[figure.start : figure.end], each.text[other.start : other.end]
                return objection(Finding.DOSE, f"the evidence gives {given!r}, not {ours!r}"), each
    return None


def _split_unit(unit: str) -> tuple[str, str]:
    """Return the amount of a dose's unit and its rate: ``mg/kg`` and ``day``."""
    found = _RATE.search(canonical_unit(unit))
    return (unit[: found.start()], found.group().strip("/ ")) if found else (unit, "")


def _range_fault(claim: str, figure: Figure, said: Sequence[Said]) -> tuple[str, tuple[Said, ...]]:
    """Return why a range that no source gives joins what does not belong together, and its ends."""
    shown = claim[figure.start : figure.end]
    low = _ends(claim, replace(figure, high=None), said)
    high = _ends(claim, replace(figure, value=figure.high or 0.0, high=None), said)
    if not low or not high:
        return f"no source found gives {shown!r} as a range", ()
    if any(one == other for one in low for other in high):
        return "", ()
    one, other = low[0], high[0]
    return f"no source gives {shown!r} as a range: {_difference(one, other)}", (one, other)


def _ends(claim: str, end: Figure, said: Sequence[Said]) -> list[Said]:
    """Return the sentences in which one end of a range stands, alone or as an end of another range."""
    direct = carriers(end, claim, said)
    within = [each for each in said if any(_has_end(f, end) for f in figures_of(each.text))]
    return direct or within


def _has_end(figure: Figure, end: Figure) -> bool:
    same_unit = canonical_unit(figure.unit) == canonical_unit(end.unit)
    return same_unit and figure.metric is end.metric and end.value in (figure.value, figure.high)


def _difference(one: Said, other: Said) -> str:
    """Return how the two sentences that the ends were taken from differ."""
    ours, theirs = outcomes_in(one.text), outcomes_in(other.text)
    if ours and theirs and not are_alike(ours, theirs):
        return f"its ends are of {_listed(ours)} and of {_listed(theirs)}"
    if one.groups and other.groups and one.groups != other.groups:
        return f"its ends come from {sorted(one.groups)[0].value} and {sorted(other.groups)[0].value}"
    times, others = times_in(one.text), times_in(other.text)
    if times and others and {t[:2] for t in times} != {t[:2] for t in others}:
        return f"its ends belong to {times[0][2]!r} and {others[0][2]!r}"
    if one.source.id != other.source.id:
        return "its ends come from two sources that were not put together"
    return "its ends come from two sentences on different findings"
