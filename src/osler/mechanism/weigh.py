"""A curated graph held against a library: each arrow keeps what verifies and says what does not.

Knows neither the store nor the judge: both are passed in. An arrow that is left with nothing for it is
``not found``, whatever its file says; one with words on both sides is contested.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from osler.mechanism.curated import Draft, DraftArrow, Quoted
from osler.model.citation import Citation, cite
from osler.model.mechanism import Arrow, Dropped, Evidence, Mechanism, Node, Origin, Side, Standing
from osler.model.passage import Passage
from osler.model.source import Source
from osler.model.verdict import Verdict

Judge = Callable[[Citation, Passage, Source, Sequence[Node]], Verdict]
"""What the judge finds on words that are to name certain nodes: both ends of an arrow, or only the far
end where the words are about another condition."""

ABSENT: Final = "its source is not in this library"
CHANGED: Final = "these words do not stand in the source as this library holds it"
FELL: Final = "what it rested on does not verify in this library"


class Shelf(Protocol):
    """Where sources are looked up."""

    def find(self, key: str) -> tuple[Source, Sequence[Passage]] | None:
        """Return the source called ``key`` with its current passages, or None."""
        ...


def weigh(draft: Draft, shelf: Shelf, judge: Judge) -> Mechanism:
    """Return the graph of ``draft`` as far as the library on ``shelf`` bears it out."""
    nodes = {node.key: node for node in draft.nodes}
    arrows = [
        _weigh_arrow(number, arrow, (nodes[arrow.source], nodes[arrow.target]), shelf, judge)
        for number, arrow in enumerate(draft.arrows, start=1)
    ]
    return Mechanism(
        drug=draft.head.drug,
        condition=draft.head.condition,
        title=draft.title,
        origin=Origin.CURATED,
        nodes=draft.nodes,
        arrows=tuple(arrows),
        remarks=draft.remarks,
    )


def is_borne_out(mechanism: Mechanism) -> bool:
    """Tell whether at least one arrow of ``mechanism`` rests on something."""
    return any(arrow.standing is not Standing.NOT_FOUND for arrow in mechanism.arrows)


def _weigh_arrow(
    number: int, draft: DraftArrow, ends: Sequence[Node], shelf: Shelf, judge: Judge
) -> Arrow:
    evidence: list[Evidence] = []
    dropped: list[Dropped] = []
    for quoted in draft.quoted:
        named = ends[1:] if quoted.side is Side.ELSEWHERE else ends
        found = _weigh_words(quoted, named, shelf, judge)
        if isinstance(found, Evidence):
            evidence.append(found)
        else:
            dropped.append(found)
    sides = {entry.side for entry in evidence}
    if Side.FOR not in sides:
        standing = Standing.NOT_FOUND
    else:
        standing = Standing.CONTESTED if Side.AGAINST in sides else Standing.SUPPORTED
    reason = (draft.reason or FELL) if standing is Standing.NOT_FOUND else ""
    return Arrow(
        number=number,
        source=draft.source,
        target=draft.target,
        kind=draft.kind,
        sign=draft.sign,
        words=draft.words,
        standing=standing,
        evidence=tuple(evidence),
        reason=reason,
        dropped=tuple(dropped),
    )


def _weigh_words(quoted: Quoted, ends: Sequence[Node], shelf: Shelf, judge: Judge) -> Evidence | Dropped:
    """Return the words as evidence where they stand and pass, else with the reason why not."""
    held = shelf.find(quoted.source)
    if held is None:
        return Dropped(quoted.quote, quoted.source, ABSENT)
    source, passages = held
    for passage in passages:
        start = passage.text.find(quoted.quote)
        if start < 0:
            continue
        citation = cite(passage, start, start + len(quoted.quote))
        verdict = judge(citation, passage, source, ends)
        if verdict.passed:
            return Evidence(quoted.side, citation, verdict)
        reasons = "; ".join(dict.fromkeys(check.reason for check in verdict.failures))
        return Dropped(quoted.quote, quoted.source, reasons)
    return Dropped(quoted.quote, quoted.source, CHANGED)
