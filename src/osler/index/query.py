"""From clauses and filters to a query of the engine, built directly: no language, nothing to escape.

The shape is fixed, because ``scores`` reads it back from the engine's explanations: a boost stands
over a single term or phrase, or over a maximum of alternatives; everything else is a sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import tantivy
from tantivy import FieldType, Occur, Query

from osler.index.analysis import Word, read_words
from osler.index.fields import WORDS, YEAR
from osler.index.protocol import Clause, Filters

PHRASE_WEIGHT: Final = 0.25
"""What words add by standing together, as a share of the phrase's own score."""

_Clauses = list[tuple[Occur, Query]]


@dataclass(frozen=True, slots=True)
class _Alternative:
    """One alternative of a clause; a ``token`` was written without white space, as ``TNF-α`` is."""

    words: list[Word]
    token: bool


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
        present: For each filtered field its values and in how many passages each stands: a filter that
            lets all of them pass is left out, which keeps the engine's early stopping.
    """

    def __init__(
        self,
        schema: tantivy.Schema,
        analyzer: tantivy.TextAnalyzer,
        *,
        present: Mapping[str, Mapping[str, int]],
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
        leaves = 0
        for clause, alternatives in self._read(clauses):
            if alternatives:
                built = self._build_clause(clause, alternatives)
                (must if clause.required else should).extend(built)
                leaves += sum(map(_count_leaves, alternatives))
            elif clause.required:
                return None
        if must:
            return BuiltQuery(Query.boolean_query(limits + must + should), leaves)
        if not should:
            return None
        wanted = Query.boolean_query(should)
        if limits:
            wanted = Query.boolean_query([*limits, (Occur.Must, wanted)])
        return BuiltQuery(wanted, leaves)

    def build_phrase(self, field: str, text: str) -> Query | str | None:
        """Return what finds ``text`` as it stands: the term itself when it is one, None when empty."""
        words = self.read(text)
        if len(words) > 1:
            return self._phrase(field, words)
        return words[0].terms[-1] if words else None

    def build_readable(self, field: str, found: Query | str, scopes: frozenset[str]) -> Query | None:
        """Return what finds ``found``, a query or a term of ``field``, in ``scopes``; None for none."""
        limits = self._build_limit("scope", scopes)
        if limits is None:
            return None
        wanted = self._raw(field, found) if isinstance(found, str) else found
        return Query.boolean_query([*limits, (Occur.Must, wanted)])

    def read(self, text: str) -> list[Word]:
        """Return ``text`` as words of stemmed terms."""
        stem = self._analyzer.analyze
        return [
            word._replace(terms=tuple(stemmed for term in word.terms for stemmed in stem(term)))
            for word in read_words(text)
        ]

    def _read(self, clauses: Iterable[Clause]) -> list[tuple[Clause, list[_Alternative]]]:
        """Return each clause with its alternatives as words; small words go if better ones are there."""
        read: list[tuple[Clause, list[_Alternative]]] = []
        for clause in clauses:
            distinct: dict[tuple[tuple[str, ...], ...], _Alternative] = {}
            for text in clause.alternatives:
                words = self.read(text)
                if words:
                    key = tuple(word.terms for word in words)
                    distinct.setdefault(key, _Alternative(words, token=len(text.split()) == 1))
            read.append((clause, list(distinct.values())))
        telling = [(clause, words) for clause, words in read if clause.required or not _is_small(words)]
        return telling or read

    def _build_filters(self, filters: Filters) -> _Clauses | None:
        """Return the limits as clauses that add nothing to a score; None when they let nothing pass."""
        limits: _Clauses = []
        for field, asked in (
            ("scope", filters.scopes),
            ("kind", filters.kinds),
            ("design", filters.designs),
        ):
            if asked or field == "scope":
                limit = self._build_limit(field, asked)
                if limit is None:
                    return None
                limits += limit
        if filters.since is not None:
            years = Query.range_query(
                self._schema, YEAR, FieldType.Unsigned, lower_bound=max(filters.since, 1)
            )
            limits.append((Occur.Must, Query.const_score_query(years, 0.0)))
        return limits

    def _build_limit(self, field: str, asked: frozenset[str]) -> _Clauses | None:
        """Return ``field`` in ``asked``, by what is allowed or excluded, whichever reads less."""
        present = self._present[field]
        allowed = sorted(asked & present.keys())
        excluded = sorted(present.keys() - asked)
        if not allowed:
            return None
        if not excluded:
            return []
        if sum(present[value] for value in excluded) <= sum(present[value] for value in allowed):
            return [(Occur.MustNot, self._raw(field, value)) for value in excluded]
        any_of = [(Occur.Should, self._raw(field, value)) for value in allowed]
        inner = any_of[0][1] if len(any_of) == 1 else Query.boolean_query(any_of)
        return [(Occur.Must, Query.const_score_query(inner, 0.0))]

    def _raw(self, field: str, value: str) -> Query:
        return Query.term_query(self._schema, field, value)

    def _build_clause(self, clause: Clause, alternatives: Sequence[_Alternative]) -> _Clauses:
        """Return one optional alternative as loose scores, which the engine searches fastest."""
        if len(alternatives) > 1:
            best = Query.disjunction_max_query(
                [
                    Query.boolean_query(self._sum(words, weight=1.0, whole=clause.required))
                    for words in alternatives
                ]
            )
            return [
                (Occur.Must if clause.required else Occur.Should, Query.boost_query(best, clause.weight))
            ]
        loose = self._sum(alternatives[0], weight=clause.weight, whole=clause.required)
        return [(Occur.Must, Query.boolean_query(loose))] if clause.required else loose

    def _sum(self, alternative: _Alternative, *, weight: float, whole: bool) -> _Clauses:
        """Return the scores of one alternative, times ``weight``.

        A token counts by any of its parts as well, unless it must match as a ``whole``.
        """
        words = alternative.words
        if alternative.token and not whole:
            terms = dict.fromkeys(term for word in words for term in word.terms)
            return [(Occur.Should, self._term(weight, term)) for term in terms]
        if len(words) == 1:
            return [(Occur.Should, self._whole(weight, words[0]))]
        telling = [word for word in words if not word.small] or words
        distinct = {word.terms: word for word in telling}.values()
        all_of = [(Occur.Must, self._whole(weight, word)) for word in distinct]
        phrase = Query.boost_query(self._phrase(WORDS, words), weight * PHRASE_WEIGHT)
        return [(Occur.Should, Query.boolean_query([*all_of, (Occur.Should, phrase)]))]

    def _whole(self, weight: float, word: Word) -> Query:
        """Return what finds the whole word: a compound name joined, or its parts side by side."""
        whole = self._term(weight, word.terms[-1])
        if len(word.terms) == 1:
            return whole
        parts = Query.phrase_query(self._schema, WORDS, list(word.parts))
        return Query.boolean_query(
            [(Occur.Should, whole), (Occur.Should, Query.boost_query(parts, weight))]
        )

    def _term(self, weight: float, term: str) -> Query:
        query = Query.term_query(self._schema, WORDS, term)
        return query if weight == 1.0 else Query.boost_query(query, weight)

    def _phrase(self, field: str, words: Sequence[Word]) -> Query:
        start = words[0].position
        return Query.phrase_query(
            self._schema, field, [(word.position - start, word.terms[-1]) for word in words]
        )


def _is_small(alternatives: Sequence[_Alternative]) -> bool:
    return all(word.small for alternative in alternatives for word in alternative.words)


def _count_leaves(alternative: _Alternative) -> int:
    """Return how many scores at most are added for ``alternative``."""
    return 1 + sum(max(len(word.terms), 2) for word in alternative.words)
