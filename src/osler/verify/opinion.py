"""An opinion on what a text does for a claim: supports, refutes, neither; three numbers that sum to one.

A linear model (multinomial logistic regression) over ``alignment``, learnt by
``scripts/train_entailment.py``; its weights are a table that can be read. An opinion is no proof: it
never lets a statement be printed, and the checks of ``written`` are asked whatever it says.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final

from osler.verify.alignment import align, sentences_in

WEIGHTS: Final = "entailment_weights.json"


class Stand(StrEnum):
    """What a text does for a claim."""

    SUPPORTS = "supports"
    REFUTES = "refutes"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Opinion:
    """How likely each stand is.

    Attributes:
        likely: Probability of each stand; they sum to one.
        gate: Probability of support from which on the claim counts as supported.
    """

    likely: Mapping[Stand, float]
    gate: float

    @property
    def stand(self) -> Stand:
        """The likeliest stand; of equals the more cautious one."""
        cautious = (Stand.NEUTRAL, Stand.REFUTES, Stand.SUPPORTS)
        return max(cautious, key=lambda stand: self.likely[stand])

    @property
    def passes_gate(self) -> bool:
        """Whether support is likely enough to be worth believing."""
        return self.likely[Stand.SUPPORTS] >= self.gate


@dataclass(frozen=True, slots=True)
class Weighing:
    """The weights of one model.

    Attributes:
        bias: Of each stand.
        weights: Name of a number → weight of it for each stand, in the order of ``Stand``.
        gate: Probability of support from which on the claim counts as supported.
        learnt_from: SHA-256 of each set that the weights were learnt from.
    """

    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    gate: float
    learnt_from: tuple[str, ...] = ()

    def weigh(self, numbers: Mapping[str, float]) -> Opinion:
        """Return the softmax of the weighted sums of ``numbers``; one that is not there counts 0."""
        sums = list(self.bias)
        for name, row in self.weights.items():
            value = numbers.get(name, 0.0)
            if value:
                sums = [total + weight * value for total, weight in zip(sums, row, strict=True)]
        highest = max(sums)
        powers = [math.exp(total - highest) for total in sums]
        whole = math.fsum(powers)
        return Opinion({s: p / whole for s, p in zip(Stand, powers, strict=True)}, self.gate)


def form_opinion(
    claim: str, text: str, *, alike: Sequence[float] | None = None, weighing: Weighing | None = None
) -> Opinion:
    """Return the opinion on what ``text`` does for ``claim``.

    Args:
        claim: One statement.
        text: What it is held against: a passage, an abstract.
        alike: Cosine of the claim with each of ``sentences_in(text)``, where a model gave them.
        weighing: Other weights than those shipped.
    """
    chosen = weighing or shipped_weighing(with_meaning=alike is not None)
    return chosen.weigh(align(claim, sentences_in(text), alike))


@cache
def shipped_weighing(*, with_meaning: bool) -> Weighing:
    """Return the weights that come with Osler: for words alone, or for words and vectors."""
    stored = json.loads(resources.files("osler.verify").joinpath(WEIGHTS).read_text("utf-8"))
    model = stored["words and meaning" if with_meaning else "words"]
    return Weighing(
        bias=tuple(model["bias"]),
        weights={name: tuple(row) for name, row in model["weights"].items()},
        gate=model["gate"],
        learnt_from=tuple(entry["sha256"] for entry in stored["sets"]),
    )
