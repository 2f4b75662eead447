"""Graphs written by hand from sources at hand, each a file under ``data``.

A file names nodes and arrows and, for each arrow, the words it rests on: a source by its key and a
quotation. It holds no verdict: whether the words stand in the library, and whether they say enough, is
found anew at every use (``weigh``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from osler.errors import InputError
from osler.mechanism.naming import name_key
from osler.model.mechanism import ArrowKind, Node, NodeKind, Side, Sign

Row = Mapping[str, Any]
_FIRST_NODE: Final = "\n[[node]]"


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
        title: Of the drawing.
        sources: Keys of the sources that it quotes.
    """

    name: str
    drug: str
    drug_names: tuple[str, ...]
    condition: str
    condition_names: tuple[str, ...]
    title: str
    sources: tuple[str, ...]

    def is_about(self, drug: str) -> bool:
        """Tell whether ``drug`` is a name of its drug."""
        return name_key(drug) in {name_key(name) for name in (self.drug, *self.drug_names)}

    def holds_for(self, condition: str) -> bool:
        """Tell whether ``condition`` is a name of its condition."""
        return name_key(condition) in {
            name_key(name) for name in (self.condition, *self.condition_names)
        }


@dataclass(frozen=True, slots=True)
class Draft:
    """A curated file, read.

    Attributes:
        head: What it is about.
        remarks: What a reader has to know.
        nodes: In order.
        arrows: In order.
    """

    head: Head
    remarks: tuple[str, ...]
    nodes: tuple[Node, ...]
    arrows: tuple[DraftArrow, ...]


@cache
def all_heads() -> tuple[Head, ...]:
    """Return what each curated file of the package is about, by name; their graphs are not read.

    A file names all of that before its first node, so that a question waits for some lines only.
    """
    heads = []
    for name, text in _iter_files():
        start = text.find(_FIRST_NODE)
        heads.append(_head(name, tomllib.loads(text if start < 0 else text[:start])))
    return tuple(heads)


@cache
def load_draft(name: str) -> Draft:
    """Return the curated graph of the file ``name``.

    Raises:
        InputError: The file contradicts itself (``input.mechanism``).
        KeyError: There is no such file.
    """
    return read_draft(name, dict(_iter_files())[name])


def _iter_files() -> Iterator[tuple[str, str]]:
    folder = files("osler.mechanism").joinpath("data")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            yield file.name.removesuffix(".toml"), file.read_text(encoding="utf-8")


def read_draft(name: str, text: str) -> Draft:
    """Return the graph that ``text``, the content of a curated file, declares.

    Raises:
        InputError: It declares none, or contradicts itself (``input.mechanism``).
    """
    try:
        draft = _draft(name, tomllib.loads(text))
        fault = _contradiction(draft)
        if fault:
            raise ValueError(fault)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"the graph cannot be used: {type(error).__name__}: {error}",
            item=name,
            hint="install Osler again",
            code="input.mechanism",
        ) from error
    return draft


def _head(name: str, row: Row) -> Head:
    return Head(
        name=name,
        drug=row["drug"],
        drug_names=tuple(row.get("drug_names", ())),
        condition=row["condition"],
        condition_names=tuple(row.get("condition_names", ())),
        title=row["title"],
        sources=tuple(row["sources"].values()),
    )


def _draft(name: str, row: Row) -> Draft:
    return Draft(
        head=_head(name, row),
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
