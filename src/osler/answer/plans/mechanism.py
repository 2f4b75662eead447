"""A mechanism, told link by link: drug → target, target → condition, what speaks against, licence."""

from __future__ import annotations

from typing import Final

from osler.answer.look import Look, Outcome, facets_elsewhere, merge_found
from osler.answer.plans.links import (
    ALONE,
    ANIMALS,
    names_condition,
    speaks_against,
    take_licence,
    weigh_link,
)
from osler.answer.relations import acts_on_a_target, find_related, find_target, names_target
from osler.answer.select import Purpose, Selection, in_order
from osler.answer.sentences import Candidate
from osler.answer.weigh import Anchor, Weighed, anchor_of, refuse_by_form
from osler.answer.withhold import AGAINST
from osler.model.answer import PartSupport, Support
from osler.model.question import Concept, ConceptRole, Facet
from osler.model.source import Design
from osler.retrieval.appraise import DESIGN_RANK
from osler.retrieval.matching import names
from osler.text.normalise import fold

TOLD: Final = (Purpose.ANSWER, Purpose.LINK, Purpose.COUNTER, Purpose.LICENCE)


def fill_mechanism(selection: Selection, look: Look) -> Outcome:
    """Tell a mechanism link by link: drug → target, target → condition, what speaks against, licence."""
    question = selection.question
    drug = question.with_role(ConceptRole.INTERVENTION)[0]
    conditions = question.with_role(ConceptRole.CONDITION)
    found = look.find((drug,), question, Facet.MECHANISM, "drug → target")
    found_here = look.find((drug, *conditions), question, Facet.MECHANISM, "direct evidence")
    pool = merge_found(found, found_here)
    candidates = selection.reading.candidates(pool)
    related = find_related(conditions, pool, selection.vocabulary)
    anchor = anchor_of(question, related)
    first = [weigh_link(c, anchor) for c in candidates if _tells_the_target(c, drug)]
    selection.withhold_refused(first)
    taken = selection.take(in_order(first), most=1, purpose=Purpose.ANSWER, needed=(drug,))
    parts = [PartSupport(f"{drug.text} → target", Support.SUPPORTED if taken else Support.NOT_FOUND)]
    off_label = take_licence(selection, look, anchor) if taken else False
    hits = len(pool)
    target = find_target((w.candidate for w in first if not w.refused), drug, selection.vocabulary)
    if taken and target is not None:
        selection.name_also(
            [w.candidate for w in in_order(first) if not w.refused and names_target(w.candidate, target)]
        )
    if conditions and taken:
        linked = look.find(conditions, question, Facet.MECHANISM, "target → condition")
        if target is not None:
            concepts = (target, *conditions, *related)
            linked = merge_found(look.find(concepts, question, Facet.MECHANISM, "target"), linked)
        everything = merge_found(linked, pool)
        hits = len(everything)
        parts += _fill_links(selection, selection.reading.candidates(everything), anchor, target)
    selection.picks.sort(key=lambda pick: TOLD.index(pick.purpose))
    elsewhere = facets_elsewhere(candidates, anchor)
    return Outcome(
        tuple(parts), hits, off_label, elsewhere, seen=tuple(candidates), related=anchor.related
    )


def _tells_the_target(candidate: Candidate, drug: Concept) -> bool:
    """Tell whether a sentence says, of people or in general, what ``drug`` acts on."""
    return (
        names(candidate.keyed, drug)
        and Facet.MECHANISM in candidate.facets
        and acts_on_a_target(candidate)
        and not ANIMALS.search(fold(candidate.text))
    )


def _fill_links(
    selection: Selection, candidates: list[Candidate], anchor: Anchor, target: Concept | None
) -> list[PartSupport]:
    """Take what the target does in the condition and what speaks against it; return the supports.

    One statement on each side comes before a second one on either, so that a short answer has both.
    """
    drug, condition = anchor.drugs[0], anchor.conditions[0]
    about = [c for c in candidates if Facet.MECHANISM in c.facets and names_condition(c, anchor)]
    for_link = in_order(
        weigh_link(c, anchor)
        for c in about
        if target
        and names_target(c, target)
        and not speaks_against(c)
        and not ANIMALS.search(fold(c.text))
    )
    against = in_order(weigh_link(c, anchor) for c in about if speaks_against(c))
    against = _first_by_target(against, target)
    linked = selection.take(for_link, most=1, purpose=Purpose.LINK, needed=())
    countered = selection.take(against, most=2, purpose=Purpose.COUNTER, needed=())
    linked += selection.take(for_link, most=1, purpose=Purpose.LINK, needed=())
    strong = any(
        p.purpose is Purpose.LINK
        and DESIGN_RANK[p.candidate.source.design] >= DESIGN_RANK[Design.COHORT]
        for p in selection.picks
    )
    named = target.text if target else "target"
    support = Support.SUPPORTED if strong else Support.WEAK if linked else Support.NOT_FOUND
    shown = any(_shows_in_patients(c, anchor) for c in about)
    return [
        PartSupport(f"{named} → {condition.text}", support),
        PartSupport(
            f"the mechanism of {drug.text} shown in patients with {condition.text}",
            Support.SUPPORTED if shown else Support.NOT_FOUND,
        ),
        PartSupport(AGAINST, Support.SUPPORTED if countered else Support.NOT_FOUND),
    ]


def _shows_in_patients(candidate: Candidate, anchor: Anchor) -> bool:
    """Tell whether a sentence reports the drug's action itself from people with the condition."""
    return (
        names(candidate.keyed, anchor.drugs[0])
        and acts_on_a_target(candidate)
        and not refuse_by_form(candidate)
        and not ANIMALS.search(fold(candidate.text))
        and candidate.source.design not in (Design.LABORATORY, Design.NARRATIVE_REVIEW)
    )


def _first_by_target(weighed: list[Weighed], target: Concept | None) -> list[Weighed]:
    """Return counter-evidence in order of weight for the question.

    First what concerns the drug's own target, then what gives the leading part to something else.
    """

    def away(entry: Weighed) -> tuple[bool, bool]:
        about_target = target is not None and names_target(entry.candidate, target)
        return not about_target, not ALONE.search(fold(entry.candidate.text))

    return sorted(weighed, key=away)
