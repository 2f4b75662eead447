"""Cells: a figure with what is printed beside it, and a sentence with its cells as single letters.

``8 of 14 (57%)``, ``54.3 ± 12.1 years`` and ``HR 0.72 (95% CI 0.60-0.86)`` are one cell each. In the
template of a sentence every cell is one letter that no text uses, so that a pattern can speak of "a
value in an arm" and need not know how values are printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from osler.model.figure import Figure, Metric
from osler.synthesis.arithmetic import is_right, share_beside
from osler.text.figures import find_figures

_FIRST_VALUE, _FIRST_RATIO, _FIRST_OTHER, _PRIVATE_END = 0xE000, 0xE800, 0xF000, 0xF8FF
VALUE: Final = f"[{chr(_FIRST_VALUE)}-{chr(_FIRST_RATIO - 1)}]"
"""Pattern of one value: a share, or a quantity that may be a mean or a median."""
RATIO: Final = f"[{chr(_FIRST_RATIO)}-{chr(_FIRST_OTHER - 1)}]"
"""Pattern of one hazard, odds or risk ratio."""
CELL: Final = f"[{chr(_FIRST_VALUE)}-{chr(_PRIVATE_END)}]"
"""Pattern of any cell, p-values and intervals that belong to no figure included."""

_OPENS: Final = re.compile(r"\)?\s?[(\[,;]\s?")
_OPENS_SPREAD: Final = re.compile(
    r"\s?[(\[,;]\s?(?P<name>SD|s\.d\.|standard deviation|SE|SEM|IQR|interquartile range|range)"
    r"[\s,:=\[(]{0,3}",
    re.IGNORECASE,
)
_PEOPLE_THEN: Final = re.compile(
    r"(?:\s(?:patients|subjects|participants|children|infants|women|men|people|adults))?\s?[(\[]\s?"
)
_SPREADS: Final = {
    "s.d.": "SD",
    "standard deviation": "SD",
    "interquartile range": "IQR",
    "range": "range",
}
_LEVEL: Final = re.compile(
    r"(?P<level>9[059])\s?(?:%|per\s?cent)\s?-?(?:CIs?|confidence\s(?:interval|limit))", re.IGNORECASE
)
_IS_TIME: Final = re.compile(
    r"\b(?:at|after|by|within|over|for|during|every|from|until|to|first|last|in|next)\s"
    r"(?:a\s|the\s|about\s)?$",
    re.IGNORECASE,
)
_AGE_IN_WORDS: Final = re.compile(r"\baged?\s$|\bages\s$|\baged\s\w+\s$", re.IGNORECASE)
_OTHER: Final = frozenset({Metric.P_VALUE, Metric.INTERVAL})


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with what is printed beside it.

    Attributes:
        figure: The value; of n/N alone the n/N.
        count: The n/N, or the count without its total, printed beside a percentage; or None.
        interval: Figure with the bounds, or None.
        spread: What the bounds are (``95% CI``, ``IQR``, ``range``), or a spread that is one number as
            printed (``SD 12.1``, ``± 12.1``); None where there is neither.
        end: One past the last code point, closing bracket included.
        adds_up: Whether the percentage is the n/N beside it.
    """

    figure: Figure
    end: int
    count: Figure | None = None
    interval: Figure | None = None
    spread: str | None = None
    adds_up: bool = True

    @property
    def start(self) -> int:
        """First code point."""
        starts = [self.figure.start, *([self.count.start] if self.count else [])]
        return min(starts)


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence in which each cell is one letter.

    Attributes:
        text: The sentence so written.
        cells: The cell of each letter.
    """

    text: str
    cells: dict[str, Cell]


@lru_cache(maxsize=256)
def template_of(text: str) -> Template | None:
    """Return ``text`` with its cells as letters; None where it has no two cells or uses such letters."""
    if re.search(CELL, text):
        return None
    cells = _cells_in(text)
    pieces: list[str] = []
    letters: dict[str, Cell] = {}
    at = 0
    for number, cell in enumerate(cells[:200]):
        letter = chr(_first(cell) + number)
        letters[letter] = cell
        pieces += [text[at : cell.start], letter]
        at = cell.end
    pieces.append(text[at:])
    return Template("".join(pieces), letters) if letters else None


def _first(cell: Cell) -> int:
    if cell.figure.metric in _OTHER:
        return _FIRST_OTHER
    return _FIRST_RATIO if cell.figure.metric is Metric.RATIO else _FIRST_VALUE


def _cells_in(text: str) -> list[Cell]:
    figures = [figure for figure in find_figures(text) if not _is_words(text, figure)]
    found: list[Cell] = []
    at = 0
    while at < len(figures):
        cell, at = _cell(text, figures, at)
        found.append(cell)
    return found


def _is_words(text: str, figure: Figure) -> bool:
    """Tell whether a figure is part of the wording here: a dose, an age, a label, a time, a numeral."""
    printed = text[figure.start : figure.end]
    if figure.metric in _OTHER or figure.metric is Metric.RATIO:
        return False
    if figure.metric is Metric.DOSE or (figure.metric is Metric.NUMBER and figure.unit.isalpha()):
        return True
    if figure.metric is Metric.AGE:
        before = text[: figure.start]
        return bool(re.search(r"old|of age", printed) or _AGE_IN_WORDS.search(before))
    if not re.match(r"[-−–±+/.<>≤≥~≈]*\s?\d", printed):
        return figure.metric in {Metric.NUMBER, Metric.QUANTITY, Metric.DURATION}
    if figure.metric is Metric.DURATION:
        hyphenated = re.match(r"\d+-[a-z]", printed) or text[figure.end : figure.end + 1] == "-"
        return bool(hyphenated or _IS_TIME.search(text[: figure.start]))
    return figure.metric is Metric.NUMBER and figure.unit == ":"


def _cell(text: str, figures: Sequence[Figure], at: int) -> tuple[Cell, int]:
    """Return the cell that begins with ``figures[at]``, and the place of the figure after it."""
    cell = Cell(figures[at], figures[at].end)
    at += 1
    if cell.figure.metric in _OTHER:
        return cell, at
    if at < len(figures):
        joined = _with_count(text, cell.figure, figures[at])
        if joined:
            cell, at = joined, at + 1
            cell, at = _with_total(text, cell, figures, at)
    if at < len(figures):
        spread = _spread(text, cell, figures[at])
        if spread:
            return spread, at + 1
    return cell, at


def _with_count(text: str, one: Figure, other: Figure) -> Cell | None:
    """Join n/N and percentage, or a count and its percentage (``36 (26%)``)."""
    pair = share_beside(text, one, other)
    end = _closed(text, one.end, other.end)
    if pair:
        return Cell(pair[1], end, count=pair[0], adds_up=is_right(text, *pair))
    bare = one.metric is Metric.NUMBER and not one.unit and one.value == int(one.value) >= 0
    share = other.metric is Metric.PERCENT and other.high is None and other.relation == "="
    if bare and one.high is None and share and _PEOPLE_THEN.fullmatch(text, one.end, other.start):
        return Cell(other, end, count=one)
    return None


def _with_total(text: str, cell: Cell, figures: Sequence[Figure], at: int) -> tuple[Cell, int]:
    """Read the total in ``36 (26%) of 137``."""
    count = cell.count
    if count is None or count.high is not None or at >= len(figures):
        return cell, at
    total = figures[at]
    if total.metric is not Metric.NUMBER or not re.fullmatch(
        r"\sof\s(?:the\s)?", text[cell.end : total.start]
    ):
        return cell, at
    whole = replace(count, metric=Metric.COUNT_OF, high=total.value)
    if not 0 <= count.value <= total.value or not total.value:
        return cell, at
    return replace(cell, count=whole, end=total.end, adds_up=is_right(text, whole, cell.figure)), at + 1


def _spread(text: str, cell: Cell, other: Figure) -> Cell | None:
    """Join what is printed behind a value: a deviation, an interval, a range."""
    between = text[cell.end : other.start]
    end = _closed(text, cell.end, other.end)
    printed = text[other.start : other.end]
    if other.unit.startswith("±") and not between.strip():
        return replace(cell, spread=f"± {_digits(printed)}", end=end)
    if other.metric is Metric.INTERVAL and (not between.strip(" ") or _OPENS.fullmatch(between)):
        level = _LEVEL.match(printed)
        return replace(
            cell, interval=other, spread=f"{level['level']}% CI" if level else "interval", end=end
        )
    named = _OPENS_SPREAD.fullmatch(between)
    if named is None:
        return None
    name = _SPREADS.get(named["name"].lower(), named["name"].upper())
    if name in {"IQR", "range"}:
        return replace(cell, interval=other, spread=name, end=end) if other.high is not None else None
    return replace(cell, spread=f"{name} {_digits(printed)}", end=end) if other.high is None else None


def _digits(printed: str) -> str:
    found = re.search(r"\d+(?:[.·,]\d+)*|[.·]\d+", printed)
    return found.group() if found else printed


def _closed(text: str, start: int, end: int) -> int:
    """Return ``end`` past the bracket that was opened behind ``start``."""
    opened = text.count("(", start, end) + text.count("[", start, end)
    closed = text.count(")", start, end) + text.count("]", start, end)
    while opened > closed and text[end : end + 1] in {")", "]"}:
        end, closed = end + 1, closed + 1
    return end
