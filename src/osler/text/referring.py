"""What a sentence refers back to without saying it: "these patients", "the two groups", "All had …".

Stricter than ``anaphora``, which finds what opens a sentence. Here a sentence is read as it would be
printed by itself, without its article: whatever it leaves unsaid is found, wherever it stands. A word
that points to something named earlier in the same sentence is no fault. Finds and names; what becomes
of the sentence is decided by the rooms above.
"""

from __future__ import annotations

import re
from typing import Final

from osler.text.lists import word_set

_OWN_SINGLE: Final = word_set(
    """
    study trial review meta-analysis analysis report paper article survey cohort series work research
    investigation experiment evaluation project overview model-based finding findings result results data
    observation observations evidence manuscript guideline document chapter synthesis
    """
)
"""Nouns by which a source names itself: which one is meant, the number beside the line tells."""
_POINTS: Final = re.compile(
    r"\b(?P<pointer>this|these|such|those)\s+(?P<words>(?!as\b|that\b|an?\b|who\b|whose\b|with\b|without\b"
    r"|in\b|of\b|at\b|aged\b|having\b|receiving\b|treated\b|taking\b|from\b|for\b|on\b|not\b|between\b)"
    r"[\w-]+(?:\s+[\w-]+){0,2})",
    re.IGNORECASE,
)
_VERB_AFTER: Final = re.compile(
    r"(?:is|was|are|were|has|have|had|may|might|can|could|should|would|will|did|does|do|must"
    r"|suggests?|indicates?|shows?|means?|leads?|results?|causes?|makes?|allows?|appears?|seems?|\w+ed)\b",
    re.IGNORECASE,
)
_FAR: Final = 9
"""Words after which what "this" stands for is taken to be named in the sentence itself."""
_SUCH: Final = re.compile(
    r"\b(?:no|any|one|many|most|all|both|some|other|another|each|several|few|only|which of)\s+(?:of\s+)?"
    r"(?:such|these|those)\b(?!\s+(?:who|with|without|in|that|treated|receiving)\b)",
    re.IGNORECASE,
)
_SIDES: Final = r"(?:groups|arms|cohorts|subgroups|conditions|treatments|regimens|interventions|methods)"
_UNNAMED_SIDES: Final = re.compile(
    rf"\b(?:(?:the\s+)?(?:two|three|four|both|other|all|study|treatment|these)\s+(?:\w+\s+)?{_SIDES}"
    rf"|(?:between|among|across|in|within)\s+(?:the\s+)?{_SIDES}"
    r"|(?:either|neither|each|the other|one|every)\s+(?:study\s|treatment\s)?(?:group|arm|cohort|regimen))\b",
    re.IGNORECASE,
)
_NAMED_SIDES: Final = re.compile(
    r"\b(?:versus|vs|compared (?:with|to)|rather than|than)\b"
    r"|\b(?!the\b|two\b|both\b|three\b|other\b|all\b|these\b|study\b|treatment\b|control\b|each\b|either\b"
    r"|between\b|in\b|of\b|and\b|neither\b|this\b|age\b|one\b)[\w-]{3,} (?:group|arm|cohort)s?\b",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    r"(?<!\()\b(?:[Gg]roups?|[Aa]rms?|[Cc]ohorts?|[Cc]ases?|[Pp]atients?|[Ss]ubjects?|[Ss]eries)\s+"
    r"(?:[A-D]|[IVX]{1,4}|[1-9])\b(?!\s*(?:\(|%|[a-z]|,?\d|\.\d))"
)
_SHOWN: Final = re.compile(
    r"\b(?:Fig(?:ure)?s?\.?|Tables?|Box|Appendix|Supplementary \w+)\s?S?\d\w?\b|\bplease see\b|\bsee (?:above|below"
    r"|also|related|accompanying)\b|\b(?:Video|Additional file) \d",
)
_COUNTED_ALONE: Final = re.compile(
    r"\W*(?:Overall,? |In total,? |Of (?:these|those|them),? |However,? )?"
    r"(?P<who>All|None|Some|Most|Many|Several|A few|Few|Half|Each|One|Two|Three|Four|Five|Six|Seven|Eight|Nine"
    r"|Ten|Eleven|Twelve|\d+)(?:\s*\([^)]*\))?\s+(?:had|was|were|did|died|has|have|are|is|showed|reported"
    r"|received|developed|underwent|required|remained|responded|survived|experienced|could|recovered|would|of"
    r" (?:them|these|those|the (?:patients|cases|subjects|participants|others)))\b",
    re.IGNORECASE,
)
_NEEDS_OF: Final = (
    r"(?:intervention|treatment|drug|program(?:me)?|procedure|model|method|technique|test|score|tool|algorithm"
    r"|device|compound|assay|approach|strategy|protein|gene|mutation|variant|effects?|associations?|relationship"
    r"|differences?|correlations?|increase|decrease|reduction|improvement|prevalence|incidence|rates?|risk"
    r"|mortality|sensitivity|specificity|accuracy|proportion|frequency|number|mean|median|average|range|outcomes?"
    r"|response|findings in|disease|condition|disorder|syndrome|infection|symptoms|lesions?|tumou?rs?|samples?"
    r"|scores|values|levels?|changes?|trend|finding|phenomenon|mechanism|process|remaining \w+|same \w+"
    r"|main (?:outcome|finding|reason|cause)s?|overall \w+|vaccine|software|database|website|instrument"
    r"|questionnaire|scale|programs|diagnosis|surgery|operation|pathogenesis|etiology|aetiology)"
)
_LEFT_OPEN: Final = re.compile(
    rf"\W*(?:Overall,? |However,? |Importantly,? |Moreover,? |Furthermore,? )?The {_NEEDS_OF}(?:\s*\([^)]*\))?\s+"
    r"(?:also |only |then |thus |therefore |further |still |\w+ly )?"
    r"(?:is|was|are|were|had|has|have|did|does|do|may|might|can|could|should|would|will|remained|remains|\w{3,}ed"
    r"|\w{3,}es|showed|rose|fell)\b",
    re.IGNORECASE,
)
_ONE_PERSON: Final = re.compile(
    r"\W*(?:The|Our) (?:patient|child|boy|girl|infant|baby|neonate|newborn|woman|man|mother|father|proband|index"
    r" case|case)\b(?!\s+(?:should|must|may|can|population|group|and|series|with|in|of))",
)
_MID: Final = word_set(
    """
    and or but nor which that whose who whom of to for from with by in on at as than is are was were be been
    has have had can could may might will would then also thus hence because since while where whereas when
    a an the its their his her using such
    """
)
_WORD: Final = re.compile(r"[\w-]+")


def refers_back(sentence: str) -> str:
    """Return the first words of ``sentence`` that need something said before it, or empty."""
    for rule in (_opens_inside, _points_back, _names_no_sides):
        if found := rule(sentence):
            return found
    for pattern in (_COUNTED_ALONE, _LEFT_OPEN, _ONE_PERSON, _LABELLED, _SHOWN):
        # The first three are of the head of a sentence.
        at_head = pattern in (_COUNTED_ALONE, _LEFT_OPEN, _ONE_PERSON)
        match = pattern.match(sentence) if at_head else pattern.search(sentence)
        if match:
            return match.group().strip()
    return ""


def _opens_inside(sentence: str) -> str:
    """Return the first word where it only goes on with something: a snippet cut from a sentence."""
    first = _WORD.match(sentence)
    return first.group() if first and first.group() in _MID and sentence[:1].islower() else ""


def _points_back(sentence: str) -> str:
    for found in _POINTS.finditer(sentence):
        pointer = found["pointer"].lower()
        named = found["words"].split()
        if _VERB_AFTER.match(named[0]) or _is_own(pointer, named):
            continue
        before = _WORD.findall(sentence[: found.start()].lower())
        if len(before) >= _FAR or any(_stem(word.lower()) in map(_stem, before) for word in named):
            continue
        return f"{found['pointer']} {named[0]}"
    such = _SUCH.search(sentence)
    return such.group() if such and len(sentence[: such.start()].split()) < _FAR else ""


def _is_own(pointer: str, named: list[str]) -> bool:
    """Tell whether the source speaks of itself: "this study", "these findings", never "these studies"."""
    words = [word.lower() for word in named]
    if pointer == "this":
        return any(word in _OWN_SINGLE for word in words)
    if pointer == "these":
        return any(word in {"findings", "results", "data", "observations"} for word in words)
    return False


def _stem(word: str) -> str:
    """Return the head of a word by which its singular and its plural are the same."""
    return word[:-3] if word.endswith("ies") else word.rstrip("s")[:7] if len(word) > 3 else word


def _names_no_sides(sentence: str) -> str:
    found = _UNNAMED_SIDES.search(sentence)
    return found.group() if found and not _NAMED_SIDES.search(sentence) else ""
