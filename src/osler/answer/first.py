"""Which statement comes first: not one from animals, a single case or an open comparison, if it can be.

Only the order of what was taken changes, and only among statements that answer the same part.
"""

from __future__ import annotations

from typing import Final

from osler.answer.assure import is_about_animals
from osler.answer.plans.links import speaks_against
from osler.answer.select import Pick, Purpose
from osler.model.question import ConceptRole, Facet, Question, QuestionKind
from osler.retrieval.appraise import Directness
from osler.text.comparison import lacks_comparator

NEARLY: Final = 0.9
"""Share of the first one's score at which another statement answers nearly as well."""


def with_fit_first(picks: list[Pick], question: Question) -> list[Pick]:
    """Return ``picks`` with a statement in front that may stand for the answer, where there is one.

    Where it is asked what something is, what defines it comes first. What was found in animals gives way
    to any finding in people. A single case, and a direction without a comparator, give way to a
    statement that fits the question as closely and nearly as well.
    """
    if len(picks) < 2 or picks[0].purpose is not Purpose.ANSWER:
        return picks
    first = picks[0]
    others = [pick for pick in picks[1:] if pick.purpose is Purpose.ANSWER]
    better: Pick | None = None
    if question.kinds[0] is QuestionKind.DEFINITION and not _defines(first):
        better = next((pick for pick in others if _defines(pick)), None)
    elif is_about_animals(first.candidate) and question.kinds[0] is not QuestionKind.MECHANISM:
        better = next((pick for pick in others if _is_fit(pick, first, at_any_score=True)), None)
    elif _is_thin(first) or (question.with_role(ConceptRole.EXCLUDED) and _denies(first)):
        better = next((pick for pick in others if _is_fit(pick, first)), None)
    if better is None:
        return picks
    return [better, *(pick for pick in picks if pick is not better)]


def _defines(pick: Pick) -> bool:
    """Tell whether a statement says what something is."""
    return Facet.DEFINITION in pick.candidate.facets


def _is_thin(pick: Pick) -> bool:
    return pick.candidate.source.participants == 1 or lacks_comparator(pick.candidate.text)


def _denies(pick: Pick) -> bool:
    """Tell whether a statement denies an effect: no alternative to anything."""
    return speaks_against(pick.candidate)


def _is_fit(pick: Pick, first: Pick, *, at_any_score: bool = False) -> bool:
    if is_about_animals(pick.candidate):
        return False
    if at_any_score:
        return pick.weighed.directness >= min(first.weighed.directness, Directness.RELATED)
    return (
        pick.weighed.directness >= first.weighed.directness
        and pick.weighed.score >= NEARLY * first.weighed.score
        and set(pick.candidate.facets) & set(first.candidate.facets) != set()
        and not _is_thin(pick)
        and not _denies(pick)
    )
