"""In what two statements differ besides what they say: whom, how ill, where, by which route, when.

Names what was read, on both sides where both say it; that one of them says nothing is told as such. It
does not know whether the difference is the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from osler.synthesis.circumstances import UNCLEAR, population_of
from osler.text.disease_names import find_studied
from osler.text.outcomes import time_points_in
from osler.text.people import Group, groups_in
from osler.text.places import places_in
from osler.text.routes import routes_in

YEARS_APART: Final = 5
"""Advice this much older may have been overtaken."""

_SEVERITIES: Final = {
    "critically ill": r"critical(?:ly)?(?:\sill\w*)?|intensive\scare|icu",
    "severe": r"severe(?:ly)?(?:\sill)?",
    "moderate": r"moderate(?:ly)?(?:\sill)?",
    "mild": r"mild(?:ly)?",
    "refractory": r"refractory|(?:not|had\snot|did\snot)\srespon\w+",
    "advanced": r"advanced",
    "metastatic": r"metasta\w+",
    "early": r"early(?:-stage)?",
    "recurrent": r"recurrent|relapsed",
}
_SEVERITY: Final = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<s{n}>{words})" for n, words in enumerate(_SEVERITIES.values()))
    + r")(?![\w])",
    re.IGNORECASE,
)
_ILL: Final = re.compile(
    r"\b(?:children|adults|infants|patients|people|adolescents|women|men)\s(?:critically|moderately|severely|mildly)\sill\b",
    re.IGNORECASE,
)
_STAGE: Final = re.compile(
    r"\b(?P<stage>start|initial|mainten|load)(?:ing|ance)?\s(?:intravenous\s|subcutaneous\s|oral\s)?doses?\b|\b(?P<first>first|initial)\sdose\b",
    re.IGNORECASE,
)
_STAGES: Final = {"start": "starting", "initial": "starting", "first": "starting", "mainten": "maintenance", "load": "loading"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What was read of one statement.

    Attributes:
        people: Groups of people named.
        condition: The disease named first, in lower case, or empty.
        severity: How ill they are.
        routes: Routes of administration.
        stages: Which dose of a course.
        times: Time points, as printed.
        places: Jurisdictions.
        year: Year of the source, or None.
        design: How the source knows, in words, or empty.
        population: The people as they are shown, or None.
    """

    people: frozenset[Group]
    condition: str
    severity: frozenset[str]
    routes: frozenset[str]
    stages: frozenset[str]
    times: frozenset[str]
    places: frozenset[str]
    year: int | None
    design: str
    population: str | None


def setting_of(text: str, *, lead: str, year: int | None, design: str, place: str = "") -> Setting:
    """Return the setting of a statement.

    Args:
        text: The cited words.
        lead: What the record adds (``In 15 children, case series:``); read where the words name nobody.
        year: Year of the source.
        design: How the source knows, in words.
        place: Title or name of the source, read for a jurisdiction where the words name none.
    """
    people = groups_in(text) or groups_in(lead)
    return Setting(
        people=people,
        condition=find_studied(text, after_a_word=True).lower(),
        severity=frozenset(_severities(text)),
        routes=routes_in(text),
        stages=frozenset(_STAGES[(found["stage"] or found["first"]).lower()] for found in _STAGE.finditer(text)),
        times=frozenset(shown for _n, _unit, shown in time_points_in(text)),
        places=places_in(text) or places_in(place),
        year=year,
        design=design,
        population=_population(text, people),
    )


def _severities(text: str) -> Iterator[str]:
    names = tuple(_SEVERITIES)
    for found in _SEVERITY.finditer(text):
        yield names[int((found.lastgroup or "s0")[1:])]


def _population(text: str, people: frozenset[Group]) -> str | None:
    whole = population_of(text)
    if whole and whole != UNCLEAR:
        return whole
    ill = _ILL.search(text)
    if ill:
        return ill.group().lower()
    return " and ".join(sorted(group.value for group in people)) or None


def told_apart(one: Setting, other: Setting, *, advice: bool = False, effect: bool = False) -> list[str]:
    """Return in what two settings differ, in words; empty where nothing that was read differs.

    What only one side names is told only where no difference is named on both sides.

    Args:
        one: The setting of the first side.
        other: The setting of the second.
        advice: Whether advice is compared, which a later year may have overtaken.
        effect: Whether effects are compared, which the design may explain.
    """
    dimensions: list[tuple[str, frozenset[str], frozenset[str]]] = [
        ("population", _names(one.people), _names(other.people)),
        ("severity", one.severity, other.severity),
        ("route", one.routes, other.routes),
        ("stage of treatment", one.stages, other.stages),
        ("time point", one.times, other.times),
        ("jurisdiction", _upper(one.places), _upper(other.places)),
    ]
    if effect:
        dimensions.append(("study design", _single(one.design), _single(other.design)))
    both = [f"{name} ({_listed(a)} against {_listed(b)})" for name, a, b in dimensions if a and b and not a & b]
    if advice and one.year and other.year and abs(one.year - other.year) >= YEARS_APART:
        both.append(f"year ({one.year} against {other.year})")
    if both:
        return both
    return [
        f"{name} ({_listed(a or b)} against not stated)"
        for name, a, b in dimensions[:4]
        if bool(a) is not bool(b)
    ]


def _names(people: frozenset[Group]) -> frozenset[str]:
    return frozenset(group.value for group in people)


def _upper(places: frozenset[str]) -> frozenset[str]:
    return frozenset(place.upper() if len(place) == 2 else place.title() for place in places)


def _single(word: str) -> frozenset[str]:
    return frozenset({word} - {""})


def _listed(values: frozenset[str]) -> str:
    return " and ".join(sorted(values))
