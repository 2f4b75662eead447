"""How sure one may be of a finding: the source's own rating, or a provisional label by stated rules.

Osler never rates on its own authority. Where a sentence carries its source's rating, that is passed on
as the source's. Otherwise the label is provisional; its basis says so first and then, in words, which
rules were applied. They follow GRADE in where they start and in what lowers a level; raising one takes
an appraisal that no program makes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from osler.model.certainty import DOWNWARDS, PROVISIONAL, Certainty, Level, lowered
from osler.model.source import Design, Kind, Source, Status
from osler.synthesis.ratings import Rating, find_ratings
from osler.text.normalise import fold

FEW_RANDOMISED: Final = 100
"""A trial of fewer people is called small; GRADE's own rule of thumb asks for more still."""
FEW_OBSERVED: Final = 30

_RANDOM: Final = re.compile(r"\brandomi[sz]ed\b|\brcts?\b|\brandomi[sz]ation\b|\brandomly\b|\bplacebo\b")
_CASES: Final = re.compile(r"\bcase (?:reports?|series)\b|\breported cases\b")
_OBSERVED: Final = re.compile(
    r"\bcohorts?\b|\bobservational\b|\bcase[- ]control\b|\bcross-sectional\b|\bretrospective\b"
)
_NOT_RANDOM: Final = re.compile(
    r"\bnon-?randomi[sz]ed\b|\bno (?:\w+ )?randomi[sz]ed\b|\bnot randomi[sz]ed\b"
    r"|\black of (?:\w+ )?randomi[sz]ed\b"
)
_AFTERWARDS: Final = re.compile(
    r"\bpost-? ?hoc\b|\bsub-?group\w*|\bsecondary analys\w+|\bexploratory\b|\bre-?analys\w+"
    r"|\bextension\b"
)
# A record may be indexed as a trial for the trials that it reviews.
_REVIEWS: Final = re.compile(
    r"\b(?:an?|updated|narrative|clinical) (?:\w+ )?(?:review|overview)\b|\Areview of\b"
)
_ONE_ARM: Final = re.compile(
    r"\bsingle-arm\b|\bone-arm\b|\buncontrolled\b"
    r"|\bwithout (?:a |any )?(?:comparator|comparison|control)"
    r"|\bno (?:comparator|comparison|control) (?:group|arm)\b"
)


@dataclass(frozen=True, slots=True)
class _Reason:
    """One rule that was applied, in words, and by how many steps it lowers the level."""

    words: str
    steps: int = 0


def certainty_of(
    source: Source, sentence: str, *, passage: str = "", animal: bool = False, indirect: str = ""
) -> Certainty | None:
    """Return how sure one may be of ``sentence``, or None where no rule says anything.

    A guideline, a drug label and a source of unknown design get a level only where the sentence carries
    their own rating: how they know is not in the record.

    Args:
        source: The record of the source.
        sentence: The sentence, as the source has it.
        passage: The passage it stands in: what a review pooled, what it rates elsewhere.
        animal: Whether animals or laboratory material were studied, whatever design the record gives.
        indirect: Why it bears on the question only indirectly (``on a related condition``), or empty.
    """
    own = find_ratings(sentence)
    if own:
        return _passed_on(own, source)
    if animal or source.design is Design.LABORATORY:
        return Certainty(
            Level.VERY_LOW, f"{PROVISIONAL} animal or laboratory study, not a finding in patients"
        )
    if source.kind is not Kind.RESEARCH or source.design in _UNTOLD:
        return None
    start, reason = _start(source, sentence, passage)
    reasons = [_Reason(reason)]
    if start is not Level.VERY_LOW:
        reasons += _lowering(source, sentence, start, indirect)
    level = lowered(start, sum(each.steps for each in reasons))
    words = [each.words for each in reasons]
    capped = _cap(passage)
    if capped is not None and DOWNWARDS.index(capped.level) > DOWNWARDS.index(level):
        level = capped.level
        words.append(f"not above what the source itself rates elsewhere ({capped.words.strip('() ')})")
    return Certainty(level, f"{PROVISIONAL} {'; '.join(words)}")


_UNTOLD: Final = frozenset({Design.OTHER, Design.GUIDELINE, Design.LABEL})


def _passed_on(ratings: tuple[Rating, ...], source: Source) -> Certainty:
    """Return the rating that the sentence carries; of several the lowest, and that is said."""
    lowest = max(ratings, key=lambda rating: DOWNWARDS.index(rating.level))
    several = lowest.several or len({rating.level for rating in ratings}) > 1
    whose = "the guideline's own rating" if source.kind is Kind.GUIDELINE else "the source's own rating"
    note = ", the lowest of those in the sentence" if several else ", in the sentence itself"
    return Certainty(lowest.level, f"{whose}{note}: {lowest.words.strip('() ')}")


def _start(source: Source, sentence: str, passage: str) -> tuple[Level, str]:
    """Return where the level starts, and why."""
    if source.design is Design.SYSTEMATIC_REVIEW:
        return _start_of_review(source, sentence, passage)
    if source.design is Design.PREPRINT:
        if _RANDOM.search(fold(source.title or "")):
            return Level.HIGH, "randomised trial: starts high"
        return Level.LOW, "design not checked by anyone: starts low"
    if source.design is Design.RANDOMISED_TRIAL and _REVIEWS.search(fold(source.title or "")):
        return _STARTS[Design.NARRATIVE_REVIEW]
    return _STARTS[source.design]


_STARTS: Final[dict[Design, tuple[Level, str]]] = {
    Design.RANDOMISED_TRIAL: (Level.HIGH, "randomised trial: starts high"),
    Design.COHORT: (Level.LOW, "not randomised: starts low"),
    Design.CASE_SERIES: (Level.VERY_LOW, "case series or case report: very low"),
    Design.NARRATIVE_REVIEW: (
        Level.VERY_LOW,
        "narrative review, its authors' reading of the evidence: very low",
    ),
}


def _start_of_review(source: Source, sentence: str, passage: str) -> tuple[Level, str]:
    """Return the level of what a systematic review pooled, as far as its own words tell."""
    for text in (sentence, f"{source.title or ''} . {passage}"):
        folded = fold(text)
        if _CASES.search(folded):
            return Level.VERY_LOW, "systematic review of case reports or series: very low"
        randomised = _RANDOM.search(_NOT_RANDOM.sub(" ", folded))
        observed = _OBSERVED.search(folded) or _NOT_RANDOM.search(folded)
        if randomised and not observed:
            return Level.HIGH, "systematic review of randomised trials: starts high"
        if observed and not randomised:
            return Level.LOW, "systematic review of studies that were not randomised: starts low"
        if randomised and observed:
            return Level.LOW, "systematic review of trials and other studies together: starts low"
    return Level.LOW, "systematic review that does not say what it pooled: starts low"


def _lowering(source: Source, sentence: str, start: Level, indirect: str) -> list[_Reason]:
    """Return each rule that lowers the level, in the order in which it is told."""
    folded = fold(f"{source.title or ''} . {sentence}")
    reasons: list[_Reason] = []
    if start is Level.HIGH:
        # What GRADE asks of a reader of the full text, and no abstract shows.
        reasons.append(_Reason("risk of bias not appraised: one lower", 1))
        if _AFTERWARDS.search(folded):
            reasons.append(_Reason("not the trial's main analysis: one lower", 1))
    elif start is Level.LOW and _ONE_ARM.search(folded):
        reasons.append(_Reason("no comparison group: one lower", 1))
    few = FEW_RANDOMISED if start is Level.HIGH else FEW_OBSERVED
    count = source.participants
    if count is not None and count < few:
        reasons.append(_Reason(f"{count} people, fewer than {few}: one lower", 1))
    if source.design is Design.PREPRINT:
        reasons.append(_Reason("preprint, not peer reviewed: one lower", 1))
    if source.status is Status.CONCERN:
        reasons.append(_Reason("under an expression of concern: one lower", 1))
    if source.status is Status.CORRECTED:
        reasons.append(_Reason("corrected since: one lower", 1))
    if indirect:
        reasons.append(_Reason(f"{indirect}: one lower", 1))
    return reasons


def _cap(passage: str) -> Rating | None:
    """Return the highest rating that the passage gives; a provisional label may not pass it."""
    return min(find_ratings(passage), key=lambda rating: DOWNWARDS.index(rating.level), default=None)
