"""Learn which sentence of the right source is what was asked for, from what readers said of them.

    python scripts/train_aim.py HOME            # ten-fold figures
    python scripts/train_aim.py HOME --write    # fit on all and write src/osler/answer/aim_weights.json

HOME is the library of ``measure_answers.py``, made where it is none yet.

Labels: tests/evaluation_sets/answer_labels.jsonl (printed statements) and line_labels.jsonl (printed
ones and such as could have been). Readers differ in strictness: each group of labels has a constant of
its own, and what is written is the constant of the strictest. Folds split by question.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from measure_answers import LABELS, LINES, build, environment, load_questions, read
from numpy.typing import NDArray

from osler.answer.aim import Aim
from osler.answer.fit import Fit, QuestionWords
from osler.answer.plans.free import FREE_POOL
from osler.answer.sentences import Reading
from osler.retrieval.search import search
from osler.retrieval.trace import Trace
from osler.retrieval.understand import understand
from osler.service.search import filters_for
from osler.service.wiring import Desk, open_desk

WEIGHTS = Path(__file__).parents[1] / "src" / "osler" / "answer" / "aim_weights.json"
FOLDS, STEPS, SHRINK = 10, 60, 8.0
SHARES = (0.3, 0.5, 0.7, 0.9, 1.0)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Label:
    """One sentence that a reader judged; ``reader`` names the group of labels."""

    question: str
    reader: str
    on: bool
    features: dict[str, float]


def main() -> int:
    """Collect, train, print; with ``--write`` store the weights."""
    arguments = read_arguments()
    build(arguments.home, arguments.data)
    labels = collect(arguments)
    names = list(labels[0].features)
    readers = sorted({label.reader for label in labels})[1:]
    features = np.array([list(label.features.values()) for label in labels])
    constants = np.array([[label.reader == name for name in readers] for label in labels], float)
    target = np.array([label.on for label in labels], float)
    everything = np.hstack([features, constants])
    odds = out_of_fold(everything, target, [label.question for label in labels])
    print("| reader | lines | what was asked | area under the curve | best 30%, 50%, 70%, 90%, all |")
    print("|---|---|---|---|---|")
    for reader in sorted({label.reader for label in labels}):
        mine = np.array([label.reader == reader for label in labels])
        print(_row(reader, target[mine], odds[mine]))
    for name in names[1:]:
        kept = [at for at in range(everything.shape[1]) if at != names.index(name)]
        less = out_of_fold(everything[:, kept], target, [label.question for label in labels])
        print(f"without {name}: {area(target, less) - area(target, odds):+.4f}")
    weights = fit(everything, target)
    own = dict(zip(names, weights[: len(names)].round(3).tolist(), strict=True))
    own[names[0]] = round(own[names[0]] + min(0.0, *weights[len(names) :].tolist()), 3)
    print(json.dumps(own))
    if arguments.write:
        WEIGHTS.write_text(json.dumps(own, indent=1) + "\n", encoding="utf-8")
        print(f"written: {WEIGHTS.name}")
    return 0


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    default = os.environ.get("OSLER_DEV_DATA") or Path(__file__).parents[2] / "shared" / "data"
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("home", type=Path, help="the library")
    parser.add_argument("--data", type=Path, default=Path(default))
    parser.add_argument("--write", action="store_true", help="write the weights")
    return parser.parse_args()


def collect(arguments: argparse.Namespace) -> list[Label]:
    """Return the labels whose sentences are still found, with their features."""
    said: dict[str, list[dict[str, Any]]] = {}
    for row in (*read(LABELS), *read(LINES)):
        said.setdefault(row["question"], []).append(row)
    labels: list[Label] = []
    with open_desk(environment(arguments.home), holder="train") as desk:
        for name, text in load_questions(arguments.data):
            if name in said:
                labels += read_labels(desk, name, text, said[name])
    print(f"{len(labels)} of {sum(map(len, said.values()))} labelled sentences are found")
    return labels


def read_labels(desk: Desk, name: str, text: str, rows: list[dict[str, Any]]) -> list[Label]:
    """Return the labels of one question."""
    question = understand(text, desk.vocabulary)
    found = search(
        question,
        index=desk.index,
        shelf=desk.store,
        filters=filters_for(desk, tier=None, since=None),
        top=FREE_POOL,
        trace=Trace(),
    )
    aim = Aim(question, Fit(question, QuestionWords(question, desk.vocabulary)))
    best = found[0].score if found else 0.0
    labels = []
    for candidate in Reading().candidates(found):
        for row in rows:
            passage, start, end = row["citations"][0]
            if passage == candidate.passage.id and start < candidate.end and candidate.start < end:
                features = aim.features(candidate, best=best)
                labels.append(Label(name, f"seed {row['seed']}", row["on_question"], features))
    return labels


def fit(features: Floats, target: Floats) -> Floats:
    """Return the weights of a logistic model by Newton's steps; all but the first are held small."""
    scale = features.std(axis=0)
    scale[scale == 0] = 1.0  # what is always the same: the constant
    scaled = features / scale
    held = np.full(scaled.shape[1], SHRINK)
    held[0] = 1e-6
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (target - chance) - held * weights
        bend = (scaled.T * (chance * (1 - chance))) @ scaled + np.diag(held)
        weights = weights + np.linalg.solve(bend, slope)
    return weights / scale


def out_of_fold(features: Floats, target: Floats, questions: list[str]) -> Floats:
    """Return the odds of each sentence by weights learnt without its question."""
    fold_of = {name: at % FOLDS for at, name in enumerate(sorted(set(questions)))}
    folds = np.array([fold_of[name] for name in questions])
    odds = np.zeros(len(target))
    for fold in range(FOLDS):
        rest, mine = folds != fold, folds == fold
        odds[mine] = features[mine] @ fit(features[rest], target[rest])
    return odds


def area(target: Floats, odds: Floats) -> float:
    """Return the area under the receiver operating characteristic curve."""
    right, wrong = odds[target == 1], odds[target == 0]
    above = (right[:, None] > wrong).mean() + (right[:, None] == wrong).mean() / 2
    return float(above)


def _row(reader: str, target: Floats, odds: Floats) -> str:
    ordered = target[np.argsort(-odds)]
    shares = ", ".join(f"{ordered[: max(1, int(share * len(ordered)))].mean():.3f}" for share in SHARES)
    return f"| {reader} | {len(target)} | {target.mean():.3f} | {area(target, odds):.3f} | {shares} |"


if __name__ == "__main__":
    raise SystemExit(main())
