"""Whether a statement puts things in the order of time in which its evidence puts them.

Knows words of time only (``before``, ``after``, ``early``, ``late``, ``baseline``, ``follow-up``); how
long something took is a figure and is compared elsewhere. Used to object, never to approve.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from osler.verify.binding import Mark, bind
from osler.verify.thesaurus import says


class Moment(StrEnum):
    """Where on the way of time something stands."""

    BEFORE = "before"
    AFTER = "after"
    EARLY = "early"
    LATE = "late"
    BASELINE = "baseline"
    FOLLOW_UP = "follow-up"


_MOMENTS: Final = {
    Moment.BEFORE: re.compile(
        r"\b(?:before(?:hand)?|prior to|pre(?=-?[a-z]{4})|preced\w+|until|previous(?:ly)?|ahead of"
        r"|by the time"
        r"|ante(?=-?[a-z]{4}))",
        re.IGNORECASE,
    ),
    Moment.AFTER: re.compile(
        r"\b(?:after(?:wards?)?|following|follow(?:s|ed)|post(?=-?[a-z]{4})|since|once|upon|subsequent\w*"
        r"|later|then|when|on|with|under|from|end of|ensu\w+)\b|\bpost-?(?=[a-z]{4})",
        re.IGNORECASE,
    ),
    Moment.EARLY: re.compile(
        r"\b(?:earl(?:y|ier|iest)|initial(?:ly)?|begin\w*|onset|first)\b", re.IGNORECASE
    ),
    Moment.LATE: re.compile(
        r"\b(?:late(?:r|st)?|delayed|end|final(?:ly)?|last|advanced)\b", re.IGNORECASE
    ),
    Moment.BASELINE: re.compile(
        r"\b(?:baseline|initial(?:ly)?|at (?:entry|inclusion|enrolment|enrollment|admission|first)"
        r"|pre-?treatment|starting|start of|before)\b",
        re.IGNORECASE,
    ),
    Moment.FOLLOW_UP: re.compile(r"\bfollow(?:ed)?[- ]?up\b", re.IGNORECASE),
}
_SAID: Final = {
    Moment.BEFORE: re.compile(r"\b(?:before|prior to|preceding|previous to)\b", re.IGNORECASE),
    Moment.AFTER: re.compile(r"\b(?:after|following(?! (?:the|a) \w+ (?:was|were)))\b", re.IGNORECASE),
    Moment.EARLY: re.compile(r"\bearly\b", re.IGNORECASE),
    Moment.LATE: re.compile(r"\blate\b", re.IGNORECASE),
    Moment.BASELINE: re.compile(r"\bbaseline\b", re.IGNORECASE),
    Moment.FOLLOW_UP: _MOMENTS[Moment.FOLLOW_UP],
}
"""What a statement must say plainly for the order to count."""
_OPPOSITE: Final = {
    Moment.BEFORE: Moment.AFTER,
    Moment.AFTER: Moment.BEFORE,
    Moment.EARLY: Moment.LATE,
    Moment.LATE: Moment.EARLY,
    Moment.BASELINE: Moment.FOLLOW_UP,
    Moment.FOLLOW_UP: Moment.BASELINE,
}
_LOOSE: Final = frozenset({Moment.AFTER})
"""Said of much that is only joined to it (``with``, ``on``), so that its absence alone shows nothing."""


def sequence_fault(claim: str, evidence: str) -> str:
    """Say which word of time in ``claim`` the evidence does not bear out, or return an empty string."""
    for moment, said in _SAID.items():
        if not said.search(claim):
            continue
        opposite = _OPPOSITE[moment]
        has_own = _MOMENTS[moment].search(evidence)
        against = _SAID[opposite].search(evidence)
        if not has_own and (against or moment not in _LOOSE):
            other = f"; the source says {against.group()!r}" if against else ""
            return f"the statement says {moment.value!r}{other}, not so the source"
        if has_own and against and not _SAID[opposite].search(claim):
            fault = _turned(claim, evidence, moment, opposite)
            if fault:
                return fault
    return ""


def _turned(claim: str, evidence: str, moment: Moment, opposite: Moment) -> str:
    """Say what stands at another moment in ``evidence``, which knows both."""
    mine = bind(claim, list(_marks(claim, (moment,)))).get(moment.value, frozenset())
    theirs = bind(evidence, list(_marks(evidence, (moment, opposite))))
    right, wrong = theirs.get(moment.value, frozenset()), theirs.get(opposite.value, frozenset())
    strays = {word for word in mine if says(wrong, word) and not says(right, word)}
    kept = {word for word in mine if says(right, word) and not says(wrong, word)}
    if strays and not kept:
        return f"in the source {min(strays)!r} stands {opposite.value!r}, not {moment.value!r}"
    return ""


def _marks(text: str, moments: tuple[Moment, ...]) -> Iterator[Mark]:
    for moment in moments:
        for found in _SAID[moment].finditer(text):
            yield Mark(moment.value, found.start(), found.end())
