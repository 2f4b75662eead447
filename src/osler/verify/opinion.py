"""An opinion on what a text does for a claim: supports, refutes, neither; three numbers that sum to one.

A linear model (multinomial logistic regression) over ``alignment`` and, where a sentence model read
both, over what ``providers.nearness`` measures; learnt by ``scripts/train_entailment.py``. Its weights
are a table that can be read, one for any stretch and one for a text as long as an abstract: a word that
is missing says more of an abstract than of a sentence. An opinion is no proof: it never lets a
statement be printed, and the checks of ``written`` are asked whatever it says.
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
LONG: Final = 4
"""Sentences from which on a text is weighed as an abstract is."""


class Sight(StrEnum):
    """What a model of ours gets to see."""

    WORDS = "words"
    MEANING = "words and meaning"
    CLOSE = "close reading"


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
    claim: str,
    text: str,
    *,
    alike: Sequence[float] | None = None,
    near: Mapping[str, float] | None = None,
    weighing: Weighing | None = None,
) -> Opinion:
    """Return the opinion on what ``text`` does for ``claim``.

    Args:
        claim: One statement.
        text: What it is held against: a passage, an abstract.
        alike: Cosine of the claim with each of ``sentences_in(text)``, where a model gave them.
        near: What ``providers.nearness`` measured of the same sentences; only beside ``alike``.
        weighing: Other weights than those shipped.
    """
    sentences = sentences_in(text)
    sight = Sight.WORDS if alike is None else Sight.MEANING if near is None else Sight.CLOSE
    chosen = weighing or shipped_weighing(sight, long=len(sentences) >= LONG)
    return chosen.weigh({**align(claim, sentences, alike), **(near or {})})


@cache
def shipped_weighing(sight: Sight, *, long: bool) -> Weighing:
    """Return the weights that come with Osler, for what is seen and for the length of the text."""
    stored = json.loads(resources.files("osler.verify").joinpath(WEIGHTS).read_text("utf-8"))
    model = stored[sight.value]["abstract" if long else "stretch"]
    return Weighing(
        bias=tuple(model["bias"]),
        weights={name: tuple(row) for name, row in model["weights"].items()},
        gate=model["gate"],
        learnt_from=tuple(entry["sha256"] for entry in stored["sets"]),
    )
