"""A clock for tests: sleeping takes no time, and is remembered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Lock

START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # a Monday, 10:00 in New York: not a quiet hour


class FakeClock:
    """Time that passes only by sleeping, and by ``step`` with each look at it."""

    def __init__(self, *, step: float = 0.0, start: datetime = START) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []
        self._step = step
        self._start = start
        self._lock = Lock()

    def monotonic(self) -> float:
        with self._lock:
            self.seconds += self._step
            return self.seconds

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.seconds)

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.seconds += seconds
