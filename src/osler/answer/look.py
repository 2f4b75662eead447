"""Where evidence is looked for, and what a plan came to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from osler.answer.sentences import Candidate
from osler.answer.weigh import Anchor, directness_of
from osler.index.protocol import Clause, Filters, Lexical
from osler.model.answer import PartSupport
from osler.model.question import Concept, ConceptRole, Facet, Question
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.appraise import Directness
from osler.retrieval.clauses import CUE_WEIGHT, ROLE_WEIGHT, clauses_for
from osler.retrieval.meaning import Meaning
from osler.retrieval.search import POOL, FoundPassage, Shelf, search, search_clauses
from osler.retrieval.trace import Trace


@dataclass(frozen=True, slots=True)
class Look:
    """Where evidence is looked for, and under which limits."""

    index: Lexical
    shelf: Shelf
    filters: Filters
    trace: Trace
    meaning: Meaning | None = None
    without: frozenset[Aid] = NOTHING

    def find(
        self, concepts: Iterable[Concept], question: Question, facet: Facet, stage: str
    ) -> list[FoundPassage]:
        """Return the passages for one part of a question."""
        return search_clauses(
            clauses_for(concepts, question, facet=facet),
            index=self.index,
            shelf=self.shelf,
            filters=self.filters,
            top=POOL,
            trace=self.trace,
            stage=stage,
            without=self.without,
        )

    def find_beside(
        self, concepts: Iterable[Concept], words: Iterable[str], *, top: int, stage: str
    ) -> list[FoundPassage]:
        """Return at most ``top`` passages on ``concepts`` that hold one of ``words``.

        For what belongs beside an answer: a small pool, whatever kind of question was asked.
        """
        clauses = [
            Clause(c.variants, ROLE_WEIGHT[c.role], required=c.role is ConceptRole.INTERVENTION)
            for c in concepts
        ]
        return search_clauses(
            [*clauses, Clause(tuple(words), CUE_WEIGHT, required=True)],
            index=self.index,
            shelf=self.shelf,
            filters=self.filters,
            top=top,
            trace=self.trace,
            stage=stage,
            without=self.without,
        )

    def find_whole(self, question: Question, *, top: int) -> list[FoundPassage]:
        """Return at most ``top`` passages for a question as a whole."""
        return search(
            question,
            index=self.index,
            shelf=self.shelf,
            filters=self.filters,
            top=top,
            trace=self.trace,
            meaning=self.meaning,
            without=self.without,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan came to.

    Attributes:
        parts: Support of each part of the question.
        hits: Passages read.
        off_label: Whether a printed statement says that the use is outside the licence.
        elsewhere: Facets on which sentences about the same drug and condition were seen, with counts.
        tiers: Whether every tier was looked through for the facet, so that an empty one can be said.
        seen: Sentences that were read, from which next questions are suggested.
        related: Conditions that the library writes beside the one asked about.
    """

    parts: tuple[PartSupport, ...]
    hits: int
    off_label: bool = False
    elsewhere: tuple[tuple[Facet, int], ...] = ()
    tiers: bool = True
    seen: tuple[Candidate, ...] = ()
    related: tuple[Concept, ...] = ()


def merge_found(*lists: list[FoundPassage]) -> list[FoundPassage]:
    """Return the passages of all lists once, in order."""
    seen: dict[str, FoundPassage] = {}
    for entries in lists:
        for entry in entries:
            seen.setdefault(entry.passage.id, entry)
    return list(seen.values())


def facets_elsewhere(candidates: list[Candidate], anchor: Anchor) -> tuple[tuple[Facet, int], ...]:
    """Return the facets nobody asked for on which the same drug and condition have evidence."""
    counts: dict[Facet, int] = {}
    for candidate in candidates:
        if directness_of(candidate, anchor) is not Directness.DIRECT:
            continue
        if candidate.facets and candidate.facets[0] not in anchor.wanted:
            counts[candidate.facets[0]] = counts.get(candidate.facets[0], 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].value)))
