"""What the words of a question are also searched as: what a person typed, in the words of the library.

Each rewording adds alternatives and takes nothing away, says which aid it came from, and can be left
out. Longer matches win, and no word is reworded twice.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from osler.model.question import Rewording
from osler.retrieval import word_tables
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.reword_spelling import repair, repair_product
from osler.retrieval.vocabulary import Vocabulary
from osler.text.inflection import stem
from osler.text.normalise import STOP_WORDS, fold, words

__all__ = ["Rewording", "reword"]

LONGEST: Final = 4
"""Words of the longest phrase that is looked up."""
MOST_NAMES: Final = 2
"""Other names of a disease or procedure that are searched, at most."""
CLEARLY_COMMONER: Final = 3
"""How many times more often than the asked name another must stand in the library to be searched too."""
OWN_WORD: Final = 200
"""A name that stands in more than one of this many passages is the literature's own word."""
SHORTEST_BEGINNING: Final = 4
"""Letters of a medicine's name by which it may be called."""
AN_OTHER_THING: Final = 5
"""A word that a library uses this many times more often than the substance means something else."""

_CHUNK: Final = re.compile(r"\S+")
_OUTER: Final = ".,;:!?()[]\"'“”‘’"


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as typed, its folded form and its place."""

    text: str
    folded: str
    start: int
    end: int
    opens: bool


def reword(
    asked: str, vocabulary: Vocabulary, *, without: frozenset[Aid] = NOTHING
) -> tuple[Rewording, ...]:
    """Return what words of ``asked`` are also searched as, in order of appearance."""
    tokens = list(_tokens(asked))
    shouted = asked.isupper()
    found: list[Rewording] = []
    place = 0
    while place < len(tokens):
        for length in range(min(LONGEST, len(tokens) - place), 0, -1):
            run = tokens[place : place + length]
            made = _look_up(asked, run, vocabulary, without=without, shouted=shouted)
            if made:
                found.extend(made)
                place += length
                break
        else:
            place += 1
    return tuple(found)


def _tokens(asked: str) -> Iterator[_Token]:
    """Yield the words of a question; what the lay table writes with signs (#nof, a&e) is one word."""
    table = word_tables.lay_words()
    for number, chunk in enumerate(_CHUNK.finditer(asked)):
        inner = chunk.group().strip(_OUTER)
        start = chunk.start() + chunk.group().find(inner)
        folded = fold(inner)
        opens = number == 0
        if folded and not folded.isalnum() and folded in table:
            yield _Token(inner, folded, start, start + len(inner), opens)
            continue
        for word in words(inner):
            yield _Token(word.text, fold(word.text), start + word.start, start + word.end, opens)


def _look_up(
    asked: str,
    run: list[_Token],
    vocabulary: Vocabulary,
    *,
    without: frozenset[Aid],
    shouted: bool,
) -> list[Rewording]:
    """Return the rewordings of a run of words as a whole, from the first table that has it."""
    start, end = run[0].start, run[-1].end
    found = asked[start:end]
    phrase = " ".join(token.folded for token in run)
    if all(token.folded in STOP_WORDS for token in run) or (len(run) > 1 and not _joined(asked, run)):
        return []

    def made(aid: Aid, put: tuple[str, ...], why: str) -> list[Rewording]:
        return [Rewording(aid.value, found, put, why, start, end)] if put else []

    if Aid.BRANDS not in without and len(run) <= 2:
        doubtful = run[0].opens or shouted or not found[:1].isupper()
        substances = _substances(phrase, vocabulary, doubtful=doubtful)
        if substances:
            return [each for put in substances for each in made(Aid.BRANDS, put, "product")]
    if Aid.LAY not in without:
        row = _lay_row(phrase)
        if row is not None:
            put = tuple(term for term in row.terms if vocabulary.passages_with(term))
            return made(Aid.LAY, put, "in the words of the literature")
    if Aid.BRANDS not in without and len(run) == 1:
        put = _same_substance(phrase, vocabulary)
        if put:
            return made(Aid.BRANDS, put, "another name of the substance")
        put = _cut_short(run[0], vocabulary)
        if put:
            return made(Aid.BRANDS, put, "the beginning of its name")
    if Aid.LAY not in without and _may_be_a_name(run):
        put = _other_names(phrase, vocabulary)
        if put:
            return made(Aid.LAY, put, "commoner name in the library")
    if Aid.SPELLING not in without and len(run) == 1 and _may_be_misspelt(run[0], vocabulary):
        repaired = repair(phrase, vocabulary)
        product = None if repaired or Aid.BRANDS in without else repair_product(phrase, vocabulary)
        if product is None:
            return made(Aid.SPELLING, repaired, "spelling")
        why = f"spelling of the product {product}"
        substances = _substances(product, vocabulary, doubtful=False)
        return [each for put in substances for each in made(Aid.SPELLING, put, why)]
    return []


def _joined(asked: str, run: list[_Token]) -> bool:
    """Tell whether only blanks or hyphens stand between the words of a run."""
    return all(not asked[one.end : two.start].strip(" -") for one, two in itertools.pairwise(run))


def _substances(name: str, vocabulary: Vocabulary, *, doubtful: bool) -> list[tuple[str, ...]]:
    """Return the names of each substance of the product ``name``; none for an ordinary word.

    ``doubtful``: the name is not set off by a capital, so that it may be the ordinary word.
    """
    substances = word_tables.brands().get(name)
    if substances is None or name in word_tables.medicines():
        return []
    if doubtful and name in word_tables.everyday_words():
        return []
    rings = word_tables.substances()
    found = [rings.get(substance, (substance,)) for substance in substances]
    if doubtful:
        meant = sum(vocabulary.passages_with(put) for ring in found for put in ring)
        if vocabulary.passages_with(name) > AN_OTHER_THING * max(meant, 1):
            return []
    return found


def _same_substance(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the other names of a substance, unless the library keeps to the asked one (water, aqua)."""
    asked = vocabulary.passages_with(name)
    return tuple(
        other
        for other in word_tables.substances().get(name, ())
        if other != name and vocabulary.passages_with(other) * AN_OTHER_THING > asked
    )


def _cut_short(token: _Token, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the medicine that a word is the beginning of: "toci" on a ward is tocilizumab.

    The library must hardly know the word itself, and of the medicines that begin so it must write of one
    far more often than of all others.
    """
    word = token.folded
    if len(word) < SHORTEST_BEGINNING or not _may_be_misspelt(token, vocabulary):
        return ()
    listed = word_tables.medicines_in_order()
    counted = [
        (vocabulary.passages_with(name), name)
        for name in itertools.takewhile(
            lambda name: name.startswith(word), listed[bisect_left(listed, word) :]
        )
    ]
    if not counted:
        return ()
    most, name = max(counted)
    rivals = vocabulary.passages_with(word) + sum(count for count, _name in counted) - most
    return (name,) if most > AN_OTHER_THING * rivals else ()


def _may_be_a_name(run: list[_Token]) -> bool:
    """Tell whether a run may name a disease: it neither begins nor ends with a small word."""
    edges = (run[0], run[-1])
    return not any(token.folded in STOP_WORDS or token.text.isupper() for token in edges)


def _lay_row(phrase: str) -> word_tables.LayRow | None:
    """Return the row of the lay table for a phrase or its singular."""
    table = word_tables.lay_words()
    row = table.get(phrase)
    if row is None and len(phrase) > 3 and phrase.endswith("s"):
        row = table.get(phrase[:-1])
    return row


def _other_names(phrase: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return names of the same disease or procedure that the library uses much more than ``phrase``."""
    rings = word_tables.names().get(phrase)
    if not rings:
        return ()
    asked = vocabulary.passages_with(phrase)
    if asked > vocabulary.size // OWN_WORD:
        return ()
    key = {stem(word) for word in phrase.split()}
    counted = {
        name: vocabulary.passages_with(name)
        for ring in rings
        for name in ring
        if not (key <= (other := {stem(word) for word in name.split()}) or other <= key)
    }
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    wanted = [name for name in ranked if counted[name] > CLEARLY_COMMONER * asked]
    return tuple(wanted[:MOST_NAMES])


def _may_be_misspelt(token: _Token, vocabulary: Vocabulary) -> bool:
    """Tell whether a word is none that is known: everyday, a medicine, a product or an abbreviation."""
    word = token.folded
    if word in STOP_WORDS or not word.isalpha() or not token.text[1:].islower():
        return False
    if word in word_tables.everyday_words() or word in word_tables.medicines():
        return False
    if word in word_tables.brands() or word in word_tables.substances():
        return False
    return not vocabulary.long_forms(token.text.upper())
