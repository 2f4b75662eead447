"""What every route shares, kept in one place of the application: settings, desks, files, templates.

Routes reach it by ``parts_of(request)``; whoever adds to every page (who is signed in, a token for
forms) appends to ``Parts.page_context``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from jinja2 import Environment

from osler.accounts.limits import Turns
from osler.accounts.sign_on.code_flow import CodeFlow
from osler.config import Settings
from osler.surfaces.web.assets import Asset
from osler.surfaces.web.bodies import Bodies
from osler.surfaces.web.desks import Desks
from osler.surfaces.web.sessions import Accounts

PageContext = Callable[[Request], Mapping[str, Any]]
"""Names that every template may use, worked out for one request."""


@dataclass(slots=True)
class Parts:
    """The parts of one running application.

    Attributes:
        settings: As read at the start.
        desks: Where a request gets its library.
        assets: Files by name.
        templates: Escapes everything, always.
        accounts: Who has an account.
        reports: Counts what readers report.
        bodies: What articles say, as markup.
        sign_on: The way by an identity provider, or None where none is set.
        page_context: Called for each page, in order; later names win.
    """

    settings: Settings
    desks: Desks
    assets: Mapping[str, Asset]
    templates: Environment
    accounts: Accounts
    reports: Turns
    bodies: Bodies = field(default_factory=Bodies)
    sign_on: CodeFlow | None = None
    page_context: list[PageContext] = field(default_factory=list)


def parts_of(request: Request) -> Parts:
    """Return the parts of the application that serves ``request``."""
    parts = request.app.state.parts
    if not isinstance(parts, Parts):
        raise TypeError("this application was not made by create_app")
    return parts
