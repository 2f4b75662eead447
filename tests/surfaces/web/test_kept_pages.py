"""Articles' pages that are kept in memory or by a browser: never a word longer than they are true."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from markupsafe import Markup
from tests.on_postgresql.opened import unguarded
from tests.review.made import TRIAL, desk_at, stock, write_notice
from tests.surfaces.web.browsing import Browser, Site, running
from tests.surfaces.web.test_desk import BOARD, act, approved, known, submitted

from osler.model.person import Role
from osler.model.reader import Reader
from osler.service.add import add
from osler.surfaces.web.bodies import Bodies, Made

TOKEN = re.compile(r'name="form_token" value="[0-9a-f]{64}"')


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    home = tmp_path / "home"
    stock(home, tmp_path)
    with running(home) as running_site:
        yield running_site


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str, dict[str, Browser]]]:
    """A site with an approved article; for tests that change nothing."""
    home = tmp_path_factory.mktemp("shown") / "home"
    stock(home, home.parent)
    with running(home) as running_site:
        yield running_site, *approved(running_site)


def again(browser: Browser, path: str, known_as: httpx.Response) -> httpx.Response:
    return browser.get(path, headers={"if-none-match": known_as.headers["etag"]})


def test_an_approved_page_that_a_browser_has_is_not_sent_again(
    shown: tuple[Site, str, dict[str, Browser]],
) -> None:
    site, slug, _people = shown
    browser = site.browser()
    browser.get(
        "/articles"
    )  # the mark of this browser, on which its forms rest, comes with its first page
    page = browser.get(f"/articles/{slug}")
    unchanged = again(browser, f"/articles/{slug}", page)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["etag"] == page.headers["etag"]
    assert unchanged.headers["cache-control"] == page.headers["cache-control"] == "private, no-cache"
    head = browser.client.head(f"/articles/{slug}")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", page.headers["etag"])


def test_a_page_of_one_browser_is_not_taken_for_that_of_another(
    shown: tuple[Site, str, dict[str, Browser]],
) -> None:
    site, slug, _people = shown
    one, other = site.browser(), site.browser()
    other.client.cookies.set("osler_theme", "dark")
    page = one.get(f"/articles/{slug}")
    others = again(other, f"/articles/{slug}", page)
    assert others.status_code == 200
    assert TOKEN.findall(others.text) != TOKEN.findall(page.text)
    assert 'data-theme="dark"' in others.text
    bodies = [each.text.partition("</header>\n<ol")[2].partition("<form")[0] for each in (page, others)]
    assert bodies[0] == bodies[1]


def test_what_is_kept_for_one_reader_is_not_shown_to_another(
    shown: tuple[Site, str, dict[str, Browser]],
) -> None:
    site, slug, _people = shown
    clinician, patient = site.browser(), site.browser()
    patient.client.cookies.set("osler_reader", "patient")
    pages = [each.get(f"/articles/{slug}").text for each in (clinician, patient, clinician)]
    assert ["Your own dose is set" in page for page in pages] == [False, True, False]


def test_pages_of_the_desk_and_of_people_who_are_signed_in_are_kept_by_nobody(
    shown: tuple[Site, str, dict[str, Browser]],
) -> None:
    site, slug, people = shown
    for browser, path in (
        (people[BOARD], f"/articles/{slug}"),
        (site.browser(), f"/articles/{slug}?reported=1"),
        (site.browser(), f"/articles/{slug}?version=9"),
    ):
        headers = browser.get(path).headers
        assert headers["cache-control"] == "private, no-store"
        assert "etag" not in headers


def test_a_page_that_a_browser_has_falls_with_its_source_at_once(site: Site, tmp_path: Path) -> None:
    slug, _people = approved(site)
    browser = site.browser()
    page = browser.get(f"/articles/{slug}")
    assert again(browser, f"/articles/{slug}", page).status_code == 304
    with desk_at(site.home) as desk:
        add(desk, [str(write_notice(tmp_path, "RetractionOf", str(TRIAL["pmid"])))])
    fallen = again(browser, f"/articles/{slug}", page)
    assert fallen.status_code == 200
    assert 'id="caution"' in fallen.text
    assert fallen.headers["cache-control"] == "private, no-store"
    assert "etag" not in fallen.headers


def test_whatever_is_done_to_an_article_is_on_its_page_at_the_next_request(site: Site) -> None:
    slug, people = approved(site)
    browser = site.browser()
    browser.get("/articles")
    page = browser.get(f"/articles/{slug}")
    done = browser.post(
        f"/articles/{slug}/report",
        {"text": "A figure is wrong.", "concern": "figure"},
        page=f"/articles/{slug}",
    )
    assert done.status_code == 303, done.text
    reported = again(browser, f"/articles/{slug}", page)
    assert reported.status_code == 200
    assert "Report 1" in reported.text
    assert act(people[BOARD], slug, "move", move="reopen", reason="a figure is wrong").status_code == 303
    reopened = again(browser, f"/articles/{slug}", reported)
    assert reopened.status_code == 200
    assert 'id="caution"' in reopened.text


def test_an_altered_history_is_not_covered_by_a_page_that_was_made_before(site: Site) -> None:
    slug, _people = approved(site)
    browser = site.browser()
    assert browser.get(f"/articles/{slug}").status_code == 200
    with unguarded(site.home / "osler.db") as tool:
        tool.execute("UPDATE article_events SET body = replace(body, '2', '3') WHERE n = 2")
    altered = browser.get(f"/articles/{slug}")
    assert altered.status_code == 500
    assert 'id="answer"' not in altered.text


def test_what_nobody_approved_has_no_name_to_be_known_by(site: Site) -> None:
    slug = submitted(known(site, "Test Author", Role.AUTHOR))
    headers = site.browser().get(f"/articles/{slug}").headers
    assert headers["cache-control"] == "private, no-store"
    assert "etag" not in headers


# --- bodies --------------------------------------------------------------------------------------


def made(head: str = "a", state: str = "approved", version: int = 1) -> Made:
    return Made(head, state, version, Reader.CLINICIAN, "tiers")


@pytest.mark.parametrize("other", [made(head="b"), made(state="expired"), made(version=2)])
def test_another_history_state_or_version_has_another_body(other: Made) -> None:
    bodies = Bodies()
    assert bodies.body(made(), lambda: Markup("one")) == "one"
    assert bodies.body(other, lambda: Markup("other")) == "other"
    assert bodies.body(made(), lambda: Markup("made again")) == "one"


def test_bodies_together_are_bounded_and_the_one_unread_for_longest_goes() -> None:
    bodies = Bodies(most=20)
    for head in ("a", "b"):
        bodies.body(made(head), lambda: Markup("x" * 10))
    bodies.body(made("a"), lambda: Markup("not made"))
    bodies.body(made("c"), lambda: Markup("x" * 10))
    assert bodies.body(made("a"), lambda: Markup("again")) == "x" * 10
    assert bodies.body(made("b"), lambda: Markup("again")) == "again"


def test_a_body_that_could_not_be_made_is_not_kept() -> None:
    bodies = Bodies()

    def fail() -> Markup:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bodies.body(made(), fail)
    assert bodies.body(made(), lambda: Markup("one")) == "one"
