"""Repair of a misspelt word: what known word, that the library holds, was it meant to be?

Only a word that is known (``word_tables``) may stand for another, so that no other error of the library
becomes an answer, and it must be far commoner there than the word as typed. A word with one error is
looked up in all its possible forms; where two are allowed, among the known words that share its
beginning, or its first letter and its ending. Letters that are heard alike, doubled or silent cost less
than others.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice
from typing import Final

from osler.retrieval import word_tables
from osler.retrieval.vocabulary import Vocabulary
from osler.text.drug_names import is_drug

SHORTEST: Final = 4
SHORT: Final = 5
"""Letters up to which a word has too many neighbours for any but the likeliest errors."""
SHORTEST_PRODUCT: Final = 6
"""Letters from which a word may be a misspelt product: shorter names have too many neighbours."""
LONG: Final = 7
"""Letters from which two errors may be in a word; a shorter one has one."""
PASSAGES_A_WORD: Final = 20_000
"""A library may hold a word once for this many passages, and it is still taken for an error."""
MUCH_COMMONER: Final = 20
"""How many times more often than the misspelt word the right one must stand in the library."""
PRICE: Final = 4.0
"""What an error costs, in natural logarithms of a word's frequency."""
RIVAL: Final = 1.5
"""A second word is searched too if it scores no less than this below the best."""
MOST: Final = 24
"""Known words that are weighed for one misspelt word."""
EDGE: Final = 3
"""Letters of the beginning or the ending that stay right when there are two errors."""

DOUBTFUL: Final = 0.4
"""Two medicines whose errors cost the same but for so much may both have been meant."""

SLIP: Final = 0.5
"""A doubled letter, or an h that is not heard."""
HEARD: Final = 0.6
"""Letters that together sound like the ones typed."""
SWAP: Final = 0.7
VOWEL: Final = 0.7
LEFT_OUT: Final = 1.0
ADDED: Final = 1.2
CHANGED: Final = 1.3
OTHER_KIND: Final = 1.5
"""A vowel for a consonant, or the other way round."""
FIRST: Final = 0.5
"""What it costs on top when the first letter is wrong, which is seldom."""
_VOWELS: Final = frozenset("aeiouy")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_ALIKE: Final = tuple(
    frozenset(group) for group in ("ckq", "cs", "sz", "xz", "fv", "gj", "mn", "dt", "bp", "vw")
)
_SOUNDS: Final[tuple[tuple[str, str], ...]] = (
    ("f", "ph"), ("t", "th"), ("t", "pt"), ("k", "ch"), ("k", "ck"), ("c", "ck"), ("n", "pn"),
    ("n", "kn"), ("n", "gn"), ("r", "rh"), ("r", "rrh"), ("r", "wr"), ("s", "ps"), ("s", "sc"),
    ("z", "x"), ("ch", "tch"), ("e", "ae"), ("e", "oe"), ("o", "eau"), ("u", "eu"), ("i", "igh"),
    ("sh", "ti"), ("k", "qu"), ("m", "mn"), ("", "th"), ("", "gh"), ("", "ph"), ("", "ch"),
)  # fmt: skip
"""What is typed for letters that sound the same; and pairs of letters that are not heard at all."""


def repair(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the known words of the library that a folded ``word`` was meant to be, the likeliest first.

    At most two; none for a word that the library knows, or where nothing is near. The caller leaves out
    words that are known; what looks like the name of a medicine is repaired by one letter at most.
    """
    if len(word) < SHORTEST or not (word.isascii() and word.isalpha()):
        return ()
    held = vocabulary.passages_with(word)
    if held > vocabulary.size // PASSAGES_A_WORD:
        return ()
    found = _likeliest(word, _one_error(word), held, vocabulary)
    if found or len(word) < LONG or is_drug(word):
        return found
    return _likeliest(word, _two_errors(word), held, vocabulary)


def repair_product(word: str, vocabulary: Vocabulary) -> str | None:
    """Return the product that a folded ``word`` was meant to name; None when in doubt.

    Many real products stand in no table, and to take one for another is worse than to find nothing:
    only one error of the ear counts (a vowel, a doubled letter, letters that sound the same), never in
    the first letter. In doubt it is also where the word is short, where the library knows it, where it
    is as near to a known word, and where products of different substances are as near. The caller
    leaves out known words.
    """
    if len(word) < SHORTEST_PRODUCT or not (word.isascii() and word.isalpha()):
        return None
    if vocabulary.passages_with(word) > vocabulary.size // PASSAGES_A_WORD:
        return None
    products = word_tables.brands()
    if next(_one_error(word), None) is not None:
        return None
    prices = {form: cost(word, form) for form in _forms(word) if form in products}
    if len({frozenset(products[found]) for found in prices}) != 1:
        return None
    found, price = min(prices.items(), key=lambda entry: (entry[1], entry[0]))
    return found if price <= VOWEL and found[0] == word[0] else None


def _likeliest(
    word: str, candidates: Iterator[str], held: int, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Return the candidates that are commonest for what their errors cost, at most two."""
    dearest = LEFT_OUT if len(word) <= SHORT else math.inf
    prices = {candidate: cost(word, candidate) for candidate in islice(candidates, MOST)}
    scored: dict[str, float] = {}
    for candidate, price in prices.items():
        count = vocabulary.passages_with(candidate) if price <= dearest else 0
        if count > MUCH_COMMONER * held:
            scored[candidate] = math.log(count) - PRICE * price
    ranked = sorted(scored, key=lambda found: (-scored[found], found))
    if ranked and _may_be_another_medicine(ranked[0], prices):
        return ()
    return tuple(found for found in ranked[:2] if scored[found] >= scored[ranked[0]] - RIVAL)


def _may_be_another_medicine(found: str, prices: dict[str, float]) -> bool:
    """Tell whether two medicines are as near: how often each is used says nothing of who was meant."""
    medicines = word_tables.medicines()
    return found in medicines and any(
        other in medicines and price <= prices[found] + DOUBTFUL
        for other, price in prices.items()
        if other != found
    )


def _one_error(word: str) -> Iterator[str]:
    """Yield the known words that one letter, one swap or one sound tells from ``word``, each once."""
    everyday, medicines = word_tables.everyday_words(), word_tables.medicines()
    seen = {word}
    for form in _forms(word):
        if (form in everyday or form in medicines) and form not in seen:
            seen.add(form)
            yield form


def _forms(word: str) -> Iterator[str]:
    """Yield what ``word`` becomes by one change; sounds first, for they are the likeliest."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    for left, right in cuts:
        for typed, meant in _SOUNDS:
            if right.startswith(typed):
                yield left + meant + right[len(typed) :]
            if typed and right.startswith(meant):
                yield left + typed + right[len(meant) :]
    for left, right in cuts:
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        if right:
            yield left + right[1:]
        for letter in _LETTERS:
            yield left + letter + right
            if right:
                yield left + letter + right[1:]


def _two_errors(word: str) -> Iterator[str]:
    """Yield known words with at most two errors that share the beginning or the ending of ``word``."""
    letters, lengths = frozenset(word), range(len(word) - 2, len(word) + 3)
    start, ending = word[:EDGE], word[-EDGE:]
    for shelf in (word_tables.everyday_in_order(), word_tables.medicines_in_order()):
        alike = [found for found in _beginning_with(word[0], shelf) if found.endswith(ending)]
        near = (
            found
            for found in dict.fromkeys((*_beginning_with(start, shelf), *alike))
            if len(found) in lengths and len(letters.symmetric_difference(found)) <= EDGE
        )
        yield from (found for found in near if distance(word, found, 2) == 2)


def _beginning_with(start: str, shelf: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a sorted ``shelf`` that begin with ``start``."""
    return shelf[bisect_left(shelf, start) : bisect_left(shelf, f"{start}~")]


def distance(left: str, right: str, limit: int) -> int:
    """Return the fewest letters to put in, take out, change or swap; above ``limit``: limit + 1."""
    left, right = _where_they_differ(left, right)
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for number, letter in enumerate(left, start=1):
        fresh = [number]
        for place, other in enumerate(right, start=1):
            least = min(row[place - 1] + (letter != other), row[place] + 1, fresh[place - 1] + 1)
            swapped = (
                number > 1 and place > 1 and letter == right[place - 2] and left[number - 2] == other
            )
            fresh.append(min(least, before[place - 2] + 1) if swapped else least)
        if min(fresh) > limit:
            return limit + 1
        before, row = row, fresh
    return min(row[-1], limit + 1)


def _where_they_differ(left: str, right: str, *, beside: int = 0) -> tuple[str, str]:
    """Return both words without what they begin and end with in common, but for letters ``beside``."""
    start, most = 0, min(len(left), len(right))
    while start < most and left[start] == right[start]:
        start += 1
    end = 0
    while end < most - start and left[-1 - end] == right[-1 - end]:
        end += 1
    start, end = max(0, start - beside), max(0, end - beside)
    return left[start : len(left) - end], right[start : len(right) - end]


def cost(typed: str, meant: str) -> float:
    """Return what it takes to type ``typed`` for ``meant``: the sum of what its errors cost."""
    first = FIRST if typed[:1] != meant[:1] else 0.0
    typed, meant = _where_they_differ(typed, meant, beside=1)
    rows = [[math.inf] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    rows[0][0] = 0.0
    for here, row in enumerate(rows):
        for there, spent in enumerate(row):
            if spent == math.inf:
                continue
            for taken, put, price in _steps(typed, here, meant, there):
                total = spent + price
                if total < rows[here + taken][there + put]:
                    rows[here + taken][there + put] = total
    return rows[-1][-1] + first


def _steps(typed: str, here: int, meant: str, there: int) -> Iterator[tuple[int, int, float]]:
    """Yield letters taken of ``typed`` and of ``meant`` from one place on, and what that costs."""
    one, two = typed[here : here + 1], meant[there : there + 1]
    if one and one == two:
        yield 1, 1, 0.0
        return
    if one and two:
        yield 1, 1, _change(one, two)
        if one == meant[there + 1 : there + 2] and two == typed[here + 1 : here + 2]:
            yield 2, 2, SWAP
    if one:
        yield 1, 0, _extra(one, typed[here - 1 : here], typed[here + 1 : here + 2], ADDED)
    if two:
        yield 0, 1, _extra(two, meant[there - 1 : there], meant[there + 1 : there + 2], LEFT_OUT)
    for heard, silent in _SOUNDS:
        if meant.startswith(silent, there) and typed.startswith(heard, here):
            yield len(heard), len(silent), HEARD
        if heard and typed.startswith(silent, here) and meant.startswith(heard, there):
            yield len(silent), len(heard), HEARD


def _change(one: str, two: str) -> float:
    vowels = (one in _VOWELS) + (two in _VOWELS)
    if vowels == 1:
        return OTHER_KIND
    if vowels == 2:
        return VOWEL
    return LEFT_OUT if any(one in group and two in group for group in _ALIKE) else CHANGED


def _extra(letter: str, before: str, after: str, price: float) -> float:
    if letter in (before, after, "h"):
        return SLIP
    return VOWEL if letter in _VOWELS else price
