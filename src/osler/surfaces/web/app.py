"""The web application, put together; nothing is opened or read before ``create_app`` is called."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Final

from fastapi import APIRouter, FastAPI, Request
from starlette.types import ASGIApp, Scope

from osler.accounts.limits import Limit, Turns
from osler.errors import OslerError
from osler.service.wiring import SystemClock, open_sign_on, read_settings
from osler.surfaces.web import (
    faults,
    routes_account,
    routes_article,
    routes_ask,
    routes_calculators,
    routes_desk,
    routes_desk_acts,
    routes_display,
    routes_export,
    routes_kept,
    routes_mechanism,
    routes_passage,
    routes_people,
    routes_sign_on,
    routes_simulation,
    routes_static,
    sessions,
)
from osler.surfaces.web.assets import load_assets
from osler.surfaces.web.desks import Desks
from osler.surfaces.web.journal import Journal
from osler.surfaces.web.pages import make_templates
from osler.surfaces.web.safety import Safety
from osler.surfaces.web.seams import Parts
from osler.surfaces.web.sweeping import sweeping

ROUTERS: tuple[APIRouter, ...] = (
    routes_ask.router,
    routes_kept.router,
    routes_passage.router,
    routes_export.router,
    routes_calculators.router,
    routes_mechanism.router,
    routes_simulation.router,
    routes_display.router,
    routes_account.router,
    routes_sign_on.router,
    routes_people.router,
    routes_article.router,
    routes_desk.router,
    routes_desk_acts.router,
    routes_static.router,
)
"""Every area of the site. A further one is one module with a router, named here."""

REPORTS: Final = Limit(10, 60 * 60)
"""What one address may report of articles in an hour."""


def create_app(environment: Mapping[str, str] | None = None) -> FastAPI:
    """Return the application for the library that ``environment`` names, the process's own by default.

    Raises:
        UsageError: A setting cannot be read.
    """
    settings = read_settings(environment)
    assets = load_assets()
    accounts = sessions.Accounts(environment)
    reports = Turns(REPORTS, SystemClock().now)
    sign_on = open_sign_on(settings)
    desks = Desks(environment)
    parts = Parts(settings, desks, assets, make_templates(assets), accounts, reports, sign_on=sign_on)
    parts.page_context.append(sessions.page_names)

    @asynccontextmanager
    async def until_the_end(_app: FastAPI) -> AsyncIterator[None]:
        async with sweeping(parts.desks):
            yield
        parts.desks.close()
        accounts.close()
        if sign_on is not None:
            sign_on.close()

    app = FastAPI(title="Osler", docs_url=None, redoc_url=None, openapi_url=None, lifespan=until_the_end)
    app.state.parts = parts
    faults.install(app)
    for router in ROUTERS:
        app.include_router(router)

    def refuse(scope: Scope, status: int, fault: OslerError | None = None) -> ASGIApp:
        request = Request({**scope, "app": app})
        return faults.fault_page(request, status) if fault is None else faults.page_of(request, fault)

    app.add_middleware(
        sessions.Sessions, settings=settings, accounts=accounts, refuse=refuse, now=SystemClock().now
    )
    # The one added last stands outermost.
    app.add_middleware(Safety, hosts=settings.web.hosts, refuse=refuse)
    app.add_middleware(Journal, questions=settings.web.log_questions)
    return app
