"""What a text states of a simulation: regimens of the drug, a weight, a creatinine clearance.

Every set of words here is closed: a regimen counts as the drug's own only where nothing but these
words stands between its name and the amount, so that the dose of another drug is never taken for it. A
range is no regimen, and what the command would refuse is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from osler.errors import InputError, UsageError
from osler.mechanism.occupancy_parameters import Model
from osler.mechanism.occupancy_regimen import read_regimen

SOME_WEIGHT_KG: Final = 70.0
"""Only to tell whether an amount for each kg can be read; it goes nowhere else."""

_NUMBER: Final = r"\d+(?:\.\d+)?"
_AMOUNT: Final = rf"(?<![\d.,–-]){_NUMBER}\s*mg(?:\s*/\s*(?:kg|h|hour|day|d|dose)){{0,2}}(?!\w)"
_HOW: Final = (
    r"subcutaneously|subcutaneous|subcut|subq|sc|sq|intravenously|intravenous|iv|once|twice|daily"
    r"|three times|four times|a day|every other day|on alternate days|every day|weekly|od|qd|bd|bid|tds"
    rf"|tid|qds|qid|qod|q\s*{_NUMBER}\s*h|every\s+{_NUMBER}\s*(?:hours?|h|days?)|{_NUMBER}[\s-]*hourly"
    rf"|over\s+{_NUMBER}\s*(?:hours?|h|minutes?|min)|as an?|by|continuous|infusion|bolus|injection"
    r"|per dose|single dose|loading dose|divided"
)
_REGIMEN: Final = rf"{_AMOUNT}(?:\s+(?:{_HOW})(?!\w))+"
_WHOLE: Final = rf"{_REGIMEN}(?:\s*\+\s*{_REGIMEN})?"
_BEFORE: Final = (
    r"is|was|are|were|licensed|given|dosed|at|a|an|the|of|in|dose|doses|gives|gave|giving|starting|usual"
    r"|initial|standard|recommended|received|receiving|use|using"
)
_BETWEEN: Final = r"(?:\s|,|;|/|\b(?:or|and|vs\.?|versus|against|with|to|then|compared)\b)+"
_AFTER: Final = (
    r"\s*(?:$|[.,;:?!)/(]|(?:or|and|vs|versus|against|with|then|compared|in|for|when|if|as|at|is|was|to|on"
    r"|during|after|until|while|after|do|does|enough|better|work|reach|hold|needed|given)\b)"
)
_BEGIN: Final = re.compile(
    rf"(?:^|[.,;:?!(/]|\b(?:{_BEFORE}|does|do|why|how|with|and|or|vs|versus|than|from|to|on|for|after)\b)\s*$",
    re.I,
)
_WEIGHT: Final = re.compile(rf"(?<![\w/.–-])({_NUMBER})\s*(?:-\s*)?(?:kg|kilograms?)(?![\w/])", re.I)
_CLEARANCE: Final = re.compile(
    rf"\b(?:crcl|clcr|creatinine clearance)\b\s*(?:is|was|of|at|=|:|,)?\s*({_NUMBER})"
    r"(?:\s*ml\s*/\s*min)?(?![\w–-]|\.\d)",
    re.I,
)


def stated_regimens(text: str, model: Model) -> tuple[str, ...]:
    """Return the regimens that ``text`` states for the drug of ``model``, in its words and order.

    Each can be given to ``osler mechanism --regimen`` as it stands.
    """
    return tuple(dict.fromkeys(_readable(_found(text, model.names), model)))


def stated_weight(text: str) -> float | None:
    """Return the body weight in kg that ``text`` states, or None where it states none or several."""
    return _only({float(match[1]) for match in _WEIGHT.finditer(text)})


def stated_clearance(text: str) -> float | None:
    """Return the creatinine clearance in mL/min that ``text`` states, or None.

    A bound (below 30) is no value, and an estimated filtration rate is no creatinine clearance.
    """
    return _only({float(match[1]) for match in _CLEARANCE.finditer(text)})


def _only(found: set[float]) -> float | None:
    return found.pop() if len(found) == 1 else None


def _readable(candidates: Iterable[str], model: Model) -> Iterator[str]:
    for words in candidates:
        try:
            read_regimen(words, model=model, weight_kg=SOME_WEIGHT_KG)
        except (InputError, UsageError):
            continue
        yield words


def _found(text: str, names: tuple[str, ...]) -> Iterator[str]:
    """Yield each regimen that stands at a name of the drug, or in one row with such a regimen."""
    after_name, before_name, in_row = _patterns(names)
    for match in before_name.finditer(text):
        if _BEGIN.search(text[: match.start()]):
            yield _folded(match["regimen"])
    for match in after_name.finditer(text):
        place: re.Match[str] | None = match
        while place is not None:
            yield _folded(place["regimen"])
            place = in_row.match(text, place.end("regimen"))


@cache
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a regimen after a name, before one, and after another regimen."""
    name = rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"
    gap = rf"(?:\s|,|:|\(|\b(?:{_BEFORE})\b)+?"
    own = rf"(?P<regimen>{_WHOLE})"
    return (
        re.compile(rf"{name}{gap}{own}(?={_AFTER})", re.I),
        re.compile(rf"{own}\s+(?:of\s+)?{name}", re.I),
        re.compile(rf"{_BETWEEN}{own}(?={_AFTER})", re.I),
    )


def _folded(words: str) -> str:
    return " ".join(words.split())
