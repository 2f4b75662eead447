"""Calculators as forms: results, refusals that name their item, addresses without values."""

from __future__ import annotations

import re

from tests.surfaces.web.conftest import Browsing, Site

from osler.service.calculate import calculate, list_calculators

QSOFA = {"respiratory-rate": "26", "altered-mentation": "no", "systolic": "85"}


def test_every_calculator_has_a_form_with_a_field_for_each_item(site: Site) -> None:
    listed = site.get("/calculators").text
    for each in list_calculators()["calculators"]:
        assert f'href="/calculators/{each["name"]}"' in listed
        page = site.get(f"/calculators/{each['name']}").text
        asked = {item["name"] for item in each["items"]}
        assert asked <= set(re.findall(r'<(?:select|input) [^>]*name="([^"]+)"', page))


def test_the_result_is_the_one_of_the_service(site: Site) -> None:
    page = site.post("/calculators/qsofa", **QSOFA)
    (result,) = calculate("qsofa", QSOFA)["calculation"]["results"]
    assert page.status_code == 200
    assert re.search(rf"<b>{result['text']}&nbsp;{result['unit']}</b>", page.text)


def test_a_refused_value_is_named_and_the_others_are_kept(site: Site) -> None:
    page = site.post("/calculators/qsofa", **{**QSOFA, "respiratory-rate": "26 mmHg"})
    assert page.status_code == 422
    assert re.search(r'name="respiratory-rate"[^>]*aria-invalid="true"', page.text)
    assert 'value="85"' in page.text


def test_a_missing_item_is_named(site: Site) -> None:
    page = site.post("/calculators/qsofa", systolic="85")
    assert page.status_code == 422
    assert "refused" in page.text


def test_markup_in_a_value_stays_a_value(site: Site) -> None:
    page = site.post("/calculators/qsofa", **{**QSOFA, "systolic": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text


def test_without_javascript_a_score_is_worked_out_by_keyboard_alone(
    browsing: Browsing, site: Site
) -> None:
    page = browsing.page(java_script_enabled=False)
    page.goto(site.address("/calculators/qsofa"))
    page.focus("#i-respiratory-rate")
    page.keyboard.type("26")
    page.keyboard.press("Tab")
    page.keyboard.type("no")
    page.keyboard.press("Tab")
    page.keyboard.type("85")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status]")
    assert page.url.endswith("/calculators/qsofa")
    assert "qSOFA: 2" in " ".join(page.inner_text("[role=status]").split())


def test_what_a_question_states_is_filled_in(site: Site) -> None:
    page = site.get("/ask?q=HLH+diagnosis%3A+HScore+with+ferritin+12000+ng/mL").text
    link = re.search(r'href="(/calculators/hscore\?[^"]+)"', page)
    assert link is not None
    form = site.get(link[1].replace("&amp;", "&")).text
    assert re.search(r'id="i-ferritin"[^>]*value="12000', form)
