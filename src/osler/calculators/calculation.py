"""A calculation: what was given, what each item counted for, what came out and what that means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from osler.calculators.amount import Amount, Answer
from osler.calculators.definition import YES, Definition, Outcome, Remark
from osler.calculators.points import Points


@dataclass(frozen=True, slots=True)
class Value:
    """One figure before it is worded: a number, a range, or words alone.

    Attributes:
        low: Least it can be; None where it is words alone.
        high: Most it can be; the same as ``low`` unless an answer is unknown or a source leaves it open.
        text: Words in place of the number.
    """

    low: float | None
    high: float | None
    text: str = ""

    @classmethod
    def of(cls, number: float) -> Value:
        """Return one number."""
        return cls(number, number)


@dataclass(frozen=True, slots=True)
class Given:
    """What a formula may ask for: the answers in the units of the definition, and the points."""

    answers: Mapping[str, Answer]
    total: Points
    parts: Mapping[str, Points]
    table: Mapping[str, tuple[float, ...]]

    def amount(self, name: str) -> Amount:
        """Return the quantity of an item that is required and cannot be unknown."""
        answer = self.answers[name]
        assert isinstance(answer, Amount)  # noqa: S101 - the definition says so, and its test holds it
        return answer

    def number(self, name: str) -> float:
        """Return the number of ``amount`` in the unit of the item."""
        return self.amount(name).value

    def optional(self, name: str) -> float | None:
        """Return the number of an item that may be left out."""
        return self.number(name) if name in self.answers else None

    def is_yes(self, name: str) -> bool:
        """Return whether a question was answered with yes."""
        return self.answers.get(name) == YES


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the result, rounded as its source does.

    Attributes:
        outcome: Its name, title, unit and decimals.
        value: The number, or None where it is a range or words.
        low: Least it can be.
        high: Most it can be.
        text: As it is shown, without the unit.
    """

    outcome: Outcome
    value: float | None
    low: float | None
    high: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item as it was used: ``given`` as typed, ``used`` in the unit of the calculator."""

    name: str
    title: str
    given: str
    used: str
    points: Points | None
    group: str


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Items that were counted as one, with what they counted for."""

    name: str
    title: str
    points: Points


@dataclass(frozen=True, slots=True)
class Calculation:
    """The result of a calculator on what was given."""

    definition: Definition
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    groups: tuple[GroupLine, ...]
    readings: tuple[Remark, ...]
    notices: tuple[str, ...]
