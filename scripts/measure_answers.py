"""Ask some 3,600 questions, hold what is printed against the library, and draw statements to label.

    python scripts/measure_answers.py HOME                        # ask all and check; exits 1 on a fault
    python scripts/measure_answers.py HOME --as patient           # the same as patients read it
    python scripts/measure_answers.py HOME --sample 200 --seed 7  # a sheet of statements to label
    python scripts/measure_answers.py --labels                    # count the labels that are kept

Needs the developer data (OSLER_DEV_DATA, default ../shared/data). HOME is a folder that becomes a
library where it is none yet: 41,515 abstracts, the 500 abstracts of PubMedQA, and for BioASQ, of which
the data holds snippets, one document for each article with its snippets in their order.

Asked are the 1,497 questions of BioASQ, the 500 of PubMedQA, and the abstracts' own titles that are
questions, taken in the way in which PubMedQA was made: an article's title that ends with a question mark
is the question, the article is in the library. So that answered ones are enough, the 809 claims of
SciFact are asked as they stand. The four are counted apart; samples are drawn from the first three.

The checks are those of ``osler.evaluate.printed``, which shares no code with the judge. A sheet shows
each drawn statement in its answer. Every statement has the same chance: each question, in an order drawn
by the seed, is given a place from 1 to the most statements an answer may have, and the statement at that
place is taken where there is one. Labels are kept without any text of a source.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import os
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from osler.answer.select import MOST_STATEMENTS
from osler.evaluate.answers import ANSWERED, statements_of
from osler.evaluate.printed import Fault, check_printed, printed_statements
from osler.model.reader import Reader
from osler.service.add import add
from osler.service.ask import ask
from osler.service.wiring import Desk, open_desk
from osler.surfaces.cli.progress import open_progress

Row = dict[str, Any]
LABELS = Path(__file__).parents[1] / "tests" / "evaluation_sets" / "answer_labels.jsonl"
LINES = LABELS.with_name("line_labels.jsonl")
"""Sentences labelled for ``train_aim.py``."""
JUDGED = ("on_question", "standalone", "redundant")
PROCESSES = 2
PORTION = 20
SHOWN = 40


@dataclass
class Told:
    """What came of the questions of one set."""

    asked: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    statements: int = 0
    figures: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    def join(self, other: Told) -> None:
        """Add what another process found."""
        self.asked += other.asked
        self.statuses += other.statuses
        self.statements += other.statements
        self.figures += other.figures
        self.faults += other.faults


def main() -> int:
    """Measure, draw a sheet or count labels; return 1 when something was printed that must not be."""
    arguments = read_arguments()
    if arguments.labels:
        return count_labels(arguments.labels)
    questions = list(load_questions(arguments.data))
    build(arguments.home, arguments.data)
    if arguments.sample:
        draw(arguments.home, questions, arguments.sample, arguments.seed)
        return 0
    return measure(arguments.home, questions, Reader(arguments.reader))


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    default = os.environ.get("OSLER_DEV_DATA") or Path(__file__).parents[2] / "shared" / "data"
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("home", type=Path, nargs="?", help="the library; made where it is not there")
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--as", dest="reader", choices=[r.value for r in Reader], default="clinician")
    parser.add_argument("--sample", type=int, metavar="N", help="draw N statements to label")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--labels", type=Path, nargs="?", const=LABELS, help="count labels and stop")
    arguments = parser.parse_args()
    if not arguments.labels and not (arguments.home and (arguments.data / "dev").is_dir()):
        parser.error("needs HOME and the developer data (set OSLER_DEV_DATA)")
    return arguments


# --- the questions and the library ------------------------------------------------------------------


def load_questions(data: Path) -> Iterator[tuple[str, str]]:
    """Yield name and text of every question; the name's first part says of which set it is."""
    for row in read(data / "dev" / "bioasq_7b_9b.jsonl"):
        yield f"bioasq:{row['id']}", " ".join(row["body"].split())
    for row in read(data / "dev" / "pubmedqa.jsonl"):
        yield f"pubmedqa:{row['pmid']}", row["question"]
    asked = {row["pmid"] for row in read(data / "dev" / "pubmedqa.jsonl")}
    for row in read(data / "scale" / "abstracts.jsonl.xz"):
        title = " ".join((row["title"] or "").split())
        if title.endswith("?") and row.get("pmid") not in asked:
            yield f"title:{row.get('pmid') or row['id']}", title
    for row in read(data / "dev" / "scifact_claims.jsonl"):
        yield f"claim:{row['id']}", row["claim"]


def build(home: Path, data: Path) -> None:
    """Make the library in ``home``, where there is none."""
    with open_desk(environment(home), create=True, holder="measure") as desk:
        if desk.store.count_sources():
            return
        rows = home / "questions_sources.jsonl"
        abstracts = data / "scale" / "abstracts.jsonl.xz"
        known = {str(row["pmid"]) for row in read(abstracts) if row.get("pmid")}
        with rows.open("w", encoding="utf-8") as lines:
            for record in documents(data / "dev", known):
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
        with open_progress("library") as progress:
            report = add(desk, [str(abstracts), str(rows)], progress=progress)
        print(f"library: {report.added:,} sources, {desk.index.size:,} passages")


def documents(dev: Path, known: set[str]) -> Iterator[Row]:
    """Yield the abstracts of PubMedQA, and for BioASQ each article's snippets as one document."""
    for row in read(dev / "pubmedqa.jsonl"):
        yield {
            "pmid": row["pmid"],
            "title": row["question"],
            "contexts": [*row["contexts"], row["long_answer"]],
            "labels": [*row["labels"], "CONCLUSION"],
            "mesh": row["meshes"],
            "year": row["year"],
        }
        known.add(str(row["pmid"]))
    titles: dict[str, str] = {}
    snippets: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in read(dev / "bioasq_7b_9b.jsonl"):
        for snippet in row["snippets"]:
            pmid, text = snippet["document"].rpartition("/")[2], " ".join(snippet["text"].split())
            if snippet["beginSection"] == "title":
                titles[pmid] = max(titles.get(pmid, ""), text, key=len)
            else:
                snippets[pmid].setdefault(text, snippet["offsetInBeginSection"])
    for pmid, found in snippets.items():
        if pmid not in known:
            whole = [t for t in found if not any(t != other and t in other for other in found)]
            ordered = sorted(whole, key=lambda text: (found[text], text))
            yield {"pmid": pmid, "title": titles.get(pmid), "contexts": ordered}


def environment(home: Path) -> dict[str, str]:
    """Return the settings: this library and nothing else."""
    return {"OSLER_HOME": str(home), "OSLER_OFFLINE": "1"}


# --- all of them, checked ---------------------------------------------------------------------------


def measure(home: Path, questions: list[tuple[str, str]], reader: Reader) -> int:
    """Ask every question, print the counts and return 1 when there is a fault."""
    portions = [questions[at : at + PORTION] for at in range(0, len(questions), PORTION)]
    told: defaultdict[str, Told] = defaultdict(Told)
    done = 0
    with (
        open_progress("questions") as progress,
        ProcessPoolExecutor(PROCESSES, initializer=_open, initargs=(home, reader)) as pool,
    ):
        for found in pool.map(_ask_portion, portions):
            for name, part in found.items():
                told[name].join(part)
                done += part.asked
            if progress is not None:
                progress(done, len(questions), "questions")
    print(f"\nread as: {reader.value}\n")
    print("| set | asked | answered | abstained | other | statements | faults |")
    print("|---|---|---|---|---|---|---|")
    everything = Told()
    for name, part in told.items():
        everything.join(part)
        print(_row(name, part))
    print(_row("all", everything))
    listed = ", ".join(f"{where} {count:,}" for where, count in sorted(everything.figures.items()))
    print(f"\nprinted figures: {listed}")
    kinds = Counter(fault.kind for _, fault in everything.faults)
    for kind, count in kinds.most_common():
        print(f"fault: {kind} {count}")
    for question, fault in everything.faults[:SHOWN]:
        print(f"  {question}: {fault.kind}, {fault.statement}: {fault.detail}")
    return 1 if everything.faults else 0


def _row(name: str, told: Told) -> str:
    answered = sum(told.statuses[status] for status in ANSWERED)
    other = told.asked - answered - told.statuses["abstained"]
    cells = (told.asked, answered, told.statuses["abstained"], other, told.statements, len(told.faults))
    return f"| {name} | {' | '.join(f'{cell:,}' for cell in cells)} |"


_opened: list[tuple[AbstractContextManager[Desk], Desk, Reader]] = []
"""The library of this process, open for as long as the process lives."""


def _open(home: Path, reader: Reader) -> None:
    held = open_desk(environment(home), holder="measure")
    _opened.append((held, held.__enter__(), reader))


def _ask_portion(portion: list[tuple[str, str]]) -> dict[str, Told]:
    told: defaultdict[str, Told] = defaultdict(Told)
    _, desk, reader = _opened[0]
    for question, text in portion:
        answer = ask(desk, text, reader=reader).document["answer"]
        cited = [c["passage"] for s in printed_statements(answer) for c in s["citations"]]
        passages = {passage.id: passage for passage in desk.store.passages(dict.fromkeys(cited))}
        sources = desk.store.sources({reference["source"] for reference in answer["references"]})
        checked = check_printed(answer, passages, sources)
        one = told[question.partition(":")[0]]
        one.asked += 1
        one.statuses[answer["status"]] += 1
        one.statements += checked.statements
        one.figures += checked.figures
        one.faults += [(question, fault) for fault in checked.faults]
    return dict(told)


# --- statements drawn and labelled ------------------------------------------------------------------


def draw(home: Path, questions: list[tuple[str, str]], size: int, seed: int) -> None:
    """Print ``size`` statements, each in its answer; every printed statement has the same chance.

    Questions with a label already are passed over: something may have been learnt from them.
    """
    chance = random.Random(seed)
    known = {row["question"] for file in (LABELS, LINES) for row in read(file)}
    fresh = (entry for entry in questions if entry[0] not in known)
    ordered = sorted(entry for entry in fresh if not entry[0].startswith("claim:"))
    chance.shuffle(ordered)
    drawn = 0
    with open_desk(environment(home), holder="measure") as desk:
        for question, text in ordered:
            place = chance.randrange(MOST_STATEMENTS)
            answer = ask(desk, text).document["answer"]
            statements = list(statements_of(answer))
            if place >= len(statements):
                continue
            drawn += 1
            print(f"\n## {drawn} {question}\n{text}")
            for number, statement in enumerate(statements):
                mark = ">>>" if number == place else "   "
                print(f"{mark} {statement['lead']} {statement['text']}")
            print(json.dumps(_label(question, statements[place], seed)))
            if drawn == size:
                return


def _label(question: str, statement: Row, seed: int) -> Row:
    """Return the line to complete: where the statement stands, and no word of it."""
    spans = [[c["passage"], c["start"], c["end"]] for c in statement["citations"]]
    row: Row = {"seed": seed, "question": question, "statement": statement["id"], "citations": spans}
    return row | dict.fromkeys(JUDGED) | {"reason": ""}


def count_labels(file: Path) -> int:
    """Print for each seed the share of each label with its 95% interval, in all and for each set."""
    rounds: defaultdict[int, list[Row]] = defaultdict(list)
    for row in read(file):
        rounds[row["seed"]].append(row)
    print("| seed | set | statements | on question | standalone | redundant |")
    print("|---|---|---|---|---|---|")
    for seed, rows in rounds.items():
        sets = sorted({row["question"].partition(":")[0] for row in rows})
        for name in ("all", *sets):
            some = [r for r in rows if name in ("all", r["question"].partition(":")[0])]
            cells = (_share(sum(r[judged] for r in some), len(some)) for judged in JUDGED)
            print(f"| {seed} | {name} | {len(some)} | {' | '.join(cells)} |")
    return 0


def _share(count: int, total: int) -> str:
    """Return a share with its 95% interval (E. B. Wilson, J Am Stat Assoc 1927; 22: 209-212)."""
    z, share = 1.96, count / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return f"{share:.1%} ({max(middle - half, 0):.1%} to {min(middle + half, 1):.1%})"


def read(file: Path) -> Iterator[Row]:
    """Yield the rows of a file of JSON lines, packed by xz or not."""
    data = file.read_bytes()
    lines = (lzma.decompress(data) if file.suffix == ".xz" else data).splitlines()
    yield from map(json.loads, lines)


if __name__ == "__main__":
    sys.exit(main())
