"""Graphs written by hand from sources at hand, each a file under ``data``.

``names.json`` says what each is about. A file names nodes and arrows and, for each arrow, the words it
rests on: a source by its key and a quotation. It holds no verdict: whether the words stand in the
library, and whether they say enough, is found anew at every use (``weigh``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from osler.errors import InputError
from osler.mechanism.glance import curated_names, is_named
from osler.model.mechanism import ArrowKind, Node, NodeKind, Side, Sign

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that an arrow is to rest on: whose, and which.

    Attributes:
        side: What they do for the arrow.
        source: Key of the source, as the library has it.
        quote: The words, exactly.
    """

    side: Side
    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class DraftArrow:
    """An arrow before anybody has looked whether its words stand in the library.

    Attributes:
        source: Key of the node it leaves.
        target: Key of the node it reaches.
        kind: What is done.
        sign: Which way.
        words: The verb between the two names.
        quoted: What it is to rest on.
        reason: Why nothing is quoted, where nothing is.
    """

    source: str
    target: str
    kind: ArrowKind
    sign: Sign
    words: str
    quoted: tuple[Quoted, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a curated file is about, without its graph.

    Attributes:
        name: Of the file.
        drug: Name of the drug.
        drug_names: Its other names.
        condition: Name of the condition.
        condition_names: What else the condition is called.
        leans_on: Key of the source without which there is little to show.
    """

    name: str
    drug: str
    drug_names: tuple[str, ...]
    condition: str
    condition_names: tuple[str, ...]
    leans_on: str

    def is_about(self, asked: Iterable[str]) -> bool:
        """Tell whether one of ``asked`` is a name of its drug."""
        return is_named(asked, self.drug, self.drug_names)

    def holds_for(self, asked: Iterable[str]) -> bool:
        """Tell whether one of ``asked`` is a name of its condition."""
        return is_named(asked, self.condition, self.condition_names)


@dataclass(frozen=True, slots=True)
class Draft:
    """A curated file, read.

    Attributes:
        head: What it is about.
        title: Of the drawing.
        remarks: What a reader has to know.
        nodes: In order.
        arrows: In order.
    """

    head: Head
    title: str
    remarks: tuple[str, ...]
    nodes: tuple[Node, ...]
    arrows: tuple[DraftArrow, ...]


def all_heads() -> tuple[Head, ...]:
    """Return what each curated file of the package is about, by name; their graphs are not read."""
    return tuple(
        Head(
            name=name,
            drug=row["drug"],
            drug_names=tuple(row["drug_names"]),
            condition=row["condition"],
            condition_names=tuple(row["condition_names"]),
            leans_on=row["leans_on"],
        )
        for name, row in sorted(curated_names().items())
    )


@cache
def load_draft(name: str) -> Draft:
    """Return the curated graph of the file ``name``.

    Raises:
        InputError: The file contradicts itself (``input.mechanism``).
        KeyError: There is no such file.
    """
    head = {head.name: head for head in all_heads()}[name]
    file = files("osler.mechanism").joinpath("data", f"{name}.toml")
    return read_draft(head, file.read_text(encoding="utf-8"))


def read_draft(head: Head, text: str) -> Draft:
    """Return the graph on ``head`` that ``text``, the content of its curated file, declares.

    Raises:
        InputError: It declares none, or contradicts itself (``input.mechanism``).
    """
    try:
        draft = _draft(head, tomllib.loads(text))
        fault = _contradiction(draft)
        if fault:
            raise ValueError(fault)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"the graph cannot be used: {type(error).__name__}: {error}",
            item=head.name,
            hint="install Osler again",
            code="input.mechanism",
        ) from error
    return draft


def _draft(head: Head, row: Row) -> Draft:
    return Draft(
        head=head,
        title=row["title"],
        remarks=tuple(row.get("remarks", ())),
        nodes=tuple(
            Node(
                entry["key"],
                entry["name"],
                NodeKind(entry["kind"]),
                entry.get("identifier"),
                tuple(entry.get("names", ())),
            )
            for entry in row["node"]
        ),
        arrows=tuple(_arrow(entry, row["sources"]) for entry in row["arrow"]),
    )


def _arrow(row: Row, sources: Row) -> DraftArrow:
    """Return one arrow; ``sources`` gives the key of each source by the short name used in the file."""
    return DraftArrow(
        source=row["from"],
        target=row["to"],
        kind=ArrowKind(row["kind"]),
        sign=Sign(row["sign"]),
        words=row["words"],
        quoted=tuple(
            Quoted(side, sources[entry["source"]], entry["quote"])
            for side in Side
            for entry in row.get(side.value, ())
        ),
        reason=row.get("reason", ""),
    )


def _contradiction(draft: Draft) -> str:
    """Return what in ``draft`` contradicts the rest, or empty."""
    keys = [node.key for node in draft.nodes]
    if len(set(keys)) != len(keys):
        return "two nodes have one key"
    for arrow in draft.arrows:
        if not {arrow.source, arrow.target} <= set(keys):
            return f"an arrow runs from {arrow.source} to {arrow.target}, and one of them is no node"
        says = any(entry.side is not Side.ELSEWHERE for entry in arrow.quoted)
        if says == bool(arrow.reason):
            return f"{arrow.source} to {arrow.target} needs either words of its own or a reason"
    return ""
