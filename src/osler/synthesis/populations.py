"""Whom a figure is about, in the words of its sentence, and a key that tells one population from another.

Two populations are the same only when the same words name them, whatever their order, spelling or
abbreviation. Unknown is not the same as unknown: a population that is not stated has no key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from osler.text.disease_names import NEEDS_A_WORD_BEFORE, is_disease
from osler.text.drug_names import is_drug
from osler.text.normalise import STOP_WORDS, content_words, fold, fold_spelling, hyphenated_words
from osler.text.people import Group, groups_in

_PEOPLE: Final = (
    r"(?:patients|children|adults|infants|neonates|newborns|women|men|people|participants|subjects|volunteers"
    r"|adolescents|individuals|persons|mice|rats|cases)"
)
_ADJECTIVE: Final = r"(?:(?!in\b|of\b|for\b|with\b|and\b|the\b|to\b|on\b|all\b|by\b|from\b|was\b|were\b|is\b|are\b)[A-Za-z][\w-]*\s)"
_END: Final = (
    r"(?=\s*(?:[,;.()]|$|\b(?:was|were|is|are|had|have|has|did|does|on|given|after|before|who|whose|which|treated|receiving"
    r"|received|taking|in|at|by|during|to|from|not|than|when|reached|responded|died|survived|develop|the|a|an|compared"
    r"|versus|vs|while|whereas|but|using|under|over|within|for|between|randomi[sz]ed|assigned|undergoing|reported|showed"
    r"|achieved|experienced|needed|as|because|that|if|over|followed|aged|stopped|developed|relapsed|recovered|infused|and\s(?:in|on|with|by|\d\S*))\b))"
)
_CONDITION: Final = (
    r"(?:\s(?:under|over|aged|below)\s\d+(?:\s?(?:-|–|to)\s?\d+)?(?:\syears)?(?:\sof\sage|\sor\s(?:older|younger))?)?"
    r"(?:\s(?:moderately\sill|critically\sill|severely\sill))?(?:\s(?:with|having|suffering\sfrom)\s(?P<of>.{2,90}?))?"
)
_WHO: Final = re.compile(rf"\b(?P<who>{_ADJECTIVE}{{0,4}}{_PEOPLE}){_CONDITION}{_END}", re.IGNORECASE)
_OPENS: Final = re.compile(r"^(?:In|For|Among)\s(?P<of>[^,;.\d][^,;]{2,90}),", re.IGNORECASE)
_IN_A_DISEASE: Final = re.compile(
    rf"\b(?:in|for|of|with)\s(?P<of>(?:(?!them|with|the|a|an|of|in|for)[A-Za-z][\w'’-]*\s){{0,6}}[A-Za-z][\w'’-]*){_END}"
)
_ABBREVIATION: Final = re.compile(r"\s?\([A-Za-z0-9/ -]{2,12}\)")
_NUMBER: Final = re.compile(
    r"^(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|the|all|these|those|our|other|\d+%)\s",
    re.IGNORECASE,
)
_NOT_A_CONDITION: Final = re.compile(
    r"\b(?:trial|study|cohort|series|analysis|review|guideline|protocol|model|total|contrast|addition|general|vitro|vivo"
    r"|conclusion|summary|this|these|our|comparison|randomi[sz]ed|centers?|centres?|hospitals?)\b",
    re.IGNORECASE,
)
_ARM_WORDS: Final = re.compile(
    r"\b(?:placebo|controls?|sham|vehicle|standard|usual|conventional|untreated|therapy|treatment|treated|alone|arm|group"
    r"|groups|regimen|no\streatment|comparators?|surgery|observation|monotherapy|combination|intervention|vaccine|vaccinated"
    r"|unvaccinated|dose)\b",
    re.IGNORECASE,
)
_BRINGS_IN: Final = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:\[[^\]]*\]\s*)?(?:of\s(?:the\s)?)?(?P<how>with|on|in|for|among|given|receiving|under|below|above|of)\s(?P<words>[^,;()]+)",
    re.IGNORECASE,
)
_STOPS: Final = re.compile(
    r"\s(?:and|but|or|vs\.?|versus|while|whereas|compared|than|over|at|within|during|across|by|were|was|had|reached|responded"
    r"|died|survived|who|after|before|from|when)\s.*$",
    re.IGNORECASE,
)
_SMALL: Final = frozenset(
    "patients people participants subjects individuals persons cases volunteers ill".split()
)
SEVERITY: Final = re.compile(
    r"\b(critically ill|severely ill|moderately ill|mildly ill|severe|moderate|mild|refractory|relapsed|newly diagnosed"
    r"|first-line|second-line|third-line|in intensive care|life-threatening)\b",
    re.IGNORECASE,
)


def population_in(text: str) -> str | None:
    """Return whom a sentence says that it is about, in its own words, or None.

    A disease that is named without people (``In rheumatoid arthritis, …``) is a population as well.
    """
    plain = _ABBREVIATION.sub("", text)
    best: str | None = None
    for found in _WHO.finditer(plain):
        words = _NUMBER.sub("", found.group().strip())
        words = _NUMBER.sub("", words)
        if found["of"] and not _NOT_A_CONDITION.search(found["of"]):
            return words
        named = fold(words) not in _SMALL
        if named and not _NOT_A_CONDITION.search(words) and (best is None or len(words) > len(best)):
            best = words
    opens = _OPENS.match(plain)
    if (
        opens
        and not _NOT_A_CONDITION.search(opens["of"])
        and (is_disease_in(opens["of"]) or groups_in(opens["of"]))
    ):
        return opens["of"].strip()
    disease = next(
        (
            f["of"].strip()
            for f in _IN_A_DISEASE.finditer(plain)
            if is_disease(f["of"]) or _all_caps(f["of"])
        ),
        None,
    )
    if best and disease and not is_disease_in(best):
        return f"{best} with {disease}" if not _NOT_A_CONDITION.search(disease) else best
    if best:
        return best
    return disease if disease and not _NOT_A_CONDITION.search(disease) else None


def _all_caps(words: str) -> bool:
    last = words.rsplit(" ", 1)[-1]
    return len(last) >= 3 and last.isupper() and last.isalpha()


def is_disease_in(text: str) -> bool:
    """Tell whether ``text`` names a disease, in full or by capitals."""
    return any(is_disease(word.text) for word in hyphenated_words(text)) or any(
        _all_caps(word.text) for word in hyphenated_words(text)
    )


def key_of(population: str | None, forms: Mapping[str, str]) -> frozenset[str] | None:
    """Return what two populations must have in common to be the same; None for one that is not stated."""
    if population is None:
        return None
    return frozenset(content_words(opened(population, forms))) - _SMALL


def opened(text: str, forms: Mapping[str, str]) -> str:
    """Return ``text`` with its abbreviations written out."""
    return " ".join(forms.get(word, word) for word in re.split(r"[\s,;()]+", text) if word)


def diseases_in(text: str, forms: Mapping[str, str]) -> frozenset[str]:
    """Return the diseases that ``text`` names, each by its last two words, abbreviations written out."""
    words = hyphenated_words(opened(text, forms))
    found = set()
    for before, word in zip([None, *words], words, strict=False):
        if not is_disease(word.text):
            continue
        folded = fold_spelling(fold(word.text))
        first = fold_spelling(fold(before.text)) if before is not None else ""
        if folded in NEEDS_A_WORD_BEFORE and (not first or first in STOP_WORDS):
            continue
        found.add(f"{first} {folded}" if first and folded in _SHARED else folded)
    return frozenset(found)


_SHARED: Final = NEEDS_A_WORD_BEFORE | frozenset(
    "arthritis diabetes hepatitis leukemia lymphoma hypertension pneumonia anemia neuropathy nephropathy embolism".split()
)
"""Last words that several diseases share."""


def groups_of(text: str) -> frozenset[Group]:
    """Return the classes of people that ``text`` speaks of."""
    return groups_in(text)


def severities_in(text: str) -> tuple[str, ...]:
    """Return the words of severity or line of treatment in ``text``, each once, in order."""
    return tuple(dict.fromkeys(match.group(1).lower() for match in SEVERITY.finditer(text)))


def belonging(text: str, start: int, end: int) -> tuple[str | None, str | None]:
    """Return the arm and the subgroup that the words beside a figure put it in.

    An arm is what people were given, a subgroup who they were: ``with placebo`` is an arm, ``with a
    rheumatological trigger`` a subgroup, and a subgroup is another population.
    """
    after = _BRINGS_IN.match(text, end)
    words = _STOPS.sub("", f"{after['words']} ").strip() if after else ""
    if not words or len(words.split()) > 9:
        words = _group_before(text, start)
        if not words:
            return None, None
    words = re.sub(r"^(?:the|an?)\s", "", words.strip(" ."))
    words = re.sub(r"^all(?:\s\d+)?\s|^\d+\s", "", words)
    if not words or re.fullmatch(
        rf"(?:{_PEOPLE}|total|all|each|both|it|them|one)", words, re.IGNORECASE
    ):
        return None, None
    if any(is_drug(word.text) for word in hyphenated_words(words)) or _ARM_WORDS.search(words):
        return words, None
    return None, words


def _group_before(text: str, start: int) -> str:
    """Return ``placebo`` of ``in the placebo group 30%`` and of ``placebo (30%)``."""
    found = re.search(r"\b(?:the\s)?((?:[\w-]+\s){1,3}(?:group|arm))\s(?:\w+\s){0,3}\(?$", text[:start])
    if found:
        return found[1]
    named = re.search(r"([\w-]+)\s\($", text[:start])
    return (
        named[1] if named and (is_drug(named[1]) or named[1].lower() in {"placebo", "controls"}) else ""
    )
