"""Reads ``tests/evaluation_sets/asking_back.jsonl``: questions to ask back, refuse or answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).parents[1] / "evaluation_sets" / "asking_back.jsonl"


@dataclass(frozen=True)
class Row:
    """One question of the set.

    Attributes:
        question: As somebody types it.
        want: ``vague``, ``person``, ``two``, ``premise``, ``not_clinical``, ``emergency``,
            ``ordinary`` or ``telling``.
        part: ``development``, written before the rules; ``unseen-1`` to ``unseen-8``, after them.
    """

    question: str
    want: str
    part: str

    def __str__(self) -> str:
        return f"{self.want}: {self.question}"


def rows(part: str) -> list[Row]:
    """Return the questions of one part, in the order of the file."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    found = [Row(**json.loads(line)) for line in lines]
    return [row for row in found if row.part == part]
