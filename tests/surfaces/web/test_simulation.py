"""The simulation: a form that needs no script, refusals beside their fields, never for a patient."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import httpx
import pytest
from tests.surfaces.web import browsing as made_up
from tests.surfaces.web.conftest import PHONE, Browsing, Site

from osler.mechanism.occupancy_engine import open_engine
from osler.mechanism.occupancy_words import NOTICE
from osler.service.simulate import Case, simulate

roadrunner = pytest.importorskip("roadrunner", reason="needs the extra simulate")
PAGE = "/mechanism/simulation"
STATED = "Anakinra 100 mg sc daily or 2 mg/kg iv q6h in MAS, 70 kg, CrCl 25 mL/min?"
FORM = {
    "drug": "anakinra", "regimen-1": "100 mg sc daily", "regimen-2": "2 mg/kg iv q6h",
    "weight": "70", "clearance": "25", "days": "3",
}  # fmt: skip


def test_an_answer_on_a_dose_leads_to_the_form_with_what_the_question_states(site: Site) -> None:
    link = re.search(rf'href="({PAGE}\?[^"]+)"', site.ask(STATED).text)
    assert link is not None
    form = site.get(link[1].replace("&amp;", "&")).text
    for name in ("regimen-1", "regimen-2", "weight", "clearance"):
        assert re.search(rf'id="{name}"[^>]*value="{FORM[name]}"', form), name
    assert NOTICE in form


def test_the_result_is_the_one_of_the_service(site: Site) -> None:
    page = site.post(PAGE, **FORM)
    case = Case(["100 mg sc daily", "2 mg/kg iv q6h"], 70, 25, days=3, samples=40)
    found = simulate("anakinra", case)[0]["occupancy"]
    assert page.status_code == 200
    for run in found["regimens"]:
        assert f"<b>{run['outcomes']['trough_mg_per_L']['value']:.3g}</b>" in page.text
    assert found["in_words"] in page.text
    assert NOTICE in page.text


def test_every_parameter_and_figure_names_a_source_that_is_listed(site: Site) -> None:
    page = site.post(PAGE, **FORM).text
    cited = set(re.findall(r'href="#source-(\d+)"', page))
    listed = set(re.findall(r'id="source-(\d+)"', page))
    assert cited
    assert cited <= listed
    for section in re.findall(r'aria-labelledby="parameters".*?</section>', page, re.S):
        assert all('href="#source-' in entry for entry in section.split("<li>")[1:])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("regimen-1", "100 mg daily", "No route"),
        ("regimen-2", "2 mg/kg po q6h", "The route po is not modelled"),
        ("regimen-1", "100 mcg sc daily", "The unit mcg"),
        ("weight", "20", "20 lies outside 40 to 200 kg"),
        ("weight", "heavy", "That is no number"),
        ("clearance", "900", "900 lies outside 0 to 200 mL/min"),
        ("days", "365", "365 lies outside 1 to 14"),
        ("days", "1.5", "Only whole days"),
        ("regimen-1", "100 mg sc every 7 days", ""),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_the_rest_is_kept(
    site: Site, name: str, value: str, said: str
) -> None:
    page = site.post(PAGE, **{**FORM, name: value})
    field = "days" if "7 days" in value else name
    assert page.status_code == 422
    assert re.search(rf'id="{field}"[^>]*refused-{field}"[^>]*aria-invalid="true"', page.text)
    refusal = re.search(rf'id="refused-{field}">([^<]+)<', page.text)
    assert refusal is not None
    assert said in refusal[1]
    for other in set(FORM) - {name, "drug"}:
        assert re.search(rf'id="{other}"[^>]*value="{FORM[other]}"', page.text), other


def test_all_refusals_are_said_at_once(site: Site) -> None:
    page = site.post(PAGE, **{**FORM, "regimen-1": "some", "weight": "9", "days": "99"}).text
    assert {"regimen-1", "weight", "days"} == set(re.findall(r'id="refused-([^"]+)"', page))


def test_without_any_regimen_the_first_field_asks_for_one(site: Site) -> None:
    page = site.post(PAGE, drug="anakinra")
    assert page.status_code == 422
    assert 'id="refused-regimen-1"' in page.text


def test_an_amount_for_each_kg_asks_for_the_weight(site: Site) -> None:
    page = site.post(PAGE, **{**FORM, "weight": ""}).text
    refusal = re.search(r'id="refused-regimen-2">([^<]+)<', page)
    assert refusal is not None
    assert "needs a weight" in refusal[1]


def test_markup_in_a_value_stays_a_value(site: Site) -> None:
    page = site.post(PAGE, **{**FORM, "regimen-1": '"><script>alert(1)</script>'})
    assert "<script>alert" not in page.text


def test_a_patient_is_refused_form_and_result(site: Site) -> None:
    with httpx.Client(base_url=site.url, cookies={"osler_reader": "patient"}, timeout=60) as patient:
        shown = patient.get(PAGE)
        token = re.search(r'name="form_token" value="([0-9a-f]+)"', patient.get("/account/sign-in").text)
        assert token is not None
        solved = patient.post(PAGE, data={**FORM, "form_token": token[1]})
    for page in (shown, solved):
        assert page.status_code == 403
        assert "<svg" not in page.text
    answer = site.ask(STATED, **{"as": "patient"}).text
    assert PAGE not in answer


def test_a_drug_that_is_not_modelled_is_not_found(site: Site) -> None:
    assert site.get(PAGE, drug="emapalumab").status_code == 404


def test_a_form_without_its_token_is_refused(site: Site) -> None:
    assert httpx.post(site.url + PAGE, data=FORM, timeout=60).status_code == 403


def test_simulations_are_counted_as_questions_are(tmp_path: Path) -> None:
    made_up.fill(tmp_path)
    with made_up.running(tmp_path, OSLER_ASKS_PER_MINUTE="2") as small:
        browser = small.browser()
        statuses = [browser.post(PAGE, FORM).status_code for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert browser.get(PAGE).status_code == 200


def test_without_the_engine_the_page_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_up.fill(tmp_path)
    open_engine.cache_clear()
    monkeypatch.setitem(sys.modules, "roadrunner", None)
    with made_up.running(tmp_path) as bare:
        browser = bare.browser()
        for page in (browser.get(PAGE), browser.post(PAGE, FORM)):
            assert "pip install &#39;osler[simulate]&#39;" in page.text
            assert "<svg" not in page.text
        assert page.status_code == 503


def test_without_javascript_regimens_are_simulated_by_keyboard_alone(
    browsing: Browsing, site: Site
) -> None:
    page = browsing.page(java_script_enabled=False)
    page.goto(site.address(PAGE))
    page.focus("#regimen-1")
    page.keyboard.type("100 mg sc daily")
    page.keyboard.press("Enter")
    page.wait_for_selector(".plot svg")
    assert page.url.endswith(PAGE)
    assert page.locator("table.outcomes").count() == 2


def test_on_a_phone_nothing_is_wider_than_the_page_and_letters_are_large(
    browsing: Browsing, site: Site
) -> None:
    page = browsing.page(viewport=PHONE)
    page.goto(site.address(PAGE, regimen="100 mg sc daily"))
    page.click("button.main[type=submit]")
    page.wait_for_selector(".plot svg")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    smallest = page.evaluate(
        "Math.min(...[...document.querySelectorAll('.plot text')].map(e => {"
        "const m = e.getScreenCTM(); return parseFloat(getComputedStyle(e).fontSize) * m.a; }))"
    )
    assert smallest >= 9
