"""One record of DrugMechDB, read from its text with the place of every link.

The files are YAML written by a program in one narrow shape: mappings of plain values, lists two spaces
in, long values carried over to deeper lines. Exactly that shape is read, so that every link keeps its
offsets; a file of any other shape is refused with the line at fault, never guessed at.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn

LONGEST: Final = 262_144
"""Characters that a record may have."""
_ENTRY: Final = re.compile(r"(?P<indent> *)(?P<dash>- )?(?P<key>[A-Za-z_]+):(?: (?P<value>.*))?")
_REFUSED: Final = tuple("|>&*!{[%@`")


@dataclass(frozen=True, slots=True)
class RecordNode:
    """A node as the record has it."""

    id: str
    label: str
    name: str
    alt_names: tuple[str, ...] = ()
    alt_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the record has it; its words are ``text[start:end]``."""

    key: str
    source: str
    target: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Record:
    """A path from a drug to a disease.

    Attributes:
        id: As the database gives it.
        drug: Name of the drug, as the record's head has it.
        drug_ids: Its identifiers there.
        disease: Name of the disease.
        disease_ids: Its identifiers there.
        nodes: In order.
        links: In order.
        references: As given.
        comment: What its makers remark, or empty.
        text: The whole record.
    """

    id: str
    drug: str
    drug_ids: tuple[str, ...]
    disease: str
    disease_ids: tuple[str, ...]
    nodes: tuple[RecordNode, ...]
    links: tuple[Link, ...]
    references: tuple[str, ...]
    comment: str
    text: str


@dataclass(slots=True)
class _Item:
    """One entry of a list: its values, and where its lines begin and end."""

    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=dict)


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    top: dict[str, str] = field(default_factory=dict)
    graph: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[_Item]] = field(default_factory=dict)
    plain: dict[str, list[str]] = field(default_factory=dict)


def read_record(text: str) -> Record:
    """Return the record that ``text`` holds.

    Raises:
        ValueError: It has another shape, or contradicts itself; the message says where.
    """
    if len(text) > LONGEST:
        raise ValueError(f"is longer than {LONGEST:,} characters")
    found = _read(text)
    head = found.graph
    nodes = tuple(_node(item) for item in found.lists.get("nodes", ()))
    links = tuple(_link(item) for item in found.lists.get("links", ()))
    record = Record(
        id=head.get("_id", ""),
        drug=head.get("drug", ""),
        drug_ids=_ids(head.get("drugbank"), head.get("drug_mesh")),
        disease=head.get("disease", ""),
        disease_ids=_ids(head.get("disease_mesh")),
        nodes=nodes,
        links=links,
        references=tuple(found.plain.get("references", ())),
        comment=_comment(found.top.get("comment", "")),
        text=text,
    )
    fault = _contradiction(record)
    if fault:
        raise ValueError(fault)
    return record


def _ids(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value and value.lower() != "null")


def _comment(value: str) -> str:
    return "" if value.lower() == "null" else value


def _node(item: _Item) -> RecordNode:
    values = item.values
    return RecordNode(
        values.get("id", ""),
        values.get("label", ""),
        values.get("name", ""),
        tuple(item.lists.get("alt_names", ())),
        tuple(item.lists.get("alt_ids", ())),
    )


def _link(item: _Item) -> Link:
    values = item.values
    return Link(
        values.get("key", ""), values.get("source", ""), values.get("target", ""), item.start, item.end
    )


def _contradiction(record: Record) -> str:
    for name, value in (("id", record.id), ("drug", record.drug), ("disease", record.disease)):
        if not value:
            return f"names no {name}"
    ids = [node.id for node in record.nodes]
    if not record.links or not all(ids):
        return "has no links, or a node without an id"
    for link in record.links:
        if not link.key:
            return f"a link from {link.source or 'nowhere'} has no key"
        for end in (link.source, link.target):
            if end not in ids:
                return f"a link runs to {end or 'nowhere'}, which is none of its nodes"
    return ""


def _read(text: str) -> _Reading:
    """Return the parts of ``text`` by the place they stand in."""
    reading = _Reading()
    section, last = "", ""
    pending: list[str] = []
    store: list[tuple[dict[str, str], str]] = []

    def settle() -> None:
        """Put down the value that may have gone on over several lines."""
        if store:
            values, key = store.pop()
            values[key] = _scalar(" ".join(part for part in pending if part))
        pending.clear()

    for number, (start, line) in enumerate(_lines(text), start=1):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        entry = _ENTRY.fullmatch(line)
        end = start + len(line)
        items = reading.lists.get(section, [])
        if indent == 0 and entry and not entry["dash"]:
            settle()
            section = entry["key"]
            if entry["value"]:
                store.append((reading.top, section))
                pending.append(entry["value"])
        elif indent == 2 and section == "graph" and entry and not entry["dash"]:
            settle()
            store.append((reading.graph, entry["key"]))
            pending.append(entry["value"] or "")
        elif indent == 2 and section in {"nodes", "links"} and entry and entry["dash"]:
            settle()
            item = _Item(start, end)
            reading.lists.setdefault(section, []).append(item)
            last = _begin(item, entry, store, pending)
        elif indent == 4 and items and entry and not entry["dash"]:
            settle()
            items[-1].end = end
            last = _begin(items[-1], entry, store, pending)
        elif indent == 6 and items and not store and line.startswith("      - "):
            items[-1].end = end
            items[-1].lists[last].append(_scalar(line[8:]))
        elif indent == 2 and section == "references" and line.startswith("  - "):
            settle()
            reading.plain.setdefault(section, []).append(_scalar(line[4:]))
        elif store and indent >= 2:
            pending.append(line.strip())
            if items and section in {"nodes", "links"}:
                items[-1].end = end
        elif section in reading.plain and indent >= 4:
            reading.plain[section][-1] += f" {line.strip()}"
        else:
            _refuse(number, line)
    settle()
    return reading


def _begin(
    item: _Item, entry: re.Match[str], store: list[tuple[dict[str, str], str]], pending: list[str]
) -> str:
    """Begin a value or a list of ``item``, and return its name."""
    key = str(entry["key"])
    if entry["value"] is None:
        item.lists[key] = []
    else:
        store.append((item.values, key))
        pending.append(entry["value"])
    return key


def _scalar(value: str) -> str:
    """Return a value without its quotation marks.

    Raises:
        ValueError: It is of a kind that these files do not use.
    """
    value = value.strip()
    if value.startswith('"'):
        try:
            return str(json.loads(value))
        except ValueError:
            raise ValueError(f"a quoted value cannot be read: {value[:60]}") from None
    if value.startswith("'"):
        if len(value) < 2 or not value.endswith("'"):
            raise ValueError(f"a quoted value has no end: {value[:60]}")
        return value[1:-1].replace("''", "'")
    if value.startswith(_REFUSED):
        raise ValueError(f"a value of another kind: {value[:60]}")
    return value


def _refuse(number: int, line: str) -> NoReturn:
    raise ValueError(f"line {number} has another shape: {line.strip()[:60]}")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line without its end, and where it begins."""
    start = 0
    for line in text.split("\n"):
        yield start, line
        start += len(line) + 1
