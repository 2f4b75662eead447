"""The time point that a figure belongs to: ``28-day mortality``, ``at 3 months``, ``by day 56``.

A duration of treatment, an interval between doses and a measured time are no time points. Where several
stand in one sentence and the place does not tell whose they are, the figure is said to be unclear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from osler.model.figure import Figure, Metric
from osler.synthesis.outcomes import Head

_POINT: Final = re.compile(
    r"\b(?:at|by|on|after|until|through|over|within)\s(?:the\s)?(?:a\s)?$", re.IGNORECASE
)
_SPANS: Final = re.compile(r"\b(?:over|within|during|in)\b", re.IGNORECASE)
_NAMES: Final = {"h": "hour", "min": "minute", "s": "second"}
_FOLLOW_UP: Final = re.compile(r"\s(?:of\s)?(?:median\s|mean\s)?follow[- ]?up", re.IGNORECASE)


class Point(NamedTuple):
    """A time point with its place; ``binds`` is the head it stands before, or None when it is free."""

    text: str
    start: int
    end: int
    attributive: bool


def points_in(text: str, figures: Sequence[Figure]) -> list[Point]:
    """Return the time points of ``text``, in order."""
    found: list[Point] = []
    for figure in figures:
        if figure.metric is not Metric.DURATION or figure.high is not None:
            continue
        shown = text[figure.start : figure.end]
        number = f"{figure.value:g} {_NAMES.get(figure.unit, figure.unit)}"
        number = number if figure.value == 1 else f"{number}s"
        attributive = re.search(r"\w-\s?(?:day|week|month|year|hour|h\b)", shown) is not None
        named = re.match(r"(?:day|week|month|year|hour)s?\s\d", shown, re.IGNORECASE)
        before = text[max(0, figure.start - 14) : figure.start]
        led = _POINT.search(before)
        inside = re.match(r"(over|within)\b", shown, re.IGNORECASE)
        if not (attributive or named or led or inside):
            continue
        if attributive and re.match(
            r"\s(?:course|treatment|infusion|regimen|old|cycle|period|interval)", text[figure.end :]
        ):
            continue
        word = (inside or led).group().split()[0].lower() if (inside or led) else ""  # type: ignore[union-attr]
        label = f"{word} {number}" if word in {"over", "within"} else number
        found.append(Point(label, figure.start, figure.end, attributive))
    for spelled in _SPELLED.finditer(text):
        number = _NUMBERS.index(spelled[1].lower()) + 1
        label = f"{number} {spelled[2].lower()}{'' if number == 1 else 's'}"
        found.append(Point(label, spelled.start(), spelled.end(), attributive=True))
    return sorted(found, key=lambda point: point.start)


_NUMBERS: Final = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_SPELLED: Final = re.compile(rf"\b({'|'.join(_NUMBERS)})-(day|week|month|year)\b", re.IGNORECASE)


UNCLEAR: Final = "\0"
"""What ``time_of`` gives where the sentence names time points and does not tell which is meant."""


def time_of(figure: Figure, head: Head | None, points: Sequence[Point], text: str) -> str | None:
    """Return the time point of ``figure``, None where none is stated, ``UNCLEAR`` where it cannot be told.

    A time before a noun (``5-year survival``) belongs to what that noun measures. A free one belongs to the
    whole sentence when it opens or closes it, otherwise to the figure that comes next after it.
    """
    own = [p for p in points if p.attributive and head is not None and 0 <= head.start - p.end <= 2]
    if own:
        return own[0].text
    inner = [
        p for p in points if p.attributive and head is not None and head.start <= p.start < head.end
    ]
    if inner:
        return inner[0].text
    free = [p for p in points if not p.attributive]
    if not free:
        return None
    if len(free) == 1:
        only = free[0]
        opens = not text[: only.start].strip() or len(text[: only.start].split()) <= 2
        closes = len(text[only.end :].split()) <= 8
        return only.text if opens or closes or _near(figure, only, text) else UNCLEAR
    near = [p for p in free if _near(figure, p, text)]
    return near[0].text if len(near) == 1 else UNCLEAR


def _near(figure: Figure, point: Point, text: str) -> bool:
    """Tell whether only small words stand between a time point and a figure of the same clause."""
    low, high = sorted(((figure.start, figure.end), (point.start, point.end)))
    between = text[low[1] : high[0]]
    return not re.search(r"[;]|\band\b|\bbut\b|\d", between) and len(between.split()) <= 10
