"""The line of a stance: what it names, and that it is silent where there is none."""

from __future__ import annotations

from tests.surfaces.cli.documents import Document, answer, reference, section, statement

from osler.surfaces.cli.page import Page
from osler.surfaces.cli.render_stance import SAID, numbers_of, write_stance

FIRST = statement("a", "Inventol lowered testosis.")
SECOND = statement("b", "Inventol did not lower testosis.")
THIRD = statement("a", "Inventol lowered testosis again.")


def leaning(stance: str | None, **leans: str) -> Document:
    listed = {"first": FIRST, "second": SECOND, "third": THIRD}
    return answer(
        stance=stance,
        stance_basis=[{"statement": listed[n]["id"], "leans": lean} for n, lean in leans.items()],
        bottom_line=FIRST,
        sections=[section("research", SECOND, THIRD)],
        references=[reference(1, "a"), reference(2, "b")],
    )


def written(given: Document) -> str:
    page = Page(width=100, styled=False)
    write_stance(page, given)
    return " ".join(page.text.split())


def test_each_reference_is_named_once_on_the_side_its_statements_lean_to() -> None:
    given = leaning("mixed", first="yes", second="no", third="yes")
    assert (numbers_of(given, "yes"), numbers_of(given, "no")) == ([1], [2])
    assert "yes [1]; no [2]" in written(given)


def test_a_statement_that_leans_nowhere_is_named_on_no_side() -> None:
    given = leaning("yes", first="yes", second="unclear")
    assert "[2]" not in written(given)
    assert "no [" not in written(given)


def test_an_answer_without_a_stance_has_no_line() -> None:
    assert written(leaning(None)) == ""
    assert written({key: value for key, value in leaning(None).items() if key != "stance_basis"}) == ""


def test_every_stance_has_its_words() -> None:
    assert set(SAID) == {"yes", "no", "mixed", "unclear"}
    assert len({written(leaning(stance)) for stance in SAID}) == len(SAID)
