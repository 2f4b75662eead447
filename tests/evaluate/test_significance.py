"""The randomisation test against enumeration by hand, and against itself where it draws."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.evaluate.significance import EXACT, randomisation_test


def test_three_gains_of_one_kind_are_extreme_in_two_of_eight_assignments() -> None:
    assert randomisation_test([0.1, 0.1, 0.1]) == 2 / 8


def test_one_loss_among_unequal_gains() -> None:
    # Sums of ±1 ±2 ±4 that are at least |1 + 4 − 2| = 3 from zero: ±7, ±5, ±3.
    assert randomisation_test([1.0, -2.0, 4.0]) == 6 / 8


def test_runs_that_do_not_differ_have_p_one() -> None:
    assert randomisation_test([]) == randomisation_test([0.0, 0.0]) == 1.0
    assert randomisation_test([0.3, -0.3]) == 1.0


def test_questions_on_which_both_are_equal_change_nothing() -> None:
    gains = [0.2, 0.1, -0.05, 0.4]
    assert randomisation_test(gains) == randomisation_test([0.0, *gains, 0.0, 0.0])


def test_drawing_comes_close_to_trying_all() -> None:
    source = Random(7)
    gains = [source.gauss(0.1, 0.2) for _ in range(EXACT + 1)]
    observed = abs(sum(gains))
    signs = product((1, -1), repeat=len(gains))
    extreme = sum(
        abs(sum(s * g for s, g in zip(row, gains, strict=True))) >= observed - 1e-12 for row in signs
    )
    exact = extreme / 2 ** len(gains)
    assert randomisation_test(gains, permutations=40_000) == pytest.approx(exact, abs=0.01)


def test_the_same_seed_gives_the_same_p_and_p_is_never_zero() -> None:
    gains = [0.5] * 40
    assert randomisation_test(gains, permutations=999) == 1 / 1000
    mixed = [(-1) ** place * 0.1 * place for place in range(60)]
    first = randomisation_test(mixed, permutations=500, seed=1)
    assert first == randomisation_test(mixed, permutations=500, seed=1)


@given(st.lists(st.floats(-1, 1), max_size=10))
def test_p_is_a_share_and_does_not_depend_on_the_direction(gains: list[float]) -> None:
    p = randomisation_test(gains)
    assert 0 < p <= 1
    assert p == randomisation_test([-gain for gain in gains])
