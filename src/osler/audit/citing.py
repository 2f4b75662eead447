"""How a text cites, looked at as a whole: what has no citation, and numbers that stand for too much."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from osler.audit.claims import Sentence
from osler.audit.findings import Finding, objection
from osler.model.verdict import Check

_BODY: Final = re.compile(
    r"\b(?:(?:American|European|British|International|National|World|Royal|Canadian|Australian"
    r"|French|German"
    r"|Japanese|North American)\s+(?:[A-Z][\w-]+\s+(?:of\s+|for\s+|and\s+|on\s+|the\s+)*){0,5}"
    r"(?:Society|College|Association|Alliance|Academy|Organi[sz]ation|League|Institute|Agency"
    r"|Consortium|Federation)"
    r"(?:\s+(?:of|for|against)\s+[A-Z]\w+(?:\s+and\s+(?:[A-Z]\w+\s+)?[A-Z]\w+)?)?"
    r"|(?:Histiocyte|Infectious Diseases|Endocrine)\s+Society"
    r"|(?<![A-Z/-])(?:ACR|EULAR|NICE|WHO|FDA|EMA|ASH|ASTCT|NHS England|CADTH|PReS|IDSA|ESMO|NCCN"
    r"|AHA|ACC|ESC|KDIGO|ADA)\b)"
)
_ENTRY_NUMBER: Final = re.compile(r"^\W*(\d{1,3})\b")
_IN_A_ROW: Final = 3
"""So many sentences in a row with one and the same number are no longer one thing said in full."""


def check_citing(sentences: Sequence[Sentence]) -> dict[int, list[Check]]:
    """Return what is wrong with the citations of each claim, by its number.

    A text that cites nothing at all is not told so at every sentence.
    """
    found: defaultdict[int, list[Check]] = defaultdict(list)
    claims = [sentence for sentence in sentences if sentence.is_claim]
    if not any(sentence.marks.any for sentence in claims):
        return found
    listed = _listed_numbers(sentences)
    for claim in claims:
        if not claim.marks.any:
            found[claim.n].append(
                objection(Finding.CITED, "the text cites, but this sentence cites nothing")
            )
        if len(claim.marks.numbers) + len(claim.marks.named) == 1:
            bodies = sorted({body.group() for body in _BODY.finditer(claim.judged)})
            if len(bodies) > 1:
                reason = f"one citation stands for {len(bodies)} bodies: {', '.join(bodies)}"
                found[claim.n].append(objection(Finding.ONE_NUMBER, reason))
        missing = [number for number in claim.marks.numbers if number not in listed]
        if missing:
            reason = f"the text lists no reference [{missing[0]}]"
            found[claim.n].append(objection(Finding.REFERENCE, reason))
    for number, run in _runs(claims):
        for claim in run:
            reason = f"{len(run)} sentences in a row cite [{number}] alone"
            found[claim.n].append(objection(Finding.SAME_NUMBER, reason))
    return found


def _listed_numbers(sentences: Sequence[Sentence]) -> frozenset[int]:
    """Return the numbers of the text's own list of references, printed or counted."""
    entries: Mapping[int, list[Sentence]] = _by_block(
        [s for s in sentences if s.why_not == "an entry of a list of references"]
    )
    numbers = set(range(1, len(entries) + 1))
    for held in entries.values():
        printed = _ENTRY_NUMBER.match(held[0].text)
        if printed:
            numbers.add(int(printed[1]))
    return frozenset(numbers)


def _by_block(sentences: Sequence[Sentence]) -> dict[int, list[Sentence]]:
    blocks: defaultdict[int, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        blocks[sentence.block].append(sentence)
    return blocks


def _runs(claims: Sequence[Sentence]) -> list[tuple[int, list[Sentence]]]:
    runs: list[tuple[int, list[Sentence]]] = []
    for claim in claims:
        alone = (
            claim.marks.numbers[0] if len(claim.marks.numbers) == 1 and not claim.marks.named else None
        )
        if alone is not None and runs and runs[-1][0] == alone:
            runs[-1][1].append(claim)
        else:
            runs.append((alone if alone is not None else -1, [claim]))
    return [(number, run) for number, run in runs if number >= 0 and len(run) >= _IN_A_ROW]
