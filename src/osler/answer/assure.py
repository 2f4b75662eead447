"""How sure one may be of each statement, and what a reader must mind: certainty, weak designs, hedges.

Decides nothing on what is printed; it says how far what is printed carries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from osler.answer.select import Pick, Purpose
from osler.answer.sentences import Candidate
from osler.model.answer import Uncertain
from osler.model.certainty import PROVISIONAL, Certainty, Level
from osler.model.passage import Role
from osler.model.question import ConceptRole, Facet, Question
from osler.model.source import Design, Kind
from osler.retrieval.appraise import Directness
from osler.synthesis.certainty import certainty_of
from osler.text.comparison import lacks_comparator
from osler.text.moves import Move
from osler.text.normalise import fold
from osler.text.people import names_people, species_in
from osler.text.polarity import hedges
from osler.verify.population import is_animal_source

WEAK_DESIGNS: Final[dict[Design, str]] = {
    Design.LABORATORY: "from animals or cells: not shown in patients",
    Design.CASE_SERIES: "from a case series: no comparison group",
    Design.NARRATIVE_REVIEW: "from a narrative review: an author's reading of the evidence",
    Design.PREPRINT: "from a preprint: not peer reviewed",
}
ON_ANIMALS: Final = WEAK_DESIGNS[Design.LABORATORY]
RATED: Final = frozenset(
    {
        Facet.EFFICACY,
        Facet.SURVIVAL,
        Facet.RELAPSE,
        Facet.SAFETY,
        Facet.FINDING,
        Facet.MECHANISM,
        Facet.RECOMMENDATION,
    }
)
"""Facets on which a finding is more or less certain; a dose given or a test's cut-off is a report."""


_FOUND_NOTHING: Final = re.compile(
    r"\b(?:found|identified|retrieved) no (?:\w+ ){0,3}"
    r"(?:stud(?:y|ies)|trials?|comparisons?|evidence|data)\b"
    r"|\bno (?:\w+ ){0,3}(?:studies|trials|data) (?:were|was|are) "
    r"(?:found|identified|available|retrieved)\b"
)
"""Says that evidence is missing: nothing to be more or less certain of."""


def assured(pick: Pick, question: Question) -> Pick:
    """Return ``pick`` with the certainty of its statement."""
    certainty = _certainty_of(pick, question)
    return replace(pick, statement=replace(pick.statement, certainty=certainty))


def _certainty_of(pick: Pick, question: Question) -> Certainty | None:
    candidate = pick.candidate
    source, sentence = candidate.source, candidate.text
    animal = is_about_animals(candidate)
    found = certainty_of(
        source,
        sentence,
        passage=candidate.passage.text,
        animal=animal,
        indirect=_indirect(pick, question),
    )
    if found is None or not found.is_provisional or animal:
        return found
    if _FOUND_NOTHING.search(fold(sentence)):
        return None
    if pick.purpose is Purpose.LICENCE or (candidate.facets and not RATED & set(candidate.facets)):
        return None
    if candidate.role is Role.BACKGROUND or candidate.move in (Move.BACKGROUND, Move.DEFINITION):
        basis = f"{PROVISIONAL} said in passing, not found by this study: very low"
        return Certainty(Level.VERY_LOW, basis)
    return found


def _indirect(pick: Pick, question: Question) -> str:
    """Return why a statement bears on the question only indirectly, or empty."""
    if pick.purpose is Purpose.LINK or not question.with_role(ConceptRole.CONDITION):
        return ""
    if pick.weighed.directness is Directness.RELATED:
        return "on a related condition"
    if pick.weighed.directness is Directness.SAID_OTHERWISE:
        return "not on the condition asked about"
    return ""


def is_about_animals(candidate: Candidate) -> bool:
    """Tell whether a sentence of a research paper reports on animals or laboratory material."""
    if candidate.source.kind is not Kind.RESEARCH:
        return False
    if is_animal_source(candidate.source):
        return True
    folded = fold(candidate.text).replace("in vitro fertili", "")
    return species_in(folded) != "" and not names_people(folded)


def uncertain_of(picks: Iterable[Pick]) -> tuple[Uncertain, ...]:
    """Return the statements that need care, each with the reason in words."""
    found: list[Uncertain] = []
    for pick in picks:
        candidate = pick.candidate
        reasons = [WEAK_DESIGNS.get(candidate.source.design, "")]
        if not reasons[0] and is_about_animals(candidate):
            reasons = [ON_ANIMALS]
        if lacks_comparator(candidate.text):
            reasons.append("compared with what, the sentence does not say")
        cues = hedges(candidate.text)
        if cues:
            said = ", ".join(dict.fromkeys(cue.text.lower() for cue in cues))
            reasons.append(f"hedged by its source: {said}")
        text = "; ".join(reason for reason in reasons if reason)
        if text:
            found.append(Uncertain(pick.statement.id, text))
    return tuple(found)
