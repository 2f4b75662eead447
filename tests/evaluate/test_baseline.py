"""Plain BM25: the formula by hand, and the order of ties."""

from __future__ import annotations

from math import log

import pytest

from osler.evaluate.baseline import K1, B, PlainBM25


@pytest.fixture(autouse=True)
def extra() -> None:
    for package in ("bm25s", "Stemmer"):
        pytest.importorskip(package, reason="needs the extra: pip install -e '.[eval]'")


def test_equal_scores_are_ordered_by_place_and_strangers_are_left_out() -> None:
    index = PlainBM25(["flubber ward", "kelopax ward", "flubber ward", "orbitan eye", "flubber ward"])
    assert index.search("flubber", top=2) == [0, 2]
    assert index.search("flubbers", top=99) == [0, 2, 4]
    assert index.search("the of", top=5) == []
    assert index.search("wuppelfizz", top=5) == []


def test_the_score_is_bm25_with_the_stated_constants() -> None:
    texts = ["flubber flubber ward", "flubber ward eye", "kelopax eye"]
    index = PlainBM25(texts)
    found = {place: float(index._index.get_scores(["flubber"])[place]) for place in (0, 1, 2)}
    idf = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    lengths = [3, 3, 2]
    for place, count in ((0, 2), (1, 1)):
        norm = K1 * (1 - B + B * lengths[place] / (sum(lengths) / 3))
        assert found[place] == pytest.approx(idf * count / (count + norm), rel=1e-5)
    assert found[2] == 0.0


def test_the_bare_form_counts_small_words_and_knows_no_inflection() -> None:
    index = PlainBM25(["the flubber", "flubbers of wards", "kelopax"], bare=True)
    assert index.search("flubber", top=3) == [0]
    assert index.search("of", top=3) == [1]
