"""What can be told of a claim beside the sentences of a text: named numbers from 0 to 1.

Every number means the same for every text, so that one set of weights serves all. Nothing is decided
here, and nothing is looked up; how alike two sentences are in meaning is given by the caller or not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from osler.model.verdict import Check, Outcome
from osler.text.cue import CueKind
from osler.text.moves import classify_move
from osler.text.sentences import split_sentences
from osler.verify.direction import check_direction
from osler.verify.entities import check_entities, check_population
from osler.verify.exchange import substituted
from osler.verify.figures import check_figures, figures_of
from osler.verify.signs import directions, opposes, prefix_fault, sign_fault
from osler.verify.wording import Evidence, holds, keys, missing, relevant_clause, share, tokens

NEAREST: Final = 3
"""How far apart, in content words, two words may stand to be one pair."""
_MOST_SENTENCES: Final = 12
_MOST_WORDS: Final = 20
_MOST_MISSING: Final = 6
_AT_ODDS: Final = (
    "opposite direction",
    "no difference in text alone",
    "no difference in claim alone",
    "sign",
    "opposes",
    "prefix",
    "figure missed",
    "word exchanged",
    "direction",
)
"""Signs of disagreement; they mean more where the sentence speaks of the same thing."""

Numbers = dict[str, float]


def sentences_in(text: str) -> list[str]:
    """Return the sentences of ``text`` that hold a content word; the whole text if none does."""
    spans = split_sentences(text)
    return [text[start:end] for start, end in spans if tokens(text[start:end])] or [text]


def align(claim: str, sentences: Sequence[str], alike: Sequence[float] | None = None) -> Numbers:
    """Return the numbers of ``claim`` beside ``sentences``.

    Args:
        claim: One statement.
        sentences: Of the text it is held against, in order; at least one.
        alike: Cosine of the vectors of the claim and of each sentence, where a model gave them.
    """
    held = [0.7 * share(claim, sentence) + 0.3 * words(claim, sentence) for sentence in sentences]
    order = sorted(range(len(sentences)), key=lambda place: (-held[place], place))
    best, second = order[0], order[1] if len(order) > 1 else order[0]
    numbers = {f"best: {name}": value for name, value in _beside(claim, sentences[best])}
    numbers |= {f"second: {name}": value for name, value in _beside(claim, sentences[second])}
    for name in _AT_ODDS:
        numbers[f"best: {name}, same words"] = numbers[f"best: {name}"] * numbers["best: words"]
    whole = " ".join(sentences)
    numbers |= {
        "text: subjects": share(claim, whole),
        "text: words": words(claim, whole),
        "text: words squared": words(claim, whole) ** 2,
        "text: best ahead": held[best] - held[second],
        "text: sentences": min(1.0, len(sentences) / _MOST_SENTENCES),
        "text: one sentence": float(len(sentences) == 1),
        "text: place of best": best / (len(sentences) - 1) if len(sentences) > 1 else 0.0,
        "text: best comes first": float(best == 0 and len(sentences) > 1),
        "text: words missing": min(1.0, len(missing(claim, whole)) / _MOST_MISSING),
        "claim: length": min(1.0, len(tokens(claim)) / _MOST_WORDS),
    }
    if alike is not None:
        nearest = sorted(alike, reverse=True)
        numbers |= {
            "meaning: nearest": nearest[0],
            "meaning: second nearest": nearest[min(1, len(nearest) - 1)],
            "meaning: best by words": alike[best],
            "meaning: first": alike[0],
            "meaning: nearest squared": nearest[0] ** 2,
            "meaning: nearest with subjects": nearest[0] * numbers["best: subjects"],
        }
    return numbers


def words(claim: str, text: str) -> float:
    """Return which share of the content words of ``claim`` stands in ``text``, cue words included."""
    wanted = sorted({token.key for token in tokens(claim)})
    if not wanted:
        return 0.0
    known = keys(text)
    return sum(holds(known, key) for key in wanted) / len(wanted)


def _beside(claim: str, sentence: str) -> Iterator[tuple[str, float]]:
    """Yield the numbers of ``claim`` beside one sentence."""
    clause = relevant_clause(claim, sentence)
    yield "subjects", share(claim, sentence)
    yield "words", words(claim, sentence)
    yield "subjects of clause", share(claim, clause)
    yield "pairs of words", _shared_pairs(claim, sentence)
    yield from _directed(claim, clause)
    yield from _figures(claim, sentence)
    evidence = Evidence(sentence, around=sentence)
    yield "direction", _failed(check_direction(claim, sentence))
    yield "population", _failed(check_population(claim, evidence))
    yield "entities", _failed(check_entities(claim, evidence, {}))
    yield "word exchanged", float(substituted(claim, sentence, strict=False) is not None)
    yield "states something", float(classify_move(sentence, None).is_evidence)


def _directed(claim: str, clause: str) -> Iterator[tuple[str, float]]:
    up, down, same = CueKind.UP, CueKind.DOWN, CueKind.NO_DIFFERENCE
    ours = {cue.kind for cue in directions(claim)}
    theirs = {cue.kind for cue in directions(clause)}
    crossed = any(a in ours and b in theirs and a not in theirs for a, b in ((up, down), (down, up)))
    yield "same direction", float(bool((ours & theirs) - {same}))
    yield "opposite direction", float(crossed)
    yield "no difference in text alone", float(same in theirs and same not in ours)
    yield "no difference in claim alone", float(same in ours and same not in theirs)
    yield "no difference in both", float(same in ours and same in theirs)
    yield "directed claim alone", float(bool(ours) and not theirs)
    yield "directed text alone", float(bool(theirs) and not ours)
    yield "sign", float(bool(sign_fault(claim, clause)))
    yield "opposes", float(opposes(claim, clause))
    yield "prefix", float(bool(prefix_fault(claim, clause)))


def _figures(claim: str, sentence: str) -> Iterator[tuple[str, float]]:
    stated = bool(figures_of(claim))
    fails = check_figures(claim, sentence).outcome is Outcome.FAILED
    yield "figure stated", float(stated)
    yield "figure found", float(stated and not fails)
    yield "figure missed", float(stated and fails)
    yield "figure in text", float(bool(figures_of(sentence)))


def _shared_pairs(claim: str, sentence: str) -> float:
    """Return which share of the claim's pairs of neighbouring words stands so in the sentence."""
    wanted = _pairs(claim)
    return len(wanted & _pairs(sentence)) / len(wanted) if wanted else 0.0


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    found = [token.key for token in tokens(text)]
    return frozenset(
        (one, other)
        for place, one in enumerate(found)
        for other in found[place + 1 : place + 1 + NEAREST]
    )


def _failed(check: Check) -> float:
    return float(check.outcome is Outcome.FAILED)
