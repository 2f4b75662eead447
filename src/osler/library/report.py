"""What came of an addition, in numbers and with the items that failed."""

from __future__ import annotations

from dataclasses import dataclass, field

from osler.store import Failure, Tally

SHOWN: int = 200
"""Failures a report carries; the ledger has them all."""


@dataclass(slots=True)
class Report:
    """What came of an addition.

    Attributes:
        added: Sources that were not known before, or that came back.
        revised: Sources whose content was replaced by a newer revision.
        unchanged: Items that brought nothing new.
        older: Items older than what is stored; left alone.
        withdrawn: Sources withdrawn because their database says so.
        refused: Records of withdrawn sources, not brought back.
        failed: Items that could not be read or stored; each is in the ledger with its reason.
        restated: Sources whose standing changed, such as by a retraction notice.
        files: Files that were read.
        skipped: Files left alone because the same bytes were read before.
        failures: The first failures.
    """

    added: int = 0
    revised: int = 0
    unchanged: int = 0
    older: int = 0
    withdrawn: int = 0
    refused: int = 0
    failed: int = 0
    restated: int = 0
    files: int = 0
    skipped: int = 0
    failures: list[Failure] = field(default_factory=list)

    @property
    def items(self) -> int:
        """Number of items that were read."""
        kept = self.added + self.revised + self.unchanged + self.older
        return kept + self.withdrawn + self.refused + self.failed

    @property
    def changed(self) -> bool:
        """Whether the library is another one than before."""
        return bool(self.added or self.revised or self.withdrawn or self.restated)

    def count(self, tally: Tally) -> None:
        """Add the numbers of one batch."""
        self.added += tally.added
        self.revised += tally.revised
        self.unchanged += tally.unchanged
        self.older += tally.older
        self.withdrawn += tally.withdrawn
        self.refused += tally.refused
        self.failed += tally.failed
        self.restated += tally.restated

    def merge(self, other: Report) -> None:
        """Add the numbers and the failures of another report."""
        for name in (
            "added",
            "revised",
            "unchanged",
            "older",
            "withdrawn",
            "refused",
            "failed",
            "restated",
            "files",
            "skipped",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for failure in other.failures:
            self.note(failure)

    def note(self, failure: Failure) -> None:
        """Carry ``failure`` while there is room."""
        if len(self.failures) < SHOWN:
            self.failures.append(failure)
