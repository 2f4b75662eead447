"""Learn which way printed statements lean on a question that asks yes or no, and measure it.

    python scripts/train_stance.py --write

Needs the developer data (OSLER_DEV_DATA, default ../shared/data). The libraries of PubMedQA and BioASQ
become one in a temporary home, and every question of both that has gold yes, no or maybe is asked. What
is printed is read by the code that every answer runs (``answer/stance_features.py``); a logistic model
of yes against no is fitted in which both sets count the same. The odds from which it speaks are the
least at which, out of fold, its yes is right ``YES_RIGHT`` and its no ``NO_RIGHT`` of the time, as a
mean of the two sets.

Figures are five-fold: a question's fold is that of its text, and the odds of each fold are chosen on the
other four. "Not learnt from" is fitted and its odds are chosen on the other set alone. ``maybe`` is
right where the answer says mixed or unclear. ``--write`` fits on everything and writes
src/osler/answer/stance_weights.json.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from score_answers import convert, developer_data

from osler.answer.stance import Printed, Seen, Weights, decide, look_at
from osler.answer.stance_features import of_claim
from osler.evaluate.datasets import NuggetQuestion, load_nuggets
from osler.model.stance import Stance
from osler.service.add import add
from osler.service.ask import ask
from osler.service.wiring import Desk, open_desk
from osler.text.yes_no import yes_no_claim

FOLDS = 5
STEPS, RATE, SHRINK = 800, 0.03, 1e-2
YES_RIGHT, NO_RIGHT = 0.85, 0.80
LEAST_SPOKEN = 20
"""Answers that a choice of odds must rest on."""
SETS = {"PubMedQA": "pubmedqa.jsonl", "BioASQ": "bioasq_answers.jsonl"}
WEIGHTS = Path(__file__).parents[1] / "src" / "osler" / "answer" / "stance_weights.json"


@dataclass
class Asked:
    """One question with its gold, what was printed, and the numbers seen of it."""

    group: str
    fold: int
    claim: str
    gold: str
    printed: list[Printed]
    seen: list[Seen]
    numbers: dict[str, float]


def main() -> int:
    """Ask, train, print; with ``--write`` store the weights."""
    arguments = read_arguments()
    asked: list[Asked] = []
    with tempfile.TemporaryDirectory(prefix="osler-stance-") as scratch:
        sets, home = Path(scratch) / "sets", arguments.home or Path(scratch) / "home"
        libraries = convert("bioasq", arguments.data, sets)
        environment = {"OSLER_HOME": str(home), "OSLER_OFFLINE": "1"}
        with open_desk(environment, create=True, holder="train_stance") as desk:
            if not desk.store.count_sources():
                add(desk, [str(file) for file in libraries])
            for group, name in SETS.items():
                asked += ask_all(desk, group, load_nuggets(sets / name)[1])
    print("| | questions | accuracy | macro-F1 | yes: right / said | no: right / said | open |")
    print("|---|---|---|---|---|---|---|")
    by_fold = [learn([one for one in asked if one.fold != fold]) for fold in range(FOLDS)]
    for group in SETS:
        own = [one for one in asked if one.group == group]
        others = [one for one in asked if one.group != group]
        show(f"{group}, always yes", own, ["yes"] * len(own))
        held: list[Asked] = []
        said: list[str] = []
        forced: list[str] = []
        for fold, weights in enumerate(by_fold):
            here = [one for one in own if one.fold == fold]
            held += here
            said += [say(one, weights) for one in here]
            forced += ["yes" if value_of(one, weights) >= 0 else "no" for one in here]
        show(f"{group}, five-fold", held, said)
        show(f"{group}, five-fold, made to choose", held, forced)
        show(f"{group}, not learnt from", own, [say(one, learn(others)) for one in own])
    weights = learn(asked)
    for group in SETS:
        own = [one for one in asked if one.group == group]
        show(f"{group}, as shipped (seen)", own, [say(one, weights) for one in own])
    if arguments.write:
        stored = {
            "bias": weights.bias,
            "yes_from": weights.yes_from,
            "no_to": weights.no_to,
            "weights": dict(weights.weights),
        }
        WEIGHTS.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")
        print(f"written: {WEIGHTS.name}")
    return 0


def read_arguments() -> argparse.Namespace:
    """Return the options of this run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, default=developer_data())
    parser.add_argument("--home", type=Path, help="keep the library here")
    parser.add_argument("--write", action="store_true", help="write the weights")
    return parser.parse_args()


def ask_all(desk: Desk, group: str, questions: Iterable[NuggetQuestion]) -> list[Asked]:
    """Return every question of a set that asks yes or no, has gold for it, and is answered."""
    found, silent, abstained = [], 0, 0
    for entry in questions:
        if entry.stance is None:
            continue
        claim = yes_no_claim(entry.question)
        if claim is None:
            silent += 1
            continue
        answer = ask(desk, entry.question).answer
        picks = list(answer.statements)
        if answer.status not in {"answered", "partial"} or not picks:
            abstained += 1
            continue
        sources = desk.store.sources({s.citations[0].source for s in picks})
        printed = [
            Printed(
                s.text,
                s.citations[0].source,
                f"{sources[s.citations[0].source].title or ''} {s.lead}",
            )
            for s in picks
        ]
        fold = int(hashlib.sha256(entry.question.encode()).hexdigest(), 16) % FOLDS
        seen = look_at(claim, printed)
        numbers = numbers_of(claim, seen)
        found.append(Asked(group, fold, claim, entry.stance, printed, seen, numbers))
    print(
        f"{group}: {len(found)} answered, {abstained} not answered,"
        f" {silent} not worded as a question of yes or no; {dict(Counter(o.gold for o in found))}"
    )
    return found


def numbers_of(claim: str, seen: Sequence[Seen]) -> dict[str, float]:
    """Return the numbers that the model adds: the weighted mean of the statements', and the claim's."""
    names = seen[0].numbers
    mean = {name: math.fsum(one.weight * one.numbers[name] for one in seen) for name in names}
    return mean | of_claim(claim)


def learn(asked: Sequence[Asked]) -> Weights:
    """Return the weights of the model, and the odds chosen out of fold among ``asked``."""
    names = list(asked[0].numbers)
    odds: list[tuple[float, Asked]] = []
    for fold in range(FOLDS):
        inner = fit([one for one in asked if one.fold != fold], names)
        odds += [(value_of(one, inner), one) for one in asked if one.fold == fold]
    whole = fit(asked, names)
    return Weights(
        bias=whole.bias,
        weights=whole.weights,
        yes_from=round(least_odds(odds, yes=True), 2),
        no_to=round(least_odds(odds, yes=False), 2) + 0.0,  # never a negative zero
    )


def value_of(one: Asked, weights: Weights) -> float:
    """Return the odds of yes, as a logarithm."""
    return weights.bias + weights.add(one.numbers)


def least_odds(odds: Sequence[tuple[float, Asked]], *, yes: bool) -> float:
    """Return the odds nearest to zero from which on what is said is right often enough.

    Rightness is the mean over the sets, so that the larger one does not decide alone.
    """
    wanted, sign, word = (YES_RIGHT, 1.0, "yes") if yes else (NO_RIGHT, -1.0, "no")
    known = [(sign * value, one) for value, one in odds if may_say(one, yes=yes)]
    for step in range(41):
        said: dict[str, list[bool]] = {}
        for value, one in known:
            if value >= step / 20:
                said.setdefault(one.group, []).append(one.gold == word)
        shares = [sum(right) / len(right) for right in said.values()]
        enough = sum(map(len, said.values())) >= LEAST_SPOKEN
        if enough and sum(shares) / len(shares) >= wanted:
            return sign * step / 20
    return sign * 2.0


def may_say(one: Asked, *, yes: bool) -> bool:
    """Tell whether a stance could be spoken at the best of odds: not where the matter is called open."""
    sure = Weights(0.0, {}, -math.inf, -math.inf) if yes else Weights(0.0, {}, math.inf, math.inf)
    stance, _ = decide(one.claim, one.printed, one.seen, sure)
    return stance is (Stance.YES if yes else Stance.NO)


def say(one: Asked, weights: Weights) -> str:
    """Return yes, no or maybe as the answer would say it."""
    stance, _ = decide(one.claim, one.printed, one.seen, weights)
    return stance.value if stance in (Stance.YES, Stance.NO) else "maybe"


def fit(asked: Sequence[Asked], names: Sequence[str]) -> Weights:
    """Return the weights that tell yes from no best; sets count the same, maybe is left out."""
    known = [one for one in asked if one.gold in {"yes", "no"}]
    sizes = Counter(one.group for one in known)
    matrix = np.array([[one.numbers[name] for name in names] for one in known])
    gold = np.array([float(one.gold == "yes") for one in known])
    share = np.array([1.0 / (sizes[one.group] * len(sizes)) for one in known])
    weights, bias = np.zeros(len(names)), 0.0
    first, second = np.zeros(len(names) + 1), np.zeros(len(names) + 1)
    for step in range(1, STEPS + 1):
        error = (1.0 / (1.0 + np.exp(-(matrix @ weights + bias))) - gold) * share
        slope = np.append(matrix.T @ error + SHRINK * weights, error.sum())
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        move = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-9)
        weights, bias = weights - RATE * move[:-1], bias - RATE * move[-1]
    table = {name: round(float(w), 2) for name, w in zip(names, weights, strict=True)}
    return Weights(round(float(bias), 2), table, 0.0, 0.0)


def show(name: str, asked: Sequence[Asked], said: Sequence[str]) -> None:
    """Print one row of the table."""
    gold = [one.gold for one in asked]
    pairs = Counter(zip(gold, said, strict=True))
    right = sum(pairs[label, label] for label in set(gold))
    told = Counter(said)
    labels = [label for label in ("yes", "no", "maybe") if label in gold]
    scores = [2 * pairs[label, label] / (told[label] + gold.count(label)) for label in labels]
    cells = [f"{right / len(gold):.3f}", f"{sum(scores) / len(scores):.3f}"]
    for word in ("yes", "no"):
        share = f"{pairs[word, word] / told[word]:.3f}" if told[word] else "–"
        cells.append(f"{share} / {told[word]}")
    print(f"| {name} | {len(gold)} |", " | ".join(cells), f"| {told['maybe']} |", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
