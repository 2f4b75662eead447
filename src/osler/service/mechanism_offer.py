"""Which graph a question about a mechanism can be shown; on the way to an answer nothing is judged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from osler.mechanism.glance import curated_names, is_named, pairs_of
from osler.mechanism.naming import name_key
from osler.model.question import ConceptRole, Question, QuestionKind
from osler.service.mechanism_names import forms_of_condition, forms_of_drug
from osler.service.wiring import Desk

Offer = dict[str, Any]


def offer_mechanism(desk: Desk, question: Question) -> Offer | None:
    """Return the graph that is held for the drug and the condition of ``question``, or None.

    Without a condition in the question, what is held on the drug is offered. A condition for which
    nothing is held is offered nothing, whatever is held for others.
    """
    if QuestionKind.MECHANISM not in question.kinds:
        return None
    named = question.with_role(ConceptRole.CONDITION)
    conditions: list[str | None] = [concept.text for concept in named] or [None]
    for drug in question.with_role(ConceptRole.INTERVENTION):
        for condition in conditions:
            held = list(_held(desk, drug.text, condition))
            if held:
                return _offer(held, drug.text, condition)
    return None


def _held(desk: Desk, drug: str, condition: str | None) -> Iterator[tuple[str, str, str]]:
    """Yield drug, condition and origin of each graph that fits, the curated ones first."""
    drugs = forms_of_drug(drug)
    conditions = () if condition is None else forms_of_condition(condition, desk)
    for row in curated_names().values():
        if not is_named(drugs, row["drug"], row["drug_names"]):
            continue
        if condition is not None and not is_named(conditions, row["condition"], row["condition_names"]):
            continue
        if desk.store.source_by_key(row["leans_on"]) is not None:
            yield row["drug"], row["condition"], "curated"
    keys = {name_key(form) for form in conditions} - {""}
    for form in drugs:
        try:
            pairs = pairs_of(desk.settings.home, form)
        except ValueError:  # the command says what is wrong with the index; an answer does without
            return
        for pair in pairs:
            if condition is None or keys & pair.condition_keys:
                yield pair.drug, pair.condition, "drugmechdb"


def _offer(held: Sequence[tuple[str, str, str]], drug: str, condition: str | None) -> Offer:
    found_drug, found_condition, origin = held[0]
    is_one = origin == "curated" or len({name_key(each[1]) for each in held}) == 1
    words = [drug] if condition is None else [drug, condition]
    return {
        "drug": found_drug,
        "condition": found_condition if is_one else None,
        "origin": origin,
        "command": " ".join(["osler mechanism", *map(_quoted, words)]),
    }


def _quoted(word: str) -> str:
    """Return ``word`` as a shell takes it for one."""
    plain = word.replace("-", "").isalnum() and not word.startswith("-")
    return word if plain else "'" + word.replace("'", "'\\''") + "'"
