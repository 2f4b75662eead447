"""Whether a statement's verbs are no surer than its level of certainty allows.

Looks at statements of an effect only: what was done, counted or measured is a report at any level.
"""

from __future__ import annotations

import re
from typing import Final

from osler.model.certainty import VERBS, Level
from osler.model.verdict import Check
from osler.verify.checks import CheckName, failed, passed, skipped

_EFFECT: Final = re.compile(
    r"\b(?:caus(?:e|es|ed)|leads? to|led to|results? in|resulted in|prevent(?:s|ed)?|cures?|cured"
    r"|protects?|reduc(?:e|es|ed)|increas(?:e|es|ed)|improv(?:e|es|ed)|lower(?:s|ed)|rais(?:e|es|ed)"
    r"|decreas(?:e|es|ed)|prolong(?:s|ed)?|shorten(?:s|ed)?|delays?|delayed|worsen(?:s|ed)?|works?"
    r"|helps?|benefits?"
    r"|(?:is|are|was|were) (?:\w+ly )?(?:effective|ineffective|superior|inferior|safe|beneficial"
    r"|harmful)"
    r"|(?:has|have|had) (?:no|an?) (?:\w+ )?effect)\b",
    re.IGNORECASE,
)
_UNCERTAIN: Final = re.compile(
    r"\b(?:uncertain|unclear|not known|unknown|inconclusive|insufficient|very low[- ]certainty)\b",
    re.IGNORECASE,
)
_MAY: Final = re.compile(
    r"\b(?:may|might|could|possibl[ey]|perhaps|suggest(?:s|ed|ing)?|low[- ]certainty)\b", re.IGNORECASE
)
_PROBABLY: Final = re.compile(
    r"\b(?:probabl[ey]|likely|appears? to|seems? to|moderate[- ]certainty)\b", re.IGNORECASE
)
_ENOUGH: Final[dict[Level, tuple[re.Pattern[str], ...]]] = {
    Level.MODERATE: (_PROBABLY, _MAY, _UNCERTAIN),
    Level.LOW: (_MAY, _UNCERTAIN),
    Level.VERY_LOW: (_UNCERTAIN,),
}


def check_assurance(claim: str, level: Level | None) -> Check:
    """Return whether ``claim`` speaks of an effect no more surely than ``level`` allows.

    Weaker words than the level allows are never a fault. Without a level, nothing is looked at.
    """
    if level is None or level is Level.HIGH:
        return skipped(CheckName.ASSURANCE)
    effect = _EFFECT.search(claim)
    if effect is None or any(words.search(claim) for words in _ENOUGH[level]):
        return passed(CheckName.ASSURANCE)
    allowed = " or ".join(repr(verb) for verb in VERBS[level])
    named = level.value.replace("_", " ")
    return failed(
        CheckName.ASSURANCE, f"says {effect.group()!r}; {named} certainty allows {allowed} and no more"
    )
