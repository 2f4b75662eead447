"""When not to answer, and what to say instead: ask back, refuse, abstain, name the limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from osler.answer.select import Pick
from osler.model.answer import AnswerStatus, PartSupport, Reference, Support
from osler.model.question import ConceptRole, Question
from osler.model.source import Design, TextKind
from osler.retrieval import lexicon
from osler.text.normalise import fold

AGAINST: Final = "evidence against"
"""The part whose absence leaves no answer incomplete."""
FOR_PROFESSIONALS: Final = "For professionals who can check the sources; not advice for one person."
EMERGENCY_TEXT: Final = (
    "This reads like an emergency. Call your local emergency number now, or go to the nearest emergency"
    " department. Osler cannot help in an emergency."
)


def refuse_question(question: Question) -> AnswerStatus | None:
    """Return the status of a question that must not be answered from the library, or None."""
    folded = fold(question.asked)
    if lexicon.EMERGENCY.search(folded):
        return AnswerStatus.EMERGENCY
    named = question.with_role(ConceptRole.INTERVENTION, ConceptRole.CONDITION)
    if lexicon.NOT_CLINICAL.search(folded) and not named:
        return AnswerStatus.NOT_CLINICAL
    if question.clarify:
        return AnswerStatus.NEEDS_CLARIFICATION
    return None


def status_of(picks: Sequence[Pick], parts: Iterable[PartSupport]) -> AnswerStatus:
    """Return what came of the question: answered, partial when a part is missing or weak, abstained."""
    if not picks:
        return AnswerStatus.ABSTAINED
    supports = [part.support for part in parts if part.part != AGAINST]
    if Support.NOT_FOUND in supports or set(supports) == {Support.WEAK}:
        return AnswerStatus.PARTIAL
    return AnswerStatus.ANSWERED


def disclaimer_for(status: AnswerStatus, picks: Sequence[Pick], references: Sequence[Reference]) -> str:
    """Return the limits of this very answer, and what it may be used for."""
    if status is AnswerStatus.EMERGENCY:
        return EMERGENCY_TEXT
    if status is AnswerStatus.NOT_CLINICAL:
        return "Osler answers clinical questions only."
    if status is AnswerStatus.NEEDS_CLARIFICATION:
        return "Nothing was looked up: the question must be clear first."
    if not picks:
        return "Nothing was found in this library; that is not evidence that nothing exists."
    limits: list[str] = []
    summaries = sum(1 for ref in references if ref.text_kind is TextKind.SUMMARY)
    if summaries:
        limits.append(
            f"{summaries} of {len(references)} sources were read as curators' summaries, not verbatim"
        )
    designs = {ref.design for ref in references}
    if not designs & {Design.RANDOMISED_TRIAL, Design.SYSTEMATIC_REVIEW, Design.GUIDELINE}:
        limits.append("no guideline, systematic review or randomised trial is among the sources")
    if Design.LABORATORY in designs:
        limits.append("animal or laboratory findings are not findings in patients")
    limits.append("not reviewed by a clinician")
    text = "; ".join(limits)
    return f"{text[0].upper()}{text[1:]}. {FOR_PROFESSIONALS}"
