"""What a calculator is: its items, its points, what its result means and where all of that is written.

Frozen values, made by ``definition_file`` from a declarative file. They know nothing of what was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

YES: Final = "yes"
NO: Final = "no"
UNKNOWN: Final = "unknown"


class ItemKind(StrEnum):
    """How an item is answered."""

    QUANTITY = "quantity"
    CHOICE = "choice"
    YES_NO = "yes_no"


class GroupRule(StrEnum):
    """How items that share one place in a score are counted together."""

    HIGHEST = "highest"
    AT_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is written, so that a reader can find it."""

    key: str
    citation: str
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence with its source; ``quoted`` where the words are the source's own."""

    text: str
    source: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """Limits of a band, each by unit: a source that prints two units may round them differently.

    A value is held against the limit printed in its own unit; in a unit that the source does not print,
    it is converted to the item's unit first. HLH-2004 prints 3.0 mmol/L and 265 mg/dL, which differ by
    0.3%: each of the two fulfils the criterion as given.
    """

    at_least: Mapping[str, float] | None = None
    above: Mapping[str, float] | None = None
    below: Mapping[str, float] | None = None
    up_to: Mapping[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """Points for values within ``cut``, where every item in ``only_if`` has the choice named there."""

    points: float
    cut: Cut
    only_if: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to an item, with its points."""

    name: str
    title: str
    points: float


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a calculator asks for.

    Attributes:
        name: As it is typed, in lower case with hyphens.
        title: In words.
        unit: The unit in which formulas and limits are written; empty for a number without one.
        units: Every unit it may be given in, ``unit`` among them.
        substance: What is measured, where mass and amount are converted into each other.
        low: Smallest value that is taken for real, in ``unit``. Wide on purpose: no reference range.
        high: Largest such value.
        bare: The number may be given without a unit, which is then ``unit``.
        required: The calculation cannot be made without it.
        may_be_unknown: ``unknown`` is an answer; the result is then a range.
        group: Items of one group share a place in the score.
        words: How a question names the item, for ``offer``.
    """

    name: str
    title: str
    kind: ItemKind
    unit: str = ""
    units: tuple[str, ...] = ()
    substance: str = ""
    low: float = 0.0
    high: float = 0.0
    bare: bool = False
    required: bool = True
    may_be_unknown: bool = False
    group: str = ""
    bands: tuple[Band, ...] = ()
    choices: tuple[Choice, ...] = ()
    words: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are counted as one: the highest of them, or one point if at least ``needs`` score."""

    name: str
    title: str
    rule: GroupRule
    needs: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure of the result, with the decimals it is shown with."""

    name: str
    title: str
    unit: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a source says of the values of ``outcome`` within ``cut`` (limits under the empty unit)."""

    outcome: str
    cut: Cut
    remark: Remark


@dataclass(frozen=True, slots=True)
class Definition:
    """A calculator as its file declares it."""

    name: str
    title: str
    purpose: str
    aliases: tuple[str, ...]
    formula: str
    scored: bool
    items: tuple[Item, ...]
    groups: tuple[Group, ...]
    outcomes: tuple[Outcome, ...]
    readings: tuple[Reading, ...]
    population: Remark
    limits: tuple[Remark, ...]
    spread: tuple[Remark, ...]
    sources: tuple[Source, ...]
    offered_for: tuple[str, ...]
    table: Mapping[str, tuple[float, ...]]

    def item(self, name: str) -> Item | None:
        """Return the item of this name, or None."""
        return next((item for item in self.items if item.name == name), None)
