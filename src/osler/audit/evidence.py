"""The sentences that the library holds on a claim, and which of them carry its figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from osler.audit.seek import Spoken
from osler.model.citation import Citation, cite
from osler.model.figure import Figure, Metric
from osler.model.passage import Passage
from osler.model.source import Source
from osler.text.drug_names import drugs_in
from osler.text.figures import same_value
from osler.text.people import Group, groups_in
from osler.verify.figures import figures_of
from osler.verify.spans import sentences_of
from osler.verify.wording import share

FINDINGS: Final = frozenset(
    {Metric.PERCENT, Metric.COUNT_OF, Metric.RATIO, Metric.DOSE, Metric.QUANTITY}
)
"""Kinds of figure that report what was found or given; ages, times and sizes say of whom and when."""

_NAMED_AFTER_AN_AGE: Final = re.compile(
    r"\bjuvenile idiopathic arthritis|\badult-onset|\bneonatal-onset", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of a source."""

    source: Source
    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The words."""
        return self.passage.text[self.start : self.end]

    @property
    def citation(self) -> Citation:
        """The sentence as a citation."""
        return cite(self.passage, self.start, self.end)

    @property
    def groups(self) -> frozenset[Group]:
        """Whom it speaks of, by its own words or its title."""
        return people_in(self.text) or people_in(self.source.title or "")


def people_in(text: str) -> frozenset[Group]:
    """Return whom ``text`` speaks of; a disease with an age in its name says nothing of whom."""
    return groups_in(_NAMED_AFTER_AN_AGE.sub(" ", text))


def sentences_said(spoken: Sequence[Spoken]) -> list[Said]:
    """Return every sentence of the sources found, in order."""
    return [
        Said(each.source, passage, start, end)
        for each in spoken
        for passage in each.passages
        for start, end in sentences_of(passage)
    ]


def carriers(figure: Figure, claim: str, said: Sequence[Said]) -> list[Said]:
    """Return the sentences that state ``figure`` and speak of a drug of ``claim``, the nearest first."""
    drugs = drugs_in(claim)
    stated = [
        each
        for each in said
        if any(same_value(figure, other) for other in figures_of(each.text))
        and (not drugs or drugs & drugs_in(f"{each.text} . {each.source.title or ''}"))
    ]
    return sorted(stated, key=lambda each: -share(claim, each.text))
