"""The reader's page in a real browser: ask, open a citation, change the reader, share, reload."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.surfaces.web.conftest import DESK, DOSE, MECHANISM, PHONE, Browsing, Site

MOST_BYTES = 150_000
SIMULATED = "What dose of anakinra is used in HLH?"
DIAGNOSIS = "How is HLH diagnosed?"
"""They lead to the simulation and to calculators, which other answers do not."""
FOCUS_IS_SEEN = """() => {
  const at = document.activeElement;
  return at === document.body || getComputedStyle(at).outlineStyle !== "none";
}"""
FILLED = "#answer:not([aria-busy]) [data-part=end]"


def ask(page: Any, site: Site, question: str = DOSE) -> None:
    """Type a question on the home page and wait until the answer is all there."""
    page.goto(site.url)
    page.fill("#q", question)
    page.press("#q", "Enter")
    page.wait_for_selector(FILLED)


def statements(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all("[data-st]", "all => all.map(e => e.dataset.st)")
    return found


def figures(page: Any) -> list[str]:
    text = page.inner_text("[data-part=bottom]") + page.inner_text("[data-part=tiers]")
    return sorted(re.findall(r"\d[\d.]*(?:-\d[\d.]*)? ?(?:mg/kg|mg|%)", text))


def markup(page: Any) -> str:
    return re.sub(r"\s+", " ", page.inner_html("#answer"))


@pytest.mark.parametrize("question", [DOSE, MECHANISM, SIMULATED, DIAGNOSIS])
def test_a_streamed_answer_is_the_page_that_is_whole_at_once(
    browsing: Browsing, site: Site, question: str
) -> None:
    streamed, whole = browsing.page(), browsing.page()
    ask(streamed, site, question)
    assert streamed.url == site.address(q=question, **{"as": "clinician"})
    whole.goto(streamed.url)
    assert streamed.inner_text("h1") == question
    assert parts(streamed) == parts(whole)
    for part in parts(whole):
        chosen = f"[data-part={part}]"
        assert text_of(streamed, chosen) == text_of(whole, chosen)
    assert statements(streamed) == statements(whole)


def parts(page: Any) -> list[str]:
    found: list[str] = page.eval_on_selector_all("[data-part]", "all => all.map(e => e.dataset.part)")
    return found


def text_of(page: Any, chosen: str) -> str:
    return re.sub(r"\s+", " ", page.text_content(chosen)).strip()


def test_the_question_as_understood_is_the_first_thing_sent(site: Site) -> None:
    names = re.findall(r"^event: (\w+)$", site.get("/ask/stream", q=DOSE).text, re.M)
    assert names[0] == "question"
    assert names[1:5] == ["state", "bottom", "readers", "tiers"]
    assert names[-1] == "done"
    assert all(names.count(part) == 1 for part in ("question", "bottom", "beneath", "references"))


def test_a_citation_opens_the_exact_words_marked_in_their_passage(
    browsing: Browsing, site: Site
) -> None:
    page = browsing.page()
    ask(page, site, MECHANISM)
    chip = page.locator("[data-part=bottom] a.c").first
    said = page.inner_text("[data-part=bottom] p")
    chip.click()
    mark = page.wait_for_selector("#panel mark")
    words = mark.inner_text()
    assert words in said
    assert len(page.inner_text("#panel .passage")) > len(words)
    assert "summary" in page.inner_text("#panel .kind")
    assert mark.is_visible()
    assert page.evaluate("[scrollY, document.querySelector('#panel').scrollTop]") == [0, 0]
    assert page.url.endswith("as=clinician")
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")
    assert page.evaluate("document.activeElement.className") == "c"


def test_on_a_phone_the_sheet_gives_way_where_the_focus_leaves_it(
    browsing: Browsing, site: Site
) -> None:
    page = browsing.page(viewport=PHONE)
    page.goto(site.address(q=DOSE))
    page.focus("[data-part=bottom] a.c")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel mark")
    page.keyboard.press("Tab")
    assert page.is_visible("#panel")
    while page.evaluate("document.activeElement.closest('#panel') !== null"):
        page.keyboard.press("Tab")
    assert page.is_hidden("#panel")
    assert page.evaluate("document.activeElement !== document.body")


def test_references_of_what_stands_beneath_are_folded_and_open_where_one_is_named(
    browsing: Browsing, site: Site
) -> None:
    page = browsing.page()
    page.goto(site.address(q=SIMULATED))
    shown = page.eval_on_selector_all(".references > ol > li", "all => all.map(e => e.id)")
    cited = page.eval_on_selector_all(
        "[data-part=bottom] a.c, .tiers a.c, .figures a.c, .conflicts a.c",
        "all => all.map(e => 'ref-' + e.lastChild.textContent)",
    )
    assert set(shown) == set(cited)
    folded = page.locator(".references details li").last
    assert folded.is_hidden()
    named = page.locator(".tiers a.c").first  # as one beneath names a source that says the same
    named.evaluate("(link, id) => link.setAttribute('href', '#' + id)", folded.get_attribute("id"))
    named.click()
    assert folded.is_visible()


def test_a_citation_is_a_page_of_its_own_without_scripts(browsing: Browsing, site: Site) -> None:
    page = browsing.page(java_script_enabled=False)
    page.goto(site.url)
    page.fill("#q", MECHANISM)
    page.click("button.main")
    said = page.inner_text("[data-part=bottom] p")
    page.locator("[data-part=bottom] a.c").first.click()
    assert "/passage/psg_" in page.url
    assert page.inner_text("mark") in said
    page.go_back()
    page.click("#as-patient")
    assert page.get_attribute("#as-patient", "aria-current") == "true"
    page.fill("#then", "what about adults?")
    page.click("form.follow button")
    assert "Understood as" in page.inner_text("#answer")
    page.click("[data-part=tools] form button")
    assert re.search(r"/a/ans_[0-9a-f]{20}$", page.url)
    page.click(".look button[value=dark]")
    assert re.search(r"/a/ans_[0-9a-f]{20}$", page.url)
    assert page.get_attribute("html", "data-theme") == "dark"


def test_another_reader_sees_the_same_statements_and_figures(browsing: Browsing, site: Site) -> None:
    page = browsing.page()
    ask(page, site)
    first, numbers, words = statements(page), figures(page), text_of(page, "[data-part=bottom]")
    page.click("#as-patient")
    page.wait_for_selector("#as-patient[aria-current]")
    assert sorted(statements(page)) == sorted(first)
    assert figures(page) == numbers
    assert text_of(page, "[data-part=bottom]") != words
    assert page.evaluate("document.activeElement.id") == "as-patient"
    page.goto(site.url)
    assert page.is_checked("input[name=as][value=patient]")


def test_a_hard_term_is_explained_on_focus_and_escape_closes_it(browsing: Browsing, site: Site) -> None:
    page = browsing.page()
    page.goto(site.address(q=DOSE, **{"as": "patient"}))
    term = page.locator(".term").first
    tip = page.locator(f"#{term.get_attribute('aria-describedby')}")
    assert tip.is_hidden()
    term.focus()
    assert tip.is_visible()
    page.keyboard.press("Escape")
    assert tip.is_hidden()


def test_a_shared_answer_reloads_with_the_same_citations(browsing: Browsing, site: Site) -> None:
    page = browsing.page()
    ask(page, site)
    cited = page.eval_on_selector_all("a.c", "all => all.map(e => e.getAttribute('href'))")
    page.click("[data-part=tools] form button")
    link = page.wait_for_selector("#link").input_value()
    for _time in range(2):
        page.goto(link)
        assert page.eval_on_selector_all("a.c", "all => all.map(e => e.getAttribute('href'))") == cited
        assert "kept until" in page.inner_text("[data-part=state]")


def test_all_of_it_can_be_done_by_keyboard_alone(browsing: Browsing, site: Site) -> None:
    page = browsing.page()
    page.goto(site.url)
    page.keyboard.type(MECHANISM)
    page.keyboard.press("Enter")
    page.wait_for_selector(FILLED)
    press_until(page, "document.activeElement.matches('[data-part=bottom] a.c')")
    page.keyboard.press("Enter")
    page.wait_for_selector("#panel mark")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("Escape")
    press_until(page, "document.activeElement.matches('#harms summary')")
    page.keyboard.press("Enter")
    assert page.get_attribute("#harms", "open") is not None
    press_until(page, "document.activeElement.id === 'then'")
    page.keyboard.type("and in adults?")
    page.keyboard.press("Enter")
    page.wait_for_selector(FILLED)
    assert page.inner_text("h1") == "and in adults?"


def press_until(page: Any, condition: str) -> None:
    for _press in range(80):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_IS_SEEN), page.evaluate("document.activeElement.outerHTML")
        if page.evaluate(condition):
            return
    raise AssertionError(condition)


def test_an_answer_weighs_less_than_it_may(browsing: Browsing, site: Site) -> None:
    page = browsing.page(viewport=PHONE)
    page.goto(site.address(q=DOSE, **{"as": "patient"}), wait_until="networkidle")
    weights = browsing.seen.weight
    assert any(address.endswith(".woff2") for address in weights)
    assert sum(weights.values()) < MOST_BYTES, weights


def test_no_page_is_wider_than_a_phone(browsing: Browsing, site: Site) -> None:
    page = browsing.page(viewport={"width": 320, "height": 700})
    for address in (site.url, site.address(q=DOSE), site.address(q=MECHANISM, **{"as": "patient"})):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_paper_shows_the_mark_and_everything_that_is_folded(browsing: Browsing, site: Site) -> None:
    page = browsing.page(viewport=DESK)
    page.goto(site.address(q=DOSE))
    page.emulate_media(media="print")
    assert page.is_visible(".watermark")
    assert page.is_hidden("[data-part=tools]")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.is_visible("#harms li")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.get_attribute("#harms", "open") is None


def test_copied_text_holds_statements_references_and_the_review_status(
    browsing: Browsing, site: Site
) -> None:
    page = browsing.page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site.address(q=DOSE))
    page.click("[data-text]")
    page.wait_for_selector("[data-text]:text-is('Copied')")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith(DOSE)
    assert "NOT REVIEWED" in text
    assert "https://pubmed.ncbi.nlm.nih.gov/30764840/" in text


def test_a_question_on_diagnosis_is_offered_the_scores_of_its_subject(
    browsing: Browsing, site: Site
) -> None:
    page = browsing.page()
    page.goto(site.address(q="How is HLH diagnosed with a ferritin of 12000 ng/mL?"))
    offer = page.inner_text("[data-part=calculators]")
    assert "ferritin 12000 ng/mL" in offer
    page.click("[data-part=calculators] a[href^='/calculators/hscore']")
    assert page.input_value("#i-ferritin") == "12000 ng/mL"
    page.goto(site.address(q=DOSE))
    assert page.query_selector("[data-part=calculators]") is None


def test_an_emergency_is_told_first_and_nothing_else_is_answered(browsing: Browsing, site: Site) -> None:
    page = browsing.page(viewport=PHONE)
    page.goto(site.address(q="I have crushing chest pain right now and my arm is numb"))
    assert "emergency number" in page.inner_text("[role=alert]")
    assert page.query_selector("[data-part=next]") is None
    assert page.query_selector("[data-part=tools]") is None


def test_an_unclear_question_is_asked_back_in_a_box_that_holds_it(
    browsing: Browsing, site: Site
) -> None:
    page = browsing.page()
    page.goto(site.address(q="anakinra"))
    assert page.input_value("[data-part=clarify] textarea") == "anakinra"
    page.fill("[data-part=clarify] textarea", "what are the harms of anakinra")
    page.click("[data-part=clarify] button")
    page.wait_for_selector(FILLED)
    assert page.query_selector("[data-part=bottom]")
