"""What can be told of a sentence before its question is known, and what once it is: named numbers.

Every number lies between 0 and 1 and means the same in every library, so that one set of weights serves
all. Nothing is ranked here and nothing is looked up but counts of words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from osler.model.passage import Passage, Role, Section
from osler.model.question import Question
from osler.retrieval import lexicon
from osler.retrieval.matching import open_abbreviations
from osler.retrieval.vocabulary import Vocabulary
from osler.text.moves import Move, classify_move
from osler.text.names import key_word, keyed
from osler.text.normalise import STOP_WORDS, fold, words
from osler.text.sentences import split_sentences
from osler.text.terms import find_abbreviations

RAREST: Final = 2000  # a word that the library hardly knows counts as one in so many passages
GENERIC: Final = 0.4  # how much a word counts that any question may hold ("effect", "patients")
SAME_STEM: Final = 5  # first letters by which "mutated" and "mutation" are kin
PLANS: Final = frozenset({Move.AIM, Move.METHOD, Move.HYPOTHESIS, Move.QUESTION})
MOVES: Final[Mapping[Move, str]] = {
    Move.FINDING: "finding",
    Move.RECOMMENDATION: "recommendation",
    Move.DEFINITION: "definition",
    Move.BACKGROUND: "background",
    Move.POINTER: "fragment",
    Move.FRAGMENT: "fragment",
    **dict.fromkeys(PLANS, "plan"),
}
"""What a sentence does, as the names under which it is weighed."""


@dataclass(frozen=True, slots=True)
class ReadSentence:
    """One sentence of a passage with all that does not depend on a question.

    Attributes:
        start: First code point in the passage's text.
        end: One past the last.
        keyed: The sentence as compared words, abbreviations opened (see ``text.names``).
        move: What it does, as one of the values of ``MOVES``.
    """

    start: int
    end: int
    keyed: str
    move: str


@dataclass(frozen=True, slots=True)
class AskedTerms:
    """The terms of a question as sentences are held against them.

    Attributes:
        weights: Content word, as compared → its share of the question's weight; rare words weigh more.
            The shares sum to 1, or the mapping is empty.
        variants: Content word → the compared spellings of the term it belongs to, where there are more
            than one.
        concepts: Compared spellings of each term.
    """

    weights: Mapping[str, float]
    variants: Mapping[str, tuple[str, ...]]
    concepts: tuple[tuple[str, ...], ...]


def asked_terms(question: Question, vocabulary: Vocabulary) -> AskedTerms:
    """Return the terms of ``question``, weighted by how rare their words are in the library.

    The weight is the inverse document frequency of BM25 (Robertson and Zaragoza 2009, "The Probabilistic
    Relevance Framework", equation 3.3) of the word in passages.
    """
    size = max(vocabulary.size, 1)
    concepts = tuple(tuple(dict.fromkeys(map(keyed, c.variants))) for c in question.concepts)
    variants = {
        key_word(piece.text): spellings
        for concept, spellings in zip(question.concepts, concepts, strict=True)
        for piece in words(concept.text)
        if len(spellings) > 1
    }
    weights: dict[str, float] = {}
    for word in words(question.asked):
        folded = fold(word.text)
        if folded in STOP_WORDS or len(folded) < 2:
            continue
        frequency: float = max(min(vocabulary.passages_with(folded), size), size / RAREST)
        weight = math.log(1.0 + (size - frequency + 0.5) / (frequency + 0.5))
        weights.setdefault(
            key_word(word.text), weight * (GENERIC if folded in lexicon.GENERIC_WORDS else 1.0)
        )
    total = sum(weights.values()) or 1.0
    return AskedTerms(
        weights={word: weight / total for word, weight in weights.items()},
        variants=variants,
        concepts=concepts,
    )


@lru_cache(maxsize=512)
def read_sentences(passage: Passage, title: str) -> tuple[ReadSentence, ...]:
    """Return the sentences of ``passage`` in order; ``title`` is that of its source.

    Kept for the passages read last, since related questions find the same ones.
    """
    text = passage.text
    opened = {pair.short: pair.long for pair in find_abbreviations(f"{title}. {text}")}
    spans: list[tuple[int, int, Role]] = []
    for section in passage.sections or (Section("", Role.UNLABELLED, 0, len(text)),):
        if section.role is not Role.TITLE:
            cut = split_sentences(text, section.start, section.end)
            spans += [(start, end, section.role) for start, end in cut]
    return tuple(
        ReadSentence(
            start,
            end,
            open_abbreviations(text[start:end], opened),
            MOVES[classify_move(text[start:end], role, position=start / len(text))],
        )
        for start, end, role in spans
    )


def features_of(
    asked: AskedTerms, sentences: Sequence[ReadSentence], title: str
) -> list[dict[str, float]]:
    """Return the features of each of ``sentences``, in order; ``title`` is that of their source.

    - ``concepts``: the share of the question's terms that the sentence names, in any spelling.
    - ``kin``: the weight of the question's words of which it holds a relative (``mutated`` for
      ``mutation``) and not the word itself.
    - ``not in title``: of the question's words that the title lacks, the weight of those it holds. What
      the title names, every sentence may be about; the rest tells the sentences of a document apart.
    - what the sentence does, under the names of ``MOVES``.
    """
    titled = keyed(title)
    untitled = {word: weight for word, weight in asked.weights.items() if f" {word} " not in titled}
    beyond = math.fsum(untitled.values()) or 1.0
    found = []
    for sentence in sentences:
        text = sentence.keyed
        held = _held(asked, text)
        kin = (
            weight
            for word, weight in asked.weights.items()
            if word not in held and len(word) > SAME_STEM and f" {word[:SAME_STEM]}" in text
        )
        features = {
            "concepts": _share(asked.concepts, text),
            "kin": math.fsum(kin),
            "not in title": math.fsum(untitled[word] for word in held if word in untitled) / beyond,
            sentence.move: 1.0,
        }
        found.append(features)
    return found


def _held(asked: AskedTerms, text: str) -> set[str]:
    """Return the question's words that a keyed text holds, in any spelling of their term."""
    return {
        word
        for word in asked.weights
        if f" {word} " in text or any(spelt in text for spelt in asked.variants.get(word, ()))
    }


def _share(concepts: Iterable[tuple[str, ...]], text: str) -> float:
    """Return the share of ``concepts`` that a keyed text names."""
    named = [any(spelt in text for spelt in spellings) for spellings in concepts]
    return sum(named) / len(named) if named else 0.0
