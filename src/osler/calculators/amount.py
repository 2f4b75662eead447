"""What was given for an item, read and refused where it cannot be meant.

A value is refused, with the item and the next step, where it is no number, has no unit although the item
is measured in several, has a unit that is never printed for the item, or is beyond what a body can have.
Nothing is guessed: a creatinine of 80 without a unit is asked about, not taken for µmol/L.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from osler.calculators.definition import NO, UNKNOWN, YES, Definition, Item, ItemKind
from osler.calculators.units import Bridge, convert, read_unit
from osler.errors import InputError, UsageError

_NUMBER: Final = re.compile(r"^([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*(.*)$", re.S)
_WORDS: Final = {"y": YES, "n": NO, "true": YES, "false": NO, "present": YES, "absent": NO, "?": UNKNOWN}


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity as given, and the same in the unit of its item."""

    given: float
    given_unit: str
    value: float
    unit: str

    def within(self, limits: Mapping[str, float]) -> tuple[float, float]:
        """Return the number and the limit to hold it against, both in one unit."""
        if self.given_unit in limits:
            return self.given, limits[self.given_unit]
        return self.value, limits[self.unit]


Answer = Amount | str
"""A quantity, or the name of a choice; ``unknown`` where the item allows it."""


def read_answers(
    definition: Definition, given: Mapping[str, str], bridges: Mapping[str, Bridge]
) -> dict[str, Answer]:
    """Return what was given for each item, in the order of the definition.

    Args:
        definition: The calculator.
        given: Text by item name, such as ``{"ferritin": "8000 ng/mL"}``.
        bridges: Mass to amount of substance, by substance.

    Raises:
        UsageError: An item does not exist, or one that is required was not given (``usage.item``).
        InputError: A value was refused: ``input.number``, ``input.unit``, ``input.range``,
        ``input.value``.
    """
    named = {name.strip().lower().replace("_", "-"): text for name, text in given.items()}
    known = [item.name for item in definition.items]
    for name in named:
        if name not in known:
            allowed = ", ".join(known)
            raise UsageError(
                f"{definition.title} has no such item",
                item=name,
                hint=f"its items: {allowed}",
                code="usage.item",
            )
    answers = {
        item.name: read_answer(named[item.name], item, bridges.get(item.substance))
        for item in definition.items
        if item.name in named
    }
    missing = [item for item in definition.items if item.required and item.name not in named]
    if missing:
        listed = ", ".join(_asked(item) for item in missing)
        raise UsageError(
            f"{definition.title} also needs {listed}",
            item=missing[0].name,
            hint=f"osler calculate {definition.name} --list shows what each may be",
            code="usage.item",
        )
    return answers


def read_answer(text: str, item: Item, bridge: Bridge | None = None) -> Answer:
    """Return ``text`` as an answer to ``item``.

    Raises:
        InputError: As ``read_answers``.
    """
    text = " ".join(text.split())
    word = _WORDS.get(text.lower(), text.lower().replace("_", "-").replace(" ", "-"))
    if word == UNKNOWN and item.may_be_unknown:
        return UNKNOWN
    if item.kind is ItemKind.QUANTITY:
        return _read_amount(text, item, bridge)
    allowed = [choice.name for choice in item.choices]
    if word in allowed:
        return word
    if item.may_be_unknown:
        allowed.append(UNKNOWN)
    raise InputError(
        f"{text or 'nothing'} is none of its values",
        item=item.name,
        hint=f"one of: {', '.join(allowed)}",
        code="input.value",
    )


def _read_amount(text: str, item: Item, bridge: Bridge | None) -> Amount:
    match = _NUMBER.match(text)
    rest = match[2].strip() if match else ""
    if match is None or rest[:1] in {",", "'"}:
        raise InputError(
            f"{text or 'nothing'} is no number",
            item=item.name,
            hint=f"{_wanted(item)}; a point for decimals, nothing between thousands",
            code="input.number",
        )
    number = float(match[1])
    unit = _read_unit_of(rest, item, number)
    value = convert(number, unit, into=item.unit, bridge=bridge)
    assert value is not None, f"{item.name}: no way from {unit} to {item.unit}"  # noqa: S101 - held by the tests of every file
    if not item.low <= value <= item.high:
        _refuse_range(number, unit, item, bridge)
    return Amount(given=number, given_unit=unit, value=value, unit=item.unit)


def _read_unit_of(rest: str, item: Item, number: float) -> str:
    if not rest:
        if item.bare or item.units == ("",):
            return item.unit
        raise InputError(
            f"{number:g} has no unit",
            item=item.name,
            hint=f"is it {' or '.join(f'{number:g} {unit}' for unit in item.units)}?",
            code="input.unit",
        )
    unit = read_unit(rest)
    if unit in item.units:
        return unit
    raise InputError(
        f"{rest} is no unit that {item.title.lower()} is taken in",
        item=item.name,
        hint=_unit_hint(unit, item, number),
        code="input.unit",
    )


def _unit_hint(unit: str, item: Item, number: float) -> str:
    """Say what the unit would mean, where it is one of the same kind: a misprint is seen at once."""
    units = " · ".join(name or "no unit" for name in item.units)
    if item.note:
        return f"give it in {units}; {item.note}"
    same = convert(number, unit, into=item.unit)
    if same is not None:
        return f"give it in {units}; {number:g} {unit} would be {same:g} {item.unit}"
    return f"give it in {units}"


def _refuse_range(number: float, unit: str, item: Item, bridge: Bridge | None) -> None:
    """Refuse, and name the unit in which the number would be one that occurs."""
    fitting = []
    for other in item.units:
        value = convert(number, other, into=item.unit, bridge=bridge)
        if other != unit and value is not None and item.low <= value <= item.high:
            fitting.append(other)
    shown = f"{number:g} {unit}".strip()
    if fitting:
        hint = f"was {' or '.join(fitting)} meant? {item.low:g} to {item.high:g} {item.unit} is taken"
    else:
        hint = f"{item.low:g} to {item.high:g} {item.unit} is taken".rstrip()
    raise InputError(
        f"{shown} is outside what is taken",
        item=item.name,
        hint=hint,
        code="input.range",
    )


def _asked(item: Item) -> str:
    units = " or ".join(unit for unit in item.units if unit)
    return f"{item.name} ({units})" if units else item.name


def _wanted(item: Item) -> str:
    units = " or ".join(unit for unit in item.units if unit)
    return f"a number in {units}" if units else "a number"
