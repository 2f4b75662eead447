"""From a question as understood to passages, best first.

Each part of the question is searched for by itself, so that the evidence for one link of a relation
does not crowd out the evidence for another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from osler.index.protocol import Clause, Filters, Hit, Lexical
from osler.model.passage import Passage
from osler.model.question import Question
from osler.model.source import Source
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.appraise import appraise, prior
from osler.retrieval.candidates import Candidate, Candidates, gather, question_features
from osler.retrieval.clauses import free_clauses
from osler.retrieval.features import Feature
from osler.retrieval.manner import manner_of
from osler.retrieval.meaning import Embeddable, Meaning
from osler.retrieval.rerank import READ, READ_AFRESH, load_weights
from osler.retrieval.trace import Trace

POOL: Final = 40  # hits read per part: enough to hold the evidence of every tier, cheap to read


class Shelf(Protocol):
    """The stored evidence, as far as a search reads it."""

    def passages(self, ids: Iterable[str]) -> list[Passage]:
        """Return the passages with these ids, in the order asked for; unknown ids are left out."""
        ...

    def sources(self, ids: Iterable[str]) -> Mapping[str, Source]:
        """Return the sources with these ids, by id."""
        ...


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage with its source, its place in the ranking, and why it is there.

    Attributes:
        rank: Its place, from 1.
        score: Relative to the best passage.
        passage: The passage.
        source: Its source.
        reasons: Why it is there, for a reader.
        near: Cosine of its vector and the question's, or None where no vectors took part.
    """

    rank: int
    score: float
    passage: Passage
    source: Source
    reasons: tuple[str, ...]
    near: float | None = None


def search_clauses(
    clauses: list[Clause],
    *,
    index: Lexical,
    shelf: Shelf,
    filters: Filters,
    top: int,
    trace: Trace,
    stage: str,
    without: frozenset[Aid] = NOTHING,
) -> list[FoundPassage]:
    """Return at most ``top`` usable passages, best first; what was dropped is in the trace."""
    hits = index.search(clauses, filters=filters, top=top)
    return rank_hits(hits, shelf=shelf, trace=trace, stage=stage, without=without)


def rank_hits(
    hits: list[Hit], *, shelf: Shelf, trace: Trace, stage: str, without: frozenset[Aid] = NOTHING
) -> list[FoundPassage]:
    """Return the usable hits ordered by score times prior, ties broken by passage id."""
    passages = {passage.id: passage for passage in shelf.passages([hit.passage for hit in hits])}
    sources = shelf.sources(dict.fromkeys(hit.source for hit in hits))
    ranked: list[tuple[float, Hit, Passage, Source, str]] = []
    for hit in hits:
        passage, source = passages.get(hit.passage), sources.get(hit.source)
        if passage is None or source is None:
            trace.note(stage, hit.passage, "dropped", "no longer in the library")
            continue
        appraisal = appraise(source)
        if not appraisal.usable:
            trace.note(stage, source.key, "dropped", appraisal.reason)
            continue
        factor = 1.0 if Aid.TIERS in without else prior(source)
        ranked.append((hit.score * factor, hit, passage, source, appraisal.reason))
    ranked.sort(key=lambda entry: (-entry[0], entry[2].id))
    found = []
    for rank, (score, hit, passage, source, reason) in enumerate(ranked, start=1):
        reasons = (f"words {hit.score:.2f}", reason)
        found.append(FoundPassage(rank, score, passage, source, reasons))
        trace.note(stage, source.key, f"rank {rank}", "; ".join(reasons))
    return found


def search(
    question: Question,
    *,
    index: Lexical,
    shelf: Shelf,
    filters: Filters,
    top: int,
    trace: Trace,
    meaning: Meaning | None = None,
    without: frozenset[Aid] = NOTHING,
) -> list[FoundPassage]:
    """Return at most ``top`` passages for the question as a whole, without the aids ``without``.

    Words and meaning propose candidates, the best of them are read and put in order. The first hits are
    the same however many are asked for.
    """
    used = None if Aid.VECTORS in without else meaning
    proposed = gather(question, index=index, meaning=used, filters=filters)
    read = _read(proposed.all[: _count_read(proposed, used)], shelf=shelf, trace=trace)
    if Aid.RERANK in without and (used is None or proposed.by_meaning):
        weights = load_weights("fused" if proposed.by_meaning else "words")
        seen = [(entry, entry.candidate.features) for entry in read]
        nearest = proposed.nearest
    else:
        weights = load_weights(manner_of(question).value if used is not None else "read")
        fresh = None if proposed.by_meaning else used
        seen, nearest = _see(read, question, index=index, meaning=fresh)
        nearest = nearest or proposed.nearest
    tier = 0.0 if Aid.TIERS in without else weights.of[Feature.WORDS]
    ranked = [
        (weights.score(features) + tier * (prior(entry.source) - 1.0), entry, features)
        for entry, features in seen
    ]
    ranked.sort(key=lambda each: (-each[0], each[1].passage.id))
    best = ranked[0][0] if ranked else 0.0
    found = [
        FoundPassage(
            rank,
            math.exp(score - best),
            entry.passage,
            entry.source,
            (weights.explain(features), entry.reason),
            features[Feature.MEANING] + nearest if Feature.MEANING in features else None,
        )
        for rank, (score, entry, features) in enumerate(ranked[:top], start=1)
    ]
    for hit in found:
        trace.note("search", hit.source.key, f"rank {hit.rank}", "; ".join(hit.reasons))
    if len(found) < top:
        found += _rest(
            question,
            {entry.passage.id for entry in read},
            index=index,
            shelf=shelf,
            filters=filters,
            top=top,
            behind=found,
            trace=trace,
        )
    return found


@dataclass(frozen=True, slots=True)
class _Read:
    """A candidate with its passage and source, and what is held of the source."""

    candidate: Candidate
    passage: Passage
    source: Source
    reason: str


def _count_read(proposed: Candidates, meaning: Meaning | None) -> int:
    return READ if meaning is None or proposed.by_meaning else READ_AFRESH


def _read(candidates: Sequence[Candidate], *, shelf: Shelf, trace: Trace) -> list[_Read]:
    """Return the usable candidates with their passages and sources, in order."""
    passages = {one.id: one for one in shelf.passages([each.passage for each in candidates])}
    sources = shelf.sources(dict.fromkeys(each.source for each in candidates))
    read = []
    for each in candidates:
        passage, source = passages.get(each.passage), sources.get(each.source)
        if passage is None or source is None:
            trace.note("search", each.passage, "dropped", "no longer in the library")
            continue
        appraisal = appraise(source)
        if appraisal.usable:
            read.append(_Read(each, passage, source, appraisal.reason))
        else:
            trace.note("search", source.key, "dropped", appraisal.reason)
    return read


def _see(
    read: Sequence[_Read],
    question: Question,
    *,
    index: Lexical,
    meaning: Meaning | None,
) -> tuple[list[tuple[_Read, dict[Feature, float]]], float]:
    """Return what is seen of each candidate, and with ``meaning`` the cosine of the nearest, else 0."""
    asked = question_features(question, index)
    near: dict[str, float] = {}
    if meaning is not None:
        near = meaning.read(
            question.searched,
            [Embeddable(one.passage.id, one.source.title or "", one.passage.text) for one in read],
        )
    nearest = max(near.values(), default=0.0)
    seen = []
    for one in read:
        features = one.candidate.features | asked.read(one.source.title or "", one.passage.text)
        if near:
            features[Feature.MEANING] = near[one.passage.id] - nearest
        seen.append((one, features))
    return seen, nearest


def _rest(
    question: Question,
    taken: set[str],
    *,
    index: Lexical,
    shelf: Shelf,
    filters: Filters,
    top: int,
    behind: Sequence[FoundPassage],
    trace: Trace,
) -> list[FoundPassage]:
    """Return what words find beyond the candidates that were read, to make up ``top`` hits."""
    hits = index.search(free_clauses(question), filters=filters, top=top + len(taken))
    left = [hit for hit in hits if hit.passage not in taken][: top - len(behind)]
    last = behind[-1].score if behind else 1.0
    found = rank_hits(left, shelf=shelf, trace=trace, stage="search")
    best = max((hit.score for hit in found), default=0.0) or 1.0
    return [replace(hit, rank=len(behind) + hit.rank, score=last * hit.score / best) for hit in found]
