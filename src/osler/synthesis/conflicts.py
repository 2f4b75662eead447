"""Where the sources of an answer differ: figures, advice and effects of the same thing, side by side.

A conflict has two sources at least. Each pair of statements is compared in what it says and in its
setting; pairs on the same thing with a difference besides stand together under what was read to differ,
pairs without one under ``not explained``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from osler.model.citation import Citation
from osler.model.conflict import NOT_EXPLAINED, Conflict, Side
from osler.synthesis.effects import Effect, Finding, effects_of
from osler.synthesis.recommended import Advice, advice_in
from osler.synthesis.rival_figures import Told, basis_apart, differ, told_in
from osler.synthesis.setting import Setting, told_apart


@dataclass(frozen=True, slots=True)
class Said:
    """A statement of an answer as it is compared.

    Attributes:
        statement: ``st_…``.
        citation: The words it rests on.
        setting: Whom it is about, and the like.
    """

    statement: str
    citation: Citation
    setting: Setting


class _Difference(NamedTuple):
    """Two statements, by their place, that differ on one thing, and what tells them apart."""

    about: str
    one: int
    other: int
    apart: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """What one statement says that can be compared."""

    figures: tuple[Told, ...]
    advice: tuple[str, Advice] | None
    effects: tuple[Finding, ...]


def find_conflicts(said: Sequence[Said], known: Mapping[str, str]) -> tuple[Conflict, ...]:
    """Return where the statements differ, in the order of the answer.

    Args:
        said: The statements on people, in order; each is compared in its quote.
        known: Spellings in lower case of what the question asks about, each with its name.
    """
    drugs = {spelling: name for spelling, name in known.items() if " " not in spelling}
    read = [
        _Read(told_in(one.citation.quote, drugs), advice_in(one.citation.quote, known), effects_of(one.citation.quote, known))
        for one in said
    ]
    differences = [
        difference
        for a, b in combinations(range(len(said)), 2)
        if said[a].citation.source != said[b].citation.source
        for difference in _differences(a, b, said, read)
    ]
    grouped: dict[tuple[str, bool], list[_Difference]] = {}
    for one in differences:
        grouped.setdefault((one.about, bool(one.apart)), []).append(one)
    return tuple(_conflict(about, listed, said) for (about, _), listed in grouped.items())


def _conflict(about: str, differences: Sequence[_Difference], said: Sequence[Said]) -> Conflict:
    places = sorted({place for one in differences for place in (one.one, one.other)})
    apart = dict.fromkeys(words for one in differences for words in one.apart)
    sides = tuple(
        Side(said[place].statement, said[place].citation, said[place].setting.population) for place in places
    )
    return Conflict(about, "; ".join(apart) or NOT_EXPLAINED, sides)


def _differences(a: int, b: int, said: Sequence[Said], read: Sequence[_Read]) -> Iterator[_Difference]:
    one, other = said[a].setting, said[b].setting
    for mine in read[a].figures:
        for theirs in read[b].figures:
            if mine.metric == theirs.metric and differ(mine, theirs):
                apart = [*basis_apart(mine, theirs), *told_apart(one, other)]
                yield _Difference(mine.metric, a, b, tuple(apart))
    if read[a].advice and read[b].advice:
        yield from _advice(a, b, said, read)
    for mine_, theirs_ in ((m, t) for m in read[a].effects for t in read[b].effects):
        if mine_.subject == theirs_.subject and mine_.outcome == theirs_.outcome and _opposed(mine_, theirs_):
            apart = told_apart(one, other, effect=True)
            if mine_.versus != theirs_.versus and not mine_.versus & theirs_.versus:
                apart = [f"comparator ({_named(mine_)} against {_named(theirs_)})", *apart]
            yield _Difference(f"effect of {mine_.subject} on {mine_.shown}", a, b, tuple(apart))
            return


def _advice(a: int, b: int, said: Sequence[Said], read: Sequence[_Read]) -> Iterator[_Difference]:
    mine, theirs = read[a].advice, read[b].advice
    if mine is None or theirs is None or mine[0] != theirs[0] or mine[1] is theirs[1]:
        return
    one, other = said[a].setting, said[b].setting
    if one.condition and other.condition and one.condition != other.condition:
        return
    yield _Difference(f"whether {mine[0]} is advised", a, b, tuple(told_apart(one, other, advice=True)))


def _named(finding: Finding) -> str:
    return " ".join(sorted(finding.versus)) or "not stated"


_VALUED = frozenset({Effect.BETTER, Effect.WORSE})


def _opposed(mine: Finding, theirs: Finding) -> bool:
    if mine.effect is theirs.effect:
        return False
    kinds = {mine.effect, theirs.effect} - {Effect.NONE}
    return len(kinds) == 1 or kinds == _VALUED or kinds == {Effect.UP, Effect.DOWN}
