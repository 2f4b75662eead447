"""Search: the passages that speak to a question, best first."""

from __future__ import annotations

from dataclasses import dataclass

from osler.model.question import Question
from osler.model.source import Kind
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.search import FoundPassage
from osler.retrieval.search import search as search_passages
from osler.retrieval.trace import Trace
from osler.retrieval.understand import understand
from osler.service.ask import filters_for
from osler.service.wiring import Desk


@dataclass(frozen=True, slots=True)
class Found:
    """A question as understood, its passages, and why each is there."""

    question: Question
    hits: list[FoundPassage]
    trace: Trace


def search(
    desk: Desk,
    question: str,
    *,
    top: int,
    since: int | None = None,
    tier: Kind | None = None,
    without: frozenset[Aid] = NOTHING,
) -> Found:
    """Return at most ``top`` passages for ``question``; the aids in ``without`` take no part."""
    trace = Trace()
    understood = understand(question, desk.vocabulary, without=without)
    hits = search_passages(
        understood,
        index=desk.index,
        shelf=desk.store,
        filters=filters_for(desk, tier=tier, since=since),
        top=top,
        trace=trace,
        meaning=None if Aid.VECTORS in without else desk.meaning,
        without=without,
    )
    return Found(understood, hits, trace)
