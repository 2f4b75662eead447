"""What the tests of signing in by a provider share: the site, the provider, and going there and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from tests.accounts.identity_provider import CLIENT, SECRET, Provider, providing
from tests.surfaces.web.browsing import ADMIN_PASSWORD, PASSWORD, Browser, Site, fill, running
from tests.surfaces.web.conftest import free_port

from osler.accounts import people
from osler.model.person import Role

BACK = "/account/sign-on/back"
BUTTON = "Sign in with Hospital login"
ADMINISTRATOR = "Test Administrator"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("sign-on")
    fill(home)
    return home


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture(autouse=True)
def well(provider: Provider) -> None:
    provider.behave()


def settings_for(provider: Provider, port: int, **more: str) -> dict[str, str]:
    return {
        "OSLER_SITE_URL": f"http://127.0.0.1:{port}",
        "OSLER_OIDC_ISSUER": provider.issuer,
        "OSLER_OIDC_CLIENT_ID": CLIENT,
        "OSLER_OIDC_CLIENT_SECRET": SECRET,
        "OSLER_OIDC_NAME": "Hospital login",
        **more,
    }


@pytest.fixture(scope="module")
def site(library: Path, provider: Provider) -> Iterator[Site]:
    port = free_port()
    with running(library, port, **settings_for(provider, port)) as site:
        site.add(ADMINISTRATOR, Role.ADMINISTRATOR, password=ADMIN_PASSWORD)
        yield site


def member(site: Site, provider: Provider, name: str, *, password: bool = False) -> str:
    """Make an account tied to the provider's id of that name, and sign in as it there."""
    subject = name.lower().replace(" ", "-")
    provider.behave(subject=subject)
    with site.registry() as registry:
        tie = f"{provider.issuer} {subject}"
        account = people.add_person(registry, name, subject=tie, actor="terminal")
        if password:
            people.set_password(registry, account, PASSWORD, actor="terminal")
        return account.person.id


def set_off(browser: Browser, *, page: str = "/account/sign-in", path: str = "", **more: str) -> str:
    """Press the button, and return the provider's address that the page leads to."""
    left = browser.post(path or "/account/sign-on", more, page=page)
    assert left.status_code == 200, left.text
    address = left.headers["refresh"].removeprefix("0;url=")
    link = re.search(r'class="button main" href="([^"]+)"', left.text)
    assert link is not None
    assert unescape(link[1]) == address
    return address


def at_the_provider(address: str) -> str:
    """Sign in there, and return the path that the browser is sent back to."""
    answer = httpx.get(address)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}"


def come_in(browser: Browser, **more: str) -> httpx.Response:
    return browser.get(at_the_provider(set_off(browser, **more)))


def said(response: httpx.Response) -> str:
    found = re.search(r'role="alert" id="said">([^<]+)<', response.text)
    assert found is not None, response.text
    return unescape(found[1])
