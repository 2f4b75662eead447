"""A graph made of the records of DrugMechDB for one drug and one disease, as they are.

Nothing is added and nothing left out: every link of every record is an arrow whose citation is the link
as the record's text has it. No passage of the library has been read for it, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from osler.ids import sha256_text
from osler.mechanism.naming import name_key
from osler.mechanism.record import Link, Record, RecordNode
from osler.mechanism.relations import node_kind, relation_of
from osler.model.mechanism import (
    Arrow,
    Evidence,
    HeldRecord,
    Mechanism,
    Node,
    Origin,
    RecordCitation,
    Side,
    Standing,
)

REMARK: Final = (
    "The path is the record's own, with the references that the record gives; neither has been judged "
    "against passages in this library."
)


def drug_names(record: Record) -> frozenset[str]:
    """Return the compared forms of every name and identifier that the record gives its drug."""
    return _names(record.drug, record.drug_ids, record.nodes)


def disease_names(record: Record) -> frozenset[str]:
    """Return the compared forms of every name and identifier that the record gives its disease."""
    return _names(record.disease, record.disease_ids, record.nodes)


def _names(name: str, ids: Sequence[str], nodes: Sequence[RecordNode]) -> frozenset[str]:
    found = {name, *ids, *(value.partition(":")[2] for value in ids)}
    for node in nodes:
        if node.id in ids or node.id.partition(":")[2] in ids:
            found |= {node.name, *node.alt_names, *node.alt_ids}
    return frozenset(key for key in map(name_key, found) if key)


def graph_of(records: Sequence[Record]) -> Mechanism:
    """Return the graph of ``records``, all of one pair; a link that two share is drawn once.

    Raises:
        ValueError: There are no records.
    """
    if not records:
        raise ValueError("a graph needs at least one record")
    nodes: dict[str, Node] = {}
    cited: dict[tuple[str, str, str], list[Evidence]] = {}
    for record in records:
        for node in record.nodes:
            nodes.setdefault(node.id, _node(f"n{len(nodes) + 1}", node))
        for link in record.links:
            cited.setdefault((link.source, link.key, link.target), []).append(_evidence(record, link))
    arrows = []
    for number, ((source, key, target), evidence) in enumerate(cited.items(), start=1):
        kind, sign = relation_of(key)
        arrows.append(
            Arrow(
                number=number,
                source=nodes[source].key,
                target=nodes[target].key,
                kind=kind,
                sign=sign,
                words=key,
                standing=Standing.RECORDED,
                evidence=tuple(evidence),
            )
        )
    first = records[0]
    return Mechanism(
        drug=first.drug,
        condition=first.disease,
        title=f"How {first.drug} acts in {first.disease}",
        origin=Origin.DRUGMECHDB,
        nodes=tuple(nodes.values()),
        arrows=tuple(arrows),
        remarks=(REMARK,),
        records=tuple(HeldRecord(r.id, r.text, r.references, r.comment) for r in records),
    )


def _node(key: str, node: RecordNode) -> Node:
    return Node(key, node.name or node.id, node_kind(node.label), node.id, node.alt_names)


def _evidence(record: Record, link: Link) -> Evidence:
    quote = record.text[link.start : link.end]
    citation = RecordCitation(record.id, link.start, link.end, quote, sha256_text(quote))
    return Evidence(Side.FOR, citation, None)
