"""Plots as SVG: bars, and values in order of size. Plain text, the same bytes for the same values.

Written here and not by a plotting package: two shapes are needed, and the packages would add some 60 MB
and change their bytes with every version. No fonts, no scripts, nothing fetched.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 300
LEFT: Final = 64
RIGHT: Final = 16
TOP: Final = 40
BOTTOM: Final = 46
COLOURS: Final = ("#1b5e8c", "#c2571a", "#4b7d3a", "#7a4a8c")
"""Told apart in grey and by people who do not see red or green."""

_INNER_WIDTH: Final = WIDTH - LEFT - RIGHT
_INNER_HEIGHT: Final = HEIGHT - TOP - BOTTOM


def draw_bars(title: str, groups: Mapping[str, Mapping[str, float]], *, unit: str = "") -> str:
    """Return bars: one group for each label, one bar in it for each series, values printed above.

    Args:
        title: Stands above the plot and is its description for those who cannot see it.
        groups: Label → series → value, not negative; series in the order of the first group.
        unit: Of the values.
    """
    series = list(dict.fromkeys(name for values in groups.values() for name in values))
    highest = _round_up(max((v for values in groups.values() for v in values.values()), default=1.0))
    parts = _frame(title, unit, highest)
    slot = _INNER_WIDTH / max(1, len(groups))
    width = slot * 0.8 / max(1, len(series))
    for place, (label, values) in enumerate(groups.items()):
        left = LEFT + slot * place + slot * 0.1
        for name, value in values.items():
            number = series.index(name)
            x, y = left + width * number, _y(value, highest)
            height = TOP + _INNER_HEIGHT - y
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{width * 0.92:.1f}" height="{height:.1f}"'
                f' fill="{_colour(number)}"/>'
            )
            parts.append(_text(x + width * 0.46, y - 4, _short(value), size=10))
        parts.append(_text(left + slot * 0.4, HEIGHT - BOTTOM + 16, label, size=11))
    return whole_plot(title, [*parts, *_legend(series)])


def draw_sorted(title: str, series: Mapping[str, Sequence[float]], *, unit: str, axis: str) -> str:
    """Return one rising line for each series: its values in order of size, along their share.

    Read a percentile where the line crosses it; the whole distribution is there, not two numbers of it.

    Args:
        title: Stands above the plot and is its description.
        series: Name → values, not negative.
        unit: Of the values.
        axis: What the horizontal axis counts, such as ``questions``.
    """
    highest = _round_up(max((value for values in series.values() for value in values), default=1.0))
    parts = _frame(title, unit, highest)
    for number, values in enumerate(series.values()):
        if not values:
            continue
        points = []
        for place, value in enumerate(sorted(values)):
            for edge in (place, place + 1):
                x = LEFT + _INNER_WIDTH * edge / len(values)
                points.append(f"{x:.1f},{_y(value, highest):.1f}")
        line = " ".join(points)
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{_colour(number)}" stroke-width="2"/>'
        )
    for share in (0, 25, 50, 75, 100):
        x = LEFT + _INNER_WIDTH * share / 100
        parts.append(_text(x, HEIGHT - BOTTOM + 16, f"{share}%", size=11))
    parts.append(_text(LEFT + _INNER_WIDTH / 2, HEIGHT - 10, f"share of {axis}", size=11))
    return whole_plot(title, [*parts, *_legend(list(series))])


def _frame(title: str, unit: str, highest: float) -> list[str]:
    parts = [_text(LEFT, 16, title, size=13, anchor="start")]
    for step in range(5):
        value = highest * step / 4
        y = _y(value, highest)
        parts.append(
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#d8d8d8"/>'
        )
        shown = f"{_short(value)} {unit}".strip()
        parts.append(_text(LEFT - 6, y + 4, shown, size=11, anchor="end"))
    return parts


def _legend(series: Sequence[str]) -> list[str]:
    if len(series) < 2:
        return []
    parts, x = [], float(LEFT)
    for number, name in enumerate(series):
        parts.append(f'<rect x="{x:.1f}" y="24" width="10" height="10" fill="{_colour(number)}"/>')
        parts.append(_text(x + 14, 33, name, size=11, anchor="start"))
        x += 30 + 6.5 * len(name)
    return parts


def whole_plot(title: str, parts: Sequence[str]) -> str:
    """Return ``parts`` as one picture on white, named by ``title`` for those who cannot see it."""
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"'
        f' viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}"'
        f' font-family="sans-serif">\n<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n'
        f"{body}\n</svg>\n"
    )


def _text(x: float, y: float, text: str, *, size: int, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="#222222">'
        f"{escape(text)}</text>"
    )


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _y(value: float, highest: float) -> float:
    return TOP + _INNER_HEIGHT * (1 - value / highest)


def _round_up(value: float) -> float:
    """Return the least of 1, 2, 2.5, 4, 5, 8 and 10 times a power of ten that is at least ``value``."""
    if value < sys.float_info.min:  # nothing, or so little that its power of ten is nothing
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 2, 2.5, 4, 5, 8, 10, 20) if step * power >= value)


def _short(value: float) -> str:
    return f"{value:.3g}"
