"""The mechanism page: every arrow of the drawing leads to the words that it rests on."""

from __future__ import annotations

import re

import pytest
from tests.surfaces.web.conftest import DOSE, MECHANISM, Site

ADDRESS = "/mechanism?drug=anakinra&condition=HLH"


def test_every_arrow_of_the_drawing_has_its_words_on_the_page(site: Site) -> None:
    page = site.get(ADDRESS).text
    drawn = set(re.findall(r'href="#(mechanism-arrow-\d+)"', page))
    assert drawn
    assert drawn == set(re.findall(r'id="(mechanism-arrow-\d+)"', page))


def test_the_words_of_an_arrow_open_in_their_passage(site: Site) -> None:
    page = site.get(ADDRESS).text
    link = re.search(r'href="(/passage/[^"#]+)', page)
    assert link is not None
    assert "<mark" in site.get(link[1].replace("&amp;", "&")).text


def test_an_answer_on_a_mechanism_leads_to_its_drawing(site: Site) -> None:
    page = site.get("/ask?q=What+is+the+mechanism+of+action+of+anakinra+in+HLH").text
    assert 'href="/mechanism?drug=anakinra&amp;condition=' in page


@pytest.mark.parametrize("what", ["drug=no-such-drug", "drug=anakinra&condition=gout"])
def test_what_is_not_held_is_not_borrowed(site: Site, what: str) -> None:
    answer = site.get(f"/mechanism?{what}")
    assert answer.status_code == 404
    assert "<svg" not in answer.text


def test_a_name_with_markup_stays_a_name(site: Site) -> None:
    answer = site.get("/mechanism?drug=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in answer.text


def test_an_answer_on_a_mechanism_shows_its_graph_and_each_arrow_leads_to_its_words(site: Site) -> None:
    page = site.ask(MECHANISM).text
    arrows = re.findall(r'href="(/mechanism\?[^"#]+)#(mechanism-arrow-\d+)"', page)
    assert arrows
    address, first = arrows[0]
    words = site.get(address.replace("&amp;", "&")).text
    for _, arrow in arrows:
        assert f'id="{arrow}"' in words
    assert "<title" in page.split('class="graph"', 1)[1]
    assert first


def test_an_answer_on_something_else_or_for_a_patient_shows_no_graph(site: Site) -> None:
    assert 'class="graph"' not in site.ask(DOSE).text
    assert 'class="graph"' not in site.ask(MECHANISM, **{"as": "patient"}).text
