"""How notes say in few letters who they are about: what ``identifying_cues`` finds in sentences.

Exact case wherever a capital is what tells a name from a word. Every pattern marks the thing itself as
the group ``it``.
"""

from __future__ import annotations

import re
from typing import Final


def _exact(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE)


def _any(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


_NO: Final = r"(?: [\s-]* (?: no | nr | num | number | nummer | id ) \b \.? | \s* \# )"
_MIXED: Final = r"(?P<it> (?= [A-Z0-9./-]* \d ) [A-Z0-9] [A-Z0-9./-]{3,} )"
_CAPITAL: Final = r"[A-ZÀ-Þ][a-zà-ÿ]{2,} (?: ['’-] [A-ZÀ-Þ][a-zà-ÿ]+ )*"
_SPELT: Final = r"[A-ZÀ-Þ][\wÀ-ÿ'’-]+"
_HEAD_OF_A_NOTE: Final = (
    r"(?= ,? \s* (?: MRN | DOB | D\.O\.B | dob | yob | geb\b | born\b | b\. | NHS | [Hh]osp\b"
    r" | \d{1,3} \s? (?: y\b | yo\b | yrs?\b | [MF]\b ) ) )"
)
_RELATIVE: Final = (
    r"(?: son | daughter | wife | husband | sister | brother | mother | father | partner | nok )"
)
_EPONYM: Final = r"(?! ['’] | \s+ (?: disease | syndrome | sign | nodule | lymphoma )\b )"
_MONTHS: Final = (
    r"(?: jan | feb | mar | apr | may | jun | jul | aug | sep | oct | nov | dec ) [a-z]{0,6}"
)

TERSE: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("mrn", _exact(r"\b (?: NHS | CHI ) \s* [:\#]? \s* (?P<it> \d{3} [\ -]? \d{3} [\ -]? \d{4} ) \b")),
    (
        "mrn",
        _any(
            r"\b (?: hosp(?:ital)? | patient | pt | mrn | chart | member | policy )"
            rf" {_NO} [:\s]* (?P<it> [A-Z0-9]{{1,4}} (?: \  \d{{2,4}} ){{2,4}} ) \b"
        ),
    ),
    ("health_plan", _any(rf"\b (?: kassen | versicherten | kv ) {_NO} [:\s]* {_MIXED}")),
    ("licence", _any(rf"\b driv\w* \s+ lic\w* \.? {_NO}? [:\s]* {_MIXED}")),
    ("licence", _any(rf"\b (?: cert | lic ) \.? {_NO} [:\s]* {_MIXED}")),
    (
        "vehicle",
        _any(r"\b plates? \b [:\s]* (?P<it> (?-i: [A-Z]{2} \d{2} \s? [A-Z]{3} ) ) \b"),
    ),
    (
        "other",
        _any(
            r"\b (?: specimen | accession | biopsy | sample ) [:\s]+ (?P<it> [A-Z]{1,2} \d{2} - \d{3,} )"
        ),
    ),
    (
        "phone",
        _any(r"\b (?: pager | bleep | ext | extension ) \.? [:\s]* (?P<it> \d [\d-]{2,} \d ) \b"),
    ),
    (
        "phone",
        _any(
            r"(?<! [\w.,/+-] ) (?P<it> 0 (?: \d{4} \  \d{6} | \d{2} \  \d{4} \  \d{4}"
            r" | \d{3} \  \d{3} \  \d{4} | \d \  \d{8} | \d{2,4} [-/] \d{5,8} ) ) (?! [\w/-] | [.,]\d )"
        ),
    ),
    (
        "date",
        _any(
            rf"(?<! [\w.-] ) (?P<it> \d{{1,2}} (?: [-/] {_MONTHS} [-/] (?: \d\d )? \d\d"
            rf" | {_MONTHS} (?: 19 | 20 ) \d\d ) ) \b"
        ),
    ),
    (
        "date",
        _any(
            r"\b (?: admitted | discharged | seen | operated | died | transferred ) \s+ (?: on \s+ )?"
            r" (?P<it> (?: [0-2]?\d | 3[01] ) / (?: [0-2]?\d | 3[01] ) )"
            r" (?= \s* (?: [,.;:)] | $ | and \b | with \b | w \b | for \b ) )"
        ),
    ),
    (
        "age",
        _any(r"\b (?: he | she ) ['’]s \s+ (?P<it> 9\d | 1[01]\d ) (?= \s* (?: [,.;?] | and \b | $ ) )"),
    ),
    ("age", _exact(r"^ \s* (?P<it> 9\d | 1[01]\d ) \s? [MF] \b (?= \s )")),
    (
        "address",
        _exact(
            r"\b (?: [Tt]ransferred | [Rr]eferred | [Mm]oved ) \s+ (?: from | to ) \s+"
            rf" (?P<it> (?: {_SPELT} \s+ ){{1,3}} (?: General | Infirmary | Hospital | Memorial ) ) \b"
        ),
    ),
    ("name", _exact(rf"^ \s* (?P<it> (?: [A-Z] \. ){{2,3}} ) {_HEAD_OF_A_NOTE}")),
    ("name", _any(r"\b init(?:ials?)? \.? [:\s]+ (?P<it> (?-i: (?: [A-Z] \.? ){2,3} ) ) (?! \w )")),
    (
        "name",
        _exact(rf"(?: ^ | [Rr][Ee]: | [Pp]t: ) \s* (?P<it> {_SPELT} , \s* {_SPELT} ) {_HEAD_OF_A_NOTE}"),
    ),
    (
        "name",
        _exact(
            r"(?<! brand\s ) (?<! drug\s ) (?<! Brand\s ) (?<! Drug\s )"
            r" \b (?: NAME | Name | name ) \s* : \s* (?P<it> [A-ZÀ-Þ]{2,} (?: [\ ,]+ [A-ZÀ-Þ]{2,} )+ )"
        ),
    ),
    (
        "name",
        _exact(rf"(?P<it> \b {_CAPITAL} \s {_CAPITAL} ) ['’]s \s+ [\w+]+ \s+ (?: is | was | are ) \b"),
    ),
    (
        "name",
        _exact(
            rf"\b [Tt]his \s is \s (?P<it> {_CAPITAL} ) ,? \s (?: my | our ) \s (?: pt | patient ) \b"
        ),
    ),
    ("name", _exact(rf"\b (?: [Pp]t | [Pp]atient | [Cc]lient ) \s+ (?P<it> [A-Z] \. \s? {_CAPITAL} )")),
    (
        "name",
        _exact(
            rf"\b {_RELATIVE} \s+"
            rf" (?P<it> {_CAPITAL} (?: \s {_CAPITAL} )? ) \b {_EPONYM}"
        ),
    ),
    (
        "name",
        _exact(
            r"\b (?: [Rr]m | [Rr]oom | [Bb]ed ) \s? \d{1,3} [A-Z]? :? \s+"
            rf" (?P<it> {_CAPITAL} ) (?= , )"
        ),
    ),
    (
        "name",
        _exact(
            r"\b (?: [Aa]ttn | c/o | d/w | cc | seen \s by ) [.:]* \s+"
            rf" (?: Nurse | Sister | Matron | Midwife ) \s+ (?P<it> {_CAPITAL} )"
        ),
    ),
)
"""Kind and pattern, in the order in which they are tried."""
