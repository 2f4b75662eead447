"""Two runs on the same questions, value by value: means, who wins how often, and whether by chance."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from osler.errors import InputError
from osler.evaluate.measures import mean
from osler.evaluate.run import SCHEMA, Run, is_lower_better
from osler.evaluate.significance import PERMUTATIONS, SEED, TEST, randomisation_test


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure in two runs.

    Attributes:
        measure: Name of the value.
        first: Mean in the first run.
        second: Mean in the second run.
        difference: Second minus first.
        better: Questions on which the second run is better, whichever direction that is.
        worse: Questions on which it is worse.
        equal: The others.
        p: Two-sided p value of the difference, not corrected for the number of measures.
    """

    measure: str
    first: float
    second: float
    difference: float
    better: int
    worse: int
    equal: int
    p: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs compared on the questions that both measured."""

    first: Run
    second: Run
    questions: int
    differences: tuple[Difference, ...]

    def as_document(self) -> dict[str, Any]:
        """Return the comparison in the types of JSON."""
        return {
            "schema": SCHEMA,
            "kind": "comparison",
            "dataset": asdict(self.first.dataset),
            "runs": [
                {"system": run.system, "started": run.started, "versions": dict(run.versions)}
                for run in (self.first, self.second)
            ],
            "test": {"name": TEST, "permutations": PERMUTATIONS, "seed": SEED},
            "questions": self.questions,
            "differences": [asdict(difference) for difference in self.differences],
        }


def compare_runs(first: Run, second: Run) -> Comparison:
    """Return how ``second`` differs from ``first``.

    Raises:
        InputError: ``input.value``: the runs measured other things, or on other data.
    """
    if first.kind is not second.kind:
        raise _unlike(f"one run measured {first.kind.value}, the other {second.kind.value}")
    if first.dataset.sha256 != second.dataset.sha256:
        raise _unlike(f"the runs rest on other data: {first.dataset.name}, {second.dataset.name}")
    known = {item.id: item for item in second.items if not item.fault}
    pairs = [(item, known[item.id]) for item in first.items if not item.fault and item.id in known]
    names = [name for name in pairs[0][0].values if name in pairs[0][1].values] if pairs else []
    return Comparison(
        first,
        second,
        len(pairs),
        tuple(
            _difference(name, [(one.values[name], other.values[name]) for one, other in both])
            for name in names
            if (both := [(a, b) for a, b in pairs if name in a.values and name in b.values])
        ),
    )


def _difference(name: str, pairs: list[tuple[float, float]]) -> Difference:
    gains = [second - first for first, second in pairs]
    up, down = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    better, worse = (down, up) if is_lower_better(name) else (up, down)
    return Difference(
        measure=name,
        first=round(mean([first for first, _ in pairs]), 6),
        second=round(mean([second for _, second in pairs]), 6),
        difference=round(mean(gains), 6),
        better=better,
        worse=worse,
        equal=len(pairs) - up - down,
        p=round(randomisation_test(gains), 6),
    )


def _unlike(reason: str) -> InputError:
    return InputError(reason, item="RUN", code="input.value", hint="compare two runs on the same set")
