"""What sources say differently about one thing, set side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from osler.model.citation import Citation

NOT_EXPLAINED: Final = "not explained"
"""Nothing that was read differs between the sides but what they say."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one statement says.

    Attributes:
        statement: ``st_…``.
        citation: The words it rests on.
        population: In whom, or None where neither the words nor the record say.
    """

    statement: str
    citation: Citation
    population: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more statements, of two sources at least, that differ on one thing.

    Attributes:
        about: The thing (``dose of anakinra``).
        why: What differs between the sides besides, or ``not explained``.
        sides: The statements, in the order of the answer.
    """

    about: str
    why: str
    sides: tuple[Side, ...]
