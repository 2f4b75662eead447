"""From an answer's document to a file, by the name of the format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

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
    """Return the answer of ``document`` in the format ``to``.

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
    written = writer(lay_out(document), graph)
    body = written.encode("utf-8", "backslashreplace") if isinstance(written, str) else written
    name = f"osler-{document['answer']['id']}.{suffix}"
    return Exported(name, media_type, body, isinstance(written, str))


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
    return write_page(blocks, title=asked, strip=strip, is_approved=laid.is_approved, drawing=drawing)


def _pdf(laid: LaidAnswer, graph: Shown | None) -> bytes:
    from osler.surfaces.exports.pdf import write_pdf

    return write_pdf(_html(laid, graph))


def _word(laid: LaidAnswer, graph: Shown | None) -> bytes:
    from osler.surfaces.exports.word import write_word

    return write_word(
        _outline(laid, graph),
        title=laid.question["asked"],
        answer=laid.answer["id"],
        made=datetime.fromisoformat(laid.document["envelope"]["generated"]),
        is_approved=laid.is_approved,
    )


def _json(laid: LaidAnswer, graph: Shown | None) -> str:
    del graph  # a document of its own: mechanism.json
    document = {name: value for name, value in laid.document.items() if name != "type"}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _text(laid: LaidAnswer, graph: Shown | None) -> str:
    from osler.surfaces.exports.plain import write_plain

    return write_plain(_outline(laid, graph))


def _references(write: Callable[[Any], str]) -> Callable[[LaidAnswer, Shown | None], str]:
    return lambda laid, _graph: write(laid.answer["references"])


def _ris(references: Any) -> str:
    from osler.surfaces.exports.citations import write_ris

    return write_ris(references)


def _bibtex(references: Any) -> str:
    from osler.surfaces.exports.citations import write_bibtex

    return write_bibtex(references)


def _csl(references: Any) -> str:
    from osler.surfaces.exports.citations import write_csl

    return write_csl(references)


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
