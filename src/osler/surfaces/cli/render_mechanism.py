"""A mechanism as a page of text: each arrow with its number, how it stands, what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_reference import write_reference

Document = Mapping[str, Any]
_STYLES: Final[Mapping[str, Style]] = {
    "supported": Style.GOOD,
    "contested": Style.WARNING,
    "not_found": Style.DIM,
    "recorded": Style.DIM,
}
_SIDES: Final[Mapping[str, str]] = {"for": "", "against": "against: ", "elsewhere": "elsewhere: "}
_ARROWS: Final[Mapping[str, str]] = {"positive": "→", "negative": "⊣", "none": "–"}
_LISTED: Final = 12


def render_mechanism(document: Document, page: Page) -> None:
    """Write the graph, or which graphs there are to choose from."""
    mechanism = document["mechanism"]
    if mechanism is None:
        _ask_back(document, page)
        return
    numbers = {entry["source"]: entry["number"] for entry in _numbered(mechanism)}
    page.write(Span(mechanism["title"], Style.STRONG))
    if mechanism["origin"] == "drugmechdb":
        ids = ", ".join(record["id"] for record in mechanism["records"])
        page.write(
            Span("From DrugMechDB, not judged against passages in this library: ", Style.WARNING),
            Span(ids),
        )
    page.gap()
    quoted: dict[str, int] = {}
    for arrow in mechanism["arrows"]:
        _write_arrow(arrow, mechanism, numbers, quoted, page)
    for remark in mechanism["remarks"]:
        page.gap()
        page.write(Span(remark))
    _write_sources(mechanism, page)
    if document["choices"]:
        page.gap()
        held = "; ".join(dict.fromkeys(choice["condition"] for choice in document["choices"][:_LISTED]))
        page.write(Span(f"Also held on {mechanism['drug']}, each for itself: {held}", Style.DIM))
    page.gap()
    page.write(Span(mechanism["disclaimer"], Style.DIM))


def render_import(report: Document, page: Page) -> None:
    """Write what was taken in, and each entry that was not."""
    page.write(
        Span(f"{report['records']:,} records taken in", Style.STRONG),
        Span(f": {report['pairs']:,} pairs of a drug and a disease, {report['drugs']:,} drugs"),
    )
    if report["refused"]:
        page.heading(f"Not taken in: {len(report['refused']):,}")
    for entry in report["refused"]:
        page.write(Span(entry["item"], Style.STRONG), Span(f": {entry['reason']}"), indent=2)


def _numbered(mechanism: Document) -> Sequence[Document]:
    return [{"source": entry["id"], "number": entry["number"]} for entry in mechanism["references"]]


def _ask_back(document: Document, page: Page) -> None:
    asked = document["asked"]
    about = f" in {asked['condition']}" if asked["condition"] else ""
    page.write(Span(f"Several graphs are held on {asked['drug']}{about}; which one?", Style.STRONG))
    page.gap()
    for choice in document["choices"]:
        ids = ", ".join(choice["records"])
        page.write(
            Span(f"{choice['drug']}: {choice['condition']}"), Span(f"  {ids}", Style.DIM), first="– "
        )


def _write_arrow(
    arrow: Document,
    mechanism: Document,
    numbers: Mapping[str, int],
    quoted: dict[str, int],
    page: Page,
) -> None:
    """Write one arrow; ``quoted`` holds under which number words were printed first."""
    page.write(
        Span(f"{_ARROWS[arrow['sign']]} {arrow['text']}", Style.STRONG),
        *_standing(arrow),
        first=f"{str(arrow['number']) + '.':<4}",
    )
    for entry in arrow["evidence"]:
        side = Span(_SIDES[entry["side"]], Style.WARNING)
        if entry["citation"] is not None:
            number = numbers[entry["citation"]["source"]]
            kind = _kind_of(mechanism, number)
            words = entry["citation"]["quote"]
            under = quoted.setdefault(words, arrow["number"])
            if under != arrow["number"]:
                page.write(side, Span(f"the words quoted under {under} [{number}]", Style.DIM), indent=6)
                continue
            said = f"summary of [{number}]: {words}" if kind == "summary" else f"“{words}” [{number}]"
            page.write(side, Span(said, Style.DIM), indent=6)
    for dropped in arrow["dropped"]:
        page.write(Span(f"dropped: {dropped['quote']} ({dropped['reason']})", Style.DIM), indent=6)


def _standing(arrow: Document) -> list[Span]:
    if arrow["standing"] in {"supported", "recorded"}:
        return []
    return [Span(" – "), Span(arrow["standing_text"], _STYLES[arrow["standing"]])]


def _kind_of(mechanism: Document, number: int) -> str:
    return next(str(r["text_kind"]) for r in mechanism["references"] if r["number"] == number)


def _write_sources(mechanism: Document, page: Page) -> None:
    if mechanism["references"]:
        page.heading("Sources")
        for reference in mechanism["references"]:
            write_reference(page, reference)
    for record in mechanism["records"]:
        page.heading(f"References of {record['id']}, as the record gives them")
        for reference in record["references"] or ["none"]:
            page.write(Span(reference), first="– ")
        if record["comment"]:
            page.write(Span(f"Its makers remark: {record['comment']}", Style.DIM))
