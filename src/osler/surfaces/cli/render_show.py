"""One source, passage or answer as a page of text, with a stretch of a passage marked."""

from __future__ import annotations

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_reference import Document, cite_in_nlm_style, nature, standing


def render_show(document: Document, page: Page, *, opened: str | None = None) -> None:
    """Write the document that ``osler show`` found, by its type; of an answer the topic ``opened``."""
    if document["type"] == "article":
        from osler.surfaces.cli.render_article import render_article

        render_article(document, page)
    elif document["type"] == "answer":
        from osler.surfaces.cli.render_answer import render_answer

        render_answer(document, page, opened=opened)
    elif document["type"] == "passage":
        _write_source(page, {**document["reference"], "text_kind": document["text_kind"]})
        _write_passage(page, document)
    else:
        kinds = {passage["text_kind"] for passage in document["passages"]}
        _write_source(page, {**document, "text_kind": "summary" if kinds == {"summary"} else "verbatim"})
        for passage in document["passages"]:
            _write_passage(page, passage)


def _write_source(page: Page, source: Document) -> None:
    page.write(Span(cite_in_nlm_style(source), Style.STRONG))
    spans = [Span(nature(source), Style.DIM)]
    if standing(source):
        spans += [Span(" · ", Style.DIM), Span(standing(source), Style.WARNING)]
    page.write(*spans)
    facts = [source["id"], source["key"]]
    facts += [f"licence: {source['licence']}"] if source.get("licence") else []
    page.write(Span(" · ".join(facts), Style.DIM))


def _write_passage(page: Page, passage: Document) -> None:
    page.gap()
    name = " · ".join(part for part in (passage["id"], passage["heading"]) if part)
    page.write(Span(name, Style.DIM))
    marked = passage.get("span")
    start, end = (marked["start"], marked["end"]) if marked else (0, 0)
    text = passage["text"]
    position = 0
    for label, first, last in _stretches(passage):
        if text[position:first].strip():
            _write_marked(page, text, position, first, (start, end))
        if label:
            page.write(Span(label, Style.HEADING), indent=2)
        _write_marked(page, text, first, last, (start, end))
        position = last
    if text[position:].strip():
        _write_marked(page, text, position, len(text), (start, end))


def _stretches(passage: Document) -> list[tuple[str, int, int]]:
    return [(s.get("label") or "", s["start"], s["end"]) for s in passage.get("sections") or ()]


def _write_marked(page: Page, text: str, first: int, last: int, span: tuple[int, int]) -> None:
    """Write ``text[first:last]``, the part inside ``span`` between ⟦ and ⟧ and strong."""
    start, end = max(first, span[0]), min(last, span[1])
    if start >= end:
        page.write(Span(text[first:last]), indent=2)
        return
    page.write(
        Span(text[first:start]),
        Span(f"⟦{text[start:end]}⟧", Style.STRONG),
        Span(text[end:last]),
        indent=2,
    )
