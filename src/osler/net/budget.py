"""How often one host may be asked: a token bucket, shared by all threads.

Grants are given in order and counted at the moment of asking, so that the spacing holds however many
requests are on their way. Never sleeps: it says how long to wait.
"""

from __future__ import annotations

from threading import Lock


class Budget:
    """A token bucket of one host.

    Args:
        per_second: Grants a second; None for no limit.
        burst: Grants that may come at once after a pause. One keeps every second below the limit,
            where a larger bucket would allow almost twice the limit in its first second.
    """

    def __init__(self, per_second: float | None = None, *, burst: int = 1) -> None:
        if (per_second is not None and per_second <= 0) or burst < 1:
            raise ValueError("a budget needs a positive rate and a burst of at least one")
        self._interval = 1 / per_second if per_second else 0.0
        self._slack = self._interval * (burst - 1)
        self._next = float("-inf")
        self._held_until = float("-inf")
        self._lock = Lock()

    def reserve(self, now: float) -> float:
        """Take one grant and return the seconds to wait from ``now`` before using it."""
        with self._lock:
            start = max(now, self._next - self._slack, self._held_until)
            self._next = max(self._next, start) + self._interval
            return start - now

    def hold(self, until: float) -> None:
        """Give no further grant before ``until``: the server asked everyone to wait."""
        with self._lock:
            self._held_until = max(self._held_until, until)
