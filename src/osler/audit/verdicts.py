"""The values of an audit, and their public form."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from osler.model.citation import Citation
from osler.model.verdict import Check


class AuditVerdict(StrEnum):
    """What the library does for one sentence of a text."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    OVERSTATED = "overstated"
    CONTRADICTED = "contradicted"
    UNSUPPORTED = "unsupported"
    NOT_CHECKABLE = "not_checkable"


@dataclass(frozen=True, slots=True)
class AuditedClaim:
    """One sentence of the text with its verdict.

    Attributes:
        n: Its number in the text, from 1.
        text: As a reader reads it.
        start: First code point in the text as given.
        end: One past the last.
        verdict: What the library does for it.
        reason: Why, in words a reader understands.
        evidence: The sentences it was judged by, the best first.
        checks: What was looked at: of the judge against the best evidence, then of the text itself.
    """

    n: int
    text: str
    start: int
    end: int
    verdict: AuditVerdict
    reason: str
    evidence: tuple[Citation, ...] = ()
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims of one text that cannot both hold."""

    about: str
    claims: tuple[int, int]
    reason: str


@dataclass(frozen=True, slots=True)
class Audit:
    """A text judged sentence by sentence against one state of a library."""

    claims: tuple[AuditedClaim, ...]
    conflicts_inside: tuple[Clash, ...]
    snapshot: str

    @property
    def tally(self) -> dict[str, int]:
        """How many sentences got each verdict."""
        return {
            verdict.value: sum(claim.verdict is verdict for claim in self.claims)
            for verdict in AuditVerdict
        }

    def as_json(self) -> dict[str, Any]:
        """Return the document of the public contract, as plain values."""
        return {
            "claims": [_claim(claim) for claim in self.claims],
            "tally": self.tally,
            "conflicts_inside": [
                {"about": clash.about, "claims": list(clash.claims), "reason": clash.reason}
                for clash in self.conflicts_inside
            ],
            "library": {"snapshot": self.snapshot},
        }


def _claim(claim: AuditedClaim) -> dict[str, Any]:
    return {
        "n": claim.n,
        "text": claim.text,
        "start": claim.start,
        "end": claim.end,
        "verdict": claim.verdict.value,
        "reason": claim.reason,
        "evidence": [asdict(citation) for citation in claim.evidence],
        "checks": [
            {"check": check.check, "outcome": check.outcome.value, "reason": check.reason}
            for check in claim.checks
        ],
    }
