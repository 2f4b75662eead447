"""Two drugs compared: what names both comes first, then what is known of each by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from osler.answer.look import Look, Outcome, facets_elsewhere, merge_found
from osler.answer.relations import find_related
from osler.answer.select import Purpose, Selection, in_order
from osler.answer.weigh import Anchor, Weighed, anchor_of, weigh_anchored
from osler.model.answer import PartSupport, Support
from osler.model.question import Concept, ConceptRole, QuestionKind
from osler.retrieval import lexicon
from osler.retrieval.appraise import Directness
from osler.retrieval.matching import names
from osler.retrieval.search import FoundPassage
from osler.text.normalise import fold

OF_EACH: Final = 2
_COMPARES: Final = re.compile(
    r"\b(?:than|versus|vs|compared (?:with|to)|superior|inferior|against|similar|differ\w*|both)\b"
)


def fill_comparison(selection: Selection, look: Look) -> Outcome:
    """Answer from what names both drugs; failing that, say so and tell what is known of each."""
    question = selection.question
    drugs = question.with_role(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR)[:2]
    conditions = question.with_role(ConceptRole.CONDITION)
    found = [_find(drug, conditions, selection, look) for drug in drugs]
    pool = merge_found(*found)
    related = find_related(conditions, pool, selection.vocabulary)
    anchor = anchor_of(question, related)
    if not anchor.wanted:
        anchor = replace(anchor, wanted=lexicon.WANTED_FACETS[QuestionKind.COMPARISON])
    both = [
        w for w in _weigh(pool, replace(anchor, drugs=drugs[:1]), selection) if _names_both(w, drugs)
    ]
    selection.take(both, most=3, purpose=Purpose.ANSWER, needed=drugs[:1])
    compared = any(
        _names_both(pick.weighed, drugs) and _COMPARES.search(fold(pick.candidate.text))
        for pick in selection.picks
    )
    first, second = drugs[0].text, drugs[1].text
    parts = [
        PartSupport(
            f"{first} compared with {second}", Support.SUPPORTED if compared else Support.NOT_FOUND
        )
    ]
    for drug, passages in zip(drugs, found, strict=True):
        own = [
            w
            for w in _weigh(passages, replace(anchor, drugs=(drug,)), selection)
            if w.directness >= Directness.RELATED
        ]
        added = selection.take(own, most=OF_EACH, purpose=Purpose.LINK, needed=(drug,))
        known = added or any(names(p.candidate.keyed, drug) for p in selection.picks)
        parts.append(PartSupport(f"{drug.text} by itself", Support.WEAK if known else Support.NOT_FOUND))
    seen = selection.reading.candidates(pool)
    elsewhere = facets_elsewhere(seen, replace(anchor, drugs=drugs[:1]))
    return Outcome(
        tuple(parts), len(pool), elsewhere=elsewhere, seen=tuple(seen), related=anchor.related
    )


def _find(
    drug: Concept, conditions: tuple[Concept, ...], selection: Selection, look: Look
) -> list[FoundPassage]:
    asked = replace(drug, role=ConceptRole.INTERVENTION)
    kind = selection.question.kinds[0]
    wanted = lexicon.WANTED_FACETS.get(kind) or lexicon.WANTED_FACETS[QuestionKind.COMPARISON]
    return look.find((asked, *conditions), selection.question, wanted[0], drug.text)


def _weigh(found: list[FoundPassage], anchor: Anchor, selection: Selection) -> list[Weighed]:
    candidates = selection.reading.candidates(found)
    return [w for w in in_order(weigh_anchored(c, anchor) for c in candidates) if not w.refused]


def _names_both(weighed: Weighed, drugs: tuple[Concept, ...]) -> bool:
    return all(names(weighed.candidate.keyed, drug) for drug in drugs)
