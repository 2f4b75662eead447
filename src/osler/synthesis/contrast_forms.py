"""The forms of sentences that compare two arms, as patterns over a template.

Each begins at a clause. Groups: ``outcome`` or ``predicate``, ``a1`` and ``a2`` the arms, ``v1`` and
``v2`` their cells, ``r`` a ratio, ``intro`` what stands before the clause. Only ``contrasts`` reads with
them.
"""

from __future__ import annotations

import re
from typing import Final

from osler.synthesis.cells import CELL, RATIO, VALUE

_NO_CELL: Final = f"[^,;:()\\[\\]{CELL[1:-1]}]"
_ARM_1: Final = rf"(?P<a1>{_NO_CELL}{{1,80}}?)"
_ARM_2: Final = rf"(?P<a2>{_NO_CELL}{{1,80}}?)"
_PEOPLE: Final = (
    r"patients|subjects|participants|children|women|men|cases|eyes|infants|adults"
    r"|people|individuals|those"
)
_IN: Final = r"(?:in|with|for|among|on|of|after|by)"
_AT_ARM: Final = (
    rf"(?:\s(?:(?:of\s(?:the\s|all\s)?)?(?:{_PEOPLE})\s)?{_IN}\s"
    rf"|\s(?:(?:of\s(?:the\s|all\s)?)?(?:{_PEOPLE})\s)?(?=(?:receiving|taking|given|treated|who)\b)"
    r"|\s(?=[\w/-]+-treated\b))"
)
_BRACKET: Final = rf"(?:\s?[(\[][^()\[\]{VALUE[1:-1]}]*[)\]])?"
_THAN: Final = (
    r"(?:than|versus|vs\.?|v\.?|(?:as\s)?(?:compared|opposed)\s(?:with|to)|relative\sto|against|as)"
)
_AND: Final = rf"(?:and|but|whereas|while|{_THAN})"
_CLOSE: Final = (
    r"(?=\s?(?:[,;.)\](]|$)|\s(?:at|after|by|within|over|during|across|using)\s"
    rf"|\s(?:in|among)\s(?:the\s)?(?:{_PEOPLE})\s|\s{CELL})"
)
_V1: Final = rf"(?:(?P<average>mean|median)\s(?:of\s)?)?(?P<v1>{VALUE})"
_V2: Final = rf"(?:(?:mean|median)\s(?:of\s)?)?(?P<v2>{VALUE})"
_PAIR: Final = rf"{_V1}\s?,?\s(?:and|{_THAN})\s{_V2}"
_BE: Final = r"(?:was|were|is|are|averaged|reached|=)"
_ADVERB: Final = r"(?:\w+ly\s|also\s|not\s)*"
_FOUND: Final = (
    rf"(?:occurred|developed|(?:was|were)\s{_ADVERB}(?:seen|observed|reported|found|noted|achieved"
    rf"|recorded"
    r"|present|detected|obtained|demonstrated|documented|experienced|attained|reached|met"
    r"|identified|required|needed|made))"
    r"(?:\s(?:in|by|for|among|with|at))?"
)
_INTRO: Final = (
    r"(?:(?:and|but|while|whereas)\s)?(?:(?:Moreover|Furthermore|However|Overall|Similarly"
    r"|Conversely|In\scontrast|In\saddition"
    r"|Additionally|Finally|Also|Likewise),\s)?"
    r"(?:(?P<intro>(?:At|By|In|Among|For|After|During|On|Within)\s[^;:()]{3,90}?),\s)?(?:the\s)?"
)
_BARE_BRACKET: Final = rf"[(\[][^()\[\]{CELL[1:-1]}]{{1,60}}[)\]]"
_SUBJECT: Final = (
    rf"(?!(?:there|it|this|these|they|we)\b)(?P<outcome>{_NO_CELL}{{3,110}}?)(?:\s{_BARE_BRACKET})?"
)
_RISK: Final = r"(?:(?:risk|odds|rate|hazard|likelihood|incidence|probability)s?\s(?:of|for)\s)"
_MORE: Final = (
    r"(?:lower|higher|reduced|increased|decreased|greater|lesser|elevated|improved|better|worse|longer"
    r"|shorter|lowered|fewer|less|more)"
)
_CHANGED: Final = (
    r"(?:reduced|decreased|lowered|increased|raised|improved|prolonged|reduces|decreases|lowers"
    r"|increases"
    r"|raises|improves|prolongs)"
)
_HAD: Final = (
    rf"(?:was|were|is|are|had|have|has)\s{_ADVERB}(?:associated\swith\s)?(?:(?:a|an|the)"
    rf"\s)?{_ADVERB}{_MORE}"
)
_KIND: Final = (
    r"(?:(?P<kind>(?:un)?adjusted|multivariable(?:-adjusted)?|multivariate|pooled|crude|summary)\s)?"
)
_RATIO_BEHIND: Final = (
    rf"\s?[(\[,;]\s?(?:{CELL}\s?[,;]\s?)?{_KIND}(?P<r>{RATIO})(?=\s?[,;)\].]|\s{CELL}|$)"
)
_COMPARED_WITH_2: Final = rf"(?:As\s|When\s)?(?:Compared\s(?:with|to)|Versus|Relative\sto)\s{_ARM_2},\s"

_STOP: Final = rf"(?=\s?[,;)\].]|\s{CELL}|$)"
_SHOWED: Final = (
    r"(?:had|showed|experienced|achieved|exhibited|demonstrated|reported|provided"
    r"|produced|displayed|has|have|shows|show)"
)
_MORE_PEOPLE: Final = (
    rf"(?:signif\w+\s)?(?:(?:more|fewer|less)|an?\s(?:signif\w+\s)?(?:greater|higher|lower|smaller"
    rf"|larger)\s"
    rf"(?:proportion|percentage|number)\sof)\s(?:{_PEOPLE})"
)
_GIVEN: Final = (
    r"(?:in|on|with|receiving|taking|given|(?:who\s(?:were\s)?)?treated\s(?:with|by)|who\sreceived"
    r"|(?:randomi[sz]ed|assigned)\sto)"
)
_PREDICATE: Final = (
    rf"(?P<predicate>(?:were|was|had|achieved|experienced|reported|developed|discontinued|withdrew"
    rf"|showed|required|reached"
    rf"|completed|responded|died|survived|relapsed|abandoned|met|attained|maintained|needed"
    rf"|received|underwent|became"
    rf"|remained|suffered|recovered|improved)\b{_NO_CELL}{{0,80}}?)"
)

PAIRS: Final = tuple(
    re.compile(_INTRO + form, re.IGNORECASE)
    for form in (
        # The rate of relapse was V in the A group and V in the B group
        rf"{_SUBJECT}\s(?:{_FOUND}|{_BE})\s(?:about\s|approximately\s|only"
        rf"\s)?{_V1}{_AT_ARM}{_ARM_1}{_BRACKET}"
        rf"\s?,?\s{_AND}(?:\sin|\sby|\sonly)?\s{_V2}{_AT_ARM}{_ARM_2}{_CLOSE}",
        # Relapse was less frequent in the A group than in the B group (V vs V)
        rf"{_SUBJECT}\s(?:occurred|did\snot\sdiffer|differed|{_BE})\b(?P<how>[^;:()]{{0,90}}?)\s"
        rf"(?:in|with|for|among|on)\s"
        rf"{_ARM_1}\s?,?\s{_THAN}\s(?:(?:in|with|for|among|on)\s)?{_ARM_2}\s?[(\[,:]\s?{_PAIR}"
        rf"(?=\s?[,;)\].]|\s{CELL}|$)",
        # Relapse was similar between the A group and the B group (V vs V)
        rf"{_SUBJECT}\s(?:did\snot\sdiffer|differed|{_BE})\b(?P<how>[^;:()]{{0,90}}?)\sbetween"
        rf"\s{_ARM_1}\sand\s{_ARM_2}"
        rf"\s?[(\[,:]\s?{_PAIR}(?=\s?[,;)\].]|\s{CELL}|$)",
        # There was no difference in relapse between the A group and the B group (V vs V)
        rf"There\s(?:was|were)\s[\w\s-]{{0,40}}?\bdifferences?\sin\s(?:the\s)?{_SUBJECT}\s"
        rf"(?:between|among)\s{_ARM_1}\sand"
        rf"\s{_ARM_2}\s?[(\[,:]\s?{_PAIR}(?=\s?[,;)\].]|\s{CELL}|$)",
        # Relapse was less frequent in the A group (V) than in the B group (V)
        rf"{_SUBJECT}\s(?:occurred|did\snot\sdiffer|differed|{_BE})\b(?P<how>[^;:()]{{0,90}}?)\s"
        rf"(?:in|with|for|among|on)\s"
        rf"{_ARM_1}\s?[(\[]{_V1}(?:\s?[;,][^()\[\]]*)?[)\]]\s?,?\s{_THAN}\s(?:(?:in|with|for|among"
        rf"|on)\s)?{_ARM_2}"
        rf"\s?[(\[]{_V2}(?=\s?[)\];,])",
        # Relapse in the A group (V) was less frequent than in the B group (V)
        rf"{_SUBJECT}\s(?:in|with|for|among|on)\s{_ARM_1}\s?[(\[]{_V1}(?:\s?[;,][^()\[\]]*)?[)\]]"
        rf"\s{_BE}\b(?P<how>[^;:()]{{0,60}}?)"
        rf"\s{_THAN}\s(?:that\s)?(?:(?:in|with|for|among|on)\s)?{_ARM_2}\s?[(\[]{_V2}(?=\s?[)\];,])",
        # Relapse occurred in V and V of the A and B groups, respectively
        rf"{_SUBJECT}\s(?:{_FOUND}|{_BE})\s{_PAIR}{_AT_ARM}{_ARM_1}\s(?:and|versus|vs\.?)"
        rf"\s{_ARM_2},?\srespectively",
        # Relapse in the A and B groups was V and V, respectively
        rf"{_SUBJECT}\s(?:in|with|for|among)\s{_ARM_1}\s(?:and|versus|vs\.?)\s{_ARM_2}\s{_BE}"
        rf"\s{_PAIR},?\srespectively",
        # The A group had a lower rate of relapse than the B group (V vs V)
        rf"{_ARM_1}\s{_SHOWED}\s(?:an?\s|the\s)?{_ADVERB}(?P<how>{_MORE})\s{_SUBJECT}\s?,?"
        rf"\s{_THAN}\s(?:(?:in|with|for|on)\s)?"
        rf"{_ARM_2}\s?[(\[,:]\s?{_PAIR}{_STOP}",
        # Fewer patients in the A group relapsed than in the B group (V vs V)
        rf"{_MORE_PEOPLE}\s{_GIVEN}\s{_ARM_1}\s{_PREDICATE}\s{_THAN}\s(?:(?:{_PEOPLE})\s)?"
        rf"(?:{_GIVEN}\s)?{_ARM_2}\s?[(\[,:]\s?"
        rf"{_PAIR}{_STOP}",
        # Fewer patients in the A group than in the B group relapsed (V vs V)
        rf"{_MORE_PEOPLE}\s{_GIVEN}\s{_ARM_1}\s?,?\s{_THAN}\s(?:(?:{_PEOPLE})\s)?(?:{_GIVEN}"
        rf"\s)?{_ARM_2}\s{_PREDICATE}\s?[(\[,:]"
        rf"\s?{_PAIR}{_STOP}",
        # Fewer patients relapsed with A than with B (V vs V)
        rf"{_MORE_PEOPLE}\s{_PREDICATE}\s(?:in|with|on|receiving|taking)\s{_ARM_1}\s?,?\s{_THAN}\s"
        rf"(?:{_GIVEN}\s)?{_ARM_2}\s?[(\[,:]\s?"
        rf"{_PAIR}{_STOP}",
        # V of the A group and V of the B group relapsed
        rf"(?:A\stotal\sof\s|Only\s|In\s)?{_V1}{_AT_ARM}{_ARM_1}{_BRACKET}\s?,?\s(?:and|versus|vs"
        rf"\.?|(?:as\s)?compared\s(?:with|to))"
        rf"(?:\sin|\sonly)?\s{_V2}{_AT_ARM}{_ARM_2}{_BRACKET}\s{_PREDICATE}(?=\s?(?:[.;(]|$))",
        # Relapse was seen in V (A group) and V (B group)
        rf"{_SUBJECT}\s(?:{_FOUND}|{_BE})\s(?:about\s|approximately\s|only\s)?{_V1}\s\({_ARM_1}\)"
        rf"\s?,?\s(?:and|versus|vs\.?)"
        rf"(?:\sin)?\s{_V2}\s\({_ARM_2}\)",
        # In the A and B groups, relapse occurred in V and V, respectively
        rf"in\s{_ARM_1}\s(?:and|versus|vs\.?)\s{_ARM_2},\s(?:the\s)?{_SUBJECT}\s(?:{_FOUND}|{_BE})"
        rf"\s{_PAIR},?"
        r"\srespectively",
    )
)
RATIOS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # A reduced the risk of death compared with B (HR ...)
        rf"{_INTRO}{_ARM_1}\s{_ADVERB}{_CHANGED}\s(?:the\s)?{_RISK}?{_SUBJECT}\s?,?\s{_THAN}"
        rf"\s{_ARM_2}{_RATIO_BEHIND}",
        # Compared with B, A reduced the risk of death (HR ...)
        rf"{_COMPARED_WITH_2}{_ARM_1}\s{_ADVERB}{_CHANGED}\s(?:the\s)?{_RISK}?{_SUBJECT}{_RATIO_BEHIND}",
        # A had a lower rate of relapse than B (HR ...)
        rf"{_INTRO}{_ARM_1}\s{_SHOWED}\s(?:an?\s|the\s)?{_ADVERB}{_MORE}\s{_SUBJECT}\s?,?\s{_THAN}"
        rf"\s(?:(?:in|with|for|on)\s)?"
        rf"{_ARM_2}{_RATIO_BEHIND}",
        # A was associated with a lower risk of death than B (HR ...)
        rf"{_INTRO}{_ARM_1}\s{_HAD}\s{_RISK}{_SUBJECT}\s?,?\s(?:when\s)?{_THAN}"
        rf"\s{_ARM_2}{_RATIO_BEHIND}",
        # Compared with B, A was associated with a lower risk of death (HR ...)
        rf"{_COMPARED_WITH_2}{_ARM_1}\s{_HAD}\s{_RISK}{_SUBJECT}{_RATIO_BEHIND}",
        # Death was less frequent with A than with B (HR ...)
        rf"{_INTRO}{_SUBJECT}\s(?:was|were|is|are|occurred)\s{_ADVERB}{_MORE}(?:\s\w+)?\s(?:in"
        rf"|with|for|among|on)\s{_ARM_1}"
        rf"\s?,?\s{_THAN}\s(?:(?:in|with|for|among|on)\s)?{_ARM_2}{_RATIO_BEHIND}",
    )
)
NAMED_RATIO: Final = re.compile(
    r"\s(?:for|of)\s(?P<outcome>[^,;:()\[\]]+?)"
    r"(?:\s(?:with|for|in|comparing)\s(?P<a1>[^,;:()\[\]]+?)\s(?:versus|vs\.?|(?:as\s)?compared\s"
    r"(?:with|to))\s"
    r"(?P<a2>[^,;:()\[\]]+?))?(?:,|\swas|\sis|\s?=|:|\sof)?\s*(?:[<>~]\s*)?[\d.]+$",
    re.IGNORECASE,
)
ARMS_BEHIND: Final = re.compile(
    rf"(?P<r>{RATIO})\s?,?\s(?:(?:for|with|in)\s)?{_ARM_1}\s(?:versus|vs\.?|compared\s(?:with|to))"
    rf"\s{_ARM_2}{_CLOSE}",
    re.IGNORECASE,
)
ARMS_BEFORE: Final = re.compile(
    rf"\b(?:in|with|for|among)\s{_ARM_1}\s?,?\s{_THAN}\s(?:(?:in|with|for|among|on)"
    rf"\s)?{_ARM_2}{_RATIO_BEHIND}",
    re.IGNORECASE,
)
RATIO_BESIDE: Final = re.compile(
    rf"(?:,?\srespectively)?\s?[;,(\[)]?\s?(?:{CELL}\s?[;,]\s?)?[;,(\[]?\s?{_KIND}(?P<r>{RATIO})"
    rf"(?=\s?[,;)\].]|\s{CELL}|$)"
)
THIRD: Final = re.compile(
    rf"{_BRACKET}\s?,?\s(?:and|versus|vs\.?|or)\s(?:in\s)?{VALUE}|\s?,\s{VALUE}\s(?:in|with|for|of)\s"
    rf"|\)?,\s(?:and\s|or\s)?(?:(?:in|with|for)\s)?[^(),;]{{1,60}}\({VALUE}|[^()]{{0,60}}[;,]\s"
    rf"(?:and\s)?{VALUE}\s?,?\s(?:vs\.?|versus|and)\s{VALUE}"
)
CLAUSE: Final = re.compile(
    r"[;.]\s|\)\s?,?\s(?:and|but|while|whereas)\s|,\s(?:and|but|while|whereas|with)\s"
)
LABEL: Final = re.compile(
    r"[A-Z][A-Za-z ]{3,40}:\s?(?=[A-Z])|(?:R(?:ESULTS?|esults?)|F(?:INDINGS|indings)|C"
    r"(?:ONCLUSIONS?|onclusions?))\s?(?=[A-Z])"
)
INTRODUCED: Final = re.compile(_INTRO, re.IGNORECASE)
NOT_SEEN: Final = re.compile(
    r"\b(?:expected|predicted|assum\w+|if|would|hypothe\w+|simulat\w+|could|estimated\sto|powered)\b",
    re.IGNORECASE,
)
COMPARING: Final = re.compile(
    rf"\b(?:{_MORE}|similar|comparable|differ\w*|frequent|common\w*|equal|same|improved|smaller"
    rf"|larger|superior|inferior|faster"
    r"|slower|earlier|later|as)\b",
    re.IGNORECASE,
)
OF_TREATMENTS: Final = re.compile(
    r"\b(?:effective|efficacious|potent|superior|inferior|tolerated|useful|safe|safer|active)\b",
    re.IGNORECASE,
)
"""Said of what is compared and not of what is measured: "A was more effective on pain than B"."""
DOWN: Final = re.compile(
    r"\b(?:lower\w*|reduc\w+|decreas\w+|less|fewer|lesser|protect\w+|shorter)\b", re.IGNORECASE
)
UP: Final = re.compile(
    r"\b(?:higher|increas\w+|greater|more|elevated|raised?s?|longer|improv\w+|better|prolong\w+)\b",
    re.IGNORECASE,
)
SHARED_NOUNS: Final = {
    "women": "women", "men": "men",
    "groups": "group", "arms": "arm", "group": "group", "arm": "arm", "patients": "patients",
    "recipients": "recipients", "users": "users",
}  # fmt: skip
RATIO_NAMES: Final = {
    "hr": "hazard ratio",
    "or": "odds ratio",
    "rr": "risk ratio",
    "ahr": "adjusted hazard ratio",
    "aor": "adjusted odds ratio",
    "irr": "incidence rate ratio",
    "airr": "adjusted incidence rate ratio",
    "shr": "subdistribution hazard ratio",
}
"""The ratios that are read, by the unit that their figures carry, as they are called."""
