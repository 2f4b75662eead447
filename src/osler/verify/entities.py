"""Whether a statement speaks of the same drugs, molecules and people as its evidence.

A name of the statement must stand in the cited words, or in the title of a source whose cited words name
no other of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from osler.model.verdict import Check
from osler.text.drug_names import drugs_in
from osler.text.names import names
from osler.text.normalise import fold
from osler.text.people import NARROW, Group, exclude_each_other, groups_in, names_people
from osler.verify.checks import CheckName, failed, passed
from osler.verify.wording import Evidence
from osler.verify.wording import opened as spell

_SYMBOL: Final = re.compile(
    r"(?<![\w.])(?:(?=\w*[A-Z])(?:[A-Za-z]*[A-Z]{2,}\w*|[A-Za-z]+-?\d+\w*)|[a-z]{4,}-\d+\w*)(?:[-/]\w+)*"
)
_SUFFIX: Final = re.compile(r"-(?:like|induced|associated|related|treated|derived)$")
"""What is hung on a name and is none: ``HLH-like``."""
_ROUTE: Final = re.compile(
    r"\b(?:intravenous\w*|subcutaneous\w*|oral(?:ly)?|intramuscular\w*|topical\w*|inhaled|rectal\w*)\b",
    re.IGNORECASE,
)
_OFTEN: Final = re.compile(
    r"\b(?:(?:per|a|each|every|once|twice|three times|four times)\s+(?:a\s+)?(?:dose|day|daily|week"
    r"|weekly|month)|daily|weekly|monthly)\b",
    re.IGNORECASE,
)
_STAND_INS: Final = tuple(
    (re.compile(rf"\b(?:{wanted})\b", re.IGNORECASE), re.compile(rf"\b(?:{known})", re.IGNORECASE))
    for wanted, known in (
        ("placebos?", "placebo|dummy"),
        ("sham", "sham"),
        ("usual care|standard care|standard of care", "usual|standard|routine|conventional"),
        ("waiting list|wait-?list", "wait|WL"),
    )
)
"""What stands in for a treatment in a comparison, as a statement and as a source say it."""
_SAME_DOSED: Final = {
    "orally": "oral", "intravenously": "intravenous", "subcutaneously": "subcutaneous",
    "per day": "daily", "a day": "daily", "once daily": "daily", "once a day": "daily",
    "each day": "daily", "every day": "daily", "per week": "weekly", "a week": "weekly",
    "once weekly": "weekly", "intramuscularly": "intramuscular",
    "topically": "topical", "every week": "weekly",
}  # fmt: skip


def check_entities(claim: str, evidence: Evidence, vocabulary: Mapping[str, str]) -> Check:
    """Return whether every drug, symbol and route of ``claim`` is one of ``evidence``."""
    cited = spell(evidence.text, f"{evidence.title} . {evidence.around}", vocabulary)
    fault = (
        _drug_fault(claim, cited, evidence)
        or _symbol_fault(claim, cited, evidence)
        or _dosing_fault(claim, cited)
        or _stand_in_fault(claim, f"{cited} . {evidence.title}")
    )
    return failed(CheckName.ENTITIES, fault) if fault else passed(CheckName.ENTITIES)


def _drug_fault(claim: str, cited: str, evidence: Evidence) -> str:
    ours, theirs = drugs_in(claim), drugs_in(cited)
    for drug in sorted(ours - theirs):
        if names(cited, drug):
            continue
        if theirs - ours:
            return f"the source speaks of {' and '.join(sorted(theirs))}, not of {drug}"
        if not names(evidence.title, drug):
            return f"the source does not name {drug}"
    return ""


def _symbol_fault(claim: str, cited: str, evidence: Evidence) -> str:
    for found in _SYMBOL.finditer(claim):
        symbol = _SUFFIX.sub("", found.group())
        if symbol.isupper() and symbol.isalpha() and len(symbol) > 9:
            continue
        if not (names(cited, symbol) or names(evidence.title, symbol) or _is_written(symbol, cited)):
            return f"the cited words do not name {symbol}"
    return ""


def _is_written(symbol: str, text: str) -> bool:
    """Tell whether ``text`` holds ``symbol`` with other or no hyphens (``IL1``, ``IL-1``)."""
    signs = re.sub(r"[\s-]", "", fold(symbol))
    spaced = r"[\s-]?".join(map(re.escape, signs))
    return re.search(rf"(?<![a-z0-9]){spaced}(?![a-z0-9])", fold(text)) is not None


def _dosing_fault(claim: str, cited: str) -> str:
    for pattern in (_ROUTE, _OFTEN):
        theirs = {_dosed(found.group()) for found in pattern.finditer(cited)}
        for found in pattern.finditer(claim):
            if theirs and _dosed(found.group()) not in theirs:
                return f"the source says {sorted(theirs)[0]!r}, not {found.group()!r}"
    return ""


def _stand_in_fault(claim: str, text: str) -> str:
    """Say which comparator without a name of its own (``placebo``, ``usual care``) the source lacks."""
    for wanted, known in _STAND_INS:
        found = wanted.search(claim)
        if found and not known.search(text):
            return f"the cited words do not name {found.group()!r}"
    return ""


def _dosed(words: str) -> str:
    folded = " ".join(words.lower().split())
    return _SAME_DOSED.get(folded, folded)


def check_population(claim: str, evidence: Evidence, *, opened: str = "") -> Check:
    """Return whether ``claim`` is about the people or animals of ``evidence``, and says so.

    A group that stands in a name which the claim abbreviates is said too; ``opened`` is the claim with
    its abbreviations spelt out.
    """
    ours = groups_in(claim)
    cited = groups_in(evidence.text)
    known = cited | groups_in(evidence.title) | groups_in(" . ".join(evidence.headings))
    for group in sorted(ours - known - groups_in(evidence.around)):
        other = next((g for g in sorted(known) if exclude_each_other(g, group)), None)
        if other is not None:
            return failed(CheckName.POPULATION, f"found in {other.value}, said of {group.value}")
        return failed(CheckName.POPULATION, f"the source does not speak of {group.value}")
    for group in sorted(ours - cited):
        other = next((g for g in sorted(cited) if exclude_each_other(g, group)), None)
        if other is not None and other not in ours:
            return failed(CheckName.POPULATION, f"found in {other.value}, said of {group.value}")
    said = ours | groups_in(opened)
    for group in sorted((cited | _studied(claim, evidence)) & NARROW):
        if group not in said and not _is_covered(group, said):
            return failed(CheckName.POPULATION, f"found in {group.value}; the statement does not say so")
    return passed(CheckName.POPULATION)


def _studied(claim: str, evidence: Evidence) -> frozenset[Group]:
    """Return whom the title says was studied, where the cited words leave it to the title."""
    if names_people(evidence.text):
        return frozenset()
    young = {Group.CHILDREN, Group.NEWBORNS, Group.PREGNANT} if names_people(claim) else set()
    return groups_in(evidence.title) & ({Group.ANIMALS} | young)


def _is_covered(group: Group, ours: frozenset[Group]) -> bool:
    near = (
        {Group.ANIMALS, Group.LABORATORY},
        {Group.CHILDREN, Group.NEWBORNS},
        {Group.PREGNANT, Group.WOMEN},
    )
    return any(group in pair and ours & pair for pair in near)
