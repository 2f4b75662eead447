"""Levels of certainty, and the verbs that each level allows (GRADE wording)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """GRADE's four levels."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very_low"


@dataclass(frozen=True, slots=True)
class Certainty:
    """A level and what it rests on: the source's own rating, or Osler's stated rules (provisional)."""

    level: Level
    basis: str
