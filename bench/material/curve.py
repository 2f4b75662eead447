"""A plot of how something grows: both axes by powers of ten, one line for each series, as SVG.

In the manner of `osler.evaluate.plots`, whose measures and colours it takes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from osler.evaluate.plots import BOTTOM, COLOURS, HEIGHT, LEFT, RIGHT, TOP, WIDTH, whole_plot

Point = tuple[float, float]
_NAMES = {1_000: "1,000", 10_000: "10,000", 100_000: "100,000", 1_000_000: "1 million"}


def draw_curve(title: str, series: Mapping[str, Sequence[Point]], *, unit: str, axis: str) -> str:
    """Return the plot of ``series``, name → points of positive numbers, as text that never varies.

    Args:
        title: Stands above the plot and is its description for those who cannot see it.
        series: What is drawn; a value that is missing has no point.
        unit: Of the vertical axis.
        axis: What the horizontal axis counts.
    """
    points = [point for line in series.values() for point in line]
    across = _decades([x for x, _ in points])
    up = _decades([y for _, y in points])
    parts = [label(LEFT, 16, title, size=13, anchor="start")]
    parts += _grid(across, up, unit, axis)
    x = float(LEFT)
    for number, (name, line) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        dash = "" if number < len(COLOURS) else ' stroke-dasharray="5 3"'
        places = [
            (_at(px, across, LEFT, WIDTH - RIGHT), _at(py, up, HEIGHT - BOTTOM, TOP)) for px, py in line
        ]
        path = " ".join(f"{px:.1f},{py:.1f}" for px, py in places)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        parts += [f'<circle cx="{px:.1f}" cy="{py:.1f}" r="3" fill="{colour}"/>' for px, py in places]
        parts.append(f'<rect x="{x:.1f}" y="24" width="10" height="10" fill="{colour}"/>')
        parts.append(label(x + 14, 33, name, size=11, anchor="start"))
        x += 30 + 6.2 * len(name)
    return whole_plot(title, parts)


def _grid(across: tuple[int, int], up: tuple[int, int], unit: str, axis: str) -> list[str]:
    parts = []
    for power in range(up[0], up[1] + 1):
        y = _at(10.0**power, up, HEIGHT - BOTTOM, TOP)
        parts.append(
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#d8d8d8"/>'
        )
        parts.append(label(LEFT - 6, y + 4, f"{10.0**power:g} {unit}", size=11, anchor="end"))
    for power in range(across[0], across[1] + 1):
        x = _at(10.0**power, across, LEFT, WIDTH - RIGHT)
        parts.append(
            f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{HEIGHT - BOTTOM}" stroke="#ececec"/>'
        )
        anchor = "end" if power == across[1] else "middle"
        parts.append(
            label(x, HEIGHT - BOTTOM + 16, _NAMES.get(10**power, f"{10**power}"), size=11, anchor=anchor)
        )
    parts.append(label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, axis, size=11))
    return parts


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _at(value: float, decades: tuple[int, int], first: float, last: float) -> float:
    share = (math.log10(value) - decades[0]) / (decades[1] - decades[0])
    return first + (last - first) * share


def label(x: float, y: float, words: str, *, size: int, anchor: str = "middle") -> str:
    """Return ``words`` at a place, as every plot of the benchmarks prints them."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="#222222">'
        f"{escape(words)}</text>"
    )
