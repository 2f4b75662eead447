"""When not to answer, and what to say instead: ask back, refuse, abstain, name the limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from osler.answer.red_flags import is_not_clinical, reads_as_emergency
from osler.answer.select import Pick
from osler.model.answer import AnswerStatus, PartSupport, Reference, Support
from osler.model.question import ConceptRole, Question
from osler.model.source import Design, TextKind
from osler.text.normalise import fold

AGAINST: Final = "evidence against"
"""The part whose absence leaves no answer incomplete."""
FOR_PROFESSIONALS: Final = "For professionals who can check the sources; not advice for one person."
EMERGENCY_TEXT: Final = (
    "This reads like an emergency. Call your local emergency number now, or go to the nearest emergency"
    " department. Osler cannot help in an emergency."
)

CALL_FOR_HELP: Final = "If somebody is in danger now, call your local emergency number."


def refuse_question(question: Question) -> AnswerStatus | None:
    """Return the status of a question that must not be answered from the library, or None."""
    folded = fold(question.asked)
    if reads_as_emergency(folded):
        return AnswerStatus.EMERGENCY
    named = question.with_role(ConceptRole.INTERVENTION, ConceptRole.CONDITION)
    if is_not_clinical(folded) and not named:
        return AnswerStatus.NOT_CLINICAL
    return None


def status_of(picks: Sequence[Pick], parts: Iterable[PartSupport]) -> AnswerStatus:
    """Return what came of the question: answered, partial when a part is missing or weak, abstained."""
    if not picks:
        return AnswerStatus.ABSTAINED
    supports = [part.support for part in parts if part.part != AGAINST]
    if Support.NOT_FOUND in supports or set(supports) == {Support.WEAK}:
        return AnswerStatus.PARTIAL
    return AnswerStatus.ANSWERED


def disclaimer_for(
    status: AnswerStatus,
    picks: Sequence[Pick],
    references: Sequence[Reference],
    *,
    of_a_person: bool = False,
) -> str:
    """Return the limits of this very answer, and what it may be used for.

    No list of red flags is complete: what is asked of one person and not answered says whom to call.
    """
    if status is AnswerStatus.EMERGENCY:
        return EMERGENCY_TEXT
    if status is AnswerStatus.NOT_CLINICAL:
        return "Osler answers clinical questions only."
    if status is AnswerStatus.NEEDS_CLARIFICATION:
        said = "Nothing is answered until the question is clear."
        return f"{CALL_FOR_HELP} {said}" if of_a_person else said
    if not picks:
        said = "Nothing was found in this library; that is not evidence that nothing exists."
        return f"{CALL_FOR_HELP} {said}" if of_a_person else said
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
