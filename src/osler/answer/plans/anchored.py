"""A question about a named drug or condition, answered on the facet asked for."""

from __future__ import annotations

from typing import Final

from osler.answer.look import Look, Outcome, facets_elsewhere, merge_found
from osler.answer.plans.links import speaks_against, take_licence
from osler.answer.relations import find_related
from osler.answer.select import Purpose, Selection, in_order
from osler.answer.weigh import Anchor, anchor_of, weigh_anchored
from osler.model.answer import PartSupport, Support
from osler.model.question import ConceptRole, QuestionKind
from osler.model.source import Kind
from osler.retrieval import lexicon
from osler.retrieval.appraise import Directness
from osler.retrieval.search import FoundPassage

LICENCE_KINDS: Final = frozenset({QuestionKind.DOSE, QuestionKind.TREATMENT})


def fill_anchored(selection: Selection, look: Look) -> Outcome:
    """Answer on one facet about a named drug or condition, the most direct evidence first."""
    question = selection.question
    found: list[FoundPassage] = []
    for facet in lexicon.WANTED_FACETS[question.kinds[0]]:
        found = merge_found(found, look.find(question.concepts, question, facet, facet.value))
    related = find_related(question.with_role(ConceptRole.CONDITION), found, selection.vocabulary)
    anchor = anchor_of(question, related)
    candidates = selection.reading.candidates(found)
    weighed = in_order(weigh_anchored(c, anchor) for c in candidates)
    needed = anchor.drugs[:1] or anchor.conditions[:1]
    usable = [w for w in weighed if not w.refused]
    room = 6 if question.kinds[0] in LICENCE_KINDS and anchor.drugs and anchor.conditions else 7
    for tier in (Kind.GUIDELINE, Kind.LABEL):
        best = [
            w
            for w in usable
            if w.candidate.source.kind is tier
            and (tier is Kind.LABEL or w.directness > Directness.SAID_OTHERWISE)
        ]
        selection.take(best, most=2, purpose=Purpose.ANSWER, needed=needed, per_source=1)
    against = [w for w in usable if speaks_against(w.candidate) and w.directness >= Directness.RELATED]
    direct = [w for w in usable if w.directness >= Directness.RELATED] or usable
    selection.take(
        direct, most=max(0, room - 1 - len(selection.picks)), purpose=Purpose.ANSWER, needed=needed
    )
    selection.take(against, most=1, purpose=Purpose.COUNTER, needed=needed)
    selection.withhold_refused(weighed)
    off_label = False
    if question.kinds[0] in LICENCE_KINDS and selection.picks:
        off_label = take_licence(selection, look, anchor)
    _bring_direct_first(selection)
    support = _support(selection, anchor)
    parts = tuple(PartSupport(part.name, support) for part in question.parts)
    return Outcome(parts, len(found), off_label, facets_elsewhere(candidates, anchor))


def _bring_direct_first(selection: Selection) -> None:
    """Put the most direct statement first: it becomes the bottom line."""
    order = sorted(
        range(len(selection.picks)),
        key=lambda i: (
            selection.picks[i].purpose is not Purpose.ANSWER,
            -selection.picks[i].weighed.directness,
            -selection.picks[i].weighed.score,
        ),
    )
    selection.picks[:] = [selection.picks[i] for i in order]


def _support(selection: Selection, anchor: Anchor) -> Support:
    answers = [p for p in selection.picks if p.purpose in (Purpose.ANSWER, Purpose.COUNTER)]
    if not answers:
        return Support.NOT_FOUND
    direct = [p for p in answers if p.weighed.directness is Directness.DIRECT]
    if not direct and anchor.conditions:
        return Support.WEAK
    return Support.SUPPORTED
