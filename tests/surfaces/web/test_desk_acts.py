"""What the desk's forms do over real HTTP, on stale pages too, and what they show to whom."""

from __future__ import annotations

import re

import pytest
from tests.review.made import desk_at
from tests.surfaces.web.browsing import Browser, Site
from tests.surfaces.web.test_desk import (
    AUTHOR,
    BOARD,
    EDITOR,
    ONE,
    TWO,
    act,
    known,
    site,
    statements,
    submitted,
)

from osler.service.articles.kept import find

__all__ = ["site"]  # a fixture

WORDS = "In adults with testosis, inventumab 2 mg/kg per day intravenously is recommended."
WRONG = "In adults with testosis, inventumab 3 mg/kg per day intravenously is recommended."


@pytest.fixture
def review(site: Site) -> tuple[Site, str, dict[str, Browser]]:
    """An article under review by two people who have no interest to declare."""
    people = {name: known(site, name) for name in (AUTHOR, EDITOR, ONE, TWO)}
    slug = submitted(people[AUTHOR])
    for name in (ONE, TWO):
        with site.registry() as registry:
            person = registry.people.person(name)
        assert person is not None
        assert act(people[EDITOR], slug, "assign", reviewer=person.id).status_code == 303
        assert act(people[name], slug, "declare", has="none").status_code == 303
    return site, slug, people


def claim(browser: Browser, slug: str, statement: str) -> str:
    """Return the part of the desk's page that is on one statement."""
    found = re.search(rf'<li id="{statement}".*?</li>', browser.get(f"/desk/{slug}").text, re.S)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found[0])


def test_new_words_are_verified_signed_by_others_and_shown_beside_the_old(
    review: tuple[Site, str, dict[str, Browser]],
) -> None:
    _, slug, people = review
    first = statements(people[ONE], slug)[0]
    refused = act(people[ONE], slug, "edit", statement=first, text=WRONG, reason="shorter")
    assert refused.status_code == 422
    assert "figures" in refused.text
    assert WRONG not in people[TWO].get(f"/articles/{slug}").text
    done = act(people[ONE], slug, "edit", statement=first, text=WORDS, reason="plainer")
    assert done.status_code == 303
    own = act(people[ONE], slug, "judge", statement=first, judgement="accept")
    assert own.status_code == 403
    assert act(people[TWO], slug, "judge", statement=first, judgement="accept").status_code == 303
    assert "worded at the desk" in claim(people[TWO], slug, first)
    assert WORDS in re.sub(r"<[^>]+>", "", people[TWO].get(f"/desk/{slug}/diff").text)


def test_a_rejection_needs_its_reason_stands_and_leaves_with_the_next_version(
    review: tuple[Site, str, dict[str, Browser]],
) -> None:
    _, slug, people = review
    first = statements(people[ONE], slug)[0]
    assert act(people[ONE], slug, "judge", statement=first, judgement="reject").status_code == 403
    done = act(people[ONE], slug, "judge", statement=first, judgement="reject", reason="not for adults")
    assert done.status_code == 303
    shown = claim(people[TWO], slug, first)
    assert f"Rejected by {ONE}" in shown
    assert "not for adults" in shown
    assert (
        act(people[ONE], slug, "revise").status_code == 403
    )  # a reviewer makes no version of the whole
    assert act(people[AUTHOR], slug, "revise", reason="as asked").status_code == 303
    assert first not in statements(people[AUTHOR], slug)


@pytest.mark.parametrize("name", ["judge", "edit", "move", "revise"])
def test_nobody_decides_on_words_that_they_did_not_see(
    review: tuple[Site, str, dict[str, Browser]], name: str
) -> None:
    """The form of a page that was opened before somebody else changed the words."""
    _, slug, people = review
    first = statements(people[TWO], slug)[0]
    page = people[TWO].get(f"/desk/{slug}").text
    form = re.search(rf'action="/desk/[^"]+/{name}">.*?name="version" value="(\d+)"', page, re.S)
    assert form is not None or name == "revise"
    seen = "1" if form is None else form[1]
    assert (
        act(people[ONE], slug, "edit", statement=first, text=WORDS, reason="plainer").status_code == 303
    )
    fields = {
        "judge": {"statement": first, "judgement": "accept"},
        "edit": {"statement": first, "text": WORDS, "reason": "mine"},
        "move": {"move": "request_changes", "reason": "say for whom"},
        "revise": {"reason": "as asked"},
    }[name]
    before = people[TWO].get(f"/desk/{slug}/history").text.count("<time")
    who = people[AUTHOR] if name == "revise" else people[TWO]
    stale = act(who, slug, name, **fields, version=seen)
    assert stale.status_code == 409
    assert "newer version" in stale.text
    assert people[TWO].get(f"/desk/{slug}/history").text.count("<time") == before
    if name == "judge":
        assert act(who, slug, name, **fields, version="2").status_code == 303


def test_a_readers_words_are_erased_by_an_editor_alone(
    review: tuple[Site, str, dict[str, Browser]],
) -> None:
    site, slug, people = review
    where = f"/articles/{slug}"
    words = "My neighbour Testina Madeupname was given this"
    assert site.browser().post(f"{where}/report", {"text": words}, page=where).status_code == 303
    assert words in people[ONE].get(f"/desk/{slug}").text
    assert act(people[ONE], slug, "erase", number="1").status_code == 403
    assert words in people[EDITOR].get(f"/desk/{slug}").text
    assert act(people[EDITOR], slug, "erase", number="1").status_code == 303
    assert "Testina" not in people[EDITOR].get(f"/desk/{slug}").text
    assert "Proved:" in people[EDITOR].get(f"/desk/{slug}/history").text
    with desk_at(site.home) as desk:
        assert desk.store.articles.report_words(find(desk, slug).article.id) == {1: None}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("comment", {"text": "hello"}),
        ("judge", {"judgement": "accept"}),
        ("edit", {"text": WORDS, "reason": "mine"}),
        ("declare", {"has": "none"}),
        ("assign", {}),
        ("release", {}),
        ("move", {"move": "approve"}),
        ("revise", {}),
        ("explain", {"finding": "x", "text": "y"}),
        ("reply", {"number": "1", "outcome": "unchanged", "text": "z"}),
        ("erase", {"number": "1"}),
    ],
)
def test_a_refusal_shows_no_draft_to_whoever_has_no_role(
    site: Site, name: str, fields: dict[str, str]
) -> None:
    slug = submitted(known(site, AUTHOR))
    site.add("Test Person Without A Role")
    nobody = site.browser()
    assert nobody.sign_in("Test Person Without A Role").status_code == 303
    refused = act(nobody, slug, name, **fields)
    assert refused.status_code == 403
    assert "mg/kg" not in refused.text


def test_after_a_decision_the_way_leads_to_the_next_statement_and_past_the_last_to_the_whole(
    review: tuple[Site, str, dict[str, Browser]],
) -> None:
    _, slug, people = review
    first, second = statements(people[ONE], slug)
    assert "2 left for you: on to statement 1" in people[ONE].get(f"/desk/{slug}").text
    done = act(people[ONE], slug, "judge", statement=first, judgement="accept")
    assert done.headers["location"] == f"/desk/{slug}#{second}"
    assert "1 left for you: on to statement 2" in people[ONE].get(f"/desk/{slug}").text
    assert "waits for you" not in claim(people[ONE], slug, first)
    assert "waits for you" in claim(people[ONE], slug, second)
    done = act(people[ONE], slug, "judge", statement=second, judgement="accept")
    assert done.headers["location"] == f"/desk/{slug}#whole"
    assert "Nothing is left for you to sign" in people[ONE].get(f"/desk/{slug}").text
    assert "left for you" not in people[AUTHOR].get(f"/desk/{slug}").text


def test_what_is_refused_is_told_at_its_statement_and_what_was_typed_stays(
    review: tuple[Site, str, dict[str, Browser]],
) -> None:
    _, slug, people = review
    first, second = statements(people[ONE], slug)
    refused = act(people[ONE], slug, "edit", statement=second, text=WRONG, reason="shorter <b>")
    parts = dict(re.findall(r'<li id="(st_[0-9a-f]+)"(.*?)</li>', refused.text, re.S))
    assert 'role="alert"' in parts[second]
    assert 'role="alert"' not in parts[first]
    assert WRONG in parts[second]
    assert 'value="shorter &lt;b&gt;"' in parts[second]
    assert WRONG not in parts[first]


def test_a_statement_that_lacks_a_signature_is_called_by_its_number(
    review: tuple[Site, str, dict[str, Browser]],
) -> None:
    site, slug, _people = review
    board = known(site, BOARD)
    assert act(board, slug, "declare", has="none").status_code == 303
    refused = act(board, slug, "move", move="approve")
    assert refused.status_code == 403
    assert "2 of 2 statements lack signatures, the first statement 1 (0 of 2)" in refused.text


def test_an_account_without_a_role_finds_no_draft_among_the_articles(site: Site) -> None:
    author = known(site, AUTHOR)
    slug = submitted(author)
    site.add("Test Person Without A Role")
    nobody = site.browser()
    assert nobody.sign_in("Test Person Without A Role").status_code == 303
    assert slug in author.get("/articles").text
    assert slug not in nobody.get("/articles").text
    editor = known(site, EDITOR)
    assert act(editor, slug, "move", move="decline", reason="not ours").status_code == 303
    assert author.get(f"/articles/{slug}").status_code == 200
    assert nobody.get(f"/articles/{slug}").status_code == 404
