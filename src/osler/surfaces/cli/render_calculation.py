"""A calculation and the list of calculators as pages of text.

The result first, then what it rests on item by item, what its source says of it, for whom it holds and
how far that varies, and the sources, numbered in the order in which they are named. Quoted words stand
in quotation marks; all others are in Osler's words and point to where they were read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_reference import cite_in_nlm_style

Document = Mapping[str, Any]


def render_result(document: Document, page: Page) -> None:
    """Write one calculation."""
    numbers = {source["key"]: number for number, source in enumerate(document["sources"], start=1)}
    for result in document["results"]:
        unit = f"\N{NO-BREAK SPACE}{result['unit']}" if result["unit"] else ""
        page.write(Span(f"{result['title']}  "), Span(f"{result['text']}{unit}", Style.STRONG))
    page.heading("What was used")
    for item in document["items"]:
        _write_item(item, page)
    for group in document["groups"]:
        page.write(Span(f"{group['title']}: {_points(group['points'])}", Style.DIM), first="  = ")
    for notice in document["notices"]:
        page.write(Span(notice, Style.WARNING), first="– ")
    _write_remarks("What it means", document["readings"], numbers, page)
    _write_remarks("For whom", [document["population"]], numbers, page)
    _write_remarks("Limits", document["limits"], numbers, page)
    _write_remarks("Known spread", document["spread"], numbers, page)
    page.heading("Sources")
    for source in document["sources"]:
        cited = {**source, "title": source["citation"]}
        page.write(Span(cite_in_nlm_style(cited)), first=f"{numbers[source['key']]}. ")
    page.gap()
    page.write(Span(document["disclaimer"], Style.DIM))


def render_list(calculators: Sequence[Document], page: Page) -> None:
    """Write every calculator by name with what it is for."""
    widest = max(len(entry["name"]) for entry in calculators)
    for entry in calculators:
        page.write(Span(f"{entry['title']}: {entry['purpose']}"), first=f"{entry['name']:<{widest}}  ")
    page.gap()
    page.write(Span("osler calculate NAME --list shows what one asks for", Style.DIM))


def render_items(document: Document, page: Page) -> None:
    """Write what one calculator asks for, and a line to begin from."""
    page.write(Span(document["title"], Style.STRONG), Span(f": {document['purpose']}"))
    page.heading("Items")
    for item in document["items"]:
        name = item["name"] if item["required"] else f"{item['name']} (may be left out)"
        page.write(Span(name, Style.STRONG), Span(f"  {item['title']}"), indent=2)
        page.write(Span(_allowed(item), Style.DIM), indent=6)
    required = [item for item in document["items"] if item["required"]]
    page.gap()
    page.write(
        Span(f"osler calculate {document['name']} ", Style.DIM),
        Span(" ".join(f"--{item['name']} …" for item in required), Style.DIM),
    )


def _write_item(item: Document, page: Page) -> None:
    points = "" if item["points"] is None else _points(item["points"])
    title = f"{item['title']}: "
    given = "" if _same(item["given"], item["used"]) else f" (given: {item['given']})"
    spans = [Span(title), Span(f"{item['used']}{given}", Style.STRONG)]
    if points:
        spans.append(Span(f"  → {points}"))
    page.write(*spans, first="  ")


def _same(given: str, used: str) -> bool:
    return given.replace(" ", "").lower() == used.replace(" ", "").lower() or given.lower() in (
        used.lower(),
        used.partition(" ")[0],
    )


def _points(points: Document) -> str:
    low, high = points["low"], points["high"]
    shown = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    return f"{shown} {'point' if shown == '1' else 'points'}"


def _allowed(item: Document) -> str:
    if item["kind"] != "quantity":
        names = [choice["name"] for choice in item["choices"]]
        return " · ".join([*names, "unknown"] if item["may_be_unknown"] else names)
    unit = f" {item['unit']}" if item["unit"] else ""
    parts = [f"{item['low']:.10g} to {item['high']:.10g}{unit}"]
    if len(item["units"]) > 1:
        parts.append(f"in {', '.join(item['units'])}")
    if item["units"] and not item["unit_may_be_left_out"]:
        parts.append("with its unit")
    if item["may_be_unknown"]:
        parts.append("or unknown")
    return ", ".join(parts)


def _write_remarks(
    title: str, remarks: Sequence[Document], numbers: Mapping[str, int], page: Page
) -> None:
    if not remarks:
        return
    page.heading(title)
    for remark in remarks:
        text = f"“{remark['text']}”" if remark["quoted"] else remark["text"]
        page.write(Span(text), Span(f" [{numbers[remark['source']]}]", Style.DIM), first="– ")
