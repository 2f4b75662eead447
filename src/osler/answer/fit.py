"""How likely it is that a sentence answers a question at all: a logistic model whose terms can be read.

A library that lacks the evidence still holds sentences that share words with the question. Where the
best of them is likelier not to answer it, nothing is printed. The weights lie beside this module;
``scripts/train_fit.py`` learns them from questions whose evidence is there and the same questions with
their evidence taken away. Looks nothing up but counts of words.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from osler.answer.facets import speaks_on
from osler.answer.sentences import Candidate
from osler.model.question import ConceptRole, Question, QuestionKind
from osler.retrieval import lexicon
from osler.retrieval.matching import names
from osler.retrieval.vocabulary import Vocabulary
from osler.text.names import key_word, keyed
from osler.text.normalise import STOP_WORDS, fold, words

RAREST: Final = 2000
"""A word that the library hardly knows counts as one that stands in one of so many passages."""
FEWEST: Final = 2000
"""Passages below which a library says little of how rare a word is: all it knows then count the same."""
GENERIC: Final = 0.4
"""What a word counts that any question may hold (effect, patients)."""
STEM: Final = 5
"""First letters by which "mutated" and "mutation" are kin."""
MANY: Final = 5
"""Words missing from sentence and title beyond which more do not count."""
OPENING: Final = 8
"""Words within which a sentence that defines a thing names it."""

DOUBTFUL: Final = -1.5
"""Odds down to which a sentence may be printed, as weak, where a question is not in the library's words.

What is asked in everyday words shares fewer of them with its evidence; to refuse it for that is no help.
"""

_FILE: Final = "fit_weights.json"
_ALWAYS: Final = "always"


@cache
def load_weights(name: str) -> Mapping[str, float]:
    """Return the weight of each feature: of ``words`` alone, or with ``meaning``."""
    stored = json.loads((files("osler.answer") / _FILE).read_text(encoding="utf-8"))
    return {key: float(value) for key, value in stored[name].items()}


class QuestionWords:
    """The content words of a question with their weights: rare words count more.

    What a word is also searched as (the substance of a product, a term for an everyday word) stands
    for it.
    """

    def __init__(self, question: Question, vocabulary: Vocabulary) -> None:
        size = max(vocabulary.size, FEWEST)
        self.weights: dict[str, float] = {}
        self._spellings: dict[str, tuple[str, ...]] = {
            key_word(piece.text): tuple(keyed(variant) for variant in concept.variants)
            for concept in question.concepts
            for piece in words(concept.text)
            if len(concept.variants) > 1
        }
        for word in words(question.asked):
            folded = fold(word.text)
            if folded in STOP_WORDS or folded in lexicon.TALK or len(folded) < 2:
                continue
            others = [
                put
                for entry in question.searched_as
                if entry.start <= word.start < entry.end
                for put in entry.put
            ]
            if others:
                known = self._spellings.get(key_word(word.text), ())
                self._spellings[key_word(word.text)] = (*known, *map(keyed, others))
            frequency: float = max(map(vocabulary.passages_with, (folded, *others)))
            frequency = min(frequency, size)
            # A word that the library hardly knows must not outweigh all that it does know.
            frequency = max(frequency, size / RAREST)
            weight = math.log(1.0 + (size - frequency + 0.5) / (frequency + 0.5))
            if folded in lexicon.GENERIC_WORDS:
                weight *= GENERIC
            self.weights.setdefault(key_word(word.text), weight)
        self.total = sum(self.weights.values()) or 1.0
        self._held: dict[str, frozenset[str]] = {}

    def held(self, keyed_text: str) -> frozenset[str]:
        """Return the words of the question that a keyed text holds, in any spelling of their term."""
        if keyed_text not in self._held:
            self._held[keyed_text] = frozenset(
                word
                for word in self.weights
                if f" {word} " in keyed_text
                or any(spelling in keyed_text for spelling in self._spellings.get(word, ()))
            )
        return self._held[keyed_text]

    def named(self, keyed_text: str) -> frozenset[str]:
        """Return the words of the question that a keyed text holds, or kin of which it holds."""
        held = self.held(keyed_text)
        return held | {w for w in self.weights if w not in held and is_kin(w, keyed_text)}

    def share(self, held: frozenset[str]) -> float:
        """Return the share of the question's weight in ``held``, from 0 to 1."""
        return math.fsum(self.weights[word] for word in held) / self.total

    def coverage(self, keyed_text: str) -> float:
        """Return the share of the question's weight that a keyed text holds, from 0 to 1."""
        return self.share(self.held(keyed_text))


class Fit:
    """The features of sentences in the light of one question, and their sum.

    Args:
        question: As understood.
        asked: Its words with their weights.

    Attributes:
        asked: The words of the question.
        least: Odds that a sentence must have to be printed.
    """

    def __init__(self, question: Question, asked: QuestionWords) -> None:
        self.asked = asked
        self._concepts = [c for c in question.concepts if c.role is not ConceptRole.EXCLUDED]
        self.least = DOUBTFUL if question.searched_as else 0.0
        self._wanted = lexicon.WANTED_FACETS.get(question.kinds[0], ())
        self._asks_what = question.kinds[0] is QuestionKind.DEFINITION
        weights = asked.weights
        self._heaviest = max(weights, key=lambda word: (weights[word], word)) if weights else ""

    def score(self, candidate: Candidate, *, best: float) -> float:
        """Return the logarithm of the odds that ``candidate`` answers; above 0 it is likelier than not.

        Args:
            candidate: The sentence.
            best: Score of the best passage that was found.
        """
        weights = load_weights("words" if candidate.found.near is None else "meaning")
        features = self.features(candidate, best=best)
        return math.fsum(weights.get(name, 0.0) * value for name, value in features.items())

    def features(self, candidate: Candidate, *, best: float) -> dict[str, float]:
        """Return the features of ``candidate``, each from 0 to 1 (``near``, a cosine, from -1).

        - ``around``, ``title``: share of the question's weight in the passage with its title, and in the
          title; a source without a title (``untitled``) has that of the passage halved.
        - ``lack``: weight of the heaviest word that neither passage nor title holds.
        - ``missing``: words that neither sentence nor title holds, nor kin of; ``kin``: its weight.
        - ``heavy``: whether the sentence holds the heaviest word; ``early``: a definition at its start.
        - ``concepts``: share of the question's terms that sentence or title name.
        - ``facet``: whether it speaks on the facet asked for, where one is (``asks facet``).
        - ``few``: one over the number of words asked.
        - ``rank``: score of the passage over that of the best.
        - ``near``: cosine of passage and question, where there are vectors.
        """
        asked, title = self.asked, keyed(candidate.source.title or "")
        titled, around = asked.held(title), asked.held(candidate.around)
        own = asked.held(candidate.keyed)
        here = own | titled
        kin = frozenset(w for w in asked.weights if w not in here and is_kin(w, candidate.keyed, title))
        absent = [asked.weights[word] for word in asked.weights if word not in around]
        named = [names(candidate.keyed, c) or names(title, c) for c in self._concepts]
        has_title = not title.isspace()
        features = {
            _ALWAYS: 1.0,
            "around": asked.share(around),
            "title": asked.share(titled) if has_title else asked.share(around) / 2,
            "untitled": float(not has_title),
            "lack": max(absent, default=0.0) / asked.total,
            "missing": min(1.0, (len(asked.weights) - len(here | kin)) / MANY),
            "kin": asked.share(kin),
            "heavy": float(self._heaviest in own),
            "early": float(self._asks_what and self._heaviest in candidate.keyed.split()[:OPENING]),
            "concepts": sum(named) / len(named) if named else 0.0,
            "facet": float(bool(self._wanted) and speaks_on(candidate.text, self._wanted)),
            "asks facet": float(bool(self._wanted)),
            "few": 1.0 / max(1, len(asked.weights)),
            "rank": candidate.found.score / best if best else 0.0,
        }
        if candidate.found.near is not None:
            features["near"] = candidate.found.near
        return features


def is_kin(word: str, *texts: str) -> bool:
    """Tell whether one of ``texts``, keyed, holds a word that begins like ``word``."""
    return len(word) > STEM and any(f" {word[:STEM]}" in text for text in texts)
