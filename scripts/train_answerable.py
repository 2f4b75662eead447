"""Learn whether the passages found can answer a question at all, and measure it.

    python scripts/convert_dev_data.py sets
    python scripts/train_answerable.py sets/bioasq sets/pubmedqa sets/scifact sets/as_typed --model M

Each question is asked twice: with its evidence there, and with all of it taken away (what that means
stands in ``removed_evidence.py``; ``judged only`` takes away no more than what the set judges relevant).
What ``answer/answerable.py`` sees of the passages tells the two apart by boosted trees of two questions
each (Friedman 2001, doi 10.1214/aos/1013203451). Sets, and both ways of asking, count the same. Figures
are five-fold, folds as in ``train_reranker.py``; "not learnt from" leaves the set itself out.

``--write`` learns from all folds but the last, which ``measure_abstention.py`` asks as whole questions,
and writes src/osler/answer/answerable_trees.json.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from removed_evidence import gone_with, without
from train_reranker import FOLDS, assign_folds, fill

from osler.answer.answerable import LIMIT, Answerable, Tree
from osler.answer.fit import QuestionWords
from osler.answer.sentences import Reading
from osler.evaluate.datasets import Beir, load_beir
from osler.retrieval.search import search
from osler.retrieval.trace import Trace
from osler.retrieval.understand import understand
from osler.service.search import filters_for
from osler.service.wiring import Desk, open_desk

POOL = 12
TREES, RATE, BINS, LEAST, SHRINK = 70, 0.15, 24, 0.01, 0.002
WAYS = ("there", "gone", "judged only")
BY_MEANING = ("near", "joint")
KEPT_OUT = FOLDS - 1
TREES_FILE = Path(__file__).parents[1] / "src" / "osler" / "answer" / "answerable_trees.json"
Floats = NDArray[np.float64]


@dataclass
class Asked:
    """One question asked one way; ``features`` is None where nothing was found."""

    query: str
    fold: int
    way: str
    features: dict[str, float] | None


def main() -> int:
    """Collect, learn, print; with ``--write`` store the trees."""
    arguments = read_arguments()
    sets = {folder.name: collect(folder, arguments) for folder in arguments.sets}
    names = next(each.features for one in sets.values() for each in one if each.features)
    written = {}
    for model in ("words", "meaning"):
        columns = [n for n in names if model == "meaning" or not n.startswith(BY_MEANING)]
        print(f"\n{model}\n\n| set | answered | gone | judged only gone | at 5% | not learnt from: ||||")
        print("|---|---|---|---|---|---|---|---|---|")
        together = odds_of_folds(sets, sets, columns)
        for name, one in sets.items():
            others = {other: each for other, each in sets.items() if other != name}
            own = shares(one, together[name])
            alone = shares(one, odds_of_folds({name: one}, others, columns)[name])
            print(f"| {name} |", " | ".join(f"{v:.3f}" for v in (*own, *alone)), "|", flush=True)
        if arguments.write:
            written[model] = learn(sets.values(), columns, [f for f in range(FOLDS) if f != KEPT_OUT])
    if arguments.write:
        rows = {
            model: [json.dumps(_rounded(tree)) for tree in trees] for model, trees in written.items()
        }
        parts = (f' "{model}": [\n  ' + ",\n  ".join(lines) + "\n ]" for model, lines in rows.items())
        TREES_FILE.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
        print(f"written: {TREES_FILE.name}")
    return 0


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", nargs="+", type=Path, help="BEIR folders")
    parser.add_argument("--model", required=True, help="model folder, archive or name")
    parser.add_argument("--work", type=Path, default=Path("work"), help="libraries are kept here")
    parser.add_argument("--most", type=int, default=300, help="questions of a set, at even distances")
    parser.add_argument("--write", action="store_true", help="write the trees")
    return parser.parse_args()


def collect(folder: Path, arguments: argparse.Namespace) -> list[Asked]:
    """Return what is seen for every question of ``folder`` in every way of asking."""
    kept = arguments.work / f"{folder.name}.answerable"
    if not kept.exists():
        dataset = load_beir(folder, split="test")
        environment, names = fill(folder, dataset, arguments)
        with open_desk(environment, holder="train") as desk:
            asked = list(ask_all(desk, folder, dataset, names, most=arguments.most))
        kept.write_bytes(pickle.dumps(asked))
    stored: list[Asked] = pickle.loads(kept.read_bytes())
    return stored


def ask_all(
    desk: Desk, folder: Path, dataset: Beir, names: dict[str, str], *, most: int
) -> Iterable[Asked]:
    """Yield every question in every way; ``names`` gives the document of each source."""
    sources = defaultdict(list)
    for source, document in names.items():
        sources[document].append(source)
    queries = list(dataset.queries)[:: -(-len(dataset.queries) // most)]
    gone = gone_with(folder, dataset, queries)
    folds = assign_folds({query: dict(dataset.relevance[query]) for query in dataset.queries})
    base = desk.evidence_base()
    for query in queries:
        question = understand(dataset.queries[query], desk.vocabulary)
        answerable = Answerable(question, QuestionWords(question, desk.vocabulary))
        for way, hidden in zip(WAYS, ((), gone[query], dataset.relevance[query]), strict=True):
            lacking = without(base, frozenset(s for document in hidden for s in sources[document]))
            found = search(
                question,
                index=lacking.index,
                shelf=lacking.store,
                filters=filters_for(desk, tier=None, since=None),
                top=POOL,
                trace=Trace(),
                meaning=lacking.meaning,
            )
            read = [Reading().candidates([entry]) for entry in found]
            seen = [answerable.see(sentences) for sentences in read if sentences]
            yield Asked(query, folds[query], way, answerable.features(seen) if seen else None)


def learn(sets: Iterable[Sequence[Asked]], columns: Sequence[str], folds: Sequence[int]) -> list[Tree]:
    """Return trees for the questions of ``folds``; sets count the same, and so do both ways."""
    rows, answers, shares = [], [], []
    for one in sets:
        for way in ("there", "gone"):
            used = [e.features for e in one if e.way == way and e.fold in folds and e.features]
            rows += [[features[name] for name in columns] for features in used]
            answers += [float(way == "there")] * len(used)
            shares += [1.0 / len(used)] * len(used)
    share = np.array(shares)
    return Boosted(np.array(rows), np.array(answers), share / share.sum(), columns).trees


class Boosted:
    """Trees of two questions each, every one fitted to what those before it left."""

    def __init__(self, rows: Floats, answers: Floats, share: Floats, columns: Sequence[str]) -> None:
        self._rows, self._share, self._columns = rows, share, columns
        cuts = np.linspace(0, 1, BINS + 1)[1:-1]
        self._edges = [np.unique(np.quantile(column, cuts)) for column in rows.T]
        self._bins = np.stack(
            [np.searchsorted(e, c) for e, c in zip(self._edges, rows.T, strict=True)], axis=1
        )
        self._odds = np.zeros(len(rows))
        self.trees: list[Tree] = []
        for _ in range(TREES):
            chance = 1 / (1 + np.exp(-self._odds))
            self._slope, self._curve = share * (answers - chance), share * chance * (1 - chance)
            self.trees.append(self._grow(np.arange(len(rows)), depth=2))

    def _grow(self, members: NDArray[np.intp], depth: int) -> Tree:
        split = self._split(members) if depth else None
        if split is None:
            slope, curve = self._slope[members].sum(), self._curve[members].sum()
            leaf = float(RATE * slope / (curve + SHRINK))
            self._odds[members] += leaf
            return leaf
        column, place = split
        low = self._bins[members, column] <= place
        limit = float(self._edges[column][place])
        return (
            self._columns[column],
            limit,
            self._grow(members[low], depth - 1),
            self._grow(members[~low], depth - 1),
        )

    def _split(self, members: NDArray[np.intp]) -> tuple[int, int] | None:
        """Return column and bin of the split that gains most, if one leaves enough on both sides."""
        slopes, curves, shares = self._slope[members], self._curve[members], self._share[members]
        best, found = 1e-9, None
        for column, edges in enumerate(self._edges):
            bins = self._bins[members, column]
            slope, curve, share = (
                np.cumsum(np.bincount(bins, values, len(edges) + 1))
                for values in (slopes, curves, shares)
            )
            gain = (
                slope[:-1] ** 2 / (curve[:-1] + SHRINK)
                + (slope[-1] - slope[:-1]) ** 2 / (curve[-1] - curve[:-1] + SHRINK)
                - slope[-1] ** 2 / (curve[-1] + SHRINK)
            )
            gain[(share[:-1] < LEAST) | (share[-1] - share[:-1] < LEAST)] = 0.0
            if gain.size and gain.max() > best:
                best, found = float(gain.max()), (column, int(gain.argmax()))
        return found


def odds_of(trees: Sequence[Tree], asked: Asked) -> float:
    """Return the logarithm of the odds that ``asked`` can be answered."""
    if asked.features is None:
        return -np.inf
    total = 0.0
    for tree in trees:
        while isinstance(tree, tuple):
            tree = tree[2] if asked.features[tree[0]] <= tree[1] else tree[3]
        total += tree
    return total


def odds_of_folds(
    asked: dict[str, list[Asked]], learnt_from: dict[str, list[Asked]], columns: Sequence[str]
) -> dict[str, list[float]]:
    """Return the odds of every question of ``asked``, by trees that have not seen its fold."""
    by_fold = [
        learn(learnt_from.values(), columns, [f for f in range(FOLDS) if f != fold])
        for fold in range(FOLDS)
    ]
    return {name: [odds_of(by_fold[e.fold], e) for e in one] for name, one in asked.items()}


def shares(asked: Sequence[Asked], odds: Sequence[float]) -> tuple[float, ...]:
    """Return the share answered in each way, and with the evidence there where 5% are with it gone."""
    by_way = {
        way: np.array([o for e, o in zip(asked, odds, strict=True) if e.way == way]) for way in WAYS
    }
    strict = np.quantile(by_way["gone"], 0.95, method="higher")
    return (
        *(float(np.mean(each > LIMIT)) for each in by_way.values()),
        float(np.mean(by_way["there"] > strict)),
    )


def _rounded(tree: Tree) -> float | list[object]:
    if isinstance(tree, tuple):
        return [tree[0], round(tree[1], 5), _rounded(tree[2]), _rounded(tree[3])]
    return round(tree, 4)


if __name__ == "__main__":
    raise SystemExit(main())
