"""Passages by meaning: a scan over the vectors of a library, open for reading. Never writes.

A scan needs no building; scores and order are the same on every machine. In a small library every vector
is multiplied; in a large one the signs of all are compared first, and only the nearest are multiplied.
Whether the vectors may speak for a search at all is for ``is_complete`` to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from osler.errors import IndexMismatchError, UsageError
from osler.index.dense_codes import Floats, Probe, best, make_probe, multiply, multiply_fresh
from osler.index.dense_files import (
    REPAIR,
    DenseManifest,
    id_bytes,
    id_text,
    load_dense_manifest,
    load_rows,
    open_codes,
)
from osler.index.dense_signs import Signs
from osler.index.protocol import Filters, Hit, Rows

if TYPE_CHECKING:
    from osler.providers.protocols import Model

_FEW: Final = 16
"""A search limited to less than one in so many passages picks their vectors out instead of scanning."""

SIGNS_FROM: Final = 32_768
"""From so many passages on the signs are compared first; below, a scan takes 5 ms and loses nothing."""

_KEPT: Final = 2_000
"""Vectors that are multiplied, at least, after the signs were compared."""

_KEPT_FOR_ONE: Final = 10
"""How many are multiplied for every hit asked for."""


class DenseIndex:
    """The vectors of a library. Keeps the state it was opened at, whatever is embedded meanwhile.

    Args:
        folder: Folder of the vectors.
        manifest: What they are.
        threads: Threads of one scan.
    """

    def __init__(self, folder: Path, manifest: DenseManifest, *, threads: int = 1) -> None:
        self._manifest = manifest
        self._threads = threads
        self._codes = open_codes(folder, manifest)
        rows = load_rows(folder, manifest)
        # Columns of their own: a field of a record is scattered in memory.
        self._passages = np.ascontiguousarray(rows["passage"])
        self._sources = np.ascontiguousarray(rows["source"])
        self._scales = np.ascontiguousarray(rows["scale"])
        self._live = rows["live"] != 0
        self._rows = rows
        self._masks: dict[Filters, NDArray[np.bool_]] = {}
        self._complete: dict[tuple[int, Filters], bool] = {}

    @property
    def model(self) -> Model:
        """The model that made the vectors; a question must be embedded by the same."""
        return self._manifest.model

    @property
    def size(self) -> int:
        """Number of current passages with a vector."""
        return self._manifest.live

    def search(
        self, vector: Floats, *, filters: Filters, top: int, within: Collection[str] | None = None
    ) -> list[Hit]:
        """Return at most ``top`` passages nearest to ``vector``, best first, ties broken by passage id.

        Args:
            vector: A question's vector, of length one, made by this index's model.
            filters: Limits of the search.
            top: Most hits.
            within: Only these passages; None means all.

        Raises:
            UsageError: The vector has another length.
        """
        probe = self._probe(vector)
        allowed = self._mask(filters)
        if within is not None:
            chosen = self._places(within)
            return self._rank(probe, chosen[allowed[chosen]], top)
        count = int(np.count_nonzero(allowed))
        if count * _FEW < len(allowed) or not count:
            return self._rank(probe, np.flatnonzero(allowed), top)
        if len(allowed) >= SIGNS_FROM:
            limit = None if count == len(allowed) else allowed
            most = max(_KEPT, _KEPT_FOR_ONE * top)
            return self._rank(probe, self._signs.nearest(vector, most=most, allowed=limit), top)
        scores = multiply(self._codes, self._scales, probe, threads=self._threads)
        if count < len(allowed):
            scores[~allowed] = -np.inf
        places = best(scores, self._passages, top)
        return [self._hit(place, scores[place]) for place in places]

    def scores(self, vector: Floats, passages: Iterable[str]) -> dict[str, float]:
        """Return the score of each of ``passages`` that has a vector, as ``search`` gives it."""
        probe = self._probe(vector)
        places = self._places(passages)
        found = multiply(self._codes[places], self._scales[places], probe)
        return {
            id_text("psg", bytes(self._passages[place])): float(score)
            for place, score in zip(places, found, strict=True)
        }

    def is_complete(self, rows: Rows, filters: Filters) -> bool:
        """Tell whether every passage of ``rows`` that ``filters`` let pass has its vector, and no other.

        Only then may vectors propose passages: else what is found would depend on how far the embedding
        has come.
        """
        last = rows.last_sequence()
        held, checked = self._manifest.held, self._manifest.checked
        if last == held == checked:
            return True
        key = (last, filters)
        if key not in self._complete:
            self._complete[key] = (
                last >= max(held, checked)
                and not rows.removed_since(checked)
                and not any(
                    _passes(filters, row.scope, row.kind, row.design, row.year)
                    for row in rows.iter_index_rows(after=held)
                )
            )
        return self._complete[key]

    def _probe(self, vector: Floats) -> Probe:
        if np.shape(vector) != (self.model.dimensions,):
            raise UsageError(
                f"a vector of shape {np.shape(vector)} is asked of an index of"
                f" {self.model.dimensions} dimensions",
                item=self.model.name,
                hint="use the model of the index",
            )
        return make_probe(vector)

    def _rank(self, probe: Probe, places: NDArray[np.intp], top: int) -> list[Hit]:
        scores = multiply(self._codes[places], self._scales[places], probe)
        order = best(scores, self._passages[places], top)
        return [self._hit(int(places[one]), scores[one]) for one in order]

    def _hit(self, place: int, score: float) -> Hit:
        passage, source = bytes(self._passages[place]), bytes(self._sources[place])
        return Hit(id_text("psg", passage), id_text("src", source), float(score))

    @cached_property
    def _signs(self) -> Signs:
        return Signs(self._codes)

    @cached_property
    def _sorted(self) -> tuple[NDArray[np.bytes_], NDArray[np.intp]]:
        """The names of current passages in order, and where their vectors lie."""
        live = np.flatnonzero(self._live)
        order = live[np.argsort(self._passages[live], kind="stable")]
        return self._passages[order], order

    def _places(self, passages: Iterable[str]) -> NDArray[np.intp]:
        """Return where the vectors of ``passages`` lie, each once; those without one are left out."""
        wanted = np.unique(np.array([id_bytes(passage) for passage in passages], "S10"))
        names, order = self._sorted
        if not len(names):
            return np.empty(0, np.intp)
        found = np.minimum(np.searchsorted(names, wanted), len(names) - 1)
        places: NDArray[np.intp] = order[found[names[found] == wanted]]
        return places

    def _mask(self, filters: Filters) -> NDArray[np.bool_]:
        """Return which vectors ``filters`` let pass."""
        if filters not in self._masks:
            passing = self._live.copy()
            for column, names, asked in (
                ("scope", self._manifest.scopes, filters.scopes),
                ("kind", self._manifest.kinds, filters.kinds),
                ("design", self._manifest.designs, filters.designs),
            ):
                if asked or column == "scope":
                    numbers = [number for number, name in enumerate(names) if name in asked]
                    if len(numbers) < len(names):
                        passing &= np.isin(self._rows[column], numbers)
            if filters.since is not None:
                passing &= self._rows["year"] >= max(filters.since, 1)
            self._masks = {filters: passing}
        return self._masks[filters]


def open_dense(folder: Path, *, library: str | None = None, threads: int = 1) -> DenseIndex | None:
    """Open the vectors for reading; None where nothing was ever embedded.

    Args:
        folder: Folder of the vectors.
        library: Identity of the library, which must be theirs; None opens any.
        threads: Threads of one scan.

    Raises:
        IndexMismatchError: They are damaged, made by other rules or for another library.
    """
    manifest = load_dense_manifest(folder)
    if manifest is None:
        return None
    try:
        opened = DenseIndex(folder, manifest, threads=threads)
    except IndexMismatchError:
        # A swap may have come between reading the manifest and opening what it names.
        again = load_dense_manifest(folder)
        if again is None or again == manifest:
            raise
        manifest, opened = again, DenseIndex(folder, again, threads=threads)
    if library is not None and manifest.library != library:
        raise IndexMismatchError(
            "the vectors belong to another library", item=str(folder), hint=REPAIR, code="index.library"
        )
    return opened


def score_fresh(vector: Floats, vectors: Sequence[Floats] | Floats) -> list[float]:
    """Return the scores of passages embedded a moment ago, the same as if they had been stored.

    Args:
        vector: A question's vector.
        vectors: One row per passage.
    """
    return [float(score) for score in multiply_fresh(np.asarray(vectors), make_probe(vector))]


def _passes(filters: Filters, scope: str, kind: str, design: str, year: int) -> bool:
    return (
        scope in filters.scopes
        and (not filters.kinds or kind in filters.kinds)
        and (not filters.designs or design in filters.designs)
        and (filters.since is None or year >= max(filters.since, 1))
    )
