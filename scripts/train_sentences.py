"""Learn the weights of ``osler.retrieval.sentences`` and say what each group of features is worth.

Reads the sets that ``scripts/convert_sentence_sets.py`` writes. The model is the conditional logit
(McFadden 1974, "Conditional logit analysis of qualitative choice behavior"): the probability of a
sentence among those of its document is the softmax of a weighted sum of its features; the gold sentences
of a document share its probability mass. A set weighs as the square root of its rows, so that neither
the largest nor the smallest decides. The likelihood less a ridge is concave and is maximised by Newton's
method: no seed, no order of rows.

Figures are five-fold, folds drawn by the hash of the document, so that no document is in two folds.
Printed: both measures of every set, with the two baselines; the same, each set left out of the training;
with ``--prune``, what is lost without each group of features, with the p value of the paired
randomisation test: groups whose loss is not significant in either measure are taken out, the least
useful first. The weights of what remains, learnt from all rows, are written to OUT. A set that is named
unseen is only measured: by default PubMedQA, whose gold is the conclusion whatever it says, so that a
model could learn to point at the end.

    python scripts/train_sentences.py SETS [--rows N] [--features FILE] [--prune] [--out OUT]
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from osler.evaluate.datasets import load_gold_documents
from osler.evaluate.sentences import (
    DEPTH,
    by_shared_words,
    desk_of,
    find_quote,
    meets,
    open_documents,
    passages_of,
    recall,
)
from osler.retrieval.sentence_features import asked_terms, features_of, read_sentences
from osler.retrieval.understand import understand
from osler.text.sentences import split_sentences

FOLDS: Final = 5
RIDGE: Final = 1.0
STEPS: Final = 12
DRAWN: Final = 10_000
SEED: Final = 20_260_101
LEVEL: Final = 0.05
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "variants": ("concepts",),
    "kin": ("kin",),
    "title": ("not in title",),
    "move": ("finding", "recommendation", "definition", "background", "plan", "fragment"),
}
OUT: Final = Path(__file__).parents[1] / "src" / "osler" / "retrieval" / "sentence_weights.json"


@dataclass(frozen=True, slots=True)
class Task:
    """One document with its question: features of its sentences, and how right each would be."""

    set: str
    fold: int
    rows: np.ndarray
    gold: np.ndarray
    spans: list[tuple[int, int]]
    wanted: list[tuple[int, int]]
    peers: dict[str, tuple[float, float]]


def main() -> None:
    """Read, train, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", type=Path)
    parser.add_argument("--rows", type=int, default=600, help="of each set, at even distances")
    parser.add_argument("--features", type=Path, help="keep the features here, and read them from here")
    parser.add_argument("--unseen", nargs="*", default=["pubmedqa"], help="sets measured, not learnt")
    parser.add_argument("--without", nargs="*", default=[], help="groups of features to leave out")
    parser.add_argument("--prune", action="store_true", help="take out groups that gain nothing")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    if arguments.features and arguments.features.is_file():
        read = json.loads(arguments.features.read_text("utf-8"))
    else:
        read = read_features(arguments.sets, arguments.rows)
        if arguments.features:
            arguments.features.write_text(json.dumps(read), "utf-8")
    names = [name for group in GROUPS.values() for name in group]
    every = [task for row in read if (task := task_of(row, names)) is not None]
    tasks = [task for task in every if task.set not in arguments.unseen]
    unseen = [task for task in every if task.set in arguments.unseen]
    groups = {name: members for name, members in GROUPS.items() if name not in arguments.without}
    if arguments.prune:
        groups = prune(tasks, names, groups)
    kept = columns(names, groups)
    report(f"five-fold: {', '.join(groups)}", tasks, held_out(tasks, kept))
    report("each set left out of the training", tasks, sets_left_out(tasks, kept))
    learnt = fit(tasks, kept)
    if unseen:
        values = np.array([measured(task, learnt, kept) for task in unseen])
        report("sets that were not learnt from", unseen, values)
    weights = {names[c]: round(float(w), 4) for c, w in zip(kept, learnt, strict=True)}
    counts = {name: sum(task.set == name for task in tasks) for name in set_names(tasks)}
    written = {
        "model": "conditional logit",
        "script": "scripts/train_sentences.py",
        "documents": counts,
        "weights": weights,
    }
    arguments.out.write_text(json.dumps(written, indent=2) + "\n", "utf-8")
    print(json.dumps(weights, indent=1))


def read_features(folder: Path, most: int) -> list[dict[str, Any]]:
    """Return the features of every sentence of every document, as a library gives them."""
    documents, names = [], []
    for file in sorted(folder.glob("*.jsonl")):
        _, rows = load_gold_documents(file)
        size = min(most, len(rows))
        documents += [rows[place * len(rows) // size] for place in range(size)]
        names += [file.stem] * size
    read = []
    with open_documents(documents) as desk:
        index = desk.index
        for number, (name, document) in enumerate(zip(names, documents, strict=True), start=1):
            alone = desk_of(desk, number)
            alone.index = index
            question = understand(document.question, alone.vocabulary)
            asked = asked_terms(question, alone.vocabulary)
            spans, features = [], []
            for passage, title in passages_of(desk, number):
                sentences = read_sentences(passage, title)
                found = features_of(asked, sentences, title)
                for sentence, told in zip(sentences, found, strict=True):
                    span = find_quote(document.text, passage.text[sentence.start : sentence.end])
                    if span is not None:
                        spans.append(span)
                        features.append({key: round(value, 5) for key, value in told.items()})
            cut = split_sentences(document.text)
            rankings = {
                "first sentences": cut,
                "most shared words": by_shared_words(document.question, document.text, cut),
            }
            read.append(
                {
                    "set": name,
                    "document": document.document,
                    "spans": spans,
                    "wanted": [list(span) for span in document.spans],
                    "features": features,
                    "peers": {peer: measure(r, document.spans) for peer, r in rankings.items()},
                }
            )
    return read


def task_of(row: dict[str, Any], names: Sequence[str]) -> Task | None:
    """Return a row as numbers, or None where no sentence was read."""
    if not row["spans"]:
        return None
    table = np.array([[told.get(name, 0.0) for name in names] for told in row["features"]])
    wanted = [(start, end) for start, end in row["wanted"]]
    spans = [(start, end) for start, end in row["spans"]]
    gold = np.array([float(meets(span, wanted)) for span in spans])
    digest = hashlib.sha256(row["document"].encode()).digest()
    peers = {peer: (values[0], values[1]) for peer, values in row["peers"].items()}
    return Task(row["set"], digest[0] % FOLDS, table, gold, spans, wanted, peers)


def fit(tasks: Sequence[Task], kept: Sequence[int], start: np.ndarray | None = None) -> np.ndarray:
    """Return the weights of the columns ``kept`` that make the gold sentences of ``tasks`` likeliest.

    There is one maximum; ``start`` only shortens the way to it.
    """
    useful = [task for task in tasks if 0 < task.gold.sum() < len(task.gold)]
    counts = {name: sum(task.set == name for task in useful) for name in set_names(useful)}
    weight = np.array([counts[task.set] ** -0.5 for task in useful])
    weight *= len(useful) / weight.sum()
    sizes = np.array([len(task.gold) for task in useful])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    rows = np.concatenate([task.rows[:, kept] for task in useful])
    goal = np.concatenate([task.gold / task.gold.sum() for task in useful])
    each = np.repeat(weight, sizes)
    weights = np.zeros(len(kept)) if start is None else start.copy()
    for _ in range(STEPS):
        scores = rows @ weights
        scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
        likely = np.exp(scores)
        likely /= np.repeat(np.add.reduceat(likely, starts), sizes)
        slope = rows.T @ (each * (goal - likely)) - RIDGE * weights
        centre = np.add.reduceat(rows * likely[:, None], starts)
        curve = (rows * (each * likely)[:, None]).T @ rows - (centre * weight[:, None]).T @ centre
        step = np.linalg.solve(curve + RIDGE * np.eye(len(kept)), slope)
        weights += step
        if np.abs(step).max() < 1e-3:
            break
    return weights


def held_out(tasks: Sequence[Task], kept: Sequence[int]) -> np.ndarray:
    """Return precision@1 and recall@3 of every task under the weights learnt from the other folds."""
    values = np.zeros((len(tasks), 2))
    start = fit(tasks, kept)
    for fold in range(FOLDS):
        weights = fit([task for task in tasks if task.fold != fold], kept, start)
        for place, task in enumerate(tasks):
            if task.fold == fold:
                values[place] = measured(task, weights, kept)
    return values


def sets_left_out(tasks: Sequence[Task], kept: Sequence[int]) -> np.ndarray:
    """Return both measures of every task under the weights learnt from the other sets."""
    values = np.zeros((len(tasks), 2))
    for name in set_names(tasks):
        weights = fit([task for task in tasks if task.set != name], kept)
        for place, task in enumerate(tasks):
            if task.set == name:
                values[place] = measured(task, weights, kept)
    return values


def measured(task: Task, weights: np.ndarray, kept: Sequence[int]) -> tuple[float, float]:
    """Return precision@1 and recall@3 of one task."""
    order = np.argsort(-(task.rows[:, kept] @ weights), kind="stable")
    return measure([task.spans[place] for place in order[:DEPTH]], task.wanted)


def measure(
    ranking: Sequence[tuple[int, int]], wanted: Sequence[tuple[int, int]]
) -> tuple[float, float]:
    """Return precision@1 and recall@3 of one ranking."""
    first = float(any(meets(span, wanted) for span in ranking[:1]))
    return first, recall(ranking[:DEPTH], wanted)


def prune(
    tasks: Sequence[Task], names: Sequence[str], groups: dict[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Return ``groups`` without those that gain nothing that is not chance; print what each is worth.

    Of the groups that gain nothing the worse half goes first, since two that tell the same can each look
    useless beside the other.
    """
    while True:
        values = held_out(tasks, columns(names, groups))
        print("\nwithout          precision@1       p    recall@3       p")
        useless = []
        for group in groups:
            rest = {name: members for name, members in groups.items() if name != group}
            lost = values - held_out(tasks, columns(names, rest))
            tested = [(float(lost[:, m].mean()), chance(lost[:, m])) for m in (0, 1)]
            cells = [f"{-mean:+.4f}  {p:.4f}" for mean, p in tested]
            print(f"{group:<16} {cells[0]:>20} {cells[1]:>20}", flush=True)
            if not any(mean > 0 and p < LEVEL for mean, p in tested):
                useless.append((sum(mean for mean, _ in tested), group))
        if not useless:
            return groups
        worst = [group for _, group in sorted(useless)[: (len(useless) + 1) // 2]]
        print(f"taken out: {', '.join(worst)}")
        groups = {name: members for name, members in groups.items() if name not in worst}


def report(title: str, tasks: Sequence[Task], values: np.ndarray) -> None:
    """Print both measures of every set beside the baselines."""
    print(f"\n{title}")
    for name in set_names(tasks):
        chosen = [place for place, task in enumerate(tasks) if task.set == name]
        own = values[chosen]
        line = f"{name:<10} {len(chosen):>4}  {own[:, 0].mean():.3f} {own[:, 1].mean():.3f}"
        for peer in tasks[0].peers:
            other = np.array([tasks[place].peers[peer] for place in chosen])
            told = [
                f"{other[:, m].mean():.3f} (p {chance(own[:, m] - other[:, m]):.4f})" for m in (0, 1)
            ]
            line += f"  | {peer}: {told[0]} {told[1]}"
        print(line)


def chance(differences: np.ndarray) -> float:
    """Return the p value of the mean of ``differences``: the paired randomisation test, seeded.

    The test of ``osler.evaluate.significance`` with all sums drawn at once.
    """
    differing = differences[differences != 0]
    if not len(differing):
        return 1.0
    signs = np.random.default_rng(SEED).integers(0, 2, (DRAWN, len(differing)), dtype=np.int8) * 2 - 1
    sums = np.abs(signs.astype(np.float32) @ differing.astype(np.float32))
    extreme = int((sums >= abs(differing.sum()) - 1e-4).sum())
    return (extreme + 1) / (DRAWN + 1)


def columns(names: Sequence[str], groups: dict[str, tuple[str, ...]]) -> list[int]:
    """Return the places of the features of ``groups``."""
    members = {member for group in groups.values() for member in group}
    return [place for place, name in enumerate(names) if name in members]


def set_names(tasks: Iterable[Task]) -> list[str]:
    """Return the names of the sets, in order."""
    return sorted({task.set for task in tasks})


if __name__ == "__main__":
    main()
