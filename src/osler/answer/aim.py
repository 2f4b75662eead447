"""How likely one sentence of the right source is what was asked for: a logistic model that can be read.

``fit`` tells whether a source has the answer; nearly every sentence of the right paper is near enough
for that. Which of them a reader would miss if it were left out is another question: readers were shown
sentences beside their questions and said so, and the weights beside this module are learnt from what
they said (``scripts/train_aim.py``). Looks nothing up but counts of words.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from osler.answer.fit import DOUBTFUL, Fit
from osler.answer.sentences import Candidate
from osler.model.passage import Role
from osler.model.question import Question
from osler.text.moves import Move
from osler.text.normalise import fold
from osler.text.polarity import direction

SPEAKS: Final = 0.0
"""Odds above which a sentence is likelier what was asked for; below it is printed as weak, if at all."""
LEAST: Final = -1.0
"""Odds that a sentence must have to be printed: a higher bar costs more right answers than it saves."""
MISSED: Final = 0.85
"""Odds that one must have to stand beside a better one: seven of ten would be missed if left out."""
LONG: Final = 40
"""Words beyond which a sentence gains nothing by being longer."""
_FILE: Final = "aim_weights.json"
_ALWAYS: Final = "always"
_LISTS: Final = re.compile(r"\b(?:list|which|what|name)\b")
_HOW: Final = re.compile(r"\W*(?:how|why)\b")


@cache
def load_weights() -> Mapping[str, float]:
    """Return the weight of each feature."""
    stored = json.loads((files("osler.answer") / _FILE).read_text(encoding="utf-8"))
    return {key: float(value) for key, value in stored.items()}


class Aim:
    """The features of sentences in the light of one question, and their sum.

    Args:
        question: As understood.
        fit: Whether each sentence's source answers.

    Attributes:
        asked: The words of the question.
        least: Odds that a sentence must have to be printed.
    """

    def __init__(self, question: Question, fit: Fit) -> None:
        asked = fold(question.asked)
        self._fit = fit
        self.asked = fit.asked
        self.least = DOUBTFUL if question.searched_as else LEAST
        self._put = {
            "asks which": float(_LISTS.search(asked) is not None),
            "asks how": float(_HOW.match(asked) is not None),
        }

    def score(self, candidate: Candidate, *, best: float) -> float:
        """Return the logarithm of the odds that a reader would miss ``candidate``.

        Args:
            candidate: The sentence.
            best: Score of the best passage that was found.
        """
        weights = load_weights()
        features = self.features(candidate, best=best)
        return math.fsum(weights[name] * value for name, value in features.items())

    def features(self, candidate: Candidate, *, best: float) -> dict[str, float]:
        """Return the features of ``candidate``, each from 0 to 1.

        - ``own``: share of the question's weight that the sentence itself holds, or kin of its words.
        - ``concepts``, ``few``, ``rank``, ``facet``, ``untitled``: as in ``fit``.
        - ``length``: in words, up to forty; ``direction``: whether it says which way something goes.
        - ``definition``: whether it says what a thing is; ``results``, ``unlabelled``: where it stands.
        - ``place``: how far into its source, from 0 to 1.
        - ``asks which``, ``asks how``: how the question is put.
        """
        fit = self._fit.features(candidate, best=best)
        return {
            _ALWAYS: 1.0,
            **{name: fit[name] for name in ("concepts", "few", "rank", "facet", "untitled")},
            "own": self.asked.share(self.asked.named(candidate.keyed)),
            "length": min(candidate.length, LONG) / LONG,
            "direction": float(bool(direction(candidate.text))),
            "definition": float(candidate.move is Move.DEFINITION),
            "results": float(candidate.role is Role.RESULTS),
            "unlabelled": float(candidate.role is Role.UNLABELLED),
            "place": candidate.position,
            **self._put,
        }
