"""Whether a statement is no surer than its evidence: hedges kept, association not made a cause.

Weaker words than the source's are never a fault.
"""

from __future__ import annotations

import re
from typing import Final

from osler.model.verdict import Check
from osler.text.cue import CueKind
from osler.text.polarity import direction, hedges, negations
from osler.verify.checks import CheckName, failed, passed
from osler.verify.wording import relevant_clause

_NO_HEDGE: Final = re.compile(
    r"approximately|about|around|roughly|estimated|relatively|indicat\w+ that|consistent with"
    r"|unlikely|trends?",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"\bwhether\b|\bto (?:examine|determine|assess|investigate|evaluate|test|explore|study|clarify)\b",
    re.IGNORECASE,
)
_TOPIC: Final = re.compile(
    r"\s*(?:the )?(?:effects?|role|impact|influence|use) of\b"
    r"(?!.*\b(?:is|are|was|were|has|have|had|did|does|do|can|may)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""A title that names what was studied, and not what was found."""
_ONLY: Final = re.compile(r"\b(?:only|solely|exclusively)\b(?! \d)", re.IGNORECASE)
_ONLY_TOO: Final = re.compile(
    r"\b(?:only|sole(?:ly)?|exclusive(?:ly)?|alone|just|merely|the one|no other|nothing but|single)\b",
    re.IGNORECASE,
)
_IDIOM: Final = re.compile(
    r"\b(?:above all|after all|in all(?=,| \d)|at all|all (?:along|over|round|through|too"
    r"|the (?:same|way))"
    r"|all (?:of )?(?:the )?(?:two|three|four|five|six)|every (?:other )?(?:day|week|month|year|hour"
    r"|morning|night|\d)\w*|at (?:least|most)|most (?:of|patients|people|cases|participants|often"
    r"|commonly"
    r"|frequently)|alone (?:or|and)|each (?:other|day|week|month|year)|least (?:likely|often))\b",
    re.IGNORECASE,
)
"""Turns of phrase with a loud word in them that claim nothing loud."""
_ASSOCIATION: Final = re.compile(
    r"\b(?:associat\w+|correlat\w+|linked|related to|relationship|risk factors?|predict\w*"
    r"|observational)\b",
    re.IGNORECASE,
)
_CAUSE: Final = re.compile(
    r"\b(?:caus(?:e|es|ed|ing|al)|leads? to|led to|results? in|resulted in|due to|because of"
    r"|prevents?|cures?|cured"
    r"|eliminates?|protects?|induces?|induced|triggers?|responsible for|mediates?|drives?|reduces"
    r"|increases"
    r"|improves|lowers|raises|decreases|effective)\b",
    re.IGNORECASE,
)
_CAN: Final = re.compile(r"\bcan\b(?!\s*not)", re.IGNORECASE)
_SUGGESTION: Final = re.compile(
    r"\b(?:suggestion|hint|impression|indication)s? (?:is|was|of|that)\b", re.IGNORECASE
)
_OFTEN: Final = frozenset({"often", "usually", "generally", "sometimes", "occasionally"})
_COMMON: Final = re.compile(
    r"\b(?:common(?:ly|er|est)?|frequent(?:ly)?|typical(?:ly)?|as a rule|normally|mostly|many"
    r"|at times|now and then)\b",
    re.IGNORECASE,
)
_EVERY_ONE: Final = re.compile(r"\b100(?:\.0+)?\s?%")
_LOUD: Final = (
    ("always", r"always|invariably|in all cases"),
    ("never", r"never"),
    ("all", r"\ball\b|every|each|any\b|entire"),
    ("proven", r"prove[sdn]?\b|proof|demonstrat\w+|established"),
    (
        "certainly",
        r"certain(?:ly)?|definit(?:e|ely|ive|ively)\b|conclusive\w*|clearly|undoubted\w*|unequivocal\w*",
    ),
    (
        "dramatically",
        r"dramatic\w*|marked\w*|striking\w*|substantial\w*|profound\w*|strong\w*|large\w*|major",
    ),
    ("completely", r"complete\w*|total\w*|entire\w*|full\w*"),
    ("significantly", r"significan\w*|p\s*[<=≤]"),
    ("only", r"\bonly\b|sole\w*|exclusiv\w*|alone\b"),
    ("best", r"\bbest\b|optimal|most effective|superior"),
    (
        "largest",
        r"\b(?:largest|highest|greatest|leading|main|primary|most|peak|lowest|smallest|least"
        r"|majority)\b",
    ),
    ("half", r"\b(?:half|halves|third|quarter|twice|double[sd]?|triple[sd]?|fold)\b|50\s?%"),
    ("first", r"\bfirst\b"),
    ("safe", r"\bsafe\w*|well[- ]tolerated"),
    ("cure", r"\bcur(?:e|es|ed|ative|ing)\b"),
    ("must", r"\bmust\b|ha(?:s|ve|d) to\b|requir\w*|mandatory|necessary|essential|need\w*"),
    ("should", r"should|recommend\w*|advis\w*|must|indicated"),
)
_LOUD_PATTERNS: Final = tuple((word, re.compile(pattern, re.IGNORECASE)) for word, pattern in _LOUD)
_LOUD_WORD: Final = {
    "all": re.compile(r"\b(?:all|every)\b", re.IGNORECASE),
    "dramatically": re.compile(
        r"\b(?:dramatic|marked|striking|substantial|profound|strong)\w*\b", re.IGNORECASE
    ),
    "completely": re.compile(r"\b(?:completely|totally|entirely|fully)\b", re.IGNORECASE),
    "half": re.compile(r"\b(?:half|halves|twice|doubles|doubled|tripled?)\b", re.IGNORECASE),
    "largest": re.compile(
        r"\b(?:largest|highest|greatest|leading|most|peak|lowest|smallest|least|majority)\b",
        re.IGNORECASE,
    ),
    "proven": re.compile(r"\b(?:proven?|proves)\b", re.IGNORECASE),
    "must": re.compile(r"\b(?:must|mandatory|essential|necessary|required)\b", re.IGNORECASE),
    "should": re.compile(r"\b(?:should|recommend\w*)\b", re.IGNORECASE),
    "significantly": re.compile(r"\bsignificantly\b", re.IGNORECASE),
    "certainly": re.compile(
        r"\b(?:certainly|definit(?:e|ely|ive|ively)|conclusive\w*|clearly|undoubtedly"
        r"|unequivocal\w*)\b",
        re.IGNORECASE,
    ),
}


def check_strength(claim: str, evidence: str) -> Check:
    """Return whether ``claim`` keeps the hedges of ``evidence`` and adds no certainty of its own."""
    clause = relevant_clause(claim, evidence)
    asked = _ASKS.search(clause) or _TOPIC.match(clause)
    if asked and not _ASKS.search(claim):
        return failed(CheckName.STRENGTH, f"the source asks ({asked.group()!r}); the statement answers")
    held_back = [cue.text for cue in hedges(clause) if not _NO_HEDGE.fullmatch(cue.text.strip())]
    if held_back and not _is_hedged(claim) and not _may_be(held_back, claim):
        return failed(CheckName.STRENGTH, f"the source says {held_back[0]!r}; the statement is surer")
    if _ONLY.search(clause) and not _ONLY_TOO.search(claim):
        return failed(CheckName.STRENGTH, "the source says 'only'; the statement leaves it out")
    if _ASSOCIATION.search(clause) and not _CAUSE.search(clause) and _is_causal(claim):
        return failed(CheckName.STRENGTH, "the source reports an association, the statement a cause")
    plain = _IDIOM.sub(" ", claim)
    for word, pattern in _LOUD_PATTERNS:
        said = _LOUD_WORD.get(word, pattern).search(plain)
        if said and not pattern.search(evidence) and not _is_said_loud(word, evidence):
            return failed(CheckName.STRENGTH, f"the statement adds {said.group()!r}")
    return passed(CheckName.STRENGTH)


def _may_be(held_back: list[str], claim: str) -> bool:
    """Tell whether ``can`` stands for ``may``, or a noun (``the suggestion``) for its verb."""
    if _SUGGESTION.search(claim):
        return True
    words = {word.lower() for word in held_back}
    if words <= _OFTEN and _COMMON.search(claim):
        return True
    return words == {"may"} and _CAN.search(claim) is not None


def _is_said_loud(word: str, evidence: str) -> bool:
    """Tell whether ``evidence`` says ``word`` by a figure or by a negation."""
    if word == "all":
        return _EVERY_ONE.search(evidence) is not None
    return word == "never" and bool(negations(evidence))


def _is_hedged(claim: str) -> bool:
    return any(not _NO_HEDGE.fullmatch(cue.text.strip()) for cue in hedges(claim))


def _is_causal(claim: str) -> bool:
    if _ASSOCIATION.search(claim):
        return False
    acts = any(
        cue.kind in {CueKind.UP, CueKind.DOWN} and cue.text.lower().endswith("s")
        for cue in direction(claim)
    )
    return acts or _CAUSE.search(claim) is not None
