"""Signing in by an identity provider on the real page, over real HTTP: what people see, what attackers try."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from pyotp import TOTP
from tests.accounts.identity_provider import CLIENT, DISCOVERY, SECRET, Provider, providing
from tests.net.loopback import silent
from tests.surfaces.web.browsing import ADMIN_PASSWORD, PASSWORD, Browser, Site, fill, running
from tests.surfaces.web.conftest import CHROMIUM, DESK, FLAGS, PHONE, free_port
from tests.surfaces.web.test_accessibility import breaches

from osler.accounts import links, people, second_factor
from osler.model.account import Purpose
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
def _well(provider: Provider) -> None:
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
    """Make an account tied to the provider's id of that name, sign in as it there; return its id here."""
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


# --- what attackers try -------------------------------------------------------------------------------


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
    name = f"Test Lied About {len(str(changes))} {'-'.join(changes)}"
    member(site, provider, name)
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
    """The policy for forms names this site alone, and browsers hold redirections to it: still it works."""
    member(site, provider, f"Test Browser {script}")
    page = chromium.new_context(java_script_enabled=script).new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{site.url}/account/sign-in?next=/account")
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_role("heading", name=f"Test Browser {script}").wait_for()
    assert page.url == f"{site.url}/account"
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_of_signing_in_breaks_a_rule(
    site: Site, provider: Provider, chromium: Any, size: dict[str, int], theme: str
) -> None:
    provider.behave(subject=f"nobody-{theme}-{size['width']}")
    page = chromium.new_context(viewport=size, color_scheme=theme, bypass_csp=True).new_page()
    page.goto(f"{site.url}/account/sign-in")
    found = breaches(page)
    page.get_by_role("button", name=BUTTON).click()
    page.get_by_role("heading", name="You are not signed in").wait_for()
    found += breaches(page)
    page.get_by_role("link", name="Back to the page to sign in").click()
    page.get_by_label("Name or e-mail address").fill(ADMINISTRATOR)
    page.get_by_label("Password").fill(ADMIN_PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{site.url}/account")
    found += breaches(page)
    page.locator("#tie-password").fill("not it")
    page.get_by_role("button", name="Tie it to Hospital login").click()
    found += breaches(page)
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
