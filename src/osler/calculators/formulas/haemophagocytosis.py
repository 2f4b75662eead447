"""What points and criteria say of haemophagocytic syndromes: HScore, HLH-2004, MAS-2016."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def hscore_probability(points: float, *, table: Sequence[tuple[float, float]]) -> float | None:
    """Return the probability in per cent at ``points``, or None below or above what is published.

    Fardet L, Galicier L, Lambotte O, et al. Arthritis Rheumatol 2014;66(9):2613-2620 give the
    probability in steps of ten points, with <1% up to 90 and >99% from 250. Between two steps the
    straight line between them is read. No formula is used: a logistic one that goes round gives 21% at
    100 points, not 1%.

    Args:
        points: HScore, 0 to 337.
        table: Published points and per cent, rising, without the two open ends.
    """
    if points < table[0][0] or points > table[-1][0]:
        return None
    for (left, low), (right, high) in pairwise(table):
        if left <= points <= right:
            return low + (high - low) * (points - left) / (right - left)
    return table[-1][1]


def hlh_2004_fulfilled(criteria: float, *, molecular: bool) -> bool:
    """Return whether HLH-2004 is fulfilled: a molecular diagnosis, or five of the eight criteria.

    Henter JI, Horne A, Aricó M, et al. Pediatr Blood Cancer 2007;48:124-131.
    """
    return molecular or criteria >= 5


def mas_2016_classified(*, febrile: bool, systemic_jia: bool, ferritin_met: bool, others: float) -> bool:
    """Return whether a febrile patient with known or suspected systemic JIA is classified as having MAS.

    Ravelli A, Minoia F, Davì S, et al. Ann Rheum Dis 2016;75:481-489: ferritin, and two of the other
    four.
    """
    return febrile and systemic_jia and ferritin_met and others >= 2
