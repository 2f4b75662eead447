"""Whether a figure stands in the place that its evidence gives it, where a sentence holds several.

``Complete in 70%, partial in 24% and absent in 6%``: a claim that says ``absent in 70%`` has no figure
and no word that is not in the evidence, and is wrong. A name stands right before its figure or behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from osler.audit.evidence import Said
from osler.audit.findings import Finding, objection
from osler.model.figure import Figure
from osler.model.verdict import Check
from osler.text.figures import same_value
from osler.verify.figures import figures_of
from osler.verify.wording import holds, keys, tokens

_LABEL: Final = re.compile(r"\s?\w{0,12}\s?\((?P<words>[^()]+)\)")
_BREAK: Final = re.compile(r"[,;)]|\b(?:and|or|than|versus|vs)\b|\d")


def check_places(claim: str, best: Said | None) -> list[Check]:
    """Return the objection to a figure of ``claim`` that has the name or the place of another one."""
    if best is None:
        return []
    said = best.text
    fault = _misnamed(claim, said) or _mislabelled(claim, said) or _exchanged(claim, said)
    return [objection(Finding.PLACE, fault)] if fault else []


def _misnamed(claim: str, said: str) -> str:
    """Return which figure is given the name of another one that the claim leaves out, or nothing."""
    ours, stated = keys(claim), figures_of(claim)
    for figure in stated:
        listed = [f for f in figures_of(said) if f.metric is figure.metric]
        own = next((f for f in listed if same_value(f, figure)), None)
        called = _name_before(said, own) if own else ""
        if len(listed) < 2 or not called or holds(ours, called):
            continue
        for rival in listed:
            name = _name_before(said, rival)
            stands = any(same_value(rival, f) for f in stated)
            if name and not stands and holds(ours, name):
                shown, given = claim[figure.start : figure.end], said[rival.start : rival.end]
                return f"in the evidence {name!r} goes with {given!r}, not with {shown!r}"
    return ""


def _mislabelled(claim: str, said: str) -> str:
    """Return which figure is given the words in brackets behind another one, or nothing."""
    ours, labels = keys(claim), _labels(said)
    for figure in figures_of(claim):
        own = [words for other, words in labels if same_value(other, figure)]
        rivals = [words for other, words in labels if not same_value(other, figure)]
        if own and not own[0] & ours and any(words & ours for words in rivals):
            return f"in the evidence {claim[figure.start : figure.end]!r} is of something else"
    return ""


def _labels(text: str) -> list[tuple[Figure, frozenset[str]]]:
    """Return the figures of ``text`` that have words in brackets behind them, and these words."""
    found = []
    for figure in figures_of(text):
        label = _LABEL.match(text, figure.end)
        if label and not any(char.isdigit() for char in label["words"]):
            found.append((figure, keys(label["words"])))
    return found


def _name_before(text: str, figure: Figure) -> str:
    """Return the content word right before a figure, the name it has in a list, or nothing."""
    before = [token for token in tokens(text) if token.end <= figure.start]
    if not before or _BREAK.search(text[before[-1].end : figure.start]):
        return ""
    return before[-1].key


def _exchanged(claim: str, said: str) -> str:
    """Return which two figures have changed places, told by the words behind each, or nothing."""
    mine, theirs = figures_of(claim), figures_of(said)
    for one, other in combinations(mine, 2):
        if one.metric is not other.metric:
            continue
        first = next((f for f in theirs if same_value(f, one)), None)
        second = next((f for f in theirs if same_value(f, other)), None)
        if first is None or second is None or first == second:
            continue
        ours = _behind(claim, one, mine), _behind(claim, other, mine)
        evidence = _behind(said, first, theirs), _behind(said, second, theirs)
        straight = len(ours[0] & evidence[0]) + len(ours[1] & evidence[1])
        crossed = len(ours[0] & evidence[1]) and len(ours[1] & evidence[0])
        if crossed and len(ours[0] & evidence[1]) + len(ours[1] & evidence[0]) > straight:
            shown = claim[one.start : one.end], claim[other.start : other.end]
            return f"{shown[0]!r} and {shown[1]!r} have changed places"
    return ""


def _behind(text: str, figure: Figure, figures: Sequence[Figure]) -> frozenset[str]:
    """Return the content words between a figure and the next one."""
    following = min((f.start for f in figures if f.start >= figure.end), default=len(text))
    return frozenset(t.key for t in tokens(text) if figure.end <= t.start and t.end <= following)
