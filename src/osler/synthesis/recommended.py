"""Whether a sentence advises for or against a treatment.

Advice is what tells a reader what to do: that something was studied, approved or is in use is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from osler.synthesis.subjects import acts_on, mentions


class Advice(StrEnum):
    """Which way a sentence advises."""

    FOR = "for"
    AGAINST = "against"


_IS: Final = r"(?:is|are|was|were|be|been)\s"
_HOW: Final = (
    r"(?:(?:\w+ly|currently|generally|routinely|often|also|therefore|now|still|not\syet)\s){0,2}"
)
_USED: Final = (
    r"(?:used|given|offered|prescribed|administered|started|initiated|recommended|preferred|continued)"
)
_AGAINST: Final = re.compile(
    rf"\b(?:(?:is|are|was|were|be|been)(?:\s{_HOW}|\s)not\s{_HOW}(?:recommended|advised|indicated|advisable|advocated)"
    rf"|(?:cannot|can\snot)\s{_HOW}be\s{_HOW}(?:recommended|advised)"
    rf"|should\s(?:not|never)\s{_HOW}be\s{_HOW}{_USED}|must\s(?:not|never)\s{_HOW}be\s{_HOW}{_USED}"
    rf"|should\s{_HOW}be\s{_HOW}avoided|{_IS}{_HOW}(?:contra-?indicated|discouraged)"
    r"|recommend(?:s|ed|ation)?(?:\sagainst|\snot\sto)|advise(?:s|d)?\sagainst|(?:do|does|did)\snot\srecommend"
    r"|no\slonger\s(?:be\s)?recommended)\b",
    re.IGNORECASE,
)
_FOR: Final = re.compile(
    rf"\b(?:{_IS}{_HOW}(?:recommended|indicated|advised|advocated)|should\s{_HOW}be\s{_HOW}{_USED}"
    rf"|(?:we|guidelines?|panel|committee|society|consensus)\s{_HOW}(?:recommend|advise)s?(?!\sagainst)|we\ssuggest(?!\sthat)"
    r"|(?:is|are)\s(?:the\s)?(?:recommended\s)?(?:first|second)[-\s]line\b|(?:is|are)\sthe\s(?:drug|treatment|therapy)\sof\schoice)\b",
    re.IGNORECASE,
)
_NO_ADVICE: Final = re.compile(
    r"\b(?:whether|if|unless|until|except|controvers\w+|more\sresearch|further|larger|studies\sare|trials\sare|to\sdetermine"
    r"|caution|monitor\w*|dose\sadjust\w*|non-?indicated|questionnaire|survey\w*|only)\b",
    re.IGNORECASE,
)
_ADVISED: Final = re.compile(
    r"\s(?:that\s)?(?:(?:the|a|routine|of|use|using|against|giving|adding|treatment|with|therapy|oral|intravenous|early|to|give"
    r"|offering|prescribing|for|initial|as|first-line)\s){0,5}",
    re.IGNORECASE,
)


def advice_in(text: str, known: Mapping[str, str]) -> tuple[str, Advice] | None:
    """Return the treatment that ``text`` advises for or against, and how; None where that is not plain.

    Args:
        text: One sentence of a source.
        known: Spellings in lower case of what the question asks about, each with its name.
    """
    against, for_ = list(_AGAINST.finditer(text)), list(_FOR.finditer(text))
    for_ = [f for f in for_ if not any(a.start() < f.end() and f.start() < a.end() for a in against)]
    if len(against) + len(for_) != 1 or _NO_ADVICE.search(text):
        return None
    named = mentions(text, known)
    if len({one.name for one in named}) != 1:
        return None
    subject, cue = named[0], (against or for_)[0]
    is_active = not cue.group().lower().endswith("ed")
    advised = is_active and _ADVISED.fullmatch(text, cue.end(), subject.start)
    if not advised and not acts_on(text, subject, cue.start()):
        return None
    return subject.name, Advice.AGAINST if against else Advice.FOR
