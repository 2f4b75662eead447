"""The clock that the network room runs on, handed in by the wiring.

Reads no time by itself: tests hand in a clock that never really waits.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Time as the network room needs it. Called from several threads at once."""

    def monotonic(self) -> float:
        """Return seconds from an arbitrary start, never running backwards."""

    def now(self) -> datetime:
        """Return the date and time with its time zone: ``Retry-After`` may be a date."""

    def sleep(self, seconds: float) -> None:
        """Return once ``seconds`` have passed."""
