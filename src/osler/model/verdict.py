"""A verdict: what the judge found about one statement, check by check."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """Result of a check or of the whole verdict."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, its outcome, and the reason in words a reader understands."""

    check: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All checks of one statement. Passed only when no check failed and at least one passed."""

    checks: tuple[Check, ...]

    @property
    def outcome(self) -> Outcome:
        """The verdict as a whole; fails closed when nothing was checked."""
        outcomes = {check.outcome for check in self.checks}
        if Outcome.FAILED in outcomes or Outcome.PASSED not in outcomes:
            return Outcome.FAILED
        return Outcome.PASSED

    @property
    def passed(self) -> bool:
        """Whether the statement may be printed."""
        return self.outcome is Outcome.PASSED

    @property
    def failures(self) -> tuple[Check, ...]:
        """The checks that failed, in order."""
        return tuple(check for check in self.checks if check.outcome is Outcome.FAILED)
