"""Panels: one group of figures made ready to be drawn or printed, from an answer's document.

The drawing and its text twin are both made from these, so that neither can hold a figure that the other
lacks. Nothing is computed here: bounds that are printed by no source come marked from the figure table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

Document = Mapping[str, Any]
_IS_RATIO: Final = re.compile(r"\b(?:ratio|relative risk|RR) for\b")
_BARE: Final = frozenset({"", "interval"})


class Scale(StrEnum):
    """How values are laid out along the axis."""

    SHARE = "share"
    RATIO = "ratio"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure.

    Attributes:
        label: The arm, or the source where no arms are compared.
        value: The figure, or None for a range.
        low: Lower bound, or None.
        high: Upper bound, or None.
        shown: Value and bounds in words, as drawing and text print them.
        aside: n/N and what else stands beside the figure, or empty.
        computed: Whether something in it is worked out and printed by no source.
        reference: Number of the reference, or None where the answer lists none.
    """

    label: str
    value: float | None
    low: float | None
    high: float | None
    shown: str
    aside: str
    computed: bool
    reference: int | None

    @property
    def extent(self) -> tuple[float, ...]:
        """The numbers that the axis has to hold."""
        return tuple(number for number in (self.low, self.value, self.high) if number is not None)

    @property
    def in_words(self) -> str:
        """The whole mark as one line."""
        cited = f" [{self.reference}]" if self.reference is not None else ""
        aside = f"; {self.aside}" if self.aside else ""
        return f"{self.label}: {self.shown}{aside}{cited}"


@dataclass(frozen=True, slots=True)
class Panel:
    """One group of figures, like with like.

    Attributes:
        title: What was measured, with its unit.
        under: When, in whom and against what, or empty.
        scale: How its values are laid out.
        marks: The figures, in order.
    """

    title: str
    under: str
    scale: Scale
    marks: tuple[Mark, ...]

    @property
    def in_words(self) -> str:
        """The whole panel as text, one line a figure."""
        head = f"{self.title} ({self.under})" if self.under else self.title
        return "\n".join([head, *(mark.in_words for mark in self.marks)])


def panels_of(answer: Document) -> tuple[Panel, ...]:
    """Return the figures of ``answer`` as panels, in the order of the figure table.

    Args:
        answer: The ``answer`` of the public contract.
    """
    references = {reference["source"]: reference for reference in answer.get("references") or ()}
    return tuple(_panel(group, references) for group in answer.get("figures") or () if group["rows"])


def _panel(group: Document, references: Mapping[str, Document]) -> Panel:
    metric, unit = str(group["metric"]), str(group["unit"])
    scale = Scale.AMOUNT
    if unit == "%":
        scale = Scale.SHARE
    elif not unit and _IS_RATIO.search(metric):
        scale = Scale.RATIO
    against = (
        f"against {group['comparator']}" if group.get("comparator") and scale is Scale.RATIO else ""
    )
    under = [
        f"at {group['time_point']}" if group["time_point"] else "",
        group["population"] or "",
        against,
    ]
    spelt = f"{metric[:1].upper()}{metric[1:]}"
    return Panel(
        f"{spelt}, {unit}" if unit else spelt,
        " · ".join(part for part in under if part),
        scale,
        tuple(_mark(row, unit, references) for row in group["rows"]),
    )


def _mark(row: Document, unit: str, references: Mapping[str, Document]) -> Mark:
    reference = references.get(row["citation"]["source"])
    asides = [_count(row), _spread(row), *_regimen(row.get("dose"))]
    return Mark(
        label=row["arm"] or _name_of(reference),
        value=row["value"],
        low=row["low"],
        high=row["high"],
        shown=_shown(row, unit),
        aside=", ".join(aside for aside in asides if aside),
        computed=row["origin"] == "computed",
        reference=int(reference["number"]) if reference else None,
    )


def number(value: float) -> str:
    """Return a number as short as it can be printed without loss, with a true minus sign."""
    return f"{value:.10g}".replace("-", "\N{MINUS SIGN}")


def _shown(row: Document, unit: str) -> str:
    sign = "%" if unit == "%" else ""
    value, low, high = row["value"], row["low"], row["high"]
    if low is None or high is None:
        return f"{number(value)}{sign}" if value is not None else "not stated"
    bounds = f"{number(low)} to {number(high)}{sign}"
    return bounds if value is None else f"{number(value)}{sign} ({bounds})"


def _count(row: Document) -> str:
    if row["n"] is None:
        return ""
    return f"{row['n']} of {row['of']}" if row["of"] is not None else f"n = {row['n']}"


def _spread(row: Document) -> str:
    """Return what the bounds are; what is worked out here says so."""
    name = row["interval"] or ""
    if name.startswith("95% Wilson"):
        return "95% Wilson (computed)"
    if name == "range" and row["value"] is None:
        return ""
    said = "" if name in _BARE else name
    return f"{said}, share computed".lstrip(", ") if row["origin"] == "computed" else said


def _regimen(dose: Document | None) -> list[str]:
    """Return what a dose says of itself beyond its amount and basis."""
    if not dose:
        return []
    maximum = f"maximum {dose['maximum']}" if dose["maximum"] else ""
    lasting = f"for {dose['duration']}" if dose["duration"] else ""
    return [str(part) for part in (dose["frequency"], dose["route"], maximum, lasting) if part]


def _name_of(reference: Document | None) -> str:
    """Return a source in a word or two: first author and year, else its container or title."""
    if reference is None:
        return "one source"
    authors = reference.get("authors") or ()
    name = str(authors[0]).rsplit(" ", 1)[0] if authors else ""
    name = name or str(reference.get("container") or reference.get("title") or "one source")
    return f"{name} {reference['year']}" if reference.get("year") else name


def in_words(panels: Sequence[Panel]) -> str:
    """Return all panels as text: the description of the drawing, and its twin."""
    return "\n\n".join(panel.in_words for panel in panels)
