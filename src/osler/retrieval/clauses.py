"""From a question as understood to what is looked for in the index of words. Searches nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from osler.index.protocol import Clause
from osler.model.question import Concept, ConceptRole, Facet, Question, QuestionKind, Rewording
from osler.retrieval import lexicon
from osler.text.normalise import STOP_WORDS, fold, words

ROLE_WEIGHT: Final[dict[ConceptRole, float]] = {
    ConceptRole.INTERVENTION: 2.0,
    ConceptRole.COMPARATOR: 2.0,
    ConceptRole.CONDITION: 1.6,
    ConceptRole.TARGET: 1.6,
    ConceptRole.TOPIC: 1.0,
    ConceptRole.OUTCOME: 1.0,
    ConceptRole.POPULATION: 0.6,
    ConceptRole.EXCLUDED: 0.0,
}
CUE_WEIGHT: Final = 0.35
PART_WEIGHT: Final = 0.5  # of a word inside a phrase that is searched as a whole
MOST_TOPICS: Final = 1  # beside a condition; more of them make a free question
MOST_BESIDE_A_DRUG: Final = 2


def clauses_for(
    concepts: Iterable[Concept], question: Question, *, facet: Facet | None = None
) -> list[Clause]:
    """Return the clauses that look for ``concepts``, helped by the words of ``facet``.

    A drug is required: evidence that does not name it is about something else. A term of several
    words counts as a whole and by each word.
    """
    clauses: list[Clause] = []
    for concept in concepts:
        weight = ROLE_WEIGHT[concept.role]
        if not weight:
            continue
        required = concept.role in (ConceptRole.INTERVENTION, ConceptRole.TARGET)
        clauses.append(Clause(concept.variants, weight, required))
        if concept.role in (ConceptRole.CONDITION, ConceptRole.TOPIC) and " " in concept.text:
            pieces = [w for w in fold(concept.text).split() if w not in STOP_WORDS]
            clauses.extend(Clause((piece,), weight / (2 * len(pieces))) for piece in pieces)
    if (
        facet is not None
        and facet in lexicon.SEARCH_WORDS
        and question.kinds[0] in lexicon.WANTED_FACETS
    ):
        clauses.extend(Clause((word,), CUE_WEIGHT) for word in lexicon.SEARCH_WORDS[facet])
    return clauses


def clauses_of_words(question: Question) -> list[Clause]:
    """Return one clause for each content word of the question, with what it is also searched as.

    Words of talk (worth, any, really) say nothing of what is asked and are left out.
    """
    others: dict[int, list[Rewording]] = {}
    for entry in question.searched_as:
        others.setdefault(entry.start, []).append(entry)
    clauses: dict[tuple[str, ...], Clause] = {}
    within = -1
    for word in words(question.asked):
        if word.start in others:
            within = others[word.start][0].end
            for entry in others[word.start]:
                alternatives = (fold(entry.found), *entry.put)
                clauses.setdefault(alternatives, Clause(alternatives, 1.0))
            if within == word.end:
                continue
        folded = fold(word.text)
        if folded in STOP_WORDS or folded in lexicon.TALK or len(folded) < 2:
            continue
        weight = PART_WEIGHT if word.start < within else 1.0
        clauses.setdefault((folded,), Clause((folded,), weight))
    return list(clauses.values())


def is_anchored(question: Question) -> bool:
    """Tell whether the question is about a named drug or condition in a way that facets answer."""
    named = question.with_role(ConceptRole.INTERVENTION, ConceptRole.CONDITION)
    return bool(named) and question.kinds[0] in lexicon.WANTED_FACETS and _fully_named(question)


def _fully_named(question: Question) -> bool:
    """Tell whether drug and condition say it all; other topics left over make it a free question."""
    topics = [
        topic
        for topic in question.with_role(ConceptRole.TOPIC)
        if fold(topic.text) not in lexicon.FORMS_OF_DISEASE
    ]
    drugs = question.with_role(ConceptRole.INTERVENTION)
    if question.kinds[0] is QuestionKind.COMPARISON and question.with_role(ConceptRole.EXCLUDED):
        return len(topics) <= MOST_TOPICS  # the alternatives to a drug
    if question.kinds[0] in (QuestionKind.EFFECT, QuestionKind.ASSOCIATION, QuestionKind.COMPARISON):
        return bool(drugs) and not topics
    return len(topics) <= (MOST_BESIDE_A_DRUG if drugs else MOST_TOPICS)


def free_clauses(question: Question) -> list[Clause]:
    """Return the clauses of a free question: its words, and its drugs and conditions with variants."""
    named = question.with_role(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR, ConceptRole.CONDITION)
    variants = [Clause(concept.variants, 0.5) for concept in named if len(concept.variants) > 1]
    return clauses_of_words(question) + variants
