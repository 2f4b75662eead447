"""Ranking on public question sets must not fall below plain BM25 as published for them."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from tests.index.conftest import PUBLIC, Shelf

from osler.index.embedded import open_index, rebuild
from osler.index.protocol import Clause

Passages = Iterable[tuple[str, str, str]]
Relevant = dict[str, dict[str, int]]


def read_lines(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def mean_ndcg(folder: Path, passages: Passages, questions: dict[str, str], relevant: Relevant) -> float:
    """Mean nDCG@10 with one clause for each word of a question."""
    shelf, names = Shelf(), {}
    for name, title, text in passages:
        names[shelf.add(text, title=title, source=name).passage] = name
    rebuild(shelf, folder)
    index = open_index(folder, sequence=None)
    total = 0.0
    for question, gains in relevant.items():
        clauses = [Clause((word,)) for word in questions[question].split()]
        hits = index.search(clauses, filters=PUBLIC, top=10)
        ideal = sorted(gains.values(), reverse=True)[:10]
        total += discounted(gains.get(hit.source, 0) for hit in hits) / discounted(ideal)
    return total / len(relevant)


def discounted(gains: Iterable[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def test_claims_find_their_abstracts_at_least_as_well_as_plain_bm25(
    dev_data: Path, folder: Path
) -> None:
    corpus = read_lines(dev_data / "dev" / "scifact_corpus.jsonl")
    claims = read_lines(dev_data / "dev" / "scifact_claims.jsonl")
    found = mean_ndcg(
        folder,
        [(str(line["doc_id"]), str(line["title"]), " ".join(line["abstract"])) for line in corpus],  # type: ignore[arg-type]  # a list of sentences
        {str(line["id"]): str(line["claim"]) for line in claims},
        {str(line["id"]): dict.fromkeys(line["cited_doc_ids"], 1) for line in claims},  # type: ignore[call-overload]  # a list of ids
    )
    assert found >= 0.705


def test_questions_find_their_snippets_at_least_as_well_as_plain_bm25(
    dev_data: Path, folder: Path
) -> None:
    corpus = read_lines(dev_data / "dev" / "bioasq_snippet_corpus.jsonl")
    relevant: Relevant = defaultdict(dict)
    for line in (dev_data / "dev" / "bioasq_snippet_qrels.tsv").read_text().splitlines():
        question, passage, gain = line.split("\t")
        relevant[question][passage] = int(gain)
    bodies = {
        str(line["id"]): str(line["body"])
        for line in read_lines(dev_data / "dev" / "bioasq_7b_9b.jsonl")
    }
    known = {question: gains for question, gains in relevant.items() if question in bodies}
    found = mean_ndcg(
        folder, [(str(line["_id"]), "", str(line["text"])) for line in corpus], bodies, known
    )
    assert found >= 0.765
