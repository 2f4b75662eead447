"""Runs and comparisons as a page of text: the figures, one a line, and what a reader must know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from osler.surfaces.cli.page import Page, Span, Style

if TYPE_CHECKING:
    from osler.evaluate.run import Run

Document = Mapping[str, Any]


def render_run(document: Document, page: Page, *, baseline: Run | None = None) -> None:
    """Write the figures of a run; with a baseline its figures beside them and the difference."""
    dataset, library = document["dataset"], document["library"]
    page.write(
        Span(f"{document['kind']} on {dataset['name']}, {dataset['items']:,} items", Style.STRONG)
    )
    if library is not None:
        size = f"{library['sources']:,} sources, {library['passages']:,} passages"
        page.write(Span(f"{size}, {library['snapshot'][:19]}…", Style.DIM))
    page.gap()
    _write_figures(page, document["summary"])
    if baseline is not None:
        page.heading(f"{baseline.system}, the same queries")
        _write_figures(page, baseline.summary)
        render_comparison(document["beside"], page)
    for note in document["notes"]:
        page.write(Span(str(note), Style.WARNING), first="– ")


def render_comparison(document: Document, page: Page) -> None:
    """Write the difference of each measure, on how many questions, and its p value."""
    systems = [run["system"] for run in document["runs"]]
    page.heading(f"{systems[1]} against {systems[0]}, {document['questions']:,} questions")
    widest = max((len(d["measure"]) for d in document["differences"]), default=0)
    for entry in document["differences"]:
        page.write(
            Span(f"{entry['measure']:<{widest}}".replace(" ", "\N{NO-BREAK SPACE}")),
            Span(
                f"  {entry['first']:.4f} → {entry['second']:.4f}  {entry['difference']:+.4f}"
                f"  better {entry['better']}, worse {entry['worse']}  p {_p(entry['p'])}"
            ),
        )
    page.write(Span(f"p: {document['test']['name']}", Style.DIM))


def _write_figures(page: Page, figures: Mapping[str, float]) -> None:
    widest = max((len(name) for name in figures), default=0)
    for name, value in figures.items():
        shown = f"{value:,}" if isinstance(value, int) else f"{value:.4f}"
        page.write(Span(shown), first=f"{name.replace('_', ' '):<{widest}}  ")


def _p(value: float) -> str:
    return "< 0.0001" if value < 0.0001 else f"{value:.4f}"
