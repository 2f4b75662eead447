"""Which words of a sentence belong to which of its figures or cues, by order and separators alone.

Reads ``83% with A and 50% with B`` as well as ``83% and 50% with A and B``; where the order does not
tell, nothing is bound. Knows no grammar.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from osler.text.normalise import STOP_WORDS, comparable, fold, words

_SEPARATOR: Final = re.compile(
    r"\b(?:as )?compared (?:with|to)\b|\b(?:vs|versus)\b\.?"
    r"|\b(?:and|than|or|but|whereas|while|against)\b|[;,](?!\d)"
)
_STOP: Final = re.compile(r";|\.\s")


class Mark(NamedTuple):
    """A figure or cue that words may belong to."""

    name: str
    start: int
    end: int


class _Word(NamedTuple):
    key: str
    start: int


def bind(text: str, marks: Sequence[Mark]) -> dict[str, frozenset[str]]:
    """Return for each mark's name the content words of ``text`` that belong to it."""
    ordered = sorted(marks, key=lambda mark: mark.start)
    if not ordered:
        return {}
    found = _words(text, ordered)
    cuts = [m.span() for m in _SEPARATOR.finditer(text) if not _is_inside(m.start(), ordered)]
    bound: defaultdict[str, set[str]] = defaultdict(set)
    taken: set[int] = set()
    for group in _groups(ordered, found, cuts):
        if len(group) > 1:
            taken.update(mark.start for mark in group)
            for mark, belonging in _respectively(text, group, ordered, found, cuts):
                bound[mark.name].update(belonging)
    for begin, end in _segments(len(text), cuts):
        held = [mark for mark in ordered if begin <= mark.start < end]
        if not held or any(mark.start in taken for mark in held):
            continue
        for word in found:
            if begin <= word.start < end:
                bound[_nearest(word, held, found).name].add(word.key)
    return {name: frozenset(belonging) for name, belonging in bound.items()}


def _words(text: str, marks: Sequence[Mark]) -> list[_Word]:
    found = []
    for word in words(text):
        folded = fold(word.text)
        if folded not in STOP_WORDS and not _is_inside(word.start, marks) and folded != "respectively":
            found.append(_Word(comparable(folded), word.start))
    return found


def _is_inside(offset: int, marks: Iterable[Mark]) -> bool:
    return any(mark.start <= offset < mark.end for mark in marks)


def _groups(
    marks: Sequence[Mark], found: Sequence[_Word], cuts: Sequence[tuple[int, int]]
) -> list[list[Mark]]:
    """Return runs of marks with a separator and no content word between them."""
    groups = [[marks[0]]]
    for mark in marks[1:]:
        last = groups[-1][-1]
        is_listed = any(last.end <= start < mark.start for start, _end in cuts)
        if not is_listed or any(last.end <= word.start < mark.start for word in found):
            groups.append([mark])
        else:
            groups[-1].append(mark)
    return groups


def _respectively(
    text: str,
    group: Sequence[Mark],
    marks: Sequence[Mark],
    found: Sequence[_Word],
    cuts: Sequence[tuple[int, int]],
) -> list[tuple[Mark, set[str]]]:
    """Bind the words of as many listed parts as the group has marks, in order."""
    before, after = group[0].start, group[-1].end
    stop = min(
        [m.start for m in marks if m.start >= after]
        + [m.start() for m in _STOP.finditer(text) if m.start() >= after]
        + [len(text)]
    )
    floor = max([m.end for m in marks if m.end <= before] + [0])
    for begin, end in ((after, stop), (floor, before)):
        parts = []
        for start, until in _segments(len(text), cuts):
            inside = {w.key for w in found if max(start, begin) <= w.start < min(until, end)}
            if inside:
                parts.append(inside)
        if len(parts) == len(group):
            return list(zip(group, parts, strict=True))
    return []


def _segments(length: int, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    edges = [0, *(end for _start, end in cuts)]
    ends = [*(start for start, _end in cuts), length]
    return list(zip(edges, ends, strict=True))


def _nearest(word: _Word, held: Sequence[Mark], found: Sequence[_Word]) -> Mark:
    def distance(mark: Mark) -> tuple[int, bool]:
        low, high = sorted((word.start, mark.start))
        between = sum(low < other.start < high for other in found)
        return between, mark.start > word.start

    return min(held, key=distance)
