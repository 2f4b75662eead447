"""The strip as SVG: each panel with its axis, each figure with its bounds, its words beside it.

No fonts, no scripts, nothing fetched; the same bytes for the same answer. Lines and letters take the
colour of the page around them (``currentColor``); by itself the drawing follows the reader's light
or dark setting. A computed interval is drawn dashed and says so: nothing is told by colour.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from html import escape
from typing import Final

from osler.strip.axis import LETTER, Axis, axis_for, label_width
from osler.strip.panels import Mark, Panel, in_words, number

WIDTH: Final = 760
_MARGIN: Final = 16
_LABELS: Final = 190
_PLOT: Final = 290
_PLOT_LEFT: Final = _MARGIN + _LABELS + 14
_WORDS_LEFT: Final = _PLOT_LEFT + _PLOT + 22
_WORDS: Final = WIDTH - _MARGIN - _WORDS_LEFT
_SIZE: Final = 12.0
_SMALL: Final = 10.5
_LINE: Final = 15.0
_CAP: Final = 4.0
_STANDALONE: Final = (
    "svg:root{color:#1b1d21;background:#fff}"
    "@media (prefers-color-scheme:dark){svg:root{color:#e6e7ea;background:#15171b}}"
)
"""Only for the drawing as a document of its own; inside a page ``:root`` is the page."""


def draw_strip(panels: Sequence[Panel], *, name: str, title: str, within_page: bool = False) -> str:
    """Return the strip as SVG, with a title and a description that says all that is drawn.

    Args:
        panels: The figures; none gives an empty drawing.
        name: What makes its ids unlike those of other drawings of a page, such as the answer's id.
        title: What the figures are about: the question.
        within_page: Leave out what the page around it has: the title on top, and styles, which a strict
            policy for content forbids.
    """
    parts: list[str] = []
    top = float(_MARGIN)
    if within_page:
        top -= 18
    else:
        for line in _wrapped(title, WIDTH - 2 * _MARGIN, _SIZE + 2):
            top += _LINE + 3
            parts.append(_text(_MARGIN, top, line, size=_SIZE + 2, weight="bold"))
    for panel in panels:
        drawn, top = _panel(panel, top + 18)
        parts += drawn
    height = top + _MARGIN
    described = escape(in_words(panels), quote=False)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}"'
        f' width="{WIDTH}" height="{height:.0f}" role="img"'
        f' aria-labelledby="title-{escape(name)} figures-{escape(name)}"'
        ' fill="currentColor" stroke="none" font-family="system-ui, sans-serif">'
    )
    return "\n".join(
        [
            head,
            f'<title id="title-{escape(name)}">{escape(title, quote=False)}</title>',
            f'<desc id="figures-{escape(name)}">{described}</desc>',
            *([] if within_page else [f"<style>{_STANDALONE}</style>"]),
            *parts,
            "</svg>\n",
        ]
    )


def _panel(panel: Panel, top: float) -> tuple[list[str], float]:
    """Return the parts of one panel that begins at ``top``, and where it ends."""
    parts: list[str] = []
    for line in _wrapped(panel.title, WIDTH - 2 * _MARGIN, _SIZE):
        top += _LINE
        parts.append(_text(_MARGIN, top, line, weight="bold"))
    for line in _wrapped(panel.under, WIDTH - 2 * _MARGIN, _SMALL):
        top += _LINE
        parts.append(_text(_MARGIN, top, line, size=_SMALL))
    top += 8
    values = [value for mark in panel.marks for value in mark.extent]
    axis = axis_for(values, panel.scale, width=_PLOT, size=_SMALL)
    first = top
    rows: list[str] = []
    for mark in panel.marks:
        drawn, top = _row(mark, axis, top)
        rows += drawn
    return [*parts, *_scale(axis, first, top), *rows], top + _LINE + 4


def _scale(axis: Axis, top: float, bottom: float) -> list[str]:
    """Return the axis with its ticks, and the line of no effect."""
    left, right = _x(axis, axis.low), _x(axis, axis.high)
    parts = [_line(left, bottom, right, bottom, opacity=0.7)]
    for tick in axis.ticks:
        x = _x(axis, tick)
        parts.append(_line(x, top, x, bottom + 4, opacity=0.18))
        parts.append(_text(_inside(x, tick), bottom + _LINE, number(tick), size=_SMALL, anchor="middle"))
    if axis.no_effect is not None:
        x = _x(axis, axis.no_effect)
        parts.append(_line(x, top, x, bottom, opacity=0.8))
    return parts


def _inside(x: float, tick: float) -> float:
    """Return where a label is centred, so that it stays left of the words beside the axis."""
    return min(x, _WORDS_LEFT - label_width(tick, _SMALL) / 2 - 4)


def _row(mark: Mark, axis: Axis, top: float) -> tuple[list[str], float]:
    """Return one figure: its label, its mark on the axis, its words; and where the row ends."""
    cited = f" [{mark.reference}]" if mark.reference is not None else ""
    labels = _wrapped(f"{mark.label}{cited}", _LABELS, _SIZE)
    words = _wrapped(mark.shown, _WORDS, _SIZE)
    asides = _wrapped(mark.aside, _WORDS, _SMALL)
    parts = [_text(_MARGIN, top + _LINE * (n + 1) - 3, line) for n, line in enumerate(labels)]
    parts += [_text(_WORDS_LEFT, top + _LINE * (n + 1) - 3, line) for n, line in enumerate(words)]
    parts += [
        _text(_WORDS_LEFT, top + _LINE * (len(words) + n + 1) - 3, line, size=_SMALL)
        for n, line in enumerate(asides)
    ]
    height = _LINE * max(len(labels), len(words) + len(asides), 1) + 6
    return [*parts, *_shape(mark, axis, top + _LINE / 2)], top + height


def _shape(mark: Mark, axis: Axis, y: float) -> list[str]:
    """Return the bounds as a line, capped or with an arrow off the axis, and the value as a square."""
    parts = []
    dashes = ' stroke-dasharray="4 3"' if mark.computed and mark.value is not None else ""
    if mark.low is not None and mark.high is not None:
        left, right = _x(axis, mark.low), _x(axis, mark.high)
        parts.append(_line(left, y, right, y, width=1.6, extra=dashes))
        if mark.low < axis.low:
            parts.append(
                f'<path d="M{left + 6:.1f} {y - 4:.1f}L{left:.1f} {y:.1f}L{left + 6:.1f} {y + 4:.1f}z"/>'
            )
        else:
            parts.append(_line(left, y - _CAP, left, y + _CAP, width=1.6))
        parts.append(_line(right, y - _CAP, right, y + _CAP, width=1.6))
    if mark.value is not None:
        x = _x(axis, mark.value)
        parts.append(f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"/>')
    return parts


def _x(axis: Axis, value: float) -> float:
    return _PLOT_LEFT + _PLOT * axis.place(value)


def _wrapped(text: str, width: float, size: float) -> list[str]:
    """Return ``text`` in lines that fit; a word that is too long is cut."""
    return textwrap.wrap(text, max(8, int(width / (size * LETTER * 0.92))), break_on_hyphens=True)


def _line(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    *,
    width: float = 1.0,
    opacity: float = 1.0,
    extra: str = "",
) -> str:
    faint = f' stroke-opacity="{opacity:g}"' if opacity < 1 else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="currentColor"'
        f' stroke-width="{width:g}"{faint}{extra}/>'
    )


def _text(
    x: float, y: float, text: str, *, size: float = _SIZE, weight: str = "", anchor: str = ""
) -> str:
    bold = f' font-weight="{weight}"' if weight else ""
    placed = f' text-anchor="{anchor}"' if anchor else ""
    words = escape(text, quote=False)
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{bold}{placed}>{words}</text>'
