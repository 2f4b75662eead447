"""Attacks beyond a list: on limits, on the log, on time, by odd bytes, by what stays open."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from tests.surfaces.web.browsing import (
    ADMIN_PASSWORD,
    PASSWORD,
    QUESTION,
    Browser,
    Site,
    fill,
    running,
)
from tests.surfaces.web.conftest import start, stop

from osler.accounts.limits import FAILURES_OF_ACCOUNT
from osler.accounts.links import make_link
from osler.model.account import Purpose
from osler.model.person import Role
from osler.surfaces.web.safety import Receive, Safety, Scope, Send

READER = "Test Reader"
WHO = "Mrs Testwick, MRN 00482913"
OTHER = "eleven slow lanterns by the quay"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("attacks")
    fill(home)
    with running(home) as site:
        site.add(READER, Role.AUTHOR, email="reader@hospital.example")
        site.add("Test Administrator", Role.ADMINISTRATOR, password=ADMIN_PASSWORD)
        yield site


# --- limits -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("more", ["stream=0", "stream=false", "stream=1&stream=0", "stream="])
def test_an_answer_is_counted_however_it_is_asked_for(site: Site, more: str) -> None:
    with running(site.home, OSLER_ASKS_PER_MINUTE="2") as small:
        path = f"/ask?q=anakinra&{more}"
        codes = [httpx.get(small.url + path, timeout=60).status_code for _ in range(3)]
        assert codes[2] == 429


def test_files_are_counted_too(site: Site) -> None:
    with running(site.home, OSLER_ASKS_PER_MINUTE="2") as small:
        path = f"{small.url}/a/ans_00000000000000000000/export/pdf"
        assert [httpx.get(path).status_code for _ in range(3)] == [404, 404, 429]


FORGED = {
    "x-forwarded-for": "198.51.100.7",
    "x-real-ip": "198.51.100.7",
    "forwarded": "for=198.51.100.7",
}


def test_nobody_is_believed_who_says_where_they_come_from(site: Site, tmp_path: Path) -> None:
    served = start(site.home, tmp_path / "forged.log", OSLER_ASKS_PER_MINUTE="2")
    try:
        codes = [
            httpx.get(
                served.address("/ask", q="anakinra"),
                headers={name: value.replace("7", str(number)) for name, value in FORGED.items()},
                timeout=60,
            ).status_code
            for number in range(3)
        ]
        assert codes == [200, 200, 429]
    finally:
        stop(served)


def test_a_proxy_that_is_named_is_believed_by_its_last_word_alone(site: Site, tmp_path: Path) -> None:
    served = start(
        site.home, tmp_path / "proxy.log", OSLER_ASKS_PER_MINUTE="2", OSLER_WEB_PROXY="127.0.0.1"
    )
    try:
        # What is to the left was written by whoever asks; the proxy adds where it came from.
        codes = [
            httpx.get(
                served.address("/ask", q="anakinra"),
                headers={"x-forwarded-for": f"192.0.2.{number}, 198.51.100.7"},
                timeout=60,
            ).status_code
            for number in range(3)
        ]
        assert codes == [200, 200, 429]
        other = httpx.get(
            served.address("/ask", q="anakinra"),
            headers={"x-forwarded-for": "203.0.113.5"},
            timeout=60,
        )
        assert other.status_code == 200
    finally:
        stop(served)


def test_who_is_locked_out_on_purpose_comes_in_on_the_browser_they_use(site: Site) -> None:
    owner = site.browser()
    assert owner.sign_in(READER).status_code == 303
    owner.post("/account/sign-out", page="/account")
    stranger = site.browser()
    for _ in range(FAILURES_OF_ACCOUNT.most + 1):
        refused = stranger.sign_in(READER, "not the password at all")
    assert refused.status_code == 429
    assert site.browser().sign_in(READER).status_code == 429
    assert owner.sign_in(READER).status_code == 303
    with site.registry() as registry:
        registry.sign_in.clear_attempts(before=registry.now().replace(year=2100))


# --- the log ------------------------------------------------------------------------------------------


def test_the_log_holds_nothing_that_opens_anything_and_no_line_of_anybody_else(
    site: Site, tmp_path: Path
) -> None:
    with site.registry() as registry:
        account = registry.people.find(READER)
        assert account is not None
        link = make_link(registry, account, Purpose.RESET, actor="terminal")
    served = start(site.home, tmp_path / "quiet.log")
    try:
        shared = served.post("/share", q=QUESTION).headers["location"]
        assert served.get(shared).status_code == 200
        assert served.get(f"{shared}/export/json").status_code == 200
        assert served.get(f"/account/password/{link}").status_code == 200
        httpx.get(served.url + "/nothing%0aosler: a line of my own", timeout=60)
    finally:
        stop(served)
    log = served.log.read_text()
    assert link not in log
    assert shared.removeprefix("/a/") not in log
    assert "GET '/account/password/...' 200" in log
    assert "GET '/a/.../export/json' 200" in log
    assert not any(line.startswith("osler: a line") for line in log.splitlines())


def test_a_log_of_questions_says_what_was_asked_and_not_of_whom(site: Site, tmp_path: Path) -> None:
    served = start(site.home, tmp_path / "loud.log", OSLER_WEB_LOG_QUESTIONS="1")
    try:
        served.ask(f"How effective is inventumab for {WHO}?")
    finally:
        stop(served)
    log = served.log.read_text()
    assert "inventumab" in log
    assert "Testwick" not in log
    assert "00482913" not in log


# --- what is shared -----------------------------------------------------------------------------------


def test_a_question_that_says_of_whom_is_not_shared_and_the_page_says_why(site: Site) -> None:
    sent = site.browser().post("/share", {"q": f"{QUESTION[:-1]} for {WHO}?"})
    assert sent.status_code == 422
    assert "a name" in sent.text
    assert "a patient&#39;s number" in sent.text
    assert site.browser().post("/share", {"q": QUESTION}).status_code == 303


def test_a_question_that_is_followed_is_kept_without_those_words(site: Site) -> None:
    asked = f"{QUESTION[:-1]} in a 93-year-old, {WHO}?"
    sent = site.browser().post("/follow", {"q": asked, "then": "and in children?"})
    assert sent.status_code == 303
    kept = re.search(r"follow=(ans_\w+)", sent.headers["location"])
    assert kept
    document = httpx.get(f"{site.url}/a/{kept[1]}/export/json", timeout=60).text
    page = httpx.get(f"{site.url}/a/{kept[1]}", timeout=60).text
    for text in (document, page):
        assert "inventumab" in text
        for word in ("Testwick", "00482913", "93-year"):
            assert word not in text


# --- odd bytes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=", b""),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\r\n\r\n"),
        ("application/x-www-form-urlencoded", b"%" * 5000),
        ("application/x-www-form-urlencoded", b"&" * 60_000),
        ("application/x-www-form-urlencoded", b"a=\xff\xfe&form_token=\xed\xa0\x80"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"form_token=+ADw-"),
        ("application/json", b'{"form_token": "x"' + b"[" * 30_000),
    ],
)
def test_a_malformed_form_is_refused_and_breaks_nothing(site: Site, kind: str, body: bytes) -> None:
    sent = httpx.post(site.url + "/share", content=body, headers={"content-type": kind}, timeout=60)
    assert sent.status_code == 403
    assert httpx.get(site.url + "/", timeout=60).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=%ff%fe", "q=%ed%a0%80", "q=%e2%80%ae%e2%80%ab", "q=" + "%cc%81" * 400,
        "q=a&q=b", "q[]=a", "q=" + "%f0%9f%92%8a" * 200, "q=%0d%0aset-cookie:%20x=y", "as=%00&q=x",
        "q=x&follow=ans_%00", "q=x&follow=../../etc", "q=$%7B7*7%7D%7B%7B7*7%7D%7D",
    ],
)  # fmt: skip
def test_odd_text_in_an_address_is_a_question_like_any_other(site: Site, query: str) -> None:
    answer = httpx.get(f"{site.url}/ask?{query}", timeout=60)
    assert answer.status_code in {200, 303, 400, 404, 422}
    assert "x=y" not in str(answer.headers.get_list("set-cookie"))
    assert "\u202e" not in answer.text


def test_a_part_of_a_page_cannot_be_asked_for(site: Site) -> None:
    for path in ("/", "/robots.txt"):
        answer = httpx.get(site.url + path, headers={"range": "bytes=0-9"}, timeout=60)
        assert answer.status_code == 200
        assert "content-range" not in answer.headers


# --- time ---------------------------------------------------------------------------------------------


def test_a_body_that_comes_too_slowly_is_given_up_and_the_connection_closed() -> None:
    async def echo(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"whole"})

    def refuse(_scope: Scope, status: int) -> Any:
        async def refused(_scope: Scope, _receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": status, "headers": []})
            await send({"type": "http.response.body", "body": b"refused"})

        return refused

    app: Any = Safety(echo, hosts=frozenset(), refuse=refuse, within_s=0.5)
    server = uvicorn.Server(
        uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
            wire.sendall(b"POST /share HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\nq=")
            said = b""
            while chunk := wire.recv(4096):  # ends only where the other side closes
                said += chunk
        assert b" 408 " in said.splitlines()[0]
        whole = httpx.post(f"http://127.0.0.1:{port}/share", content=b"q=x", timeout=20)
        assert (whole.status_code, whole.text) == (200, "whole")
    finally:
        server.should_exit = True
        thread.join()


# --- what stays open ----------------------------------------------------------------------------------


def is_in(browser: Browser) -> bool:
    return browser.get("/account").status_code == 200


def test_a_new_password_ends_every_other_session_and_gives_this_one_a_new_token(site: Site) -> None:
    site.add("Test Two Browsers")
    here, there = site.browser(), site.browser()
    assert here.sign_in("Test Two Browsers").status_code == 303
    assert there.sign_in("Test Two Browsers").status_code == 303
    before = here.session
    fields = {"current": PASSWORD, "password": OTHER, "again": OTHER}
    assert here.post("/account/password", fields, page="/account").status_code == 303
    assert is_in(here)
    assert here.session != before
    assert not is_in(there)
    assert httpx.get(f"{site.url}/account", cookies={"osler_session": before}).status_code == 303


@pytest.mark.parametrize("act", ["rights", "close"])
def test_whoever_is_changed_or_closed_by_an_administrator_is_out_at_the_next_request(
    site: Site, act: str
) -> None:
    account = site.add(f"Test To Be Changed {act}")
    browser, admin = site.browser(), site.browser()
    browser.sign_in(f"Test To Be Changed {act}")
    assert is_in(browser)
    admin.sign_in("Test Administrator", ADMIN_PASSWORD)
    path = f"/account/people/{account.person.id}"
    assert admin.post(f"{path}/{act}", {"role": "reviewer"}, page=path).status_code == 303
    assert not is_in(browser)


def test_of_many_who_use_one_link_at_once_one_sets_the_password(site: Site) -> None:
    account = site.add("Test One Link")
    with site.registry() as registry:
        link = make_link(registry, account, Purpose.RESET, actor="terminal")
    browsers = [site.browser() for _ in range(6)]
    tokens = [browser.token() for browser in browsers]
    codes: list[int] = []

    def use(number: int) -> None:
        words = f"{OTHER} number {number}"
        data = {"form_token": tokens[number], "password": words, "again": words}
        codes.append(browsers[number].client.post(f"/account/password/{link}", data=data).status_code)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == [303, *[403] * 5]
    works = [
        site.browser().sign_in("Test One Link", f"{OTHER} number {n}").status_code for n in range(6)
    ]
    assert sorted(works) == [303, *[403] * 5]


def test_a_share_link_names_this_site_whatever_the_proxy_speaks(site: Site) -> None:
    with running(site.home, OSLER_SITE_URL="https://osler.example") as secure:
        browser = secure.browser(**{"hx-request": "true"})
        page = browser.get("/account/sign-in")
        token = re.search(r'form_token" value="(\w+)"', page.text)
        mark = re.search(r"__Host-osler_visitor=([^;]+)", page.headers["set-cookie"])
        assert token is not None
        assert mark is not None
        sent = httpx.post(
            f"{secure.url}/share",
            data={"form_token": token[1], "q": QUESTION},
            headers={"cookie": f"__Host-osler_visitor={mark[1]}", "hx-request": "true"},
            timeout=60,
        )
        assert sent.status_code == 200
        assert f'value="https://{secure.url.removeprefix("http://")}/a/ans_' in sent.text
        assert json.dumps(secure.url)[1:-1] + "/a/" not in sent.text
