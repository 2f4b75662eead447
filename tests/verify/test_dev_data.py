"""Expert-labelled claims against their papers: ``supported`` must be worth believing."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from tests.verify.made import make_passage, make_source

from osler.verify.claim import ClaimOutcome, check_claim

LEAST_PRECISION = 0.9
LABELS = {"SUPPORT": "supports", "CONTRADICT": "refutes"}


@pytest.mark.slow
def test_supported_is_rarely_said_of_a_claim_that_experts_do_not_find_supported(dev_data: Path) -> None:
    abstracts = {}
    with (dev_data / "dev" / "scifact_corpus.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            abstracts[record["doc_id"]] = record
    seen: Counter[tuple[ClaimOutcome, str]] = Counter()
    with (dev_data / "dev" / "scifact_claims.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            gold = {entry["doc_id"]: entry["label"] for entry in record["evidence"]}
            for doc_id in record["cited_doc_ids"]:
                paper = abstracts[doc_id]
                source = make_source(f"made:{doc_id}", title=paper["title"])
                passage = make_passage(source, " ".join(paper["abstract"]))
                verdict = check_claim(record["claim"], source=source, passages=[passage])
                seen[verdict.outcome, LABELS.get(gold.get(doc_id, ""), "neutral")] += 1
    said = sum(count for (outcome, _), count in seen.items() if outcome is ClaimOutcome.SUPPORTED)
    assert said >= 20
    assert seen[ClaimOutcome.SUPPORTED, "supports"] / said >= LEAST_PRECISION
