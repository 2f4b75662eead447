"""What is not broken at the end of a line, so that no dose is read wrong there."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = r"\d[\d.,]*"
_UNIT: Final = (
    r"(?:%|(?:mg|g|kg|mL|L|µg|μg|mcg|ng|IU|U|units?|hours?|days?|weeks?|months?|years?)\b(?:/\w+)*)"
)
_RANGE: Final = rf"{_NUMBER}(?:[-–]{_NUMBER}| (?:to|and) {_NUMBER})?"
TOGETHER: Final = re.compile(rf"[^\W\d_]+-\d\w*|{_RANGE} ?{_UNIT}|{_NUMBER}[-–]{_NUMBER}")
"""What is not broken at the end of a line: interleukin-1, 2-4 mg/kg, 100 mg, 1990-2005."""
