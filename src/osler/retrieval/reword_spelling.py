"""Repair of a misspelt word, against the words of the library itself.

The index holds stems, so the search runs over stems: the misspelt word must begin almost like one. The
words behind the few nearest stems are then read from the library, and whole words are compared. A word
that names a medicine is never repaired, for names of medicines look alike.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator
from typing import Final

from osler.retrieval.vocabulary import Vocabulary, letters_of
from osler.text.drug_names import is_drug
from osler.text.spelling import fold_spelling

SHORTEST: Final = 4
LONG: Final = 7
"""Letters from which two errors may be in a word; a shorter one has one."""
PASSAGES_A_WORD: Final = 20_000
"""A library may hold a word once for this many passages, and it is still taken for an error."""
MUCH_COMMONER: Final = 20
"""How many times more often than the misspelt word the right one must stand in the library."""
READ: Final = 8
"""Stems whose words are read from the library."""
PRICE: Final = 4.0
"""What an error costs, in natural logarithms of a word's frequency."""
RIVAL: Final = 1.5
"""A second word is searched too if it scores no less than this below the best."""
LONGEST_ENDING: Final = 5
LETTERS_AN_ERROR: Final = 3
"""Letters that a stem must have for each error, or too much would be like too much."""
_SOUNDS: Final[dict[str, str]] = {
    "a": "e",
    "c": "ksq",
    "e": "aio",
    "f": "p",
    "g": "j",
    "h": "w",
    "i": "ey",
    "j": "g",
    "k": "cq",
    "n": "pkg",
    "o": "ae",
    "p": "f",
    "q": "kc",
    "r": "wh",
    "s": "cpz",
    "u": "eoy",
    "x": "z",
    "y": "iu",
    "z": "xs",
}
"""First letters that sound like another: pneumonia is heard with an n, xerosis with a z."""


def repair(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the words of the library that a folded ``word`` was meant to be, the likeliest first.

    At most two; none for a word that the library knows, or where nothing is near. Names of medicines
    are repaired by one letter at most: the caller leaves out those that are known.
    """
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return ()
    known = vocabulary.passages_with(word)
    if known > vocabulary.size // PASSAGES_A_WORD:
        return ()
    american = fold_spelling(word)
    most = 2 if len(word) >= LONG and not is_drug(word) else 1
    for errors in range(1, most + 1):
        # One error is far likelier than two, and a search for two costs ten times as much.
        found = _repair(american, errors, known, vocabulary)
        if found:
            return found
    return ()


def _repair(word: str, errors: int, known: int, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the likeliest words within so many ``errors`` of ``word``, at most two."""
    stems = heapq.nsmallest(READ, _near_stems(word, errors, known, vocabulary))
    scored: dict[str, float] = {}
    for _cost, _rare, stem, count in stems:
        for written in vocabulary.written(stem):
            apart = distance(word, fold_spelling(written), errors)
            if apart <= errors:
                score = math.log(count) - PRICE * apart
                scored[written] = max(score, scored.get(written, -math.inf))
    ranked = sorted(scored, key=lambda found: (-scored[found], found))
    return tuple(found for found in ranked[:2] if scored[found] >= scored[ranked[0]] - RIVAL)


def _near_stems(
    word: str, errors: int, known: int, vocabulary: Vocabulary
) -> Iterator[tuple[int, int, str, int]]:
    """Yield cost, commonness, stem and count of each stem that ``word`` almost begins with."""
    missing = ~letters_of(word)
    shortest = max(SHORTEST - 1, LETTERS_AN_ERROR * errors, len(word) - LONGEST_ENDING)
    for initial in _initials(word) if errors == 1 else word[0]:
        elsewhere = initial != word[0]
        shelf = vocabulary.terms(initial)
        for length in range(shortest, len(word) + errors + 1):
            for stem, count, letters in shelf.get(length, ()):
                if count <= MUCH_COMMONER * known or (letters & missing).bit_count() > errors:
                    continue
                if not _shares_a_part(stem, word, errors):
                    continue
                cost = _beginning_cost(stem, word, errors)
                if cost <= errors:
                    yield cost + elsewhere + (len(word) - length > 2), -count, stem, count


def _shares_a_part(stem: str, word: str, errors: int) -> bool:
    """Tell whether a part of ``stem`` stands whole in ``word``, as one must if the errors are few.

    Cut in one part more than there are errors, each looked for about where it would stand; and once
    beside the cuts, for two letters that changed places there.
    """
    size = len(stem) // (errors + 1)
    for place in range(0, size * (errors + 1), size):
        part = stem[place : place + size]
        if word.find(part, max(0, place - errors), place + size + errors) >= 0:
            return True
    return stem[: size - 1] == word[: size - 1] and stem[size + 1 : size + 3] in word


def _beginning_cost(stem: str, word: str, errors: int) -> int:
    """Return the errors between ``stem`` and a beginning of ``word``; a final i may stand for a y."""
    cost = beginning_distance(stem, word, errors)
    if cost and stem[-1] == "i":
        cost = min(cost, beginning_distance(f"{stem[:-1]}y", word, errors))
    return cost


def _initials(word: str) -> str:
    """Return the letters that the right word may begin with, each once."""
    swapped = word[1] if len(word) > 1 else ""
    return "".join(dict.fromkeys(word[0] + swapped + _SOUNDS.get(word[0], "")))


def beginning_distance(stem: str, word: str, limit: int) -> int:
    """Return the fewest errors between ``stem`` and a beginning of ``word``; above ``limit``: limit + 1.

    At most ``LONGEST_ENDING`` letters of the word may be left over for its ending.
    """
    last = _last_row(stem, word, limit)
    return limit + 1 if last is None else min(last[max(0, len(word) - LONGEST_ENDING) :])


def distance(left: str, right: str, limit: int) -> int:
    """Return the fewest letters to put in, take out, change or swap; above ``limit``: limit + 1."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    last = _last_row(left, right, limit)
    return limit + 1 if last is None else min(last[-1], limit + 1)


def _last_row(left: str, right: str, limit: int) -> list[int] | None:
    """Return the errors between ``left`` and each beginning of ``right``; None when all are too many."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for number, letter in enumerate(left, start=1):
        fresh = [number]
        for place, other in enumerate(right, start=1):
            cost = min(row[place - 1] + (letter != other), row[place] + 1, fresh[place - 1] + 1)
            swapped = (
                number > 1 and place > 1 and letter == right[place - 2] and left[number - 2] == other
            )
            if swapped:
                cost = min(cost, before[place - 2] + 1)
            fresh.append(cost)
        if min(fresh) > limit:
            return None
        before, row = row, fresh
    return row
