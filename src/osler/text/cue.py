"""A cue: words that change or limit what a sentence says, with their span."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CueKind(StrEnum):
    """What the words do."""

    NEGATION = "negation"
    HEDGE = "hedge"
    UP = "up"
    DOWN = "down"
    NO_DIFFERENCE = "no_difference"
    COMPARATOR = "comparator"
    PRONOUN = "pronoun"
    DEMONSTRATIVE = "demonstrative"
    DEFINITE = "definite"
    SELF_REFERENCE = "self_reference"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words found in a text: ``original[start:end] == text``."""

    kind: CueKind
    text: str
    start: int
    end: int
