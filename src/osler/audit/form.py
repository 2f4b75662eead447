"""What is wrong with how a claim is put: no comparator, verbs and names above the evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from osler.audit.evidence import Said
from osler.audit.findings import Finding, objection
from osler.model.source import Design, Kind
from osler.model.verdict import Check
from osler.text.polarity import comparators, hedges, negations
from osler.verify.wording import missing, opened, tokens

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
_PAIRS: Final = (
    ("before", "after"), ("within", "after"), ("by", "after"), ("until", "after"), ("above", "below"),
    ("over", "under"), ("with", "without"), ("inside", "outside"),
)  # fmt: skip
_TURNED: Final = frozenset(_PAIRS) | {(other, one) for one, other in _PAIRS}
_ORDERED: Final = re.compile(
    rf"\b(?:{'|'.join(sorted({word for pair in _PAIRS for word in pair}))})\b", re.I
)
_PREFERRED: Final = re.compile(r"\b(?:over|rather than|instead of|in preference to|in place of)\b", re.I)
_SIDE: Final = 6
_OF_EVIDENCE: Final = re.compile(
    r"(?:trial|cohort|review|series|guideline|label|article|paper|author|investigator|abstract|treat|given|give"
    r"|gave|receiv|us(?:e|ed|ing)|accord|includ|report|show|found|find|say|said|stat|describ|observ|occur|involv"
    r"|overall|total|number|among|remain|becam|becom|begin|began|well|known|common|typical|usual)\w*",
    re.IGNORECASE,
)
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
    """Return the objection to ``after`` where the evidence has ``before``, or to sides exchanged."""
    if best is None:
        return []
    ours, theirs = _ordered(claim), _ordered(best.text)
    for word, key in sorted(ours - theirs):
        for one, other in sorted(_TURNED):
            if one == word and (other, key) in theirs:
                reason = f"the evidence says {other!r} where the text says {word!r}"
                return [objection(Finding.ORDER, reason)]
    mine, said = _sides(claim), _sides(best.text)
    if mine[0] & said[1] and mine[1] & said[0] and not mine[1] & said[1]:
        return [
            objection(Finding.ORDER, "what is preferred and what it is preferred to have changed places")
        ]
    return []


def _sides(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words before and behind the first ``over`` or ``rather than``, those near it."""
    found = _PREFERRED.search(text)
    if found is None:
        return frozenset(), frozenset()
    before = [t.key for t in tokens(text) if t.end <= found.start()]
    after = [t.key for t in tokens(text) if t.start >= found.end()]
    return frozenset(before) - frozenset(after), frozenset(after[:_SIDE]) - frozenset(before)


def _ordered(text: str) -> frozenset[tuple[str, str]]:
    """Return the words of order in ``text``, each with the content word that follows it."""
    found = tokens(text)
    return frozenset(
        (match.group().lower(), key)
        for match in _ORDERED.finditer(text)
        for key in [next((t.key for t in found if t.start >= match.end()), "")]
        if key
    )


def check_words(claim: str, best: Said | None, vocabulary: Mapping[str, str]) -> list[Check]:
    """Return the objection to a word of ``claim`` that neither the evidence nor its title holds.

    The judge lets a third of the words go, for a printed statement has others to rest on; here a single
    one (``inherited`` for ``acquired``) may be all that is wrong. Words of evidence itself are left out.
    """
    if best is None:
        return []
    held = opened(f"{best.text} . {best.source.title or ''}", best.passage.text, vocabulary)
    absent = [word for word in missing(claim, held) if not _OF_EVIDENCE.fullmatch(word)]
    if not absent:
        return []
    return [objection(Finding.WORDS, f"the evidence does not say {', '.join(map(repr, absent[:3]))}")]


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
