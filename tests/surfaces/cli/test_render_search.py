"""The hits of a search on the page: the best sentence whole, in its place, within the length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from osler.surfaces.cli.page import Style
from osler.surfaces.cli.render_search import SHOWN, shorten

LONG = " ".join(f"Sentence number {number} of the passage says little." for number in range(60))
ELLIPSES = 2 * len("… ")


def test_the_best_sentence_stands_out_and_its_neighbours_are_shown() -> None:
    best = "Sentence number 30 of the passage says little."
    start = LONG.index(best)
    before, marked, after = shorten(LONG, {"start": start, "end": start + len(best)})
    assert (marked.text, marked.style) == (best, Style.STRONG)
    assert before.text.startswith("… ")
    assert after.text.endswith(" …")
    assert before.text.removeprefix("… ") in LONG
    assert after.text.removesuffix(" …") in LONG


def test_a_short_passage_is_shown_whole() -> None:
    text = "Orbitan helped. Kelopax did not."
    assert "".join(span.text for span in shorten(text, {"start": 16, "end": 32})) == text


def test_a_passage_without_a_best_sentence_is_shown_from_its_beginning() -> None:
    (span,) = shorten(LONG, None)
    assert LONG.startswith(span.text.removesuffix(" …"))
    assert len(span.text) <= SHOWN + ELLIPSES


@given(st.data())
def test_the_best_sentence_is_never_cut(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab. ", min_size=1, max_size=900))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before, best, after = shorten(text, {"start": start, "end": end})
    assert best.text == text[start:end]
    size = len(before.text) + len(best.text) + len(after.text)
    assert size <= max(SHOWN, end - start) + ELLIPSES
