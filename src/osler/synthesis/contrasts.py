"""Contrasts: two arms with the figure of each, and ratios of one arm to another.

A figure is read only where the sentence has one of a few plain forms ("OUTCOME was V in the A group and
V in the B group", see ``contrast_forms``), so that outcome, arm and comparator are bound by the form and
not by nearness. A sentence of any other form gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from osler.model.figure import Metric
from osler.synthesis.arms import arm_of, is_control, names_people
from osler.synthesis.cells import CELL, Cell, Template, template_of
from osler.synthesis.contrast_forms import (
    ARMS_BEFORE,
    ARMS_BEHIND,
    CLAUSE,
    COMPARING,
    DOWN,
    INTRODUCED,
    LABEL,
    NAMED_RATIO,
    NOT_SEEN,
    OF_TREATMENTS,
    PAIRS,
    RATIO_BESIDE,
    RATIOS,
    SHARED_NOUNS,
    THIRD,
    UP,
)


@dataclass(frozen=True, slots=True)
class Contrast:
    """What a sentence compares in one form.

    Attributes:
        outcome: What was measured, in the words of the sentence.
        arm: The group that the first cell belongs to; of a ratio the numerator.
        comparator: The other group.
        cells: The cell of the arm and that of the comparator; of a ratio the one cell.
        kind: How a ratio was worked out (``adjusted``), or empty.
        intro: What stands before the clause and may name time or people, or empty.
        start: Where the form begins in the template.
        end: Where it ends.
    """

    outcome: str
    arm: str
    comparator: str
    cells: tuple[Cell, ...]
    kind: str
    intro: str
    start: int
    end: int


def contrasts_in(text: str, is_drug: Callable[[str], bool]) -> tuple[Template, list[Contrast]] | None:
    """Return the template of ``text`` and the contrasts read from it, or None where there are none.

    Args:
        text: Cited words of one source.
        is_drug: Tells whether a word names a drug.
    """
    template = template_of(text)
    if template is None or NOT_SEEN.search(text):
        return None
    reader = _Reader(template, text, is_drug)
    found = [*reader.pairs(), *reader.ratios()]
    return (template, found) if found else None


class _Reader:
    """Holds what the reading of one sentence needs."""

    def __init__(self, template: Template, text: str, is_drug: Callable[[str], bool]) -> None:
        self.template = template
        self.printed = text
        self.is_drug = is_drug
        label = LABEL.match(template.text)
        first = label.end() if label else 0
        ends = (found.end() for found in CLAUSE.finditer(template.text))
        self.starts = [first, *(end for end in ends if end > first)]

    def pairs(self) -> Iterator[Contrast]:
        """Yield the contrasts of two values, each with the ratio that is printed beside it."""
        covered = 0
        for start in self.starts:
            if start < covered:
                continue
            for form in PAIRS:
                found = form.match(self.template.text, start)
                pair = found and self._pair(found)
                if not found or not pair:
                    continue
                yield pair
                covered = found.end()
                beside = RATIO_BESIDE.match(self.template.text, found.end())
                if beside:
                    yield from self._beside(pair, self.template.cells[beside["r"]], beside["kind"] or "")
                break

    def _pair(self, found: re.Match[str]) -> Contrast | None:
        arms = self._arms(found)
        if arms is None or THIRD.match(self.template.text, found.end()):
            return None
        how = found.groupdict().get("how")
        if how is not None and (
            not COMPARING.search(found[0][: found.end("how") - found.start()])
            or OF_TREATMENTS.search(how)
        ):
            return None
        one, other = (self.template.cells[found[name]] for name in ("v1", "v2"))
        groups = found.groupdict()
        outcome = groups.get("outcome") or f"patients who {groups['predicate']}"
        if found["average"] and found["average"].lower() not in outcome.lower():
            outcome = f"{found['average'].lower()} {outcome}"
        arm, comparator = arms
        if is_control(arm) and not is_control(comparator):
            arm, comparator, one, other = comparator, arm, other, one
        intro = self._restored(found["intro"] or "")
        return Contrast(outcome, arm, comparator, (one, other), "", intro, found.start(), found.end())

    def _beside(self, pair: Contrast, ratio: Cell, kind: str) -> Iterator[Contrast]:
        """Yield the ratio printed with two values, where it goes the way that they go."""
        one, other = (cell.figure for cell in pair.cells)
        lasting = one.metric is Metric.DURATION or "surviv" in pair.outcome.lower()
        inverse = lasting and ratio.figure.unit in {"hr", "ahr"}
        falls = one.value < other.value
        if one.value == other.value or (ratio.figure.value < 1) != (falls != inverse):
            return
        named = NAMED_RATIO.search(self._words(ratio))
        outcome = named["outcome"] if named else pair.outcome
        yield Contrast(
            outcome, pair.arm, pair.comparator, (ratio,), kind, pair.intro, pair.start, pair.end
        )

    def ratios(self) -> Iterator[Contrast]:
        """Yield the ratios whose arms and outcome the clause or the ratio itself names."""
        for start in self.starts:
            for form in (*RATIOS, None):
                found = (
                    form.match(self.template.text, start)
                    if form
                    else ARMS_BEFORE.search(self.template.text, start)
                )
                one = found and self._ratio(found)
                if one:
                    yield one
                    break
        for letter, cell in self.template.cells.items():
            if cell.figure.metric is not Metric.RATIO:
                continue
            named = NAMED_RATIO.search(self._words(cell))
            behind = ARMS_BEHIND.match(self.template.text, self.template.text.index(letter))
            if named and (behind or named["a1"]):
                arms = self._arms(behind or named)
                at = self.template.text.index(letter)
                if arms and not is_control(arms[0]):
                    yield Contrast(named["outcome"], *arms, (cell,), "", self._intro(at), at, at + 1)

    def _ratio(self, found: re.Match[str]) -> Contrast | None:
        cell = self.template.cells[found["r"]]
        named = NAMED_RATIO.search(self._words(cell))
        groups = found.groupdict()
        outcome = named["outcome"] if named else groups.get("outcome")
        arms = self._arms(found)
        if arms is None or is_control(arms[0]) or not outcome:
            return None
        words = found.group()
        lasting = "surviv" in words.lower() and cell.figure.unit in {"hr", "ahr"}
        down, up = (UP, DOWN) if lasting else (DOWN, UP)
        if (down.search(words) and cell.figure.value > 1) or (
            up.search(words) and cell.figure.value < 1
        ):
            return None
        intro = (
            self._restored(groups["intro"] or "") if "intro" in groups else self._intro(found.start())
        )
        return Contrast(outcome, *arms, (cell,), groups["kind"] or "", intro, found.start(), found.end())

    def _arms(self, found: re.Match[str]) -> tuple[str, str] | None:
        groups = found.groupdict()
        printed = groups["a1"] or "", groups["a2"] or ""
        one, other = self._shared(*printed)
        if not one or not other:
            one, other = (arm_of(words, self.is_drug) for words in printed)
        return (one, other) if one and other and one.lower() != other.lower() else None

    def _shared(self, one: str, other: str) -> tuple[str, str]:
        """Return two arms that share their last word: ``the early and late surgery groups``."""
        lead = re.fullmatch(r"(?:the\s)?(group|arm)s?\s([A-Z0-9]\w{0,3})", one, re.IGNORECASE)
        if lead and re.fullmatch(r"[A-Z0-9]\w{0,3}", other):
            return f"{lead[1].lower()} {lead[2]}", f"{lead[1].lower()} {other}"
        last = other.split()[-1] if other.split() else ""
        noun = SHARED_NOUNS.get(last.lower())
        if noun is None or names_people(one):
            return "", ""
        named = [
            arm_of(f"{words} {noun}", self.is_drug) for words in (one, " ".join(other.split()[:-1]))
        ]
        return named[0], named[1]

    def _intro(self, at: int) -> str:
        """Return what introduces the clause that ``at`` stands in."""
        start = max(start for start in self.starts if start <= max(at, self.starts[0]))
        found = INTRODUCED.match(self.template.text, start)
        return self._restored(found["intro"] or "") if found and found.end() <= at else ""

    def _restored(self, words: str) -> str:
        """Return words of the template as they are printed."""
        cells = self.template.cells
        return re.sub(
            CELL,
            lambda found: self.printed[cells[found.group()].start : cells[found.group()].end],
            words,
        )

    def _words(self, cell: Cell) -> str:
        return self.printed[cell.figure.start : cell.figure.end]
