"""What a definition must not contradict; asked when its file is read, before a result needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osler.calculators.definition import Band, Cut, Definition, Item, ItemKind
from osler.calculators.units import UNITS, Bridge, convert


def find_contradictions(definition: Definition, bridges: Mapping[str, Bridge]) -> Iterator[str]:
    """Yield each contradiction of ``definition`` as one line; none for a sound one."""
    yield from _unnamed_sources(definition)
    names = [item.name for item in definition.items]
    outcomes = [outcome.name for outcome in definition.outcomes]
    groups = {group.name for group in definition.groups}
    for kind, entries in (("item", names), ("outcome", outcomes)):
        yield from (f"{kind} {name} twice" for name in sorted(set(entries)) if entries.count(name) > 1)
    yield from (
        f"group {name} has no item" for name in groups - {item.group for item in definition.items}
    )
    for reading in definition.readings:
        if reading.outcome not in outcomes:
            yield f"a reading of {reading.outcome}, which is no outcome"
    if definition.scored and "points" not in outcomes:
        yield "it is scored and has no outcome called points"
    for item in definition.items:
        if item.group and item.group not in groups:
            yield f"{item.name}: no group {item.group}"
        if item.kind is ItemKind.QUANTITY:
            yield from _faults_of_quantity(item, definition, bridges)
        elif len(item.choices) < 2:
            yield f"{item.name}: fewer than two choices"


def _unnamed_sources(definition: Definition) -> Iterator[str]:
    named = {source.key for source in definition.sources}
    readings = [reading.remark for reading in definition.readings]
    for remark in (definition.population, *definition.limits, *definition.spread, *readings):
        if remark.source not in named:
            yield f"no source {remark.source} for: {remark.text}"
    for source in definition.sources:
        if not source.citation.strip():
            yield f"source {source.key} has no citation"


def _faults_of_quantity(
    item: Item, definition: Definition, bridges: Mapping[str, Bridge]
) -> Iterator[str]:
    if item.unit not in item.units:
        yield f"{item.name}: its unit {item.unit} is not among those it takes"
    for unit in item.units:
        if unit not in UNITS:
            yield f"{item.name}: no unit {unit}"
        elif convert(1.0, unit, into=item.unit, bridge=bridges.get(item.substance)) is None:
            yield f"{item.name}: no way from {unit} to {item.unit}"
    if item.low >= item.high:
        yield f"{item.name}: low {item.low:g} is not below high {item.high:g}"
    if item.bands and not _is_open(item.bands[-1]):
        yield f"{item.name}: its last band leaves values without points"
    for band in item.bands:
        for name, wanted in band.only_if.items():
            other = definition.item(name)
            if other is None or wanted not in {choice.name for choice in other.choices}:
                yield f"{item.name}: a band asks for {name} = {wanted}, which cannot be"
            elif other.may_be_unknown or not other.required:
                yield f"{item.name}: a band asks for {name}, which may be left open"


def _is_open(band: Band) -> bool:
    return band.cut == Cut() and not band.only_if
