"""The quoted words in their passage: a page of its own, or a panel beside the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from osler.errors import InputError, NotFoundError
from osler.service.show import show
from osler.surfaces.layout.reference import lay_out_reference
from osler.surfaces.web.pages import page, wants_part
from osler.surfaces.web.seams import parts_of

router = APIRouter()
HIGHEST_NUMBER: Final = 999


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a passage: before, inside or behind the words that are cited."""

    text: str
    is_marked: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One section of a passage, with its label."""

    label: str
    stretches: tuple[Stretch, ...]


@router.get("/passage/{passage}/{start}-{end}")
def cited(request: Request, passage: str, start: int, end: int, n: int = 0) -> Response:
    """Show a passage with the code points from ``start`` to ``end`` marked; ``n`` is its number."""
    if not passage.startswith("psg_"):
        raise NotFoundError("nothing in the library has this id", hint="passages begin with psg_")
    if not 0 <= start < end:
        raise InputError("these are not two places in a text", hint="the first comes before the second")
    with parts_of(request).desks.borrow() as desk:
        found = show(desk, passage, (start, end))
    record = {**found["reference"], "text_kind": found["text_kind"]}
    names: dict[str, Any] = {
        "number": n if 0 < n <= HIGHEST_NUMBER else 0,
        "reference": lay_out_reference(record),
        "heading": found["heading"],
        "quote": found["span"]["quote"],
        "paragraphs": paragraphs_of(found, start, end),
    }
    return page(request, "passage_panel.html" if wants_part(request) else "passage.html", names)


def paragraphs_of(passage: dict[str, Any], start: int, end: int) -> list[Paragraph]:
    """Return the whole text of ``passage`` cut at its sections and at ``start`` and ``end``."""
    text, place = passage["text"], 0
    found: list[Paragraph] = []
    for section in passage["sections"]:
        found.append(_paragraph("", text, place, section["start"], start, end))
        found.append(
            _paragraph(section["label"] or "", text, section["start"], section["end"], start, end)
        )
        place = section["end"]
    found.append(_paragraph("", text, place, len(text), start, end))
    return [each for each in found if any(piece.text.strip() for piece in each.stretches)]


def _paragraph(label: str, text: str, first: int, last: int, start: int, end: int) -> Paragraph:
    inner, outer = min(max(start, first), last), max(min(end, last), first)
    outer = max(inner, outer)
    pieces = (
        Stretch(text[first:inner], is_marked=False),
        Stretch(text[inner:outer], is_marked=True),
        Stretch(text[outer:last], is_marked=False),
    )
    return Paragraph(label, tuple(piece for piece in pieces if piece.text))
