"""What `bench/growth.py` rests on: its bars, its plot, and vectors that are mixed from real ones."""

from __future__ import annotations

from xml.etree import ElementTree

import numpy as np
import pytest

from material.bars import judge
from material.curve import draw_curve
from material.process import percentile
from material.vectors import KnownVectors, mixed_from
from osler.providers.protocols import Model

GOOD = {
    "size": 200_000,
    "index_mb": 40.0,
    "text_mb": 100.0,
    "raw_p50_ms": 1.0,
    "words_p50_ms": 4.0,
    "words_p99_ms": 11.0,
    "words_memory_mb": 200.0,
    "vectors_p50_ms": 15.0,
    "vectors_p99_ms": 30.0,
    "vectors_memory_mb": 500.0,
    "ask_p50_ms": 50.0,
}


def missed(*found: dict[str, float]) -> list[str]:
    return [verdict.line for verdict in judge(found) if verdict.missed]


def test_a_library_within_every_bar_misses_none() -> None:
    assert not missed(GOOD)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("index_mb", 51.0),
        ("words_p50_ms", 5.1),
        ("words_p99_ms", 12.1),
        ("words_memory_mb", 251.0),
        ("vectors_p50_ms", 20.1),
        ("vectors_p99_ms", 45.1),
        ("vectors_memory_mb", 601.0),
        ("ask_p50_ms", 61.0),
    ],
)
def test_each_bar_that_is_exceeded_is_missed(name: str, value: float) -> None:
    assert len(missed(GOOD | {name: value})) == 1


def test_a_million_passages_may_take_twice_what_200_000_may() -> None:
    large = GOOD | {"size": 1_000_000, "raw_p50_ms": 7.0, "words_p50_ms": 9.9, "ask_p50_ms": 119.0}
    assert not missed(GOOD, large)
    assert len(missed(GOOD, large | {"words_p50_ms": 10.1, "words_p99_ms": 20.0})) == 1


def test_a_search_that_reads_no_vectors_is_said_not_to_have_been_measured() -> None:
    words = {name: value for name, value in GOOD.items() if not name.startswith("vectors")}
    assert len(judge([words])) == len(judge([GOOD])) - 2
    assert not missed(words)


def test_a_plot_is_a_picture_with_a_point_for_each_size_and_never_varies() -> None:
    series = {"words": [(10_000, 2.0), (1_000_000, 30.0)], "vectors": [(10_000, 9.0)]}
    plot = draw_curve("Time & size", series, unit="ms", axis="passages")
    points = ElementTree.fromstring(plot).findall("{http://www.w3.org/2000/svg}circle")
    assert len(points) == 3
    assert plot == draw_curve("Time & size", series, unit="ms", axis="passages")


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert [percentile([1.0, 2.0, 3.0, 4.0], share) for share in (50, 95, 99)] == [3.0, 4.0, 4.0]


def test_a_mixed_vector_has_length_one_and_depends_on_its_text_alone() -> None:
    real = np.eye(4, 8, dtype=np.float32)
    one, again = mixed_from(real)("fever"), mixed_from(real)("fever")
    assert np.linalg.norm(one) == pytest.approx(1.0, abs=1e-5)
    assert one.tolist() == again.tolist()
    assert one.tolist() != mixed_from(real)("cough").tolist()


def test_known_texts_get_their_own_vectors_and_others_are_made() -> None:
    real = np.eye(2, dtype=np.float32)
    other = np.array([0.6, 0.8], np.float32)
    known = KnownVectors(Model("m", "0", 2), ["fever", "cough"], real, lambda _text: other)
    assert known.embed_passages(["cough", "rash"]).tolist() == [[0.0, 1.0], other.tolist()]
