"""Definitions read from their files, and refused where a file contradicts itself.

A file that points to a source it does not name, leaves a value without points or uses a unit that does
not exist is a fault of the package: it is found here, before anybody's result depends on it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from osler.calculators.definition import (
    NO,
    YES,
    Band,
    Choice,
    Cut,
    Definition,
    Group,
    GroupRule,
    Item,
    ItemKind,
    Outcome,
    Reading,
    Remark,
    Source,
)
from osler.calculators.definition_check import find_contradictions
from osler.calculators.units import Bridge
from osler.errors import InputError

SUBSTANCES: Final = "substances.toml"
Row = Mapping[str, Any]


def data_folder() -> Traversable:
    """Return the folder of the package that holds the definitions."""
    return files("osler.calculators").joinpath("data")


def iter_files() -> Iterator[Traversable]:
    """Yield the file of every calculator, by name."""
    for file in sorted(data_folder().iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml") and file.name != SUBSTANCES:
            yield file


@cache
def load_bridges() -> Mapping[str, Bridge]:
    """Return the factor between mass and amount of each substance."""
    rows = tomllib.loads(data_folder().joinpath(SUBSTANCES).read_text(encoding="utf-8"))
    return {name: Bridge(row["one"], row["other"], float(row["factor"])) for name, row in rows.items()}


def load_definition(file: Traversable) -> Definition:
    """Return the definition in ``file``.

    Raises:
        InputError: The file is none, or contradicts itself (``input.calculator``).
    """
    try:
        definition = parse_definition(tomllib.loads(file.read_text(encoding="utf-8")))
        faults = list(find_contradictions(definition, load_bridges()))
        if faults:
            raise ValueError("; ".join(faults))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"the definition cannot be used: {type(error).__name__}: {error}",
            item=file.name,
            hint="install Osler again",
            code="input.calculator",
        ) from error
    return definition


def parse_definition(row: Row) -> Definition:
    """Return the definition that ``row``, the content of a file, declares.

    Raises:
        KeyError: Something that every definition has is missing.
        ValueError: A value contradicts another.
    """
    sources = tuple(Source(**source) for source in row["source"])
    items = tuple(_item(item, row) for item in row["item"])
    return Definition(
        name=row["name"],
        title=row["title"],
        purpose=row["purpose"],
        aliases=tuple(row.get("aliases", ())),
        formula=row.get("formula", ""),
        scored=bool(row.get("scored", False)),
        items=items,
        groups=tuple(
            Group(group["name"], group["title"], GroupRule(group["rule"]), group.get("needs", 1))
            for group in row.get("group", ())
        ),
        outcomes=tuple(
            Outcome(entry["name"], entry["title"], entry.get("unit", ""), entry.get("decimals", 0))
            for entry in row["outcome"]
        ),
        readings=tuple(
            Reading(entry["outcome"], _cut(entry, ""), _remark(entry))
            for entry in row.get("reading", ())
        ),
        population=_remark(row["population"]),
        limits=tuple(_remark(entry) for entry in row.get("limit", ())),
        spread=tuple(_remark(entry) for entry in row.get("spread", ())),
        sources=sources,
        offered_for=tuple(row.get("offered_for", ())),
        table={name: tuple(map(float, column)) for name, column in row.get("table", {}).items()},
    )


def _item(row: Row, calculator: Row) -> Item:
    kind = ItemKind(row["kind"])
    item = Item(
        name=row["name"],
        title=row["title"],
        kind=kind,
        unit=row.get("unit", ""),
        units=tuple(row.get("units", (row.get("unit", ""),))),
        substance=row.get("substance", ""),
        low=float(row.get("low", 0)),
        high=float(row.get("high", 0)),
        bare=row.get("bare", False),
        required=row.get("required", True),
        may_be_unknown=row.get("may_be_unknown", False),
        group=row.get("group", ""),
        words=tuple(row.get("words", ())),
        note=row.get("note", ""),
    )
    if kind is ItemKind.QUANTITY:
        return replace(item, bands=tuple(_bands(row, item.unit)))
    if kind is ItemKind.YES_NO:
        points = float(row.get("points", 1 if calculator.get("scored") else 0))
        return replace(item, choices=(Choice(NO, "no", 0.0), Choice(YES, "yes", points)))
    return replace(
        item,
        choices=tuple(
            Choice(entry["name"], entry["title"], float(entry.get("points", 0)))
            for entry in row["choice"]
        ),
    )


def _bands(row: Row, unit: str) -> Iterator[Band]:
    for band in row.get("band", ()):
        yield Band(float(band["points"]), _cut(band, unit), dict(band.get("only_if", {})))


def _cut(row: Row, unit: str) -> Cut:
    limits: dict[str, dict[str, float]] = {}
    for name in ("at_least", "above", "below", "up_to"):
        if name in row:
            given = row[name]
            limits[name] = dict(given) if isinstance(given, dict) else {unit: float(given)}
            if unit not in limits[name]:
                raise ValueError(f"{name} {given} lacks the unit {unit}")
    return Cut(**limits)


def _remark(row: Row) -> Remark:
    return Remark(text=row["text"], source=row["source"], quoted=row.get("quoted", False))
