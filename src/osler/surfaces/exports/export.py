"""From an answer's document to a file, by the name of the format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from osler.errors import UsageError
from osler.service.mechanism import Shown
from osler.surfaces.exports.formats import MEDIA, Format
from osler.surfaces.exports.graph import draw_graph, graph_blocks
from osler.surfaces.exports.outline import Block, outline
from osler.surfaces.layout.answer import LaidAnswer, lay_out
from osler.surfaces.words import Document


@dataclass(frozen=True, slots=True)
class Exported:
    """A file.

    Attributes:
        name: What it may be called.
        media_type: What it is.
        body: Its bytes.
        is_text: Whether a terminal can show it.
    """

    name: str
    media_type: str
    body: bytes
    is_text: bool


def export(document: Document, to: Format, *, graph: Shown | None = None) -> Exported:
    """Return the answer or the article of ``document`` in the format ``to``.

    Args:
        document: The public document of an answer.
        to: The format.
        graph: The graph that it offers, for the formats that people read.

    Raises:
        UsageError: ``usage.extra``: a package is missing; ``usage.format``: FHIR is not written yet.
    """
    writer = _WRITERS.get(to)
    if writer is None:
        formats = ", ".join(each.value for each in _WRITERS if each is not Format.TEXT)
        raise UsageError(
            "FHIR comes with a later release", item="--to", hint=f"use {formats}", code="usage.format"
        )
    media_type, suffix = MEDIA[to]
    laid = lay_out(document)
    written = writer(laid, graph)
    body = written.encode("utf-8", "backslashreplace") if isinstance(written, str) else written
    name = f"osler-{_name(laid)}.{suffix}"
    return Exported(name, media_type, body, isinstance(written, str))


def _name(laid: LaidAnswer) -> str:
    return f"{laid.standing.id}-v{laid.standing.version}" if laid.standing else str(laid.answer["id"])


def _outline(laid: LaidAnswer, graph: Shown | None) -> tuple[Block, ...]:
    return outline(laid, () if graph is None else graph_blocks(graph, laid.references))


def _markdown(laid: LaidAnswer, graph: Shown | None) -> str:
    from osler.surfaces.exports.markdown import write_markdown

    return write_markdown(_outline(laid, graph))


def _html(laid: LaidAnswer, graph: Shown | None) -> str:
    from osler.strip.drawing import draw_strip
    from osler.surfaces.exports.page import write_page

    asked = str(laid.question["asked"])
    panels = [each.panel for each in laid.panels]
    strip = draw_strip(panels, name=laid.answer["id"], title=asked, within_page=True) if panels else ""
    blocks, drawing = _outline(laid, graph), draw_graph(graph)
    return write_page(blocks, title=asked, strip=strip, mark=laid.mark, drawing=drawing)


def _pdf(laid: LaidAnswer, graph: Shown | None) -> bytes:
    from osler.surfaces.exports.pdf import write_pdf

    return write_pdf(_html(laid, graph))


def _word(laid: LaidAnswer, graph: Shown | None) -> bytes:
    from osler.surfaces.exports.word import write_word

    return write_word(
        _outline(laid, graph),
        title=laid.question["asked"],
        answer=_name(laid),
        made=datetime.fromisoformat(laid.document["envelope"]["generated"]),
        mark=laid.mark,
    )


def _json(laid: LaidAnswer, graph: Shown | None) -> str:
    """Return the document of the schema; an article says that it is one."""
    del graph  # a document of its own: mechanism.json
    document = {name: value for name, value in laid.document.items() if name != "type"}
    if laid.standing:
        document = {"schema": 1, "type": "article", **document}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _text(laid: LaidAnswer, graph: Shown | None) -> str:
    from osler.surfaces.exports.plain import write_plain

    return write_plain(_outline(laid, graph))


def _references(write: Callable[[LaidAnswer], str]) -> Callable[[LaidAnswer, Shown | None], str]:
    return lambda laid, _graph: write(laid)


def _ris(laid: LaidAnswer) -> str:
    from osler.surfaces.exports.citations import write_ris

    return write_ris(laid.answer["references"], page=laid.standing)


def _bibtex(laid: LaidAnswer) -> str:
    from osler.surfaces.exports.citations import write_bibtex

    return write_bibtex(laid.answer["references"], page=laid.standing)


def _csl(laid: LaidAnswer) -> str:
    from osler.surfaces.exports.citations import write_csl

    return write_csl(laid.answer["references"], page=laid.standing)


_WRITERS: Final[Mapping[Format, Callable[[LaidAnswer, Shown | None], str | bytes]]] = {
    Format.MARKDOWN: _markdown,
    Format.HTML: _html,
    Format.PDF: _pdf,
    Format.WORD: _word,
    Format.JSON: _json,
    Format.RIS: _references(_ris),
    Format.BIBTEX: _references(_bibtex),
    Format.CSL: _references(_csl),
    Format.TEXT: _text,
}
