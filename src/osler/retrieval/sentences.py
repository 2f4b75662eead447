"""Which sentences of a passage answer the question, best first, and why: a linear model.

The weights lie beside this module, one readable number for each feature; ``scripts/train_sentences.py``
learns them and says what each group of features is worth. Nothing is decided here about what may be
printed: a well ranked sentence can still be refused.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from osler.errors import OslerError
from osler.model.passage import Passage
from osler.retrieval.sentence_features import AskedTerms, features_of, read_sentences

WEIGHTS: Final = "sentence_weights.json"


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence of a passage with its score; ``passage.text[start:end]`` is the sentence.

    Attributes:
        passage: The passage it stands in.
        start: First code point in the passage's text.
        end: One past the last.
        score: Higher is better; comparable within one question only.
        why: What each feature added to the score or took from it, the largest first.
    """

    passage: Passage
    start: int
    end: int
    score: float
    why: tuple[tuple[str, float], ...]


@cache
def sentence_weights() -> Mapping[str, float]:
    """Return the weight of each feature, as learnt by ``scripts/train_sentences.py``."""
    file = resources.files("osler.retrieval") / WEIGHTS
    weights = json.loads(file.read_text(encoding="utf-8"))["weights"]
    if not all(isinstance(weight, int | float) for weight in weights.values()):
        raise OslerError(f"{WEIGHTS} holds a weight that is no number")
    return {str(name): float(weight) for name, weight in weights.items()}


def rank_sentences(
    asked: AskedTerms,
    passages: Iterable[tuple[Passage, str]],
    *,
    weights: Mapping[str, float] | None = None,
) -> list[RankedSentence]:
    """Return the sentences of ``passages``, each given with the title of its source, best first.

    Equal scores keep the order in which the passages were given and the sentences stand. Headings and
    titles inside a passage are no sentences.

    Args:
        asked: The terms of the question, from ``asked_terms``.
        passages: The passages to choose from; those of one document, or of many.
        weights: Another set of weights than the one that is shipped.
    """
    known = sentence_weights() if weights is None else weights
    ranked = []
    for passage, title in passages:
        sentences = read_sentences(passage, title)
        for sentence, features in zip(sentences, features_of(asked, sentences, title), strict=True):
            parts = [(name, known[name] * value) for name, value in features.items() if name in known]
            # A sum that does not depend on the order of its parts, to the last digit.
            score = math.fsum(part for _, part in parts)
            parts.sort(key=lambda part: (-abs(part[1]), part[0]))
            ranked.append(RankedSentence(passage, sentence.start, sentence.end, score, tuple(parts)))
    ranked.sort(key=lambda sentence: -sentence.score)
    return ranked
