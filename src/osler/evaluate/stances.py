"""Yes, no or maybe as an answer says it, against gold: accuracy, macro-F1, how often each is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from osler.evaluate.measures import mean

SAID: Final = {"yes": "yes", "no": "no", "mixed": "maybe", "unclear": "maybe"}
"""What counts as which gold label; an answer without a stance is right about none."""
SILENT: Final = "silent"
LABELS: Final = ("yes", "no", "maybe")


def label_of(stance: str | None) -> str:
    """Return the gold label that an answer's stance stands for, or ``silent``."""
    return SAID[stance] if stance is not None else SILENT


def stance_scores(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Return the figures of ``(gold, said)``; nothing where there is no pair.

    Accuracy and macro-F1 are over all questions with gold, those without a stance included; macro-F1
    over the labels that the gold holds. ``stance_majority`` is the accuracy of always saying the
    commonest label, ``stance_majority_f1`` its macro-F1.
    """
    if not pairs:
        return {}
    counts = Counter(pairs)
    gold = Counter(label for label, _ in pairs)
    said = Counter(label for _, label in pairs)
    labels = [label for label in LABELS if gold[label]]
    commonest = max(labels, key=lambda label: gold[label])
    figures: dict[str, float] = {
        "stance_questions": len(pairs),
        "stance_accuracy": mean([float(one == other) for one, other in pairs]),
        "stance_macro_f1": mean([_f1(counts[x, x], said[x], gold[x]) for x in labels]),
        "stance_majority": gold[commonest] / len(pairs),
        "stance_majority_f1": _f1(gold[commonest], len(pairs), gold[commonest]) / len(labels),
        "stance_silent": said[SILENT],
    }
    for label in LABELS:
        figures[f"{label}_said"] = said[label]
        if said[label]:
            figures[f"{label}_precision"] = counts[label, label] / said[label]
    return figures


def _f1(both: int, said: int, gold: int) -> float:
    return 2 * both / (said + gold) if said + gold else 0.0
