"""What an answer to one kind of question is made of, and in which order it is told; a module a plan.

Each plan fills a :class:`Selection` and says how well each part of the question is supported.
"""

from __future__ import annotations

from osler.answer.look import Look, Outcome
from osler.answer.plans.anchored import fill_anchored
from osler.answer.plans.comparison import fill_comparison
from osler.answer.plans.free import fill_free
from osler.answer.plans.mechanism import fill_mechanism
from osler.answer.select import Selection
from osler.model.question import ConceptRole, QuestionKind
from osler.retrieval.clauses import is_anchored

__all__ = ["fill"]


def fill(selection: Selection, look: Look) -> Outcome:
    """Fill ``selection`` by the plan that fits its question."""
    question = selection.question
    drugs = question.with_role(ConceptRole.INTERVENTION)
    if drugs and question.with_role(ConceptRole.COMPARATOR):
        return fill_comparison(selection, look)
    if not is_anchored(question):
        return fill_free(selection, look)
    if question.kinds[0] is QuestionKind.MECHANISM and drugs:
        return fill_mechanism(selection, look)
    outcome = fill_anchored(selection, look)
    if selection.picks or question.kinds[0] is not QuestionKind.DEFINITION:
        return outcome
    # Few sources define what they study: what a drug acts on, or how a disease is known, comes next.
    return fill_anchored(
        selection, look, kind=QuestionKind.MECHANISM if drugs else QuestionKind.DIAGNOSIS
    )
