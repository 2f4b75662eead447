"""Read comparative sentences of real abstracts and hold the figure table's rows to labels made by hand.

    python scripts/measure_figure_table.py [ABSTRACTS] [--show] [--sample N]

ABSTRACTS is ``../shared/data/scale/abstracts.jsonl.xz`` by default. Sentences are those with two
figures, or a ratio, and a word of comparison, from the half of the abstracts that no rule was written on
(told by a digest of the abstract's id). The labels hold ids, offsets and verdicts, no text. ``--show``
prints each labelled row with its sentence; ``--sample`` prints sentences that could be labelled next.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import lzma
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from osler.model.comparison import FigureGroup
from osler.synthesis.figure_table import Cited, figure_table
from osler.text.sentences import split_sentences

DATA = Path(__file__).parents[2] / "shared" / "data" / "scale" / "abstracts.jsonl.xz"
LABELS = Path(__file__).parents[1] / "tests" / "evaluation_sets" / "figure_rows.jsonl"
COMPARES = re.compile(
    r"\b(?:vs\.?|versus|compared (?:with|to)|than|respectively|ratio|HR|OR|RR|relative risk"
    r"|placebo|control)\b"
)
FIGURES = re.compile(
    r"\d+(?:\.\d+)? ?%|\b(?:HR|OR|RR|ratio|relative risk)\b.{0,60}\d\.\d|\b(?:mean|median)\b.{0,80}\d"
)
GROUPS = re.compile(
    r"\b(?:placebo|group|arm|versus|vs\.?|treated|receiving|therapy|compared)\b", re.IGNORECASE
)


class Sentence(NamedTuple):
    """A sentence with its place."""

    abstract: str
    start: int
    text: str

    @property
    def digest(self) -> str:
        """Digest by which sentences are put in an order that has nothing to do with what they say."""
        return hashlib.sha256(f"{self.abstract}:{self.start}".encode()).hexdigest()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("abstracts", type=Path, nargs="?", default=DATA)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    options = parser.parse_args()
    labels = (
        [json.loads(line) for line in LABELS.read_text("utf-8").splitlines()] if LABELS.exists() else []
    )
    began = time.perf_counter()
    sentences = {(one.abstract, one.start): one for one in comparative(options.abstracts)}
    read = {place: table_of(one.text) for place, one in sentences.items()}
    found = {place: groups for place, groups in read.items() if groups}
    rows = [row for groups in found.values() for group in groups for row in group.rows]
    armed = sum(row.arm is not None for row in rows)
    took = time.perf_counter() - began
    print(f"{len(sentences)} comparative sentences, {len(found)} read; {took:.0f} s")
    print(f"{len(rows)} rows, {armed} of them with an arm")
    print_precision([one for one in labels if one["of"] == "rows"], sentences, read, show=options.show)
    print_recall([one for one in labels if one["of"] == "sentence"], sentences, read, show=options.show)
    known = {(one["abstract"], one["start"]) for one in labels}
    fresh = [one for place, one in sentences.items() if place not in known]
    for one in sorted(fresh, key=lambda one: one.digest)[: options.sample]:
        print_sentence(one, read[one.abstract, one.start])


def comparative(path: Path) -> Iterator[Sentence]:
    """Yield the comparative sentences of the half that is kept for measuring."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record["abstract"] or ""
            half = int(hashlib.sha256(record["id"].encode()).hexdigest(), 16) % 2
            if not half or ("ratio" not in text and "%" not in text):
                continue
            for start, end in split_sentences(text):
                words = text[start:end]
                if COMPARES.search(words) and FIGURES.search(words) and GROUPS.search(words):
                    yield Sentence(record["id"], start, words)


def table_of(text: str) -> tuple[FigureGroup, ...]:
    """Return the figure table of one sentence."""
    return figure_table([Cited("st_0", "src_0", text)], {})


def lines_of(groups: tuple[FigureGroup, ...]) -> list[str]:
    """Return each row in one line, by which its label holds on to it."""
    return [
        " | ".join(
            str(part)
            for part in (
                group.metric,
                group.unit,
                group.time_point,
                group.population,
                group.comparator,
                row.arm,
                row.value,
                row.low,
                row.high,
                row.interval,
                row.n,
                row.of,
            )
        )
        for group in groups
        for row in group.rows
    ]


def fingerprint(line: str) -> str:
    """Return a short digest of a row: a changed reading is not counted under an old label."""
    return hashlib.sha256(line.encode()).hexdigest()[:10]


Read = dict[tuple[str, int], tuple[FigureGroup, ...]]
Sentences = dict[tuple[str, int], Sentence]


def print_precision(
    labels: list[dict[str, Any]], sentences: Sentences, read: Read, *, show: bool
) -> None:
    """Print how many rows were right when they were first read, and how many of those read now are."""
    first = [verdict for label in labels for verdict in label["rows"].values()]
    now: list[str] = []
    for label in labels:
        place = (label["abstract"], label["start"])
        verdicts = label["rows"] | label.get("since", {})
        for line in lines_of(read.get(place, ())):
            now.append(verdicts.get(fingerprint(line), "not labelled"))
            if show:
                print(f"{now[-1]}: {line}\n    {sentences[place].text}")
    for when, said in (("when first read", first), ("as read now", now)):
        judged = [verdict for verdict in said if verdict != "not labelled"]
        right = sum(verdict == "right" for verdict in judged)
        if judged:
            print(f"precision {when}: {right} of {len(judged)} rows right ({right / len(judged):.3f})"
                  f", {len(said) - len(judged)} not labelled")  # fmt: skip


def print_recall(labels: list[dict[str, Any]], sentences: Sentences, read: Read, *, show: bool) -> None:
    """Print how many of the figures that a reader would bind are in the table."""
    wanted = sum(label["wanted"] for label in labels)
    got = sum(
        min(label["wanted"], len(lines_of(read.get((label["abstract"], label["start"]), ()))))
        for label in labels
    )
    some = [label for label in labels if label["wanted"]]
    if some:
        print(f"recall: {got} of {wanted} figures that a reader binds to an arm or a comparison"
              f", in {len(some)} of {len(labels)} sentences drawn")  # fmt: skip
    for label in labels if show else ():
        place = (label["abstract"], label["start"])
        print(
            f"{label['wanted']} wanted, {len(lines_of(read.get(place, ())))} read:"
            f" {sentences[place].text}"
        )


def print_sentence(sentence: Sentence, groups: tuple[FigureGroup, ...]) -> None:
    """Print a sentence with its place and its rows."""
    print(f"\n{sentence.abstract} {sentence.start}: {sentence.text}")
    for line in lines_of(groups):
        print(f"    {fingerprint(line)} {line}")


if __name__ == "__main__":
    main()
