"""A graph as SVG: places from ``arrange``, shapes from ``shapes``, beneath them every arrow in words.

No fonts, no scripts, nothing fetched; the same bytes for the same graph. Letters and outlines take the
colour of the page around them (``currentColor``); by itself the drawing follows the reader's light or
dark setting, and prints dark on white.
"""

from __future__ import annotations

import textwrap
from html import escape
from typing import Final

from osler.mechanism.arrange import Box, arrange
from osler.mechanism.shapes import (
    LETTER,
    LETTER_BOLD,
    LINE,
    MARK,
    SIZE,
    box_size,
    draw_box,
    draw_line,
    draw_mark,
    draw_outline,
    draw_text,
    wrapped_name,
)
from osler.mechanism.words import UNJUDGED, arrow_in_words, in_words, standing_in_words
from osler.model.mechanism import (
    Arrow,
    ArrowKind,
    Mechanism,
    Node,
    NodeKind,
    Origin,
    Side,
    Sign,
    Standing,
)

NARROWEST: Final = 390.0
"""Width that a phone shows without making it smaller."""
_MARGIN: Final = 12.0
_STANDALONE: Final = (
    "svg:root{color:#1b1d21;background:#fff}"
    "@media (prefers-color-scheme:dark){svg:root{color:#e6e7ea;background:#15171b}}"
    "@media print{svg:root{color:#1b1d21;background:#fff}}"
)
"""Only for the drawing as a document of its own; inside a page ``:root`` is the page."""
_SIDES: Final = {Side.FOR: "For", Side.AGAINST: "Against", Side.ELSEWHERE: "Of another condition"}


def draw_mechanism(mechanism: Mechanism, *, name: str, linked: bool = False, page: str = "") -> str:
    """Return ``mechanism`` as SVG, with a title and a description that says all that is drawn.

    Args:
        mechanism: The graph.
        name: What makes its ids unlike those of other drawings of a page.
        linked: Make each arrow a link to ``#NAME-arrow-N``, for a page that prints the quoted words
            there. The drawing is then a group of links, not one picture, and leaves out what the page
            has: title, styles and the arrows in words.
        page: Address of the page that prints the words, where it is another one.

    Raises:
        UsageError: The layout engine is not installed (``usage.extra``).
    """
    lines = {node.key: wrapped_name(node.name) for node in mechanism.nodes}
    index = {node.key: place for place, node in enumerate(mechanism.nodes)}
    places = arrange(
        [box_size(node.kind, lines[node.key]) for node in mechanism.nodes],
        [(index[arrow.source], index[arrow.target]) for arrow in mechanism.arrows],
        mark=MARK,
    )
    width = max(NARROWEST, places.width + 2 * _MARGIN)
    parts, top = ([], _MARGIN) if linked else _heading(mechanism, width)
    left = (width - places.width) / 2
    parts.append(f'<g transform="translate({left:.1f} {top:.1f})">')
    parts += [
        f'<g data-node="{escape(node.key)}">{_tip(_node_tip(node))}'
        f"{draw_box(node.kind, box, lines[node.key])}</g>"
        for node, box in zip(mechanism.nodes, places.boxes, strict=True)
    ]
    drawn = list(zip(mechanism.arrows, places.lines, places.marks, strict=True))
    for arrow, points, _mark in drawn:
        parts.append(f'<g data-line="{arrow.number}">{draw_line(arrow, points)}</g>')
    for arrow, _points, mark in drawn:
        tip = _tip(_arrow_tip(arrow, mechanism))
        shape = f'<g data-arrow="{arrow.number}">{tip}{draw_mark(arrow, mark)}</g>'
        parts.append(
            f'<a href="{escape(page)}#{escape(name)}-arrow-{arrow.number}">{shape}</a>'
            if linked
            else shape
        )
    parts.append("</g>")
    beneath = _key if linked else _beneath
    below, bottom = beneath(mechanism, top + places.height + 16, width)
    return _document([*parts, *below], mechanism, name, width, bottom + _MARGIN, linked=linked)


def _document(
    parts: list[str], mechanism: Mechanism, name: str, width: float, height: float, *, linked: bool
) -> str:
    role = "group" if linked else "img"
    ids = f"title-{escape(name)}", f"words-{escape(name)}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}" role="{role}"'
        f' aria-labelledby="{ids[0]}" aria-describedby="{ids[1]}"'
        ' fill="currentColor" stroke="none" font-family="system-ui, sans-serif">'
    )
    return "\n".join(
        [
            head,
            f'<title id="{ids[0]}">{escape(mechanism.title, quote=False)}</title>',
            f'<desc id="{ids[1]}">{escape(in_words(mechanism), quote=False)}</desc>',
            # A page that the drawing is part of has its own colours, and a strict policy for styles.
            *([] if linked else [f"<style>{_STANDALONE}</style>"]),
            *parts,
            "</svg>\n",
        ]
    )


def _heading(mechanism: Mechanism, width: float) -> tuple[list[str], float]:
    """Return the title, and where it ends."""
    top = _MARGIN
    parts = []
    for line in _fit(mechanism.title, width, (SIZE + 3) * LETTER_BOLD / LETTER):
        top += LINE + 3
        parts.append(draw_text(_MARGIN, top, line, size=SIZE + 3, weight="bold"))
    if mechanism.origin is Origin.DRUGMECHDB:
        for line in _fit(UNJUDGED[0].upper() + UNJUDGED[1:], width, SIZE):
            top += LINE
            parts.append(draw_text(_MARGIN, top, line))
    return parts, top + 14


def _beneath(mechanism: Mechanism, top: float, width: float) -> tuple[list[str], float]:
    """Return what stands beneath the graph: the key and every arrow in words; and where it ends."""
    parts, top = _key(mechanism, top, width)
    top += 8
    for arrow in mechanism.arrows:
        text = arrow_in_words(arrow, mechanism)
        if arrow.standing in {Standing.NOT_FOUND, Standing.CONTESTED}:
            text += f" – {standing_in_words(arrow)}"
        mark = Box(_MARGIN + 2, top + 1, *MARK)
        parts.append(draw_mark(arrow, mark))
        for line in _fit(text, width - 34, SIZE):
            top += LINE
            parts.append(draw_text(_MARGIN + 34, top - 1, line))
        top += 6
    for remark in mechanism.remarks:
        for line in _fit(remark, width, SIZE):
            top += LINE
            parts.append(draw_text(_MARGIN, top, line))
    return parts, top


def _key(mechanism: Mechanism, top: float, width: float) -> tuple[list[str], float]:
    """Return the key: only what this drawing uses."""
    parts: list[str] = []
    x = _MARGIN
    used = {node.kind for node in mechanism.nodes}
    entries: list[tuple[str, float, str]] = [
        (draw_outline(kind, Box(0, -9, 22, 11)), 22, kind.value) for kind in NodeKind if kind in used
    ]
    standings = {arrow.standing for arrow in mechanism.arrows}
    signs = {a.sign for a in mechanism.arrows if a.standing is not Standing.NOT_FOUND}
    for sign, word in ((Sign.POSITIVE, "raises"), (Sign.NEGATIVE, "lowers"), (Sign.NONE, "neither")):
        if sign in signs:
            entries.append((draw_line(_sample(sign, Standing.SUPPORTED), [(0, -4), (26, -4)]), 28, word))
    for standing, word in ((Standing.CONTESTED, "contested"), (Standing.NOT_FOUND, "not found")):
        if standing in standings:
            line = draw_line(_sample(Sign.NONE, standing), [(0, -4), (26, -4)])
            entries.append((line, 28, word))
    top += LINE
    for shape, room, word in entries:
        needed = room + 6 + len(word) * SIZE * LETTER + 12
        if x + needed > width - _MARGIN / 2 and x > _MARGIN:
            x, top = _MARGIN, top + LINE + 4
        parts.append(f'<g transform="translate({x:.1f} {top:.1f})">{shape}</g>')
        parts.append(draw_text(x + room + 6, top, word))
        x += needed
    return parts, top


def _sample(sign: Sign, standing: Standing) -> Arrow:
    return Arrow(0, "", "", ArrowKind.RELATES, sign, "", standing)


def _node_tip(node: Node) -> str:
    return " · ".join(part for part in (node.name, node.kind.value, node.identifier) if part)


def _arrow_tip(arrow: Arrow, mechanism: Mechanism) -> str:
    """Return what an arrow rests on, as a pointing device shows it."""
    lines = [f"{arrow.number}. {arrow_in_words(arrow, mechanism)} – {standing_in_words(arrow)}"]
    lines += [f"{_SIDES[entry.side]}: {entry.citation.quote}" for entry in arrow.evidence]
    return "\n".join(lines)


def _tip(text: str) -> str:
    return f"<title>{escape(text, quote=False)}</title>"


def _fit(text: str, width: float, size: float) -> list[str]:
    return textwrap.wrap(text, max(8, int((width - 2 * _MARGIN) / (size * LETTER * 0.93))))
