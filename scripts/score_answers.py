"""Ask a set of questions of the library that suits it, built anew in a temporary home, and measure.

    python scripts/score_answers.py pubmedqa|bioasq|kqa [--most N] [-o FOLDER] [--read N]

``pubmedqa`` and ``bioasq`` are asked of the abstracts of PubMedQA and the articles of BioASQ together,
``kqa`` of the library for patients (``convert_patient_library.py``). Everything goes through the code
that ``osler add`` and ``osler eval answers`` run. ``--read N`` prints N of the questions with their
nuggets and what was printed, for reading by hand; ``--home`` keeps the library and uses it again.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from convert_dev_data import convert_answers, convert_kqa, convert_pubmedqa
from convert_patient_library import write_library

from osler.evaluate.answers import evaluate_answers, statements_of, states
from osler.evaluate.datasets import load_nuggets
from osler.evaluate.report import save_run
from osler.service.add import add
from osler.service.ask import ask
from osler.service.wiring import Desk, open_desk

QUESTIONS = {"pubmedqa": "pubmedqa.jsonl", "bioasq": "bioasq_answers.jsonl", "kqa": "kqa.jsonl"}


def main() -> int:
    """Build, ask, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("set", choices=QUESTIONS)
    parser.add_argument("-o", "--output", type=Path, help="write run.json and a page here")
    parser.add_argument("--home", type=Path, help="keep the library here")
    parser.add_argument("--read", type=int, default=0, help="print so many questions for reading")
    parser.add_argument("--most", type=int, help="ask so many of the questions, at even distances")
    parser.add_argument("--data", type=Path, default=developer_data())
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="osler-measure-") as scratch:
        sets, home = Path(scratch) / "sets", arguments.home or Path(scratch) / "home"
        libraries = convert(arguments.set, arguments.data, sets)
        environment = {"OSLER_HOME": str(home), "OSLER_OFFLINE": "1"}
        with open_desk(environment, create=True, holder="measure") as desk:
            if not desk.store.count_sources():
                report = add(desk, [str(file) for file in libraries])
                print(f"library: {report.added} added, {len(report.failures)} refused")
            file = sets / QUESTIONS[arguments.set]
            if arguments.most:
                thin(file, arguments.most)
            if arguments.read:
                show(desk, file, most=arguments.read)
                return 0
            run = evaluate_answers(desk, file)
    if arguments.output is not None:
        save_run(run, arguments.output)
    for name, value in run.summary.items():
        print(f"{name:<32} {value:.3f}" if isinstance(value, float) else f"{name:<32} {value}")
    print(f"took {run.seconds:.0f} s to ask", file=sys.stderr)
    return 0


def developer_data() -> Path:
    """Return the folder of the developer data."""
    return Path(os.environ.get("OSLER_DEV_DATA") or Path(__file__).parents[2] / "shared" / "data")


def convert(name: str, data: Path, sets: Path) -> list[Path]:
    """Write the questions and the libraries of a set below ``sets``; return the libraries."""
    sets.mkdir(parents=True)
    if name == "kqa":
        convert_kqa(data / "dev", sets / "kqa.jsonl")
        write_library(data, sets / "patients_library.jsonl")
        return [sets / "patients_library.jsonl"]
    convert_pubmedqa(data / "dev", sets / "pubmedqa.jsonl", sets / "pubmedqa_library.jsonl")
    convert_answers(data, sets / "bioasq_answers.jsonl", sets / "bioasq_library.jsonl")
    return [sets / "pubmedqa_library.jsonl", sets / "bioasq_library.jsonl"]


def thin(file: Path, most: int) -> None:
    """Keep ``most`` lines of ``file``, at even distances."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [lines[place * len(lines) // most] for place in range(min(most, len(lines)))]
    file.write_text("".join(kept), "utf-8")


def show(desk: Desk, file: Path, *, most: int) -> None:
    """Print questions at even distances with their nuggets (+ stated, - not) and what was printed."""
    questions = load_nuggets(file)[1]
    for place in range(min(most, len(questions))):
        entry = questions[place * len(questions) // most]
        answer = ask(desk, entry.question).document["answer"]
        statements = list(statements_of(answer))
        texts = [f"{statement['lead']} {statement['text']}" for statement in statements]
        print(f"\n=== {entry.question}  [{answer['status']}, {answer['stance']}]")
        for nugget in entry.nuggets:
            mark = "+" if states(nugget.text, texts, threshold=0.6) else "-"
            print(f"  {mark}{'!' if nugget.must else ' '} {nugget.text}")
        for text in texts:
            print(f"    · {text}")


if __name__ == "__main__":
    raise SystemExit(main())
