"""What a stranger may try, by question, header, path, form and source text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import httpx
import pytest
from tests.surfaces.web.conftest import DOSE, Site, call, start, stop

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
PAGES = ["/", "/ask?q=anakinra", "/nothing-here", "/robots.txt", "/ask?q=anakinra&as=nobody"]


@pytest.mark.parametrize("path", PAGES)
def test_every_response_has_the_whole_set_of_headers(site: Site, path: str) -> None:
    headers = httpx.get(site.url + path, timeout=60).headers
    policy = headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "geolocation=()" in headers["permissions-policy"]
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "server" not in headers


def test_pages_are_kept_by_nobody_and_indexed_by_nobody(site: Site) -> None:
    headers = site.ask(DOSE).headers
    assert headers["cache-control"] == "private, no-store"
    assert headers["x-robots-tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in site.ask(DOSE).text


def test_no_page_holds_a_script_or_a_style_of_its_own(site: Site) -> None:
    text = site.ask(DOSE).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert "<style" not in text
    assert not re.search(r"\s(?:style|on[a-z]+)=", text)


def test_a_question_cannot_bring_markup_along(site: Site) -> None:
    for text in (site.ask(SCRIPT).text, site.get("/ask/stream", q=SCRIPT).text):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
    assert "&lt;script&gt;alert(1)" in site.ask(SCRIPT).text


def test_a_source_cannot_bring_markup_or_addresses_along(tmp_path: Path) -> None:
    paper = {
        "pmid": "99999981",
        "title": f"Inventumab in testosis {SCRIPT}",
        "abstract": "Inventumab inhibits the testin receptor in adults with testosis. "
        f"A sentence with {SCRIPT} stands beside it.",
        "url": "javascript:alert(3)",
        "year": 2019,
        "journal": SCRIPT,
        "authors": [SCRIPT],
    }
    file = tmp_path / "papers.jsonl"
    file.write_text(json.dumps(paper) + "\n", encoding="utf-8")
    assert call(tmp_path, "add", str(file)).returncode == 0
    site = start(tmp_path, tmp_path / "serve.log")
    try:
        text = site.ask("What is the mechanism of action of inventumab in testosis?").text
        passage = re.search(r'href="(/passage/[^"#]+)', text)
        assert passage
        pages = [text, httpx.get(site.url + passage[1].replace("&amp;", "&"), timeout=60).text]
        file_text = site.get("/ask/export", q="mechanism of inventumab in testosis", to="html").text
        for page in (*pages, file_text):
            assert "Inventumab" in page
            assert "<script>alert" not in page
            assert "<img" not in page.replace('<img src="/static/', "")
            assert "javascript:" not in page
    finally:
        stop(site)


def test_the_name_of_a_file_cannot_bring_markup_along(tmp_path: Path) -> None:
    file = tmp_path / "<img src=x onerror=alert(4)>.md"
    file.write_text(
        "Inventumab inhibits the testin receptor in adults with testosis.\n", encoding="utf-8"
    )
    assert call(tmp_path, "add", str(file), "--kind", "guideline").returncode == 0
    site = start(tmp_path, tmp_path / "serve.log")
    try:
        text = site.ask("What is the mechanism of action of inventumab in testosis?").text
        passage = re.search(r'href="(/passage/[^"#]+)', text)
        assert passage
        for page in (text, httpx.get(site.url + passage[1].replace("&amp;", "&"), timeout=60).text):
            assert "inhibits the testin receptor" in page
            assert "alert(4)" in page
            assert "<img src=x" not in page
    finally:
        stop(site)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1:80@evil.example", ""]
)
def test_another_name_than_our_own_is_not_answered(site: Site, host: str) -> None:
    assert httpx.get(site.url + "/", headers={"host": host}, timeout=60).status_code in {400, 421}


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ],
)
def test_a_form_of_another_site_changes_nothing(site: Site, headers: dict[str, str]) -> None:
    before = json.loads(site.call("library", "status", "--json").stdout)
    assert site.post("/share", headers, q=DOSE).status_code == 403
    assert json.loads(site.call("library", "status", "--json").stdout) == before


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/000000000000/osler.css",
        "/static/x/..%2f..%2fapp.py",
        "/passage/..%2f..%2fetc/1-2",
        "/a/..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_path_leads_to_a_file(site: Site, path: str) -> None:
    answer = httpx.get(site.url + path, timeout=60)
    assert answer.status_code in {404, 422}
    assert "create_app" not in answer.text
    assert "root:" not in answer.text


def test_a_body_that_no_form_of_ours_has_is_refused_however_it_comes(site: Site) -> None:
    big = "q=" + "x" * 100_000
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert httpx.post(site.url + "/share", content=big, headers=form, timeout=60).status_code == 413
    pieces = (big[place : place + 9_000].encode() for place in range(0, len(big), 9_000))
    assert httpx.post(site.url + "/share", content=pieces, headers=form, timeout=60).status_code == 413


@pytest.mark.parametrize(
    "back", ["https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil"]
)
def test_the_way_back_stays_on_this_host(site: Site, back: str) -> None:
    answer = site.post("/display", theme="dark", back=back)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"


def test_cookies_hold_a_choice_and_nothing_else(site: Site) -> None:
    chosen, mark = site.ask(DOSE, **{"as": "nurse"}).headers.get_list("set-cookie")
    assert chosen.startswith("osler_reader=nurse;")
    assert mark.startswith(
        "osler_visitor="
    )  # what the tokens of forms rest on, until the browser closes
    for cookie in (chosen, mark):
        assert "samesite=lax" in cookie.lower()
        assert "httponly" in cookie.lower()
    assert "max-age" not in mark.lower()
    [mark] = site.ask(DOSE).headers.get_list("set-cookie")
    assert mark.startswith("osler_visitor=")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/a/ans_00000000000000000000", 404),
        ("/passage/psg_00000000000000000000/0-5", 404),
        ("/passage/psg_00000000000000000000/9-5", 422),
        ("/passage/src_00000000000000000000/0-5", 404),
        ("/ask?q=anakinra&as=nobody", 400),
        ("/ask/export?q=anakinra&to=exe", 400),
        ("/ask/export?q=anakinra&to=fhir", 400),
        ("/ask?q=" + "x" * 2001, 413),
    ],
)
def test_each_fault_has_a_page_that_names_the_next_step(site: Site, path: str, status: int) -> None:
    answer = httpx.get(site.url + path, timeout=60)
    assert answer.status_code == status
    assert '<p class="step">' in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_a_method_that_an_address_does_not_have_has_a_page(site: Site) -> None:
    answer = site.post("/ask", q=DOSE)
    assert answer.status_code == 405
    assert '<p class="step">' in answer.text


def test_a_library_that_is_not_there_is_told_before_anything_is_served(tmp_path: Path) -> None:
    done = call(tmp_path, "serve")
    assert done.returncode == 4
    assert b"osler add starter:hlh" in done.stderr


@pytest.mark.parametrize("path", ["/", "/calculators", "/robots.txt"])
def test_a_head_is_answered_like_a_get_without_its_body(site: Site, path: str) -> None:
    head = httpx.head(site.address(path), timeout=60)
    assert head.status_code == site.get(path).status_code == 200
    assert head.content == b""
