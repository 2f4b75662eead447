"""How long to wait before trying again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from osler.net.faults import Trouble, TroubleKind
from osler.net.retry import Policy, read_retry_after

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("Sun, 22 Nov 2026 12:01:30 GMT", 90.0),
        ("Sunday, 22-Nov-26 12:01:30 GMT", 90.0),
        ("Sun Nov 22 12:01:30 2026", 90.0),
        ("Sun, 22 Nov 2026 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(value: str | None, seconds: float | None) -> None:
    assert read_retry_after(value, NOW) == seconds


def test_waits_double_up_to_their_bound_and_then_it_gives_up() -> None:
    policy = Policy(attempts=7, first_wait_s=1.0, longest_wait_s=10.0)
    busy = Trouble(TroubleKind.BUSY, "")
    waits = [policy.wait_after(busy, attempt=n) for n in range(1, 8)]
    assert waits == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0, None]


def test_the_servers_own_wait_replaces_ours_but_not_beyond_our_patience() -> None:
    policy = Policy(patience_s=100.0)
    asked = [Trouble(TroubleKind.RATE_LIMITED, "", wait_s=wait) for wait in (0.0, 100.0, 101.0)]
    assert [policy.wait_after(trouble, attempt=1) for trouble in asked] == [0.0, 100.0, None]


@pytest.mark.parametrize("kind", ["certificate", "address", "too_large", "redirected", "refused"])
def test_what_will_not_change_is_not_tried_again(kind: str) -> None:
    assert Policy().wait_after(Trouble(TroubleKind(kind), ""), attempt=1) is None


def test_a_host_out_of_reach_is_tried_fewer_times() -> None:
    policy = Policy(attempts=5, unreachable_attempts=2)
    nowhere = Trouble(TroubleKind.UNREACHABLE, "")
    assert policy.wait_after(nowhere, attempt=1) == 1.0
    assert policy.wait_after(nowhere, attempt=2) is None
