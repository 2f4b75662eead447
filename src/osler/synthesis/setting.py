"""In what two statements differ besides what they say: whom, how ill, where, by which route, when.

Names what was read, on both sides where both say it; that one of them says nothing is told as such. It
does not know whether the difference is the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from osler.synthesis.circumstances import UNCLEAR, population_of
from osler.text.disease_names import find_studied
from osler.text.lists import word_set
from osler.text.names import key_word, keyed
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
_STAGES: Final = {
    "start": "starting",
    "initial": "starting",
    "first": "starting",
    "mainten": "maintenance",
    "load": "loading",
}
NOT_STATED: Final = "not stated"
_NO_NAME: Final = frozenset(
    map(
        key_word,
        word_set(
            """
            active acute adults children chronic disease disorder in mild moderate of patients severe
            syndrome the with
            """
        ),
    )
)
"""Words of a disease's name that tell it from no other."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What was read of one statement.

    Attributes:
        people: Groups of people named.
        condition: The disease named first, in lower case, or empty.
        words: Every word, as it is compared.
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
    words: frozenset[str]
    severity: frozenset[str]
    routes: frozenset[str]
    stages: frozenset[str]
    times: frozenset[str]
    places: frozenset[str]
    year: int | None
    design: str
    population: str | None


def setting_of(
    text: str, *, spelt: str, lead: str, year: int | None, design: str, place: str = ""
) -> Setting:
    """Return the setting of a statement.

    Args:
        text: The cited words.
        spelt: The same with abbreviations spelt out in brackets.
        lead: What the record adds (``In 15 children, case series:``); read where the words name nobody.
        year: Year of the source.
        design: How the source knows, in words.
        place: Title or name of the source, read for a jurisdiction where the words name none.
    """
    people = groups_in(text) or groups_in(lead)
    return Setting(
        people=people,
        condition=(
            find_studied(spelt, after_a_word=True) or find_studied(lead, after_a_word=True)
        ).lower(),
        words=frozenset(keyed(f"{lead} {spelt}").split()),
        severity=frozenset(_severities(text)),
        routes=routes_in(text),
        stages=frozenset(
            _STAGES[(found["stage"] or found["first"]).lower()] for found in _STAGE.finditer(text)
        ),
        times=frozenset(shown for _n, _unit, shown in time_points_in(text)),
        places=places_in(text) or places_in(place),
        year=year,
        design=design,
        population=people_shown(text, people),
    )


def _severities(text: str) -> Iterator[str]:
    names = tuple(_SEVERITIES)
    for found in _SEVERITY.finditer(text):
        yield names[int((found.lastgroup or "s0")[1:])]


def people_shown(text: str, people: frozenset[Group]) -> str | None:
    """Return whom a sentence is about as far as it can be shown (``children critically ill``), or None.

    Looser than ``population_of``: enough to tell two figures apart, not enough to set two side by side.

    Args:
        text: The sentence.
        people: The classes of people that it or its record names.
    """
    whole = population_of(text)
    if whole and whole != UNCLEAR:
        return whole
    ill = _ILL.search(text)
    if ill:
        return ill.group().lower()
    return " and ".join(sorted(group.value for group in people)) or None


class Apart(NamedTuple):
    """One respect in which two statements differ; an empty side does not say."""

    name: str
    one: frozenset[str]
    other: frozenset[str]


def told_apart(
    one: Setting,
    other: Setting,
    *,
    first: Sequence[Apart] = (),
    advice: bool = False,
    effect: bool = False,
) -> tuple[Apart, ...]:
    """Return in what two settings differ; empty where nothing that was read differs.

    What only one side names is told only where no difference is named on both sides, but the routes of
    two doses wherever they are not the same.

    Args:
        one: The setting of the first side.
        other: The setting of the second.
        first: Differences in how the figures are counted, or in what is compared, read elsewhere.
        advice: Whether advice is compared, which a later year may have overtaken.
        effect: Whether effects are compared, which the design may explain.
    """
    compared = [
        *first,
        Apart("population", _names(one.people), _names(other.people)),
        _condition_apart(one, other),
        Apart("severity", one.severity, other.severity),
        Apart("route", one.routes, other.routes),
        Apart("stage of treatment", one.stages, other.stages),
        Apart("time point", one.times, other.times),
        Apart("jurisdiction", _upper(one.places), _upper(other.places)),
    ]
    if effect:
        compared.append(
            Apart("study design", frozenset({one.design} - {""}), frozenset({other.design} - {""}))
        )
    if advice and one.year and other.year and abs(one.year - other.year) >= YEARS_APART:
        compared.append(Apart("year", frozenset({str(one.year)}), frozenset({str(other.year)})))
    routes = one.routes != other.routes and any(each.name == "basis" for each in first)
    both = tuple(
        each
        for each in compared
        if (each.one and each.other and not each.one & each.other) or (routes and each.name == "route")
    )
    return both or tuple(
        each
        for each in compared
        if bool(each.one) is not bool(each.other) and each.name in _ONE_SIDE_TELLS
    )


_ONE_SIDE_TELLS: Final = frozenset(
    {"comparator", "population", "severity", "route", "stage of treatment"}
)


def in_words(differences: Iterable[Apart]) -> str:
    """Return the differences of several pairs, each respect once: ``route: oral / not stated``."""
    listed: dict[str, dict[str, None]] = {}
    for each in differences:
        values = listed.setdefault(each.name, {})
        for side in (each.one, each.other):
            values[" and ".join(sorted(side)) or NOT_STATED] = None
    for values in listed.values():
        if NOT_STATED in values:  # last, whichever side it was read on
            del values[NOT_STATED]
            values[NOT_STATED] = None
    return "; ".join(f"{name}: {' / '.join(values)}" for name, values in listed.items())


def same_condition(one: Setting, other: Setting) -> bool:
    """Tell whether nothing says that two statements are about different diseases."""
    return not _condition_apart(one, other).one


def _condition_apart(one: Setting, other: Setting) -> Apart:
    """Return the conditions as they are shown, where they share no word that names them."""
    mine, theirs = _naming(one.condition), _naming(other.condition)
    if not mine or not theirs or mine & other.words or theirs & one.words:
        return Apart("condition", frozenset(), frozenset())
    return Apart("condition", frozenset({one.condition}), frozenset({other.condition}))


def _naming(condition: str) -> frozenset[str]:
    return frozenset(map(key_word, condition.split())) - _NO_NAME


def _names(people: frozenset[Group]) -> frozenset[str]:
    return frozenset(group.value for group in people)


def _upper(places: frozenset[str]) -> frozenset[str]:
    return frozenset(place.upper() if len(place) == 2 else place.title() for place in places)
