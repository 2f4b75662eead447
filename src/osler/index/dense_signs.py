"""Which vectors point roughly the same way: one bit a dimension, compared by counting. No files.

The sign of a number says most of what a product needs. The few thousand vectors whose signs agree most
with a question's are then multiplied exactly. Why it works: the share of signs that differ grows with
the angle between two vectors (Charikar, STOC 2002, pages 380-388).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from osler.index.dense_files import Codes

_WORD: Final = 64
_BLOCK: Final = 16_384
"""Vectors whose signs are read at a time: six megabytes of whole numbers, which stay in the cache."""

FAR: Final = np.uint16(2**16 - 1)
"""The distance of a vector that must not be returned; above any that can be counted."""

Words = NDArray[np.uint64]
Places = NDArray[np.intp]


class Signs:
    """The signs of all vectors, one column of words for every 64 dimensions.

    Args:
        codes: Vectors as whole numbers, one a row.
    """

    def __init__(self, codes: Codes) -> None:
        count, width = codes.shape
        self._columns = np.empty((-(-width // _WORD), count), np.uint64)
        for start in range(0, count, _BLOCK):
            part = codes[start : start + _BLOCK]
            self._columns[:, start : start + len(part)] = read_signs(part).T

    def nearest(
        self, vector: NDArray[np.float32], *, most: int, allowed: NDArray[np.bool_] | None = None
    ) -> Places:
        """Return the places of about ``most`` vectors whose signs agree best with those of ``vector``.

        All that agree as well as the last one are returned with it, so that nothing depends on the order
        in which vectors lie. Places are in rising order.
        """
        distances = self._distances(read_signs(vector.reshape(1, -1))[0])
        if allowed is not None:
            distances[~allowed] = FAR
        counts = np.cumsum(np.bincount(distances, minlength=int(FAR) + 1)[: int(FAR)])
        farthest = min(int(np.searchsorted(counts, most)), int(FAR) - 1)
        return np.flatnonzero(distances <= farthest)

    def _distances(self, signs: Words) -> NDArray[np.uint16]:
        """Return in how many dimensions each vector has another sign."""
        distances = np.zeros(self._columns.shape[1], np.uint16)
        for column, word in zip(self._columns, signs, strict=True):
            distances += np.bitwise_count(column ^ word)
        return distances


def read_signs(vectors: NDArray[np.generic]) -> Words:
    """Return for every row the signs of its numbers, 64 to a word; the rest of the last word is zero."""
    bits = np.packbits(vectors > 0, axis=1)  # type: ignore[operator]  # numbers of any kind compare
    padded = np.zeros((len(bits), -(-vectors.shape[1] // _WORD) * 8), np.uint8)
    padded[:, : bits.shape[1]] = bits
    return padded.view("<u8").astype(np.uint64)
