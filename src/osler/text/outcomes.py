"""What a figure measures and when, told by the words of its sentence: a small table of outcomes.

Knows classes of outcome, not their values; two figures of different classes must not meet in a range.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CLASSES: Final = (
    ("cumulative incidence", r"(?i:cumulative incidence)"),
    ("survival", r"(?i:surviv\w+|alive)"),
    ("mortality", r"(?i:mortality|deaths?|died|fatal\w*|dying)"),
    ("relapse", r"(?i:relaps\w+|recurr\w+|came back|reactivat\w+)"),
    ("remission", r"(?i:remissions?)"),
    ("response", r"(?i:respon(?:se|ses|d|ded|ders?|ding)|effective\w*|efficacy|successful\w*)"),
    ("recovery", r"(?i:recover\w*|resolv\w+|resolution|settled|free of)"),
    ("infection", r"(?i:infections?|pneumonia|sepsis)"),
    ("withdrawal", r"(?i:withdraw\w+|discontinu\w+|made .{0,40} stop)"),
    ("half-life", r"(?i:half-li(?:fe|ves))"),
    ("bioavailability", r"(?i:bioavailab\w+)"),
    ("clearance", r"(?i:clearance|CL/F)"),
    ("sensitivity", r"(?i:sensitivity)"),
    ("specificity", r"(?i:specificity)"),
    ("hazard ratio", r"(?i:hazard ratios?)|HR"),
    ("odds ratio", r"(?i:odds ratios?)|OR(?=\s*[=:]?\s*\d)"),
    ("agreement", r"(?i:agreement)"),
    ("incidence", r"(?i:(?<!cumulative )incidence)"),
)
_PATTERNS: Final = tuple((name, re.compile(rf"\b(?:{words})\b")) for name, words in _CLASSES)
_KIN: Final = frozenset({"response", "remission", "recovery"})
_COUNTED: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "twelve": 12,
}  # fmt: skip
_N: Final = rf"(?:\d{{1,4}}|{'|'.join(_COUNTED)})"
_TIME: Final = re.compile(
    rf"\b(?P<n>{_N})[- ](?P<unit>day|week|month|year)s?\b(?![- ]olds?\b)(?! of age)"
    rf"|\b(?P<unit2>day|week|month|year)s? (?P<n2>\d{{1,4}})\b",
    re.IGNORECASE,
)
_AT: Final = re.compile(
    r"\b(?:at|by|within|after|over|during|until|for|up to|in)\s+(?:about\s+|the first\s+)?$", re.I
)


@lru_cache(maxsize=4096)
def outcomes_in(text: str) -> frozenset[str]:
    """Return the classes of outcome that ``text`` speaks of."""
    found = {name for name, pattern in _PATTERNS if pattern.search(text)}
    if "cumulative incidence" in found:
        found.discard("incidence")
    return frozenset(found)


def are_alike(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Tell whether two sets of outcomes share one, or two that are kinds of the same."""
    return bool(ours & theirs) or bool(ours & _KIN and theirs & _KIN)


@lru_cache(maxsize=4096)
def times_in(text: str) -> tuple[tuple[int, str, str], ...]:
    """Return the time points and spans of ``text`` as (number, unit, words), ages left out."""
    found = []
    for match in _TIME.finditer(text):
        number = match["n"] or match["n2"]
        unit = (match["unit"] or match["unit2"]).lower()
        found.append((_COUNTED.get(number.lower()) or int(number), unit, match.group()))
    return tuple(found)


@lru_cache(maxsize=4096)
def time_points_in(text: str) -> tuple[tuple[int, str, str], ...]:
    """Return the times at which something was measured: ``at 30 days``, ``5-year survival``."""
    points = []
    for match in _TIME.finditer(text):
        joined = match["n"] is not None and text[match.end("n") : match.end("n") + 1] == "-"
        if joined or match["n2"] or _AT.search(text[: match.start()]):
            number = match["n"] or match["n2"]
            unit = (match["unit"] or match["unit2"]).lower()
            points.append((_COUNTED.get(number.lower()) or int(number), unit, match.group()))
    return tuple(points)
