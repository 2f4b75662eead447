"""Intervals that are computed here, always marked as such."""

from __future__ import annotations

from math import sqrt
from typing import Final

Z_95: Final = 1.959963984540054
"""Upper 2.5% point of the standard normal distribution."""


def wilson(count: int, total: int, *, z: float = Z_95) -> tuple[float, float]:
    """Return the score interval of ``count`` of ``total``, in percent, rounded to one decimal.

    E. B. Wilson: Probable inference, the law of succession, and statistical inference. Journal of the
    American Statistical Association 1927; 22: 209-212. It stays inside 0 to 100 and is honest for small
    groups, where ``p ± 1.96 s`` is not.

    Raises:
        ValueError: ``total`` is not positive, or ``count`` lies outside it.
    """
    if total <= 0 or not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is no proportion")
    share = count / total
    centre = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    divisor = 1 + z * z / total
    low, high = (centre - spread) / divisor, (centre + spread) / divisor
    return round(100 * max(low, 0.0), 1), round(100 * min(high, 1.0), 1)
