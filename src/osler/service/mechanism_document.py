"""A graph as the plain document of the public contract, its sources numbered as they are first cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from osler.mechanism.words import arrow_in_words, in_words, standing_in_words
from osler.model.citation import Citation
from osler.model.mechanism import Arrow, Evidence, Mechanism
from osler.model.passage import Passage
from osler.model.source import Source
from osler.service.mechanism_held import Choice
from osler.service.records import source_document

DISCLAIMER: Final = (
    "A map of what sources say, for people who can judge it. It recommends nothing, and an arrow that "
    "is not drawn proves nothing."
)


def choices_document(drug: str, condition: str | None, choices: Sequence[Choice]) -> dict[str, Any]:
    """Return the document that asks back which of ``choices`` is meant."""
    return {
        "asked": {"drug": drug, "condition": condition},
        "mechanism": None,
        "choices": [_choice(choice) for choice in choices],
    }


def mechanism_document(
    drug: str,
    condition: str | None,
    mechanism: Mechanism,
    passages: Mapping[str, tuple[Source, Passage]],
    others: Sequence[Choice],
) -> dict[str, Any]:
    """Return the document of ``mechanism``.

    Args:
        drug: As asked.
        condition: As asked.
        mechanism: The graph.
        passages: Source and passage of each passage id that it may cite.
        others: What else is held on the drug.
    """
    numbers: dict[str, int] = {}
    arrows = [_arrow(arrow, mechanism, numbers) for arrow in mechanism.arrows]
    records = {source.id: (source, passage) for source, passage in passages.values()}
    return {
        "asked": {"drug": drug, "condition": condition},
        "mechanism": {
            "drug": mechanism.drug,
            "condition": mechanism.condition,
            "title": mechanism.title,
            "origin": mechanism.origin.value,
            "nodes": [
                {
                    "key": node.key,
                    "name": node.name,
                    "kind": node.kind.value,
                    "identifier": node.identifier,
                }
                for node in mechanism.nodes
            ],
            "arrows": arrows,
            "remarks": list(mechanism.remarks),
            "words": in_words(mechanism),
            "records": [
                {
                    "id": record.id,
                    "text": record.text,
                    "references": list(record.references),
                    "comment": record.comment,
                }
                for record in mechanism.records
            ],
            "references": [
                {
                    "number": number,
                    "text_kind": records[source][1].text_kind.value,
                    **source_document(records[source][0]),
                }
                for source, number in numbers.items()
            ],
            "disclaimer": DISCLAIMER,
        },
        "choices": [_choice(choice) for choice in others],
    }


def _choice(choice: Choice) -> dict[str, Any]:
    return {
        "drug": choice.drug,
        "condition": choice.condition,
        "origin": choice.origin.value,
        "records": list(choice.records),
    }


def _arrow(arrow: Arrow, mechanism: Mechanism, numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "number": arrow.number,
        "from": arrow.source,
        "to": arrow.target,
        "kind": arrow.kind.value,
        "sign": arrow.sign.value,
        "words": arrow.words,
        "text": arrow_in_words(arrow, mechanism),
        "standing": arrow.standing.value,
        "standing_text": standing_in_words(arrow),
        "reason": arrow.reason,
        "evidence": [_evidence(entry, numbers) for entry in arrow.evidence],
        "dropped": [asdict(entry) for entry in arrow.dropped],
    }


def _evidence(entry: Evidence, numbers: dict[str, int]) -> dict[str, Any]:
    """Return words with where they stand; a source is numbered when it is first cited."""
    if isinstance(entry.citation, Citation):
        number = numbers.setdefault(entry.citation.source, len(numbers) + 1)
        citation, record = asdict(entry.citation), None
    else:
        number, citation, record = None, None, asdict(entry.citation)
    verdict = None
    if entry.verdict is not None:
        verdict = {
            "outcome": entry.verdict.outcome.value,
            "checks": [
                {"check": check.check, "outcome": check.outcome.value, "reason": check.reason}
                for check in entry.verdict.checks
            ],
        }
    return {
        "side": entry.side.value,
        "reference": number,
        "citation": citation,
        "record": record,
        "verdict": verdict,
    }
