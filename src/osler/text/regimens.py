"""Doses with what belongs to them: basis, frequency, route, maximum, duration.

A grammar over the doses that ``figures`` reads. Behind a dose its parts follow each other in any order;
the reading stops at the first word that is none of them, so that nothing of a later clause is taken. A
route may also stand before its dose. What is not said stays None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from osler.model.comparison import Dose
from osler.model.figure import Figure, Metric
from osler.text.drug_names import is_drug
from osler.text.figures import find_figures
from osler.text.routes import ROUTES

_SHORT_ROUTES: Final = {
    "intravenous": r"i\.v\.",
    "subcutaneous": r"s\.c\.|sc",
    "intramuscular": r"i\.m\.|im",
    "oral": r"p\.o\.|po",
}
_ROUTES: Final = {
    route.replace("-", "_"): "|".join(
        filter(None, [*(re.escape(word) for word in words), _SHORT_ROUTES.get(route)])
    )
    for route, words in ROUTES.items()
}
_NUMBER: Final = (
    r"(?:\d+(?:[.,]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty-four)"
)
_SPAN: Final = rf"{_NUMBER}(?:\s?(?:-|–|to|or)\s?{_NUMBER})?"
_TIME: Final = r"(?:hours?|hrs?|h|days?|weeks?|months?|years?|minutes?|min)\b"
_OFTEN: Final = (
    rf"(?:every|q)\s?{_SPAN}\s?-?{_TIME}|every\s(?:other|second|third)\s(?:day|week|month)|on\salternate\sdays"
    r"|(?:once|twice|thrice|(?:one|two|three|four)\stimes|\d\stimes)\s(?:daily|weekly|monthly|(?:a|per|each)\s"
    r"(?:day|week|month))"
    rf"|in\s(?:a\s)?(?:single|{_NUMBER})(?:\s(?:divided|equal|separate))?\sdoses?(?:\s(?:a|per)\sday)?"
    rf"|in\sdivided\sdoses|q\d{{1,2}}h|b\.?i\.?d\b\.?|t\.?i\.?d\b\.?|q\.?i\.?d\b\.?|tds\b|qds\b"
    r"|weekly|monthly|nightly|at\sbedtime"
)
_MANNER: Final = (
    r"(?:as\s(?:a|an)\s)?(?:single\s|initial\s|loading\s|intravenous\s|subcutaneous\s)*(?:bolus|infusion|injection)"
    r"|as\sa\s(?:single|one-time)\sdose|as\sa\sloading\sdose|(?:by|as)\s(?:a\s)?continuous\sinfusion"
)
_FILLER: Final = (
    r"(?:[\s,;]|\b(?:and|or|then|given|administered|by|via|with|body\sweight|of\sbody\sweight|through"
    r"|the)\b)*"
)
_ONCE: Final = re.compile(
    r"\b(?:once|single)\b|\bo\.?d\.?\b|\bq\.?d\.?\b|\bnightly\b|\bat bedtime\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Regimen:
    """A dose read from a text, with the figure that it grew from; ``end`` is one past its last part."""

    dose: Dose
    figure: Figure
    end: int


@dataclass(slots=True)
class _Parts:
    """What the words behind a dose add to it."""

    per: str | None = None
    frequency: str | None = None
    routes: tuple[str, ...] = ()
    maximum: str | None = None
    duration: str | None = None


@cache
def _route() -> re.Pattern[str]:
    named = "|".join(f"(?P<{route}>{spelled})" for route, spelled in _ROUTES.items())
    return re.compile(rf"(?<![\w-])(?:{named})(?![\w-])", re.IGNORECASE)


@cache
def _item() -> re.Pattern[str]:
    """One part of a regimen at the place where it must begin."""
    return re.compile(
        rf"""{_FILLER}(?:
          (?P<no>\(\s*not\s[^()]*\))
         |(?P<what>of\s(?:the\s)?(?:(?:{"|".join(_ROUTES.values())})\s)?[\w-]+)
         |(?P<cap>\(?\s*(?:up\sto\s)?(?:to\s)?(?:(?:with|and)\s)?(?:a\s|the\s)?max(?:imum|imal|\.)?(?:\s(?:daily|total|single))?
             (?:\s(?:dose|daily\sdose))?(?:\s(?:of|is|was))?[\s:,]*(?=\d))
         |(?P<dose>(?:per|/|in\s(?:each|every|one)|each)\s?(?:single\s)?(?:dose|injection|administration))\b
         |(?P<day>per\sday|a\sday|each\sday|daily|/\s?day|/\s?d\b)
         |(?P<often>{_OFTEN})
         |(?P<manner>{_MANNER})
         |(?P<time>for\s(?:the\sfirst\s|a\stotal\sof\s|up\sto\s|at\sleast\s)?{_SPAN}\s?-?{_TIME})
         |(?P<route>(?:{"|".join(_ROUTES.values())})(?!\w))
        )""",
        re.IGNORECASE | re.VERBOSE,
    )


def _routes_in(text: str) -> tuple[str, ...]:
    """Return the routes that ``text`` names, each once, in order."""
    return tuple(dict.fromkeys(_name(found) for found in _route().finditer(text)))


def _name(found: re.Match[str]) -> str:
    return (found.lastgroup or "").replace("_", "-")


def find_regimens(text: str) -> list[Regimen]:
    """Return the doses of ``text`` with what belongs to them, in order."""
    doses = [figure for figure in find_figures(text) if figure.metric is Metric.DOSE]
    found: list[Regimen] = []
    covered = 0
    for at, figure in enumerate(doses):
        if figure.start < covered:
            continue  # a maximum, which the dose before it has taken
        parts, end = _behind(text, figure, doses[at + 1 :])
        routes = parts.routes or _route_before(text, covered, figure.start)
        found.append(Regimen(_dose(text, figure, parts, routes), figure, end))
        covered = end
    return found


def _behind(text: str, figure: Figure, later: Sequence[Figure]) -> tuple[_Parts, int]:
    """Return the parts that follow ``figure`` without a gap, and where they end."""
    parts, end = _Parts(), figure.end
    while item := _item().match(text, end):
        kind, words = item.lastgroup or "", item[item.lastgroup or 0]
        if kind == "what" and not is_drug(words.rpartition(" ")[2]):
            break
        if kind == "cap":
            shown, end = _maximum(text, item.end(), later)
            if not shown:
                break
            parts.maximum = parts.maximum or shown
            continue
        _add(parts, kind, " ".join(words.split()))
        end = item.end()
    return parts, end


def _add(parts: _Parts, kind: str, words: str) -> None:
    if kind == "dose":
        parts.per = "dose"
    elif kind == "day":
        parts.per = parts.per or "day"
    elif kind == "often":
        parts.frequency = parts.frequency or words
    elif kind == "manner":
        parts.per = parts.per or (None if "infusion" in words.lower() else "dose")
        parts.routes += tuple(r for r in _routes_in(words) if r not in parts.routes)
    elif kind == "time":
        parts.duration = parts.duration or words.partition(" ")[2]
    elif kind in {"route", "what"}:
        parts.routes += tuple(r for r in _routes_in(words) if r not in parts.routes)


def _maximum(text: str, at: int, later: Sequence[Figure]) -> tuple[str, int]:
    """Return the cap that begins at ``at`` as printed, and where it ends, its bracket included."""
    first = next((f for f in later if f.start <= at < f.end), None)
    if first is None:
        return "", at
    end = first.end
    closed = text.find(")", end)
    opened = text.rfind("(", 0, at)
    if closed >= 0 and opened >= 0 and text.find(")", opened, at) < 0 and closed - at < 60:
        inside = text[at:closed].strip()
        return inside, closed + 1
    return text[at:end], end


def _route_before(text: str, floor: int, before: int) -> tuple[str, ...]:
    """Return the route that stands before a dose with nothing between but one drug or small words."""
    found = list(_route().finditer(text, floor, before))
    if not found or not _UP_TO_DOSE.fullmatch(text, found[-1].end(), before):
        return ()
    between = re.findall(r"[\w-]+", text[found[-1].end() : before])
    if not all(word in _SMALL or is_drug(word) for word in between):
        return ()
    kept = [found[-1]]
    for earlier in reversed(found[:-1]):
        if text[earlier.end() : kept[0].start()].strip().lower() not in {"or", "and", "/", "and/or"}:
            break
        kept.insert(0, earlier)
    return tuple(dict.fromkeys(_name(match) for match in kept))


_UP_TO_DOSE: Final = re.compile(r"(?:\s[\w-]+){0,4}\s")
_SMALL: Final = frozenset({"at", "a", "the", "dose", "doses", "of"})


def _dose(text: str, figure: Figure, parts: _Parts, routes: tuple[str, ...]) -> Dose:
    own = text[figure.start : figure.end]
    unit, _, rhythm = figure.unit.partition(" ")
    pieces = unit.split("/")
    per, frequency = parts.per, parts.frequency
    if "dose" in pieces:
        per, frequency = "dose", frequency or _words(_OFTEN, own)
    elif "day" in pieces:
        per = "day"
        frequency = frequency or (_words(_OFTEN, own) if _ONCE.search(own) else None)
    elif rhythm:
        per, frequency = per or "dose", frequency or _words(_OFTEN, own)
    elif frequency and per is None and not frequency.lower().startswith("in "):
        per = "day" if _ONCE.search(frequency) and "week" not in frequency else "dose"
    base = "/".join(piece for piece in pieces if piece not in {"dose", "day"})
    return Dose(
        amount=figure.value,
        high=figure.high,
        unit=base,
        per=per,
        per_kg="kg" in pieces[1:],
        frequency=frequency,
        route=" or ".join(routes) or None,
        maximum=parts.maximum,
        duration=parts.duration,
    )


def _words(pattern: str, text: str) -> str | None:
    found = re.search(pattern, text, re.IGNORECASE)
    return " ".join(found.group().split()) if found else None
