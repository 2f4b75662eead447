"""An answer made complete for a clinician: what it rests on, what speaks against, what stands beneath.

Takes the statements that a plan chose and adds what nobody asked for and everybody needs. The order of
the statements stays, but for the first one, which must be fit to stand for the answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from osler.answer.assure import assured
from osler.answer.beneath import FACET_OF, Ground, Laid, lay_beneath
from osler.answer.first import with_fit_first
from osler.answer.flags import licence_flags, route_flags
from osler.answer.look import Look
from osler.answer.select import MOST_OF_ONE_SOURCE, MOST_STATEMENTS, MOST_WORDS, Pick, Purpose
from osler.answer.sentences import Reading
from osler.answer.topics import Asked, belongs
from osler.answer.weigh import facets_wanted
from osler.model.answer import Beneath
from osler.model.question import ConceptRole, Question, QuestionKind
from osler.model.topic import Topic
from osler.retrieval.vocabulary import Vocabulary
from osler.text.normalise import fold

WEIGHED_AGAINST: Final = frozenset(
    {QuestionKind.TREATMENT, QuestionKind.EFFECT, QuestionKind.PROGNOSIS, QuestionKind.GENERAL}
)
"""Kinds of question whose answer holds what speaks against, where the library has it."""


@dataclass(frozen=True, slots=True)
class Completed:
    """The statements of an answer with their certainty, and what stands beneath them.

    Attributes:
        picks: Statements of the answer, the bottom line first.
        beneath: One entry a topic that was looked for, found or not.
        beneath_picks: The statements of all topics, in order.
        flags: What a reader must see before anything else.
    """

    picks: tuple[Pick, ...]
    beneath: tuple[Beneath, ...] = ()
    beneath_picks: tuple[Pick, ...] = ()
    flags: tuple[str, ...] = ()


def weighed_first(question: Question, picks: Sequence[Pick]) -> tuple[Pick, ...]:
    """Return what a plan chose with the certainty of each; the first is fit to stand for the answer."""
    return tuple(assured(pick, question) for pick in with_fit_first(list(picks), question))


def complete(
    question: Question,
    picks: Sequence[Pick],
    look: Look,
    *,
    vocabulary: Vocabulary,
    studies: Callable[[Iterable[str]], dict[str, str]],
    reading: Reading | None = None,
) -> Completed:
    """Return the answer's statements with what a clinician needs beside them.

    Args:
        question: What was asked.
        picks: What a plan chose, weighed, in order.
        look: Where evidence is looked for.
        vocabulary: The library's words.
        studies: Gives for sources the study that each reports.
        reading: Sentences read already, so that none is read twice.
    """
    ordered = list(picks)
    if not ordered or not question.with_role(ConceptRole.INTERVENTION):
        return Completed(tuple(ordered))
    printed = {(pick.candidate.passage.id, pick.candidate.start) for pick in ordered}
    said = {fold(pick.candidate.text) for pick in ordered}
    ground = Ground(question, look, vocabulary, studies, reading or Reading(), printed, said)
    laid = lay_beneath(ground)
    laid = _bring_up_against(ordered, laid, ground)
    topics = [one for one in laid if one.picks or not _is_told(one.topic, ordered, ground.asked)]
    below = tuple(pick for one in topics for pick in one.picks)
    return Completed(
        tuple(ordered),
        tuple(
            Beneath(one.topic, FACET_OF[one.topic], tuple(pick.statement for pick in one.picks))
            for one in topics
        ),
        below,
        (*_licence_flags(question, (*ordered, *below)), *route_flags(ordered, ground.drug, look)),
    )


def _licence_flags(question: Question, picks: Sequence[Pick]) -> tuple[str, ...]:
    """Return the flags of the use that is asked about; a drug alone is not off label."""
    return licence_flags(picks) if question.with_role(ConceptRole.CONDITION) else ()


def _bring_up_against(ordered: list[Pick], laid: list[Laid], ground: Ground) -> list[Laid]:
    """Move the best counter-evidence into the answer, where it has none and there is room for it."""
    question = ground.question
    told = _is_told(Topic.COUNTER_EVIDENCE, ordered, ground.asked)
    if question.kinds[0] not in WEIGHED_AGAINST or told:
        return laid
    wanted = facets_wanted(question, question.kinds[0])
    moved: list[Laid] = []
    for one in laid:
        best = one.picks[0] if one.picks and one.topic is Topic.COUNTER_EVIDENCE else None
        on_facet = best is not None and (not wanted or set(wanted) & set(best.candidate.facets))
        if best is not None and on_facet and _has_room(ordered, best):
            ordered.append(replace(best, purpose=Purpose.COUNTER))
            one = Laid(one.topic, one.picks[1:])
        moved.append(one)
    return moved


def _has_room(picks: list[Pick], further: Pick) -> bool:
    words = sum(
        len(pick.statement.text.split()) + len(pick.statement.lead.split()) for pick in (*picks, further)
    )
    of_one_source = Counter(pick.candidate.source.id for pick in (*picks, further))
    return (
        len(picks) < MOST_STATEMENTS
        and words <= MOST_WORDS
        and max(of_one_source.values()) <= MOST_OF_ONE_SOURCE
    )


def _is_told(topic: Topic, picks: Iterable[Pick], asked: Asked) -> bool:
    """Tell whether the answer itself tells of ``topic``, so that nothing is missing beneath."""
    if topic is Topic.CONTRAINDICATIONS:
        return any(belongs(topic, pick.candidate, asked) for pick in picks)
    purposes = {Topic.COUNTER_EVIDENCE: Purpose.COUNTER, Topic.LICENCE: Purpose.LICENCE}
    return topic in purposes and any(pick.purpose is purposes[topic] for pick in picks)
