"""Claims against passages on disk, and what a verdict on them is worth: the table of labels by verdicts.

Reads, checks and counts; judges nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from osler.errors import InputError
from osler.evaluate.datasets import Origin, hash_files, iter_objects
from osler.evaluate.measures import mean
from osler.verify.opinion import Stand

LABELS: Final = (Stand.SUPPORTS, Stand.REFUTES, Stand.NEUTRAL)
_HINT: Final = 'JSON lines {"claim", "passage", "label": "supports" or "refutes" or "neutral"}'


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """A claim, a passage, and what people say that the passage does for the claim.

    Attributes:
        claim: One statement.
        passage: The text it is held against.
        label: What the passage does for the claim.
        document: Which text the passage is of, for folds that share none; empty where not given.
    """

    claim: str
    passage: str
    label: Stand
    document: str = ""


def load_claims(file: Path) -> tuple[Origin, tuple[LabelledClaim, ...]]:
    """Return the claims of ``file``, one JSON object a line; a ``document`` beside them is optional.

    Raises:
        InputError: The file is missing or empty, or a line of it cannot be used.
    """
    if not file.is_file():
        raise InputError("there is no such file", item=str(file), hint=_HINT, code="input.missing")
    found = []
    for where, fields in iter_objects(file):
        texts = [fields.get(name) for name in ("claim", "passage")]
        label = fields.get("label")
        if not all(isinstance(text, str) and text.strip() for text in texts) or label not in LABELS:
            raise InputError(
                "needs a claim, a passage and a label", item=where, hint=_HINT, code="input.value"
            )
        claim, passage = (str(text) for text in texts)
        found.append(LabelledClaim(claim, passage, Stand(label), str(fields.get("document") or "")))
    if not found:
        raise InputError("holds no claim", item=file.name, code="input.empty")
    return Origin(file.name, hash_files(file), len(found)), tuple(found)


def draw_folds(claims: Sequence[LabelledClaim], folds: int = 5) -> list[int]:
    """Return a fold for each claim so that no claim and no document is in two of them.

    Claims and documents that are joined by any row form one group. The largest group goes first, each to
    the fold with fewest rows; ties by text, so that the order of the rows has no say.
    """
    above: dict[str, str] = {}

    def top(name: str) -> str:
        above.setdefault(name, name)
        while above[name] != name:
            above[name] = above[above[name]]
            name = above[name]
        return name

    for row in claims:
        one, other = sorted((top(f"claim {row.claim}"), top(f"text {row.document or row.passage}")))
        above[other] = one
    groups = [top(f"claim {row.claim}") for row in claims]
    sizes = Counter(groups)
    loads = [0] * folds
    chosen = {}
    for group in sorted(sizes, key=lambda name: (-sizes[name], name)):
        chosen[group] = loads.index(min(loads))
        loads[chosen[group]] += sizes[group]
    return [chosen[group] for group in groups]


def scores_of(pairs: Sequence[tuple[Stand, Stand]]) -> dict[str, float]:
    """Return accuracy, macro-F1 and the F1 of each label for pairs of label and verdict.

    Macro-F1 is the mean over the labels that occur among the labels; F1 as van Rijsbergen 1979.
    """
    each = {label: f1(pairs, label) for label in LABELS}
    present = [label for label in LABELS if any(gold is label for gold, _ in pairs)]
    return {
        "accuracy": mean([float(gold is said) for gold, said in pairs]),
        "macro_f1": mean([each[label] for label in present]),
        **{f"f1, {label.value}": each[label] for label in present},
    }


def f1(pairs: Sequence[tuple[Stand, Stand]], label: Stand) -> float:
    """Return the harmonic mean of precision and recall of ``label``; 0 where neither is there."""
    right = sum(gold is said is label for gold, said in pairs)
    counted = sum((gold is label) + (said is label) for gold, said in pairs)
    return 2 * right / counted if counted else 0.0


def gate_scores(passed: Sequence[tuple[Stand, bool]]) -> dict[str, float]:
    """Return precision and recall of "supports" among what the gate passes.

    Precision is left out where nothing passes, recall where nothing is supported: neither is a figure.
    """
    let_through = [gold for gold, is_passed in passed if is_passed]
    right = sum(gold is Stand.SUPPORTS for gold in let_through)
    wanted = sum(gold is Stand.SUPPORTS for gold, _ in passed)
    figures: dict[str, float] = {"passed_at_gate": len(let_through)}
    if let_through:
        figures["supports_precision_at_gate"] = right / len(let_through)
    if wanted:
        figures["supports_recall_at_gate"] = right / wanted
    return figures


def confusion_of(pairs: Sequence[tuple[Stand, Stand]]) -> dict[str, int]:
    """Return how many claims of each label got each verdict, as ``label → verdict``."""
    return {
        f"{gold.value} → {said.value}": sum(pair == (gold, said) for pair in pairs)
        for gold in LABELS
        for said in LABELS
    }
