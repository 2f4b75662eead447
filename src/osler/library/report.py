"""What came of an addition, in numbers and with the items that failed."""

from __future__ import annotations

from dataclasses import dataclass, field

from osler.store import Failure, Tally

SHOWN: int = 200
"""Failures a report carries; the ledger has them all."""


@dataclass(slots=True)
class Report(Tally):
    """What came of an addition: the numbers of its batches, and what else a person wants to know.

    Attributes:
        files: Files that were read.
        skipped: Files left alone because the same bytes were read before.
        failures: The first failures; each is in the ledger with its reason.
    """

    files: int = 0
    skipped: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def items(self) -> int:
        """Number of items that were read."""
        kept = self.added + self.revised + self.unchanged + self.older
        return kept + self.withdrawn + self.refused + self.failed

    def merge(self, other: Report) -> None:
        """Add the numbers and the failures of another report."""
        self.plus(other)
        self.files += other.files
        self.skipped += other.skipped
        for failure in other.failures:
            self.note(failure)

    def note(self, failure: Failure) -> None:
        """Carry ``failure`` while there is room."""
        if len(self.failures) < SHOWN:
            self.failures.append(failure)
