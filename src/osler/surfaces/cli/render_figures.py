"""The figures of an answer as an aligned table: the text twin of the strip, panel by panel.

Columns are aligned with spaces that do not break; where a page is too narrow for them, each figure is a
line of its own that wraps. Nothing depends on colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from osler.strip.panels import Mark, Panel, panels_of
from osler.surfaces.cli.page import Page, Span, Style, clean, columns
from osler.surfaces.cli.render_reference import Document

HEADING: Final = "Figures, like with like"
_SPACE: Final = "\N{NO-BREAK SPACE}"
_INDENT: Final = 4
_GAP: Final = 2
_LONGEST_LABEL: Final = 34


def write_figures(page: Page, answer: Document) -> None:
    """Write the figures of ``answer`` in their groups; nothing where there are none."""
    panels = panels_of(answer)
    if not panels:
        return
    page.heading(HEADING)
    for panel in panels:
        _write_panel(page, panel)


def _write_panel(page: Page, panel: Panel) -> None:
    under = Span(f" ({panel.under})" if panel.under else "", Style.DIM)
    page.write(Span(panel.title), under, first="• ", indent=2)
    rows = [_cells(mark) for mark in panel.marks]
    if _fits(page, rows):
        widths = [max(columns(row[place]) for row in rows) for place in range(len(rows[0]))]
        for row in rows:
            page.write(Span(_aligned(row, widths)), indent=_INDENT)
    else:
        for mark in panel.marks:
            page.write(Span(clean(mark.in_words)), first="– ", indent=_INDENT)


def _cells(mark: Mark) -> tuple[str, ...]:
    """Return label, figure, what stands beside it and reference, white space made unbreakable."""
    cited = f"[{mark.reference}]" if mark.reference is not None else ""
    return tuple(
        _SPACE.join(clean(cell).split()) for cell in (mark.label, mark.shown, mark.aside, cited)
    )


def _fits(page: Page, rows: Sequence[tuple[str, ...]]) -> bool:
    widths = [max(columns(row[place]) for row in rows) for place in range(len(rows[0]))]
    whole = _INDENT + sum(widths) + _GAP * sum(1 for width in widths[1:] if width)
    return widths[0] <= _LONGEST_LABEL and whole <= page.width


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    shown = [
        f"{cell}{_SPACE * (width - columns(cell))}"
        for cell, width in zip(row, widths, strict=True)
        if width
    ]
    return (_SPACE * _GAP).join(shown).rstrip(_SPACE)
