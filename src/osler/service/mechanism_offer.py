"""Which graph a question about a mechanism can be shown. Asked on the way to an answer: nothing is judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from osler.errors import NotFoundError
from osler.model.mechanism import Origin
from osler.model.question import ConceptRole, Question, QuestionKind
from osler.service.mechanism_held import Candidates, Choice, find_candidates, in_condition
from osler.service.wiring import Desk

LOOKED_FOR: Final = 3
"""Sources of a curated graph of which one must be in the library for the graph to be offered."""


def offer_mechanism(desk: Desk, question: Question) -> dict[str, Any] | None:
    """Return the graph that is held for the drug and the condition of ``question``, or None.

    Without a condition in the question, what is held on the drug is offered. A condition for which
    nothing is held is offered nothing, whatever is held for others.
    """
    if QuestionKind.MECHANISM not in question.kinds:
        return None
    conditions = question.with_role(ConceptRole.CONDITION)
    for drug in question.with_role(ConceptRole.INTERVENTION):
        try:
            found = find_candidates(desk.settings, drug.text)
        except NotFoundError:
            continue
        for condition in conditions:
            fitting = in_condition(found, condition.text, desk)
            held = [choice for choice in fitting.choices() if _can_be_shown(desk, choice, found)]
            if held:
                return _offer(held, drug.text, condition.text)
        held = [] if conditions else [c for c in found.choices() if _can_be_shown(desk, c, found)]
        if held:
            return _offer(held, drug.text, None)
    return None


def _can_be_shown(desk: Desk, choice: Choice, found: Candidates) -> bool:
    """Tell whether the graph can be drawn: of a curated one, whether a source of it is in the library."""
    if choice.origin is Origin.DRUGMECHDB:
        return True
    heads = [head for head in found.heads if head.condition == choice.condition]
    keys = [key for head in heads for key in head.sources[:LOOKED_FOR]]
    return any(desk.store.source_by_key(key) is not None for key in keys)


def _offer(held: Sequence[Choice], drug: str, condition: str | None) -> dict[str, Any]:
    first = held[0]
    is_one = len(held) == 1 or first.origin is Origin.CURATED
    words = [drug] if condition is None else [drug, condition]
    return {
        "drug": first.drug,
        "condition": first.condition if is_one else None,
        "origin": first.origin.value,
        "command": " ".join(["osler mechanism", *map(_quoted, words)]),
    }


def _quoted(word: str) -> str:
    """Return ``word`` as a shell takes it for one."""
    plain = word.replace("-", "").isalnum() and not word.startswith("-")
    return word if plain else "'" + word.replace("'", "'\\''") + "'"
