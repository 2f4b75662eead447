"""Whether two runs differ by more than chance: the paired randomisation test.

Smucker, Allan, Carterette 2007, "A comparison of statistical significance tests for information
retrieval evaluation", CIKM (doi 10.1145/1321440.1321528): of the tests in use it makes no assumption
about the distribution of the measure, and any measure can be tested.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from random import Random
from typing import Final

PERMUTATIONS: Final = 100_000
SEED: Final = 20_260_101
EXACT: Final = 16
"""Up to this many differing pairs every assignment is tried, and the p value is exact."""

TEST: Final = "paired randomisation test, two-sided (Smucker, Allan, Carterette 2007)"
_GROUP: Final = 8


def randomisation_test(
    differences: Sequence[float], *, permutations: int = PERMUTATIONS, seed: int = SEED
) -> float:
    """Return the two-sided p value of the mean of ``differences`` under exchange of the two systems.

    Under the null hypothesis each difference could as well have the other sign. The p value is the share
    of sign assignments whose sum is at least as far from zero as the observed one; when assignments are
    drawn, the observed one is counted among them, so that p is never 0 (Davison and Hinkley 1997).

    Args:
        differences: Second system minus first, one for each question. Zeros change nothing.
        permutations: Assignments drawn when there are too many to try them all.
        seed: Of the drawing: the same differences give the same p value on every machine.
    """
    differing = [difference for difference in differences if difference]
    if not differing:
        return 1.0
    # Sums of the same numbers in another order differ in the last digits; that is no difference.
    observed = abs(math.fsum(differing)) * (1 - 1e-9)
    extreme = 0
    if len(differing) <= EXACT:
        signs = product((1, -1), repeat=len(differing))
        for row in signs:
            total = math.fsum(s * d for s, d in zip(row, differing, strict=True))
            extreme += abs(total) >= observed
        return extreme / float(2 ** len(differing))
    tables = [_sums_of(differing[i : i + _GROUP]) for i in range(0, len(differing), _GROUP)]
    source = Random(seed)  # noqa: S311 - drawing for statistics, and repeatable on purpose
    for _ in range(permutations):
        drawn = source.randbytes(len(tables))
        extreme += abs(sum(map(list.__getitem__, tables, drawn))) >= observed
    return (extreme + 1) / (permutations + 1)


def _sums_of(group: Sequence[float]) -> list[float]:
    """Return the sum of ``group`` under each of the 256 sign assignments that one byte can name."""
    return [
        math.fsum(-value if byte >> place & 1 else value for place, value in enumerate(group))
        for byte in range(1 << _GROUP)
    ]
