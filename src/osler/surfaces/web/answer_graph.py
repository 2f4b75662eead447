"""The graph that an answer on a mechanism offers, drawn within the answer's page."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from fastapi import Request
from markupsafe import Markup

from osler.errors import UsageError
from osler.mechanism.drawing import draw_mechanism
from osler.model.mechanism import Mechanism
from osler.service.export import offered_graph
from osler.surfaces.web.seams import parts_of
from osler.surfaces.words import Document

NAME: Final = "mechanism"
REMEMBERED: Final = 32


def drawn_graph(request: Request, document: Document) -> Markup:
    """Return the drawing, each arrow leading to its words on the page of the mechanism; or nothing.

    The graph is judged against what whoever asks may read, when the page is made. Without the layout
    engine, and where nothing is offered, there is nothing: the link beneath is enough.
    """
    offered = document["answer"].get("mechanism")
    if not offered or not offered["condition"]:
        return Markup()
    with parts_of(request).desks.borrow() as desk:
        shown = offered_graph(desk, document)
    if shown is None or shown.mechanism is None:
        return Markup()
    query = urlencode({"drug": offered["drug"], "condition": offered["condition"]})
    return Markup(_draw(shown.mechanism, f"/mechanism?{query}"))  # noqa: S704 - escaped where it is drawn


@lru_cache(maxsize=REMEMBERED)
def _draw(found: Mechanism, page: str) -> str:
    try:
        return draw_mechanism(found, name=NAME, linked=True, page=page)
    except UsageError:
        return ""
