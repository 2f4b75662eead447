"""The names of what an audit looks at in the text itself, and how one finding is written down."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from osler.model.verdict import Check, Outcome


class Finding(StrEnum):
    """Every check of an audit beyond those of the judge."""

    READ_AS = "read_as"
    CITED = "cited"
    ONE_NUMBER = "one_number"
    SAME_NUMBER = "same_number"
    REFERENCE = "reference"
    RANGE = "range"
    METRIC = "metric"
    PLACE = "place"
    TIME_POINT = "time_point"
    POPULATION = "figure_population"
    DOSE = "dose"
    COMPARATOR = "comparator"
    ORDER = "order"
    WORDS = "words"
    VERB = "verb"
    ATTRIBUTION = "attribution"
    ON_QUESTION = "on_question"
    COMPLETENESS = "completeness"


OPPOSING: Final = frozenset({Finding.ORDER.value, Finding.PLACE.value})
"""Findings that say that the evidence says the opposite."""
OVERSTATING: Final = frozenset({Finding.VERB.value, Finding.ATTRIBUTION.value, Finding.POPULATION.value})
"""Findings that say that a claim goes further than its evidence."""
NARROWING: Final = frozenset(
    {
        Finding.RANGE.value, Finding.METRIC.value, Finding.TIME_POINT.value, Finding.DOSE.value,
        Finding.COMPARATOR.value, Finding.WORDS.value,
    }
)  # fmt: skip
"""Findings that say that evidence carries only a part of a claim."""


def objection(name: Finding, reason: str) -> Check:
    """Return a finding against the text."""
    return Check(name.value, Outcome.FAILED, reason)


def remark(name: Finding, reason: str) -> Check:
    """Return a finding that is no fault."""
    return Check(name.value, Outcome.PASSED, reason)
