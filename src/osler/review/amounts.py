"""Doses of one drug that no patient can be given both of: by weight against flat, and two maxima.

Answers set a dose by weight and a flat one side by side and leave it to the reader; two pages that no
reader sees together must agree. ``2 mg/kg`` and ``100 mg`` do for somebody of 50 kg, ``2 mg/kg`` and
``900 mg`` for no adult. Where children are spoken of nothing is concluded from weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from osler.model.comparison import Dose
from osler.model.figure import Figure
from osler.synthesis.measured import Measured
from osler.synthesis.rival_figures import told_in
from osler.synthesis.scales import on_one_scale
from osler.synthesis.setting import NOT_STATED, Setting, told_apart
from osler.text.figures import find_figures
from osler.text.people import Group
from osler.text.units import is_dose_unit

LIGHTEST_KG: Final = 35.0
HEAVIEST_KG: Final = 200.0
"""Body weights of adults between which a dose by weight is worked out, drawn wide on purpose."""
_GROWING: Final = frozenset({Group.CHILDREN, Group.NEWBORNS})
_MAXIMUM: Final = re.compile(
    r"\b(?:max(?:imum|imal|\.)?\s(?:recommended\s)?(?:total\s)?(?:daily\s|single\s)?dos(?:e|age)"
    r"|to\sa\smaximum(?:\sdose)?\sof)\b[^;.]{0,60}$",
    re.IGNORECASE,
)
_CAPPED: Final = re.compile(r"not\s(?:to\s)?exceed|no\smore\sthan|at\smost|max", re.IGNORECASE)
_LEAST_APART: Final = 1.25


@dataclass(frozen=True, slots=True)
class Apart:
    """What two statements say of the doses of one drug that cannot both hold."""

    about: str


def doses_apart(
    words: str, setting: Setting, other_words: str, other: Setting, drugs: Mapping[str, str]
) -> Iterator[Apart]:
    """Yield what two statements say of one drug's dose that no patient could be given both of.

    Args:
        words: What the first statement prints or cites.
        setting: Whom it is about.
        other_words: The same of the second.
        other: Whom that is about.
        drugs: Spellings in lower case of one word, each with the drug's name.
    """
    if any(not _one_side_says(one) for one in told_apart(setting, other)):
        return
    for mine in told_in(words, drugs):
        for theirs in told_in(other_words, drugs):
            if (mine.metric, mine.stage) != (theirs.metric, theirs.stage):
                continue
            if not (setting.people | other.people) & _GROWING and _no_weight_fits(
                mine.figures, theirs.figures
            ):
                yield Apart(f"{mine.metric}, by weight and flat")
    ours, yours = _maximum(words, drugs), _maximum(other_words, drugs)
    if ours and yours and ours[0] == yours[0] and _maxima_differ(ours[1], yours[1]):
        yield Apart(f"maximum dose of {ours[0]}")


def _one_side_says(difference: tuple[str, frozenset[str], frozenset[str]]) -> bool:
    """Tell whether only one side names people, route and the like; it may be read for all."""
    _name, one, other = difference
    return not one or not other or NOT_STATED in one | other


def _no_weight_fits(mine: tuple[Measured, ...], theirs: tuple[Measured, ...]) -> bool:
    pairs = [(a, b) for a in mine for b in theirs]
    return bool(pairs) and all(_parts_at_any_weight(a, b) for a, b in pairs)


def _parts_at_any_weight(mine: Measured, theirs: Measured) -> bool:
    if mine.dose is None or theirs.dose is None or mine.dose.per_kg is theirs.dose.per_kg:
        return False
    by_weight, flat = (mine.dose, theirs.dose) if mine.dose.per_kg else (theirs.dose, mine.dose)
    unit, factor = on_one_scale(by_weight.unit)
    other, times = on_one_scale(flat.unit)
    if by_weight.per != flat.per or unit != f"{other}/kg":
        return False
    low, high = _bounds(by_weight, factor)
    least, most = _bounds(flat, times)
    return most < low * LIGHTEST_KG or high * HEAVIEST_KG < least


def _bounds(dose: Dose, factor: float) -> tuple[float, float]:
    return dose.amount * factor, (dose.amount if dose.high is None else dose.high) * factor


def _maximum(text: str, drugs: Mapping[str, str]) -> tuple[str, Figure] | None:
    """Return the one drug that ``text`` names with the one maximum that it gives, or None."""
    named = {name for spelling, name in drugs.items() if _is_named(spelling, text)}
    found = [
        figure
        for figure in find_figures(text)
        if is_dose_unit(figure.unit)
        and (_MAXIMUM.search(text[: figure.start]) or _CAPPED.match(text[figure.start : figure.end]))
    ]
    return (named.pop(), found[0]) if len(named) == len(found) == 1 else None


def _is_named(spelling: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(spelling)}(?![\w-])", text, re.IGNORECASE) is not None


def _maxima_differ(mine: Figure, theirs: Figure) -> bool:
    unit, factor = on_one_scale(mine.unit)
    other, times = on_one_scale(theirs.unit)
    if unit != other:
        return False
    one, two = sorted(((mine.high or mine.value) * factor, (theirs.high or theirs.value) * times))
    return two >= one * _LEAST_APART
