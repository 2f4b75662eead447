"""The parts of the page of an answer, in order: rendered at once, or one after another as they come.

Both ways print the same parts by the same templates: a streamed page is the page without JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from fastapi import Request
from markupsafe import Markup

from osler.model.reader import Reader
from osler.strip.drawing import draw_strip
from osler.surfaces.layout.answer import LaidAnswer, lay_out
from osler.surfaces.web.answer_graph import drawn_graph
from osler.surfaces.web.asking import Asking
from osler.surfaces.web.pages import render
from osler.surfaces.words import Document

PARTS: Final = (
    "question",
    "state",
    "bottom",
    "readers",
    "clarify",
    "tiers",
    "figures",
    "conflicts",
    "limits",
    "words",
    "beneath",
    "mechanism",
    "simulation",
    "calculators",
    "tools",
    "next",
    "references",
    "end",
)
"""Templates of ``answer/``; each prints one element that bears its name, or nothing."""
EARLY: Final = ("state", "bottom", "readers", "tiers")
"""Parts that are sent once the statements are verified, and again where they changed since."""
EXPORTS: Final[Mapping[str, str]] = {
    "md": "Markdown",
    "html": "HTML",
    "pdf": "PDF",
    "docx": "Word",
    "json": "JSON",
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csl": "CSL-JSON",
}


def names_of(document: Document, asking: Asking, *, kept: str = "", expires: str = "") -> dict[str, Any]:
    """Return what the templates of an answer use.

    Args:
        document: The public document.
        asking: The question that it answers.
        kept: Id under which the answer is kept, where this is its own page.
        expires: Day until which it is kept.
    """
    laid = lay_out(document)
    return {
        "laid": laid,
        "asking": asking,
        "question": laid.question,
        "understood": laid.understood,
        "strip": _strip(laid),
        "on_this": None,
        "kept": kept,
        "expires": expires,
        "exports": {
            to: f"/a/{kept}/export/{to}" if kept else asking.address("/ask/export", to=to)
            for to in (*EXPORTS, "txt")
        },
        "export_names": EXPORTS,
        "reader_pages": {reader.value: asking.read_as(reader.value).address() for reader in Reader},
        "of_article": "",
    }


def iter_parts(
    request: Request, names: Mapping[str, Any], parts: Iterable[str] = PARTS
) -> Iterator[tuple[str, str]]:
    """Yield the name and the markup of each of ``parts`` that has something to say."""
    for part in parts:
        if part == "mechanism":  # worked out here, so that the parts before it do not wait
            names = {**names, "graph": drawn_graph(request, names["laid"].document)}
        markup = render(request, f"answer/{part}.html", names).strip()
        if markup:
            yield part, markup


def article(request: Request, names: Mapping[str, Any]) -> Markup:
    """Return the whole answer as markup."""
    return joined(markup for _part, markup in iter_parts(request, names))


def joined(parts: Iterable[str]) -> Markup:
    """Return parts that were rendered as one."""
    whole = "\n".join(markup for markup in parts if markup)
    return Markup(whole)  # noqa: S704 - made by our own templates, which escape every value


def _strip(laid: LaidAnswer) -> Markup:
    """Return the drawing of the figures; ``strip`` escapes every word of it."""
    if not laid.panels:
        return Markup()
    panels = [each.panel for each in laid.panels]
    drawing = draw_strip(panels, name=laid.answer["id"], title=laid.question["asked"], within_page=True)
    return Markup(drawing)  # noqa: S704 - escaped where it is drawn
