"""Word overlap as a judge of claims: the bar that a verdict on meaning must clear.

Neutral where the passage holds too few of the claim's content words; refuting where enough of them are
there and a negation stands on one side only; else supporting. Both thresholds, and which of four forms
the rule has, are tuned for macro-F1 on all folds but the one that is judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from osler.evaluate.claims import LabelledClaim
from osler.evaluate.measures import mean
from osler.text.normalise import content_words
from osler.text.polarity import negations
from osler.verify.opinion import Stand

STEPS: Final = 21
_Seen = tuple[float, bool]


def judge_by_overlap(claims: Sequence[LabelledClaim], folds: Sequence[int]) -> list[Stand]:
    """Return the verdict on each claim, by the rule tuned on the other folds."""
    seen = [(shared_words(row), is_negated_once(row)) for row in claims]
    said = [Stand.NEUTRAL] * len(claims)
    for fold in sorted(set(folds)):
        learnt = [place for place, own in enumerate(folds) if own != fold] or list(range(len(claims)))
        labels = [claims[place].label for place in learnt]
        best = max(_rules([seen[place] for place in learnt], labels), key=lambda rule: rule[0])
        for place, own in enumerate(folds):
            if own == fold:
                said[place] = _decide(seen[place], *best[1:])
    return said


def shared_words(row: LabelledClaim) -> float:
    """Return which share of the claim's content words the passage holds."""
    wanted = set(content_words(row.claim))
    return len(wanted & set(content_words(row.passage))) / len(wanted) if wanted else 0.0


def is_negated_once(row: LabelledClaim) -> bool:
    """Tell whether a negation stands in the claim or in the passage, but not in both."""
    return bool(negations(row.claim)) != bool(negations(row.passage))


def _rules(seen: Sequence[_Seen], labels: Sequence[Stand]) -> Iterator[tuple[float, float, float, int]]:
    """Yield every rule of the grid with its macro-F1."""
    kinds = sorted(set(seen))
    place_of = {kind: number for number, kind in enumerate(kinds)}
    counts = [dict.fromkeys(Stand, 0) for _ in kinds]
    for kind, label in zip(seen, labels, strict=True):
        counts[place_of[kind]][label] += 1
    totals = {stand: labels.count(stand) for stand in Stand}
    present = [stand for stand in Stand if totals[stand]]
    for form in range(4):
        for low in range(STEPS + 1):
            for high in range(STEPS + 1):
                rule = (low / (STEPS - 1), high / (STEPS - 1), form)
                yield _macro_f1(kinds, counts, totals, present, rule), *rule


def _macro_f1(
    kinds: Sequence[_Seen],
    counts: Sequence[dict[Stand, int]],
    totals: dict[Stand, int],
    present: Sequence[Stand],
    rule: tuple[float, float, int],
) -> float:
    right, given = dict.fromkeys(Stand, 0), dict.fromkeys(Stand, 0)
    for kind, found in zip(kinds, counts, strict=True):
        stand = _decide(kind, *rule)
        right[stand] += found[stand]
        given[stand] += sum(found.values())
    return mean([2 * right[stand] / (given[stand] + totals[stand]) for stand in present])


def _decide(seen: _Seen, low: float, high: float, form: int) -> Stand:
    """Return the verdict of one rule.

    Forms: 0 and 1, a negation on one side (0) or not (1) refutes from ``high`` on; 2 and 3, the share
    alone decides, the middle refuting (2) or the top (3).
    """
    share, is_at_odds = seen
    if share < low:
        return Stand.NEUTRAL
    if form < 2:
        return Stand.REFUTES if share >= high and is_at_odds == (form == 0) else Stand.SUPPORTS
    return Stand.REFUTES if (share < high) == (form == 2) else Stand.SUPPORTS
