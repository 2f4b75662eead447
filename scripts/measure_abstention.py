"""Ask whole questions with their evidence there and with it taken away, and count what is answered.

    python scripts/convert_dev_data.py sets
    python scripts/measure_abstention.py sets/bioasq sets/pubmedqa sets/scifact sets/as_typed --model M

Every question runs through all that ``osler ask`` runs, questions about a named drug or condition
included, over the library of its set. What is taken away stands in ``removed_evidence.py``; ``judged
only`` takes away no more than what the set judges relevant. Counted as answered is an answer that prints
a statement; a question asked back, as one too vague, is answered in neither way.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from removed_evidence import gone_with, without
from train_reranker import fill

from osler.answer.compose import answer_question
from osler.evaluate.datasets import load_beir
from osler.model.reader import Reader
from osler.retrieval.clauses import is_anchored
from osler.retrieval.trace import Trace
from osler.retrieval.understand import understand
from osler.service.search import filters_for
from osler.service.wiring import open_desk

WAYS = ("there", "gone", "judged only")


def main() -> int:
    """Ask and print."""
    arguments = read_arguments()
    print("| set | questions | answered | by evidence | evidence gone | judged only gone |")
    print("|---|---|---|---|---|---|")
    for folder in arguments.sets:
        for kind, (asked, counts) in measure(folder, arguments).items():
            there, gone, judged = (counts[way] / asked for way in WAYS)
            by = counts["by evidence"] / max(1, counts["there"])
            name = f"{folder.name}, {kind}"
            print(
                f"| {name} | {asked} | {there:.3f} | {by:.3f} | {gone:.3f} | {judged:.3f} |", flush=True
            )
    return 0


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sets", nargs="+", type=Path, help="BEIR folders")
    parser.add_argument("--model", required=True, help="model folder, archive or name")
    parser.add_argument("--work", type=Path, default=Path("work"), help="libraries are kept here")
    parser.add_argument("--most", type=int, default=100, help="questions of a set, at even distances")
    parser.add_argument("--words", action="store_true", help="do without vectors")
    return parser.parse_args()


def measure(folder: Path, arguments: argparse.Namespace) -> dict[str, tuple[int, Counter[str]]]:
    """Return how many questions were asked and answered in each way: all, and by kind of plan."""
    dataset = load_beir(folder, split="test")
    environment, names = fill(folder, dataset, arguments)
    sources = defaultdict(list)
    for source, document in names.items():
        sources[document].append(source)
    queries = list(dataset.queries)
    queries = queries[:: -(-len(queries) // arguments.most)]
    gone = gone_with(folder, dataset, queries)
    asked: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with open_desk(environment, holder="train") as desk:
        base = desk.evidence_base(meaning=not arguments.words)
        filters = filters_for(desk, tier=None, since=None)
        for query in queries:
            question = understand(dataset.queries[query], desk.vocabulary)
            kinds = ("all", "about a named thing" if is_anchored(question) else "free")
            asked.update(kinds)
            for way, hidden in zip(WAYS, ((), gone[query], dataset.relevance[query]), strict=True):
                lacking = without(base, frozenset(s for document in hidden for s in sources[document]))
                answer = answer_question(
                    question, lacking, filters=filters, reader=Reader.CLINICIAN, trace=Trace()
                )
                if answer.bottom_line is None:
                    continue
                cited = {names.get(c.source) for s in answer.statements for c in s.citations}
                by_evidence = way == "there" and not cited.isdisjoint(dataset.relevance[query])
                for kind in kinds:
                    counts[kind][way] += 1
                    counts[kind]["by evidence"] += by_evidence
    return {kind: (asked[kind], counts[kind]) for kind in sorted(asked)}


if __name__ == "__main__":
    raise SystemExit(main())
