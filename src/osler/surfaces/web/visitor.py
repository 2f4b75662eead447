"""What a browser remembers for its person: who reads, light or dark. Two words, no identity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import Response

from osler.model.reader import Reader
from osler.surfaces.web.sessions import who_asks

READER_COOKIE: Final = "osler_reader"
THEME_COOKIE: Final = "osler_theme"
THEMES: Final = ("auto", "light", "dark")
YEAR_S: Final = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Visitor:
    """The choices of one browser.

    Attributes:
        reader: Who reads.
        theme: ``auto`` follows the device.
    """

    reader: Reader = Reader.CLINICIAN
    theme: str = "auto"


def visitor_of(request: Request) -> Visitor:
    """Return the choices that came with ``request``; what is unknown counts as not chosen."""
    reader, theme = request.cookies.get(READER_COOKIE), request.cookies.get(THEME_COOKIE)
    return Visitor(
        Reader(reader) if reader in {each.value for each in Reader} else Reader.CLINICIAN,
        theme if theme in THEMES else "auto",
    )


def remember(request: Request, response: Response, name: str, value: str) -> None:
    """Let the browser keep a choice for a year; scripts and other sites cannot read it."""
    response.set_cookie(
        name,
        value,
        max_age=YEAR_S,
        path="/",
        samesite="lax",
        httponly=True,
        secure=who_asks(request).is_secure,
    )
