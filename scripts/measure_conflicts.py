"""Ask each question of a file and print where the sources of its answer differ.

    python scripts/measure_conflicts.py FILE [FILE …] [--most N]

Asks the library at ``OSLER_HOME``. FILE holds JSON lines with ``question`` or ``text`` (the questions of
a BEIR set, of ``osler eval answers``, or as typed). Prints how many answers could hold a conflict, since
they print two sources, how many do, and each of them with its sides, to be judged by a reader.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from osler.errors import OslerError
from osler.model.conflict import NOT_EXPLAINED
from osler.service.ask import ask
from osler.service.wiring import open_desk


def main() -> None:
    """Ask, and print the counts behind the conflicts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--most", type=int, help="questions of each file that are asked")
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    with open_desk(dict(os.environ), holder="measure") as desk:
        for question in _questions(options.files, options.most):
            try:
                answer = ask(desk, question).document["answer"]
            except OslerError as fault:
                print(f"{question}: {fault.message}", file=sys.stderr)
                continue
            counts["asked"] += 1
            counts["print two sources"] += len(_sources(answer)) > 1
            counts["hold a conflict"] += bool(answer["conflicts"])
            for conflict in answer["conflicts"]:
                counts["conflicts"] += 1
                counts["not explained"] += conflict["why"] == NOT_EXPLAINED
                _show(question, conflict)
    print(", ".join(f"{name} {count}" for name, count in counts.items()))


def _questions(files: list[Path], most: int | None) -> Iterator[str]:
    for file in files:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        yield from list(dict.fromkeys(row.get("question") or row["text"] for row in rows))[:most]


def _sources(answer: dict[str, Any]) -> set[str]:
    statements = [answer["bottom_line"]] if answer["bottom_line"] else []
    statements += [one for section in answer["sections"] for one in section["statements"]]
    return {citation["source"] for one in statements for citation in one["citations"]}


def _show(question: str, conflict: dict[str, Any]) -> None:
    print(f"{question}\n  {conflict['about']} ({conflict['why']})")
    for side in conflict["sides"]:
        print(f"  - {side['population'] or 'nobody named'}: {side['citation']['quote']}")
    print()


if __name__ == "__main__":
    main()
