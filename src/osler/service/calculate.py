"""Calculators by name: what they ask for, and what comes of what was given. Needs no library."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from osler.calculators.calculate import calculate as compute
from osler.calculators.calculation import Calculation
from osler.calculators.catalogue import all_definitions, find_definition
from osler.calculators.definition import Definition, Item, ItemKind, Remark, Source
from osler.calculators.offer import offer
from osler.calculators.points import Points
from osler.model.question import Question, QuestionKind

_WANT_A_SCORE: Final = frozenset({QuestionKind.DIAGNOSIS, QuestionKind.PROGNOSIS})
DISCLAIMER: Final = (
    "Arithmetic on what was given, for people who can judge it. It holds for the population named, "
    "and replaces neither a clinician's judgement nor the label of a drug."
)


def calculate(name: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Return the result of the calculator ``name`` as the document of ``docs/schema/calculation.json``.

    Args:
        name: Name or alias.
        given: Item names and their values as text, such as ``{"creatinine": "1.2 mg/dL"}``.

    Raises:
        NotFoundError: There is no such calculator (``not_found.calculator``).
        UsageError: An unknown or a missing item (``usage.item``).
        InputError: A value that was refused; the item and the next step are named.
    """
    return {"calculation": _document(compute(find_definition(name), given))}


def list_calculators(name: str | None = None) -> dict[str, Any]:
    """Return every calculator with its items and sources, or the one called ``name``.

    Raises:
        NotFoundError: There is no such calculator (``not_found.calculator``).
    """
    chosen = all_definitions().values() if name is None else [find_definition(name)]
    return {"calculators": [_definition(definition) for definition in chosen]}


def offered(question: Question) -> list[dict[str, Any]]:
    """Return the calculators that ``question`` calls for, with what it states already filled in.

    A question on diagnosis or outlook is offered those of its subject; any other only those of which it
    states a value, so that a question on a dose is not answered with a score.
    """
    wants = question.kinds[0] in _WANT_A_SCORE
    if not wants and not any(character.isdigit() for character in question.asked):
        return []
    return [
        {
            "name": entry.definition.name,
            "title": entry.definition.title,
            "purpose": entry.definition.purpose,
            "filled": dict(entry.filled),
            "missing": list(entry.missing),
        }
        for entry in offer(question.asked)
        if wants or entry.filled
    ]


def _document(calculation: Calculation) -> dict[str, Any]:
    definition = calculation.definition
    return {
        "name": definition.name,
        "title": definition.title,
        "results": [
            {
                "name": figure.outcome.name,
                "title": figure.outcome.title,
                "value": figure.value,
                "low": figure.low,
                "high": figure.high,
                "unit": figure.outcome.unit,
                "text": figure.text,
            }
            for figure in calculation.figures
        ],
        "items": [
            {
                "name": line.name,
                "title": line.title,
                "given": line.given,
                "used": line.used,
                "points": _points(line.points),
                "group": line.group or None,
            }
            for line in calculation.lines
        ],
        "groups": [
            {"name": group.name, "title": group.title, "points": _points(group.points)}
            for group in calculation.groups
        ],
        "readings": [_remark(remark) for remark in calculation.readings],
        **_standing(definition),
        "notices": list(calculation.notices),
        "disclaimer": DISCLAIMER,
    }


def _definition(definition: Definition) -> dict[str, Any]:
    return {
        "name": definition.name,
        "title": definition.title,
        "purpose": definition.purpose,
        "aliases": list(definition.aliases),
        "items": [_item(item) for item in definition.items],
        "results": [
            {"name": outcome.name, "title": outcome.title, "unit": outcome.unit}
            for outcome in definition.outcomes
        ],
        **_standing(definition),
    }


def _standing(definition: Definition) -> dict[str, Any]:
    """Return for whom a calculator holds, how far, and where that is written."""
    return {
        "population": _remark(definition.population),
        "limits": [_remark(remark) for remark in definition.limits],
        "spread": [_remark(remark) for remark in definition.spread],
        "sources": [_source(source) for source in definition.sources],
    }


def _item(item: Item) -> dict[str, Any]:
    quantity = item.kind is ItemKind.QUANTITY
    return {
        "name": item.name,
        "title": item.title,
        "kind": item.kind.value,
        "required": item.required,
        "may_be_unknown": item.may_be_unknown,
        "units": [unit for unit in item.units if unit] if quantity else [],
        "unit_may_be_left_out": quantity and (item.bare or not item.unit),
        "low": item.low if quantity else None,
        "high": item.high if quantity else None,
        "unit": item.unit if quantity else None,
        "choices": [{"name": choice.name, "title": choice.title} for choice in item.choices],
    }


def _remark(remark: Remark) -> dict[str, Any]:
    return {"text": remark.text, "quoted": remark.quoted, "source": remark.source}


def _source(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "citation": source.citation,
        "doi": source.doi,
        "pmid": source.pmid,
        "pmcid": source.pmcid,
        "url": source.url,
    }


def _points(points: Points | None) -> dict[str, float] | None:
    return None if points is None else {"low": points.low, "high": points.high}
