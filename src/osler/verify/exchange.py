"""Words exchanged: one name, number word or turn of a sentence put in the place of another.

Compares order and neighbours only. Used to object, never to approve.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from osler.text.lists import word_set
from osler.text.names import key_word
from osler.text.normalise import STOP_WORDS, stem, words
from osler.text.polarity import hedges, negations
from osler.verify.signs import directions
from osler.verify.thesaurus import is_plain, says, synonyms
from osler.verify.wording import Token, is_same_root, keys, subject_tokens, tokens

NEARLY_VERBATIM: Final = 0.8
_NO_NOUN: Final = re.compile(
    r"(?:ed|ing|ly|es|ize|ise|al|ic|ous|ive|able|ible|ary|ier|est|less|ful|ant|ent)$", re.IGNORECASE
)
_BESIDE: Final = 3
"""How many content words away from a word of direction may stand what it speaks of."""
_DECISIVE_STOP_WORDS: Final = frozenset({"will", "only", "all", "most", "must", "should", "both"})
_REPORTING: Final = frozenset(
    stem(word)
    for word in word_set(
        """
        found find finds gave give gives given reported reports states stated says said say lists listed
        see sees come came belong belonged based base agree agreed was were
        name names named
        """
    )
)
"""Verbs that carry a finding and are none."""
_VERBAL: Final = re.compile(r"(?:ed|ing|ly|es|ize|ise)$")


def substituted(
    claim: str, evidence: str, *, strict: bool, opened: str = "", titled: str = ""
) -> tuple[str, str] | None:
    """Return a word of ``claim`` and the one that stands in its place in ``evidence``, or None.

    Two words stand in one place when each is missing on the other side and a neighbour is the same: the
    mark of a name that was exchanged. One same neighbour is enough for what is written as a name, and,
    when ``strict``, for every word that does not end like a verb. ``opened`` is the claim with its
    abbreviations spelt out: their words are not missing from it.
    """
    known, said = keys(f"{evidence} . {titled}"), keys(opened or claim)
    places: dict[tuple[int, str], str] = {}
    named = frozenset(subject_tokens(evidence))
    for word, left, right in _with_neighbours(evidence):
        if word in named and not says(said, word.key) and not is_plain(word.key):
            shown = evidence[word.start : word.end]
            places[-1, left] = shown
            places[1, right] = shown
    subjects = subject_tokens(claim)
    for word, left, right in _with_neighbours(claim):
        if word not in subjects or word.key in _REPORTING or is_plain(word.key) or says(known, word.key):
            continue
        before, after = places.get((-1, left)), places.get((1, right))
        shown = claim[word.start : word.end]
        is_capital = not shown.islower() and (word.start > 0 or _VERBAL.search(shown) is None)
        is_name = is_capital or (strict and _VERBAL.search(shown) is None)
        if (before and after) or ((before or after) and is_name):
            return shown, before or after or ""
    return None


def moved(claim: str, evidence: str, *, opened: str = "", titled: str = "") -> tuple[str, str] | None:
    """Return what rises, falls or stays in ``claim`` and what does so in its place in ``evidence``.

    Found where beside a word of direction each side names a thing that the other side does not: the mark
    of an outcome that was exchanged, however the sentence was turned.
    """
    ours = _beside_direction(claim, keys(f"{evidence} . {titled}"))
    theirs = _beside_direction(evidence, keys(opened or claim))
    return (ours[0], theirs[0]) if ours and theirs else None


def renamed(claim: str, evidence: str, *, opened: str = "", titled: str = "") -> tuple[str, str] | None:
    """Return a thing that only ``claim`` names and one that only ``evidence`` names, or None.

    Wherever they stand: a sentence turned round may leave the name that was exchanged no neighbour.
    """
    ours = _things(claim, keys(f"{evidence} . {titled}"))
    theirs = _things(evidence, keys(opened or claim))
    return (ours[0], theirs[0]) if ours and theirs else None


def _things(text: str, known: frozenset[str]) -> list[str]:
    """Return the words of ``text`` that have the form of a noun and are not ``known``."""
    return [
        text[word.start : word.end]
        for word in subject_tokens(text)
        if not is_plain(word.key)
        and not _NO_NOUN.search(text[word.start : word.end])
        and not says(known, word.key)
    ]


def _beside_direction(text: str, known: frozenset[str]) -> list[str]:
    """Return what ``text`` names beside a word of direction and ``known`` does not say."""
    cues = directions(text)
    found = tokens(text)
    places = [
        place
        for place, word in enumerate(found)
        if any(cue.start <= word.start < cue.end for cue in cues)
    ]
    subjects = frozenset(subject_tokens(text))
    listed = []
    for place, word in enumerate(found):
        shown = text[word.start : word.end]
        if word not in subjects or _VERBAL.search(shown) or is_plain(word.key) or says(known, word.key):
            continue
        if any(0 < abs(place - cue) <= _BESIDE for cue in places):
            listed.append(shown)
    return listed


def _with_neighbours(text: str) -> list[tuple[Token, str, str]]:
    found = tokens(text)
    edge = Token("", 0, 0)
    return [
        (word, before.key, after.key)
        for before, word, after in zip((edge, *found), found, (*found[1:], edge), strict=False)
    ]


def edited(claim: str, evidence: str) -> str:
    """Return what was changed in a nearly verbatim copy of ``evidence``, or an empty string.

    Inflection, spelling, function words, another word of the same direction and another hedge are no
    change. A sentence in its own words is not looked at here.
    """
    ours, theirs = _all_words(claim), _all_words(evidence)
    if min(len(ours), len(theirs)) < 4:
        return ""
    matcher = SequenceMatcher(None, theirs, ours, autojunk=False)
    if matcher.ratio() < NEARLY_VERBATIM:
        return ""
    for kind, low, high, first, last in matcher.get_opcodes():
        old, new = theirs[low:high], ours[first:last]
        if kind == "equal" or _is_moved(old, new, ours, theirs):
            continue
        old, new = _unmatched(old, ours, theirs), _unmatched(new, theirs, ours)
        if not _says_the_same(old, new, is_hedged=bool(hedges(claim))):
            said, stated = " ".join(old) or "nothing", " ".join(new) or "nothing"
            return f"the source says {said!r}, the statement {stated!r}"
    return ""


def _all_words(text: str) -> list[str]:
    return [key_word(word.text) for word in words(text)]


def _is_moved(old: Sequence[str], new: Sequence[str], ours: list[str], theirs: list[str]) -> bool:
    """Tell whether the words only stand elsewhere: none is lost, none is new, none counted otherwise."""
    changed = {*old, *new}
    return all(ours.count(word) == theirs.count(word) for word in changed)


def _unmatched(listed: Sequence[str], there: list[str], here: list[str]) -> list[str]:
    """Return the words of ``listed`` that the other text lacks; one that stands elsewhere has moved.

    A word that only reports (``found``, ``gave``) says nothing of its own and is left out.
    """
    return [word for word in listed if there.count(word) != here.count(word) and word not in _REPORTING]


def _says_the_same(old: Sequence[str], new: Sequence[str], *, is_hedged: bool) -> bool:
    """Tell whether a change is none; a statement with no hedge left is for the check of strength."""
    before, after = " ".join(old), " ".join(new)
    if {c.kind for c in directions(before)} != {c.kind for c in directions(after)}:
        return False
    if bool(negations(before)) != bool(negations(after)):
        return False
    if hedges(before) and not hedges(after) and is_hedged:
        return False
    heavy_old, heavy_new = _heavy(old), _heavy(new)
    if not heavy_new:
        return True
    if directions(after) or hedges(after) or negations(after):
        return len(heavy_new) <= 1
    return all(any(_is_alike(word, other) for other in heavy_old) for word in heavy_new)


def _is_alike(word: str, other: str) -> bool:
    return is_same_root(word, other) or word in synonyms(other)


def _heavy(listed: Sequence[str]) -> list[str]:
    return [word for word in listed if word not in STOP_WORDS or word in _DECISIVE_STOP_WORDS]
