"""Levels of certainty, and the verbs that each level allows (GRADE wording)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    """GRADE's four levels."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"


VERBS: Final[dict[Level, tuple[str, ...]]] = {
    Level.HIGH: ("results in", "reduces", "increases"),
    Level.MODERATE: ("probably", "likely"),
    Level.LOW: ("may",),
    Level.VERY_LOW: ("the evidence is very uncertain about",),
}
"""How an effect may be put into words at each level, after GRADE's informative statements."""

DOWNWARDS: Final = (Level.HIGH, Level.MODERATE, Level.LOW, Level.VERY_LOW)
PROVISIONAL: Final = "provisional:"
"""How the basis of a label begins that rests on Osler's stated rules and not on the source's rating."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """A level and what it rests on: the source's own rating, or Osler's stated rules (provisional)."""

    level: Level
    basis: str

    @property
    def is_provisional(self) -> bool:
        """Whether no source gave this rating."""
        return self.basis.startswith(PROVISIONAL)


def lowered(level: Level, steps: int) -> Level:
    """Return ``level`` lowered by ``steps``; nothing is lower than very low."""
    return DOWNWARDS[min(DOWNWARDS.index(level) + steps, len(DOWNWARDS) - 1)]
