"""Ratings of certainty that a source gives itself: GRADE's words where they rate evidence.

Wishes for better evidence (``high-quality trials are needed``) and denials (``no high-certainty
evidence``) rate nothing. The strength of a recommendation alone is no level of certainty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from osler.model.certainty import DOWNWARDS, Level

_LEVEL: Final = r"very[ -]low|low|moderate|high"
_ALSO: Final = rf"(?:{_LEVEL})(?:(?: ?[-–] ?| to | or | and |, )(?:{_LEVEL}))*"
_WHAT: Final = r"(?:certainty|quality|confidence)"
_FORMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?P<level>{_ALSO})[ -‐‑](?:grade )?{_WHAT}(?: of)?(?: the)? evidence\b",
        rf"\(\s*(?:GRADE:? )?(?P<level>{_ALSO})[ -‐‑]{_WHAT}\b[^()]{{0,20}}\)",
        rf"\bevidence\b[^.;]{{0,60}}?\b(?:of|as|is|was|with) (?P<level>{_ALSO})[ -‐‑]{_WHAT}\b",
        rf"\b{_WHAT} (?:of|in)(?: the| this| our)?(?: \w+)? evidence\W{{1,3}}"
        rf"(?:(?:is|was|were|as|to be|rated|graded|judged|assessed|ranged from|varied from) ){{0,4}}"
        rf"(?P<level>{_ALSO})\b",
        rf"\bGRADE(?: (?:rating|certainty|quality|level))?[:=]? ?(?:certainty |quality )?"
        rf"(?P<level>{_ALSO})\b",
        rf"\b(?:GRADE )?certainty from (?P<level>{_ALSO})\b",
    )
)
_GRADED: Final = re.compile(
    r"\((?:GRADE |grade )?[12][ -]?(?P<letter>[A-D])\)|\bGRADE [12](?P<other>[A-D])\b"
)
_LETTERS: Final = {"A": Level.HIGH, "B": Level.MODERATE, "C": Level.LOW, "D": Level.VERY_LOW}
_WANTED: Final = re.compile(
    r"\b(?:no|not|nor|lack(?:s|ed|ing)?(?: of)?|without|absen\w+|need\w*|requir\w+|further|future"
    r"|more|until|limited|insufficient|little|scarce|paucity of|few)(?: \w+){0,3}\s*\Z",
    re.IGNORECASE,
)
_MISSED: Final = re.compile(
    r"\A[^.;]{0,40}?\b(?:(?:is|are|was|were) (?:\w+ )?(?:lacking|needed|required|scarce|missing"
    r"|sparse|absent|limited|unavailable|warranted)|not available"
    r"|to (?:support|guide|inform|confirm|determine|establish) .{0,40}\b(?:is|are) "
    r"(?:lacking|needed|required))\b",
    re.IGNORECASE,
)
_ONE: Final = re.compile(_LEVEL, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rating:
    """A source's own rating.

    Attributes:
        level: The level; the lowest where the words give several.
        words: The words that give it; ``text[start:end]``.
        start: First code point.
        end: One past the last.
        several: Whether the words give more than one level.
    """

    level: Level
    words: str
    start: int
    end: int
    several: bool = False


@lru_cache(maxsize=128)
def find_ratings(text: str) -> tuple[Rating, ...]:
    """Return the ratings that ``text`` gives to evidence, in order of place."""
    if not _may_rate(text):
        return ()
    found: dict[int, Rating] = {}
    for form in _FORMS:
        for match in form.finditer(text):
            before, after = text[max(0, match.start() - 60) : match.start()], text[match.end() :]
            if _WANTED.search(before) or _MISSED.match(after):
                continue
            levels = {_named(word) for word in _ONE.findall(match["level"])}
            rating = Rating(
                max(levels, key=DOWNWARDS.index),
                match.group(),
                match.start(),
                match.end(),
                len(levels) > 1,
            )
            if all(rating.end <= known.start or rating.start >= known.end for known in found.values()):
                found[rating.start] = rating
    for match in _GRADED.finditer(text):
        level = _LETTERS[match["letter"] or match["other"]]
        found.setdefault(match.start(), Rating(level, match.group(), match.start(), match.end()))
    return tuple(found[start] for start in sorted(found))


def _may_rate(text: str) -> bool:
    """Tell at a glance whether a closer look is worth it."""
    lower = text.lower()
    return any(word in lower for word in ("certainty", "quality", "confidence", "grade", "(1", "(2"))


def _named(word: str) -> Level:
    return Level(word.lower().replace(" ", "_").replace("-", "_"))
