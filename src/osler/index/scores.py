"""Scores that are the same on every machine and for every way the passages lie in segments.

The engine adds 32-bit numbers in an order that depends on its segments, so that the last digits of a
sum vary. Scores are therefore read on a grid of ``STEP``. A score so close to a grid line that those
digits could decide is added up again, exactly, from its terms, which are the same everywhere.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any, Final

import tantivy

STEP: Final = 2.0**-6
"""Distance of two neighbouring scores."""

_UNIT: Final = 2.0**-24
_BOOST: Final = re.compile(r"Boost x([0-9.eE+-]+) of")
_SUM: Final = "BooleanClause"


def error_bound(score: float, *, leaves: int) -> float:
    """Return how far ``score``, a sum of ``leaves`` positive numbers, may lie from the exact sum."""
    return score * (leaves + 4) * _UNIT


def ceiling(score: float, *, leaves: int, step: float = STEP) -> float:
    """Return the highest score on the grid that a sum of at most ``score`` can turn out to be."""
    return math.floor((score + error_bound(score, leaves=leaves)) / step + 0.5) * step


def snap(
    found: Sequence[tuple[float, tantivy.DocAddress]],
    *,
    query: tantivy.Query,
    searcher: tantivy.Searcher,
    leaves: int,
    step: float = STEP,
) -> list[float]:
    """Return every score of ``found`` on the grid, the same for every order of addition."""
    relative = error_bound(1.0, leaves=leaves)
    snapped: list[float] = []
    for score, address in found:
        cells = score / step + 0.5
        error = cells * relative
        cell = int(cells - error)
        if cell != int(cells + error):
            exact = _add_up(json.loads(query.explain(searcher, address).to_json()))
            cell = int(exact / step + 0.5)
        snapped.append(cell * step)
    return snapped


def _add_up(node: dict[str, Any]) -> float:
    """Return the exact value of an explanation whose shape is the one that ``query`` builds."""
    description = str(node["description"])
    inner = node.get("details") or []
    if description.startswith(_SUM):
        return math.fsum(_add_up(child) for child in inner)
    boost = _BOOST.match(description)
    if boost and inner and str(inner[0]["description"]).startswith(_SUM):
        best = max(_add_up(child) for child in inner[0]["details"])
        return float(boost[1]) * best
    return float(node["value"])
