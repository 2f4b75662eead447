"""When NCBI asks big jobs to run: at weekends, or from 21:00 to 05:00 US Eastern time.

Source: NCBI E-utilities usage guidelines (NBK25497). The rule for daylight saving is written out
(Energy Policy Act of 2005: second Sunday of March to first Sunday of November, at 02:00), since not
every machine has a time zone database.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

BIG_JOB_REQUESTS: Final = 1_000
_STANDARD: Final = timedelta(hours=-5)
_SUMMER: Final = timedelta(hours=-4)
_SATURDAY: Final = 5
_SUNDAY: Final = 6
_NIGHT_BEGINS, _NIGHT_ENDS = 21, 5


def is_quiet_time(now: datetime) -> bool:
    """Tell whether big jobs are welcome at ``now``, which must know its time zone."""
    eastern = to_us_eastern(now)
    is_night = eastern.hour >= _NIGHT_BEGINS or eastern.hour < _NIGHT_ENDS
    return is_night or eastern.weekday() >= _SATURDAY


def to_us_eastern(now: datetime) -> datetime:
    """Return ``now`` as a clock in New York shows it, without time zone."""
    utc = now.astimezone(UTC).replace(tzinfo=None)
    summer_begins = _sunday(utc.year, month=3, nth=2) + timedelta(hours=2) - _STANDARD
    summer_ends = _sunday(utc.year, month=11, nth=1) + timedelta(hours=2) - _SUMMER
    return utc + (_SUMMER if summer_begins <= utc < summer_ends else _STANDARD)


def _sunday(year: int, *, month: int, nth: int) -> datetime:
    first = datetime(year, month, 1)
    return first + timedelta(days=(_SUNDAY - first.weekday()) % 7 + 7 * (nth - 1))
