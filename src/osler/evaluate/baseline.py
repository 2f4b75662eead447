"""Plain BM25 beside Osler, in the same run and on the same queries: the bar that a search must clear.

bm25s (Lù 2024, arXiv:2407.03618) with the settings that the field reports for BEIR, k1 0.9 and b 0.4;
title and text as one field, Snowball stemmer. The small words left out are Osler's: question words weigh
heavily on BM25, and what is compared is the ranking, not two lists of them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from osler.evaluate.datasets import Beir, iter_objects
from osler.evaluate.extra import require_extra
from osler.evaluate.measures import DEPTH
from osler.evaluate.retrieval import Progress, Ranked, replace_figures, retrieval_run
from osler.evaluate.run import Run, Scalar
from osler.text.normalise import STOP_WORDS

K1: Final = 0.9
B: Final = 0.4
SYSTEM: Final = "bm25s"
_WORD: Final = re.compile(r"\w+")


class PlainBM25:
    """A BM25 index of texts, asked one query at a time.

    Args:
        texts: The documents; a result is a place in this list.
        bare: Every word counts and none is stemmed, as in the plainest form that is reported.

    Raises:
        UsageError: The extra ``eval`` is not installed.
    """

    def __init__(self, texts: list[str], *, bare: bool = False) -> None:
        package: Any = require_extra("bm25s")
        self._bare = bare
        stemmer: Any = require_extra("Stemmer")
        self._stem = stemmer.Stemmer("english").stemWords
        self._index = package.BM25(k1=K1, b=B)
        self._index.index([self._terms(text) for text in texts], show_progress=False)
        self._size = len(texts)

    def search(self, text: str, *, top: int) -> list[int]:
        """Return the places of the best texts that share a word with ``text``; ties by place."""
        terms = self._terms(text)
        if not terms:
            return []
        scores = self._index.get_scores(terms)
        depth = min(top, self._size)
        edge = scores[scores.argpartition(-depth)[-depth]]
        # All that tie with the last one are sorted with it, so that the place decides among them.
        found = ((scores >= edge) & (scores > 0)).nonzero()[0].tolist()
        ordered = sorted(found, key=lambda place: (-float(scores[place]), place))
        return ordered[:top]

    def save(self, folder: Path) -> None:
        """Write the index to ``folder``, as the package keeps it."""
        self._index.save(str(folder), show_progress=False)

    def _terms(self, text: str) -> list[str]:
        words = _WORD.findall(text.lower())
        if self._bare:
            return words
        words = [word for word in words if word not in STOP_WORDS]
        return list(self._stem(words))


def evaluate_baseline(dataset: Beir, *, started: str, progress: Progress | None = None) -> Run:
    """Return the run of plain BM25 on ``dataset``.

    Raises:
        UsageError: The extra ``eval`` is not installed.
    """
    begun = time.perf_counter()
    texts = [whole_text(fields) for _, fields in iter_objects(dataset.corpus)]
    index = PlainBM25(texts)
    built = time.perf_counter() - begun
    ranked = dict(_rank_all(index, dataset, progress))
    settings: dict[str, Scalar] = {
        "depth": DEPTH,
        "k1": K1,
        "b": B,
        "stemmer": "Snowball English",
        "stop_words": "of osler",
    }
    run = retrieval_run(SYSTEM, dataset, ranked, settings=settings, started=started, library=None)
    summary = {**run.summary, "indexing_s": round(built, 3)}
    return replace_figures(run, summary, (), time.perf_counter() - begun)


def _rank_all(
    index: PlainBM25, dataset: Beir, progress: Progress | None
) -> Iterator[tuple[str, Ranked]]:
    for number, (query, text) in enumerate(dataset.queries.items(), start=1):
        begun = time.perf_counter()
        places = index.search(text, top=DEPTH)
        milliseconds = (time.perf_counter() - begun) * 1000
        yield query, Ranked(tuple(dataset.documents[place] for place in places), milliseconds)
        if progress is not None:
            progress(number, len(dataset.queries), "queries of the baseline")


def whole_text(fields: dict[str, Any]) -> str:
    """Return title and text of a document as the one field that plain BM25 reads."""
    return f"{fields.get('title') or ''} {fields.get('text') or ''}"
