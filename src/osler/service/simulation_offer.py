"""Whether an answer can be shown a simulation of doses, and what of it is already stated.

Only for readers and people for whom the model holds: never for patients, children, pregnancy or
dialysis. Regimens are those of the question and of the answer's own cited sentences, in their words;
none is made up, and without any the simulation is offered with its regimens left open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from osler.errors import NotFoundError
from osler.mechanism.occupancy_parameters import Model, find_model
from osler.mechanism.occupancy_regimen import MOST_REGIMENS
from osler.mechanism.occupancy_stated import stated_clearance, stated_regimens, stated_weight
from osler.model.question import ConceptRole, Question
from osler.model.reader import COMPUTE, Reader
from osler.retrieval.lexicon import MODIFIERS

NOT_MODELLED: Final = frozenset({"child", "newborn", "pregnancy"})
QUESTION: Final = "question"
_DIALYSIS: Final = re.compile(r"\b(?:(?:ha?emo)?dialy\w+|ha?emofiltration|crrt|cvvhd?f?|ecmo)\b", re.I)

Offer = dict[str, Any]


def offer_simulation(question: Question, answer: Mapping[str, Any], *, reader: Reader) -> Offer | None:
    """Return the simulation that ``question``, on a dose or on kinetics, can be shown, or None.

    Args:
        question: As understood.
        answer: The answer's public document, whose statements may state regimens.
        reader: Who reads.
    """
    if reader not in COMPUTE:
        return None
    if NOT_MODELLED & set(question.modifiers) or _DIALYSIS.search(question.asked):
        return None
    model = _model_of(question)
    if model is None:
        return None
    weight, clearance = stated_weight(question.asked), stated_clearance(question.asked)
    if not (_holds(model, "weight", weight) and _holds(model, "creatinine_clearance", clearance)):
        return None
    regimens = list(_regimens(question, answer, model))[:MOST_REGIMENS]
    return {
        "drug": model.drug,
        "regimens": [{"text": text, "stated_by": by} for text, by in regimens],
        "weight_kg": weight,
        "creatinine_clearance_mL_per_min": clearance,
        "command": _command(model.drug, [text for text, _ in regimens], weight, clearance),
    }


def _model_of(question: Question) -> Model | None:
    for concept in question.with_role(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR):
        for name in (concept.text, *concept.variants):
            try:
                return find_model(name)
            except NotFoundError:
                continue
    return None


def _holds(model: Model, name: str, value: float | None) -> bool:
    limit = model.limits[name]
    return value is None or limit.low <= value <= limit.high


def _regimens(question: Question, answer: Mapping[str, Any], model: Model) -> Iterator[tuple[str, str]]:
    """Yield each regimen once, with what states it: the question, or a statement by its id."""
    seen: set[str] = set()
    stated = [(QUESTION, "", question.asked)]
    stated += [(one["id"], one["lead"], one["text"]) for one in _statements(answer)]
    for by, lead, text in stated:
        if any(MODIFIERS[name].search(f"{lead} {text}".lower()) for name in NOT_MODELLED):
            continue
        for regimen in stated_regimens(text, model):
            if regimen.casefold() not in seen:
                seen.add(regimen.casefold())
                yield regimen, by


def _statements(answer: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if answer["bottom_line"]:
        yield answer["bottom_line"]
    for section in answer["sections"]:
        yield from section["statements"]


def _command(drug: str, regimens: list[str], weight: float | None, clearance: float | None) -> str:
    """Return the command that runs it; TEXT stands for a regimen where none is stated."""
    words = ["osler mechanism", drug]
    words += [f'--regimen "{text}"' for text in regimens] or ["--regimen TEXT"]
    if weight is not None:
        words.append(f"--weight {weight:g}")
    if clearance is not None:
        words.append(f"--crcl {clearance:g}")
    return " ".join(words)
