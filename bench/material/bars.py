"""What must hold as the library grows, in the words of a line that says whether it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from material.process import Figures

AT = 200_000
LARGE = 1_000_000
TWICE = 2
"""At a million passages everything may take this often what it may take at 200,000."""

SEARCH = {"words": 5, "vectors": 20}
"""Median of a search, in medians of bare Tantivy at the same 200,000 passages."""

TAIL = 3
ASK_MS = 60
MEMORY_MB = {"words": 250, "vectors": 600}
INDEX = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """One bar, and whether it was missed."""

    line: str
    missed: bool


def judge(found: Sequence[Figures]) -> list[Verdict]:
    """Return the verdict on every bar that ``found``, figures by rising size, can be held against."""
    sizes = {int(figures["size"]): figures for figures in found}
    verdicts = [
        at_most(f"index at {size:,}, of its text", figures["index_mb"] / figures["text_mb"], INDEX, "")
        for size, figures in sizes.items()
    ]
    small, large = sizes.get(AT), sizes.get(LARGE)
    if small:
        verdicts += _times(small, small, 1)
        verdicts += [
            at_most(f"memory at {AT:,}, {kind}", small[f"{kind}_memory_mb"], limit, " MB")
            for kind, limit in MEMORY_MB.items()
            if f"{kind}_memory_mb" in small
        ]
    if small and large:
        verdicts += _times(large, small, TWICE)
    if not any("vectors_p50_ms" in figures for figures in found):
        verdicts.append(Verdict("not measured: a search reads no vectors", missed=False))
    return verdicts


def _times(figures: Figures, small: Figures, factor: int) -> Iterator[Verdict]:
    size = f"{int(figures['size']):,}"
    for kind, ratio in SEARCH.items():
        if f"{kind}_p50_ms" not in figures:
            continue
        p50, p99 = figures[f"{kind}_p50_ms"], figures[f"{kind}_p99_ms"]
        limit = small["raw_p50_ms"] * ratio * factor
        yield at_most(f"search at {size}, {kind}, p50", p50, limit, " ms")
        yield at_most(f"search at {size}, {kind}, p99 in p50", p99 / p50, TAIL, "")
    for name, prefix in (("words", "ask"), ("vectors", "vectors_ask")):
        if f"{prefix}_p50_ms" in figures:
            p50 = figures[f"{prefix}_p50_ms"]
            yield at_most(f"ask at {size}, {name}, p50", p50, ASK_MS * factor, " ms")


def at_most(what: str, value: float, limit: float, unit: str) -> Verdict:
    """Return the verdict on ``value``, which is not to exceed ``limit``."""
    missed = value > limit
    word = "missed" if missed else "holds"
    return Verdict(f"{word}: {what}: {value:.3g}{unit}, at most {limit:.3g}{unit}", missed)
