"""Retrieval, measured: does a search find the documents that are relevant?

The corpus becomes a library of its own in a temporary home, through the same service that fills any
library, and every query is asked of ``service.search``. Nothing here ranks.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from osler.errors import InputError
from osler.evaluate.datasets import Beir, iter_objects, load_beir
from osler.evaluate.extra import require_extra
from osler.evaluate.measures import DEPTH, MEASURES, mean, score_rankings, time_summary
from osler.evaluate.run import Item, LibraryFacts, Run, RunKind, Scalar, this_machine, versions_of
from osler.ids import content_id
from osler.retrieval.aids import NOTHING, Aid
from osler.service.add import add
from osler.service.models import embed, fetch_model
from osler.service.search import search
from osler.service.wiring import Desk, open_desk

Progress = Callable[[int, int | None, str], None]
"""Called with how many are done, of how many, and what is being done."""

SHOWN: Final = 10
TIMED_TOP: Final = 10
"""Passages of the search that is timed: as many as a person gets unless another number is asked for."""
ENOUGH_PASSAGES: Final = 4096
_IDENTITIES: Final = frozenset({"_id", "id", "doc_id", "docid", "pmid", "PMID", "pmcid", "doi"})


@dataclass(frozen=True, slots=True)
class Ranked:
    """The documents found for one query, best first, and how long the search took."""

    documents: tuple[str, ...]
    milliseconds: float


def evaluate_retrieval(
    folder: Path,
    *,
    progress: Progress | None = None,
    split: str = "test",
    without: frozenset[Aid] = NOTHING,
    model: str | None = None,
) -> tuple[Run, Beir]:
    """Return the run of Osler's search, without the aids ``without``, on ``folder``; and the set.

    A document is as good as its best passage. The time of a query is that of a search for 10 passages,
    warm: the query has been asked before, for the ranking.

    Raises:
        UsageError: The extra ``eval`` is not installed.
        InputError: The folder holds no set that can be used.
    """
    require_extra("ir_measures")
    dataset = load_beir(folder, split=split)
    begun = time.perf_counter()
    with open_corpus(dataset, model=model, progress=progress) as (desk, names, refusals):
        built = time.perf_counter() - begun
        started = desk.now().isoformat(timespec="seconds")
        library = LibraryFacts(desk.store.snapshot(), desk.store.count_sources(), desk.index.size)
        ranked = dict(_rank_all(desk, dataset, names, progress, without))
    settings: dict[str, Scalar] = {"split": split, "depth": DEPTH, "timed_top": TIMED_TOP}
    if without:
        settings["without"] = " ".join(sorted(without))
    if model is not None:
        settings["model"] = Path(model).name
    notes = []
    if missing := len(dataset.documents) - library.sources:
        why = "; ".join(dict.fromkeys(refusals))
        notes.append(f"{missing} documents were refused and cannot be found: {why}")
    if dataset.unjudged:
        notes.append(f"{dataset.unjudged} queries have no relevant document and are left out")
    run = retrieval_run("osler", dataset, ranked, settings=settings, started=started, library=library)
    summary = {**run.summary, "indexing_s": round(built, 3)}
    return replace_figures(run, summary, notes, time.perf_counter() - begun), dataset


def retrieval_run(
    system: str,
    dataset: Beir,
    ranked: dict[str, Ranked],
    *,
    settings: dict[str, Scalar],
    started: str,
    library: LibraryFacts | None,
) -> Run:
    """Return the run of ``system`` from what it ranked for each query of ``dataset``."""
    rankings = {query: entry.documents for query, entry in ranked.items()}
    values = score_rankings(rankings, dataset.relevance)
    items = tuple(
        Item(
            id=query,
            question=text,
            values={**values[query], "search_ms": round(ranked[query].milliseconds, 3)},
            detail={
                "relevant": sorted(dataset.relevance[query]),
                "found": list(ranked[query].documents[:SHOWN]),
            },
        )
        for query, text in dataset.queries.items()
    )
    summary = {name: round(mean([values[query][name] for query in values]), 6) for name in MEASURES}
    summary |= time_summary("search", [entry.milliseconds for entry in ranked.values()])
    return Run(
        kind=RunKind.RETRIEVAL,
        system=system,
        dataset=dataset.origin,
        settings=settings,
        versions=versions_of("ir-measures", "tantivy", "bm25s"),
        machine=this_machine(),
        library=library,
        started=started,
        seconds=0.0,
        summary=summary,
        items=items,
    )


def replace_figures(run: Run, summary: dict[str, float], notes: Sequence[str], seconds: float) -> Run:
    """Return ``run`` with another summary, with notes, and with how long it took."""
    return replace(run, summary=summary, notes=tuple(notes), seconds=round(seconds, 3))


@contextmanager
def open_corpus(
    dataset: Beir, *, model: str | None = None, progress: Progress | None = None
) -> Iterator[tuple[Desk, dict[str, str], tuple[str, ...]]]:
    """Open a library of the documents of ``dataset`` in a temporary home, which goes afterwards.

    With ``model``, a name or a folder, every passage gets its vector.

    Yields the desk, the document's id in the set by ``src_…``, and why the first documents were refused.

    Raises:
        InputError: No document can be taken in.
    """
    with tempfile.TemporaryDirectory(prefix="osler-eval-") as scratch:
        staged = Path(scratch) / "corpus.jsonl"
        names = stage(dataset, staged)
        environment = {"OSLER_HOME": str(Path(scratch) / "home"), "OSLER_OFFLINE": "1"}
        with open_desk(environment, create=True, holder="osler eval") as desk:
            report = add(desk, [str(staged)], progress=progress)
            if not report.added:
                reason = report.failures[0].reason if report.failures else "it is empty"
                raise InputError(f"the library takes in none of it: {reason}", item=dataset.corpus.name)
            if model is not None:
                fetch_model(model, environment, progress=progress)
                embed(desk, progress=progress)
            yield desk, names, tuple(failure.reason for failure in report.failures)


def stage(dataset: Beir, file: Path) -> dict[str, str]:
    """Write the documents of ``dataset`` to ``file`` under names of their own; return id by ``src_…``.

    Identities that a document carries (PMID, DOI) are left out: the library would take two documents
    of one study for two states of the same, and the set counts them apart. Each gets an address, since
    the library takes in nothing that nobody could look up.
    """
    names: dict[str, str] = {}
    with file.open("w", encoding="utf-8") as staged:
        for number, (_, fields) in enumerate(iter_objects(dataset.corpus), start=1):
            kept: dict[str, Any] = {k: v for k, v in fields.items() if k not in _IDENTITIES}
            name = f"eval:{number}"
            names[content_id("src", f"json:{name}")] = str(fields["_id"])
            kept |= {"id": name, "url": f"urn:osler:{name}"}
            staged.write(json.dumps(kept, ensure_ascii=False) + "\n")
    return names


def _rank_all(
    desk: Desk,
    dataset: Beir,
    names: dict[str, str],
    progress: Progress | None,
    without: frozenset[Aid],
) -> Iterator[tuple[str, Ranked]]:
    for number, (query, text) in enumerate(dataset.queries.items(), start=1):
        yield query, rank_documents(desk, text, names, without=without)
        if progress is not None:
            progress(number, len(dataset.queries), "queries")


def rank_documents(
    desk: Desk, text: str, names: dict[str, str], *, without: frozenset[Aid] = NOTHING
) -> Ranked:
    """Return the best documents for ``text``, each at the place of its best passage.

    Where several passages of one document are found, the search is repeated further down, so that a
    ranking is cut at its depth and not at the number of passages.
    """
    top, documents = DEPTH, dict[str, None]()
    while True:
        hits = search(desk, text, top=top, without=without).hits
        documents = dict.fromkeys(names[hit.source.id] for hit in hits)
        if len(documents) >= DEPTH or len(hits) < top or top >= ENOUGH_PASSAGES:
            break
        top *= 2
    begun = time.perf_counter()
    search(desk, text, top=TIMED_TOP, without=without)
    milliseconds = (time.perf_counter() - begun) * 1000
    return Ranked(tuple(documents)[:DEPTH], milliseconds)
