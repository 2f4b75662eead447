"""What attackers try on the way by an identity provider, over real HTTP."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from tests.accounts.identity_provider import SECRET, Provider
from tests.surfaces.web.browsing import PASSWORD, Site, running
from tests.surfaces.web.conftest import free_port
from tests.surfaces.web.signing_on import (
    BACK,
    at_the_provider,
    come_in,
    library,
    member,
    provider,
    said,
    set_off,
    settings_for,
    site,
    well,
)

__all__ = ["library", "provider", "site", "well"]  # fixtures


@pytest.mark.parametrize("path", ["/account/sign-on", "/account/sign-on/tie", "/account/sign-on/untie"])
def test_no_way_is_begun_without_the_token_of_its_form(site: Site, path: str) -> None:
    browser = site.browser()
    browser.token()
    for fields in ({}, {"form_token": ""}, {"form_token": "0" * 64}):
        assert browser.client.post(path, data=fields).status_code == 403
    assert browser.get(path).status_code in {404, 405}
    assert browser.client.cookies.get("osler_sign_on") is None


@pytest.mark.parametrize("path", ["/account/sign-on/tie", "/account/sign-on/untie"])
def test_nobody_ties_or_unties_who_is_not_signed_in(site: Site, path: str) -> None:
    assert site.browser().post(path, {"current": PASSWORD}).status_code == 403


def test_a_session_that_was_planted_before_is_worth_nothing_after(
    site: Site, provider: Provider
) -> None:
    member(site, provider, "Test Reader Eight")
    victim = site.browser()
    victim.client.cookies.set("osler_session", "planted-by-somebody", domain="127.0.0.1")
    come_in(victim)
    assert victim.session not in {"", "planted-by-somebody"}
    planted = {"osler_session": "planted-by-somebody"}
    assert httpx.get(f"{site.url}/account", cookies=planted).status_code == 303


def test_a_session_that_was_there_before_ends(site: Site, provider: Provider) -> None:
    site.add("Test Reader Nine")
    member(site, provider, "Test Reader Ten")
    browser = site.browser()
    path = at_the_provider(set_off(browser))
    browser.sign_in("Test Reader Nine")
    before = browser.session
    assert browser.get(path).status_code == 303
    assert "Test Reader Ten" in browser.get("/account").text
    assert httpx.get(f"{site.url}/account", cookies={"osler_session": before}).status_code == 303


def test_nobody_is_signed_in_as_an_attacker_by_the_attackers_way_back(
    site: Site, provider: Provider
) -> None:
    """The link that an attacker's own sign-in ends with, sent to somebody else, opens nothing."""
    member(site, provider, "Test Attacker")
    attacker, victim = site.browser(), site.browser()
    link = at_the_provider(set_off(attacker))
    set_off(victim)  # even with a way of their own begun
    opened = victim.get(link)
    assert opened.status_code == 403
    assert "was not begun in this browser" in said(opened)
    assert victim.session == ""


def test_an_attackers_id_is_not_tied_to_a_victims_account(site: Site, provider: Provider) -> None:
    site.add("Test Attacker Two")
    site.add("Test Victim")
    provider.behave(subject="attacker-two")
    attacker, victim = site.browser(), site.browser()
    attacker.sign_in("Test Attacker Two")
    link = at_the_provider(
        set_off(attacker, page="/account", path="/account/sign-on/tie", current=PASSWORD)
    )
    victim.sign_in("Test Victim")
    victim.client.cookies.set(
        "osler_sign_on", attacker.client.cookies["osler_sign_on"], domain="127.0.0.1"
    )
    opened = victim.get(link)
    assert opened.status_code == 403
    with site.registry() as registry:
        assert registry.people.of_subject(f"{provider.issuer} attacker-two") is None


@pytest.mark.parametrize("who", ["again", "another browser", "without its cookie", "another state"])
def test_a_way_back_opens_once_in_one_browser(site: Site, provider: Provider, who: str) -> None:
    name = f"Test Reader {who}"
    member(site, provider, name)
    browser = site.browser()
    path = at_the_provider(set_off(browser))
    cookie = browser.client.cookies["osler_sign_on"]
    other = site.browser()
    if who == "again":
        assert browser.get(path).status_code == 303
        other.client.cookies.set("osler_sign_on", cookie, domain="127.0.0.1")
    elif who == "another browser":
        set_off(other)
    elif who == "another state":
        other.client.cookies.set("osler_sign_on", cookie, domain="127.0.0.1")
        path = re.sub("state=[^&]+", "state=" + "0" * 64, path)
    assert other.get(path).status_code == 403
    assert other.session == ""


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?code=x",
        "?code=x&state=y",
        "?error=access_denied&error_description=<script>alert(1)</script>",
        "?code=x&code=y&state=z&state=z",
        "?code=%00&state=%ff",
    ],
)
def test_a_way_back_out_of_nowhere_says_so_and_repeats_nothing(site: Site, query: str) -> None:
    page = site.browser().get(BACK + query)
    assert page.status_code == 403
    assert "<script>alert" not in page.text
    assert "was not begun in this browser" in said(page)


def test_a_field_that_comes_twice_counts_as_none(site: Site, provider: Provider) -> None:
    member(site, provider, "Test Reader Twice")
    browser = site.browser()
    path = at_the_provider(set_off(browser))
    code = dict(parse_qsl(urlsplit(path).query))["code"]
    assert browser.get(f"{path}&code={code}").status_code == 403
    assert browser.session == ""


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)",
        "/\t/evil.example", "evil.example", "", "/\r\nset-cookie: x=y", "/" + "x" * 5000,
    ],
)  # fmt: skip
def test_whoever_comes_in_stays_on_this_site(site: Site, provider: Provider, place: str) -> None:
    member(site, provider, f"Test Reader {place.encode().hex()[:30]}")
    done = come_in(site.browser(), next=place)
    assert (done.status_code, done.headers["location"]) == (303, "/")


def test_the_cookie_of_the_way_is_short_lived_and_kept_from_scripts_and_other_sites(
    library: Path, site: Site, provider: Provider
) -> None:
    browser = site.browser()
    left = browser.post("/account/sign-on")
    [cookie] = [one for one in left.headers.get_list("set-cookie") if "sign_on" in one]
    assert cookie.startswith("osler_sign_on=")
    assert cookie.endswith("; Path=/; HttpOnly; SameSite=Lax; Max-Age=600")
    assert "no-store" in left.headers["cache-control"]
    assert left.headers["referrer-policy"] == "same-origin"
    back = browser.get(BACK)
    assert any(
        "osler_sign_on=;" in one and "Max-Age=0" in one for one in back.headers.get_list("set-cookie")
    )
    secure_settings = settings_for(provider, 8000, OSLER_SITE_URL="https://osler.example")
    with running(library, **secure_settings) as secure:
        page = secure.browser().get("/account/sign-in")
        mark = page.headers["set-cookie"].partition(";")[0]
        token = re.search(r'form_token" value="(\w+)"', page.text)
        assert token is not None
        left = httpx.post(
            f"{secure.url}/account/sign-on", data={"form_token": token[1]}, headers={"cookie": mark}
        )
        [cookie] = [one for one in left.headers.get_list("set-cookie") if "sign_on" in one]
        assert cookie.startswith("__Host-osler_sign_on=")
        assert "; Secure" in cookie
        back_to = dict(parse_qsl(urlsplit(left.headers["refresh"].partition("url=")[2]).query))
        assert back_to["redirect_uri"] == f"https://osler.example{BACK}"


def test_nothing_of_a_way_back_is_written_to_the_log(
    library: Path, provider: Provider, caplog: pytest.LogCaptureFixture
) -> None:
    port = free_port()
    caplog.set_level("DEBUG", logger="osler.web")
    with running(library, port, **settings_for(provider, port, OSLER_WEB_LOG_QUESTIONS="1")) as site:
        path = at_the_provider(set_off(browser := site.browser()))
        assert browser.get(path).status_code == 403
    fields = dict(parse_qsl(urlsplit(path).query))
    assert BACK in caplog.text
    for secret in (fields["code"], fields["state"], SECRET):
        assert secret not in caplog.text
