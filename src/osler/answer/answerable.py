"""Whether the passages found can answer a question at all: a small forest of trees that can be read.

``fit`` judges one sentence. Whether an answer is there shows in all the best passages together: how much
of the question they hold, how close together its words stand, and whether the best stands out from what
any question finds; all of it in shares, so that it means the same in a library of any size. The trees
lie beside this module; ``scripts/train_answerable.py`` learns them from questions asked with their
evidence and with it taken away. Looks nothing up but counts of words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from statistics import fmean, median
from typing import Final

from osler.answer.fit import QuestionWords
from osler.answer.sentences import Candidate
from osler.model.question import ConceptRole, Question
from osler.retrieval import lexicon
from osler.retrieval.matching import names
from osler.text.names import keyed
from osler.text.normalise import STOP_WORDS

WINDOW: Final = 4
"""Words within which two that follow each other in a question stand together."""
HEAVIEST: Final = 3
FULL: Final = 0.8
"""Share of the question's weight from which a passage counts as holding it."""
LIMIT: Final = 0.5
"""Odds above which a question is answered."""
UNNAMED: Final = 0.5
"""What a passage names of a question that has no term."""

Tree = float | tuple[str, float, "Tree", "Tree"]
"""A leaf, or a feature, the value up to which the first branch holds, and both branches."""

_FILE: Final = "answerable_trees.json"
_LESS_IS_BETTER: Final = frozenset({"lack", "second lack", "missing"})


@cache
def load_trees(name: str) -> tuple[Tree, ...]:
    """Return the trees for ``words`` alone, or for words and ``meaning``."""
    stored = json.loads((files("osler.answer") / _FILE).read_text(encoding="utf-8"))
    return tuple(map(_tree, stored[name]))


def _tree(stored: float | list[object]) -> Tree:
    if not isinstance(stored, list):
        return float(stored)
    name, limit, low, high = stored
    return (str(name), float(limit), _tree(low), _tree(high))  # type: ignore[arg-type]


class Answerable:
    """What can be seen of a question's passages, and the odds that they answer it.

    Args:
        question: As understood.
        asked: Its words with their weights.
    """

    def __init__(self, question: Question, asked: QuestionWords) -> None:
        self._question, self._asked = question, asked
        self._concepts = [c for c in question.concepts if c.role is not ConceptRole.EXCLUDED]
        weights = asked.weights
        order = [word for word in keyed(question.asked).split() if word in weights]
        self._pairs = {
            pair: weights[pair[0]] + weights[pair[1]] for pair in pairwise(order) if pair[0] != pair[1]
        }
        self._paired = {word for pair in self._pairs for word in pair}
        self._pairs_total = math.fsum(self._pairs.values()) or 1.0
        self._heaviest = sorted(weights, key=lambda word: (-weights[word], word))[:HEAVIEST]

    def score(self, passages: Iterable[Sequence[Candidate]]) -> float:
        """Return the logarithm of the odds that the passages answer; above 0 it is likelier than not.

        Args:
            passages: The sentences of each passage found.
        """
        filled = [sentences for sentences in passages if sentences]
        if not filled:
            return -math.inf
        trees = load_trees("words" if filled[0][0].found.near is None else "meaning")
        features = self.features([self.see(each) for each in filled])
        return math.fsum(_fall(tree, features) for tree in trees)

    def see(self, sentences: Sequence[Candidate]) -> dict[str, float]:
        """Return what is seen of one passage, from all its sentences (at least one).

        - ``around``, ``title``, ``own``, ``here``: share of the question's weight in passage with title,
          in the title, in the best sentence, in the best sentence with the title.
        - ``lack``, ``second lack``: the heaviest words that are nowhere, as shares; ``missing``: how
          many are.
        - ``heaviest``: share held of the three heaviest words.
        - ``pairs``, ``pairs own``, ``pairs title``: share of the question's neighbouring words that
          stand together in the passage, in the best sentence, in the title.
        - ``back``: share of the title's words that the question holds.
        - ``concepts``: share of the question's terms that the passage names.
        - ``near``: cosine of passage and question, 0 where there are no vectors.
        """
        asked, first = self._asked, sentences[0]
        title = keyed(first.source.title or "")
        titled, around = asked.held(title), asked.held(first.around)
        held = [asked.held(sentence.keyed) for sentence in sentences]
        weights = asked.weights
        absent = [*sorted((weights[w] for w in weights if w not in around), reverse=True), 0.0, 0.0]
        words = {word for word in title.split() if word not in STOP_WORDS and len(word) > 1}
        named = [names(first.around, concept) for concept in self._concepts]
        heavy = math.fsum(weights[word] for word in self._heaviest) or 1.0
        return {
            "around": asked.share(around),
            "title": asked.share(titled),
            "untitled": float(not words),
            "here": max(asked.share(each | titled) for each in held),
            "own": max(map(asked.share, held)),
            "lack": absent[0] / asked.total,
            "second lack": absent[1] / asked.total,
            "missing": float(len(weights) - len(around)),
            "heaviest": math.fsum(weights[w] for w in self._heaviest if w in around) / heavy,
            "pairs": self._together(first.around),
            "pairs own": max(self._together(sentence.keyed) for sentence in sentences),
            "pairs title": self._together(title),
            "back": sum(word in weights for word in words) / max(1, len(words)),
            "concepts": sum(named) / len(named) if named else UNNAMED,
            "near": first.found.near or 0.0,
        }

    def features(self, seen: Sequence[Mapping[str, float]]) -> dict[str, float]:
        """Return the features of all passages together.

        Of each that ``see`` returns: its ``best``, how far that lies from the median (``gap``) and the
        ``mean``. Beside these ``joint`` (words times nearness of one passage), ``full`` (passages that
        hold nearly all of the question), and facts of the question itself.
        """
        features = self._facts()
        for name in seen[0]:
            values = [each[name] for each in seen]
            best = min(values) if name in _LESS_IS_BETTER else max(values)
            features[f"{name} best"] = best
            features[f"{name} gap"] = best - median(values)
            features[f"{name} mean"] = fmean(values)
        features["joint"] = max(each["around"] * max(each["near"], 0.0) for each in seen)
        features["joint here"] = max(each["here"] * max(each["near"], 0.0) for each in seen)
        features["full"] = float(sum(each["around"] > FULL for each in seen))
        return features

    def _facts(self) -> dict[str, float]:
        weights, question = self._asked.weights, self._question
        return {
            "words": float(len(weights)),
            "heaviest word": max(weights.values(), default=0.0) / self._asked.total,
            "reworded": float(bool(question.searched_as)),
            "terms": float(len(question.concepts)),
            "asks facet": float(bool(lexicon.WANTED_FACETS.get(question.kinds[0], ()))),
        }

    def _together(self, text: str) -> float:
        """Return the share of neighbouring words of the question that stand together in ``text``."""
        places: dict[str, list[int]] = {}
        for place, word in enumerate(text.split()):
            if word in self._paired:
                places.setdefault(word, []).append(place)
        return (
            math.fsum(
                weight
                for (one, other), weight in self._pairs.items()
                if _near(places.get(one, ()), places.get(other, ()))
            )
            / self._pairs_total
        )


def _near(some: Iterable[int], others: Sequence[int]) -> bool:
    return any(abs(one - other) <= WINDOW for one in some for other in others)


def _fall(tree: Tree, features: Mapping[str, float]) -> float:
    """Return the leaf that ``features`` fall into."""
    while isinstance(tree, tuple):
        name, limit, low, high = tree
        tree = low if features[name] <= limit else high
    return tree
