"""Search: the passages that speak to a question, best first."""

from __future__ import annotations

from dataclasses import dataclass

from osler.model.question import Question
from osler.model.source import Kind
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.search import FoundPassage
from osler.retrieval.search import search as search_passages
from osler.retrieval.sentence_features import asked_terms
from osler.retrieval.sentences import RankedSentence, rank_sentences
from osler.retrieval.trace import Trace
from osler.retrieval.understand import understand
from osler.retrieval.vocabulary import Vocabulary
from osler.service.ask import filters_for
from osler.service.wiring import Desk


@dataclass(frozen=True, slots=True)
class Found:
    """A question as understood, its passages, and why each is there.

    Attributes:
        question: As understood.
        hits: The passages, best first.
        trace: The decisions on the way.
        vocabulary: The library's words, by which sentences are ranked once somebody wants to read them.
    """

    question: Question
    hits: list[FoundPassage]
    trace: Trace
    vocabulary: Vocabulary

    def best_sentences(self) -> dict[str, RankedSentence]:
        """Return the sentence of each passage that answers the question best, by passage id.

        A passage without sentences has none. Some 4 ms a passage: more than the search itself takes.
        """
        asked = asked_terms(self.question, self.vocabulary)
        best = {}
        for hit in self.hits:
            ranked = rank_sentences(asked, [(hit.passage, hit.source.title or "")])
            if ranked:
                best[hit.passage.id] = ranked[0]
        return best


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
    return Found(understood, hits, trace, desk.vocabulary)
