"""How often something may be tried: sliding windows, counted by account and by address.

Two kinds. Attempts at signing in are kept in the database: they must outlive a restart and be counted
over all processes. Questions are counted in memory: there are many, and a restart may forget them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from osler.accounts.registry import Registry
from osler.errors import NotAllowedError


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` times within any ``window_s`` seconds."""

    most: int
    window_s: float


FAILURES_OF_ACCOUNT: Final = Limit(10, 15 * 60)
FAILURES_OF_ADDRESS: Final = Limit(50, 15 * 60)
CODES_OF_ACCOUNT: Final = Limit(5, 15 * 60)
RESETS_OF_ACCOUNT: Final = Limit(3, 60 * 60)
RESETS_OF_ADDRESS: Final = Limit(20, 60 * 60)
LONGEST_WINDOW_S: Final = 60 * 60
MOST_KEYS: Final = 20_000


class TooManyError(NotAllowedError):
    """Something was tried too often.

    Attributes:
        wait_s: Seconds until it may be tried again.
    """

    code = "not_allowed.too_many"
    retryable = True

    def __init__(self, wait_s: float) -> None:
        minutes = max(1, round(wait_s / 60 + 0.49))
        super().__init__(
            "tried too often",
            hint=f"try again in {minutes} minute{'' if minutes == 1 else 's'}",
        )
        self.wait_s = wait_s


def take_turn(registry: Registry, tries: list[tuple[str, Limit]]) -> None:
    """Count one attempt for each key, before it is known how it ends.

    Counted first and for all keys at once, so that a hundred attempts at the same moment are no way
    round. An attempt that is refused here is not counted: the window opens again by itself.

    Raises:
        TooManyError: One of the keys has no attempt left.
    """
    now = registry.now()
    with registry.transactions.together():
        registry.sign_in.clear_attempts(before=now - timedelta(seconds=LONGEST_WINDOW_S))
        for key, limit in tries:
            window = timedelta(seconds=limit.window_s)
            made = registry.sign_in.attempts(key, since=now - window)
            if len(made) >= limit.most:
                raise TooManyError((made[-limit.most] + window - now).total_seconds())
        for key, _ in tries:
            registry.sign_in.note_attempt(key, now)


class Turns:
    """Counts in memory how often each key came; the longest unseen are forgotten first.

    Args:
        limit: What is allowed.
        now: Returns the time in UTC.
    """

    def __init__(self, limit: Limit, now: Callable[[], datetime]) -> None:
        self._limit = limit
        self._now = now
        self._made: OrderedDict[str, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str) -> None:
        """Count one turn of ``key``.

        Raises:
            TooManyError: It has none left.
        """
        window = timedelta(seconds=self._limit.window_s)
        with self._lock:
            now = self._now()
            made = self._made.setdefault(key, deque())
            self._made.move_to_end(key)
            while made and made[0] <= now - window:
                made.popleft()
            if len(made) >= self._limit.most:
                raise TooManyError((made[0] + window - now).total_seconds())
            made.append(now)
            while len(self._made) > MOST_KEYS:
                self._made.popitem(last=False)
