"""The first stage of a search: passages that words or meaning propose, and what is known of each unread.

Words and meaning are asked apart and their scores are set beside each other; a passage that only one of
them proposed keeps the score of that one, and its cosine is looked up where it has a vector.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from osler.index.protocol import Clause, Filters, Lexical
from osler.model.question import Question
from osler.retrieval.clauses import ROLE_WEIGHT, clauses_of_words, free_clauses
from osler.retrieval.features import Asked, Feature
from osler.retrieval.meaning import Meaning
from osler.retrieval.rerank import load_weights

DEPTH: Final = 100
"""Passages that words and that meaning may propose, each."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that was proposed.

    Attributes:
        passage: ``psg_…``.
        source: ``src_…``.
        score: Order of the first stage.
        words: Its score in the index of words, 0 where they did not propose it.
        features: What the indexes say of it.
    """

    passage: str
    source: str
    score: float
    words: float
    features: dict[Feature, float]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was proposed, best first.

    Attributes:
        all: The candidates.
        by_meaning: Whether meaning proposed as well.
        nearest: Cosine of the nearest candidate, from which theirs are counted; 0 without meaning.
    """

    all: tuple[Candidate, ...]
    by_meaning: bool
    nearest: float = 0.0

    def first(self, count: int) -> tuple[Candidate, ...]:
        """Return the best ``count``."""
        return self.all[:count]


def gather(
    question: Question,
    *,
    index: Lexical,
    meaning: Meaning | None,
    filters: Filters,
    depth: int = DEPTH,
    clauses: list[Clause] | None = None,
) -> Candidates:
    """Return the passages that words and meaning propose for ``question``, in one order.

    Args:
        question: As understood.
        index: The index of words.
        meaning: The index of meaning, or None to do without.
        filters: Limits of the search.
        depth: Passages that each of the two may propose.
        clauses: What is sought; by default the words of the question.
    """
    hits = index.search(clauses or free_clauses(question), filters=filters, top=depth)
    words = {hit.passage: hit.score for hit in hits}
    sources = {hit.passage: hit.source for hit in hits}
    near = None
    if meaning is not None:
        near = meaning.nearest(question.searched, filters=filters, top=depth)
    if near is None or meaning is None:
        cosines: dict[str, float] = {}
    else:
        sources |= {hit.passage: hit.source for hit in near}
        cosines = {hit.passage: hit.score for hit in near}
        alone = [passage for passage in words if passage not in cosines]
        cosines |= meaning.closeness(question.searched, alone)
    best = max(words.values(), default=0.0) or 1.0
    nearest = max(cosines.values(), default=0.0)
    weights = load_weights("fused" if cosines else "words")
    found = []
    for passage, source in sources.items():
        score = words.get(passage, 0.0)
        features = {Feature.WORDS: score / best}
        if cosines:
            features[Feature.MEANING] = cosines.get(passage, 0.0) - nearest
        found.append(Candidate(passage, source, weights.score(features), score, features))
    found.sort(key=lambda each: (-each.score, each.passage))
    return Candidates(tuple(found), bool(cosines), nearest)


def question_features(question: Question, index: Lexical) -> Asked:
    """Return what ``question`` seeks, ready to be looked for in passages."""
    return Asked(
        clauses_of_words(question),
        [
            (concept.variants, ROLE_WEIGHT[concept.role])
            for concept in question.concepts
            if ROLE_WEIGHT[concept.role]
        ],
        terms=index.words,
        count=index.passages_with,
        size=index.size,
    )
