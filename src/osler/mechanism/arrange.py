"""Where each box of a graph stands and how each arrow runs: asked of a layout engine, never by hand.

The engine is told the size of every box and of every number that stands on an arrow; it gives places
for all of them in layers from top to bottom. It is written in one go without chance, so that the same
graph is drawn the same everywhere. What is drawn there is for ``drawing`` to say.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Final

from osler.errors import UsageError

Point = tuple[float, float]

_GAPS: Final = (34.0, 56.0, 84.0)
"""Room between two layers: more is tried only where numbers would touch."""
_OPTIONS: Final[Mapping[str, Any]] = {
    "direction": "topbottom",
    "spacing": {
        "node_gap": 12.0,
        "dummy_gap": 10.0,
        "port_gap": 10.0,
        "port_stroke_clear": 6.0,
        "stub": 8.0,
        "bundle_lane_gap": 6.0,
        "edge_label_margin": 4.0,
        "edge_label_stack_gap": 4.0,
        "isolated_gap": 14.0,
    },
    "routing": {"style": "orthogonal", "bundle_parallel": False},
    "labels": {"clearance": 3.0},
}


_SHARES: Final = tuple(0.5 + side * step / 20 for step in range(9) for side in (1, -1))
"""Where along a stretch a number may stand, from the middle outwards."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that something is drawn in.

    Attributes:
        x: Of its left side.
        y: Of its top.
        width: From left to right.
        height: From top to bottom.
    """

    x: float
    y: float
    width: float
    height: float

    def touches(self, other: Box, *, room: float = 0.0) -> bool:
        """Tell whether the two share a point, or come nearer than ``room``."""
        return (
            self.x < other.x + other.width + room
            and other.x < self.x + self.width + room
            and self.y < other.y + other.height + room
            and other.y < self.y + self.height + room
        )


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything stands; the leftmost and topmost thing at 0.

    Attributes:
        width: Of the whole.
        height: Of the whole.
        boxes: Of each node, in order.
        lines: The corners of each arrow from its near to its far end, in order.
        marks: Where the number of each arrow stands, in order.
    """

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[tuple[Point, ...], ...]
    marks: tuple[Box, ...]


def arrange(
    sizes: Sequence[tuple[float, float]], arrows: Sequence[tuple[int, int]], *, mark: tuple[float, float]
) -> Places:
    """Return where boxes of ``sizes`` and the ``arrows`` between them stand.

    Args:
        sizes: Width and height of each box.
        arrows: Places in ``sizes`` of the two boxes of each arrow.
        mark: Width and height of the number on an arrow.

    Raises:
        UsageError: The engine is not installed (``usage.extra``).
    """
    try:
        import graphlay
    except ImportError as error:
        raise UsageError(
            "drawing needs a layout engine that is not installed",
            item="graphlay",
            hint="pip install 'osler[draw]'; without --svg the same is said in words",
            code="usage.extra",
        ) from error
    graph = graphlay.Graph()
    for number, (width, height) in enumerate(sizes):
        graph.node(number, width=width, height=height)
    for near, far in arrows:
        graph.edge(near, far, label_size={"width": mark[0], "height": mark[1]})
    for gap in _GAPS:
        options = {**_OPTIONS, "spacing": {**_OPTIONS["spacing"], "layer_gap": gap}}
        found = _read(graphlay.layout(graph, options=options).to_dict(), mark)
        found = replace(found, marks=_on_their_lines(found, mark))
        if not _touching(found):
            break
    return found


def _touching(places: Places) -> bool:
    """Tell whether a number touches a box or another number."""
    return any(
        mark.touches(other)
        for number, mark in enumerate(places.marks)
        for other in (*places.boxes, *places.marks[:number])
    )


def _read(found: Mapping[str, Any], mark: tuple[float, float]) -> Places:
    left, top = found["bounds"]["min"]["x"], found["bounds"]["min"]["y"]
    right, bottom = found["bounds"]["max"]["x"], found["bounds"]["max"]["y"]

    def box(centre: Mapping[str, float], width: float, height: float) -> Box:
        return Box(centre["x"] - left - width / 2, centre["y"] - top - height / 2, width, height)

    return Places(
        width=right - left,
        height=bottom - top,
        boxes=tuple(
            box(node["center"], node["size"]["width"], node["size"]["height"]) for node in found["nodes"]
        ),
        lines=tuple(
            tuple((point["x"] - left, point["y"] - top) for point in edge["points"])
            for edge in found["edges"]
        ),
        marks=tuple(box(edge["label_anchor"], *mark) for edge in found["edges"]),
    )


def _on_their_lines(places: Places, mark: tuple[float, float]) -> tuple[Box, ...]:
    """Return the numbers moved onto their own lines, where nothing else is touched.

    The engine keeps room for a number beside its line. On the line it cannot be taken for another
    arrow's; rather than stand beside it, a number hides the place where another line crosses its own.
    Where even that touches a box or a number, the engine's place stays.
    """
    taken: list[Box] = list(places.boxes)
    marks: list[Box] = []
    for number, line in enumerate(places.lines):
        others = [
            segment for n, other in enumerate(places.lines) if n != number for segment in pairwise(other)
        ]
        free = [
            box
            for box in _places_along(line, mark)
            if not any(box.touches(other, room=1.0) for other in taken)
        ]
        clear = (box for box in free if not any(_crosses(box, *segment) for segment in others))
        chosen = next(clear, free[0] if free else places.marks[number])
        taken.append(chosen)
        marks.append(chosen)
    return tuple(marks)


def _places_along(line: Sequence[Point], mark: tuple[float, float]) -> Iterator[Box]:
    """Yield where a number may stand on ``line``: the middle of its longest stretch first."""
    stretches = sorted(pairwise(line), key=lambda pair: -math.dist(*pair))
    for start, end in stretches:
        for share in _SHARES:
            x = start[0] + (end[0] - start[0]) * share
            y = start[1] + (end[1] - start[1]) * share
            yield Box(x - mark[0] / 2, y - mark[1] / 2, *mark)


def _crosses(box: Box, start: Point, end: Point) -> bool:
    """Tell whether a stretch of a line comes into ``box``; a slanting one counts with all it spans."""
    low, high = (
        (min(start[0], end[0]), min(start[1], end[1])),
        (max(start[0], end[0]), max(start[1], end[1])),
    )
    return box.touches(Box(*low, high[0] - low[0], high[1] - low[1]), room=1.0)
