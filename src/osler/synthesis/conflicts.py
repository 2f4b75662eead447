"""Where the sources of an answer differ: figures, advice and effects of the same thing, side by side.

A conflict has two sources at least. Each pair of statements is compared in what it says and in its
setting; pairs on the same thing with a difference besides stand together under what was read to differ,
pairs without one under ``not explained``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import NamedTuple

from osler.ids import sha256_text
from osler.model.citation import Citation
from osler.model.conflict import NOT_EXPLAINED, Conflict, Side
from osler.synthesis.effect_shapes import Effect
from osler.synthesis.effects import Finding, effects_of
from osler.synthesis.recommended import Advice, advice_in
from osler.synthesis.rival_figures import Told, basis_apart, differ, told_in
from osler.synthesis.setting import Apart, Setting, in_words, same_condition, told_apart
from osler.synthesis.subjects import mentions


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
    """Two statements, by their place, that differ on one thing, and what tells them apart.

    ``spans`` holds where in its quote each says it, or nothing where the whole quote does.
    """

    about: str
    one: int
    other: int
    apart: tuple[Apart, ...]
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What one statement says that can be compared, and the treatments that it names."""

    named: frozenset[str]
    figures: tuple[Told, ...]
    advice: tuple[str, Advice] | None
    effects: tuple[Finding, ...]


def find_conflicts(said: Sequence[Said], known: Mapping[str, str]) -> tuple[Conflict, ...]:
    """Return where the statements differ, in the order of the answer.

    Args:
        said: The statements on people, in order; each is compared in its quote.
        known: Spellings in lower case of what the question asks about, each with its name.
    """
    read = [_read(one.citation.quote, known) for one in said]
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


def _read(text: str, known: Mapping[str, str]) -> _Read:
    drugs = {spelling: name for spelling, name in known.items() if " " not in spelling}
    named = frozenset(mention.name for mention in mentions(text, known))
    return _Read(named, told_in(text, drugs), advice_in(text, known), effects_of(text, known))


def _conflict(about: str, differences: Sequence[_Difference], said: Sequence[Said]) -> Conflict:
    spans: dict[int, tuple[int, int] | None] = {}
    for each in differences:
        spans.update(zip((each.one, each.other), each.spans or (None, None), strict=True))
    return Conflict(
        about,
        in_words(apart for each in differences for apart in each.apart) or NOT_EXPLAINED,
        tuple(_side(said[place], spans[place]) for place in sorted(spans)),
    )


def _side(said: Said, span: tuple[int, int] | None) -> Side:
    """Return a side that cites the words that differ, where they are known."""
    citation = said.citation
    if span is not None:
        quote = citation.quote[slice(*span)]
        start = citation.start + span[0]
        citation = replace(
            citation, start=start, end=start + len(quote), quote=quote, sha256=sha256_text(quote)
        )
    return Side(said.statement, citation, said.setting.population)


def _differences(a: int, b: int, said: Sequence[Said], read: Sequence[_Read]) -> Iterator[_Difference]:
    """Yield what two statements say differently, effects of one treatment only once."""
    one, other = said[a].setting, said[b].setting
    for mine, theirs in product(read[a].figures, read[b].figures):
        alike = mine.metric == theirs.metric and (mine.names_drug or read[a].named == read[b].named)
        if alike and differ(mine, theirs):
            apart = told_apart(one, other, first=basis_apart(mine, theirs))
            yield _Difference(mine.metric, a, b, apart, (mine.span, theirs.span))
    ours, yours = read[a].advice, read[b].advice
    if ours and yours and ours[0] == yours[0] and ours[1] is not yours[1] and same_condition(one, other):
        yield _Difference(f"whether {ours[0]} is advised", a, b, told_apart(one, other, advice=True))
    for found, against in product(read[a].effects, read[b].effects):
        about = _disagree(found, against)
        if about:
            versus = Apart("comparator", found.versus, against.versus)
            yield _Difference(about, a, b, told_apart(one, other, first=[versus], effect=True))
            return


def _disagree(one: Finding, other: Finding) -> str:
    """Return on what two findings cannot both hold, or empty.

    ``It does not work`` is also held against an outcome that got better.
    """
    if one.subject != other.subject or not _opposed(one.effect, other.effect):
        return ""
    if one.outcome == other.outcome:
        return f"effect of {one.subject} on {one.shown}" if one.shown else f"whether {one.subject} works"
    general, special = (one, other) if not one.outcome else (other, one)
    denied = not general.outcome and general.effect is Effect.NONE and special.effect is Effect.BETTER
    return f"whether {one.subject} works" if denied else ""


def _opposed(one: Effect, other: Effect) -> bool:
    """Tell whether two effects cannot both hold; a rise and an improvement may be the same."""
    if one is other:
        return False
    kinds = {one, other} - {Effect.NONE}
    return len(kinds) == 1 or kinds in ({Effect.BETTER, Effect.WORSE}, {Effect.UP, Effect.DOWN})
