"""A plot of how something goes along: both axes from nought, one line for each series, as SVG.

In the manner of `osler.evaluate.plots`, whose measures and colours it takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from material.curve import label
from osler.evaluate.plots import BOTTOM, COLOURS, HEIGHT, LEFT, RIGHT, TOP, WIDTH, whole_plot

Point = tuple[float, float]
_STEPS = 4


def draw_course(title: str, series: Mapping[str, Sequence[Point]], *, unit: str, axis: str) -> str:
    """Return the plot of ``series``, name → points, none negative, as text that never varies.

    Args:
        title: Stands above the plot and is its description for those who cannot see it.
        series: What is drawn.
        unit: Of the vertical axis.
        axis: What the horizontal axis counts.
    """
    points = [point for line in series.values() for point in line]
    furthest, highest = max(x for x, _ in points), _round(max(y for _, y in points) * 1.05)
    width, height = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    parts = [label(LEFT, 16, title, size=13, anchor="start")]
    for step in range(_STEPS + 1):
        y = HEIGHT - BOTTOM - height * step / _STEPS
        x = LEFT + width * step / _STEPS
        parts.append(
            f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#d8d8d8"/>'
        )
        parts.append(
            label(LEFT - 6, y + 4, f"{highest * step / _STEPS:g} {unit}", size=11, anchor="end")
        )
        anchor = "end" if step == _STEPS else "middle"
        number = f"{furthest * step / _STEPS:,.0f}"
        parts.append(label(x, HEIGHT - BOTTOM + 16, number, size=11, anchor=anchor))
    parts.append(label(LEFT + width / 2, HEIGHT - 10, axis, size=11))
    legend = float(LEFT)
    for number, (name, line) in enumerate(series.items()):
        colour = COLOURS[number % len(COLOURS)]
        path = " ".join(
            f"{LEFT + width * x / furthest:.1f},{HEIGHT - BOTTOM - height * y / highest:.1f}"
            for x, y in line
        )
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<rect x="{legend:.1f}" y="24" width="10" height="10" fill="{colour}"/>')
        parts.append(label(legend + 14, 33, name, size=11, anchor="start"))
        legend += 30 + 6.2 * len(name)
    return whole_plot(title, parts)


def _round(value: float) -> float:
    """Return the least multiple of forty that is at least ``value``, so that the steps are whole."""
    return 40.0 * -(-value // 40)
