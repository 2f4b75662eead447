"""Where classes of a thing begin and end, as texts say it, and where two of them leave a gap or overlap.

``mild below 30, severe above 35`` leaves 30 to 35 in no class. Read is only a class that stands before
its figure with nothing but a few words between, or directly behind it as what it is called; what
measures it are the names among these words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from osler.model.figure import Figure, Metric
from osler.text.figures import find_figures
from osler.text.lists import word_set
from osler.text.names import key_word
from osler.text.normalise import fold

_SCALES: Final = {
    "severity": ("mild", "moderate", "severe", "very severe"),
    "risk": ("low", "intermediate", "high", "very high"),
}
_SEVERITY: Final = r"(?P<severity>very severe|severe|moderate|mild)(?:ly)?"
_RISK: Final = r"(?P<risk>very high|high|intermediate|low)(?= ?-?risk)-? ?risk"
_NUMBERED: Final = r"(?P<named>grade|stage|class) (?P<number>\d|iv|i{1,3})"
_CLASS: Final = re.compile(rf"(?<![\w-])(?:{_SEVERITY}|{_RISK}|{_NUMBERED})(?![\w-])", re.IGNORECASE)
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ENDS: Final = re.compile(r"[.;]\s|\bnot\b", re.IGNORECASE)
_EXCEEDS: Final = re.compile(r"\bexceed(?:s|ing|ed)?\s$", re.IGNORECASE)
_IS_CLASS: Final = re.compile(
    r"\)?,?\s(?:(?:is|are|was|were)(?:\s(?:considered|called|termed|(?:classed|classified|defined"
    r"|regarded)\sas))?|means?|indicates?|defines?|denotes?)\s(?:an?\s)?",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[.;:,]\s|\b(?:and|while|whereas|but)\s", re.IGNORECASE)
_MEASURES: Final = frozenset(
    {Metric.QUANTITY, Metric.NUMBER, Metric.PERCENT, Metric.DURATION, Metric.AGE}
)
WORDS_BETWEEN: Final = 8
_FILLERS: Final = word_set(
    """
    a about above an and any are as at be below between by class considered defined disease equal exceed
    exceeding exceeds from group grade has have if in infection is level levels means of or patients
    range ranging score stage than that the those to value values was were when which with
    """
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """One class with its limits.

    Attributes:
        scale: ``severity``, ``risk``, ``grade``, ``stage`` or ``class``.
        name: As shown.
        rank: Its place on the scale.
        measure: Key words of what measures it; empty where the text does not repeat them.
        unit: Unit of the limits.
        low: Lower limit, or minus infinity.
        high: Upper limit, or infinity.
        holds_low: Whether the lower limit itself belongs to it.
        holds_high: Whether the upper limit itself belongs to it.
        is_whole: Whether its limits are whole numbers, so that 29 and 30 are neighbours.
    """

    scale: str
    name: str
    rank: int
    measure: frozenset[str]
    unit: str
    low: float
    high: float
    holds_low: bool
    holds_high: bool
    is_whole: bool

    @property
    def shown(self) -> str:
        """The class with its limits: ``mild < 30 mg/L``."""
        unit = f" {self.unit}" if self.unit else ""
        if math.isinf(self.low):
            return f"{self.name} {'≤' if self.holds_high else '<'} {self.high:g}{unit}"
        if math.isinf(self.high):
            return f"{self.name} {'≥' if self.holds_low else '>'} {self.low:g}{unit}"
        return f"{self.name} {self.low:g} to {self.high:g}{unit}"


def bounds_in(text: str) -> tuple[Bounds, ...]:
    """Return the classes whose limits ``text`` gives, in order."""
    figures = [_read(text, one) for one in find_figures(text) if one.metric in _MEASURES]
    classes = list(_CLASS.finditer(text))
    found: list[Bounds] = []
    for place, named in enumerate(classes):
        last = classes[place + 1].start() if place + 1 < len(classes) else len(text)
        inside = [one for one in figures if named.end() <= one.start and one.end <= last]
        made = _bounds(text, named, inside) or _bounds_before(text, named, figures)
        if made is not None:
            found.append(made)
    return tuple(_with_units(found))


def _bounds(text: str, named: re.Match[str], figures: Sequence[Figure]) -> Bounds | None:
    """Return the class ``named`` with the limits in the figure that is bound to it, or None."""
    if not figures:
        return None
    first = figures[0]
    between = text[named.end() : first.start]
    if len(between.split()) > WORDS_BETWEEN or _ENDS.search(between):
        return None
    limits = _limits(first)
    if limits is None:
        return None
    low, high, holds_low, holds_high = limits
    second = figures[1] if len(figures) > 1 else None
    joined = second is not None and text[first.end : second.start].strip().lower() in {
        "and",
        "but",
        "to",
    }
    if joined and second is not None and (more := _limits(second)) is not None:
        low, holds_low = (low, holds_low) if low >= more[0] else (more[0], more[2])
        high, holds_high = (high, holds_high) if high <= more[1] else (more[1], more[3])
    scale, name, rank = _class(named)
    whole = all(math.isinf(limit) or limit == int(limit) for limit in (low, high))
    return Bounds(
        scale, name, rank, _measure(between), first.unit.replace("score", ""), low, high, holds_low,
        holds_high, whole,
    )  # fmt: skip


def _read(text: str, figure: Figure) -> Figure:
    """Return ``figure`` with the relation that a verb before it tells."""
    over = figure.relation == "=" and figure.high is None and _EXCEEDS.search(text[: figure.start])
    return replace(figure, relation=">") if over else figure


def _bounds_before(text: str, named: re.Match[str], figures: Sequence[Figure]) -> Bounds | None:
    """Return the class ``named`` with the limits before it (``below 30 mg/L is mild``), or None."""
    before = [one for one in figures if one.end <= named.start()]
    if not before or not _IS_CLASS.fullmatch(text, before[-1].end, named.start()):
        return None
    figure = before[-1]
    limits = _limits(figure)
    if limits is None:
        return None
    low, high, holds_low, holds_high = limits
    clause = _CLAUSE.split(text[: figure.start])[-1]
    scale, name, rank = _class(named)
    whole = all(math.isinf(limit) or limit == int(limit) for limit in (low, high))
    return Bounds(
        scale, name, rank, _measure(" ".join(clause.split()[-WORDS_BETWEEN:])),
        figure.unit.replace("score", ""), low, high, holds_low, holds_high, whole,
    )  # fmt: skip


def _limits(figure: Figure) -> tuple[float, float, bool, bool] | None:
    if figure.high is not None:
        return figure.value, figure.high, True, True
    if figure.relation in {"<", "<="}:
        return -math.inf, figure.value, False, figure.relation == "<="
    if figure.relation in {">", ">="}:
        return figure.value, math.inf, figure.relation == ">=", False
    return None


def _class(named: re.Match[str]) -> tuple[str, str, int]:
    for scale, names in _SCALES.items():
        if named[scale]:
            name = named[scale].lower()
            return scale, f"{name} risk" if scale == "risk" else name, names.index(name)
    number = named["number"].lower()
    return named["named"].lower(), fold(named.group()), _ROMAN.get(number) or int(number)


def _measure(between: str) -> frozenset[str]:
    words = (word.strip("():,=[]") for word in fold(between).split())
    return frozenset(key_word(word) for word in words if word.isalpha() and word not in _FILLERS)


def _with_units(found: Sequence[Bounds]) -> Iterable[Bounds]:
    """Yield the classes of one text; a unit or measure printed once holds for those beside it."""
    units = {one.unit for one in found if one.unit}
    measures = {one.measure for one in found if one.measure}
    for one in found:
        yield Bounds(
            one.scale,
            one.name,
            one.rank,
            one.measure or (next(iter(measures)) if len(measures) == 1 else one.measure),
            one.unit or (next(iter(units)) if len(units) == 1 else ""),
            one.low,
            one.high,
            one.holds_low,
            one.holds_high,
            one.is_whole,
        )


@dataclass(frozen=True, slots=True)
class Seam:
    """What is wrong between two classes: by their places in the list, and in words."""

    one: int
    other: int
    what: str


def seams(classes: Sequence[Bounds]) -> tuple[Seam, ...]:
    """Return where two classes of one scale, measured alike, leave a gap or overlap.

    Two neighbours are compared, and two readings of the same class; between classes that another one
    stands between there may be a gap.
    """
    found = []
    for a, b in combinations(range(len(classes)), 2):
        one, other = (a, b) if classes[a].rank <= classes[b].rank else (b, a)
        if not _comparable(classes[one], classes[other]):
            continue
        between = any(
            _comparable(classes[one], each) and classes[one].rank < each.rank < classes[other].rank
            for each in classes
        )
        what = _between(classes[one], classes[other], has_more_between=between)
        if what:
            found.append(Seam(one, other, what))
    return tuple(found)


def _comparable(one: Bounds, other: Bounds) -> bool:
    same_measure = one.measure <= other.measure or other.measure <= one.measure
    return one.scale == other.scale and one.unit == other.unit and same_measure


def _between(one: Bounds, other: Bounds, *, has_more_between: bool) -> str:
    if one.rank == other.rank:
        same = (one.low, one.high, one.holds_low, one.holds_high) == (
            other.low, other.high, other.holds_low, other.holds_high,
        )  # fmt: skip
        return "" if same else "the same class has two limits"
    if one.low > other.low or (math.isinf(one.low) and math.isinf(other.low)):
        one, other = other, one  # less is worse: the graver class lies below
    if math.isinf(one.high) or math.isinf(other.low):
        return "the classes overlap"
    if other.low < one.high or (other.low == one.high and one.holds_high and other.holds_low):
        return "the classes overlap"
    if has_more_between:
        return ""
    step = 1.0 if one.is_whole and other.is_whole and one.holds_high and other.holds_low else 0.0
    if other.low - one.high > step:
        return f"from {one.high:g} to {other.low:g} is in no class"
    is_open = other.low == one.high and not one.holds_high and not other.holds_low
    return f"{one.high:g} itself is in no class" if is_open else ""
