"""When NCBI asks big jobs to run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from osler.sources.peak import is_quiet_time, to_us_eastern


@pytest.mark.parametrize(
    ("utc", "eastern"),
    [
        ("2026-01-15T12:00", "2026-01-15T07:00"),
        ("2026-07-15T12:00", "2026-07-15T08:00"),
        ("2026-03-08T06:59", "2026-03-08T01:59"),
        ("2026-03-08T07:00", "2026-03-08T03:00"),
        ("2026-11-01T05:59", "2026-11-01T01:59"),
        ("2026-11-01T06:00", "2026-11-01T01:00"),
        ("2027-03-14T07:00", "2027-03-14T03:00"),
        ("2026-01-01T03:00", "2025-12-31T22:00"),
    ],
)
def test_us_eastern_time_follows_daylight_saving(utc: str, eastern: str) -> None:
    moment = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert to_us_eastern(moment) == datetime.fromisoformat(eastern)


def test_the_zone_of_the_caller_does_not_matter() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert to_us_eastern(datetime(2026, 1, 16, 2, 0, tzinfo=tokyo)) == datetime(2026, 1, 15, 12, 0)


@pytest.mark.parametrize(
    ("eastern_standard", "quiet"),
    [
        ("2026-11-23T20:59", False),
        ("2026-11-23T21:00", True),
        ("2026-11-24T04:59", True),
        ("2026-11-24T05:00", False),
        ("2026-11-21T12:00", True),
        ("2026-11-22T12:00", True),
        ("2026-11-20T12:00", False),
    ],
)
def test_nights_and_weekends_are_quiet(eastern_standard: str, quiet: bool) -> None:
    zone = timezone(timedelta(hours=-5))
    assert is_quiet_time(datetime.fromisoformat(eastern_standard).replace(tzinfo=zone)) is quiet
