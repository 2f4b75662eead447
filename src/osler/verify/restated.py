"""Whether a figure of a statement is one of its evidence that is only written in another way.

Nothing is converted and no number changes. What may differ is where the unit stands (``5 mg daily``,
``5 mg of it a day``), what is counted (``n=51``, ``51 patients``), and whether a range is one figure or
two.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from osler.model.figure import Figure, Metric
from osler.text.figures import canonical_unit
from osler.text.units import is_unit
from osler.verify.signs import falls

_OFTEN: Final = re.compile(
    r"\b(?:a|per|each|every|once|twice)\s+(?:\w+\s+)?(?:day|week|month|year)\b|\b(?:daily|weekly|monthly|yearly)\b",
    re.IGNORECASE,
)
_PER_TIME: Final = re.compile(r"/(?:day|week|month|year)$")
_CI: Final = re.compile(r"(?:CI|confidence interval)\b[^;.]{0,30}$", re.IGNORECASE)
_AGE: Final = re.compile(r"\bage[ds]?\b|\bold\b", re.IGNORECASE)
_NEAR: Final = 30
_REFERS_BACK: Final = re.compile(
    r"\b(?:the|all|these|those|other|either|any of the|from)\s+$", re.IGNORECASE
)
_POINTS_ON: Final = re.compile(r"\s*(?:\w+\s+)?(?:to|after)\s+(?:another|the other)\b", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[a-z]+(?![\w-])", re.IGNORECASE)
_POINTS: Final = re.compile(r"\s*-?points?\b", re.IGNORECASE)
_SMALL: Final = 3
_TIMES: Final = frozenset({"h", "min", "s", "day", "week", "month", "year"})


def is_restated(
    figure: Figure, other: Figure, claim: str, evidence: str, stated: Sequence[Figure]
) -> bool:
    """Tell whether ``other`` of ``evidence`` is ``figure`` of ``claim`` in another writing.

    Args:
        figure: One of ``stated``, the figures of ``claim``.
        other: A figure of ``evidence``.
        claim: The statement.
        evidence: The cited words.
        stated: All figures of the statement, for the two ends of a range.
    """
    if figure.high is None and other.high is not None:
        return _is_an_end(figure, other, stated)
    if not _is_same_number(figure, other, claim):
        return False
    if figure.relation != other.relation and not _is_within(figure, claim, other, evidence):
        return False
    if {figure.metric, other.metric} == {Metric.P_VALUE, Metric.NUMBER}:
        return figure.relation != "="
    ours, theirs = canonical_unit(figure.unit), canonical_unit(other.unit)
    if ours == theirs:
        return figure.metric is not Metric.PERCENT or figure.metric is other.metric
    if _is_counted(figure) and _is_counted(other):
        return True
    if _PER_TIME.sub("", theirs) == _PER_TIME.sub("", ours):
        return _OFTEN.search(claim) is not None and _OFTEN.search(evidence) is not None
    if ours == "percentage point" and theirs == "%":
        return _POINTS.match(evidence, other.end) is not None
    return _is_bare(figure, claim, other, evidence) or _is_bare(other, evidence, figure, claim)


def refers_back(figure: Figure, claim: str) -> bool:
    """Tell whether a small number in letters only points at what was named: ``the two``."""
    shown = claim[figure.start : figure.end]
    number = _LETTERS.match(shown)
    if number is None or figure.value > _SMALL:
        return False
    if _POINTS_ON.match(claim, figure.start + number.end()):
        return True
    return not figure.unit and _REFERS_BACK.search(claim[: figure.start]) is not None


def _is_same_number(figure: Figure, other: Figure, claim: str) -> bool:
    """Tell whether the numbers are equal; ``lower by 4.6`` may say what is printed as ``-4.6``."""
    if (figure.high is None) != (other.high is None):
        return False
    if figure.high is not None and other.high is not None and not math.isclose(figure.high, other.high):
        return False
    if math.isclose(figure.value, other.value, rel_tol=1e-9, abs_tol=1e-12):
        return True
    return math.isclose(figure.value, -other.value, rel_tol=1e-9) and other.value < 0 and falls(claim)


def _is_within(figure: Figure, claim: str, other: Figure, evidence: str) -> bool:
    """Tell whether ``in 6 weeks`` of one text is ``within 6 weeks`` of the other."""
    if figure.metric is not Metric.DURATION or {figure.relation, other.relation} != {"=", "<="}:
        return False
    exact, text = (other, evidence) if other.relation == "=" else (figure, claim)
    return text[: exact.start].lower().endswith(" in ")


def _is_an_end(figure: Figure, other: Figure, stated: Sequence[Figure]) -> bool:
    """Tell whether ``figure`` is one end of the range ``other`` and the other end stands beside it."""
    ends = (other.value, other.high)
    if other.metric is Metric.COUNT_OF or figure.value not in ends:
        return False
    if canonical_unit(figure.unit) not in {canonical_unit(other.unit), ""}:
        return False
    is_low = figure.value == other.value
    wanted = other.high if is_low else other.value
    return any(
        f.high is None
        and f.value == wanted
        and 0 < (f.start - figure.start) * (1 if is_low else -1) < _NEAR
        for f in stated
    )


def _is_counted(figure: Figure) -> bool:
    """Tell whether ``figure`` counts things (``n``, ``cells``, ``sessions``) and measures nothing."""
    if figure.metric not in {Metric.NUMBER, Metric.QUANTITY}:
        return False
    first = re.split(r"[/ ]", figure.unit)[0]
    return first in {"", "n", "N"} or not (is_unit(first) or first in _TIMES or "%" in first)


def _is_bare(bare: Figure, text: str, full: Figure, other: str) -> bool:
    """Tell whether ``bare`` leaves out, or has got from its neighbour, the unit of ``full``."""
    if full.metric is Metric.PERCENT:
        return False
    shown = text[bare.start : bare.end]
    if any(char.isalpha() for char in shown):
        return False
    if canonical_unit(full.unit) == "year" and (_is_an_age(bare, text) and _is_an_age(full, other)):
        return True
    if _CI.search(text[: bare.start]) and _CI.search(other[: full.start]):
        return True
    return bool(bare.unit) and full.unit == ""


def _is_an_age(figure: Figure, text: str) -> bool:
    around = text[max(0, figure.start - _NEAR) : figure.end + _NEAR]
    return figure.metric is Metric.AGE or _AGE.search(around) is not None
