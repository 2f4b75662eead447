"""Where a sentence names what its effect, dose or use is told of: a drug, or what the question names.

A drug is known by its name or its shape; anything else (``exercise``) only by the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from osler.text.drug_names import is_drug
from osler.text.normalise import fold, hyphenated_words

_FORM: Final = (
    r"(?:was|were|is|are|has\sbeen|treatment|therapy|use|administration|infusions?|injections?|prophylaxis|monotherapy|group|arm|patients"
    r"|recipients|supplementation|regimen|itself|\w+ly|also|alone|\([^()]{1,40}\)"
    r"|(?:at\s)?\d[\d.,-]*(?:\s?(?:mg|g|µg|mcg|ml|mg/kg|mg/day|mg/kg/day|%))?(?:/\w+)?|daily|once|twice|weekly)"
)
_ASIDE: Final = (
    r"(?:\s(?:in|within|for|during|at|over|after)\s"
    r"(?:(?!(?:was|were|is|are|be|been|that|which|who|whose|had|has|have|did|does|and|or|not|no)\b)[^\s,;:()]+\s?){1,9})?"
)
"""A phrase behind the name that holds no verb: ``within 6 hours of the onset of stroke``."""
_BEHIND: Final = re.compile(
    rf"(?:\s{_FORM}){{0,5}}{_ASIDE},?\s?(?:therefore\s|(?:was|is)\s(?:safe|well\stolerated)\sand\s)?"
    r"(?:\w+ly\s){0,2}"
)
_BEFORE: Final = re.compile(
    r"(?:.*[,:]\s|.*\bthat\s)?(?:(?:the|a|an|and|both|treatment|therapy|with|use|of|using|administration|patients|subjects|those|who"
    r"|receiving|received|taking|given|treated|users|oral|intravenous|subcutaneous|inhaled|topical|intrathecal|high-dose|low-dose|early|prophylactic"
    r"|routine|adjuvant|long-term|short-term|daily|supplemental|maintenance|single-agent|regular|in|on|that|children|adults|infants|women|men|people|us|uk|eu|dose|doses|dosage|regimen|followed|by|over|hours?|\d[\d.,]*|mg|g|µg|mg/kg|(?:\d[\d.,]*\s?)?mg/(?:kg/)?d(?:ay)?)\s){0,16}",
    re.IGNORECASE | re.DOTALL,
)


class Mention(NamedTuple):
    """One place where a subject is named; ``name`` is what it is known by."""

    name: str
    start: int
    end: int


def mentions(text: str, known: Mapping[str, str]) -> tuple[Mention, ...]:
    """Return where ``text`` names a drug or one of ``known``, in order, longest names first.

    Args:
        text: A sentence.
        known: Spellings in lower case, of one word or more, each with the name it is known by.
    """
    found = [*_of_question(text, known)]
    for word in hyphenated_words(text):
        folded = fold(word.text)
        free = not any(one.start < word.end and word.start < one.end for one in found)
        if free and is_drug(folded):
            found.append(Mention(known.get(folded, folded), word.start, word.end))
    return tuple(sorted(found, key=lambda one: one.start))


def _of_question(text: str, known: Mapping[str, str]) -> Iterator[Mention]:
    if not known:
        return
    for found in _spellings(tuple(known)).finditer(text):
        yield Mention(known[found.group().lower()], found.start(), found.end())


@lru_cache(maxsize=64)
def _spellings(known: tuple[str, ...]) -> re.Pattern[str]:
    listed = "|".join(re.escape(spelling) for spelling in sorted(known, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{listed})(?!\w)", re.IGNORECASE)


def acts_on(text: str, subject: Mention, at: int) -> bool:
    """Tell whether ``subject`` is what the verb at ``at`` is said of.

    It opens its clause, and only what belongs to its name (``treatment``, a dose, an adverb, a phrase
    without a verb) stands between.
    """
    behind = _BEHIND.fullmatch(text, subject.end, at) is not None
    return behind and _BEFORE.fullmatch(text, 0, subject.start) is not None
