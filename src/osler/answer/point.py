"""Whether a sentence speaks to the question itself, and not only stands in a paper that does.

Nearly every sentence of the right paper is likelier to answer than not, as ``fit`` counts: title and
passage hold the question's words. How many of them were men and when they were recruited answers nothing
all the same. What tells these apart is what of the question the sentence itself names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from osler.answer.fit import QuestionWords
from osler.answer.sentences import Candidate
from osler.answer.weigh import Weighed
from osler.model.question import Concept
from osler.retrieval.matching import names
from osler.text.names import keyed

LEAST: Final = 0.2
"""Share of the question's weight that a sentence must name to be printed at all."""
BESIDE: Final = 0.3
"""Share that it must name to stand beside one that answers better."""
NAMED: Final = 0.3
"""What the share named weighs beside the place and the odds of a sentence."""
SAME_STEM: Final = 5
"""First letters by which "mutated" and "mutation" are kin."""


def share_named(candidate: Candidate, asked: QuestionWords) -> float:
    """Return the share of the question's weight that the sentence itself names, or kin of its words."""
    return _share(candidate.keyed, asked)


def _share(text: str, asked: QuestionWords) -> float:
    held = asked.held(text)
    kin = frozenset(
        word
        for word in asked.weights
        if word not in held and len(word) > SAME_STEM and f" {word[:SAME_STEM]}" in text
    )
    return asked.share(held | kin)


def anchored(weighed: Weighed, asked: QuestionWords, led: Iterable[Concept]) -> Weighed:
    """Return ``weighed``, refused where sentence and lead name too little of the question.

    Args:
        weighed: A sentence about a named drug or condition.
        asked: The question's words.
        led: Drug and conditions of the question: where the title names one, the lead says so.
    """
    if weighed.refused:
        return weighed
    title = keyed(weighed.candidate.source.title or "")
    told = [
        text for concept in led if names(title, concept) for text in (concept.text, *concept.variants)
    ]
    text = f"{weighed.candidate.keyed} {' '.join(map(keyed, told))}"
    if _share(text, asked) < BESIDE:
        return replace(weighed, refused="names too little of what was asked")
    return weighed


def pointed(weighed: Weighed, asked: QuestionWords) -> Weighed:
    """Return ``weighed`` with its share counted, refused where it names too little of the question."""
    if weighed.refused:
        return weighed
    share = share_named(weighed.candidate, asked)
    if share < LEAST:
        return replace(weighed, refused="names too little of what was asked")
    return replace(weighed, score=weighed.score + NAMED * share, beside=share >= BESIDE)
