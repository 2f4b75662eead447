"""Scores that are the same on every machine and for every way the passages lie in segments.

The engine adds 32-bit numbers in an order that depends on its segments, so that the last digits of a sum
vary. Scores are therefore read on a grid of ``STEP``. A score so close to a grid line that those digits could
decide is added up again, exactly, from its single terms, which are the same everywhere.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, Final

import tantivy

STEP: Final = 2.0**-8
"""Distance of two neighbouring scores."""

_UNIT: Final = 2.0**-24
_BOOST: Final = re.compile(r"Boost x([0-9.eE+-]+) of")
_SUM: Final = "BooleanClause"


def error_bound(score: float, *, leaves: int) -> float:
    """Return how far ``score``, a sum of at most ``leaves`` numbers, may lie from the exact sum."""
    return abs(score) * (leaves + 8) * _UNIT


def ceiling(score: float, *, leaves: int) -> float:
    """Return the highest score on the grid that a sum of at most ``score`` can turn out to be."""
    return math.floor((score + error_bound(score, leaves=leaves)) / STEP + 0.5) * STEP


def snap(
    score: float,
    address: tantivy.DocAddress,
    *,
    query: tantivy.Query,
    searcher: tantivy.Searcher,
    leaves: int,
) -> float:
    """Return ``score`` on the grid, the same for every order of addition."""
    error = error_bound(score, leaves=leaves) / STEP
    cells = score / STEP
    low, high = math.floor(cells - error + 0.5), math.floor(cells + error + 0.5)
    if low != high:
        exact = _add_up(json.loads(query.explain(searcher, address).to_json()))
        low = math.floor(exact / STEP + 0.5)
    return low * STEP


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
