"""Searching a sentence for many cues at once.

A cue set is one verbose regular expression: a list of alternatives. Each alternative needs certain words
("further" or "more", and "studies" or "trials", and "needed" or "required"), which are read off the
expression itself. A sentence looks its words up once; only alternatives whose words all stand in it are
tried, and each is compiled when first tried. The result is that of the plain expression, sooner.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from osler.text.lists import word_set

_KEY = 5
_WORD = re.compile(r"[a-z]+")
_COMMON = word_set(
    """
    is are was were be been being has have had the a an of to in for with by on at and or not this these
    that it we our its their from as also which who all both more no may can study studi trial patie
    treat group resul effec than after durin using used use data betwe other
    """
)
_UNUSABLE = 10_000
_PASSED = r"\\.|\[(?:\\.|[^\]])*\]"  # what is escaped, and classes: no structure in them
_BLANKS = re.compile(rf"({_PASSED})|\s+", re.DOTALL)
_BRACKETS = re.compile(rf"{_PASSED}|([()|])", re.DOTALL)

Keys = frozenset[str]


class Sentence(NamedTuple):
    """A sentence prepared for search: its text in lower case, and which needed words it holds."""

    text: str
    words: int


class CueTable:
    """Cue sets that are searched in the same sentences."""

    def __init__(self) -> None:
        self._sets: list[CueSet] = []
        self._groups: dict[Keys, int] = {}

    def add(self, source: str) -> CueSet:
        r"""Return a new cue set.

        Args:
            source: Verbose regular expression for lower-case text; alternatives at its top level, or
                inside one group that makes up all of it after a leading ``\b`` or ``^\W*``.
        """
        added = CueSet(source, self)
        self._sets.append(added)
        return added

    def prepare(self, text: str) -> Sentence:
        """Return ``text`` ready for search."""
        low, bits, words = text.lower(), self._bits, 0
        for word in _WORD.findall(low):
            words |= bits.get(word[:_KEY], 0)
        return Sentence(low, words)

    def bit(self, keys: Keys) -> int:
        """Return the bit that says "one of ``keys`` stands in the sentence"."""
        return self._groups.setdefault(keys, 1 << len(self._groups))

    @cached_property
    def _bits(self) -> dict[str, int]:
        bits: dict[str, int] = {}
        for listed in self._sets:
            _ = listed.alternatives  # read, so that the table knows the words of every set
        for group, bit in self._groups.items():
            for key in group:
                bits[key] = bits.get(key, 0) | bit
        return bits


class CueSet:
    """A set of cues, searched in a sentence that its table prepared."""

    def __init__(self, source: str, table: CueTable) -> None:
        self.source = source
        self._table = table
        self._compiled: dict[str, re.Pattern[str]] = {}

    @cached_property
    def alternatives(self) -> list[tuple[int, str]]:
        """The expressions of the set, each with the words it needs, which the table learns by it."""
        listed = []
        for part in _split_source(_compact(self.source)):
            needed = 0
            for group in _needs(part):
                needed |= self._table.bit(group)
            listed.append((needed, part))
        return listed

    def found_in(self, sentence: Sentence) -> bool:
        """Return whether any cue stands in ``sentence``."""
        text, words = sentence
        for needed, part in self.alternatives:
            if needed & words != needed:
                continue
            pattern = self._compiled.get(part)
            if pattern is None:
                pattern = self._compiled[part] = re.compile(part)
            # A search would try every position even of an expression that is tied to the start.
            find = pattern.match if part[0] == "^" else pattern.search
            if find(text):
                return True
        return False


def _compact(source: str) -> str:
    """Remove the white space of a verbose expression; escaped blanks stay."""
    return _BLANKS.sub(lambda found: found[1] or "", source)


def _split_source(source: str) -> list[str]:
    """Return the alternatives of ``source`` as expressions of their own."""
    parts = _split(source)
    if len(parts) > 1:
        return [inner for part in parts for inner in _split_source(part)] if len(parts) > 1 else parts
    found = re.match(r"^(\\b|\^\\W\*)\(\?:", source)
    if found:
        closed = _closing(source, found.end() - 3)
        rest = source[closed + 1 :]
        if rest in {"", "\\b"}:
            inside = _split(source[found.end() : closed])
            return [f"{found[1]}(?:{part}){rest}" for part in inside]
    return [source]


def _split(source: str) -> list[str]:
    if "|" not in source:
        return [source]
    parts, depth, begin = [], 0, 0
    for found in _BRACKETS.finditer(source):
        char = found[1]
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
        elif char == "|" and depth == 0:
            parts.append(source[begin : found.start()])
            begin = found.end()
    return [*parts, source[begin:]]


def _closing(source: str, opened: int) -> int:
    """Return where the group that opens at ``opened`` is closed."""
    depth = 0
    for found in _BRACKETS.finditer(source, opened):
        char = found[1]
        if char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return found.start()
    return len(source) - 1


# Elements of a sequence: an escape, a class, a group, a literal; each with its quantifier.
_ELEMENT = re.compile(r"\\.|\[(?:\\.|[^\]])*\]|\(|[a-z]+|.", re.DOTALL)
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})\??")
_EDGE = frozenset({"\\s", "\\b", "\\ ", "^", "$", "-", ",", ":", "\\W", "\\.", ".", ";", "/"})


def _needs(source: str) -> list[Keys]:
    """Return the groups of keys from each of which every match of ``source`` holds at least one.

    An expression made up of one group is opened; the words of a sequence are all needed.
    """
    right = False
    inner = re.match(r"^(?:\\b|\^\\W\*)\(\?:", source)
    if inner:
        closed = _closing(source, inner.end() - 3)
        if source[closed + 1 :] in {"", "\\b"}:
            right = source[closed + 1 :] == "\\b"
            source = source[inner.end() : closed]
    if len(_split(source)) > 1:
        cost, keys = _best(source, left=True, right=right)
        return [keys] if cost < _UNUSABLE else []
    return [keys for cost, keys in _options(source, left=True, right=right) if cost < _UNUSABLE]


def _best(source: str, *, left: bool, right: bool) -> tuple[int, Keys]:
    """Return the cheapest necessary keys of a sequence; ``left``/``right``: a word edge is outside."""
    total, found = 0, frozenset[str]()
    for part in _split(source):
        cost, keys = _best_of_sequence(part, left=left, right=right)
        total += cost
        if total >= _UNUSABLE:
            return _UNUSABLE, frozenset()
        found |= keys
    return total, found


def _best_of_sequence(source: str, *, left: bool, right: bool) -> tuple[int, Keys]:
    if source.isalpha():
        return _literal(source, None, left=left, right=right, beyond=False)
    options = _options(source, left=left, right=right)
    return min(options, key=lambda option: option[0], default=(_UNUSABLE, frozenset()))


def _options(source: str, *, left: bool, right: bool) -> list[tuple[int, Keys]]:
    """Return what each part of a sequence that cannot be absent offers as keys, with its cost."""
    elements = _elements(source)
    found: list[tuple[int, Keys]] = []
    for n, (text, optional) in enumerate(elements):
        before = left if n == 0 else _is_edge(elements[n - 1])
        after, beyond = (
            right if at == len(elements) else at < len(elements) and _is_edge(elements[at])
            for at in (n + 1, n + 2)
        )
        if optional:
            continue
        if text.startswith("(?:"):
            found.append(_best(text[3:-1], left=before, right=after))
        elif text[0].isalpha():
            ending = elements[n + 1] if n + 1 < len(elements) else None
            found.append(_literal(text, ending, left=before, right=after, beyond=beyond))
    return found


def _is_edge(element: tuple[str, bool]) -> bool:
    return element[0] in _EDGE and not element[1]


def _literal(
    text: str, ending: tuple[str, bool] | None, *, left: bool, right: bool, beyond: bool
) -> tuple[int, Keys]:
    """Return the key of a word; ``ending`` is what follows it, ``beyond``: a word edge is after that."""
    if not left:
        return _UNUSABLE, frozenset()
    if len(text) >= _KEY:
        key = text[:_KEY]
    elif right:
        key = text
    else:
        return _short(text, ending, right=beyond)
    return (100 if key in _COMMON else 1), frozenset({key})


def _short(text: str, ending: tuple[str, bool] | None, *, right: bool) -> tuple[int, Keys]:
    """A short word with endings: ``need(?:s|ed)?``, ``aim(?:s|ed)``, ``tests?``."""
    if ending is None or not ending[0].startswith("(?:"):
        return _UNUSABLE, frozenset()
    endings = _split(ending[0][3:-1])
    if not all(each.isalpha() for each in endings):
        return _UNUSABLE, frozenset()
    forms = [text + each for each in endings] + ([text] if ending[1] else [])
    if not right and min(map(len, forms)) < _KEY:
        return _UNUSABLE, frozenset()  # "show" would be sought where "shown" stands
    return 2 * len(forms), frozenset(form[:_KEY] for form in forms)


def _elements(source: str) -> list[tuple[str, bool]]:
    """Return the elements of a sequence and whether each may be absent."""
    found: list[tuple[str, bool]] = []
    at = 0
    while at < len(source):
        match = _ELEMENT.match(source, at)
        if match is None:
            break
        end = _closing(source, at) + 1 if match.group() == "(" else match.end()
        text = source[at:end]
        quantifier = _QUANTIFIER.match(source, end)
        optional = (
            quantifier is not None and quantifier.group()[0] in "?*{" and quantifier.group()[:2] != "{1"
        )
        if text.isalpha() and quantifier and len(text) > 1:
            found.append((text[:-1], False))
            text = text[-1]
        elif text.isalpha() and quantifier and not optional:
            text = "\\w"
        found.append((text, optional))
        at = quantifier.end() if quantifier else end
    return _merge_optional_letters(found)


def _merge_optional_letters(elements: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Turn ``trial`` + ``s?`` into ``trial`` + ``(?:s)?`` so that a short word keeps its ending."""
    return [
        (f"(?:{text})", optional) if optional and len(text) == 1 and text.isalpha() else (text, optional)
        for text, optional in elements
    ]
