"""Vectors as whole numbers, and exact products of them. Pure arithmetic, no files.

A product is added up from whole numbers small enough that 32-bit floats hold every partial sum exactly:
its value does not depend on the order of addition, so that a score is the same on every machine, with
every number of threads, and whether a vector comes from the disk or was made a moment ago.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from osler.index.dense_files import LARGEST, Codes

BLOCK: Final = 512
"""Vectors multiplied at a time: 0.8 MB of 32-bit floats for 384 dimensions, which stay in the cache.

Measured for 200,000 vectors on one core: 25 to 33 ms, two thirds of it to turn whole numbers into
floats; 64 take 40, and from 2,048 on the linear algebra library starts threads of its own, which on a
busy machine wait for each other for a second.
"""

_FINE: Final = 128
_QUESTION_LARGEST: Final = 64 * _FINE - 1

Floats = NDArray[np.float32]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Probe:
    """A question's vector as whole numbers: ``(coarse * 128 + fine) * scale``, 13 bits and a sign."""

    digits: Floats
    scale: float


def quantise(vectors: Floats) -> tuple[Codes, Floats]:
    """Return ``vectors`` as whole numbers from -127 to 127, and the scale of each row."""
    rows = np.asarray(vectors, np.float32)
    largest = np.abs(rows).max(axis=1, initial=0.0)
    scales = (largest / np.float32(LARGEST)).astype(np.float32)
    divisor = np.where(scales > 0, scales, np.float32(1))[:, None]
    codes = np.clip(np.rint(rows / divisor), -LARGEST, LARGEST).astype(np.int8)
    return codes, scales


def make_probe(vector: Floats) -> Probe:
    """Return ``vector`` ready to be multiplied, two digits a number: nothing that counts is lost."""
    row = np.asarray(vector, np.float64).reshape(-1)
    largest = float(np.abs(row).max(initial=0.0))
    scale = largest / _QUESTION_LARGEST if largest > 0 else 1.0
    whole = np.rint(row / scale)
    coarse = np.floor((whole + _FINE / 2) / _FINE)
    digits = np.stack([coarse, whole - coarse * _FINE], axis=1).astype(np.float32)
    return Probe(np.ascontiguousarray(digits), scale)


def multiply(codes: Codes, scales: Floats, probe: Probe, *, threads: int = 1) -> Scores:
    """Return the product of ``probe`` with every row of ``codes``: a cosine, at length one."""
    products = np.empty((len(codes), 2), np.float32)

    def part(first: int) -> None:
        block = np.empty((min(BLOCK, len(codes)), codes.shape[1]), np.float32)
        for start in range(first * BLOCK, len(codes), threads * BLOCK):
            end = min(start + BLOCK, len(codes))
            np.copyto(block[: end - start], codes[start:end])
            np.matmul(block[: end - start], probe.digits, out=products[start:end])

    if threads == 1 or len(codes) <= BLOCK:
        threads = 1
        part(0)
    else:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(part, range(threads)))
    whole = products[:, 0].astype(np.float64)
    whole *= _FINE
    whole += products[:, 1]
    whole *= scales
    whole *= probe.scale
    return whole


def multiply_fresh(vectors: Floats, probe: Probe) -> Scores:
    """Return what ``multiply`` would return had ``vectors`` been stored."""
    codes, scales = quantise(vectors)
    return multiply(codes, scales, probe)


def best(scores: Scores, names: NDArray[np.bytes_], top: int) -> Sequence[int]:
    """Return the places of the ``top`` highest of ``scores``, best first, ties by lower name.

    Minus infinity stands for what must not be returned.
    """
    if top <= 0:
        return []
    if len(scores) > top:
        floor = float(np.partition(scores, len(scores) - top)[len(scores) - top])
        places = np.flatnonzero(scores >= floor)
    else:
        places = np.arange(len(scores))
    places = places[scores[places] > -np.inf]
    order = np.lexsort((names[places], -scores[places]))
    return [int(place) for place in places[order[:top]]]
