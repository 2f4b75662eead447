"""How often to try again, and how long to wait before. Pure functions of what they are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

from osler.net.faults import PASSING, Trouble, TroubleKind

PASSING_STATUSES: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same request may succeed."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Patience with a service.

    Attributes:
        attempts: Times a request is made in all.
        unreachable_attempts: The same for a host that cannot be reached at all: few, since a person
            without a connection should hear of it at once.
        first_wait_s: Wait after the first failure; it doubles with each further one.
        longest_wait_s: Bound of that wait.
        patience_s: Longest wait that a server may ask for; beyond it the request is given up.
        connect_s: Time to reach the host.
        read_s: Longest silence while an answer is due.
        total_s: Longest time for one whole answer, however steadily it drips.
    """

    attempts: int = 5
    unreachable_attempts: int = 2
    first_wait_s: float = 1.0
    longest_wait_s: float = 30.0
    patience_s: float = 300.0
    connect_s: float = 10.0
    read_s: float = 60.0
    total_s: float = 600.0

    def wait_after(self, trouble: Trouble, *, attempt: int, attempts: int | None = None) -> float | None:
        """Return the seconds to wait after failed ``attempt`` (from 1), or None to give up.

        Args:
            trouble: How the attempt failed.
            attempt: Its number, from 1.
            attempts: Overrides the number of attempts in all.
        """
        if trouble.kind not in PASSING:
            return None
        limit = attempts or self.attempts
        if trouble.kind is TroubleKind.UNREACHABLE:
            limit = min(limit, self.unreachable_attempts)
        backoff = min(self.longest_wait_s, self.first_wait_s * 2.0 ** (attempt - 1))
        wait = backoff if trouble.wait_s is None else trouble.wait_s
        return wait if attempt < limit and wait <= self.patience_s else None


def read_retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a ``Retry-After`` header asks for (RFC 9110, 10.2.3).

    Args:
        value: Seconds, or an HTTP date; None or unreadable text gives None.
        now: The present, with its time zone.
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())
