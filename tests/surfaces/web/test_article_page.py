"""The page of an article on a real site: readers, exports, other wordings, follow-up, link, paper."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.review.made import DOSE, TRIAL, stock, write_notice
from tests.surfaces.exports.test_exports import skip_without_pango
from tests.surfaces.web.browsing import Site, running
from tests.surfaces.web.conftest import PHONE, Browsing, call
from tests.surfaces.web.test_desk import AUTHOR, BOARD, EDITOR, ONE, TWO, act, approved, known, submitted
from tests.surfaces.web.test_desk import statements as desk_statements
from tests.surfaces.web.test_reading import FILLED, figures, press_until, statements

from osler.model.editorial import State
from osler.service.articles.show import steps_of
from osler.surfaces.web.answer_page import EXPORTS

OTHERWISE = "What is the dose of inventumab in testosis?"
PATIENT = "#as-patient[aria-current]"


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A site with an approved article; for tests that change nothing of it."""
    home = tmp_path_factory.mktemp("article") / "home"
    stock(home, home.parent)
    with running(home) as site:
        yield site, approved(site)[0]


@pytest.fixture
def browsing(chromium: Any, shown: tuple[Site, str]) -> Iterator[Browsing]:
    """Pages of the site; at the end none may have reached elsewhere or complained."""
    opened = Browsing(chromium, shown[0])
    yield opened
    opened.close()
    assert opened.seen.elsewhere == []
    assert opened.seen.said == []


def test_each_reader_finds_the_same_statements_and_is_remembered(
    browsing: Browsing, shown: tuple[Site, str]
) -> None:
    site, slug = shown
    page = browsing.page()
    page.goto(f"{site.url}/articles/{slug}")
    before = (sorted(statements(page)), figures(page))
    page.click("#as-patient")
    page.wait_for_selector(PATIENT)
    assert (sorted(statements(page)), figures(page)) == before
    assert "not advice for you" in page.inner_text("footer.end")
    assert page.evaluate("document.activeElement.id") == "as-patient"
    page.goto(f"{site.url}/articles/{slug}")
    assert page.query_selector(PATIENT)
    assert ONE in page.inner_text("[aria-labelledby=reviewers]")


def test_the_head_says_who_reviewed_it_and_what_it_was_searched_in(
    browsing: Browsing, shown: tuple[Site, str]
) -> None:
    site, slug = shown
    page = browsing.page(viewport=PHONE)
    page.goto(f"{site.url}/articles/{slug}")
    assert all(name in page.inner_text(".by") for name in (ONE, TWO, BOARD))
    assert "3 sources searched" in page.inner_text(".state")
    tops = page.eval_on_selector_all(".stepper li", "all => all.map(e => e.offsetTop)")
    assert len(set(tops)) == 1


@pytest.mark.parametrize("to", EXPORTS)
def test_every_export_says_who_signed_which_version_and_when(shown: tuple[Site, str], to: str) -> None:
    site, slug = shown
    if to == "pdf":
        skip_without_pango()
    reply = site.browser().get(f"/articles/{slug}/export/{to}")
    assert reply.status_code == 200
    assert re.search(r'filename="osler-art_[0-9a-f]{20}-v1\.', reply.headers["content-disposition"])
    if to == "pdf":
        assert reply.content.startswith(b"%PDF-")
        assert len(reply.content) > 10_000
        return  # printed from the page, whose words are read below; that it is tagged is told elsewhere
    text = words_of(reply.content) if to == "docx" else re.sub("<[^>]+>", "", reply.text)
    for said in (ONE, TWO, BOARD, "pproved", "ersion"):
        assert said in text
    assert re.search(r"20\d\d-\d\d-\d\d", text.replace("\\", ""))
    assert "NOT REVIEWED" not in text
    assert "No clinician has checked" not in text


def words_of(document: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())


def test_an_export_of_what_is_not_approved_warns_in_every_readable_form(tmp_path: Path) -> None:
    home = tmp_path / "home"
    stock(home, tmp_path)
    with running(home) as site:
        slug = submitted(known(site, AUTHOR))
        reader = site.browser()
        for to in ("md", "html", "txt", "json", "ris", "csl"):
            text = reader.get(f"/articles/{slug}/export/{to}").text
            assert "Nobody has reviewed it yet" in text
        assert reader.get(f"/articles/{slug}/export/exe").status_code == 400
        editor = known(site, EDITOR)
        assert act(editor, slug, "move", move="decline", reason="Test.").status_code == 303
        assert reader.get(f"/articles/{slug}/export/md").status_code == 404
        assert editor.get(f"/articles/{slug}/export/md").status_code == 200


def test_a_question_in_other_words_leads_to_the_article_and_can_be_asked_anew(
    browsing: Browsing, shown: tuple[Site, str]
) -> None:
    site, slug = shown
    page = browsing.page()
    page.goto(site.url)
    page.fill("#q", OTHERWISE)
    page.press("#q", "Enter")
    page.wait_for_url(f"**/articles/{slug}?**")
    assert page.inner_text("h1") == DOSE
    assert f"You asked “{OTHERWISE}”" in page.inner_text(".state")
    page.click(".state a:text-is('Ask the library anew')")
    page.wait_for_selector(FILLED)
    assert page.inner_text("h1") == OTHERWISE
    assert f"/articles/{slug}" in page.inner_html("[data-part=state]")
    page.reload()
    assert page.inner_text("h1") == OTHERWISE


def test_an_address_cannot_make_an_article_answer_another_question(shown: tuple[Site, str]) -> None:
    site, slug = shown
    page = site.browser().get(f"/articles/{slug}", params={"asked": "Is inventumab safe in testosis?"})
    assert "You asked" not in page.text


def test_a_question_follows_an_article(browsing: Browsing, shown: tuple[Site, str]) -> None:
    site, slug = shown
    page = browsing.page()
    page.goto(f"{site.url}/articles/{slug}")
    page.fill("#then", "and how does it work?")
    page.press("#then", "Enter")
    page.wait_for_selector(FILLED)
    assert "inventumab" in page.inner_text(".understood")


def test_an_article_has_one_lasting_link(browsing: Browsing, shown: tuple[Site, str]) -> None:
    site, slug = shown
    page = browsing.page()
    page.goto(f"{site.url}/articles/{slug}?as=nurse")
    page.click(".place summary")
    assert page.input_value("#link") == f"{site.url}/articles/{slug}"
    assert page.get_attribute("link[rel=canonical]", "href") == f"{site.url}/articles/{slug}"


def test_paper_shows_who_signed_and_no_control(browsing: Browsing, shown: tuple[Site, str]) -> None:
    site, slug = shown
    page = browsing.page()
    page.goto(f"{site.url}/articles/{slug}")
    page.emulate_media(media="print")
    for hidden in (".tools", ".readers", ".next", ".report"):
        assert page.is_hidden(hidden)
    assert page.query_selector(".watermark") is None
    assert ONE in page.inner_text("[aria-labelledby=reviewers]")


def test_an_article_is_read_by_keyboard_alone(browsing: Browsing, shown: tuple[Site, str]) -> None:
    site, slug = shown
    page = browsing.page()
    page.goto(f"{site.url}/articles/{slug}")
    press_until(page, "document.activeElement.matches('[data-part=bottom] a.c')")
    page.keyboard.press("Enter")
    mark = page.wait_for_selector("#panel mark")
    assert mark.inner_text() in page.inner_text("[data-part=bottom]")
    page.keyboard.press("Escape")
    press_until(page, "document.activeElement.id === 'as-patient'")
    page.keyboard.press("Enter")
    page.wait_for_selector(PATIENT)
    press_until(page, "document.activeElement.matches('.place summary')")
    page.keyboard.press("Enter")
    press_until(page, "document.activeElement.id === 'link'")
    press_until(page, "document.activeElement.matches('.report summary')")
    page.keyboard.press("Enter")
    press_until(page, "document.activeElement.id === 'text'")


def test_what_the_desk_worded_is_told_as_the_desks_and_never_as_a_models(tmp_path: Path) -> None:
    home = tmp_path / "home"
    stock(home, tmp_path)
    with running(home) as site:
        slug, people = approved(site)
        done = act(people[BOARD], slug, "move", move="reopen", reason="A word is missing.")
        assert done.status_code == 303
        first = desk_statements(people[ONE], slug)[0]
        words = "In adults with testosis, inventumab 2 mg/kg per day intravenously is recommended."
        done = act(people[ONE], slug, "edit", statement=first, text=words, reason="Plainer.")
        assert done.status_code == 303, done.text
        reader = site.browser()
        for path in (f"/articles/{slug}", f"/articles/{slug}/export/md"):
            page = re.sub(r"\\", "", reader.get(path).text)
            assert re.search("editorial desk(?:'|&#39;)s", page)
            assert "language model" not in page
            assert "missing.." not in page


@pytest.mark.parametrize(
    ("state", "steps"),
    [
        (State.SUBMITTED, ["now", "to come", "to come"]),
        (State.CHANGES_REQUESTED, ["done", "now", "to come"]),
        (State.EXPIRED, ["done", "done", "done"]),
        (State.SUPERSEDED, ["done", "done", "done"]),
        (State.DRAFT, ["to come", "to come", "to come"]),
    ],
)
def test_the_steps_tell_how_far_an_article_has_come(state: State, steps: list[str]) -> None:
    assert [step["is"] for step in steps_of(state)] == steps


def test_a_kept_answer_names_its_article_and_tells_of_a_source_that_fell(tmp_path: Path) -> None:
    home = tmp_path / "home"
    stock(home, tmp_path)
    with running(home) as site:
        reader = site.browser()
        kept = reader.post("/share", {"q": DOSE, "as": "clinician"}).headers["location"]
        assert "There is an article" not in reader.get(kept).text
        slug = submitted(known(site, AUTHOR))
        assert (
            f'There is an article on this question: <a href="/articles/{slug}">' in reader.get(kept).text
        )
        assert "is retracted" not in reader.get(kept).text
        added = call(home, "add", str(write_notice(tmp_path, "RetractionOf", str(TRIAL["pmid"]))))
        assert added.returncode == 0, added.stderr
        for path in (kept, f"{kept}/export/md"):
            assert "is retracted" in reader.get(path).text
