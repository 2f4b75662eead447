"""One change of meaning to a true sentence: the figure, the unit, the drug, the people, the direction, …

Each kind is one rule that says where a sentence can be corrupted and how; nothing is drawn at random.
The judge must refuse every corrupted sentence, and is measured by how many it lets through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import StrEnum

from osler.text.drug_names import drugs_in, is_drug
from osler.text.polarity import comparators, negations


class Corruption(StrEnum):
    """What was changed."""

    FIGURE = "figure"
    UNIT = "unit"
    DRUG = "drug"
    POPULATION = "population"
    DIRECTION = "direction"
    NEGATION = "negation"
    TIME_POINT = "time point"
    COMPARATOR = "comparator"


NUMERIC = frozenset({Corruption.FIGURE, Corruption.UNIT})
_NUMBER = re.compile(
    r"(?<![\w.,-])\d+(?:\.\d+)?(?![\w,.-]|\s*\))(?!\s*(?:days?|weeks?|months?|years?|hours?))"
)
_PERCENT = re.compile(r"(?<![\w.,-])\d+(?:\.\d+)?(?=\s?%)")
_UNITS = {
    "mg/kg": "g/kg", "mg": "g", "µg": "mg", "ng/mL": "mg/mL", "mg/L": "g/L", "mg/dL": "g/dL",
    "mmol/L": "mol/L", "mL": "L", "kg": "g", "ng": "mg", "cm": "m", "mm": "cm", "mmHg": "kPa",
    "IU": "mg", "%": " mg", "years": "months", "months": "weeks", "weeks": "months", "days": "weeks",
    "hours": "days", "min": "hours", "minutes": "hours", "h": "days",
}  # fmt: skip
_UNIT = re.compile(
    r"(?<=\d)(\s?)(" + "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True)) + r")(?![\w/])"
)
_OTHER_DRUGS = ("metformin", "infliximab", "atorvastatin", "ciprofloxacin")
_GROUPS = {
    "children": "adults", "adults": "children", "infants": "adults", "adolescents": "older people",
    "women": "men", "men": "women", "mice": "patients", "rats": "patients", "males": "females",
    "females": "males", "elderly": "young", "pregnant women": "men", "newborns": "adults",
    "boys": "girls", "girls": "boys",
}  # fmt: skip
_OPPOSITES = {
    "increased": "decreased", "decreased": "increased", "increase": "decrease", "decrease": "increase",
    "increases": "decreases", "decreases": "increases", "higher": "lower", "lower": "higher",
    "reduced": "increased", "reduces": "increases", "reduce": "increase", "improved": "worsened",
    "improves": "worsens", "greater": "smaller", "elevated": "reduced", "more": "less", "less": "more",
    "longer": "shorter", "shorter": "longer", "inhibited": "stimulated", "inhibits": "stimulates",
    "enhanced": "diminished", "better": "worse", "worse": "better", "positively": "negatively",
    "raised": "lowered", "rose": "fell", "fell": "rose", "highest": "lowest", "lowest": "highest",
    "promotes": "prevents", "induces": "prevents", "induced": "prevented",
}  # fmt: skip
_VERB = re.compile(r"\b(was|were|is|are|has|have|had|can|could|did|should|may)\b(?!\s+(?:not|no)\b)")
_TIME = re.compile(r"(?<![\w.,-])(\d+)(?=[\s-](?:days?|weeks?|months?|years?|hours?)\b)")
_TIME_WORD = {
    "before": "after",
    "after": "before",
    "baseline": "follow-up",
    "early": "late",
    "late": "early",
}
_COMPARED = re.compile(
    r"\b(compared (?:with|to)|versus|vs\.?|than|relative to)\s+((?:the |a |an )?[a-z][\w-]+)",
    re.IGNORECASE,
)


def corrupt(kind: Corruption, sentence: str) -> str:
    """Return ``sentence`` with one change of ``kind``, or an empty string where none can be made."""
    return next((text for text in _RULES[kind](sentence) if text and text != sentence), "")


def _figure(sentence: str) -> Iterator[str]:
    for pattern in (_PERCENT, _NUMBER):
        for found in pattern.finditer(sentence):
            number = found.group()
            whole, dot, rest = number.partition(".")
            changed = f"{int(whole) + 7}{dot}{rest}"
            yield sentence[: found.start()] + changed + sentence[found.end() :]


def _unit(sentence: str) -> Iterator[str]:
    for found in _UNIT.finditer(sentence):
        yield sentence[: found.start(2)] + _UNITS[found.group(2)].strip() + sentence[found.end() :]


def _drug(sentence: str) -> Iterator[str]:
    for found in re.finditer(r"[A-Za-z]{6,}", sentence):
        if is_drug(found.group()):
            other = next(drug for drug in _OTHER_DRUGS if drug not in drugs_in(sentence))
            shown = other.capitalize() if found.group()[0].isupper() else other
            yield sentence[: found.start()] + shown + sentence[found.end() :]


def _population(sentence: str) -> Iterator[str]:
    yield from _exchanged(sentence, _GROUPS)


def _direction(sentence: str) -> Iterator[str]:
    yield from _exchanged(sentence, _OPPOSITES)


def _negation(sentence: str) -> Iterator[str]:
    for cue in negations(sentence):
        if cue.text.lower().endswith(" not") and cue.text.lower() != "not":
            yield sentence[: cue.end - 4] + sentence[cue.end :]
    if not negations(sentence):
        for found in _VERB.finditer(sentence):
            yield f"{sentence[: found.end()]} not{sentence[found.end() :]}"


def _time_point(sentence: str) -> Iterator[str]:
    for found in _TIME.finditer(sentence):
        yield f"{sentence[: found.start()]}{int(found.group()) + 5}{sentence[found.end() :]}"
    yield from _exchanged(sentence, _TIME_WORD)


def _comparator(sentence: str) -> Iterator[str]:
    if not comparators(sentence):
        return
    for found in _COMPARED.finditer(sentence):
        other = "usual care" if "placebo" in found.group(2) else "placebo"
        yield sentence[: found.start(2)] + other + sentence[found.end() :]


def _exchanged(sentence: str, pairs: dict[str, str]) -> Iterator[str]:
    for found in re.finditer(r"\b(?:" + "|".join(pairs) + r")\b", sentence):
        yield sentence[: found.start()] + pairs[found.group()] + sentence[found.end() :]


_RULES: dict[Corruption, Callable[[str], Iterator[str]]] = {
    Corruption.FIGURE: _figure,
    Corruption.UNIT: _unit,
    Corruption.DRUG: _drug,
    Corruption.POPULATION: _population,
    Corruption.DIRECTION: _direction,
    Corruption.NEGATION: _negation,
    Corruption.TIME_POINT: _time_point,
    Corruption.COMPARATOR: _comparator,
}
