"""What a format reader gives: documents as read, deletions, and items that could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from osler.model.passage import Role
from osler.model.source import Source, TextKind


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a document under one heading, in reading order.

    Attributes:
        text: Exact text, inline markup resolved, label not included.
        role: What the stretch does.
        label: The printed label, such as ``MAIN OUTCOME MEASURES``; empty if none.
        heading: Path of section titles in a full text, joined by `` › ``.
    """

    text: str
    role: Role = Role.UNLABELLED
    label: str = ""
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One document: its bibliographic record and its text. A record without text has no blocks."""

    source: Source
    blocks: tuple[Block, ...] = ()
    text_kind: TextKind = TextKind.VERBATIM


@dataclass(frozen=True, slots=True)
class Deletion:
    """The database says that this source no longer exists, as ``DeleteCitation`` does."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """One item that could not be read; the rest goes on.

    Attributes:
        item: Where: file, line or record number, and the id if it could be seen.
        code: Stable code such as ``input.xml``.
        reason: Why, in one line.
        hint: What to do about it.
    """

    item: str
    code: str
    reason: str
    hint: str = ""


Item = Record | Deletion | Rejection
