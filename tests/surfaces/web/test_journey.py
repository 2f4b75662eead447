"""From a question to an approved article and its fall, as people make the way in a real browser.

One library of invented papers, one site, one browser for each person: an author, an editor, two
reviewers, a board member, and a reader who has no account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.on_postgresql.libraries import KINDS
from tests.review.made import DOSE, TRIAL, stock, write_notice
from tests.surfaces.web.browsing import PASSWORD, Site, running
from tests.surfaces.web.conftest import DESK, PHONE, Browsing, call
from tests.surfaces.web.page_rules import breaches
from tests.surfaces.web.test_reading import FILLED, MOST_BYTES, figures, statements

from osler.model.person import Role

AUTHOR, EDITOR, ONE, TWO, BOARD = (
    "Test Author",
    "Test Editor",
    "Test Reviewer One",
    "Test Reviewer Two",
    "Test Board Member",
)
ROLES = {
    AUTHOR: Role.AUTHOR,
    EDITOR: Role.EDITOR,
    ONE: Role.REVIEWER,
    TWO: Role.REVIEWER,
    BOARD: Role.BOARD_MEMBER,
}


JOURNEYS = [*((kind, PHONE) for kind in KINDS), (KINDS[0], DESK)]
"""The way on the wider screen differs in its layout alone, and is made on one database."""


@pytest.fixture
def home(tmp_path: Path, database_kind: str) -> Path:
    """A library of invented papers."""
    folder = tmp_path / "home"
    stock(folder, tmp_path)
    return folder


@pytest.fixture
def site(home: Path) -> Iterator[Site]:
    """A site over that library, with five people."""
    with running(home) as opened:
        for name, role in ROLES.items():
            opened.add(name, role)
        yield opened


@pytest.mark.parametrize(
    ("database_kind", "size"), JOURNEYS, ids=[f"{kind}-{size['width']}" for kind, size in JOURNEYS]
)
def test_from_a_question_to_an_approved_article_and_its_fall(
    chromium: Any, site: Site, home: Path, tmp_path: Path, size: dict[str, int]
) -> None:
    browsing = Browsing(chromium, site)
    author = signed_in(browsing, site, AUTHOR, size)
    ask(author, site, DOSE)
    cited = open_a_citation(author)
    become_a_patient_and_back(author)
    follow_up(author, site)
    slug = submit(author, site)
    assign(signed_in(browsing, site, EDITOR, size), site, slug)
    for name in (ONE, TWO):
        review(signed_in(browsing, site, name, size), site, slug, name)
    approve(signed_in(browsing, site, BOARD, size), site, slug)

    reader = browsing.page(viewport=size, bypass_csp=True)
    read_the_article(reader, site, slug, cited)
    assert weight_of(browsing, reader, site, slug) < MOST_BYTES
    assert is_sound(reader)

    added = call(home, "add", str(write_notice(tmp_path, "RetractionOf", str(TRIAL["pmid"]))))
    assert added.returncode == 0, added.stderr
    see_it_fall(reader)
    assert is_sound(reader)
    browsing.close()
    assert browsing.seen.elsewhere == []
    assert browsing.seen.said == []


def signed_in(browsing: Browsing, site: Site, name: str, size: dict[str, int]) -> Any:
    """Return a page of a browser of their own in which ``name`` is signed in."""
    page = browsing.page(viewport=size, bypass_csp=True)
    page.goto(site.url + "/account/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector('nav a[href="/account"]')
    return page


def ask(page: Any, site: Site, question: str) -> None:
    """Type the question and see the answer come part by part."""
    page.goto(site.url)
    page.fill("#q", question)
    with page.expect_request(re.compile("/ask/stream")):
        page.press("#q", "Enter")
    page.wait_for_selector(FILLED)
    assert page.inner_text("h1") == question
    assert "2 mg/kg" in page.inner_text("[data-part=bottom]")


def open_a_citation(page: Any) -> list[str]:
    """See the very words of the bottom line marked in their passage; return what the page cites."""
    page.locator("[data-part=bottom] a.c").first.click()
    mark = page.wait_for_selector("#panel mark")
    words = mark.inner_text()
    assert words in page.inner_text("[data-part=bottom]")
    assert mark.is_visible()
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")
    return citations(page)


def become_a_patient_and_back(page: Any) -> None:
    """Read the same statements with the same figures at another level."""
    before = (sorted(statements(page)), figures(page))
    for reader in ("patient", "clinician"):
        page.click(f"#as-{reader}")
        page.wait_for_selector(f"#as-{reader}[aria-current]")
        assert (sorted(statements(page)), figures(page)) == before


def follow_up(page: Any, site: Site) -> None:
    """Ask on, see what it was understood as, and come back to the first answer."""
    page.fill("#then", "and how does it work?")
    page.press("#then", "Enter")
    page.wait_for_selector("h1:text-is('and how does it work?')")
    page.wait_for_selector(FILLED)
    assert "inventumab" in page.inner_text(".understood")
    page.goto(site.url + "/ask?q=" + DOSE.replace(" ", "+"))


def submit(page: Any, site: Site) -> str:
    """Put the question forward; return the article's slug."""
    page.click("button:text-is('Submit as an article')")
    page.wait_for_selector(".stepper .now:has-text('Submitted')")
    assert "Nobody has reviewed it yet" in page.inner_text("#caution")
    return str(page.url).partition("?")[0].removeprefix(site.url + "/articles/")


def assign(page: Any, site: Site, slug: str) -> None:
    """Ask both reviewers."""
    page.goto(f"{site.url}/desk/{slug}")
    for name in (ONE, TWO):
        page.select_option("#reviewer", label=name)
        page.click("button:text-is('Assign')")
        page.wait_for_selector(f"h2#reviewers + ul li:has-text('{name}')")


def review(page: Any, site: Site, slug: str, name: str) -> None:
    """Declare no interest and accept each statement beside the words it rests on."""
    page.goto(f"{site.url}/desk/{slug}")
    page.click("button:text-is('I have no interest to declare')")
    claims = page.locator("[data-claim]")
    for number in range(1, claims.count() + 1):
        claim = page.locator(f"[data-claim][aria-label='Statement {number}']")
        assert claim.locator("mark").first.inner_text() in claim.locator(".beside").first.inner_text()
        claim.locator("button[value=accept]").click()
        claim.locator(f".needs:has-text('{name}')").wait_for()


def approve(page: Any, site: Site, slug: str) -> None:
    """Approve what both have signed."""
    page.goto(f"{site.url}/desk/{slug}")
    page.click("button:text-is('I have no interest to declare')")
    page.click("summary:text-is('Approve')")
    page.click("button:text-is('Yes, approve')")
    page.wait_for_selector(".stepper .now:has-text('Approved')")


def read_the_article(page: Any, site: Site, slug: str, cited: list[str]) -> None:
    """Find the same citations, each time, and who signed."""
    for _time in range(2):
        page.goto(f"{site.url}/articles/{slug}")
        assert citations(page) == cited
    assert page.query_selector("#caution") is None
    for name in (ONE, TWO, BOARD):
        assert name in page.inner_text("[aria-labelledby=reviewers]")


def see_it_fall(page: Any) -> None:
    """Find the article taken back the next time it is opened."""
    page.reload()
    assert "Under review" in page.inner_text("#caution")
    assert "retracted" in page.inner_text("#caution")
    assert page.get_attribute("meta[name=robots]", "content") == "noindex"


def citations(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all(
        "#answer a.c[href^='/passage/']", "all => all.map(e => e.getAttribute('href'))"
    )
    return found


def weight_of(browsing: Browsing, page: Any, site: Site, slug: str) -> int:
    """Return the bytes of the article with all that it loads, in a browser that has kept nothing."""
    browsing.seen.weight.clear()
    fresh = browsing.page(viewport=page.viewport_size)
    fresh.goto(f"{site.url}/articles/{slug}", wait_until="networkidle")
    return sum(browsing.seen.weight.values())


def is_sound(page: Any) -> bool:
    """Tell whether the page breaks no rule of axe, light and dark, and is no wider than its screen."""
    found = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        found += breaches(page)
    assert found == []
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
