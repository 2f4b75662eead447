"""Light or dark, remembered by the browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from osler.errors import UsageError
from osler.surfaces.web.visitor import THEME_COOKIE, THEMES, remember

router = APIRouter()


@router.post("/display")
def display(
    request: Request, theme: Annotated[str, Form()] = "", back: Annotated[str, Form()] = "/"
) -> Response:
    """Remember how pages look, and go back to the page where that was chosen."""
    if theme not in THEMES:
        raise UsageError("pages do not look like that", item="theme", hint=f"one of {', '.join(THEMES)}")
    response = RedirectResponse(back if is_local(back) else "/", status_code=303)
    remember(request, response, THEME_COOKIE, theme)
    return response


def is_local(path: str) -> bool:
    """Tell whether ``path`` stays on this host: one slash first, and nothing a browser reads as two."""
    return path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
