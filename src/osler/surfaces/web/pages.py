"""From a template and its names to a response: the only place where HTML is made.

Every value is escaped by the environment; markup enters only through templates and through ``Markup``
that our own code has made (the drawing of ``strip``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from osler import __version__
from osler.model.reader import Reader
from osler.surfaces.layout.together import TOGETHER
from osler.surfaces.web.assets import Asset
from osler.surfaces.web.seams import parts_of
from osler.surfaces.web.visitor import THEMES, visitor_of

PRIVATE: Final = "private, no-store"
"""Pages hold what a person asked: no cache keeps them, nor a shared machine's browser."""


def make_templates(assets: Mapping[str, Asset]) -> Environment:
    """Return the templates with everything that each of them may use.

    Escaping cannot be switched off by a file's name, and an unknown name is a fault, not an empty text.
    """
    environment = Environment(
        loader=PackageLoader("osler.surfaces.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,  # they change with the code; looking each time costs more than filling
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["together"] = together
    environment.globals.update(
        asset=lambda name: assets[name].address,
        readers=tuple(reader.value for reader in Reader),
        themes=THEMES,
        version=__version__,
    )
    return environment


def together(text: str) -> Markup:
    """Return ``text`` escaped, each number kept on one line with its unit: no dose breaks at 2-."""
    parts: list[str] = []
    place = 0
    for match in TOGETHER.finditer(text):
        parts += [escape(text[place : match.start()]), f'<span class="nb">{escape(match[0])}</span>']
        place = match.end()
    return Markup("".join([*parts, escape(text[place:])]))  # noqa: S704 - each part was escaped


def render(request: Request, template: str, names: Mapping[str, Any]) -> str:
    """Return ``template`` filled with ``names`` and with what every page has."""
    parts = parts_of(request)
    every: dict[str, Any] = {"visitor": visitor_of(request), "back": _address_of(request)}
    for context in parts.page_context:
        every.update(context(request))
    return parts.templates.get_template(template).render({**every, **names})


def render_for_all(request: Request, template: str, names: Mapping[str, Any]) -> str:
    """Return ``template`` filled with ``names`` alone: the same for everybody, so that it may be kept.

    A template that uses anything of who asks is a fault here, not a page that shows it to others.
    """
    return parts_of(request).templates.get_template(template).render(names)


def _address_of(request: Request) -> str:
    """Return the address of the page shown, to come back to; of a form's target, the home page."""
    if request.method != "GET":
        return "/"
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


def page(
    request: Request, template: str, names: Mapping[str, Any] | None = None, *, status: int = 200
) -> Response:
    """Return a whole page, or a part of one, as a response that nobody keeps or indexes."""
    html = render(request, template, names or {})
    return HTMLResponse(html, status_code=status, headers=page_headers())


def page_headers() -> dict[str, str]:
    """Return the headers of a page that is not reviewed and belongs to who asked for it."""
    return {"cache-control": PRIVATE, "x-robots-tag": "noindex", "vary": "cookie, hx-request"}


def wants_part(request: Request) -> bool:
    """Tell whether a script of ours asks for a part of a page instead of the whole."""
    return request.headers.get("hx-request") == "true"
