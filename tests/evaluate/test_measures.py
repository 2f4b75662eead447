"""Measures against values worked out by hand."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.evaluate.measures import mean, percentile, score_rankings, time_summary

needs_extra = pytest.mark.usefixtures("extra")


@pytest.fixture
def extra() -> None:
    pytest.importorskip("ir_measures", reason="needs the extra: pip install -e '.[eval]'")


@needs_extra
def test_measures_of_a_ranking_are_those_of_the_textbook() -> None:
    relevance = {"q": {"d2": 1, "d5": 1, "d9": 1}}
    values = score_rankings({"q": ["d1", "d2", "d3", "d4", "d5"]}, relevance)["q"]
    ideal = 1 + 1 / log2(3) + 1 / log2(4)
    assert values["nDCG@10"] == pytest.approx((1 / log2(3) + 1 / log2(6)) / ideal)
    assert values["MAP"] == pytest.approx((1 / 2 + 2 / 5) / 3)
    assert values["recall@100"] == pytest.approx(2 / 3)
    assert values["MRR@10"] == pytest.approx(1 / 2)


@needs_extra
def test_grades_count_in_ndcg_only() -> None:
    values = score_rankings({"q": ["d1", "d2"]}, {"q": {"d1": 1, "d2": 3}})["q"]
    assert values["nDCG@10"] == pytest.approx((1 + 3 / log2(3)) / (3 + 1 / log2(3)))
    assert values["MAP"] == 1.0


@needs_extra
def test_the_order_given_decides_whatever_the_ids() -> None:
    values = score_rankings({"q": ["z", "a"], "r": ["a", "z"]}, {"q": {"z": 1}, "r": {"z": 1}})
    assert values["q"]["MRR@10"] == 1.0
    assert values["r"]["MRR@10"] == 0.5


@needs_extra
def test_a_query_that_found_nothing_counts_zero() -> None:
    values = score_rankings({"q": ["d1"], "r": []}, {"q": {"d1": 1}, "r": {"d2": 1}, "s": {"d3": 1}})
    assert values["q"]["nDCG@10"] == 1.0
    assert set(values) == {"q", "r", "s"}
    assert set(values["r"].values()) == set(values["s"].values()) == {0.0}


@needs_extra
def test_a_document_below_the_tenth_place_counts_for_recall_not_for_ndcg() -> None:
    ranking = [f"d{place}" for place in range(1, 12)]
    values = score_rankings({"q": ranking}, {"q": {"d11": 1}})["q"]
    assert (values["nDCG@10"], values["MRR@10"], values["recall@100"]) == (0.0, 0.0, 1.0)
    assert values["MAP"] == pytest.approx(1 / 11)


def test_percentiles_are_values_that_occurred() -> None:
    times = [float(value) for value in range(1, 201)]
    assert [percentile(times, share) for share in (50, 95, 99, 100)] == [100.0, 190.0, 198.0, 200.0]
    assert percentile([7.0], 50) == percentile([7.0], 99) == 7.0
    assert time_summary("ask", [2.0, 1.0]) == {"ask_p50_ms": 1.0, "ask_p95_ms": 2.0, "ask_p99_ms": 2.0}


@pytest.mark.parametrize(("values", "share"), [([], 50), ([1.0], 0), ([1.0], 101)])
def test_a_percentile_of_nothing_is_refused(values: list[float], share: int) -> None:
    with pytest.raises(ValueError, match="percentile"):
        percentile(values, share)


@given(st.lists(st.floats(0, 1e6), min_size=1), st.integers(1, 100))
def test_a_share_of_the_values_does_not_exceed_the_percentile(values: list[float], share: int) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) * 100 >= share * len(values)
    assert sum(value < found for value in values) * 100 < share * len(values)


def test_the_mean_of_nothing_is_zero() -> None:
    assert mean([]) == 0.0
    assert mean([1.0, 0.0, 0.5]) == 0.5
