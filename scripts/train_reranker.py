"""Learn the weights of the reranker on question sets, and measure what each feature is worth.

    python scripts/convert_dev_data.py sets
    python scripts/train_reranker.py sets/scifact sets/bioasq sets/as_typed --model FOLDER --write

Every set becomes a library, its candidates are read by the code that every search runs, and weights are
fitted by a softmax over the candidates of each question (ListNet, Cao and others, ICML 2007), sets
weighing the same. Figures are five-fold: a question belongs to the fold of its relevant documents, no
relevant document is in two folds, and while one fold is scored no document of it was seen in training.
Prints a row for each set of features, with the p value of the paired randomisation test against all
features. With vectors there are weights for each manner in which a question is put; the row "in one"
shows what they are worth. ``--write`` fits on everything and writes src/osler/retrieval/weights.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import pickle
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from osler.evaluate.baseline import PlainBM25, whole_text
from osler.evaluate.datasets import Beir, iter_objects, load_beir
from osler.evaluate.retrieval import stage
from osler.evaluate.significance import randomisation_test
from osler.retrieval.candidates import gather, question_features
from osler.retrieval.features import Feature
from osler.retrieval.manner import Manner, manner_of
from osler.retrieval.understand import understand
from osler.service import models
from osler.service.add import add
from osler.service.search import filters_for
from osler.service.wiring import Desk, open_desk

FOLDS = 5
STEPS, RATE, SHRINK = 400, 0.05, 1e-3
READ = 50
MOST = 100  # documents of a ranking by plain BM25
WEIGHTS = Path(__file__).parents[1] / "src" / "osler" / "retrieval" / "weights.json"
ROWS: dict[str, tuple[Feature, ...]] = {
    "words": (Feature.WORDS,),
    "fused": (Feature.WORDS, Feature.MEANING),
    "read": (Feature.WORDS, Feature.NAMED, Feature.TITLE),
    "both": (Feature.WORDS, Feature.MEANING, Feature.COVERAGE, Feature.NAMED),
}
IN_ONE = "both in one"
FEWEST = 30  # questions of one manner that a set must have to be learnt from
Floats = NDArray[np.float64]


@dataclass
class Listed:
    """The candidates of one question: documents in order of the first stage, and their features."""

    query: str
    manner: Manner
    documents: list[str]
    features: Floats


@dataclass
class Set:
    """One question set, ready for training."""

    name: str
    relevance: dict[str, dict[str, int]]
    lists: dict[bool, list[Listed]]
    folds: dict[str, int]


def main() -> int:
    """Collect, train, print; with ``--write`` store the weights."""
    arguments = read_arguments()
    sets = [collect(folder, arguments) for folder in arguments.sets]
    for folder, one in zip(arguments.sets, sets, strict=True):
        plain_bm25(folder, one)
    for vectors, whole in ((False, "read"), (True, "both")):
        features = list(ROWS[whole])
        rows = {whole: features}
        rows |= {"words" if not vectors else "fused": list(ROWS["fused" if vectors else "words"])}
        for feature in features:
            rows[f"{whole} without {feature.value}"] = [f for f in features if f is not feature]
        if vectors:
            rows[IN_ONE] = features
            # Each stands in for the other: what the two are worth shows only where both are gone.
            alike = (Feature.COVERAGE, Feature.NAMED)
            rows[f"{whole} without either"] = [f for f in features if f not in alike]
        for extra in Feature:
            if extra not in features and (vectors or extra is not Feature.MEANING):
                rows[f"{whole} with {extra.value}"] = [*features, extra]
        table(sets, rows, whole, vectors=vectors)
    if arguments.write:
        weights = {
            name: fitted(sets, ROWS[name], vectors=name == "fused")
            for name in ("words", "fused", "read")
        }
        for manner in Manner:
            weights[manner.value] = fitted(sets, ROWS["both"], vectors=True, manners=(manner,))
        WEIGHTS.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
        print(f"written: {WEIGHTS.name}")
    return 0


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", nargs="+", type=Path, help="BEIR folders")
    parser.add_argument("--model", required=True, help="model folder, archive or name")
    parser.add_argument("--work", type=Path, default=Path("work"), help="libraries are kept here")
    parser.add_argument("--write", action="store_true", help="write the weights")
    return parser.parse_args()


def collect(folder: Path, arguments: argparse.Namespace) -> Set:
    """Return the candidates of every question of ``folder``, with and without vectors."""
    dataset = load_beir(folder, split="test")
    kept = arguments.work / f"{folder.name}.lists"
    if not kept.exists():
        environment, names = fill(folder, dataset, arguments)
        with open_desk(environment, holder="train") as desk:
            lists = {way: list_all(desk, dataset, names, vectors=way) for way in (False, True)}
        kept.write_bytes(pickle.dumps(lists))
    lists = pickle.loads(kept.read_bytes())
    relevance = {query: dict(dataset.relevance[query]) for query in dataset.queries}
    return Set(folder.name, relevance, lists, assign_folds(relevance))


def fill(
    folder: Path, dataset: Beir, arguments: argparse.Namespace
) -> tuple[dict[str, str], dict[str, str]]:
    """Make the library of a set where it is not there; return its settings and its documents' names."""
    home = arguments.work / folder.name
    environment = {"OSLER_HOME": str(home), "OSLER_OFFLINE": "1"}
    home.mkdir(parents=True, exist_ok=True)
    names = stage(dataset, home / "corpus.jsonl")
    if not (home / "osler.db").exists():
        with open_desk(environment, create=True, holder="train") as desk:
            add(desk, [str(home / "corpus.jsonl")])
        models.fetch_model(arguments.model, environment)
    with open_desk(environment, holder="train") as desk:
        models.embed(desk)
    return environment, names


def list_all(desk: Desk, dataset: Beir, names: dict[str, str], *, vectors: bool) -> list[Listed]:
    """Return the first candidates of every question with their features, as every search sees them."""
    found = []
    for query, text in dataset.queries.items():
        question = understand(text, desk.vocabulary)
        candidates = gather(
            question,
            index=desk.index,
            meaning=desk.meaning if vectors else None,
            filters=filters_for(desk, tier=None, since=None),
        )
        first = candidates.first(READ)
        passages = {p.id: p for p in desk.store.passages([c.passage for c in first])}
        sources = desk.store.sources([c.source for c in first])
        asked = question_features(question, desk.index)
        rows = []
        for candidate in first:
            features = candidate.features | asked.read(
                sources[candidate.source].title or "", passages[candidate.passage].text
            )
            rows.append([features.get(name, 0.0) for name in Feature])
        table = np.array(rows, np.float64).reshape(-1, len(Feature))
        found.append(Listed(query, manner_of(question), [names[c.source] for c in first], table))
    return found


def plain_bm25(folder: Path, one: Set) -> None:
    """Print what plain BM25 finds: every word as it stands, and stemmed without the small words."""
    dataset = load_beir(folder, split="test")
    texts = [whole_text(fields) for _, fields in iter_objects(dataset.corpus)]
    for bare in (True, False):
        index = PlainBM25(texts, bare=bare)
        values = []
        for query, text in dataset.queries.items():
            documents = [dataset.documents[place] for place in index.search(text, top=MOST)]
            each = Listed(query, Manner.ASKED, documents, np.zeros((len(documents), 0)))
            # The order stays: they are as good as BM25 has them.
            values.append(measure(each, -np.arange(len(documents), dtype=float), one.relevance[query]))
        ndcg, precision, in_ten = np.array(values).T
        print(
            f"{one.name}, plain BM25{'' if bare else ', stemmed'}: nDCG@10 {ndcg.mean():.4f},"
            f" MAP {precision.mean():.4f}, {int(in_ten.sum())} of {len(values)} in the first ten",
            flush=True,
        )


def assign_folds(relevance: dict[str, dict[str, int]]) -> dict[str, int]:
    """Return a fold for every query such that no relevant document is in two folds."""
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        parents.setdefault(name, name)
        while parents[name] != name:
            parents[name] = parents[parents[name]]
            name = parents[name]
        return name

    for query, documents in relevance.items():
        for document in documents:
            parents[root(f"d {document}")] = root(f"q {query}")
    groups: dict[str, list[str]] = defaultdict(list)
    for query in relevance:
        groups[root(f"q {query}")].append(query)
    sizes, folds = [0] * FOLDS, {}
    for group in sorted(
        groups.values(), key=lambda g: (-len(g), hashlib.sha256(g[0].encode()).digest())
    ):
        fold = sizes.index(min(sizes))
        sizes[fold] += len(group)
        folds |= dict.fromkeys(group, fold)
    return folds


def fit(lists: list[list[tuple[Floats, Floats]]]) -> Floats:
    """Return the weights that make relevant candidates likeliest; every set of lists weighs the same."""
    everything = np.concatenate([features for one in lists for features, _ in one])
    scale = everything.std(axis=0) + 1e-9
    longest = max(len(gains) for one in lists for _, gains in one)
    count = sum(map(len, lists))
    features = np.zeros((count, longest, everything.shape[1]))
    target = np.zeros((count, longest))
    mask = np.full((count, longest), -1e9)
    share = np.zeros(count)
    place = 0
    for one in lists:
        for values, gains in one:
            features[place, : len(gains)] = values / scale
            target[place, : len(gains)] = gains / gains.sum()
            mask[place, : len(gains)] = 0
            share[place] = 1 / (len(one) * len(lists))
            place += 1
    weights = np.zeros(everything.shape[1])
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = features @ weights + mask
        chance = np.exp(scores - scores.max(axis=1, keepdims=True))
        chance /= chance.sum(axis=1, keepdims=True)
        slope = np.einsum("q,ql,qln->n", share, chance - target, features) + SHRINK * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights / scale


def training_lists(
    one: Set,
    features: list[Feature],
    *,
    vectors: bool,
    leave_out: int | None,
    manners: tuple[Manner, ...] = tuple(Manner),
) -> list[tuple[Floats, Floats]]:
    """Return features and gains of the questions outside the fold ``leave_out``, less its documents."""
    columns = [list(Feature).index(feature) for feature in features]
    fold_of = {d: one.folds[q] for q, documents in one.relevance.items() for d in documents}
    found = []
    for each in one.lists[vectors]:
        if each.manner not in manners or (leave_out is not None and one.folds[each.query] == leave_out):
            continue
        keep = [
            n for n, d in enumerate(each.documents) if leave_out is None or fold_of.get(d) != leave_out
        ]
        gains = np.array([float(one.relevance[each.query].get(each.documents[n], 0)) for n in keep])
        if gains.sum() > 0:
            found.append((each.features[keep][:, columns], gains))
    return found


def learn(
    sets: list[Set],
    features: list[Feature],
    *,
    vectors: bool,
    leave_out: int | None,
    manners: tuple[Manner, ...] = tuple(Manner),
) -> Floats:
    """Return weights fitted on the questions put in one of ``manners``, a fold left out."""
    lists = [
        training_lists(one, features, vectors=vectors, leave_out=leave_out, manners=manners)
        for one in sets
    ]
    return fit([one for one in lists if len(one) >= FEWEST])


def fitted(
    sets: list[Set],
    features: tuple[Feature, ...],
    *,
    vectors: bool,
    manners: tuple[Manner, ...] = tuple(Manner),
) -> dict[str, float]:
    """Return weights fitted on everything, by name."""
    chosen = list(features)
    weights = learn(sets, chosen, vectors=vectors, leave_out=None, manners=manners)
    return {name.value: round(float(value), 3) for name, value in zip(chosen, weights, strict=True)}


def five_fold(
    sets: list[Set], features: list[Feature], *, vectors: bool, by_manner: bool
) -> dict[str, dict[str, Floats]]:
    """Return what ``measure`` says of every question, by weights that saw none of its fold."""
    columns = [list(Feature).index(feature) for feature in features]
    values: dict[str, dict[str, Floats]] = {one.name: {} for one in sets}
    for fold in range(FOLDS):
        groups = [(manner,) for manner in Manner] if by_manner else [tuple(Manner)]
        weights: dict[Manner, Floats] = {}
        for group in groups:
            learnt = learn(sets, features, vectors=vectors, leave_out=fold, manners=group)
            weights |= dict.fromkeys(group, learnt)
        for one in sets:
            for each in one.lists[vectors]:
                if one.folds[each.query] == fold:
                    scores = each.features[:, columns] @ weights[each.manner]
                    values[one.name][each.query] = measure(each, scores, one.relevance[each.query])
    return values


def measure(each: Listed, scores: Floats, relevance: dict[str, int]) -> Floats:
    """Return nDCG@10, average precision and whether the first ten hold a relevant document.

    Of the candidates that were read, in order of ``scores``.
    """
    order = np.argsort(-scores, kind="stable")
    ranked = list(dict.fromkeys(each.documents[n] for n in order))
    gain = sum(relevance.get(d, 0) / math.log2(r + 1) for r, d in enumerate(ranked[:10], 1))
    ideal = sum(g / math.log2(r + 1) for r, g in enumerate(sorted(relevance.values())[::-1][:10], 1))
    hits = precision = 0.0
    for rank, document in enumerate(ranked, 1):
        if relevance.get(document, 0) > 0:
            hits += 1
            precision += hits / rank
    in_ten = any(relevance.get(d, 0) > 0 for d in ranked[:10])
    return np.array([gain / ideal, precision / len(relevance), float(in_ten)])


def table(sets: list[Set], rows: dict[str, list[Feature]], whole: str, *, vectors: bool) -> None:
    """Print a row for each set of features, in Markdown."""
    results = {
        name: five_fold(
            sets, features, vectors=vectors, by_manner=name.startswith("both") and name != IN_ONE
        )
        for name, features in rows.items()
    }
    print(
        f"\n| {'with' if vectors else 'without'} vectors |",
        " | ".join(f"{one.name} nDCG@10 | p | MAP | p" for one in sets),
        "|",
    )
    print("|---" * (1 + 4 * len(sets)), "|", sep="")
    for name, values in results.items():
        cells = []
        for one in sets:
            queries = list(one.relevance)
            mine = np.array([values[one.name][q] for q in queries])
            full = np.array([results[whole][one.name][q] for q in queries])
            for column in (0, 1):
                gains = list(mine[:, column] - full[:, column])
                chance = "" if name == whole else f"{randomisation_test(gains):.3f}"
                cells += [f"{mine[:, column].mean():.4f}", chance]
        print(f"| {name} |", " | ".join(cells), "|", flush=True)
    for one in sets:
        found = sum(int(value[2]) for value in results[whole][one.name].values())
        print(f"{one.name}: {found} of {len(one.relevance)} hold a relevant document in the first ten")


if __name__ == "__main__":
    raise SystemExit(main())
