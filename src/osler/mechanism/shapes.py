"""The shapes of a graph's drawing as SVG: boxes by what a node is, lines, heads and numbers of arrows.

Nothing is told by colour alone. What a node is shows in its outline, the sign of an arrow in its head,
how it stands in its dashes and in the shape around its number.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from html import escape
from typing import Final

from osler.mechanism.arrange import Box, Point
from osler.model.mechanism import Arrow, NodeKind, Sign, Standing

SIZE: Final = 11.5
"""Size of the letters."""
LINE: Final = 14.0
LETTER: Final = 0.6
"""Width of a letter in shares of its size, on the safe side for any sans-serif face."""
LETTER_BOLD: Final = 0.7
MARK: Final = (22.0, 18.0)
"""Room of the number on an arrow."""
COLOURS: Final = {Sign.POSITIVE: "#0b6fb8", Sign.NEGATIVE: "#c2410c", Sign.NONE: "#6b7280"}
"""Each at least 3:1 on white and on the dark page, and white letters 4.5:1 on it."""
GREY: Final = COLOURS[Sign.NONE]
_BOLD: Final = frozenset({NodeKind.DRUG, NodeKind.DISEASE})
_HEAD: Final = 7.0
_CORNER: Final = 5.0
_PADDING: Final = 6.0


def wrapped_name(name: str) -> list[str]:
    """Return ``name`` in the lines that a box holds; a longer name has longer lines."""
    room = 13 if len(name) <= 39 else 20 if len(name) <= 80 else 28
    return textwrap.wrap(name, room, break_long_words=len(name) > 80) or [name]


def box_size(kind: NodeKind, lines: Sequence[str]) -> tuple[float, float]:
    """Return the width and height of the box that holds ``lines``."""
    longest = max(len(line) for line in lines)
    letter = LETTER_BOLD if kind in _BOLD else LETTER
    return (
        max(78.0, round(longest * SIZE * letter + 2 * _PADDING)),
        max(34.0, len(lines) * LINE + 2 * _PADDING),
    )


def draw_box(kind: NodeKind, box: Box, lines: Sequence[str]) -> str:
    """Return a node: its outline and its name."""
    first = box.y + box.height / 2 - (len(lines) - 1) * LINE / 2 + SIZE * 0.35
    weight = "bold" if kind in _BOLD else ""
    words = [
        draw_text(box.x + box.width / 2, first + LINE * n, line, anchor="middle", weight=weight)
        for n, line in enumerate(lines)
    ]
    return "".join([draw_outline(kind, box), *words])


def draw_outline(kind: NodeKind, box: Box) -> str:
    """Return the outline that says what a node is."""
    style = 'fill="currentColor" fill-opacity="0.05" stroke="currentColor"'
    x, y, w, h = box.x, box.y, box.width, box.height
    if kind is NodeKind.DRUG:
        return _rect(box, h / 2, f"{style} stroke-width='1.8'")
    if kind is NodeKind.DISEASE:
        return _rect(box, 2, f"{style} stroke-width='2.6'")
    if kind is NodeKind.TARGET:
        c = min(8.0, h / 3)
        corners = [
            (x + c, y), (x + w - c, y), (x + w, y + c), (x + w, y + h - c),
            (x + w - c, y + h), (x + c, y + h), (x, y + h - c), (x, y + c),
        ]  # fmt: skip
        return _polygon(corners, f"{style} stroke-width='1.2'")
    if kind is NodeKind.PHENOTYPE:
        c = 7.0
        corners = [(x + c, y), (x + w, y), (x + w - c, y + h), (x, y + h)]
        return _polygon(corners, f"{style} stroke-width='1.2'")
    if kind is NodeKind.PATHWAY:
        inner = Box(x + 2.5, y + 2.5, w - 5, h - 5)
        return _rect(box, 0, f"{style} stroke-width='1'") + _rect(
            inner, 0, "fill='none' stroke='currentColor' stroke-width='0.7'"
        )
    radius = 8.0 if kind in {NodeKind.SUBSTANCE, NodeKind.ORGANISM} else 0.0
    outline = _rect(box, radius, f"{style} stroke-width='1.2'")
    if kind in {NodeKind.STRUCTURE, NodeKind.ORGANISM}:
        inset = min(4.0, w / 5)
        outline += (
            f'<path d="M{x + inset:.1f} {y:.1f}V{y + h:.1f}M{x + w - inset:.1f} {y:.1f}V{y + h:.1f}"'
            ' stroke="currentColor" stroke-width="1"/>'
        )
    return outline


def draw_line(arrow: Arrow, points: Sequence[Point]) -> str:
    """Return the line of an arrow and its head."""
    missing = arrow.standing is Standing.NOT_FOUND
    colour = GREY if missing else COLOURS[arrow.sign]
    dashes = {
        Standing.NOT_FOUND: ' stroke-dasharray="2 3"',
        Standing.CONTESTED: ' stroke-dasharray="7 3"',
    }
    sign = Sign.NONE if missing else arrow.sign
    end, before = points[-1], points[-2]
    angle = math.atan2(end[1] - before[1], end[0] - before[0])
    tip = (end[0] - 1.5 * math.cos(angle), end[1] - 1.5 * math.sin(angle))
    back = _HEAD if sign is Sign.POSITIVE else 1.0
    stop = (tip[0] - back * math.cos(angle), tip[1] - back * math.sin(angle))
    path = _rounded([*points[:-1], stop])
    line = (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.6"'
        f"{dashes.get(arrow.standing, '')}/>"
    )
    return line + _head(sign, tip, angle, colour)


def draw_mark(arrow: Arrow, box: Box) -> str:
    """Return the number of an arrow in the shape that says how it stands."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    missing = arrow.standing is Standing.NOT_FOUND
    colour = GREY if missing else COLOURS[arrow.sign]
    number = f"{arrow.number}?" if missing else str(arrow.number)
    if arrow.standing is Standing.CONTESTED:
        points = [(x - 12, y), (x, y - 9.5), (x + 12, y), (x, y + 9.5)]
        shape = _polygon(points, f"fill='{colour}'")
    elif missing:
        shape = _rect(Box(x - 11, y - 7, 22, 14), 0, f"fill='{colour}'")
    elif arrow.standing is Standing.RECORDED:
        shape = _rect(Box(x - 8, y - 7.5, 16, 15), 2, f"fill='{colour}'")
    else:
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="8" fill="{colour}"/>'
    return shape + draw_text(x, y + 3.4, number, size=9.5, anchor="middle", weight="bold", fill="#fff")


def draw_text(
    x: float,
    y: float,
    text: str,
    *,
    size: float = SIZE,
    anchor: str = "",
    weight: str = "",
    fill: str = "",
) -> str:
    """Return one line of text, its baseline at ``y``."""
    more = "".join(
        f' {name}="{value}"'
        for name, value in (("text-anchor", anchor), ("font-weight", weight), ("fill", fill))
        if value
    )
    words = escape(text, quote=False)
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{more}>{words}</text>'


def _head(sign: Sign, tip: Point, angle: float, colour: str) -> str:
    along, across = (math.cos(angle), math.sin(angle)), (-math.sin(angle), math.cos(angle))

    def at(back: float, side: float) -> Point:
        return (
            tip[0] - back * along[0] + side * across[0],
            tip[1] - back * along[1] + side * across[1],
        )

    if sign is Sign.POSITIVE:
        return _polygon([tip, at(_HEAD + 1, 4.2), at(_HEAD + 1, -4.2)], f"fill='{colour}'")
    ends = [at(0, 5.5), at(0, -5.5)] if sign is Sign.NEGATIVE else [at(5.5, 4.2), tip, at(5.5, -4.2)]
    width = 2.6 if sign is Sign.NEGATIVE else 1.5
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in ends)
    return f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _rounded(points: Sequence[Point]) -> str:
    """Return the path through ``points`` with its corners rounded."""
    parts = [f"M{points[0][0]:.1f} {points[0][1]:.1f}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        near, far = _towards(corner, before), _towards(corner, after)
        parts.append(
            f"L{near[0]:.1f} {near[1]:.1f}Q{corner[0]:.1f} {corner[1]:.1f} {far[0]:.1f} {far[1]:.1f}"
        )
    parts.append(f"L{points[-1][0]:.1f} {points[-1][1]:.1f}")
    return "".join(parts)


def _towards(corner: Point, other: Point) -> Point:
    length = math.dist(corner, other)
    share = min(_CORNER, length / 2) / length if length else 0.0
    return (corner[0] + (other[0] - corner[0]) * share, corner[1] + (other[1] - corner[1]) * share)


def _rect(box: Box, radius: float, style: str) -> str:
    return (
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
        f' rx="{radius:g}" {style}/>'
    )


def _polygon(points: Sequence[Point], style: str) -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polygon points="{corners}" {style}/>'
