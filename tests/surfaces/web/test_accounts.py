"""Accounts on the web page, as a browser without JavaScript uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from pyotp import TOTP
from tests.net.mail_server import Received, serving
from tests.surfaces.web.browsing import ADMIN_PASSWORD, PASSWORD, Site, fill, running

from osler.accounts import links
from osler.model.account import Purpose
from osler.model.person import Role

NEW = "eleven lamps behind the ferry"
NAME = "Test Reviewer One"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("site")
    fill(home)
    return home


@pytest.fixture(scope="module")
def mail() -> Iterator[tuple[Received, int]]:
    received = Received()
    with serving(received) as port:
        yield received, port


@pytest.fixture(scope="module")
def site(library: Path, mail: tuple[Received, int]) -> Iterator[Site]:
    settings = {
        "OSLER_SMTP_URL": f"smtp://127.0.0.1:{mail[1]}",
        "OSLER_SMTP_FROM": "osler@hospital.example",
        "OSLER_SITE_URL": "http://osler.example",
    }
    with running(library, **settings) as site:
        site.add(NAME, Role.REVIEWER, email="one@hospital.example")
        site.add("Test Administrator", Role.ADMINISTRATOR, password=ADMIN_PASSWORD)
        yield site


def link_in(received: Received) -> str:
    content = received.letters[-1].content
    assert isinstance(content, bytes)
    found = re.search(r"http://osler\.example(/account/password/\S+)",
                      message_from_bytes(content, policy=default).get_content())  # fmt: skip
    assert found is not None
    return found[1]


def test_somebody_signs_in_sees_their_account_and_signs_out(site: Site) -> None:
    browser = site.browser()
    done = browser.sign_in(NAME, next="/account")
    assert (done.status_code, done.headers["location"]) == (303, "/account")
    page = browser.get("/account")
    assert page.status_code == 200
    assert NAME in page.text
    out = browser.post("/account/sign-out", page="/account")
    assert (out.status_code, out.headers["location"]) == (303, "/")
    assert browser.session == ""
    assert browser.get("/account").headers["location"] == "/account/sign-in?next=/account"


def test_a_wrong_password_is_told_and_nothing_typed_is_repeated_but_the_name(site: Site) -> None:
    page = site.browser().sign_in("<b>Nobody</b>", "my s3cret password")
    assert page.status_code == 403
    assert 'role="alert"' in page.text
    assert "s3cret" not in page.text
    assert "&lt;b&gt;Nobody&lt;/b&gt;" in page.text


def test_an_invitation_by_letter_ends_in_an_account_that_signs_in(
    site: Site, mail: tuple[Received, int]
) -> None:
    admin = site.browser()
    admin.sign_in("Test Administrator", ADMIN_PASSWORD)
    fields = {"name": "Test Author Two", "email": "two@hospital.example", "role": ["author"],
              "scopes": "ward, "}  # fmt: skip
    page = admin.post("/account/people", fields, page="/account/people")
    assert page.status_code == 200
    assert "/account/password/" not in page.text
    assert mail[0].letters[-1].rcpt_tos == ["two@hospital.example"]
    link, browser = link_in(mail[0]), site.browser()
    assert "Test Author Two" in browser.get(link).text
    short = browser.post(link, {"password": "short", "again": "short"}, page=link)
    assert short.status_code == 422
    differ = browser.post(link, {"password": NEW, "again": PASSWORD}, page=link)
    assert differ.status_code == 422
    done = browser.post(link, {"password": NEW, "again": NEW}, page=link)
    assert done.headers["location"] == "/account/sign-in"
    assert browser.get(link).status_code == 403
    assert browser.sign_in("two@hospital.example", NEW).status_code == 303
    assert "public, ward" in browser.get("/account").text


def test_a_forgotten_password_is_set_anew_by_a_letter_and_nobody_learns_who_has_an_account(
    site: Site, mail: tuple[Received, int]
) -> None:
    site.add("Test Reviewer Three", email="three@hospital.example")
    before = len(mail[0].letters)
    unknown = site.browser().post("/account/reset", {"name": "nobody@hospital.example"})
    known = site.browser().post("/account/reset", {"name": "THREE@hospital.example"})
    assert strip_tokens(unknown.text) == strip_tokens(known.text)
    wait_for(lambda: len(mail[0].letters) == before + 1)
    browser, link = site.browser(), link_in(mail[0])
    browser.post(link, {"password": NEW, "again": NEW}, page=link)
    assert site.browser().sign_in("Test Reviewer Three", NEW).status_code == 303


def strip_tokens(text: str) -> str:
    return re.sub(r'value="[0-9a-f]{64}"', "", text)


def wait_for(is_so: object) -> None:
    import time

    assert callable(is_so)
    end = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_second_factor_is_turned_on_asked_for_and_turned_off(site: Site) -> None:
    account = site.add("Test Reviewer Four")
    browser = site.browser()
    browser.sign_in("Test Reviewer Four")
    refused = browser.post("/account/second-factor", {"current": "wrong password here"}, page="/account")
    assert refused.status_code == 403
    shown = browser.post("/account/second-factor", {"current": PASSWORD}, page="/account")
    with site.registry() as registry:
        stored = registry.people.account(account.person.id)
        assert stored is not None
        secret = stored.pending or ""
    assert secret in shown.text.replace(" ", "")
    before = browser.session
    codes = browser.post("/account/second-factor/confirm", {"code": TOTP(secret).now()}, page="/account")
    recovery = re.findall(r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){3})</code>", codes.text)
    assert len(recovery) == 10
    assert browser.session != before
    other = site.browser()
    half = other.sign_in("Test Reviewer Four", next="/account")
    assert half.headers["location"] == "/account/sign-in?next=/account"
    assert other.get("/account").status_code == 303
    assert 'name="code"' in other.get("/account/sign-in?next=/account").text
    assert other.post("/account/code", {"code": "000000"}).status_code == 403
    done = other.post("/account/code", {"code": recovery[0], "next": "/account"})
    assert done.headers["location"] == "/account"
    assert "9 recovery codes left" in other.get("/account").text
    off = other.post("/account/second-factor/off", {"current": PASSWORD}, page="/account")
    assert off.status_code == 303
    assert site.browser().sign_in("Test Reviewer Four", next="/a").headers["location"] == "/a"


def test_changing_the_password_signs_other_browsers_out_and_this_one_on(site: Site) -> None:
    site.add("Test Reviewer Five")
    here, there = site.browser(), site.browser()
    here.sign_in("Test Reviewer Five")
    there.sign_in("Test Reviewer Five")
    before = here.session
    fields = {"current": PASSWORD, "password": NEW, "again": NEW}
    assert here.post("/account/password", fields, page="/account").status_code == 303
    assert here.session != before
    assert here.get("/account").status_code == 200
    assert there.get("/account").status_code == 303


def test_rights_are_given_and_an_account_closed_by_an_administrator(site: Site) -> None:
    account = site.add("Test Author Six")
    admin, browser = site.browser(), site.browser()
    browser.sign_in("Test Author Six")
    admin.sign_in("Test Administrator", ADMIN_PASSWORD)
    page = f"/account/people/{account.person.id}"
    given = admin.post(f"{page}/rights", {"role": ["author", "editor"], "scopes": "ward"}, page=page)
    assert given.status_code == 303
    assert browser.get("/account").status_code == 303
    browser.sign_in("Test Author Six")
    assert "author, editor" in browser.get("/account").text
    assert admin.post(f"{page}/close", page=page).status_code == 303
    assert browser.get("/account").status_code == 303
    assert browser.sign_in("Test Author Six").status_code == 403
    admin.post(f"{page}/open", page=page)
    assert browser.sign_in("Test Author Six").status_code == 303
    assert "roles changed: author, editor" in admin.get(page).text


def test_the_last_administrator_cannot_shut_everybody_out(site: Site) -> None:
    admin = site.browser()
    admin.sign_in("Test Administrator", ADMIN_PASSWORD)
    with site.registry() as registry:
        me = registry.people.find("Test Administrator")
    assert me is not None
    page = f"/account/people/{me.person.id}"
    assert admin.post(f"{page}/close", page=page).status_code == 403
    assert admin.post(f"{page}/rights", {"scopes": ""}, page=page).status_code == 403
    assert admin.get(page).status_code == 200


def test_a_link_to_hand_on_is_shown_once_where_no_letter_can_be_sent(library: Path) -> None:
    with running(library) as site:
        admin = site.browser()
        admin.sign_in("Test Administrator", ADMIN_PASSWORD)
        page = admin.post("/account/people", {"name": "Test Author Seven"}, page="/account/people")
        found = re.search(r"http://127\.0\.0\.1:8000(/account/password/[\w-]+)", page.text)
        assert found is not None
        assert site.browser().get(found[1]).status_code == 200


def test_a_closed_site_leads_to_the_sign_in_and_back(library: Path) -> None:
    with running(library, OSLER_PUBLIC_ASKING="0") as site:
        browser = site.browser()
        for path in (
            "/",
            "/ask?q=fever+in+testosis",
            "/a/ans_0",
            "/passage/psg_0/0-1",
            "/ask/stream?q=x",
        ):
            refused = browser.get(path)
            assert refused.status_code == 303
            assert refused.headers["location"].startswith("/account/sign-in?next=/")
        assert browser.post("/share", {"q": "x"}).status_code == 303
        for path in ("/account/sign-in", "/account/reset", "/robots.txt"):
            assert browser.get(path).status_code == 200
        done = browser.sign_in(NAME, next="/ask?q=fever+in+testosis")
        assert browser.get(done.headers["location"]).status_code == 200


def test_a_page_of_a_session_that_ran_out_is_that_of_a_visitor(site: Site) -> None:
    browser = site.browser()
    browser.sign_in(NAME)
    with site.registry() as registry, registry.transactions.together() as connection:
        long_ago = int((datetime.now(UTC) - timedelta(hours=13)).timestamp())
        connection.execute("UPDATE sessions SET created = ?", (long_ago,))
    assert browser.get("/account").status_code == 303
    assert "Sign in" in browser.get("/").text


def test_an_expired_link_opens_nothing(site: Site) -> None:
    account = site.add("Test Author Eight")
    with site.registry() as registry:
        token = links.make_link(registry, account, Purpose.RESET, actor="terminal")
        with registry.transactions.together() as connection:
            connection.execute("UPDATE links SET expires = 1 WHERE person = ?", (account.person.id,))
    assert site.browser().get(f"/account/password/{token}").status_code == 403
