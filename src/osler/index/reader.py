"""The index open for reading: search, counts and words. Never writes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, Protocol, cast

import tantivy

from osler.errors import UsageError
from osler.index.analysis import fold_for_index, make_analyzer, stem_for_index
from osler.index.fields import COUNTED, EXACT, FILTERED, read_ids
from osler.index.protocol import Clause, Filters, Hit
from osler.index.query import BuiltQuery, QueryBuilder
from osler.index.scores import STEP, ceiling, snap

_MARGIN: Final = 12
"""Hits fetched beyond the asked ones, so that ties at the cut rarely need a second search."""

_WIDEN: Final = 4


class _Counted(Protocol):
    """A result that was counted; the engine's type stubs leave this out."""

    count: int


class EmbeddedIndex:
    """A lexical index in the process. Keeps the state it was opened at, whatever is built meanwhile.

    Args:
        index: The engine's index.
        step: Distance of two neighbouring scores.
    """

    def __init__(self, index: tantivy.Index, *, step: float = STEP) -> None:
        self._step = step
        self._searcher = index.searcher()
        self._size = self._searcher.num_docs
        self._analyzer = make_analyzer()
        self._present = {field: dict(self._searcher.terms_with_prefix(field, "")) for field in FILTERED}
        self._builder = QueryBuilder(index.schema, self._analyzer, present=self._present)

    @property
    def size(self) -> int:
        """Number of passages."""
        return self._size

    def search(self, clauses: Iterable[Clause], *, filters: Filters, top: int) -> list[Hit]:
        """Return at most ``top`` hits, best first, ties broken by passage id.

        The same passages give the same hits and scores, in whatever order and in however many steps they
        were indexed: more is fetched until no passage left out can tie with the last one returned.
        """
        built = self._builder.build(clauses, filters) if top > 0 else None
        if built is None or not self._size:
            return []
        limit = top + _MARGIN
        while True:
            hits, rest = self._fetch(built, min(limit, self._size))
            if len(hits) <= top or hits[top - 1].score > rest:
                return hits[:top]
            limit *= _WIDEN

    def _fetch(self, built: BuiltQuery, limit: int) -> tuple[list[Hit], float]:
        """Return the best ``limit`` hits in order, and the highest score that any other may have."""
        found = self._searcher.search(built.query, limit, count=False).hits
        ids = read_ids(self._searcher, [address for _, address in found])
        scores = snap(
            found, query=built.query, searcher=self._searcher, leaves=built.leaves, step=self._step
        )
        hits = [
            Hit(passage, source, score) for (passage, source), score in zip(ids, scores, strict=True)
        ]
        hits.sort(key=lambda hit: (-hit.score, hit.passage))
        is_whole = len(found) < limit or limit == self._size
        rest = -math.inf if is_whole else ceiling(found[-1][0], leaves=built.leaves, step=self._step)
        return hits, rest

    def size_of(self, scopes: frozenset[str]) -> int:
        """Return the number of passages in ``scopes``."""
        present = self._present["scope"]
        return sum(present.get(scope, 0) for scope in scopes)

    def passages_with(
        self, phrase: str, *, field: str = "text", scopes: frozenset[str] | None = None
    ) -> int:
        """Return in how many passages ``phrase`` stands in ``field``; of ``scopes`` where given.

        ``text`` is all that is said of a passage, the title, headings and substances of its source
        included; ``headings_exact`` and ``substances_exact`` count a whole heading or substance.

        Raises:
            UsageError: There is no such field.
        """
        counted = COUNTED.get(field)
        if counted is None:
            raise UsageError(f"{field!r} is not one of {', '.join(COUNTED)}", item="field")
        found: tantivy.Query | str | None = (
            fold_for_index(phrase) if counted in EXACT else self._builder.build_phrase(counted, phrase)
        )
        if found is None:
            return 0
        if scopes is not None and self._present["scope"].keys() - scopes:
            readable = self._builder.build_readable(counted, found, scopes)
            if readable is None:
                return 0
            return cast(_Counted, self._searcher.search(readable, limit=1, count=True)).count
        if isinstance(found, str):
            return self._searcher.doc_freq(counted, found)
        return cast(_Counted, self._searcher.search(found, limit=1, count=True)).count

    def words(self, text: str) -> list[str]:
        """Return ``text`` as the terms that the index stores."""
        return stem_for_index(text).split()
