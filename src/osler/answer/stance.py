"""Yes, no, mixed or unclear: what the printed statements say to a question that asks yes or no.

A linear model whose terms can be read, over ``stance_features``; ``scripts/train_stance.py`` learns its
weights and the odds from which it speaks. It reads statements that are printed and nothing else, adds no
evidence, and changes no statement. It is silent (None) where the question does not ask yes or no, and
says ``unclear`` rather than guess: a wrong yes can do harm.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from osler.answer.select import Pick, Purpose
from osler.answer.stance_features import Numbers, is_open, of_claim, of_statement
from osler.answer.suggest import JOINT
from osler.model.answer import AnswerStatus
from osler.model.question import Question
from osler.model.source import TextKind
from osler.model.stance import Lean, Stance, StanceReading
from osler.text.yes_no import yes_no_claim
from osler.verify.wording import share

FIRST: Final = 2.0
"""How much more the bottom line counts than a statement that follows it."""
FLOOR: Final = 0.15
"""Added to the share of the claim that a statement speaks of, before it is squared to be its weight."""
SPEAKS_OF_IT: Final = 0.7
"""Share of the claim's words that a statement must hold to stand against another source."""
_HELD: Final = {Stance.YES: 1.0, Stance.NO: 0.7}
"""Share of the claim's words that must stand in what is printed, or in what its sources are about.

What is denied of something else is no answer; and a claim with one word exchanged (``leading`` for
``lagging``) is near to its evidence in all but that word.
"""
_FILE: Final = "stance_weights.json"
_ANSWERED: Final = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTIAL})


@dataclass(frozen=True, slots=True)
class Weights:
    """The model: what each number adds to the odds of yes, and from which odds on it speaks.

    Attributes:
        bias: Odds before anything is seen, as a logarithm.
        weights: What each number adds.
        yes_from: Odds from which on the answer is yes.
        no_to: Odds down to which it is no.
    """

    bias: float
    weights: Mapping[str, float]
    yes_from: float
    no_to: float

    def add(self, numbers: Numbers) -> float:
        """Return the sum of ``numbers`` by their weights."""
        return math.fsum(self.weights.get(name, 0.0) * value for name, value in numbers.items())


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed statement.

    Attributes:
        text: Its words.
        source: The source it is from.
        about: What that source is about: its title, and for whom it speaks.
    """

    text: str
    source: str
    about: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What one statement says beside the claim, by name, and how much it counts (all sum to 1)."""

    numbers: Numbers
    weight: float


@cache
def shipped_weights() -> Weights:
    """Return the weights that come with Osler."""
    stored = json.loads((files("osler.answer") / _FILE).read_text(encoding="utf-8"))
    return Weights(stored["bias"], stored["weights"], stored["yes_from"], stored["no_to"])


def stance_of(question: Question, picks: Sequence[Pick], status: AnswerStatus) -> StanceReading | None:
    """Return which way the statements of an answer lean, or None where yes or no is not asked.

    Args:
        question: As understood.
        picks: What is printed, the bottom line first; a licence that stands beside counts for nothing.
        status: What came of the question; only what is answered has a stance.
    """
    claim = yes_no_claim(question.asked)
    counted = [pick for pick in picks if pick.purpose is not Purpose.LICENCE]
    if claim is None or status not in _ANSWERED or not counted or JOINT in question.normalised:
        return None
    printed = [
        Printed(
            pick.statement.text,
            pick.candidate.source.id,
            f"{pick.candidate.source.title or ''} {pick.statement.lead}",
        )
        for pick in counted
    ]
    stance, leans = read_stance(claim, printed, shipped_weights())
    if any(pick.candidate.passage.text_kind is TextKind.SUMMARY for pick in counted):
        # Learnt from authors' own conclusions; what a curator says of them it reads wrongly.
        stance, leans = Stance.UNCLEAR, (Stance.UNCLEAR,) * len(leans)
    named = (Lean(pick.statement.id, lean) for pick, lean in zip(counted, leans, strict=True))
    return StanceReading(stance, tuple(named))


def read_stance(
    claim: str, printed: Sequence[Printed], weights: Weights
) -> tuple[Stance, tuple[Stance, ...]]:
    """Return what the statements say to ``claim`` taken together, and each by itself.

    Args:
        claim: As ``yes_no_claim`` gives it.
        printed: Statements, the bottom line first; at least one.
        weights: The model.
    """
    return decide(claim, printed, look_at(claim, printed), weights)


def decide(
    claim: str, printed: Sequence[Printed], seen: Sequence[Seen], weights: Weights
) -> tuple[Stance, tuple[Stance, ...]]:
    """Return what ``read_stance`` does, from statements that were looked at before.

    Yes is said only where every word that the claim is about stands in the statements or in what their
    sources are about, no where most of them do, and neither where the first statement says itself that
    the matter is open.
    """
    start = weights.bias + weights.add(of_claim(claim))
    odds = [start + weights.add(one.numbers) for one in seen]
    leans = tuple(_spoken(value, weights) for value in odds)
    whole = math.fsum(one.weight * value for one, value in zip(seen, odds, strict=True))
    stance = _spoken(whole, weights)
    if _sources_oppose(printed, seen, leans):
        stance = Stance.MIXED
    elif is_open(printed[0].text) or share_held(claim, printed) < _HELD.get(stance, 0.0):
        stance = Stance.UNCLEAR
    return stance, leans


def look_at(claim: str, printed: Sequence[Printed]) -> list[Seen]:
    """Return each statement beside ``claim``; what speaks of more of the claim weighs more."""
    found = [of_statement(claim, one.text) for one in printed]
    raw = [
        (FLOOR + numbers["share"]) ** 2 * (FIRST if place == 0 else 1.0)
        for place, numbers in enumerate(found)
    ]
    total = math.fsum(raw)
    return [Seen(numbers, weight / total) for numbers, weight in zip(found, raw, strict=True)]


def share_held(claim: str, printed: Sequence[Printed]) -> float:
    """Return the share of the claim's words that the statements or their sources' subjects hold."""
    return share(claim, " . ".join(text for one in printed for text in (one.text, one.about)))


def _sources_oppose(printed: Sequence[Printed], seen: Sequence[Seen], leans: Sequence[Stance]) -> bool:
    """Tell whether two sources that speak of the claim lean opposite ways."""
    sides: dict[Stance, set[str]] = {Stance.YES: set(), Stance.NO: set()}
    for one, beside, lean in zip(printed, seen, leans, strict=True):
        if lean in sides and beside.numbers["share"] >= SPEAKS_OF_IT:
            sides[lean].add(one.source)
    return bool(sides[Stance.YES] - sides[Stance.NO]) and bool(sides[Stance.NO] - sides[Stance.YES])


def _spoken(odds: float, weights: Weights) -> Stance:
    if odds >= weights.yes_from:
        return Stance.YES
    return Stance.NO if odds <= weights.no_to else Stance.UNCLEAR
