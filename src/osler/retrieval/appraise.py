"""How much a source can carry for this question: standing, design, directness, date.

Priors order evidence that is equally on the question; they never bring in evidence that is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from osler.model.source import Design, Source, Status

DESIGN_RANK: Final[dict[Design, int]] = {
    Design.GUIDELINE: 9,
    Design.LABEL: 8,
    Design.SYSTEMATIC_REVIEW: 7,
    Design.RANDOMISED_TRIAL: 6,
    Design.COHORT: 5,
    Design.CASE_SERIES: 4,
    Design.NARRATIVE_REVIEW: 3,
    Design.OTHER: 2,
    Design.LABORATORY: 1,
    Design.PREPRINT: 0,
}
"""From the strongest tier to the weakest, as the field orders them."""

UNUSABLE: Final = frozenset({Status.RETRACTED, Status.WITHDRAWN})


class Directness(IntEnum):
    """How closely evidence fits the drug and the condition asked about."""

    OFF = 0
    SAID_OTHERWISE = 1
    RELATED = 2
    DIRECT = 3


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What is held of one source, with the reason in words."""

    usable: bool
    design_rank: int
    year: int
    reason: str


def appraise(source: Source) -> Appraisal:
    """Return the appraisal of ``source``; a retracted or withdrawn one is not usable."""
    if source.status in UNUSABLE:
        return Appraisal(False, 0, 0, f"{source.status.value}: not used")
    year = source.year or 0
    words = [source.design.value.replace("_", " ")]
    if year:
        words.append(str(year))
    if source.status is not Status.CURRENT:
        words.append(source.status.value)
    return Appraisal(True, DESIGN_RANK[source.design], year, ", ".join(words))


def prior(source: Source) -> float:
    """Return a factor near 1 that orders sources of equal fit: stronger designs first, standing last."""
    factor = 1.0 + 0.02 * (DESIGN_RANK[source.design] - 4)
    if source.status in (Status.SUPERSEDED, Status.CONCERN):
        factor -= 0.1
    return factor


def source_speaks(source: Source) -> bool:
    """Tell whether a source speaks about others' findings, and not of people it studied."""
    return source.design in (Design.GUIDELINE, Design.LABEL, Design.NARRATIVE_REVIEW, Design.OTHER)
