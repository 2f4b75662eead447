"""How a drug acts, drawn: the graph, and beneath it every arrow with the words that it rests on."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from markupsafe import Markup

from osler.errors import UsageError
from osler.mechanism.drawing import draw_mechanism
from osler.model.mechanism import Mechanism
from osler.service.mechanism import show_mechanism
from osler.surfaces.layout.reference import lay_out_reference
from osler.surfaces.web.pages import page
from osler.surfaces.web.seams import parts_of

router = APIRouter()
NAME = "mechanism"
"""What the ids of the drawing begin with; the places of arrows on the page bear it too."""


@router.get("/mechanism")
def mechanism(
    request: Request,
    drug: Annotated[str, Query(max_length=200)] = "",
    condition: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Show the graph of a drug in a condition, what there is to choose from, or what to ask for."""
    asked = {"drug": drug.strip(), "condition": condition.strip()}
    if not asked["drug"]:
        return page(request, "mechanism.html", {"asked": asked, "found": None, "choices": ()})
    parts = parts_of(request)
    with parts.desks.borrow() as desk:
        shown = show_mechanism(parts.settings, desk, asked["drug"], asked["condition"] or None)
    found = shown.document["mechanism"]
    names: dict[str, Any] = {
        "asked": asked,
        "found": found,
        "choices": shown.document["choices"],
        "name": NAME,
        "drawing": Markup() if shown.mechanism is None else _drawing(shown.mechanism),
        "references": [lay_out_reference(each) for each in found["references"]] if found else (),
        "kinds": {each["number"]: each["text_kind"] for each in found["references"]} if found else {},
    }
    return page(request, "mechanism.html", names)


def _drawing(found: Mechanism) -> Markup:
    """Return the drawing, or nothing where the layout engine is not installed: the words are enough."""
    try:
        drawn = draw_mechanism(found, name=NAME, linked=True)
    except UsageError:
        return Markup()
    return Markup(drawn)  # noqa: S704 - ``draw_mechanism`` escapes every word of it
