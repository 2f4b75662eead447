"""Questions of the developer data that nobody has asked yet: each wording once, always in one order."""

from __future__ import annotations

import json
import random
from collections.abc import Collection
from pathlib import Path

FIELDS = {
    "bioasq_7b_9b.jsonl": "body",
    "scifact_claims.jsonl": "claim",
    "pubmedqa.jsonl": "question",
    "kqa.jsonl": "Question",
    "healthver.jsonl": "claim",
}
"""File of the developer data → field that holds what may be asked; claims are typed as questions are."""

AS_TYPED = Path(__file__).parents[2] / "tests" / "evaluation_sets" / "as_typed.jsonl"
SEED = 20_261_128


def bioasq_bodies(data: Path) -> list[str]:
    """Return the questions of BioASQ, in the order of their file."""
    return _read(data / "dev" / "bioasq_7b_9b.jsonl", "body")


def new_questions(data: Path, *, apart_from: Collection[str] = ()) -> list[str]:
    """Return every question there is but those of ``apart_from``, shuffled the same way each time."""
    found = _read(AS_TYPED, "question")
    for name, field in FIELDS.items():
        found += _read(data / "dev" / name, field)
    taken = {_key(each) for each in apart_from}
    once = {_key(each): each for each in found if each.strip() and _key(each) not in taken}
    questions = list(once.values())
    random.Random(SEED).shuffle(questions)
    return questions


def _read(file: Path, field: str) -> list[str]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line)[field] for line in lines]


def _key(question: str) -> str:
    return " ".join(question.casefold().split())
