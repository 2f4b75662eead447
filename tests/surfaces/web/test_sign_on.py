"""Signing in by an identity provider on the real page, over real HTTP and in a real browser."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyotp import TOTP
from tests.accounts.identity_provider import CLIENT, DISCOVERY, Provider
from tests.net.loopback import silent
from tests.surfaces.web.browsing import ADMIN_PASSWORD, PASSWORD, Site, running
from tests.surfaces.web.conftest import CHROMIUM, FLAGS, free_port
from tests.surfaces.web.signing_on import (
    ADMINISTRATOR,
    BACK,
    BUTTON,
    come_in,
    library,
    member,
    provider,
    said,
    settings_for,
    site,
    well,
)

from osler.accounts import links, second_factor
from osler.model.account import Purpose
from osler.model.person import Role

__all__ = ["library", "provider", "site", "well"]  # fixtures


# --- what people do -----------------------------------------------------------------------------------


def test_somebody_who_is_tied_comes_in_where_they_wanted_to_go(site: Site, provider: Provider) -> None:
    member(site, provider, "Test Reader One")
    browser = site.browser()
    assert BUTTON in browser.get("/account/sign-in").text
    done = come_in(browser, next="/articles?state=approved")
    assert (done.status_code, done.headers["location"]) == (303, "/articles?state=approved")
    page = browser.get("/account").text
    assert "Test Reader One" in page
    assert "tied to your sign-in with Hospital login, and has no password" in page
    assert "Change my password" not in page
    assert browser.client.cookies.get("osler_sign_on") is None


def test_whoever_is_not_known_here_is_told_the_next_step_and_gets_no_account(
    site: Site, provider: Provider
) -> None:
    provider.behave(
        subject="a-stranger", claims={"email": "one@hospital.example", "email_verified": True}
    )
    site.add("Test Reader With Address", email="one@hospital.example")
    with site.registry() as registry:
        before = registry.people.all()
    browser = site.browser()
    refused = come_in(browser)
    assert refused.status_code == 403
    assert "sign in with your password and tie it" in said(refused)
    assert "ask an administrator for an invitation" in said(refused)
    assert browser.session == ""
    with site.registry() as registry:
        assert registry.people.all() == before
        newest = registry.people.log(most=1)[0]
    assert (newest.event, newest.detail) == ("sign_on_failed", "not_allowed.sign_on_unknown")


def test_somebody_ties_their_account_uses_it_and_unties_it(site: Site, provider: Provider) -> None:
    site.add("Test Reviewer Two", Role.REVIEWER)
    provider.behave(subject="reviewer-two")
    browser = site.browser()
    browser.sign_in("Test Reviewer Two")
    first = browser.session
    wrong = browser.post("/account/sign-on/tie", {"current": "not it"}, page="/account")
    assert wrong.status_code == 403
    done = come_in(browser, page="/account", path="/account/sign-on/tie", current=PASSWORD)
    assert (done.status_code, done.headers["location"]) == (303, "/account")
    assert browser.session not in {"", first}
    other = site.browser()
    assert come_in(other).status_code == 303
    assert "Test Reviewer Two" in other.get("/account").text
    untied = other.post("/account/sign-on/untie", {"current": PASSWORD}, page="/account")
    assert untied.status_code == 303
    assert other.get("/account").status_code == 200
    assert browser.get("/account").status_code == 303  # signed out everywhere else
    assert come_in(site.browser()).status_code == 403


def test_an_invitation_is_taken_up_without_a_password(site: Site, provider: Provider) -> None:
    admin = site.browser()
    admin.sign_in(ADMINISTRATOR, ADMIN_PASSWORD)
    page = admin.post("/account/people", {"name": "Test Author Three", "role": "author"},
                      page="/account/people").text  # fmt: skip
    link = re.search(r"(/account/password/[\w-]+)<", page)
    assert link is not None
    provider.behave(subject="author-three")
    browser = site.browser()
    shown = browser.get(link[1])
    assert BUTTON in shown.text
    done = come_in(browser, page=link[1], invitation=link[1].rpartition("/")[2])
    assert done.status_code == 303
    assert "Test Author Three" in browser.get("/account").text
    assert browser.get(link[1]).status_code == 403
    again = site.browser()
    assert come_in(again).status_code == 303


def test_a_link_for_a_new_password_does_not_offer_the_provider(site: Site) -> None:
    account = site.add("Test Reader Four")
    with site.registry() as registry:
        token = links.make_link(registry, account, Purpose.RESET, actor="terminal")
    browser = site.browser()
    page = f"/account/password/{token}"
    assert BUTTON not in browser.get(page).text
    assert browser.post("/account/sign-on", {"invitation": token}, page=page).status_code == 403


def test_a_second_factor_that_is_on_is_asked_for_as_well(site: Site, provider: Provider) -> None:
    person = member(site, provider, "Test Reader Five", password=True)
    with site.registry() as registry:
        secret = second_factor.begin(registry, person)
        then = int(time.time()) - 30
        second_factor.confirm(registry, person, TOTP(secret).at(then))
    browser = site.browser()
    half = come_in(browser, next="/account")
    assert half.headers["location"] == "/account/sign-in?next=/account"
    assert browser.get("/account").status_code == 303
    page = browser.get("/account/sign-in?next=/account")
    assert "One more step" in page.text
    done = browser.post("/account/code", {"code": TOTP(secret).now()}, page="/account/sign-in")
    assert done.status_code == 303
    assert "Test Reader Five" in browser.get("/account").text


def test_an_administrator_unties_somebody(site: Site, provider: Provider) -> None:
    person = member(site, provider, "Test Reader Six", password=True)
    browser, admin = site.browser(), site.browser()
    assert come_in(browser).status_code == 303
    assert browser.post(f"/account/people/{person}/untie", page="/account").status_code == 404
    admin.sign_in(ADMINISTRATOR, ADMIN_PASSWORD)
    page = f"/account/people/{person}"
    assert "tied to a sign-on" in admin.get(page).text
    assert admin.post(f"{page}/untie", page=page).status_code == 303
    assert browser.get("/account").status_code == 303
    assert come_in(site.browser()).status_code == 403
    assert admin.post(f"{page}/untie", page=page).status_code == 422


def test_without_a_provider_there_is_no_button_and_no_way(library: Path) -> None:
    with running(library) as site:
        browser = site.browser()
        assert "/account/sign-on" not in browser.get("/account/sign-in").text
        assert browser.post("/account/sign-on").status_code == 404
        assert browser.get(BACK).status_code == 404


def test_a_closed_site_still_lets_people_in_by_the_provider(
    library: Path, site: Site, provider: Provider
) -> None:
    member(site, provider, "Test Reader Seven")
    port = free_port()
    with running(library, port, **settings_for(provider, port, OSLER_PUBLIC_ASKING="0")) as closed:
        browser = closed.browser()
        asked = browser.get("/articles").headers["location"]
        assert asked == "/account/sign-in?next=/articles"
        assert come_in(browser, next="/articles").headers["location"] == "/articles"
        assert browser.get("/articles").status_code == 200


# --- a provider that is ill or lies -------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"claims": {"nonce": "of-another"}},
        {"claims": {"aud": "another-site"}},
        {"claims": {"iss": "https://other.example"}},
        {"claims": {"exp": 1}},
        {"algorithm": "none"},
        {"key_name": "unknown"},
    ],
)
def test_a_lie_of_the_provider_lets_nobody_in(
    site: Site, provider: Provider, changes: dict[str, Any]
) -> None:
    member(site, provider, f"Test Lied About {'-'.join(map(str, *[changes.get('claims', changes)]))}")
    subject = provider.behaviour.subject
    provider.behave(subject=subject, **changes)
    browser = site.browser()
    refused = come_in(browser)
    assert refused.status_code == 403
    assert "is not believed" in said(refused)
    assert browser.session == ""
    provider.behave(subject=subject)
    assert come_in(browser).status_code == 303  # the same browser, once the provider is honest


@pytest.mark.parametrize("place", ["/token", "/keys"])
def test_a_provider_in_trouble_is_a_page_that_says_what_to_do(
    library: Path, provider: Provider, place: str
) -> None:
    port = free_port()
    with running(library, port, **settings_for(provider, port)) as site:
        provider.behave(answers={place: lambda handler: handler.send(b"{}", 500)})
        browser = site.browser()
        refused = come_in(browser)
        assert refused.status_code == 503
        assert "sign in with your password" in said(refused)
        assert browser.get("/account/sign-in").status_code == 200


def test_a_provider_that_hangs_holds_nobody_else_up(library: Path, provider: Provider) -> None:
    port = free_port()
    provider.behave(answers={DISCOVERY: silent})
    with running(library, port, **settings_for(provider, port)) as site:
        browser = site.browser()
        began = time.monotonic()
        assert browser.get("/account/sign-in").status_code == 200  # it is not asked for the button
        assert time.monotonic() - began < 5
        assert browser.post("/account/sign-on").status_code == 503
        assert time.monotonic() - began < 25


def test_switched_off_means_that_a_provider_elsewhere_is_not_asked(library: Path) -> None:
    settings = {
        "OSLER_OFFLINE": "1",
        "OSLER_OIDC_ISSUER": "https://login.hospital.example",
        "OSLER_OIDC_CLIENT_ID": CLIENT,
    }
    with running(library, **settings) as site:
        refused = site.browser().post("/account/sign-on")
        assert refused.status_code == 503


# --- in a real browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not Path(CHROMIUM).exists():
        pytest.skip("needs chromium (apt-get install chromium)")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_browser_goes_there_and_comes_back_by_itself(
    site: Site, provider: Provider, chromium: Any, script: bool
) -> None:
    """The policy for forms names this site alone, and holds for redirections: still it works."""
    member(site, provider, f"Test Browser {script}")
    page = chromium.new_context(java_script_enabled=script).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site.url}/account/sign-in?next=/account")
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_role("heading", name=f"Test Browser {script}").wait_for()
    assert page.url == f"{site.url}/account"
    assert complaints == []
