"""Which calculators a question calls for, filled with what it states.

Reads words and numbers only: a value is taken where the item's own name stands before it with a number
and, where the item is measured in several units, its unit; what the calculator would refuse is left
out. What to do with an offer, and whether the kind of question wants one, is for ``service`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from osler.calculators.amount import read_answer
from osler.calculators.catalogue import all_definitions
from osler.calculators.definition import Definition, Item, ItemKind
from osler.calculators.definition_file import load_bridges
from osler.calculators.units import UNITS, read_unit
from osler.errors import InputError

_LINK: Final = r"(?:\s+(?:level|count|concentration))?\s*(?:is|was|of|at|=|:|,)?\s*"
_UNIT: Final = r"°\s*[CF]\b|%|[x×]?\s*10\^\d/[µu]?L|/[A-Za-zµμ0-9]+|[A-Za-zµμ]+(?:/[A-Za-zµμ0-9]+)*"
_VALUE: Final = rf"(\d+(?:\.\d+)?)\s*({_UNIT})?"
_AGE: Final = re.compile(r"\b(\d{1,3})[- ](?:year|yr)s?[- ]old\b", re.I)
_SEXES: Final = (
    ("female", re.compile(r"\b(?:woman|female|girl|lady)\b", re.I)),
    ("male", re.compile(r"\b(?:man|male|boy|gentleman)\b", re.I)),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A calculator that a question calls for.

    Attributes:
        definition: The calculator.
        filled: Text by item name, ready to be given to ``calculate``.
        missing: Names of the items that are required and that the question does not state.
    """

    definition: Definition
    filled: Mapping[str, str]
    missing: tuple[str, ...]


def offer(question: str) -> tuple[Offer, ...]:
    """Return the calculators that ``question`` calls for, those with most filled in first."""
    offers = []
    for definition in all_definitions().values():
        pattern = _subjects(definition.name)
        if pattern is None or not pattern.search(question):
            continue
        filled = {
            item.name: text for item in definition.items if (text := _stated(item, question)) is not None
        }
        missing = tuple(
            item.name for item in definition.items if item.required and item.name not in filled
        )
        offers.append(Offer(definition, filled, missing))
    return tuple(sorted(offers, key=lambda entry: (-len(entry.filled), entry.definition.name)))


@cache
def _subjects(name: str) -> re.Pattern[str] | None:
    words = all_definitions()[name].offered_for
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})", re.I) if words else None


def _stated(item: Item, question: str) -> str | None:
    """Return the value of ``item`` as the question states it, if the calculator would take it."""
    if item.name == "sex":
        named = [sex for sex, pattern in _SEXES if pattern.search(question)]
        return named[0] if len(named) == 1 else None
    candidates = []
    if item.name == "age":
        candidates += [match[1] for match in _AGE.finditer(question)]
    if item.kind is ItemKind.QUANTITY and item.words:
        names = "|".join(re.escape(word) for word in sorted(item.words, key=len, reverse=True))
        for match in re.finditer(rf"\b(?:{names})\b{_LINK}{_VALUE}", question, re.I):
            number, unit = match[1], (match[2] or "").replace(" ", "")
            candidates.append(f"{number} {unit}" if read_unit(unit) in UNITS else number)
    for text in candidates:
        try:
            read_answer(text, item, load_bridges().get(item.substance))
        except InputError:
            continue
        return text
    return None
