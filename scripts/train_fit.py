"""Learn how likely a sentence answers a question at all, and measure when that should be doubted.

    python scripts/convert_dev_data.py sets
    python scripts/train_fit.py sets/bioasq sets/pubmedqa sets/scifact sets/as_typed --model FOLDER

Every set becomes a library. Each question is asked twice: with its evidence there, and with all
documents that are relevant to it left out of what the search finds. The sentences found are read
by the code that every free question runs; those of relevant documents answer, all others do not. A
logistic model is fitted in which sets, and questions within a set, count the same. Figures are
five-fold, folds as in ``train_reranker.py``; those "not learnt from" were fitted on the other sets.

Prints, for each set: how often the best sentence is likelier to answer than not with the evidence there,
how often it then comes from a relevant document, and how often some sentence is with the evidence gone
(in BioASQ other questions' snippets hold some of the evidence as well: not all of that is wrong).
``--write`` fits on everything and writes src/osler/answer/fit_weights.json.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from train_reranker import FOLDS, assign_folds, fill

from osler.answer.fit import Fit, QuestionWords
from osler.answer.sentences import Reading
from osler.answer.weigh import refuse_by_form
from osler.evaluate.datasets import Beir, load_beir
from osler.retrieval.search import search
from osler.retrieval.trace import Trace
from osler.retrieval.understand import understand
from osler.service.search import filters_for
from osler.service.wiring import Desk, open_desk

STEPS, RATE, SHRINK = 300, 0.05, 1e-3
POOL = 12
WEIGHTS = Path(__file__).parents[1] / "src" / "osler" / "answer" / "fit_weights.json"
Floats = NDArray[np.float64]


@dataclass
class Asked:
    """One question with or without its evidence: features of each sentence, and which of them answer."""

    query: str
    there: bool
    features: Floats
    answers: Floats


@dataclass
class Set:
    """One question set; ``names`` are the columns of the features."""

    name: str
    asked: dict[bool, list[Asked]]
    folds: dict[str, int]


def main() -> int:
    """Collect, train, print; with ``--write`` store the weights."""
    arguments = read_arguments()
    names: list[str] = []
    sets = [collect(folder, arguments, names) for folder in arguments.sets]
    written = {}
    for vectors in (False, True):
        columns = [name for name in names if vectors or name != "near"]
        print(f"\n{'with' if vectors else 'without'} vectors\n")
        print("| set | answered | of these by evidence | with the evidence gone | not learnt from: |||")
        print("|---|---|---|---|---|---|---|")
        for one in sets:
            own = five_fold(one, sets, columns, names, vectors=vectors)
            others = five_fold(one, [s for s in sets if s is not one], columns, names, vectors=vectors)
            print(
                f"| {one.name} |",
                " | ".join(f"{value:.3f}" for value in (*own, *others)),
                "|",
                flush=True,
            )
        everything = [one.asked[vectors] for one in sets]
        weights = fit(everything, [names.index(name) for name in columns])
        pairs = zip(columns, weights, strict=True)
        written["meaning" if vectors else "words"] = {name: round(float(w), 3) for name, w in pairs}
    if arguments.write:
        WEIGHTS.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
        print(f"written: {WEIGHTS.name}")
    return 0


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", nargs="+", type=Path, help="BEIR folders")
    parser.add_argument("--model", required=True, help="model folder, archive or name")
    parser.add_argument("--work", type=Path, default=Path("work"), help="libraries are kept here")
    parser.add_argument("--most", type=int, default=500, help="questions of a set, at even distances")
    parser.add_argument("--write", action="store_true", help="write the weights")
    return parser.parse_args()


def collect(folder: Path, arguments: argparse.Namespace, names: list[str]) -> Set:
    """Return the sentences of every question of ``folder``; ``names`` is filled with the features."""
    dataset = load_beir(folder, split="test")
    kept = arguments.work / f"{folder.name}.fit"
    if not kept.exists():
        environment, documents = fill(folder, dataset, arguments)
        with open_desk(environment, holder="train") as desk:
            asked = {
                way: list(ask_all(desk, dataset, documents, names, vectors=way, most=arguments.most))
                for way in (False, True)
            }
        kept.write_bytes(pickle.dumps((list(names), asked)))
    stored, asked = pickle.loads(kept.read_bytes())
    names[:] = stored
    return Set(
        folder.name, asked, assign_folds({q: dict(dataset.relevance[q]) for q in dataset.queries})
    )


def ask_all(
    desk: Desk, dataset: Beir, documents: dict[str, str], names: list[str], *, vectors: bool, most: int
) -> Iterable[Asked]:
    """Yield every question with its evidence and without."""
    queries = list(dataset.queries.items())
    for query, text in queries[:: -(-len(queries) // most)]:
        question = understand(text, desk.vocabulary)
        relevant = dataset.relevance[query]
        found = search(
            question,
            index=desk.index,
            shelf=desk.store,
            filters=filters_for(desk, tier=None, since=None),
            top=POOL + len(relevant),
            trace=Trace(),
            meaning=desk.meaning if vectors else None,
        )
        fit_of = Fit(question, QuestionWords(question, desk.vocabulary))
        reading = Reading()
        for there in (True, False):
            pool = [hit for hit in found if there or documents[hit.source.id] not in relevant][:POOL]
            best = pool[0].score if pool else 0.0
            rows, answers = [], []
            for candidate in reading.candidates(pool):
                if refuse_by_form(candidate):
                    continue
                features = fit_of.features(candidate, best=best)
                if len(features) > len(names):
                    names[:] = list(features)
                rows.append([features.get(name, 0.0) for name in names])
                answers.append(float(documents[candidate.source.id] in relevant))
            yield Asked(query, there, np.array(rows, np.float64), np.array(answers))


def fit(sets: Sequence[Sequence[Asked]], columns: list[int]) -> Floats:
    """Return the weights of a logistic model in which every set and every question counts the same."""
    rows, answers, shares = [], [], []
    for one in sets:
        filled = [each for each in one if len(each.answers)]
        for each in filled:
            rows.append(each.features[:, columns])
            answers.append(each.answers)
            shares.append(np.full(len(each.answers), 1 / (len(each.answers) * len(filled) * len(sets))))
    features, target, share = np.concatenate(rows), np.concatenate(answers), np.concatenate(shares)
    scale = features.std(axis=0)
    scale[scale == 0] = 1.0  # what is always the same: the constant
    features = features / scale
    weights = np.zeros(features.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        chance = 1 / (1 + np.exp(-features @ weights))
        slope = features.T @ (share * (chance - target)) + SHRINK * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights / scale


def five_fold(
    one: Set, learnt_from: list[Set], columns: list[str], names: list[str], *, vectors: bool
) -> tuple[float, float, float]:
    """Return the share answered, the share of these by evidence, and the share answered without it."""
    places = [names.index(name) for name in columns]
    answered: dict[bool, list[bool]] = {True: [], False: []}
    right: list[float] = []
    for fold in range(FOLDS):
        weights = fit(
            [[e for e in s.asked[vectors] if s.folds[e.query] != fold] for s in learnt_from], places
        )
        for each in one.asked[vectors]:
            if one.folds[each.query] != fold:
                continue
            odds = each.features[:, places] @ weights if len(each.answers) else np.array([-np.inf])
            answered[each.there].append(bool(odds.max() > 0))
            if each.there and odds.max() > 0:
                right.append(each.answers[int(odds.argmax())])
    return (
        float(np.mean(answered[True])),
        float(np.mean(right)) if right else 0.0,
        float(np.mean(answered[False])),
    )


if __name__ == "__main__":
    raise SystemExit(main())
