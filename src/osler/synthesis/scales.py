"""Units of one kind on one scale, so that ``2 g`` and ``2000 mg`` are the same amount.

Only what is the same by definition: masses and times. A month is no number of days.
"""

from __future__ import annotations

from typing import Final

_SCALES: Final = {
    "ng": ("mg", 1e-6),
    "µg": ("mg", 1e-3),
    "g": ("mg", 1e3),
    "min": ("h", 1 / 60),
    "day": ("h", 24.0),
    "week": ("h", 168.0),
}


def on_one_scale(unit: str) -> tuple[str, float]:
    """Return the unit in which amounts of ``unit`` are compared, and what one of it comes to.

    Only what stands before the first stroke is put on a scale: ``µg/kg/day`` becomes ``mg/kg/day``.
    """
    head, stroke, rest = unit.partition("/")
    name, factor = _SCALES.get(head, (head, 1.0))
    return f"{name}{stroke}{rest}", factor
