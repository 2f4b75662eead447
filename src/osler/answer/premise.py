"""What a question takes for granted, held against the evidence before it is answered.

"How much X cures Y" takes it that X cures Y; "why is X contraindicated in Y" that it is. Only what the
library can contradict in a source's own words is called false: a premise that the evidence bears out is
let pass, one on which it says nothing is asked about. A question whether something is so takes nothing
for granted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from osler.answer.look import Look, merge_found
from osler.answer.premises import PREMISES, Premise
from osler.answer.relations import find_related
from osler.answer.select import Pick, Purpose, Selection, in_order
from osler.answer.weigh import Weighed, anchor_of, weigh_anchored
from osler.answer.wordings import word_question
from osler.model.question import Clarification, ConceptRole, Question, QuestionKind
from osler.model.source import Design, Kind
from osler.retrieval import lexicon
from osler.retrieval.appraise import DESIGN_RANK, Directness
from osler.retrieval.matching import names
from osler.retrieval.understand import split_into_parts
from osler.text.normalise import fold

_WHETHER: Final = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|can|could|will|would|should|may|has|have|whether|if)\b"
)
FACETS_SEARCHED: Final = 2
OFFICIAL: Final = frozenset({Kind.LABEL, Kind.GUIDELINE})


@dataclass(frozen=True, slots=True)
class Held:
    """A premise as held against the evidence.

    Attributes:
        said: The words of the question that take it for granted.
        kind: What is asked instead.
        correction: What the evidence says instead, or None where it bears the premise out.
        clarify: What is asked where the evidence neither bears it out nor corrects it.
    """

    said: str
    kind: QuestionKind
    correction: Pick | None = None
    clarify: tuple[Clarification, ...] = ()


def hold_premise(question: Question, selection: Selection, look: Look) -> Held | None:
    """Return what the evidence makes of a premise; None when there is none.

    Needs a named drug; where a condition is named, only evidence on both counts. Evidence that is not
    there at all is left to the answer, which says so.
    """
    folded = fold(question.asked)
    drugs = question.with_role(ConceptRole.INTERVENTION)
    if not drugs or _WHETHER.search(folded):
        return None
    placed = bool(question.with_role(ConceptRole.CONDITION))
    for premise in PREMISES:
        found = premise.cue.search(folded)
        if found and (placed or premise.anywhere) and premise.asks.search(folded):
            return _hold(question, premise, found.group(), selection, look)
    return None


def _hold(
    question: Question, premise: Premise, said: str, selection: Selection, look: Look
) -> Held | None:
    usable: list[Weighed] = []
    for kind in (premise.kind, premise.also):
        if kind is not None:
            usable += _evidence(question, kind, selection, look)
    for_it = [entry for entry in usable if premise.borne_out(fold(entry.candidate.text))]
    contrary = [entry for entry in usable if premise.corrected(fold(entry.candidate.text))]
    if for_it and (not premise.weighs or _strongest(for_it) >= _strongest(contrary)):
        return Held(said, premise.kind)
    drugs = question.with_role(ConceptRole.INTERVENTION)
    if selection.take(in_order(contrary), most=1, purpose=Purpose.COUNTER, needed=drugs[:1]):
        return Held(said, premise.kind, correction=selection.picks[0])
    if for_it or not usable:
        return Held(said, premise.kind)
    conditions = question.with_role(ConceptRole.CONDITION)
    instead = word_question(
        premise.kind, drug=drugs[0].text, condition=conditions[0].text if conditions else ""
    )
    ask = f"Nothing in this library bears out “{said}”. Is this meant instead: {instead}"
    why = "the question takes it for granted, and an answer would seem to confirm it"
    return Held(said, premise.kind, clarify=(Clarification(ask, why),))


def _strongest(weighed: list[Weighed]) -> tuple[int, int]:
    """Return the rank and the size of the best study of ``weighed``; labels and guidelines are above."""
    above = max(DESIGN_RANK.values()) + 1
    sources = [entry.candidate.source for entry in weighed]
    return max(
        (
            (above if source.kind in OFFICIAL else DESIGN_RANK[source.design], source.participants or 0)
            for source in sources
        ),
        default=(-1, 0),
    )


def without_premise(question: Question, held: Held) -> Question:
    """Return ``question`` without what it wrongly takes for granted, where it asks nothing else."""
    if question.kinds[0] not in (QuestionKind.GENERAL, QuestionKind.MECHANISM):
        return question
    roles = (ConceptRole.INTERVENTION, ConceptRole.CONDITION, ConceptRole.POPULATION)
    named = question.with_role(*roles)
    parts = split_into_parts(held.kind, named)
    return replace(question, kinds=(held.kind,), concepts=named, parts=parts)


def _evidence(question: Question, kind: QuestionKind, selection: Selection, look: Look) -> list[Weighed]:
    """Return the printable sentences on the drug, in the condition where one is named, best first."""
    named = question.with_role(ConceptRole.INTERVENTION, ConceptRole.CONDITION)
    plain = replace(question, kinds=(kind,), concepts=named)
    facets = lexicon.WANTED_FACETS[kind][:FACETS_SEARCHED]
    found = merge_found(*(look.find(named, plain, facet, f"premise: {facet.value}") for facet in facets))
    conditions = question.with_role(ConceptRole.CONDITION)
    related = find_related(conditions, found, selection.vocabulary)
    anchor = anchor_of(plain, related, kind=kind)
    weighed = in_order(weigh_anchored(c, anchor) for c in selection.reading.candidates(found))
    return [
        entry
        for entry in weighed
        if not entry.refused
        and entry.candidate.source.design is not Design.LABORATORY
        and (not conditions or entry.directness is Directness.DIRECT)
        and any(names(entry.candidate.keyed, drug) for drug in anchor.drugs)
    ]
