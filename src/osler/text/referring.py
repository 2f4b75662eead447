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

FAR: Final = 9
"""Words after which what "this" stands for is taken to be named in the sentence itself."""

_OWN: Final = word_set(
    """
    study trial review meta-analysis analysis report paper article survey cohort series work research
    investigation experiment evaluation project overview finding observation evidence manuscript
    guideline document chapter synthesis
    """
)
"""Nouns by which a source names itself behind "this": the number beside the line tells which it is."""
_OWN_MANY: Final = word_set("findings results data observations")
"""The same behind "these": what a source found is its own, "these studies" are others."""

_POINTS: Final = re.compile(
    r"\b(?P<pointer>this|these|such|those)\s+(?P<words>(?!as\b|that\b|an?\b|who\b|whose\b|with\b|without\b"
    r"|in\b|of\b|at\b|aged\b|having\b|receiving\b|treated\b|taking\b|from\b|for\b|on\b|not\b|between\b)"
    r"[\w-]+(?:\s+[\w-]+){0,2})",
    re.IGNORECASE,
)
_VERB_AFTER: Final = re.compile(
    r"(?:is|was|are|were|has|have|had|may|might|can|could|should|would|will|did|does|do|must"
    r"|suggests?|indicates?|shows?|means?|leads?|results?|causes?|makes?|allows?|appears?|seems?"
    r"|\w+ed)\b",
    re.IGNORECASE,
)
_SUCH: Final = re.compile(
    r"\b(?:no|any|one|many|most|all|both|some|other|another|each|several|few|only|which of)\s+(?:of\s+)?"
    r"(?:such|these|those)\b(?!\s+(?:who|with|without|in|that|treated|receiving)\b)",
    re.IGNORECASE,
)

_SIDES: Final = r"(?:groups|arms|cohorts|subgroups|conditions|treatments|regimens|interventions|methods)"
_UNNAMED_SIDES: Final = re.compile(
    rf"\b(?:(?:the\s+)?(?:two|three|four|both|other|all|study|treatment|these)\s+(?:\w+\s+)?{_SIDES}"
    rf"|(?:between|among|across|in|within)\s+(?:the\s+)?{_SIDES}"
    r"|(?:either|neither|each|the other|one|every)\s+(?:study\s|treatment\s)?"
    r"(?:group|arm|cohort|regimen))\b",
    re.IGNORECASE,
)
_NAMED_SIDES: Final = re.compile(
    r"\b(?:versus|vs|compared (?:with|to)|rather than|than)\b"
    r"|\b(?!(?:the|two|both|three|other|all|these|this|study|treatment|control|each|either|neither|between"
    r"|among|across|within|in|of|and|age|one)\b)[\w-]{3,} (?:group|arm|cohort)s?\b",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(
    r"(?<!\()\b(?:[Gg]roups?|[Aa]rms?|[Cc]ohorts?|[Cc]ases?|[Pp]atients?|[Ss]ubjects?|[Ss]eries)\s+"
    r"(?:[A-D]|[IVX]{1,4}|[1-9])\b"
    r"(?!\s*(?:\(|%|,?\d|\.\d|strepto|(?:to|hours?|days?|weeks?|months?|years?)\b))"
)
_SHOWN: Final = re.compile(
    r"\b(?:Fig(?:ure)?s?\.?|Tables?|Box|Appendix|Supplementary \w+)\s?S?\d\w?\b|\bplease see\b"
    r"|\bsee (?:above|below|also|related|accompanying)\b"
    r"|\b(?:illustrated|described|shown|presented|reported|reviewed) here\b"
    r"|\b(?:Video|Additional file) \d",
)

_LED_BY: Final = (
    r"\W*(?:(?:Overall|However|Importantly|Moreover|Furthermore|In total|Of (?:these|those|them)),? )?"
)
_COUNTED_ALONE: Final = re.compile(
    rf"{_LED_BY}(?:All|None|Some|Most|Many|Several|A few|Few|Half|Each|One|Two|Three|Four|Five|Six|Seven"
    r"|Eight|Nine|Ten|Eleven|Twelve|\d+)(?:\s*\([^)]*\))?\s+(?:had|was|were|did|died|has|have|are"
    r"|is|showed|reported|received|developed|underwent|required|remained|responded|survived|experienced"
    r"|could|recovered|would"
    r"|of (?:them|these|those|the (?:patients|cases|subjects|participants|others)))\b",
    re.IGNORECASE,
)
_NEEDS_OF: Final = (
    r"(?:intervention|treatment|drug|program(?:me)?|procedure|model|method|technique|test|score|tool"
    r"|algorithm|device|compound|assay|approach|strategy|protein|gene|mutation|variant|effects?"
    r"|associations?|relationship|differences?|correlations?|increase|decrease|reduction|improvement"
    r"|prevalence|incidence|rates?|risk|mortality|sensitivity|specificity|accuracy|proportion|frequency"
    r"|number|mean|median|average|range|outcomes?|response|disease|condition|disorder|syndrome|infection"
    r"|symptoms|lesions?|tumou?rs?|samples?|scores|values|levels?|changes?|trend|finding|phenomenon"
    r"|(?:first|second|third|last|observed"
    r"|provided|proposed|described|reviewed|resulting|latter|former) \w+(?: \w+)?"
    r"|mechanism|process|remaining \w+|same \w+|main (?:outcome|finding|reason|cause)s?|overall \w+"
    r"|vaccine|software|database|website|instrument|questionnaire|scale|programs|diagnosis|surgery"
    r"|operation|pathogenesis|etiology|aetiology)"
)
_LEFT_OPEN: Final = re.compile(
    rf"{_LED_BY}The {_NEEDS_OF}(?:\s*\([^)]*\))?\s+"
    r"(?:also |only |then |thus |therefore |further |still |\w+ly )?"
    r"(?:is|was|are|were|had|has|have|did|does|do|may|might|can|could|should|would|will"
    r"|remained|remains|appears?|seems?"
    r"|\w{3,}ed|\w{3,}es|showed|rose|fell)\b",
    re.IGNORECASE,
)
_LATER: Final = re.compile(
    r"\W*(?:\w+,? )?(?:\d+|one|two|three|four|five|six|several|a few)"
    r" (?:hours?|days?|weeks?|months?|years?) (?:later|afterwards?)\b"
    r"|\W*(?:despite|after|before|because of) (?:this|these|that)\b",
    re.IGNORECASE,
)
_ONE_PERSON: Final = re.compile(
    r"\W*(?:The|Our) (?:patient|child|boy|girl|infant|baby|neonate|newborn|woman|man|mother|father"
    r"|proband|index case|case)\b"
    r"(?!\s+(?:should|must|may|can|population|group|and|series|with|in|of)\b)",
)
_MID: Final = word_set(
    """
    and or but nor which that whose who whom of to for from with by in on at as than is are was were be
    been has have had can could may might will would then also thus hence because since while where
    whereas when a an the its their his her using such
    """
)
_COUNTED: Final = re.compile(
    r"\bthe (?:two|three|four|five|six|seven|eight|[2-9]) (?:diseases|conditions|drugs|genes|studies"
    r"|trials|populations|species|tests|measures|models|products|sites|stations|scores|institutions)\b",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"\bthe (?P<noun>intervention|procedure|program(?:me)?|meeting|method|device|instrument"
    r"|questionnaire|technique|algorithm|disease|disorder|syndrome|gene|mutation)s?\b(?!['’-]|\s+(?:of|for|in|that|which"
    r"|who|to|called|and|or|group|arm|score|process|course|activity|severity|phenotype)\b)",
    re.IGNORECASE,
)
_NAMED_THING: Final = re.compile(
    r"(?<![.!?] )(?<!^)\b[A-Z]\w*[A-Z0-9]\w*\b|\w(?:itis|osis|emia|oma|pathy|ase)s?\b"
)
"""A name in the sentence that "the gene" or "the disease" may stand for."""
_WHOSE: Final = word_set(
    "patients group groups population subgroup method procedure intervention study disorder disease"
    " infections species women children cases subjects individuals participants"
)
_WORD: Final = re.compile(r"[\w-]+")
_HEADS: Final = (_COUNTED_ALONE, _LEFT_OPEN, _ONE_PERSON, _LATER)
_ANYWHERE: Final = (_LABELLED, _SHOWN, _COUNTED)


def refers_back(sentence: str) -> str:
    """Return the first words found in ``sentence`` that need something said before it, or empty."""
    found = (
        _opens_inside(sentence)
        or _points_back(sentence)
        or _names_no_sides(sentence)
        or _is_not_named(sentence)
    )
    if found:
        return found
    heads = (pattern.match(sentence) for pattern in _HEADS)
    inside = (pattern.search(sentence) for pattern in _ANYWHERE)
    return next((match.group().strip() for match in (*heads, *inside) if match), "")


def _opens_inside(sentence: str) -> str:
    """Return the first word where it only goes on with something: a snippet cut from a sentence."""
    first = _WORD.match(sentence)
    return first.group() if first and first.group() in _MID else ""


def _points_back(sentence: str) -> str:
    """Return a pointer with its noun, unless the sentence names that noun, or much else, before it."""
    for found in _POINTS.finditer(sentence):
        named = found["words"].split()
        if _VERB_AFTER.match(named[0]) or _is_own(found["pointer"].lower(), named):
            continue
        before = _WORD.findall(sentence[: found.start()].lower())
        stems = set(map(_stem, before))
        is_near = len(before) < FAR or bool(_WHOSE.intersection(map(str.lower, named[:2])))
        if is_near and not any(_stem(word.lower()) in stems for word in named if len(word) > 4):
            return f"{found['pointer']} {named[0]}"
    such = _SUCH.search(sentence)
    return such.group() if such and len(sentence[: such.start()].split()) < FAR else ""


def _is_own(pointer: str, named: list[str]) -> bool:
    """Tell whether a source speaks of itself: "this study" and "these findings"; not "these studies"."""
    own = {"this": _OWN, "these": _OWN_MANY}.get(pointer, frozenset())
    return any(word.lower() in own for word in named)


def _stem(word: str) -> str:
    """Return the head of a word by which its singular and its plural are the same."""
    if len(word) <= 3:
        return word
    return word[:-3] if word.endswith("ies") else word.rstrip("s")[:7]


def _names_no_sides(sentence: str) -> str:
    found = _UNNAMED_SIDES.search(sentence)
    return found.group() if found and not _NAMED_SIDES.search(sentence) else ""


def _is_not_named(sentence: str) -> str:
    """Return "the procedure" and its like where nothing before it in the sentence can be meant."""
    for found in _BARE.finditer(sentence):
        before = sentence[: found.start()].lower()
        if found["noun"].lower() not in before and not _NAMED_THING.search(sentence):
            return found.group()
    return ""
