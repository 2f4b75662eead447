"""Arms: the two groups that a sentence compares, as it names them.

Groups only: two points in time of one group are no arms, nor is anything called "others" or "both".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from osler.text.normalise import fold

_GROUP: Final = (
    r"groups?|arms?|cohorts?|patients|subjects|participants|recipients|individuals|people|persons|adults"
    r"|children|infants|neonates|women|men|boys|girls|males|females|mothers|users|nonusers|non-users"
    r"|comparators|side|carriers|smokers|non-smokers|nonsmokers|cases|controls|survivors"
    r"|volunteers|responders|nonresponders"
)
_CONTROL: Final = (
    r"placebo|control|controls|usual\scare|standard\s(?:care|treatment|therapy|of\scare)|no\streatment"
    r"|sham|conventional|observation|standard|untreated|vehicle|monotherapy|saline"
)
_TREATMENT: Final = (
    r"therapy|treatment|chemotherapy|radiotherapy|surgery|vaccine|vaccination|intervention|alone|care"
    r"|resection|transplantation|bypass|regimen|prophylaxis|anesthesia|anaesthesia|surger\w+"
    r"|stents?|acid"
    r"|insulin|interferon|heparin|supplementation|training|laparoscop\w+|open|plus|\w+ectomy|\w+plasty"
    r"|dose|agents?|drugs?|diet|\w*antagonists?|\w*agonists?|inhibitors?|\w*blockers?|antibod(?:y"
    r"|ies)|globulin|statins?|steroids?"
)
_IS_ARM: Final = re.compile(
    rf"(?<![\w-])(?:{_GROUP}|{_CONTROL}|{_TREATMENT})(?!\w)|-treated\b", re.IGNORECASE
)
_ABBREVIATION: Final = re.compile(r"(?<![\w-])[A-Z][A-Za-z]*[A-Z0-9][\w+/-]*|^[A-Z]$")
_IS_CONTROL: Final = re.compile(rf"(?<![\w-])(?:{_CONTROL})(?!\w)", re.IGNORECASE)
_NO_ARM: Final = re.compile(
    r"(?<![\w-])(?:was|were|is|are|be|been|had|has|have|did|do|that|which|baseline|before|after"
    r"|pre\w*|post\w*"
    r"|follow-?up|week|month|day|year|hours?|weeks|months|days|years|admission|discharge|visit|period"
    r"|both|either|each|all|total|overall|others?(?!\stherap|\streatment)|these|this|those|its"
    r"|their|respectively|than|versus|vs"
    r"|compared|when|not|any|same|rest|remaining|remainder|remained|group\sand|between|showed|reported"
    r"|significantly|respective|subgroups?|expected|general|population|literature|previous|only|at"
    r"|by|from"
    r"|per|in|end|study|studies|trials?|favou?rs?|analys[ie]s|revealed|demonstrated|found|used"
    r"|experienced"
    r"|increased|decreased|reduced|higher|lower|more|less|similar|as|to|likely|none|under|also|during|using"
    r"|there|here|he|she|who|score|value|values|it|they|we)(?![\w-])",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"^(?:(?:the|a|an|those|of|for|in|with)\s)*"
    rf"(?:(?:{_GROUP})\s(?:in|on|receiving|taking|given|using|who\s(?:received|took|had|were\sgiven"
    r"|underwent|were\streated\swith)|treated\s(?:with|by)|(?:randomi[sz]ed|assigned|allocated)"
    r"\sto(?:\sreceive)?"
    r"|undergoing)\s)?"
    r"(?:(?:receiving|taking|given|using|treated\swith|assigned\sto|randomi[sz]ed\sto|on|who"
    r"\sreceived)\s)?"
    r"(?:(?:the|a|an)\s)?",
    re.IGNORECASE,
)
_OF_NAME: Final = re.compile(
    r"\b(?:the|a|an|groups?|arms?|therapy|treatment|patients|recipients|subjects|participants|treated)\b"
)
_DOSE: Final = re.compile(
    r"\d[\d.,-]*\s?(?:[µm]?c?g|IU|units|mL)\S*(?:\s(?:per|once|twice|a|/)?\s?(?:day|daily|week|weekly))?"
)
_SEVERAL: Final = re.compile(r"(?:groups|arms)\s", re.IGNORECASE)
_LONGEST: Final = 8


def arm_of(words: str, is_drug: Callable[[str], bool]) -> str:
    """Return the group that ``words`` name, without article and lead-in; empty where they name none.

    Args:
        words: What stands where a group is expected.
        is_drug: Tells whether a word names a drug.
    """
    name = _LEAD.sub("", " ".join(words.split()), count=1).strip(" ,")
    tokens = name.split()
    if (
        words.strip() in {"A", "An"}
        or not tokens
        or len(tokens) > _LONGEST
        or _NO_ARM.search(_DOSE.sub("", name))
        or not name[0].isalnum()
        or _SEVERAL.match(name)
    ):
        return ""
    if re.search(r"\bwith\b", name) and not re.match(rf"(?:\w+\s)?(?:{_GROUP})\s", name, re.IGNORECASE):
        return ""
    if re.search(r"\b(?:with|without|and|or|of|for|on|the)$", name, re.IGNORECASE):
        return ""
    named = (
        _IS_ARM.search(name)
        or _ABBREVIATION.search(name)
        or any(is_drug(word) for word in re.findall(r"[\w-]+", name))
        or re.search(_GROUP, words)
    )
    bare = re.fullmatch(
        rf"(?:{_GROUP}|therapy|treatment|dose|agents?|drugs?|diet|alone|care)", name, re.IGNORECASE
    )
    sexes = re.fullmatch(
        r"(?:women|men|boys|girls|males|females|children|adults|controls?|cases|users|nonusers|non-users"
        r"|smokers|non-?smokers|survivors|carriers|responders|nonresponders)",
        name,
        re.IGNORECASE,
    )
    return name if named and (not bare or sexes) else ""


def names_people(words: str) -> bool:
    """Tell whether ``words`` say themselves that they are a group: "patients", "the early group"."""
    return re.search(rf"\b(?:{_GROUP})\b", words, re.IGNORECASE) is not None


def is_control(arm: str) -> bool:
    """Tell whether an arm is named as the one that others are compared with."""
    return _IS_CONTROL.search(arm) is not None


def key_of(arm: str) -> str:
    """Return what two names of one arm have in common: ``the placebo group`` and ``placebo``."""
    return " ".join(_OF_NAME.sub(" ", fold(arm).replace("-treated", "")).split())
