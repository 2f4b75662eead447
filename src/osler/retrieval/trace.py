"""Why each passage is here or was dropped; printed by ``--why``."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Step:
    """One decision: what it is about, what was decided, why."""

    stage: str
    item: str
    decision: str
    reason: str


@dataclass(slots=True)
class Trace:
    """The decisions of one search or answer, in order. The only mutable value that crosses rooms."""

    steps: list[Step] = field(default_factory=list)

    def note(self, stage: str, item: str, decision: str, reason: str) -> None:
        """Append one decision."""
        self.steps.append(Step(stage, item, decision, reason))
