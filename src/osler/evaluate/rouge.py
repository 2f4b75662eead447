"""ROUGE: how many of an ideal answer's words and word pairs a text holds.

ROUGE-N, ROUGE-L and ROUGE-SU of C.-Y. Lin, "ROUGE: A Package for Automatic Evaluation of Summaries",
Text Summarization Branches Out, 2004. Words are runs of letters and digits in lower case, without
stemming and with the small words. Counts words: it sees neither truth nor proof.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[a-z0-9]+")
SKIP: Final = 4
"""Words that may stand between the two of a skip bigram (ROUGE-SU4)."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Recall, precision and their harmonic mean, each from 0 to 1."""

    recall: float
    precision: float

    @property
    def f1(self) -> float:
        """The harmonic mean of recall and precision."""
        total = self.recall + self.precision
        return 2 * self.recall * self.precision / total if total else 0.0


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` as ROUGE counts them."""
    return _WORD.findall(text.lower())


def rouge_n(text: str, ideal: str, *, n: int) -> Overlap:
    """Return ROUGE-N: stretches of ``n`` words, each as often as it stands in both."""
    return _overlap(_stretches(words_of(text), n), _stretches(words_of(ideal), n))


def rouge_su(text: str, ideal: str, *, skip: int = SKIP) -> Overlap:
    """Return ROUGE-SU: pairs of words with at most ``skip`` words between them, and single words."""
    return _overlap(_skipping(words_of(text), skip), _skipping(words_of(ideal), skip))


def rouge_l(text: str, ideal: str) -> Overlap:
    """Return ROUGE-L: the longest run of words that stands in both in the same order, gaps allowed."""
    ours, theirs = words_of(text), words_of(ideal)
    common = _longest_common(ours, theirs)
    return Overlap(_share(common, len(theirs)), _share(common, len(ours)))


def best_of(measure: Callable[[str, str], Overlap], text: str, ideals: Sequence[str]) -> Overlap:
    """Return the overlap with the ideal answer that ``text`` is nearest to by F1; zeros without one."""
    found = [measure(text, ideal) for ideal in ideals]
    return max(found, key=lambda one: one.f1, default=Overlap(0.0, 0.0))


def _stretches(words: Sequence[str], n: int) -> Counter[Hashable]:
    return Counter(tuple(words[start : start + n]) for start in range(len(words) - n + 1))


def _skipping(words: Sequence[str], skip: int) -> Counter[Hashable]:
    pairs: Counter[Hashable] = Counter(words)
    for place, word in enumerate(words):
        pairs.update((word, other) for other in words[place + 1 : place + skip + 2])
    return pairs


def _overlap(ours: Counter[Hashable], theirs: Counter[Hashable]) -> Overlap:
    common = (ours & theirs).total()
    return Overlap(_share(common, theirs.total()), _share(common, ours.total()))


def _longest_common(ours: Sequence[str], theirs: Sequence[str]) -> int:
    row = [0] * (len(theirs) + 1)
    for word in ours:
        diagonal = 0
        for place, other in enumerate(theirs, start=1):
            above = row[place]
            row[place] = diagonal + 1 if word == other else max(above, row[place - 1])
            diagonal = above
    return row[-1]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
