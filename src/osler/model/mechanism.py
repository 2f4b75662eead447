"""How a drug acts, as a graph: nodes, arrows, and what each arrow rests on.

An arrow is only as good as the words beneath it. One without any is kept and says so; it is never
filled in. Whether words are good enough is decided elsewhere: here they come with their verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from osler.model.citation import Citation
from osler.model.verdict import Verdict


class NodeKind(StrEnum):
    """What a node is."""

    DRUG = "drug"
    TARGET = "target"
    SUBSTANCE = "substance"
    PATHWAY = "pathway"
    PROCESS = "process"
    PHENOTYPE = "phenotype"
    STRUCTURE = "structure"
    ORGANISM = "organism"
    DISEASE = "disease"


class ArrowKind(StrEnum):
    """What one end does to the other, or is of it."""

    BINDS = "binds"
    INHIBITS = "inhibits"
    ACTIVATES = "activates"
    PART_OF = "part_of"
    HAS_PART = "has_part"
    LEADS_TO = "leads_to"
    CORRELATES = "correlates_with"
    TREATS = "treats"
    RELATES = "relates_to"


class Sign(StrEnum):
    """Which way the far end goes when the near end goes up."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NONE = "none"


class Standing(StrEnum):
    """How well an arrow stands."""

    SUPPORTED = "supported"
    CONTESTED = "contested"
    NOT_FOUND = "not_found"
    RECORDED = "recorded"
    """Held by DrugMechDB; not judged against passages of this library."""


class Side(StrEnum):
    """What words do for an arrow."""

    FOR = "for"
    AGAINST = "against"
    ELSEWHERE = "elsewhere"
    """They say it of another condition, which proves nothing here."""


class Origin(StrEnum):
    """Where a graph comes from."""

    CURATED = "curated"
    DRUGMECHDB = "drugmechdb"


@dataclass(frozen=True, slots=True)
class Node:
    """A drug, a target, a process, a disease.

    Attributes:
        key: Its name inside the graph, in plain letters.
        name: As it is drawn.
        kind: What it is.
        identifier: Of a public vocabulary, as ``UniProt:P14778``; None where none was seen at hand.
        names: What a text may call it instead.
    """

    key: str
    name: str
    kind: NodeKind
    identifier: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordCitation:
    """Words of an imported record: its text from ``start`` to ``end``, in code points, with hash."""

    record: str
    start: int
    end: int
    quote: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that an arrow rests on.

    Attributes:
        side: For it, against it, or said of another condition.
        citation: Where they stand: a passage of the library, or an imported record.
        verdict: What the judge found; None for a record, which no judge has read.
    """

    side: Side
    citation: Citation | RecordCitation
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words that an arrow was to rest on and does not, and why."""

    quote: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """What one node does to another.

    Attributes:
        number: From 1, in the order of the graph; the same in drawing and text.
        source: Key of the node it leaves.
        target: Key of the node it reaches.
        kind: What is done.
        sign: Which way.
        words: The verb between the two names, such as ``competes for``.
        standing: How well it stands.
        evidence: What it rests on, for it first.
        reason: Why it was not found; else empty.
        dropped: Words that no longer verify.
    """

    number: int
    source: str
    target: str
    kind: ArrowKind
    sign: Sign
    words: str
    standing: Standing
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    dropped: tuple[Dropped, ...] = ()

    def on(self, side: Side) -> tuple[Evidence, ...]:
        """Return the evidence of one side, in order."""
        return tuple(entry for entry in self.evidence if entry.side is side)


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """A record of DrugMechDB that a graph is made of.

    Attributes:
        id: As the database gives it.
        text: The record, whole, as it was imported.
        references: As the record gives them; nobody has checked them here.
        comment: What its makers remark, or empty.
    """

    id: str
    text: str
    references: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Mechanism:
    """The graph of one drug in one condition.

    Attributes:
        drug: Its name.
        condition: The condition it holds for, and no other.
        title: What a drawing of it is called.
        origin: Who made it.
        nodes: In order.
        arrows: In order of number.
        remarks: What a reader has to know before reading it.
        records: The imported records it is made of; none for a curated one.
    """

    drug: str
    condition: str
    title: str
    origin: Origin
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    remarks: tuple[str, ...] = ()
    records: tuple[HeldRecord, ...] = ()

    def node(self, key: str) -> Node:
        """Return the node called ``key``.

        Raises:
            KeyError: There is none.
        """
        for node in self.nodes:
            if node.key == key:
                return node
        raise KeyError(key)
