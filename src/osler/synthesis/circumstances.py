"""When and in whom a figure was measured, read only where one simple reading is left.

A sentence that may be read in two ways gives ``UNCLEAR``, and its figures are left out.
"""

from __future__ import annotations

import re
from typing import Final

from osler.text.people import NON_HUMAN, groups_in

UNCLEAR: Final = "unclear"
"""The sentence says something, and what it says of this figure cannot be told."""

_UNIT: Final = r"(?P<unit>hour|day|week|month|year)s?"
_ATTRIBUTIVE: Final = re.compile(rf"(?P<n>\d+)[-\s]{_UNIT}\s?$", re.IGNORECASE)
_PHRASE: Final = rf"(?:at|by)\s(?:(?P<n>\d+)\s{_UNIT}|(?P<unit2>day|week|month|year)\s(?P<n2>\d+))"
_AT_END: Final = re.compile(
    rf"\s{_PHRASE}\s(?:was|were|of|is)\s(?:about\s|approximately\s)?$", re.IGNORECASE
)
_BEHIND: Final = re.compile(rf"\s{_PHRASE}(?=\s*(?:[,;.)]|$))", re.IGNORECASE)
_ANY_TIME: Final = re.compile(
    r"\b(?:\w+[-\s](?:hour|day|week|month|year)s?|(?:hour|day|week|month|year)s?\s\d+)\b", re.IGNORECASE
)
_PEOPLE: Final = (
    r"patients|children|adults|infants|neonates|newborns|adolescents|women|men|people|participants"
    r"|volunteers"
)
_WHO: Final = re.compile(
    rf"\b(?:in|among|of|for)\s(?:the\s|all\s|\d+\s)?(?P<who>(?:{_PEOPLE})\swith\s(?:[\w-]+\s){{0,5}}?[\w-]+)"
    r"(?=\s*(?:[,;.]|$)|\s(?:was|were|is|are|had|at)\b)",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(
    rf"\b(?:(?:{_PEOPLE})\s(?:with|who|without|aged|under|over)|subgroup|subset)\b"
)
_JOINED: Final = re.compile(
    r"\b(?:and|or|who|that|receiving|given|on|in|of|to|after|at|by|from|had|\w+ed)\b"
)
_SETS_APART: Final = re.compile(r"\b(?:unlike|than|not|except|without|other)\b", re.IGNORECASE)
_END: Final = r"\s*(?:$|[.;:)]|,(?!\s*(?:and\s|or\s)?[\d(])|\saccording\sto\b)"


def time_point_of(text: str, head: tuple[int, int], figure: tuple[int, int]) -> str | None:
    """Return the time point of a figure, None where the sentence names no time, or ``UNCLEAR``.

    Args:
        text: The sentence.
        head: Span of the word that names the outcome, with its qualifiers.
        figure: Span of the figure, with what is printed in brackets beside it.
    """
    found = (
        _ATTRIBUTIVE.search(text, 0, head[0])
        or _AT_END.search(text, min(head[1], figure[0]), figure[0])
        or _BEHIND.match(text, max(figure[1], head[1]))
    )
    if found is None:
        return UNCLEAR if _ANY_TIME.search(text) else None
    parts = found.groupdict()
    number, unit = parts["n"] or parts["n2"], (parts["unit"] or parts["unit2"]).lower()
    others = text[: found.start()] + text[found.end() :]
    if _ANY_TIME.search(others):
        return UNCLEAR
    return f"{number} {unit}{'' if number == '1' else 's'}"


def population_of(text: str) -> str | None:
    """Return whom a sentence is about (``children with sepsis``), None, or ``UNCLEAR``.

    A population is read only from people with a condition, named once; a second one makes it unclear, as
    do animals, whose figures stand beside no others.
    """
    if groups_in(text) & NON_HUMAN:
        return UNCLEAR
    read = [" ".join(found["who"].split()) for found in _WHO.finditer(text)]
    if len(_NAMED.findall(text.lower())) > 1:
        return UNCLEAR
    if (
        _SETS_APART.search(text)
        or len(read) != 1
        or _JOINED.search(read[0])
        or len(groups_in(text)) > len(groups_in(read[0]))
    ):
        return None
    return read[0]


def is_of_all(text: str, end: int, population: str | None) -> bool:
    """Tell whether nothing behind a figure that ends at ``end`` narrows it or sets another beside it.

    The population of the sentence and a time point may follow, then the clause must end.
    """
    who = rf"(?:\s(?:in|among|of|for)\s(?:the\s|all\s)?{re.escape(population)})?" if population else ""
    return re.match(rf"{who}(?:\s{_PHRASE})?{_END}", text[end:], re.IGNORECASE) is not None
