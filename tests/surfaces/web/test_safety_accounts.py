"""What an attacker tries against accounts and private parts, and what comes of it: OWASP's list."""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator

import httpx
import pytest
from tests.surfaces.web.browsing import (
    ADMIN_PASSWORD,
    PRIVATE_PAPER,
    PUBLIC_PAPER,
    QUESTION,
    WARD,
    Browser,
    Site,
    fill,
    running,
)

from osler.accounts.limits import FAILURES_OF_ACCOUNT
from osler.model.person import Role
from osler.service.wiring import open_desk

READER, WARDER, ADMINISTRATOR = "Test Reader", "Test Ward Reader", "Test Administrator"
SECRETIVE = "secretive"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("safety")
    fill(home)
    with running(home) as site:
        site.add(READER, Role.AUTHOR)
        site.add(WARDER, scopes=[WARD])
        site.add(ADMINISTRATOR, Role.ADMINISTRATOR, password=ADMIN_PASSWORD)
        yield site


@pytest.fixture(scope="module")
def reader(site: Site) -> Browser:
    browser = site.browser()
    assert browser.sign_in(READER).status_code == 303
    return browser


@pytest.fixture(scope="module")
def warder(site: Site) -> Browser:
    browser = site.browser()
    assert browser.sign_in(WARDER).status_code == 303
    return browser


@pytest.fixture(scope="module")
def private_passage(site: Site) -> str:
    with open_desk({"OSLER_HOME": str(site.home)}, holder="test") as desk:
        [source] = desk.store.sources_with(f"pmid:{PRIVATE_PAPER['pmid']}")
        return desk.store.passages_of(source)[0].id


# --- forms that another site sends --------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/account/sign-in",
        "/account/sign-out",
        "/account/code",
        "/account/reset",
        "/account/password",
        "/account/second-factor",
        "/account/second-factor/confirm",
        "/account/second-factor/off",
        "/account/people",
        "/share",
        "/follow",
        "/display",
    ],
)
def test_no_form_is_taken_without_its_token(reader: Browser, path: str) -> None:
    before = reader.session
    for fields in ({}, {"form_token": ""}, {"form_token": "0" * 64}):
        assert reader.client.post(path, data={"q": QUESTION, **fields}).status_code == 403
    assert reader.session == before


def test_the_token_of_another_browser_or_of_the_visitor_before_does_not_count(
    site: Site, reader: Browser
) -> None:
    visitor = site.browser()
    token = visitor.token()
    assert reader.client.post("/account/sign-out", data={"form_token": token}).status_code == 403
    other = site.browser()
    other.token()
    assert other.client.post("/share", data={"form_token": token, "q": "x"}).status_code == 403


def test_a_visitors_mark_that_this_site_did_not_give_is_replaced(site: Site) -> None:
    planted = site.browser()
    planted.client.cookies.set("osler_visitor", "planted." + "0" * 64, domain="127.0.0.1")
    assert any(
        "osler_visitor=" in cookie and "planted" not in cookie
        for cookie in planted.get("/account/sign-in").headers.get_list("set-cookie")
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_sent_from_elsewhere_is_refused_even_with_its_token(
    reader: Browser, headers: dict[str, str]
) -> None:
    token = reader.token("/account")
    sent = reader.client.post("/account/sign-out", data={"form_token": token}, headers=headers)
    assert sent.status_code == 403
    assert reader.get("/account").status_code == 200


@pytest.mark.parametrize(
    "kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""]
)
def test_only_a_plain_form_is_read(reader: Browser, kind: str) -> None:
    token = reader.token("/account")
    sent = reader.client.post(
        "/account/sign-out", content=f"form_token={token}", headers={"content-type": kind}
    )
    assert sent.status_code == 403


def test_nothing_changes_by_following_a_link(reader: Browser) -> None:
    for path in ("/account/sign-out", "/account/password", "/account/second-factor/off", "/share"):
        assert reader.get(path).status_code in {404, 405, 403}
    assert reader.get("/account").status_code == 200


# --- sessions -----------------------------------------------------------------------------------------


def test_a_session_planted_beforehand_is_worth_nothing(site: Site) -> None:
    victim = site.browser()
    victim.client.cookies.set("osler_session", "planted-by-somebody", domain="127.0.0.1")
    victim.sign_in(READER)
    assert "planted" not in victim.session
    attacker = httpx.Client(base_url=site.url, cookies={"osler_session": "planted-by-somebody"})
    assert attacker.get("/account").status_code == 303


def test_signing_in_again_ends_the_session_before(site: Site) -> None:
    browser = site.browser()
    browser.sign_in(READER)
    first = browser.session
    browser.client.cookies.delete("osler_visitor")
    token = browser.token("/account")
    browser.client.post(
        "/account/sign-in",
        data={"form_token": token, "name": READER, "password": "violet tram under nine bridges"},
    )
    assert browser.session not in {"", first}
    assert httpx.get(f"{site.url}/account", cookies={"osler_session": first}).status_code == 303


def test_signing_out_ends_the_session_itself_and_not_only_the_cookie(site: Site) -> None:
    browser = site.browser()
    browser.sign_in(READER)
    token = browser.session
    browser.post("/account/sign-out", page="/account")
    assert httpx.get(f"{site.url}/account", cookies={"osler_session": token}).status_code == 303


def test_cookies_are_kept_from_scripts_other_sites_and_plain_connections(site: Site) -> None:
    plain = site.browser().sign_in(READER).headers["set-cookie"]
    assert plain.startswith("osler_session=")
    assert "; Path=/; HttpOnly; SameSite=Lax" in plain
    assert "Domain" not in plain
    with running(site.home, OSLER_SITE_URL="https://osler.example") as secure:
        [mark] = secure.browser().get("/account/sign-in").headers.get_list("set-cookie")
        assert mark.startswith("__Host-osler_visitor=")
        assert mark.endswith("; Path=/; HttpOnly; SameSite=Lax; Secure")
        token = re.search(r'form_token" value="(\w+)"', secure.browser().get("/account/sign-in").text)
        assert token is not None


def test_pages_with_accounts_have_every_header_and_are_kept_by_nobody(reader: Browser) -> None:
    for path in ("/account", "/account/people", "/account/sign-in", "/account/password/none"):
        headers = reader.get(path).headers
        assert "no-store" in headers["cache-control"]
        if headers.get("content-type", "").startswith("text/html"):
            assert "script-src 'self'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-frame-options"] == "DENY"
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["referrer-policy"] == "same-origin"


# --- being sent elsewhere -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "evil.example",
        "",
        "/\r\nset-cookie: x=y",
    ],
)
def test_next_leads_to_this_site_only(site: Site, reader: Browser, path: str) -> None:
    assert reader.get("/account/sign-in", params={"next": path}).headers["location"] == "/"
    page = site.browser().get("/account/sign-in", params={"next": path})
    assert 'name="next" value="/"' in page.text


# --- rights that were not given -----------------------------------------------------------------------


def test_roles_that_are_posted_are_not_given(site: Site) -> None:
    browser = site.browser()
    more = {"roles": "administrator", "role": "administrator", "scopes": WARD, "disabled": "0"}
    browser.sign_in(READER, **more)
    fields = {"current": "violet tram under nine bridges", "password": "x", "again": "x", **more}
    browser.post("/account/password", fields, page="/account")
    with site.registry() as registry:
        account = registry.people.find(READER)
    assert account is not None
    assert (account.person.roles, account.scopes) == ({Role.AUTHOR}, frozenset())


@pytest.mark.parametrize("action", ["rights", "link", "close", "open"])
def test_whoever_is_no_administrator_finds_no_page_of_people(
    site: Site, reader: Browser, action: str
) -> None:
    with site.registry() as registry:
        account = registry.people.find(ADMINISTRATOR)
    assert account is not None
    path = f"/account/people/{account.person.id}"
    assert reader.get("/account/people").status_code == 404
    assert reader.get(path).status_code == 404
    sent = reader.post(f"{path}/{action}", {"role": "administrator"}, page="/account")
    assert sent.status_code == 404
    visitor = site.browser()
    assert visitor.post(f"{path}/{action}", {"role": "administrator"}).status_code == 404


def test_an_administrator_cannot_give_a_role_that_does_not_exist(site: Site) -> None:
    admin = site.browser()
    admin.sign_in(ADMINISTRATOR, ADMIN_PASSWORD)
    with site.registry() as registry:
        account = registry.people.find(READER)
    assert account is not None
    path = f"/account/people/{account.person.id}"
    sent = admin.post(f"{path}/rights", {"role": ["author", "god"]}, page=path)
    assert sent.status_code == 400
    with site.registry() as registry:
        assert registry.people.find(READER) == account


# --- private parts of the library ---------------------------------------------------------------------


def test_a_private_part_takes_part_in_the_search_of_those_only_who_may_read_it(
    site: Site, reader: Browser, warder: Browser
) -> None:
    for browser, sees in ((site.browser(), False), (reader, False), (warder, True)):
        for path in ("/ask", "/ask/stream", "/ask/export"):
            more = {"to": "json"} if path.endswith("export") else {}
            text = browser.get(path, params={"q": QUESTION, **more}).text
            assert PUBLIC_PAPER["pmid"] in text
            assert (SECRETIVE in text or PRIVATE_PAPER["pmid"] in text) is sees, path


def test_a_passage_of_a_private_part_is_not_found_by_its_id(
    site: Site, reader: Browser, warder: Browser, private_passage: str
) -> None:
    path, unknown = f"/passage/{private_passage}/0-10", "/passage/psg_00000000000000000000/0-10"
    assert warder.get(path).status_code == 200
    for browser in (site.browser(), reader):
        refused, absent = browser.get(path), browser.get(unknown)
        assert (refused.status_code, absent.status_code) == (404, 404)
        assert strip(refused.text) == strip(absent.text)


def strip(text: str) -> str:
    return re.sub(r'value="[^"]*"', "", text)


def test_a_shared_answer_of_a_private_part_opens_for_those_only_who_may_read_it(
    site: Site, reader: Browser, warder: Browser
) -> None:
    shared = warder.post("/share", {"q": QUESTION}, page="/account").headers["location"]
    assert SECRETIVE in warder.get(shared).text
    for browser in (site.browser(), reader):
        for path in (shared, f"{shared}/export/json"):
            assert browser.get(path).status_code == 404
        follow = shared.removeprefix("/a/")
        text = browser.get("/ask", params={"q": "and in children?", "follow": follow}).text
        assert SECRETIVE not in text


# --- guessing -----------------------------------------------------------------------------------------

INJECTIONS = [
    "' OR '1'='1",
    "'; DROP TABLE people; --",
    '" OR 1=1 --',
    "admin'--",
    "\x00",
    "%27%20OR%201",
    "{{7*7}}",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_is_typed_is_never_part_of_a_query_or_a_template(site: Site, text: str) -> None:
    page = site.browser().sign_in(text, text)
    assert page.status_code in {403, 422, 429}  # a server keeps no NUL, and says so
    assert "49" not in strip(page.text).partition('role="alert"')[2][:200]
    assert site.browser().get(f"/account/password/{httpx.QueryParams({'x': text})}").status_code == 403
    with site.registry() as registry:
        assert len(registry.people.all()) == 3


def test_a_name_that_holds_markup_is_shown_as_text(site: Site) -> None:
    page = site.browser().sign_in('"><script>alert(1)</script>')
    assert "<script>alert" not in page.text


def test_passwords_cannot_be_tried_out_and_the_page_says_when_to_come_back(site: Site) -> None:
    site.add("Test Locked Out")
    browser = site.browser()
    codes = [
        browser.sign_in("Test Locked Out", "not the right one").status_code
        for _ in range(FAILURES_OF_ACCOUNT.most + 1)
    ]
    assert codes[-2:] == [403, 429]
    page = browser.sign_in("Test Locked Out")
    assert page.status_code == 429
    assert 0 < int(page.headers["retry-after"]) <= FAILURES_OF_ACCOUNT.window_s + 1
    with site.registry() as registry:
        registry.sign_in.clear_attempts(before=registry.now().replace(year=2100))


def test_an_account_that_does_not_exist_costs_as_much_time_as_one_that_does(site: Site) -> None:
    def took(name: str) -> float:
        browser = site.browser()
        token = browser.token()
        began = time.perf_counter()
        data = {"form_token": token, "name": name, "password": "not the right one"}
        assert browser.client.post("/account/sign-in", data=data).status_code == 403
        return time.perf_counter() - began

    known = statistics.median(took(READER) for _ in range(5))
    unknown = statistics.median(took("Nobody At All") for _ in range(5))
    # The hash alone takes some 40 ms; without it, an answer takes a tenth of that.
    assert 0.4 < unknown / known < 2.5


def test_questions_are_counted_for_each_address(site: Site) -> None:
    with running(site.home, OSLER_ASKS_PER_MINUTE="3") as small:
        browser = small.browser()
        codes = [browser.get("/ask", params={"q": QUESTION}).status_code for _ in range(4)]
        assert codes == [200, 200, 200, 429]
        assert int(browser.get("/ask", params={"q": QUESTION}).headers["retry-after"]) <= 61
        assert browser.get("/").status_code == 200
