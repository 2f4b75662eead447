"""The home page, and one question with its answer."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from osler.surfaces.web.pages import page

router = APIRouter()


@router.get("/")
def home(request: Request) -> Response:
    """Show the box for a question."""
    return page(request, "home.html")
