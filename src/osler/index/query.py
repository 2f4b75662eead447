"""From clauses and filters to a query of the engine, built directly: no query language, nothing to escape.

The shape is fixed, because ``scores`` reads it back from the engine's explanations: a boost stands over a
single term or phrase, or over a maximum of alternatives, and everything else is a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import tantivy
from tantivy import FieldType, Occur, Query

from osler.index.analysis import Word, read_words
from osler.index.fields import SEARCHED, YEAR
from osler.index.protocol import Clause, Filters

PHRASE_WEIGHT: Final = 0.5
"""What words add by standing together, as a share of the phrase's own score."""

_Clauses = list[tuple[Occur, Query]]
_Alternative = list[Word]


@dataclass(frozen=True, slots=True)
class BuiltQuery:
    """A query, and an upper bound of the number of scores added up for one passage."""

    query: Query
    leaves: int


class QueryBuilder:
    """Builds queries for one open index.

    Args:
        schema: Schema of the index.
        analyzer: Its stemming half.
        present: For each filtered field the values that the index holds: a filter that lets all of them
            pass is left out, which keeps the engine's early stopping.
    """

    def __init__(
        self,
        schema: tantivy.Schema,
        analyzer: tantivy.TextAnalyzer,
        present: Mapping[str, frozenset[str]],
    ) -> None:
        self._schema = schema
        self._analyzer = analyzer
        self._present = present

    def build(self, clauses: Iterable[Clause], filters: Filters) -> BuiltQuery | None:
        """Return the query, or None when nothing can match."""
        limits = self._build_filters(filters)
        if limits is None:
            return None
        must: _Clauses = []
        should: _Clauses = []
        leaves = len(limits)
        for clause, alternatives in self._read(clauses):
            if not alternatives and clause.required:
                return None
            if not alternatives:
                continue
            query = self._build_clause(clause, alternatives)
            if clause.required:
                must.append((Occur.Must, query))
            else:
                should.append((Occur.Should, query))
            leaves += sum(_count_leaves(words) for words in alternatives)
        if must:
            return BuiltQuery(Query.boolean_query(limits + must + should), leaves)
        if not should:
            return None
        wanted = Query.boolean_query(should)
        if limits:
            wanted = Query.boolean_query([*limits, (Occur.Must, wanted)])
        return BuiltQuery(wanted, leaves)

    def build_phrase(self, field: str, text: str) -> Query | str | None:
        """Return what finds ``text`` as it stands: the term itself when it is one, None when it is empty."""
        words = self.read(text)
        if len(words) > 1:
            return self._phrase(field, words)
        return words[0].terms[-1] if words else None

    def read(self, text: str) -> list[Word]:
        """Return ``text`` as words of stemmed terms."""
        stem = self._analyzer.analyze
        return [
            word._replace(terms=tuple(stemmed for term in word.terms for stemmed in stem(term)))
            for word in read_words(text)
        ]

    def _read(self, clauses: Iterable[Clause]) -> list[tuple[Clause, list[_Alternative]]]:
        """Return each clause with its alternatives as words; small words go when better ones are there."""
        read: list[tuple[Clause, list[_Alternative]]] = []
        for clause in clauses:
            distinct = {
                tuple(word.terms for word in words): words
                for words in map(self.read, clause.alternatives)
            }
            distinct.pop((), None)
            read.append((clause, list(distinct.values())))
        telling = [(clause, words) for clause, words in read if clause.required or not _is_small(words)]
        return telling or read

    def _build_filters(self, filters: Filters) -> _Clauses | None:
        """Return the limits as clauses that add nothing to a score; None when they let nothing pass."""
        limits: _Clauses = []
        asked = (("scope", filters.scopes), ("kind", filters.kinds), ("design", filters.designs))
        for field, values in asked:
            if not values and field != "scope":
                continue
            present = self._present[field]
            allowed = sorted(values & present)
            if not allowed:
                return None
            if len(allowed) < len(present):
                limits.append(self._silent(Query.term_set_query(self._schema, field, allowed)))
        if filters.since is not None:
            first = max(filters.since, 1)
            limits.append(
                self._silent(
                    Query.range_query(self._schema, YEAR, FieldType.Unsigned, lower_bound=first)
                )
            )
        return limits

    @staticmethod
    def _silent(query: Query) -> tuple[Occur, Query]:
        return Occur.Must, Query.const_score_query(query, 0.0)

    def _build_clause(self, clause: Clause, alternatives: Sequence[_Alternative]) -> Query:
        """Return one alternative as a sum over fields; several as the best of their sums, boosted."""
        single = len(alternatives) == 1
        built: list[Query] = []
        for words in alternatives:
            inner: _Clauses = []
            for field, field_weight in SEARCHED:
                weight = field_weight * clause.weight if single else field_weight
                inner += self._build_alternative(field, weight, words, strict=clause.required)
            built.append(Query.boolean_query(inner))
        if single:
            return built[0]
        return Query.boost_query(Query.disjunction_max_query(built), clause.weight)

    def _build_alternative(
        self, field: str, weight: float, words: _Alternative, *, strict: bool
    ) -> _Clauses:
        if len(words) == 1:
            if strict:
                return [(Occur.Should, self._whole(field, weight, words[0]))]
            return [
                (Occur.Should, self._term(field, weight, term)) for term in dict.fromkeys(words[0].terms)
            ]
        telling = [word for word in words if not word.small] or words
        distinct = {word.terms: word for word in telling}.values()
        inner: _Clauses = [(Occur.Must, self._whole(field, weight, word)) for word in distinct]
        phrase = Query.boost_query(self._phrase(field, words), weight * PHRASE_WEIGHT)
        return [(Occur.Should, Query.boolean_query([*inner, (Occur.Should, phrase)]))]

    def _whole(self, field: str, weight: float, word: Word) -> Query:
        """Return what finds the whole word: a compound name joined, or its parts side by side."""
        whole = self._term(field, weight, word.terms[-1])
        if len(word.terms) == 1:
            return whole
        parts = Query.phrase_query(self._schema, field, list(word.parts))
        return Query.boolean_query(
            [(Occur.Should, whole), (Occur.Should, Query.boost_query(parts, weight))]
        )

    def _term(self, field: str, weight: float, term: str) -> Query:
        return Query.boost_query(Query.term_query(self._schema, field, term), weight)

    def _phrase(self, field: str, words: Sequence[Word]) -> Query:
        start = words[0].position
        return Query.phrase_query(
            self._schema, field, [(word.position - start, word.terms[-1]) for word in words]
        )


def _is_small(alternatives: Sequence[_Alternative]) -> bool:
    return all(word.small for words in alternatives for word in words)


def _count_leaves(words: _Alternative) -> int:
    return len(SEARCHED) * (1 + sum(len(word.terms) + 1 for word in words))
