"""Measures of a ranking, computed by ir-measures, and of a list of times.

The package behind them (MacAvaney, Macdonald, Ounis 2022, "Streamlining Evaluation with ir-measures",
ECIR) is used as it is, so that the figures are the field's and not ours.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from osler.evaluate.extra import require_extra

DEPTH: Final = 100
"""Documents of a ranking that are looked at."""

MEASURES: Final[Mapping[str, str]] = {
    "nDCG@10": "nDCG@10",
    "MAP": "AP@100",
    "recall@100": "R@100",
    "MRR@10": "RR@10",
}
"""Printed name → name in ir-measures. All are between 0 and 1, higher is better."""

PERCENTILES: Final = (50, 95, 99)


def score_rankings(
    rankings: Mapping[str, Sequence[str]], relevance: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, float]]:
    """Return query id → measure → value, for every query of ``relevance``.

    Ranks count, not scores: documents of equal score stay in the order given, where the usual tools
    would order them by id. A query without a ranking gets zeros.

    Raises:
        UsageError: The extra ``eval`` is not installed.
    """
    package: Any = require_extra("ir_measures")
    parsed = {package.parse_measure(name): shown for shown, name in MEASURES.items()}
    judged = {query: dict(grades) for query, grades in relevance.items()}
    ranked = {
        query: {document: float(-place) for place, document in enumerate(found)}
        for query, found in rankings.items()
        if found
    }
    values = {query: dict.fromkeys(MEASURES, 0.0) for query in relevance}
    if ranked:
        for entry in package.iter_calc(list(parsed), judged, ranked):
            if entry.query_id in values:
                values[entry.query_id][parsed[entry.measure]] = float(entry.value)
    return values


def mean(values: Sequence[float]) -> float:
    """Return the arithmetic mean, or 0 of nothing."""
    return math.fsum(values) / len(values) if values else 0.0


def percentile(values: Sequence[float], share: int) -> float:
    """Return the nearest-rank percentile: the least value that ``share`` % of ``values`` do not exceed.

    Raises:
        ValueError: There are no values, or the share is not within 1 to 100.
    """
    if not values or not 1 <= share <= 100:
        raise ValueError("a percentile needs values and a share from 1 to 100")
    return sorted(values)[math.ceil(len(values) * share / 100) - 1]


def time_summary(name: str, milliseconds: Sequence[float]) -> dict[str, float]:
    """Return p50, p95 and p99 of ``milliseconds`` under ``NAME_p50_ms`` …, rounded to microseconds."""
    return {f"{name}_p{share}_ms": round(percentile(milliseconds, share), 3) for share in PERCENTILES}
