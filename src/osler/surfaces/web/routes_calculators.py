"""A calculator in words: what it asks for, for whom it holds, where it is written."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from osler.service.calculate import list_calculators
from osler.surfaces.web.pages import page

router = APIRouter()


@router.get("/calculators/{name}")
def calculator(request: Request, name: str) -> Response:
    """Show one calculator."""
    found = list_calculators(name)["calculators"][0]
    return page(request, "calculator.html", {"calculator": found})
