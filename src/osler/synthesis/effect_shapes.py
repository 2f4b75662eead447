"""The shapes in which a sentence tells a result: which words, in which order, round the outcome.

Patterns alone; who acts, and whether what is matched is a result, is decided in ``effects``.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Effect(StrEnum):
    """Which way an outcome goes."""

    BETTER = "better"
    WORSE = "worse"
    UP = "up"
    DOWN = "down"
    NONE = "none"


_LESS: Final = r"lower|reduced|decreased|fewer|less|shorter|smaller|diminished"
_MORE: Final = r"higher|increased|greater|more|longer|prolonged|elevated"
_GOOD: Final = r"improved|better|superior|enhanced"
_BAD: Final = r"worse|poorer|inferior|impaired|worsened"
_SAME: Final = r"similar|comparable|equivalent|unchanged|unaffected"
_ADJECTIVE: Final = (
    rf"(?P<a_down>{_LESS})|(?P<a_up>{_MORE})|(?P<a_better>{_GOOD})|(?P<a_worse>{_BAD})"
    rf"|(?P<a_none>{_SAME})"
)
_VERB: Final = (
    r"(?P<v_down>reduce[sd]?|reducing|decrease[sd]?|decreasing|lower(?:s|ed|ing)?|shorten(?:s|ed)?|prevent(?:s|ed|ing)?"
    r"|diminish(?:es|ed)?|suppress(?:es|ed)?|attenuate[sd]?|delay(?:s|ed)?|slow(?:s|ed)?)"
    r"|(?P<v_up>increase[sd]?|increasing|raise[sd]?|prolong(?:s|ed|ing)?|lengthen(?:s|ed)?)"
    r"|(?P<v_better>improve[sd]?|improving|alleviate[sd]?|ameliorate[sd]?|relieve[sd]?|enhance[sd]?)"
    r"|(?P<v_worse>worsen(?:s|ed)?|impair(?:s|ed)?|aggravate[sd]?|exacerbate[sd]?)"
    r"|(?P<v_changed>affect(?:s|ed)?|alter(?:s|ed)?|influence[sd]?|change[sd]?)"
)
_NOUN: Final = (
    r"(?P<n_down>reductions?|decreases?|decline)|(?P<n_up>increases?|rise|prolongation)"
    r"|(?P<n_better>improvements?|benefits?|advantages?)|(?P<n_worse>worsening|deterioration)"
    r"|(?P<n_changed>differences?|changes?|effects?|impact|influence)"
)
_STRENGTH: Final = (
    r"(?:(?:statistically|clinically|significant|significantly|marked|markedly|substantial|substantially"
    r"|clear|clearly|further|also|any|a|an|the|overall|in|greatly|effectively)\s)*"
)
_NOT: Final = (
    r"(?:(?:did|does|do|has|have|had|was|were|is|are|could|can)\s?(?:not|n['’]t)|cannot|failed\sto|fails\sto"
    r"|not|no|without|nor|neither|lack\sof)"
)
_BROUGHT: Final = (
    r"(?:associated\swith|led\sto|leads\sto|resulted\sin|results\sin|resulting\sin|showed|shows|had|has"
    r"|have|produced|produces|achieved|demonstrated|provided|provides|experienced|yielded|found|reported)"
)
_STATE: Final = r"(?:was|were|is|are|remained)"
_PHRASE: Final = r"(?P<what>[^,;:()]*?)"
_STOP: Final = (
    r"(?=\s(?:in|among|for|compared|than|versus|vs|by|at|after|when|and|or|but|as|to|from|on|during|with|within|without"
    r"|over|while|whereas|between|was|were|is|are|that|which|per|through|via|because|following|relative|regardless)\b|[,;:()]|\.?\s*$)"
)
VERBAL: Final = re.compile(
    rf"(?<![\w-])(?P<not>{_NOT}\s)?{_STRENGTH}(?:{_VERB})\s(?:the\s)?{_PHRASE}{_STOP}", re.IGNORECASE
)
ATTRIBUTIVE: Final = re.compile(
    rf"(?<![\w-])(?P<not>{_NOT}\s)?(?:be\s)?{_BROUGHT}\s(?P<no>no\s|not\s|an?\snon-?significant\s)?{_STRENGTH}(?:{_ADJECTIVE})\s{_PHRASE}{_STOP}",
    re.IGNORECASE,
)
NOMINAL: Final = re.compile(
    rf"(?<![\w-])(?P<not>{_NOT}\s)?(?:{_BROUGHT}\s)?(?P<no>no\s|not\s|an?\snon-?significant\s)?{_STRENGTH}(?:{_NOUN})\s(?:was\s(?:found|seen|observed)\s)?"
    rf"(?:in|of|on)\s(?:the\s)?{_PHRASE}{_STOP}",
    re.IGNORECASE,
)
PREDICATIVE: Final = re.compile(
    rf"(?:^|[,;:]\s|\b(?:that|and|but)\s)(?:the\s)?{_PHRASE}\s(?:{_STATE})\s(?P<not>not\s)?{_STRENGTH}(?:{_ADJECTIVE}|{_VERB})(?!\w)",
    re.IGNORECASE,
)
SAME_BETWEEN: Final = re.compile(
    rf"(?:^|[,;:]\s|\b(?:that|and|but)\s)(?:the\s)?{_PHRASE}\s(?P<not>(?:did|does|do)\snot)\s{_STRENGTH}(?P<v_changed>differ)(?!\w)",
    re.IGNORECASE,
)
_WORTH: Final = r"(?:benefits?|efficacy|effectiveness|positive\seffects?|beneficial\seffects?)"
GENERAL: Final = (
    (
        Effect.NONE,
        re.compile(
            r"\b(?:(?:was|were|is|are|be)\s(?:not\s(?:\w+ly\s)?(?:effective|beneficial|efficacious)|ineffective)"
            rf"|(?:failed|fails)\sto\s(?:show|demonstrate|substantiate|prove|provide|confer|reveal)\s(?:\w+\s){{0,3}}?{_WORTH}"
            rf"|(?:showed|shows|had|has|provides?|provided|confers?|conferred|demonstrated)\sno\s(?:\w+\s){{0,2}}?{_WORTH}"
            rf"|(?:no|lack\sof)\s(?:\w+\s)?{_WORTH}(?=\s(?:of|with|from|for|was)\b))",
            re.IGNORECASE,
        ),
    ),
    (
        Effect.BETTER,
        re.compile(
            r"\b(?:was|were|is|are|proved)\s(?:to\sbe\s)?(?:an?\s)?(?:\w+ly\s)?(?:effective|beneficial|efficacious)\b"
            r"(?!\s(?:as|than|only|if))",
            re.IGNORECASE,
        ),
    ),
)
"""Whether it works at all, without an outcome."""
OF_IT: Final = re.compile(
    r"\s(?:of|with|from|for)\s(?:the\s|use\s|of\s|oral\s|intravenous\s){0,3}", re.IGNORECASE
)
SHAPES: Final = (ATTRIBUTIVE, NOMINAL, VERBAL)
