"""Whether the figures of a statement are those of its evidence: value, range, unit, kind and place.

Nothing is converted: a figure in another unit is another figure here, even where arithmetic could show
it to be the same, for a reader who opens the source must find what is printed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

from osler.model.figure import Figure, Metric
from osler.model.verdict import Check
from osler.text.drug_names import is_drug
from osler.text.figures import canonical_unit, find_figures, same_value
from osler.text.lists import word_set
from osler.verify.binding import Mark, bind
from osler.verify.checks import CheckName, failed, passed, skipped
from osler.verify.restated import is_restated, refers_back

_LOST_POWER: Final = re.compile(r"[×x]\s?10\d{1,2}(?=\s?/)")
_OF_BEFORE: Final = re.compile(r"\d\s*(?:(?:out )?of(?: the)?|/)\s*$")
_OF_AFTER: Final = re.compile(r"\s*(?:(?:out )?of(?: the)?|/)\s*\d")
_LEVEL: Final = re.compile(r"(\d+(?:\.\d+)?)\s?%\s?-?(?:CI\b|C\.I\.|confidence|credible)", re.IGNORECASE)
_STAND_INS: Final = word_set(
    "placebo control sham standard usual vehicle untreated baseline men women child adult before after "
    "early late low high male female"
)


class Key(NamedTuple):
    """What two figures must have in common to be the same."""

    value: float
    high: float | None
    unit: str
    relation: str


@lru_cache(maxsize=2048)
def figures_of(text: str) -> tuple[Figure, ...]:
    """Return the figures of ``text``, in order."""
    return tuple(find_figures(text))


def key(figure: Figure) -> Key:
    """Return what identifies ``figure`` apart from its kind and place."""
    return Key(figure.value, figure.high, canonical_unit(figure.unit), figure.relation)


def is_rivalled(claim: str, evidence: str) -> bool:
    """Tell whether ``evidence`` gives one other figure in the place of one figure of ``claim``."""
    found = figures_of(evidence)
    for figure in figures_of(claim):
        if any(same_value(figure, other) for other in found):
            continue
        rivals = [f for f in found if f.metric is figure.metric and f.relation == figure.relation]
        return len({key(rival) for rival in rivals}) == 1
    return False


def check_figures(claim: str, evidence: str) -> Check:
    """Return whether each figure of ``claim`` stands in ``evidence``, beside the same words."""
    lost = _LOST_POWER.search(claim)
    if lost and lost.group() not in evidence:
        return failed(CheckName.FIGURES, f"{lost.group()!r} has lost the sign of its power of ten")
    stated = figures_of(claim)
    if not stated:
        return skipped(CheckName.FIGURES, "no figures")
    found = figures_of(evidence)
    for figure in stated:
        if refers_back(figure, claim):
            continue
        if not any(
            _is_stated(figure, other, claim) or is_restated(figure, other, claim, evidence, stated)
            for other in found
        ):
            return failed(CheckName.FIGURES, _why_absent(figure, claim, found, evidence))
    fault = _repeated(claim, evidence, stated, found) or _level_fault(claim, evidence)
    fault = fault or _misplaced(claim, _as_written(claim, stated, evidence, found), evidence, found)
    return failed(CheckName.FIGURES, fault) if fault else passed(CheckName.FIGURES)


def _is_stated(figure: Figure, other: Figure, claim: str) -> bool:
    """Tell whether ``other`` states ``figure``: the same, or a bare number that is its count or total.

    ``over 12 years`` may mean as long as or longer than; it is what a source may call ``more than 12``.
    """
    if same_value(figure, other):
        return True
    if figure.metric is Metric.NUMBER and other.metric is Metric.COUNT_OF and not figure.unit:
        is_part = _OF_BEFORE.search(claim[: figure.start]) or _OF_AFTER.match(claim, figure.end)
        return figure.high is None and not is_part and figure.value in {other.value, other.high}
    before = claim[: figure.end].lower()
    is_over = before[figure.start :].startswith("over ") or before[: figure.start].endswith("over ")
    return is_over and other.relation == ">" and same_value(replace(figure, relation=">"), other)


def _as_written(
    claim: str, stated: tuple[Figure, ...], evidence: str, found: tuple[Figure, ...]
) -> tuple[Figure, ...]:
    """Return the figures of ``claim`` with kind, unit and range as ``evidence`` writes them."""
    known = {key(other) for other in found}
    written = []
    for figure in stated:
        other = None
        if key(figure) not in known:
            other = next((o for o in found if is_restated(figure, o, claim, evidence, stated)), None)
        written.append(figure if other is None else replace(other, start=figure.start, end=figure.end))
    return tuple(written)


def _shown(figure: Figure, text: str) -> str:
    return text[figure.start : figure.end]


def _why_absent(figure: Figure, claim: str, found: tuple[Figure, ...], evidence: str) -> str:
    shown = _shown(figure, claim)
    same_value = [f for f in found if (f.value, f.high) == (figure.value, figure.high)]
    for other in same_value:
        if canonical_unit(other.unit) != canonical_unit(figure.unit):
            return f"the source gives {_shown(other, evidence)!r}, another unit than {shown!r}"
        if other.relation != figure.relation:
            return f"the source gives {_shown(other, evidence)!r}, not {shown!r}"
    if same_value:
        return f"{shown!r} is another kind of figure in the source ({same_value[0].metric.value})"
    turned = [
        f for f in found if f.high is not None and (f.high, f.value) == (figure.value, figure.high)
    ]
    if turned:
        return f"the source gives {_shown(turned[0], evidence)!r}; {shown!r} swaps its ends"
    return f"the figure {shown!r} is not in the cited words"


def _repeated(claim: str, evidence: str, stated: tuple[Figure, ...], found: tuple[Figure, ...]) -> str:
    """Say which figure stands more often in the statement than in the source, in another one's place."""
    for figure in stated:
        here = sum(same_value(figure, other) for other in stated)
        there = sum(
            _is_stated(figure, other, claim) or is_restated(figure, other, claim, evidence, stated)
            for other in found
        )
        if refers_back(figure, claim):
            continue
        if here > there and any(f.metric is figure.metric and not same_value(f, figure) for f in found):
            return f"the figure {_shown(figure, claim)!r} stands once too often"
    return ""


def _level_fault(claim: str, evidence: str) -> str:
    """Say when the level of an interval (``95% CI``) is another one."""
    theirs = set(_LEVEL.findall(evidence))
    wrong = next((level for level in _LEVEL.findall(claim) if level not in theirs), None)
    return f"the source gives no {wrong}% interval" if wrong else ""


def _misplaced(claim: str, stated: tuple[Figure, ...], evidence: str, found: tuple[Figure, ...]) -> str:
    """Say which figure stands beside other words in ``evidence`` than in ``claim``."""
    for figure in stated:
        rivals = [f for f in found if f.metric is figure.metric and key(f) != key(figure)]
        if not rivals:
            continue
        own = bind(claim, [_mark(f) for f in stated if f.metric is figure.metric])
        theirs = bind(evidence, [_mark(f) for f in found if f.metric is figure.metric])
        mine = own.get(str(key(figure)), frozenset())
        right = theirs.get(str(key(figure)), frozenset())
        for rival in rivals:
            if str(key(rival)) in own and _is_kept(str(key(rival)), own, theirs):
                continue
            wrong = theirs.get(str(key(rival)), frozenset())
            strays = frozenset(w for w in (mine & wrong) - right if not w.startswith("0."))
            kept = (mine & right) - wrong
            if strays and (not kept or (_arms(strays) and not _arms(kept))):
                return (
                    f"in the source {sorted(strays)[0]!r} stands with {_shown(rival, evidence)!r}, "
                    f"not with {_shown(figure, claim)!r}"
                )
    return ""


def _is_kept(name: str, own: dict[str, frozenset[str]], theirs: dict[str, frozenset[str]]) -> bool:
    """Tell whether the figure ``name`` stands in the claim with no other figure's words.

    Two figures have changed places only where both have words of another; one word that lies nearer to
    another figure in another order of the sentence is no change.
    """
    others = frozenset().union(*(words for other, words in theirs.items() if other != name))
    return not (own[name] & others) - theirs.get(name, frozenset())


def _arms(words: frozenset[str]) -> bool:
    """Tell whether one of ``words`` names an arm of a comparison: a drug, or what stands in for one."""
    return any(is_drug(word) or word in _STAND_INS for word in words)


def _mark(figure: Figure) -> Mark:
    return Mark(str(key(figure)), figure.start, figure.end)
