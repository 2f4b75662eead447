"""Which documents a question must lose before its evidence is gone, and a library that lacks them.

The judgements of a set name some of the evidence, not all of it. Gone is gone only when with them went:

1. every other document of the same article;
2. what is judged relevant to a question that shares a document or an article with this one, or most of
   its words;
3. every document that repeats one of these: half of the runs of four words of the shorter are shared;
4. where the set gives answers (``answers.jsonl``), every document that states one of them: an exact
   answer beside the rarest word of the question, or 60% of the content words of an ideal one.

No question is left out for it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from osler.answer.compose import EvidenceBase
from osler.evaluate.datasets import Beir
from osler.index.protocol import Clause, Filters, Hit, Lexical
from osler.retrieval import lexicon
from osler.retrieval.meaning import Embeddable, Meaning
from osler.text.names import keyed
from osler.text.normalise import STOP_WORDS

RUN = 4
REPEATS = 0.5
ALIKE = 0.6
STATED = 0.6


class WithoutIndex:
    """An index of words from which some sources are gone; counts of words stay as they are."""

    def __init__(self, index: Lexical, gone: frozenset[str]) -> None:
        self._index, self._gone = index, gone

    def search(self, clauses: Iterable[Clause], *, filters: Filters, top: int) -> list[Hit]:
        """Return at most ``top`` hits that are not gone."""
        hits = self._index.search(clauses, filters=filters, top=top + len(self._gone))
        return [hit for hit in hits if hit.source not in self._gone][:top]

    def passages_with(self, phrase: str, *, field: str = "text") -> int:
        """Return in how many passages ``phrase`` stands, gone ones included."""
        return self._index.passages_with(phrase, field=field)

    def words(self, text: str) -> list[str]:
        """Return ``text`` as the terms that the index stores."""
        return self._index.words(text)

    @property
    def size(self) -> int:
        """Number of passages, gone ones included."""
        return self._index.size


class WithoutMeaning:
    """Meaning from which some sources are gone."""

    def __init__(self, meaning: Meaning, gone: frozenset[str]) -> None:
        self._meaning, self._gone = meaning, gone

    def nearest(self, question: str, *, filters: Filters, top: int) -> list[Hit] | None:
        """Return at most ``top`` passages that are not gone, nearest first."""
        hits = self._meaning.nearest(question, filters=filters, top=top + len(self._gone))
        return None if hits is None else [hit for hit in hits if hit.source not in self._gone][:top]

    def closeness(self, question: str, passages: Sequence[str]) -> dict[str, float]:
        """Return the cosine of those of ``passages`` that have a vector."""
        return self._meaning.closeness(question, passages)

    def read(self, question: str, passages: Sequence[Embeddable]) -> dict[str, float]:
        """Return the cosine of every passage."""
        return self._meaning.read(question, passages)


def without(base: EvidenceBase, gone: frozenset[str]) -> EvidenceBase:
    """Return ``base`` as if its sources ``gone`` (``src_…``) could not be found."""
    meaning = None if base.meaning is None else WithoutMeaning(base.meaning, gone)
    return replace(base, index=WithoutIndex(base.index, gone), meaning=meaning)


@dataclass(frozen=True, slots=True)
class _Read:
    """A set as compared words: documents, their articles, and in which documents each word stands."""

    words: Mapping[str, frozenset[str]]
    runs: Mapping[str, frozenset[int]]
    holders: Mapping[str, frozenset[str]]


def gone_with(folder: Path, dataset: Beir, queries: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return for each of ``queries`` the documents without which its evidence is gone."""
    judged = {query: frozenset(dataset.relevance[query]) for query in dataset.queries}
    articles: dict[str, set[str]] = defaultdict(set)
    for document in dataset.documents:
        articles[_article(document)].add(document)
    askers: dict[str, set[str]] = defaultdict(set)
    for query, documents in judged.items():
        for document in documents:
            askers[_article(document)].add(query)
    asked = {query: _content(text) for query, text in dataset.queries.items()}
    found: dict[str, set[str]] = {}
    for query in queries:
        kin = {other for document in judged[query] for other in askers[_article(document)]}
        kin |= {other for other in asked if _alike(asked[query], asked[other])}
        documents = {document for one in kin for document in judged[one]}
        found[query] = {same for one in documents for same in articles[_article(one)]}
    _add_repeats(dataset, found)
    _add_stated(folder, dataset, asked, found)
    return {query: frozenset(documents | judged[query]) for query, documents in found.items()}


def _article(document: str) -> str:
    """Return the article of a document: snippets are named by it."""
    return document.partition("#")[0]


def _content(text: str) -> frozenset[str]:
    words = keyed(text).split()
    return frozenset(w for w in words if w not in STOP_WORDS and w not in lexicon.TALK and len(w) > 1)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= ALIKE * len(one | other)


def _texts(dataset: Beir) -> Iterable[tuple[str, str]]:
    with dataset.corpus.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield str(row["_id"]), f"{row.get('title') or ''} {row['text']}"


def _runs(text: str) -> frozenset[int]:
    words = text.casefold().split()
    return frozenset(hash(tuple(words[i : i + RUN])) for i in range(max(1, len(words) - RUN + 1)))


def _add_repeats(dataset: Beir, found: Mapping[str, set[str]]) -> None:
    """Add the documents that repeat one that is gone."""
    wanted = {document for documents in found.values() for document in documents}
    runs = {document: _runs(text) for document, text in _texts(dataset) if document in wanted}
    holders: dict[int, list[str]] = defaultdict(list)
    for document, held in runs.items():
        for run in held:
            holders[run].append(document)
    repeats: dict[str, set[str]] = defaultdict(set)
    for document, text in _texts(dataset):
        held = _runs(text)
        shared = Counter(one for run in held if run in holders for one in holders[run])
        for one, count in shared.items():
            if one != document and count >= REPEATS * min(len(held), len(runs[one])):
                repeats[one].add(document)
    for documents in found.values():
        documents |= {again for one in list(documents) for again in repeats[one]}


def _add_stated(
    folder: Path,
    dataset: Beir,
    asked: Mapping[str, frozenset[str]],
    found: Mapping[str, set[str]],
) -> None:
    """Add the documents that state an answer that the set itself gives."""
    file = folder / "answers.jsonl"
    if not file.exists():
        return
    rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
    answers = {row["_id"]: row for row in rows if row["_id"] in found}
    holders: dict[str, set[str]] = defaultdict(set)
    texts: dict[str, str] = {}
    for document, text in _texts(dataset):
        texts[document] = keyed(text)
        for word in set(texts[document].split()):
            holders[word].add(document)
    for query, row in answers.items():
        rarest = min(asked[query], key=lambda word: (len(holders[word]) or len(texts), word), default="")
        for answer in map(keyed, row["exact"]):
            found[query] |= {one for one in holders[rarest] if answer in texts[one]}
        for answer in row["ideal"]:
            words = _content(answer)
            held = Counter(one for word in words for one in holders[word])
            found[query] |= {one for one, count in held.items() if count >= STATED * len(words)}
