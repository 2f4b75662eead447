"""Which way the statements of an answer lean on a question that asks yes or no."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Stance(StrEnum):
    """What the printed statements say to the question, taken together."""

    YES = "yes"
    NO = "no"
    MIXED = "mixed"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Lean:
    """Which way one printed statement leans.

    Attributes:
        statement: ``st_…``.
        leans: Yes, no, or unclear; never mixed.
    """

    statement: str
    leans: Stance


@dataclass(frozen=True, slots=True)
class StanceReading:
    """A stance with the statements that it was read from, in the order in which they are printed."""

    stance: Stance
    leans: tuple[Lean, ...]
