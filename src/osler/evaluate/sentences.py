"""Sentence selection, measured by itself: which sentence of a document answers the question?

Every document lies in a scope of its own and its question is asked of that scope alone, so that finding
the document has no part in the figure. The ranking of all sentences of the document is measured; beside
it stand, on the same documents, what an answer prints of it (which may be nothing), the first sentences,
and those that share most words with the question.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from osler.errors import OslerError
from osler.evaluate.answers import statements_of
from osler.evaluate.datasets import GoldDocument, load_gold_documents
from osler.evaluate.measures import mean
from osler.evaluate.retrieval import Progress
from osler.evaluate.run import Item, LibraryFacts, Run, RunKind, this_machine, versions_of
from osler.formats.jsonlines import record_from
from osler.library.ingest import add_items
from osler.model.passage import Passage
from osler.model.record import Item as Read
from osler.model.record import Rejection
from osler.retrieval.sentence_features import asked_terms
from osler.retrieval.sentences import rank_sentences
from osler.retrieval.understand import understand
from osler.service.add import catch_up_index
from osler.service.ask import ask
from osler.service.wiring import Desk, open_desk
from osler.text.normalise import content_words
from osler.text.sentences import split_sentences

Span = tuple[int, int]
DEPTH: Final = 3
OVERLAP: Final = 0.5
MEASURES: Final = ("precision@1", f"recall@{DEPTH}")
ANSWER: Final = "answer"
PEERS: Final = (ANSWER, "first sentences", "most shared words")


def evaluate_sentences(file: Path, *, progress: Progress | None = None) -> Run:
    """Return the run of the ranking of sentences on the documents in ``file``.

    precision@1 is the share of documents whose first ranked sentence is gold, recall@3 the mean share of
    a document's gold spans that the first three meet. The answer's statements are taken in the order in
    which they are printed; where it abstains both are 0. A sentence meets a span when they share at
    least half of the shorter one.

    Raises:
        InputError: The file holds no set that can be used.
    """
    origin, documents = load_gold_documents(file)
    begun = time.perf_counter()
    with open_documents(documents, progress) as desk:
        started = desk.now().isoformat(timespec="seconds")
        library = LibraryFacts(desk.store.snapshot(), desk.store.count_sources(), desk.index.size)
        items = []
        for number, document in enumerate(documents, start=1):
            items.append(_measure(desk, document, number))
            if progress is not None:
                progress(number, len(documents), "documents")
    asked = [item for item in items if not item.fault]
    chosen = [item for item in asked if item.detail["answered"]]
    summary: dict[str, float] = {"documents": len(asked), "answered": len(chosen)}
    names = [*MEASURES, *(f"{measure}, {peer}" for peer in PEERS for measure in MEASURES)]
    for name in names:
        summary[name] = round(mean([item.values[name] for item in asked]), 6)
    for name in MEASURES:
        answered = [item.values[f"{name}, {ANSWER}"] for item in chosen]
        summary[f"{name}, {ANSWER} when given"] = round(mean(answered), 6)
    return Run(
        kind=RunKind.SENTENCES,
        system="osler",
        dataset=origin,
        settings={"depth": DEPTH, "overlap": OVERLAP},
        versions=versions_of("tantivy"),
        machine=this_machine(),
        library=library,
        started=started,
        seconds=round(time.perf_counter() - begun, 3),
        summary=summary,
        items=tuple(items),
        notes=tuple(f"document {item.id}: {item.fault}" for item in items if item.fault),
    )


@contextmanager
def open_documents(
    documents: Sequence[GoldDocument], progress: Progress | None = None
) -> Iterator[Desk]:
    """Open a temporary library of ``documents``, each in the scope that :func:`desk_of` reads."""
    with tempfile.TemporaryDirectory(prefix="osler-eval-") as scratch:
        environment = {"OSLER_HOME": scratch, "OSLER_OFFLINE": "1"}
        with open_desk(environment, create=True, holder="osler eval") as desk:
            records = (_record(document, number) for number, document in enumerate(documents, start=1))
            add_items(desk.store, records, origin="osler eval", now=desk.now(), progress=progress)
            catch_up_index(desk, progress)
            yield desk


def _record(document: GoldDocument, number: int) -> Read:
    fields = {"id": f"eval:{number}", "title": document.title, "text": document.text}
    try:
        return record_from(fields, kind=None, licence=None, scope=_scope(number))
    except OslerError as fault:
        return Rejection(f"document {number}", fault.code, fault.message, fault.hint)


def _scope(number: int) -> str:
    return f"document {number}"


def desk_of(desk: Desk, number: int) -> Desk:
    """Return a desk that reads the document with ``number`` (from 1) and no other.

    What a reader may see also decides which abbreviations are known.
    """
    return Desk(desk.settings, desk.store, desk.holder, frozenset({_scope(number)}))


def passages_of(desk: Desk, number: int) -> list[tuple[Passage, str]]:
    """Return the passages of the document with ``number``, each with its title; empty if refused."""
    source = desk.store.source_by_key(f"json:eval:{number}")
    if source is None:
        return []
    return [(passage, source.title or "") for passage in desk.store.passages_of(source.id)]


def _measure(desk: Desk, document: GoldDocument, number: int) -> Item:
    alone = desk_of(desk, number)
    try:
        answer = ask(alone, document.question).document["answer"]
    except OslerError as fault:
        return Item(str(number), document.question, {}, {}, f"{fault.code}: {fault.message}")
    quotes = [statement["citations"][0]["quote"] for statement in statements_of(answer)]
    question = understand(document.question, alone.vocabulary)
    ranked = rank_sentences(asked_terms(question, alone.vocabulary), passages_of(desk, number))
    texts = [found.passage.text[found.start : found.end] for found in ranked]
    chosen, answered = _located(document.text, texts), _located(document.text, quotes)
    sentences = split_sentences(document.text)
    rankings = {
        "": chosen,
        f", {ANSWER}": answered,
        f", {PEERS[1]}": sentences,
        f", {PEERS[2]}": by_shared_words(document.question, document.text, sentences),
    }
    values = {}
    for ending, ranking in rankings.items():
        values[f"{MEASURES[0]}{ending}"] = float(
            any(meets(span, document.spans) for span in ranking[:1])
        )
        values[f"{MEASURES[1]}{ending}"] = recall(ranking[:DEPTH], document.spans)
    detail = {
        "document": document.document,
        "status": answer["status"],
        "chosen": [list(span) for span in chosen[:DEPTH]],
        "answered": [list(span) for span in answered],
        "not_located": len(texts) - len(chosen) + len(quotes) - len(answered),
        "gold": [list(span) for span in document.spans],
    }
    return Item(str(number), document.question, values, detail)


def _located(text: str, quotes: Sequence[str]) -> list[Span]:
    """Return where each of ``quotes`` stands in ``text``, those that do not left out."""
    return [span for quote in quotes if (span := find_quote(text, quote)) is not None]


def find_quote(text: str, quote: str) -> Span | None:
    """Return where ``quote`` stands in ``text``, or None.

    A passage holds the document without its section labels, so that offsets differ; the words do not.
    """
    start = text.find(quote)
    return (start, start + len(quote)) if start >= 0 and quote else None


def by_shared_words(question: str, text: str, sentences: Sequence[Span]) -> list[Span]:
    """Return ``sentences`` by the number of the question's content words they hold; ties by place."""
    asked = set(content_words(question))
    return sorted(
        sentences, key=lambda span: (-len(asked & set(content_words(text[span[0] : span[1]]))), span)
    )


def meets(span: Span, gold: Sequence[Span]) -> bool:
    """Tell whether ``span`` shares with one of ``gold`` at least half of the shorter of the two."""
    return any(
        min(span[1], end) - max(span[0], start) >= OVERLAP * min(span[1] - span[0], end - start)
        for start, end in gold
    )


def recall(chosen: Sequence[Span], gold: Sequence[Span]) -> float:
    """Return the share of ``gold`` that one of ``chosen`` meets."""
    return mean([float(any(meets(span, [wanted]) for span in chosen)) for wanted in gold])
