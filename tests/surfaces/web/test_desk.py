"""Articles and the desk on a real site: read, reviewed, reported and refused as browsers do it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.review.made import DOSE, TRIAL, desk_at, stock, write_notice, write_papers
from tests.surfaces.web.browsing import PASSWORD, Browser, Site, running
from tests.surfaces.web.conftest import DESK, PHONE

from osler.model.person import Role
from osler.service.add import add

WARD = "ward"
AUTHOR, ONE, TWO, BOARD, EDITOR = (
    "Test Author",
    "Test Reviewer One",
    "Test Reviewer Two",
    "Test Board Member",
    "Test Editor",
)
PEOPLE = {
    AUTHOR: Role.AUTHOR,
    ONE: Role.REVIEWER,
    TWO: Role.REVIEWER,
    BOARD: Role.BOARD_MEMBER,
    EDITOR: Role.EDITOR,
}
STATEMENT = re.compile(r'<li id="(st_[0-9a-f]+)"')


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own with a stocked library and five people."""
    home = tmp_path / "home"
    stock(home, tmp_path)
    with running(home) as running_site:
        yield running_site


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A site with an approved article; for tests that change nothing."""
    home = tmp_path_factory.mktemp("shown") / "home"
    stock(home, home.parent)
    with running(home) as running_site:
        yield running_site, approved(running_site)[0]


def known(site: Site, name: str, *more: Role) -> Browser:
    """Return a browser in which ``name``, made on the way, is signed in."""
    site.add(name, PEOPLE[name], *more)
    browser = site.browser()
    assert browser.sign_in(name).status_code == 303
    return browser


def submitted(author: Browser, question: str = DOSE) -> str:
    done = author.post("/articles", {"q": question}, page="/account")
    assert done.status_code == 303, done.text
    return done.headers["location"].removeprefix("/articles/")


def statements(browser: Browser, slug: str) -> list[str]:
    return STATEMENT.findall(browser.get(f"/desk/{slug}").text)


def act(browser: Browser, slug: str, name: str, **fields: str) -> Any:
    return browser.post(f"/desk/{slug}/{name}", fields, page="/account")


def approved(site: Site) -> tuple[str, dict[str, Browser]]:
    """Return an article that five people brought to approval, and their browsers."""
    people = {name: known(site, name) for name in PEOPLE}
    slug = submitted(people[AUTHOR])
    for name in (ONE, TWO):
        with site.registry() as registry:
            person = registry.people.person(name)
        assert person is not None
        assert (
            act(people[EDITOR], slug, "assign", reviewer=person.id, due="2030-01-31").status_code == 303
        )
    for name in (ONE, TWO, BOARD):
        assert act(people[name], slug, "declare", has="none").status_code == 303
    for name in (ONE, TWO):
        for statement in statements(people[name], slug):
            done = act(people[name], slug, "judge", statement=statement, judgement="accept")
            assert done.status_code == 303
    done = act(people[BOARD], slug, "move", move="approve")
    assert done.status_code == 303, done.text
    return slug, people


def test_an_article_keeps_its_citations_from_submission_to_approval_and_falls_with_its_source(
    site: Site, tmp_path: Path
) -> None:
    slug, people = approved(site)
    visitor = site.browser()
    page = visitor.get(f"/articles/{slug}")
    assert "noindex" not in page.text
    assert "x-robots-tag" not in page.headers
    assert ONE in page.text
    assert TWO in page.text
    assert "reviewed by the people named above" in page.text
    assert "Not reviewed" not in page.text
    assert 'id="caution"' not in page.text
    cited = re.findall(r'href="(/passage/[^"]+)"', page.text)
    assert cited
    assert re.findall(r'href="(/passage/[^"]+)"', visitor.get(f"/articles/{slug}").text) == cited
    assert visitor.get(cited[0]).text.count("<mark") == 1
    assert visitor.get("/ask", params={"q": DOSE}).headers["location"].startswith(f"/articles/{slug}?")
    assert f"/articles/{slug}" in visitor.get("/articles").text
    assert "Proved:" in people[ONE].get(f"/desk/{slug}/history").text
    with desk_at(site.home) as desk:
        add(desk, [str(write_notice(tmp_path, "RetractionOf", str(TRIAL["pmid"])))])
    fallen = visitor.get(f"/articles/{slug}")
    assert 'id="caution"' in fallen.text
    assert "Under review" in fallen.text
    assert '<meta name="robots" content="noindex">' in fallen.text
    assert fallen.headers["x-robots-tag"] == "noindex"
    assert f"/articles/{slug}" not in visitor.get("/articles").text


def test_what_is_not_approved_is_marked_so_for_readers_and_machines(site: Site) -> None:
    slug = submitted(known(site, AUTHOR))
    page = site.browser().get(f"/articles/{slug}")
    assert '<meta name="robots" content="noindex">' in page.text
    assert page.headers["x-robots-tag"] == "noindex"
    assert 'class="watermark"' in page.text
    assert "Nobody has reviewed it yet" in page.text


def test_an_author_cannot_approve_by_a_form_made_by_hand(site: Site) -> None:
    site.add(AUTHOR, Role.AUTHOR, Role.BOARD_MEMBER, Role.REVIEWER, Role.EDITOR)
    author = site.browser()
    author.sign_in(AUTHOR)
    slug = submitted(author)
    before = author.get(f"/desk/{slug}/history").text.count("<time")
    for name, fields in (
        ("move", {"move": "approve"}),
        ("move", {"move": "decline", "reason": "because"}),
        ("judge", {"statement": statements(author, slug)[0], "judgement": "accept"}),
    ):
        assert act(author, slug, name, **fields).status_code == 403
    assert author.get(f"/desk/{slug}/history").text.count("<time") == before


def test_a_report_needs_no_account_and_its_words_stay_with_the_desk(site: Site) -> None:
    slug, editor = submitted(known(site, AUTHOR)), known(site, EDITOR)
    reader, where = site.browser(), f"/articles/{slug}"
    assert reader.client.post(f"{where}/report", data={"text": "no token"}).status_code == 403
    words = "The dose in the <b>second</b> paper differs"
    done = reader.post(f"{where}/report", {"text": words, "concern": "figure"}, page=where)
    assert done.status_code == 303
    log = reader.get(where).text
    assert "Report 1" in log
    assert "second" not in log
    assert "&lt;b&gt;second&lt;/b&gt;" in editor.get(f"/desk/{slug}").text
    done = act(editor, slug, "reply", number="1", outcome="unchanged", text="The paper says so.")
    assert done.status_code == 303
    assert "The paper says so." in reader.get(where).text
    assert reader.post(f"{where}/report", {"text": " "}, page=where).status_code == 422
    codes = [reader.post(f"{where}/report", {"text": "again"}, page=where).status_code for _ in range(9)]
    assert codes[-1] == 429


def test_markup_in_a_comment_is_shown_as_it_was_typed(site: Site) -> None:
    author = known(site, AUTHOR)
    slug = submitted(author)
    assert act(author, slug, "comment", text="<script>alert(1)</script>").status_code == 303
    page = author.get(f"/desk/{slug}").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_private_parts_article_is_not_there_for_whoever_may_not_read_it(
    site: Site, tmp_path: Path
) -> None:
    paper = {
        "pmid": "99999984",
        "title": "Wardumab in testosis",
        "abstract": "The dose of wardumab was 3 mg/kg per day in 9 adults with testosis.",
        "year": 2023,
    }
    with desk_at(site.home) as desk:
        add(desk, [str(write_papers(tmp_path, [paper], "ward.jsonl"))], scope=WARD)
    with site.registry() as registry:
        from osler.accounts import people

        account = people.add_person(registry, AUTHOR, roles=(Role.AUTHOR,), actor="terminal")
        people.set_password(registry, account, PASSWORD, actor="terminal")
        people.set_scopes(registry, account.person.id, [WARD], actor="terminal")
    insider = site.browser()
    insider.sign_in(AUTHOR)
    slug = submitted(insider, "What dose of wardumab is used in testosis?")
    assert insider.get(f"/articles/{slug}").status_code == 200
    outsider = known(site, EDITOR)
    for path in (f"/articles/{slug}", f"/desk/{slug}", f"/desk/{slug}/history", f"/desk/{slug}/diff"):
        assert outsider.get(path).status_code == 404
    assert act(outsider, slug, "comment", text="guessed").status_code == 404
    assert slug not in outsider.get("/desk").text


def test_the_queue_keeps_to_its_filters_and_the_desk_to_people_who_are_signed_in(site: Site) -> None:
    editor = known(site, EDITOR)
    slug = submitted(known(site, AUTHOR))
    assert "inventumab" in editor.get("/desk?state=submitted&about=inventumab").text
    assert "Nothing here" in editor.get("/desk?state=approved").text
    assert "Nothing here" in editor.get("/desk?mine=1").text
    assert editor.get("/desk?state=nonsense").status_code == 400
    visitor = site.browser()
    assert visitor.get("/desk").headers["location"] == "/account/sign-in?next=/desk"
    assert act_as_visitor(visitor, slug).status_code == 403


def act_as_visitor(visitor: Browser, slug: str) -> Any:
    return visitor.post(f"/desk/{slug}/comment", {"text": "hello"})


# --- in a browser ---------------------------------------------------------------------------------


def signed_in_page(chromium: Any, site: Site, name: str, **options: Any) -> Any:
    page = chromium.new_context(**{"viewport": DESK, "bypass_csp": True, **options}).new_page()
    page.goto(site.url + "/account/sign-in")
    page.fill("#name", name)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector('nav a[href="/account"]')
    return page


def test_whoever_has_no_role_sees_no_draft(site: Site) -> None:
    author = known(site, AUTHOR)
    slug = submitted(author)
    assert "mg/kg" in author.get(f"/desk/{slug}").text
    site.add("Test Person Without A Role")
    browser = site.browser()
    assert browser.sign_in("Test Person Without A Role").status_code == 303
    for path in ("/desk", f"/desk/{slug}", f"/desk/{slug}/diff", f"/desk/{slug}/history"):
        page = browser.get(path)
        assert page.status_code == 403
        assert "mg/kg" not in page.text


def test_a_review_is_made_by_keyboard_alone(chromium: Any, site: Site) -> None:
    slug = submitted(known(site, AUTHOR))
    editor = known(site, EDITOR)
    for name in (ONE, TWO):
        account = site.add(name, Role.REVIEWER)
        act(editor, slug, "assign", reviewer=account.person.id)
    for name in (ONE, TWO):
        page = signed_in_page(chromium, site, name)
        page.goto(f"{site.url}/desk/{slug}")
        press(page, "I have no interest to declare")
        for number in range(1, page.locator("[data-claim]").count() + 1):
            press(page, f"Accept statement {number}")
        assert page.locator(f".needs:has-text('{name}')").count() == page.locator("[data-claim]").count()
        page.context.close()
    site.add(BOARD, Role.BOARD_MEMBER)
    page = signed_in_page(chromium, site, BOARD)
    page.goto(f"{site.url}/desk/{slug}")
    press(page, "I have no interest to declare")
    press(page, "Approve", leads=False)
    press(page, "Yes, approve")
    assert page.locator(".stepper .now").inner_text().startswith("Approved")
    page.context.close()


def press(page: Any, name: str, *, leads: bool = True) -> None:
    """Walk by the tab key to the control that begins with ``name``, and press it."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip().startswith(name):
            if not leads:
                page.keyboard.press("Enter")
                return
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"the keyboard does not reach {name!r}")


def test_on_a_phone_the_source_stands_before_the_button_and_its_words_are_in_sight(
    chromium: Any, site: Site
) -> None:
    slug = submitted(known(site, AUTHOR))
    account = site.add(ONE, Role.REVIEWER)
    act(known(site, EDITOR), slug, "assign", reviewer=account.person.id)
    page = signed_in_page(chromium, site, ONE, viewport=PHONE)
    page.goto(f"{site.url}/desk/{slug}")
    page.click("button:text-is('I have no interest to declare')")
    claim = page.locator("[data-claim]").first
    claim.locator("button[value=accept]").wait_for()
    mark, button = claim.locator("mark").first, claim.locator("button[value=accept]")
    assert mark.bounding_box()["y"] < button.bounding_box()["y"]
    box = claim.locator(".beside").first.bounding_box()
    assert box["y"] - 1 <= mark.bounding_box()["y"] < box["y"] + box["height"]  # a mark has an edge
    claim.locator("summary:has-text('Reject')").click()
    claim.locator("textarea[name=reason]").fill("not for adults")
    page.keyboard.press("Enter")
    page.keyboard.type("and not for children")
    assert claim.locator("textarea[name=reason]").input_value() == "not for adults\nand not for children"
    claim.locator("button[value=reject]").click()
    page.wait_for_selector(".needs:has-text('Rejected by')")
    assert "children" in page.locator("[data-claim]").first.inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
