"""What is wrong with how a claim is put: no comparator, verbs and names above the evidence."""

from __future__ import annotations

import re
from typing import Final

from osler.audit.evidence import Said
from osler.audit.findings import Finding, objection
from osler.model.source import Design, Kind
from osler.model.verdict import Check
from osler.text.polarity import comparators, hedges, negations
from osler.verify.wording import tokens

_OUTCOME: Final = (
    r"(?:rates?|risks?|mortality|deaths?|survival|relapses?|recurrences?|incidence|outcomes?"
    r"|hospitali[sz]ations?"
    r"|complications?|remission|frequency|efficacy|safety|toxicity|likelihood|odds|prognosis)"
)
_DIRECTED: Final = re.compile(
    rf"\b(?:higher|lower|fewer|greater|longer|shorter|better|worse|superior|inferior|faster|slower"
    rf"|more (?:effective|frequent|often|common|potent|likely)|less (?:effective|frequent|common"
    rf"|toxic|likely))\b"
    rf"|\b(?:reduc|increas|improv|decreas|lower|rais)(?:e|es|ed|ing|s)?\s+(?:the\s+"
    rf"|in\s+)?(?:[\w-]+\s+){{0,2}}?{_OUTCOME}\b"
    rf"|\b(?:reduction|increase|improvement|decrease)s?\s+(?:in"
    rf"|of)\s+(?:the\s+)?(?:[\w-]+\s+){{0,2}}?{_OUTCOME}\b",
    re.IGNORECASE,
)
_NO_DIRECTION: Final = re.compile(
    r"\b(?:higher|lower|longer)[- ](?:dose|doses|term|limb|risk group)\b|\bat higher risk\b", re.I
)
_AGAINST: Final = re.compile(
    r"\bfrom\s+[\d.,]+\s?\S*\s+to\b|\bbefore\b|\bbaseline\b|\bagainst\b|\bwithout\b|\bcontrols?\b"
    r"|\bplacebo\b"
    r"|\bpreviously\b|\bhistorical\b|\bhazard ratio\b|\bodds ratio\b|\brelative risk\b|\brisk ratio\b"
    r"|\bworse(?:ned|ning)?\s+between\b|\bcorrelat\w+|\bassociated with\b|\bstarting\b"
    r"|\bfell by\b|\bby\s+[\d.]+\s?%",
    re.IGNORECASE,
)
_TURNED: Final = {
    "before": "after", "after": "before", "above": "below", "below": "above", "over": "under",
    "under": "over", "with": "without", "without": "with", "inside": "outside", "outside": "inside",
}  # fmt: skip
_ORDERED: Final = re.compile(rf"\b(?:{'|'.join(_TURNED)})\b", re.IGNORECASE)
_PROOF: Final = re.compile(
    r"\b(?:prove[sdn]?|proven|proof|cures?|cured|curative|guarantees?|definitively|conclusively"
    r"|confirms? that"
    r"|establish(?:es|ed) that|clearly (?:shows?|demonstrates?)|undoubtedly|eliminates?"
    r"|eradicates?|ensures?)\b",
    re.IGNORECASE,
)
_CAUSES: Final = re.compile(
    r"\b(?:reduces|improves|prevents|increases survival|prolongs survival|saves lives|lowers"
    r"|leads to|results in"
    r"|causes|is (?:highly |very |extremely )?effective|is (?:safe|superior))\b",
    re.IGNORECASE,
)
_EFFECT: Final = re.compile(
    r"\b(?:reduc|improv|prevent|caus|increas|decreas|lower|rais|prolong|shorten|worsen)(?:es|ed|s)\b",
    re.IGNORECASE,
)
_ASSOCIATED: Final = re.compile(r"\b(?:associat\w+|correlat\w+|linked|predict\w*)\b", re.IGNORECASE)
_STRONG: Final = frozenset(
    {Design.RANDOMISED_TRIAL, Design.SYSTEMATIC_REVIEW, Design.GUIDELINE, Design.LABEL}
)
_UNCONTROLLED: Final = frozenset(
    {Design.CASE_SERIES, Design.NARRATIVE_REVIEW, Design.OTHER, Design.PREPRINT}
)
_BY_AUTHORITY: Final = re.compile(
    r"\b(?:guidelines?|guidance|consensus|societ(?:y|ies)|task force)\b[^.;]{0,60}\b(?:recommend"
    r"|advise|require|state|suggest"
    r"|endorse|say|specif)\w*|\baccording to (?:the )?(?:\w+ ){0,3}(?:guidelines?|guidance)\b"
    r"|\b(?:is|are) recommended by (?:the )?(?:\w+ ){0,4}(?:guidelines?|societ(?:y|ies)|college"
    r"|task force)",
    re.IGNORECASE,
)


def check_comparator(claim: str) -> list[Check]:
    """Return the objection to a word of direction that says not compared with what."""
    found = _DIRECTED.search(claim)
    if found is None or _NO_DIRECTION.search(claim) or comparators(claim) or _AGAINST.search(claim):
        return []
    return [objection(Finding.COMPARATOR, f"{found.group()!r} does not say compared with what")]


def check_order(claim: str, best: Said | None) -> list[Check]:
    """Return the objection to ``after`` where the evidence has ``before`` beside the same word."""
    if best is None:
        return []
    ours, theirs = _ordered(claim), _ordered(best.text)
    for word, key in sorted(ours):
        opposite = _TURNED[word]
        if (opposite, key) in theirs and (word, key) not in theirs:
            reason = f"the evidence says {opposite!r} where the text says {word!r}"
            return [objection(Finding.ORDER, reason)]
    return []


def _ordered(text: str) -> frozenset[tuple[str, str]]:
    """Return the words of order in ``text``, each with the content word that follows it."""
    found = tokens(text)
    return frozenset(
        (match.group().lower(), key)
        for match in _ORDERED.finditer(text)
        for key in [next((t.key for t in found if t.start >= match.end()), "")]
        if key
    )


def check_verb(claim: str, best: Said | None) -> list[Check]:
    """Return the objection to a verb that is surer than the design of the best evidence allows.

    A claim that holds itself back, or denies, is sure of nothing.
    """
    design = best.source.design if best is not None else None
    if negations(claim) or hedges(claim):
        return []
    proof = _PROOF.search(claim)
    if proof and design not in _STRONG:
        known = (
            f"the best evidence found is a {_name(design)}"
            if design
            else "no evidence found bears it out"
        )
        return [objection(Finding.VERB, f"{proof.group()!r} is surer than the evidence: {known}")]
    effect = _EFFECT.search(claim)
    if effect and best is not None and _ASSOCIATED.search(best.text) and not _ASSOCIATED.search(claim):
        return [
            objection(Finding.VERB, f"{effect.group()!r} states an effect; the evidence an association")
        ]
    cause = _CAUSES.search(claim)
    if cause and design in _UNCONTROLLED | {Design.LABORATORY}:
        return [
            objection(
                Finding.VERB,
                f"{cause.group()!r} states an effect; the best evidence found is a {_name(design)}, "
                "which compares with nothing",
            )
        ]
    return []


def _name(design: Design | None) -> str:
    return "source of another kind" if design in {None, Design.OTHER} else str(design).replace("_", " ")


def check_attribution(claim: str, best: Said | None) -> list[Check]:
    """Return the objection to a guideline that is said to say what no guideline found says."""
    found = _BY_AUTHORITY.search(claim)
    if found is None:
        return []
    if best is None:
        return [objection(Finding.ATTRIBUTION, "said of a guideline; no guideline found says it")]
    speaks = f"{best.text} . {best.source.title or ''}".lower()
    if best.source.kind is Kind.RESEARCH and "guid" not in speaks and "recommend" not in speaks:
        return [
            objection(
                Finding.ATTRIBUTION,
                f"said of a guideline; the evidence is a {_name(best.source.design)}",
            )
        ]
    return []
