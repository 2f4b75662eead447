"""The names of the judge's checks, and how one is written down.

Holds no rule: each rule stands in the module of its check.
"""

from __future__ import annotations

from enum import StrEnum

from osler.model.verdict import Check, Outcome


class CheckName(StrEnum):
    """Every check that the judge knows."""

    SPANS = "spans"
    FIGURES = "figures"
    INSERTIONS = "insertions"
    CHARACTERS = "characters"
    POLARITY = "polarity"
    DIRECTION = "direction"
    STRENGTH = "strength"
    ASSURANCE = "assurance"
    POPULATION = "population"
    ENTITIES = "entities"
    COVERAGE = "coverage"
    CARRIED = "carried"
    MOVE = "move"
    STANDING = "standing"
    STANDALONE = "standalone"


def passed(name: CheckName, reason: str = "") -> Check:
    """Return a check that found nothing wrong."""
    return Check(check=name.value, outcome=Outcome.PASSED, reason=reason)


def failed(name: CheckName, reason: str) -> Check:
    """Return a check that refuses the statement, with the reason a reader understands."""
    return Check(check=name.value, outcome=Outcome.FAILED, reason=reason)


def skipped(name: CheckName, reason: str = "") -> Check:
    """Return a check that had nothing to look at."""
    return Check(check=name.value, outcome=Outcome.NOT_APPLICABLE, reason=reason)
