"""Ask each question of a set over the starter library and count what came of it, by what is wanted.

    python scripts/measure_asking_back.py [FILE] [--part unseen-1] [--show]

FILE is ``tests/evaluation_sets/asking_back.jsonl`` by default; docs/asking-back.md says what its lines
mean and what its figures are worth. ``--show`` prints the questions that came to something else.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from osler.library.ingest import add_items
from osler.library.starter import read_pack
from osler.service.add import catch_up_index
from osler.service.ask import ask
from osler.service.wiring import open_desk

SET = Path(__file__).parents[1] / "tests" / "evaluation_sets" / "asking_back.jsonl"
CALL = "local emergency number"
NOT_REFUSED = {"answered", "partial", "abstained"}
WANTED = {
    "vague": {"needs_clarification"},
    "person": {"needs_clarification"},
    "premise": {"false_premise", "needs_clarification"},
    "not_clinical": {"not_clinical"},
    "emergency": {"emergency"},
    "ordinary": NOT_REFUSED,
    "telling": NOT_REFUSED | {"needs_clarification"},
    "two": NOT_REFUSED | {"needs_clarification"},
}


def main() -> None:
    """Measure and print one table for each part of the set."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, nargs="?", default=SET)
    parser.add_argument("--part")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.file.read_text("utf-8").splitlines()]
    parts = dict.fromkeys(row["part"] for row in rows if options.part in (None, row["part"]))
    with (
        tempfile.TemporaryDirectory() as home,
        open_desk({"OSLER_HOME": home}, create=True, holder="measure") as desk,
    ):
        add_items(desk.store, read_pack("hlh"), origin="starter:hlh", now=desk.now())
        catch_up_index(desk)
        for part in parts:
            print(f"{part}\n")
            answers = [
                (row, ask(desk, row["question"]).document["answer"])
                for row in rows
                if row["part"] == part
            ]
            _print(answers, show=options.show)


def _print(answers: list[tuple[dict[str, str], dict[str, Any]]], *, show: bool) -> None:
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    right: Counter[str] = Counter()
    called: Counter[str] = Counter()
    for row, answer in answers:
        want, status = row["want"], answer["status"]
        found[want][status] += 1
        is_right = _is_right(want, answer)
        right[want] += is_right
        called[want] += CALL in answer["disclaimer"]
        if show and not is_right:
            print(f"  {want}: {row['question']!r} came to {status}")
    print("| wanted | right | says whom to call | came to |\n|---|---|---|---|")
    for want, counts in found.items():
        came = ", ".join(f"{status} {count}" for status, count in counts.most_common())
        print(f"| {want} | {right[want]} of {counts.total()} | {called[want]} | {came} |")
    print()


def _is_right(want: str, answer: dict[str, Any]) -> bool:
    """Tell whether an answer came to what is wanted; of two questions both must be marked."""
    if answer["status"] not in WANTED[want]:
        return False
    asked_back = answer["status"] == "needs_clarification"
    return want != "two" or asked_back or len(answer["parts"]) > 1


if __name__ == "__main__":
    main()
