"""How many people were studied, read from an abstract: one number that is beyond doubt, or none.

Two different totals, a count per group, or patients beside controls give None: a wrong ``n`` beside a
citation does more harm than a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from osler.formats.wording import Wording

COUNTED: Final = frozenset(
    {
        "patients", "participants", "subjects", "volunteers", "adults", "children", "women", "men",
        "infants", "neonates", "adolescents", "individuals", "persons", "people", "students", "controls",
    }
)  # fmt: skip
"""The words for people whose number is looked for."""

_NOUNS: Final = {noun + mark: f" {noun}" for noun in COUNTED for mark in ("", *".,;:)")}
_NOUN_FORMS: Final = frozenset(_NOUNS)

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
_STATED: Final = re.compile(r"= ?(\d{1,3}(?:,\d{3})+|\d+)(?![\d.]|,\d)([^.;,)]{0,24})")
_EACH: Final = frozenset({"each", "per", "both", "every"})
_ENROLLED: Final = frozenset(
    {
        "enrolled", "included", "recruited", "randomized", "randomised", "assigned", "allocated",
        "studied", "analyzed", "analysed", "evaluated", "underwent", "participated", "investigated",
        "examined", "reviewed", "treated", "completed", "identified",
    }
)  # fmt: skip
_COLLECTED: Final = frozenset({"total", "sample", "cohort", "series", "group", "records", "data"})
_ENROLLING: Final = _ENROLLED - {"underwent", "participated", "completed"}
_FOLLOWING: Final = 12
_LOOK_BACK: Final = 90
_LOOK_AHEAD: Final = 120
# A number after one of these words is a grade or a date, not a count: "type 2 diabetic patients".
_NUMBERED: Final = frozenset(
    {
        "another", "additional", "further", "other", "remaining", "only", "to", "study",
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


def count_participants(wording: Wording) -> int | None:
    """Return the number of people studied, or None when the text leaves any doubt."""
    text = wording.text
    enrolled: set[int] = set()
    mentioned: list[int] = []
    words = wording.words() if wording.cues is None else wording.cues
    for noun in {_NOUNS[form] for form in _NOUN_FORMS.intersection(words)}:
        at = text.find(noun)
        while at >= 0:
            end = at + len(noun)
            # Most nouns follow "in", "of" or "the": no count, no closer look.
            if text[text.rfind(" ", 0, at) + 1 : at] not in _NOT_BETWEEN:
                _collect(text, at, end, enrolled, mentioned)
            at = text.find(noun, end)
    if "=" in text:
        _collect_stated(text, mentioned)
    if len(enrolled) == 1:
        (total,) = enrolled
        return total if total >= max(mentioned, default=0) else None
    if not enrolled and len(mentioned) == 1:
        return mentioned[0]
    return None


def _collect(text: str, at: int, end: int, enrolled: set[int], mentioned: list[int]) -> None:
    """Note the count that stands before the noun at ``at:end``, if there is one."""
    if text[end : end + 1].isalpha() or text[end : end + 1] == "-":
        return
    start = max(0, at - _LOOK_BACK)
    words = text[start:at].split()
    if start and words:
        words = words[1:]
    found = _number_before(words, len(words))
    if found is None:
        return
    value, first = found
    after = _rest_of_sentence(text[end : end + _LOOK_AHEAD])
    if value == 0 or not _EACH.isdisjoint(after[:3]):
        return
    mentioned.append(value)
    if not _ENROLLED.isdisjoint(after) or _is_introduced(words, first):
        enrolled.add(value)


def _rest_of_sentence(text: str) -> list[str]:
    """Return the next words as far as the sentence goes, without their punctuation."""
    rest: list[str] = []
    if text[:1] in ".;":
        return rest
    for word in text.split()[:_FOLLOWING]:
        rest.append(word.strip("(),:.;"))
        if word[-1] in ".;":
            break
    return rest


def _is_introduced(words: list[str], first: int) -> bool:
    """Tell whether the words before a count say that it is the number studied: "a total of"."""
    before = [word.strip("(),:").lower() for word in words[max(0, first - 3) : first]]
    if before and before[-1] == "the":
        before.pop()
    if not before:
        return False
    if before[-1] in {"of", "from", "on"}:
        return len(before) > 1 and before[-2] in _COLLECTED
    return before[-1] in _ENROLLING or before[-1] in {"comprised", "comprising"}


def _collect_stated(text: str, mentioned: list[int]) -> None:
    """Note the counts written as "n = 21", unless they are counts for each group."""
    at = text.find("=")
    while at >= 0:
        letter = at - 2 if text[at - 1 : at] == " " else at - 1
        if letter >= 0 and text[letter] in "nN" and not text[max(0, letter - 1) : letter].isalnum():
            found = _STATED.match(text, at)
            if found and _EACH.isdisjoint(found[2].split()) and int(found[1].replace(",", "")):
                mentioned.append(_plain(found[1]))
        at = text.find("=", at + 1)


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
