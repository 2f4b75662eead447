"""What a drug or a condition may also be called: brands, other names, what abbreviations stand for."""

from __future__ import annotations

from osler.retrieval import word_tables
from osler.service.wiring import Desk
from osler.text.normalise import fold


def forms_of_drug(drug: str) -> tuple[str, ...]:
    """Return ``drug`` as asked, what a brand of this name contains, and its other names."""
    folded = " ".join(fold(drug).split())
    substances = (folded, *word_tables.brands().get(folded, ()))
    others = [name for each in substances for name in word_tables.substances().get(each, ())]
    return tuple(dict.fromkeys((drug, *substances, *others)))


def forms_of_condition(condition: str, desk: Desk | None) -> tuple[str, ...]:
    """Return ``condition`` as asked and the other names of what it may stand for."""
    long = [] if desk is None else desk.store.long_forms(condition.upper(), scopes=desk.scopes)
    folded = " ".join(fold(condition).split())
    rings = word_tables.names().get(folded, ())
    others = (name for ring in rings for name in ring)
    return tuple(dict.fromkeys((condition, *others, *(name for name, _sources in long))))
