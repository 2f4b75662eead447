"""Abbreviations and what they stand for, as the text itself defines them.

A. S. Schwartz, M. A. Hearst: A simple algorithm for identifying abbreviation definitions in biomedical
text. Pacific Symposium on Biocomputing 2003; 8: 451-462. Both orders are read: ``long form (SF)`` and
``SF (long form)``. Nothing is guessed from a list: an abbreviation that is not defined is not found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from osler.text.lists import word_set

_MAX_SHORT = 10
_PAREN = re.compile(r"[(\[]([^()\[\]]{2,200})[)\]]")
_BRACKETS = frozenset("()[]")
_LABELS = word_set(
    "study group arm phase trial table grade type day week month stage experiment case part time class"
)
_STOP = re.compile(r"[.;?!](?=\s)")
_LONGEST_WINDOW = 1000
_NEAR = 32
_SHORT_END = re.compile(r"[;,:=]\s|\s(?:or|and)\s")
_WORD_ENDS = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form and its definition; both spans are exact in the text searched."""

    short: str
    long: str
    short_start: int
    short_end: int
    long_start: int
    long_end: int


def find_abbreviations(text: str) -> list[Abbreviation]:
    """Return the abbreviations that ``text`` defines, in order of their parentheses."""
    if "(" not in text and "[" not in text:
        return []
    found: list[Abbreviation] = []
    for match in _PAREN.finditer(text):
        start, end = match.span(1)
        abbreviation = _from_parenthesis(text, start - 1, start, end)
        if abbreviation:
            found.append(abbreviation)
    return found


def _from_parenthesis(text: str, opened: int, start: int, end: int) -> Abbreviation | None:
    start, end = _trim(text, start, end)
    cut = _SHORT_END.search(text, start, end)
    short_end = _trim(text, start, cut.start())[1] if cut else end
    inside = text[start:short_end]
    if len(inside) > _MAX_SHORT or len(inside.split()) > 2:
        return _reversed(text, opened, start, short_end)
    if not _is_short(inside):
        return None
    long_start = best_long_form(inside, text, _window(text, opened, inside), opened)
    return None if long_start is None else _made(text, (start, short_end), (long_start, opened))


def _reversed(text: str, opened: int, start: int, end: int) -> Abbreviation | None:
    """``SF (long form)``: the short form is the one word before the parenthesis."""
    # Most words before a parenthesis have no capital; those need no closer look.
    near = text[max(0, opened - _NEAR) : opened].rsplit(None, 1)
    if near and near[-1].isascii() and near[-1].islower():
        return None
    before = opened
    while before > 0 and text[before - 1].isspace():
        before -= 1
    begin = before
    while begin > 0 and not text[begin - 1].isspace() and text[begin - 1] not in "([,;/":
        begin -= 1
    short = text[begin:before]
    if not (_is_short(short) and sum(map(str.isupper, short)) >= 2):
        return None
    long_start = best_long_form(short, text, start, end)
    if long_start != start:
        return None
    return _made(text, (begin, before), (long_start, end))


def _made(text: str, short: tuple[int, int], long: tuple[int, int]) -> Abbreviation | None:
    long = _trim(text, *long)
    while long[1] > long[0] and text[long[1] - 1] in ",;:":
        long = _trim(text, long[0], long[1] - 1)
    words = text[long[0] : long[1]]
    letters = text[short[0] : short[1]]
    # Schwartz and Hearst: longer than the short form, and not holding it as a word.
    if len(words) <= len(letters) or (letters in words and letters in _WORD_ENDS.split(words)):
        return None
    if len(words.split()) > _most_words(letters) or not _BRACKETS.isdisjoint(words):
        return None
    return Abbreviation(letters, words, short[0], short[1], long[0], long[1])


def _is_short(candidate: str) -> bool:
    """Two to ten characters, at most two words, a letter in it, a letter or digit in front."""
    if not 2 <= len(candidate) <= _MAX_SHORT or not candidate[0].isalnum():
        return False
    if not any(map(str.isalpha, candidate)):
        return False
    if " " in candidate and candidate.split()[0].lower() in _LABELS:
        return False  # "(study 1)", "(group T)"
    return any(map(str.isupper, candidate)) or any(map(str.isdigit, candidate))


def _most_words(short: str) -> int:
    """Most words of a long form: min(|A| + 5, |A| × 2)."""
    count = len(short) if short.isalnum() else sum(map(str.isalnum, short))
    return min(count + 5, count * 2)


def _window(text: str, opened: int, short: str) -> int:
    """Start of the stretch in which the long form may stand."""
    begin = max(0, opened - _LONGEST_WINDOW)
    most = _most_words(short)
    pieces = text[begin:opened].rsplit(None, most)
    if len(pieces) > most:
        begin += len(pieces[0])
    near = text[begin:opened]
    if "." in near or ";" in near or "?" in near or "!" in near:
        for stop in _STOP.finditer(text, begin, opened):
            begin = stop.end()
    return begin


def best_long_form(short: str, text: str, start: int, end: int) -> int | None:
    """Return where in ``text[start:end]`` the shortest stretch that spells ``short`` begins.

    Characters are matched from the right; the first one must stand at the start of a word.
    """
    plain = text[start:end]
    find = _spell_plainly if plain.isascii() and short.isascii() else _spell
    begin = find(short, plain)
    if begin is None:
        return None
    at = start + begin
    while at > start and not text[at - 1].isspace() and text[at - 1] not in "([/":
        at -= 1
    return at


def _spell_plainly(short: str, text: str) -> int | None:
    """Return what ``_spell`` returns, for ASCII, which can be put into lower case as a whole."""
    lowered = text.lower()
    at = len(lowered)
    for position in range(len(short) - 1, -1, -1):
        wanted = short[position].lower()
        if not wanted.isalnum():
            continue
        at = lowered.rfind(wanted, 0, at)
        while position == 0 and at > 0 and lowered[at - 1].isalnum():
            at = lowered.rfind(wanted, 0, at)
        if at < 0:
            return None
    return at


def _spell(short: str, text: str) -> int | None:
    """Return where in ``text`` the first character of ``short`` lies, matched from the right."""
    at = len(text) - 1
    for position in range(len(short) - 1, -1, -1):
        wanted = short[position].lower()
        if not wanted.isalnum():
            continue
        while at >= 0 and (
            text[at].lower() != wanted or (position == 0 and at > 0 and text[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return at + 1


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
