"""A token bucket per host: what it grants, and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.net.budget import Budget


def test_the_first_grant_is_immediate_and_the_next_ones_are_spaced() -> None:
    budget = Budget(4.0)
    assert [budget.reserve(0.0) for _ in range(4)] == [0.0, 0.25, 0.5, 0.75]


def test_a_pause_does_not_save_up_more_than_the_burst() -> None:
    budget = Budget(2.0, burst=2)
    budget.reserve(0.0)
    assert [budget.reserve(100.0) for _ in range(4)] == [0.0, 0.0, 0.5, 1.0]


def test_no_limit_never_waits() -> None:
    budget = Budget()
    assert [budget.reserve(5.0) for _ in range(3)] == [0.0, 0.0, 0.0]


def test_a_hold_stops_everyone_until_it_is_over_and_the_spacing_goes_on_from_there() -> None:
    budget = Budget(2.0)
    budget.reserve(0.0)
    budget.hold(10.0)
    assert [budget.reserve(1.0) for _ in range(3)] == [9.0, 9.5, 10.0]


@pytest.mark.parametrize(("rate", "burst"), [(0.0, 1), (-1.0, 1), (1.0, 0)])
def test_a_budget_that_grants_nothing_is_refused(rate: float, burst: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        Budget(rate, burst=burst)


@given(
    rate=st.integers(1, 20),
    burst=st.integers(1, 5),
    gaps=st.lists(st.floats(0, 3), min_size=1, max_size=60),
)
def test_no_second_ever_holds_more_grants_than_the_rate_and_the_burst_allow(
    rate: int, burst: int, gaps: list[float]
) -> None:
    budget, now, grants = Budget(float(rate), burst=burst), 0.0, []
    for gap in gaps:
        now += gap
        grants.append(now + budget.reserve(now))
    assert grants == sorted(grants)
    for start in grants:
        inside = sum(1 for grant in grants if start <= grant < start + 1 - 1e-6)
        assert inside <= rate + burst - 1
