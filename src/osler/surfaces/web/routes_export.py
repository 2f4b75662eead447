"""The answer as a file: of a question, or of an answer that is kept."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from osler.errors import UsageError
from osler.service.ask import ask
from osler.service.export import offered_graph
from osler.service.keep import kept_answer
from osler.service.mechanism import Shown
from osler.surfaces.exports.export import export
from osler.surfaces.exports.formats import Format
from osler.surfaces.web.asking import asking_of
from osler.surfaces.web.pages import page_headers
from osler.surfaces.web.seams import parts_of
from osler.surfaces.words import Document

router = APIRouter()


@router.get("/ask/export")
def export_question(
    request: Request,
    q: str = "",
    reader: Annotated[str, Query(alias="as")] = "",
    follow: str = "",
    to: str = "",
) -> Response:
    """Answer a question and send the answer as a file; nothing is kept."""
    asking = asking_of(request, q, reader, follow)
    wanted = format_of(to)
    with parts_of(request).desks.borrow_to_ask() as desk:
        asked = ask(
            desk, asking.question, reader=asking.reader, follow=asking.follow or None, keep=False
        )
        graph = offered_graph(desk, asked.document)
    return file_of(asked.document, wanted, graph)


@router.get("/a/{item}/export/{to}")
def export_kept(request: Request, item: str, to: str) -> Response:
    """Send a kept answer as a file."""
    wanted = format_of(to)
    with parts_of(request).desks.borrow() as desk:
        kept = kept_answer(desk, item)
        graph = offered_graph(desk, kept.document)
    return file_of(kept.document, wanted, graph)


def format_of(to: str) -> Format:
    """Return the format of this name.

    Raises:
        UsageError: There is none.
    """
    try:
        return Format(to)
    except ValueError:
        known = ", ".join(each.value for each in Format)
        raise UsageError("answers are not exported to that", item="to", hint=f"one of {known}") from None


def file_of(document: Document, to: Format, graph: Shown | None = None) -> Response:
    """Return an answer or an article as a file, with the graph that an answer offers."""
    exported = export(document, to, graph=graph)
    # Plain text opens in the page, to be copied; everything else is a download, HTML of ours too.
    disposition = "inline" if to is Format.TEXT else f'attachment; filename="{exported.name}"'
    headers = {**page_headers(), "content-disposition": disposition}
    return Response(exported.body, media_type=exported.media_type, headers=headers)
