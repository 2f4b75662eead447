"""How many people were studied, read from an abstract: one number that is beyond doubt, or none.

Two different totals, a count per group, or patients beside controls give None: a wrong ``n`` beside a
citation does more harm than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from osler.model.passage import Role
from osler.model.record import Block

_PEOPLE: Final = frozenset(
    {
        "patients", "participants", "subjects", "volunteers", "adults", "children", "women", "men",
        "infants", "neonates", "adolescents", "individuals", "persons", "people", "students", "controls",
    }
)  # fmt: skip
_NOUNS: Final = frozenset(noun + mark for noun in _PEOPLE for mark in ("", ",", ".", ";", ":", ")"))
_STUDIED: Final = (Role.METHODS, Role.RESULTS, Role.UNLABELLED)

_UNITS: Final = {
    word: value
    for value, word in enumerate(
        (
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        )
    )
}
_TENS: Final = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2
    )
}
_DIGITS: Final = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_N_EQUALS: Final = re.compile(r"(?<![\w.])[nN] ?= ?(\d{1,3}(?:,\d{3})+|\d+)(?![\d.]|,\d)([^.;,)]{0,24})")
_ENROLLED_AFTER: Final = re.compile(
    r"(?:\s*\([^)]*\))?(?: with [^.;]{1,80}?| from [^.;]{1,60}?| who [^.;]{1,80}?|)"
    r"\s*(?:,[^.;]{1,60},)?\s*(?:were|was|have been|had been)?\s*(?:prospectively |retrospectively |"
    r"randomly |"
    r"consecutively |finally |successfully |then |also )*"
    r"(?:enrolled|included|recruited|randomi[sz]ed|assigned|allocated|studied|analy[sz]ed|evaluated|"
    r"underwent|participated|investigated|examined|reviewed|treated|completed the study|identified)\b"
)
_ENROLLED_BEFORE: Final = re.compile(
    r"(?:total of|sample of|cohort of|series of|group of|included|enrolled|recruited|randomi[sz]ed|"
    r"studied|analy[sz]ed|evaluated|comprised|comprising|consisted of|examined|investigated|reviewed)"
    r"(?: the)?(?: records of| data from| data of)?$",
    re.IGNORECASE,
)
_EACH: Final = re.compile(r"^[^.;]{0,30}?\b(?:each|per|both|every)\b")
# A number after one of these words is a grade or a date, not a count: "type 2 diabetic patients".
_NUMBERED: Final = frozenset(
    {
        "type", "phase", "grade", "stage", "group", "class", "level", "day", "week", "month",
        "year", "aged", "age", "arm", "cohort", "step", "table", "figure", "versus", "vs", "than",
        "median", "mean", "score", "least", "most", "over", "under", "about",
    }
)  # fmt: skip
_NOT_BETWEEN: Final = frozenset(
    {
        "of", "years", "year", "months", "weeks", "days", "hours", "mg", "kg", "ml", "and", "or",
        "in", "with", "to", "the", "for", "by", "at", "from", "on", "were", "was", "%", "versus",
        "vs", "groups", "group", "arms", "sites", "centers", "centres", "hospitals", "studies",
        "trials", "countries", "times",
    }
)  # fmt: skip
_MOST_WORDS: Final = 5


def count_participants(
    blocks: Sequence[Block], words: Sequence[Sequence[str]] | None = None
) -> int | None:
    """Return the number of people studied, or None when the text leaves any doubt.

    Args:
        blocks: The text.
        words: Each block split at white space, if that is done already.
    """
    enrolled: set[int] = set()
    mentioned: list[int] = []
    for block, split in zip(blocks, words or [block.text.split() for block in blocks], strict=True):
        if block.role not in _STUDIED:
            continue
        for noun in _NOUNS.intersection(split):
            _collect(noun, split, enrolled, mentioned)
        text = block.text
        if "=" in text and ("n =" in text or "n=" in text or "N =" in text or "N=" in text):
            counts = _N_EQUALS.finditer(text)
            mentioned.extend(_plain(found[1]) for found in counts if not _EACH.match(found[2]))
    if len(enrolled) == 1:
        (total,) = enrolled
        return total if total >= max(mentioned, default=0) else None
    if not enrolled and len(mentioned) == 1:
        return mentioned[0]
    return None


def _collect(noun: str, words: Sequence[str], enrolled: set[int], mentioned: list[int]) -> None:
    """Note the counts that stand before each place where ``noun`` stands."""
    at = -1
    for _ in range(words.count(noun)):
        at = words.index(noun, at + 1)
        found = _number_before(words, at)
        if found is None:
            continue
        value, first = found
        after = noun[len(noun.rstrip(",.;:)")) :] + " " + " ".join(words[at + 1 : at + 16])
        if value == 0 or _EACH.match(after):
            continue
        mentioned.append(value)
        before = " ".join(words[max(0, first - 4) : first])
        if _ENROLLED_AFTER.match(after) or _ENROLLED_BEFORE.search(before):
            enrolled.add(value)


def _number_before(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return the count that ends before word ``at``, adjectives allowed, and where the count begins."""
    for position in range(at - 1, max(-1, at - 1 - _MOST_WORDS), -1):
        word = words[position]
        if word in _NOT_BETWEEN or word[-1] in ".;:,)":
            return None
        stripped = word.lstrip("(")
        if stripped[:1].isdigit():
            return _counted(stripped, words, position)
        if _word_value(stripped) is not None:
            return _spelled(words, position)
    return None


def _counted(word: str, words: Sequence[str], position: int) -> tuple[int, int] | None:
    if not _DIGITS.fullmatch(word):
        return None
    value = _plain(word)
    previous = words[position - 1].lower() if position else ""
    if previous in _NUMBERED or previous[-1:].isdigit():
        return None
    # A bare 1950 to 2035 is more often a year ("in 2015 patients were") than a count.
    if 1950 <= value <= 2035 and "," not in word and previous != "of":
        return None
    return value, position


def _spelled(words: Sequence[str], last: int) -> tuple[int, int] | None:
    first = last
    while first > 0 and _is_number_word(words[first - 1].lstrip("(")):
        first -= 1
    if words[first].lower() == "and":
        first += 1
    total = group = 0
    for word in words[first : last + 1]:
        folded = word.lstrip("(").lower()
        if folded == "hundred":
            group = (group or 1) * 100
        elif folded == "thousand":
            total, group = total + (group or 1) * 1000, 0
        elif folded != "and":
            group += _word_value(folded) or 0
    previous = words[first - 1].lower() if first else ""
    if previous in _NUMBERED or previous[-1:].isdigit():
        return None
    # "one" and "two" are articles and pairs more often than totals.
    value = total + group
    return (value, first) if value > 2 else None


def _is_number_word(word: str) -> bool:
    return word.lower() in {"and"} or _word_value(word) is not None


def _word_value(word: str) -> int | None:
    folded = word.lower()
    if folded in _UNITS:
        return _UNITS[folded]
    if folded in _TENS:
        return _TENS[folded]
    if folded in {"hundred", "thousand"}:
        return 0
    tens, hyphen, unit = folded.partition("-")
    if hyphen and tens in _TENS and unit in _UNITS:
        return _TENS[tens] + _UNITS[unit]
    return None


def _plain(digits: str) -> int:
    return int(digits.replace(",", ""))
