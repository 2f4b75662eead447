"""What stands beneath an answer, apart from it: a command names it without loading an answer."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """What is looked for beside every question about a drug, asked for or not."""

    HARMS = "harms"
    CONTRAINDICATIONS = "contraindications"
    LICENCE = "licence"
    COUNTER_EVIDENCE = "counter_evidence"
    BENCHMARKS = "benchmarks"
