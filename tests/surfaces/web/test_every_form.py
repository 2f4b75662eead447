"""Every form that the site takes, found by asking the site itself: none counts without its token."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from tests.surfaces.web.browsing import ADMIN_PASSWORD, WARD, Browser, Site, fill, running

from osler.model.person import Role
from osler.surfaces.web.app import ROUTERS, create_app
from osler.surfaces.web.safety import SAFE_METHODS

ROUTES = [route for router in ROUTERS for route in router.routes]
CHANGING = sorted(
    (method, route.path)
    for route in ROUTES
    if isinstance(route, APIRoute)
    for method in route.methods - SAFE_METHODS
)
FEWEST = 36
"""Forms that there were when this was written; fewer would mean that they are not found."""
WITHOUT_TOKEN = "Open the page anew and try again."
"""What is said where the token is missing, and of no other refusal."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("forms")
    fill(home)
    with running(home) as site:
        site.add("Test Administrator", *Role, password=ADMIN_PASSWORD, scopes=[WARD])
        yield site


@pytest.fixture(scope="module")
def administrator(site: Site) -> Browser:
    """Who may do everything, so that nothing but the token can be what is missing."""
    browser = site.browser()
    assert browser.sign_in("Test Administrator", ADMIN_PASSWORD).status_code == 303
    return browser


def address_of(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "something", path)


def test_every_address_of_the_site_is_a_plain_route(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is mounted or a socket would be reached past the token, and is not counted below."""
    app = create_app({"OSLER_HOME": str(tmp_path_factory.mktemp("none"))})
    assert all(isinstance(route, APIRoute) for route in ROUTES)
    assert len(app.router.routes) == len(ROUTERS)
    assert len(CHANGING) >= FEWEST


@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_no_form_counts_without_its_token_or_with_that_of_another_browser(
    site: Site, administrator: Browser, method: str, path: str
) -> None:
    foreign = site.browser().token()
    before = administrator.session
    for fields in (
        {},
        {"form_token": ""},
        {"form_token": "0" * 64},
        {"form_token": foreign},
        {"form_token": [foreign, foreign]},
    ):
        sent = administrator.client.request(method, address_of(path), data=fields)
        assert sent.status_code == 403, (path, fields)
        assert WITHOUT_TOKEN in sent.text
    assert administrator.session == before


@pytest.mark.parametrize(("method", "path"), CHANGING)
def test_each_form_is_taken_with_its_token_so_that_the_refusals_above_mean_something(
    site: Site, method: str, path: str
) -> None:
    visitor = site.browser()
    sent = visitor.client.request(method, address_of(path), data={"form_token": visitor.token()})
    assert WITHOUT_TOKEN not in sent.text
    assert sent.status_code < 500


def test_a_token_that_is_given_twice_or_beside_a_wrong_one_does_not_count(
    administrator: Browser,
) -> None:
    token = administrator.token("/account")
    for given in ([token, token], [token, "0" * 64], ["0" * 64, token]):
        sent = administrator.client.post("/display", data={"form_token": given, "theme": "dark"})
        assert sent.status_code == 403
    sent = administrator.client.post("/display", data={"form_token": token, "theme": "dark"})
    assert sent.status_code == 303
