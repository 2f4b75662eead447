"""Next questions that the library can answer: held against the evidence already read, so none searches.

A suggestion is made only where a sentence that was read for this answer would be printed in answer to
it. None repeats the question asked, nor one asked earlier in its thread.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from osler.answer.look import Outcome
from osler.answer.relations import acts_on_a_target
from osler.answer.sentences import Candidate
from osler.answer.weigh import anchor_of, weigh_anchored
from osler.answer.wordings import as_written, word_question
from osler.model.question import Concept, ConceptRole, Facet, Question, QuestionKind
from osler.retrieval.appraise import Directness
from osler.retrieval.clauses import is_anchored
from osler.retrieval.matching import names
from osler.retrieval.understand import understand
from osler.retrieval.vocabulary import Vocabulary
from osler.text.disease_names import is_disease
from osler.text.drug_names import is_drug
from osler.text.normalise import fold

MOST_SUGGESTIONS: Final = 3
JOINT: Final = " + "
"""Between the normalised wordings of several questions that were asked in one."""
MOST_TRIED: Final = 6
"""Questions that are put in words and understood at most; each takes about a millisecond."""
_KIND_OF: Final[dict[Facet, QuestionKind]] = {
    Facet.MECHANISM: QuestionKind.MECHANISM,
    Facet.KINETICS: QuestionKind.KINETICS,
    Facet.DOSE: QuestionKind.DOSE,
    Facet.ADMINISTRATION: QuestionKind.ROUTE,
    Facet.EFFICACY: QuestionKind.EFFECT,
    Facet.SURVIVAL: QuestionKind.PROGNOSIS,
    Facet.RELAPSE: QuestionKind.PROGNOSIS,
    Facet.SAFETY: QuestionKind.HARMS,
    Facet.DIAGNOSIS: QuestionKind.DIAGNOSIS,
    Facet.RECOMMENDATION: QuestionKind.TREATMENT,
    Facet.MONITORING: QuestionKind.MONITORING,
    Facet.LICENCE: QuestionKind.LICENCE,
}


_NEED_A_DRUG: Final = frozenset({QuestionKind.DOSE, QuestionKind.HARMS, QuestionKind.MONITORING})
"""Without one nobody asks so."""


def suggest(
    question: Question, outcome: Outcome, vocabulary: Vocabulary, *, earlier: Collection[str] = ()
) -> tuple[str, ...]:
    """Return up to three next questions, those on which most evidence was seen first.

    Args:
        question: As understood.
        outcome: What its plan came to, with the sentences that were read.
        vocabulary: The library's words.
        earlier: Normalised wordings of the questions asked earlier in the thread.
    """
    drug = _name(question.with_role(ConceptRole.INTERVENTION), vocabulary)
    condition = _name(question.with_role(ConceptRole.CONDITION), vocabulary)
    condition = "" if condition and _is_a_harm(question, outcome) else condition
    known = {*question.normalised.split(JOINT), *earlier}
    made: list[str] = []
    tried = 0
    for facet, _count in outcome.elsewhere:
        kind = _KIND_OF.get(facet)
        text = word_question(kind, drug=drug, condition=condition) if kind else ""
        if not text or kind is None or text in made or (not drug and kind in _NEED_A_DRUG):
            continue
        if len(made) == MOST_SUGGESTIONS or tried == MOST_TRIED:
            break
        tried += 1
        asked = understand(text, vocabulary)
        if asked.normalised not in known and asked.kinds[0] is kind and _is_answered(asked, outcome):
            known.add(asked.normalised)
            made.append(text)
    return tuple(made)


def _is_a_harm(question: Question, outcome: Outcome) -> bool:
    """Tell whether all that was read of drug and condition together tells of harms."""
    drugs = question.with_role(ConceptRole.INTERVENTION)[:1]
    both = (*drugs, *question.with_role(ConceptRole.CONDITION)[:1])
    told = [c.facets for c in outcome.seen if all(names(c.keyed, one) for one in both)]
    return bool(drugs and told) and all(Facet.SAFETY in facets for facets in told)


def _is_answered(asked: Question, outcome: Outcome) -> bool:
    """Tell whether a sentence that was read would be printed in answer to ``asked``."""
    if not is_anchored(asked):
        return False
    anchor = anchor_of(asked, outcome.related)
    wanted = set(anchor.wanted)
    needs_target = asked.kinds[0] is QuestionKind.MECHANISM and bool(anchor.drugs)

    def answers(candidate: Candidate) -> bool:
        if not wanted & set(candidate.facets) or (needs_target and not acts_on_a_target(candidate)):
            return False
        weighed = weigh_anchored(candidate, anchor)
        near = not anchor.conditions or weighed.directness is Directness.DIRECT
        return not weighed.refused and near

    return any(answers(candidate) for candidate in outcome.seen)


def _name(concepts: tuple[Concept, ...], vocabulary: Vocabulary) -> str:
    """Return the first concept as a person writes it, its slips repaired; drugs before their groups."""
    if not concepts:
        return ""
    concept = next((c for c in concepts if is_drug(c.text)), concepts[0])
    text = as_written(concept.text, vocabulary)
    if not text.isupper() and not vocabulary.passages_with(fold(text)) and not is_disease(text):
        return next((v for v in concept.variants if vocabulary.passages_with(v)), text)
    return text
