"""Every page, phone and desk, light and dark: no rule of WCAG 2.2 A or AA is broken, all by keyboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Match
from tests.accounts.identity_provider import Provider
from tests.surfaces.web.browsing import PASSWORD, running
from tests.surfaces.web.conftest import DESK, PHONE, free_port
from tests.surfaces.web.furnished import furnish
from tests.surfaces.web.page_rules import (
    begins_with_a_way_to_the_content,
    breaches,
    is_narrow_enough,
    keyboard_faults,
)
from tests.surfaces.web.signing_on import provider, settings_for
from tests.surfaces.web.stops import Place, Stop, iter_stops

from osler.surfaces.web.answer_page import PARTS
from osler.surfaces.web.app import ROUTERS
from osler.surfaces.web.faults import WORDS

__all__ = ["provider"]  # a fixture

STOPS = tuple(iter_stops())
FILES = {
    "/ask/stream", "/ask/export", "/a/{item}/export/{to}", "/articles/{slug}/export/{to}",
    "/static/{digest}/{name}", "/robots.txt", "/favicon.ico",
}  # fmt: skip
"""Addresses of what is no page."""
BROKEN = "/broken"
"""Added by the tests, to fail."""


@dataclass
class Visited:
    """What was shown so far, as the applications themselves tell it.

    Attributes:
        stops: By name.
        routes: That answered.
        templates: That were filled.
        parts: Of answers, that were on a page.
        statuses: Of responses.
    """

    apps: tuple[FastAPI, ...]
    stops: set[str] = field(default_factory=set)
    routes: set[str] = field(default_factory=set)
    templates: set[str] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)
    statuses: set[int] = field(default_factory=set)

    def note(self, name: str, requests: Sequence[Any], parts: set[str], statuses: Sequence[int]) -> None:
        """Note what a stop showed."""
        self.stops.add(name)
        self.parts |= parts
        self.statuses |= set(statuses)
        self.routes |= {
            route for each in requests if each.method == "GET" and (route := self._route_of(each.url))
        }
        for app in self.apps:
            self.templates |= {each.name for each in app.state.parts.templates.cache.values()}

    def _route_of(self, url: str) -> str:
        scope = {"type": "http", "path": unquote(urlsplit(url).path), "method": "GET"}
        for route in pages_and_files():
            if route.matches(scope)[0] is Match.FULL:
                return route.path
        return ""


def pages_and_files() -> list[APIRoute]:
    """Return what can be opened."""
    routes = [route for router in ROUTERS for route in router.routes]
    return [each for each in routes if isinstance(each, APIRoute) and "GET" in each.methods]


@pytest.fixture(scope="module")
def around(
    tmp_path_factory: pytest.TempPathFactory, provider: Provider
) -> Iterator[tuple[Place, Visited]]:
    """A site with everything and one with nothing, and what was seen of both."""
    home, empty = tmp_path_factory.mktemp("everything"), tmp_path_factory.mktemp("nothing")
    held, port = furnish(home), free_port()
    settings = settings_for(provider, port, OSLER_ASKS_PER_MINUTE="1000")
    with running(home, port, **settings) as site, running(empty, OSLER_ASKS_PER_MINUTE="1") as bare:
        site.app.add_api_route(BROKEN, _break)
        yield Place(site.url, bare.url, held), Visited((site.app, bare.app))


def _break() -> None:
    raise ZeroDivisionError


class Visitors:
    """One browser for each person, signed in once; a new one for each visit of a stranger."""

    def __init__(self, browser: Any, place: Place) -> None:
        self._browser, self._place = browser, place
        self._known: dict[str, Any] = {}

    def context(self, who: str) -> Any:
        """Return a fresh browser in which ``who`` is signed in."""
        state = self._known.get(who)
        made = self._browser.new_context(viewport=PHONE, bypass_csp=True, storage_state=state)
        if who and state is None:
            page = made.new_page()
            page.goto(self._place.url + "/account/sign-in")
            page.fill("#name", who)
            page.fill("#password", PASSWORD)
            page.click("button.main")
            page.wait_for_selector('nav a[href="/account"]')
            page.close()
            self._known[who] = made.storage_state()
        return made


@pytest.fixture(scope="module")
def visitors(chromium: Any, around: tuple[Place, Visited]) -> Visitors:
    return Visitors(chromium, around[0])


@pytest.mark.parametrize("stop", STOPS, ids=[stop.name for stop in STOPS])
def test_a_page_breaks_no_rule_and_is_used_by_keyboard_alone(
    stop: Stop, visitors: Visitors, around: tuple[Place, Visited]
) -> None:
    (place, visited), context = around, visitors.context(stop.who)
    page = context.new_page()
    sent: list[Any] = []
    statuses: list[int] = []
    page.on("request", lambda request: sent.append(request))
    page.on("response", lambda got: got.request.is_navigation_request() and statuses.append(got.status))
    stop.way(page, place)
    shown = set(page.eval_on_selector_all("[data-part]", "all => all.map(e => e.dataset.part)"))
    found = [f"is answered with {statuses[-1]}"] if statuses[-1] != stop.status else []
    found += [f"{part} is not shown" for part in set(stop.parts) - shown]
    found += breaches(page)
    found += keyboard_faults(page)
    if stop.template:
        found += [] if begins_with_a_way_to_the_content(page) else ["no way past what is on every page"]
    page.emulate_media(color_scheme="dark")
    found += breaches(page, only=["color-contrast"])
    page.set_viewport_size(DESK)
    found += breaches(page, colours=False)  # they are the phone's
    found += [] if is_narrow_enough(page) else ["is wider than the narrowest screen"]
    hosts = {urlsplit(place.url).netloc, urlsplit(place.bare).netloc}
    found += [each.url for each in sent if urlsplit(each.url).netloc not in hosts]
    visited.note(stop.name, sent, shown, statuses)
    context.close()
    assert found == []


def test_every_page_that_the_site_can_show_is_among_them(around: tuple[Place, Visited]) -> None:
    _place, visited = around
    if visited.stops != {stop.name for stop in STOPS}:
        pytest.skip("not every page was opened in this run")
    opened = {route.path for route in pages_and_files()}
    assert opened > FILES
    assert opened - FILES - visited.routes == set()
    templates = {name for app in visited.apps for name in app.state.parts.templates.list_templates()}
    assert templates - visited.templates == set()
    assert set(PARTS) - visited.parts == set()
    # A browser cannot be made to send slowly; what 408 says, in the same template, test_attacks reads.
    assert set(WORDS) - visited.statuses == {408}
