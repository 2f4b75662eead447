"""Cuts a record into passages along its own sections, never inside a sentence, and names its version.

An abstract is one passage. A full text becomes passages of about 200 words under their heading path; a
table stands alone. Labels stay outside the quotable text. No clock, no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from osler.ids import content_id
from osler.model.passage import Passage, Role, Section
from osler.model.record import Block, Record
from osler.text.sentences import split_sentences

WORDS: Final = 200
"""A passage of a full text is closed once it holds this many words."""

MAX_WORDS: Final = 300
"""No passage grows past this by another paragraph; one longer sentence or table stays whole."""

MAX_ABSTRACT: Final = 6000
"""Characters up to which a text without headings counts as an abstract."""

_LIST: Final = "\x1e"


@dataclass(slots=True)
class _Piece:
    """A stretch of one block."""

    text: str
    words: int
    block: Block


def cut(record: Record) -> tuple[str, tuple[Passage, ...]]:
    """Return the version id of ``record`` and its passages, at least one.

    A record without text gives one passage with its title in the role ``title``.
    """
    version = version_id(record)
    source = record.source.id
    blocks = [block for block in record.blocks if block.text and not block.text.isspace()]
    kind = record.text_kind
    if not blocks:
        title = record.source.title or ""
        section = Section("", Role.TITLE, 0, len(title))
        return version, (Passage(source, version, 0, title, "", kind, (section,)),)
    if _is_abstract(blocks):
        groups: Iterator[list[_Piece]] = iter([[_Piece(block.text, 0, block) for block in blocks]])
    else:
        groups = _gather(blocks)
    passages = []
    for ordinal, pieces in enumerate(groups):
        text, sections = _join(pieces)
        heading = pieces[0].block.heading
        passages.append(Passage(source, version, ordinal, text, heading, kind, sections))
    return version, tuple(passages)


def version_id(record: Record) -> str:
    """Return ``ver_…``, from what the record says of itself and from its text.

    Not from its standing, its links, its scope or its revision date: these change while the words stay.
    """
    source = record.source
    parts = [
        source.key,
        source.kind.value,
        source.design.value,
        source.title or "",
        _LIST.join(source.authors),
        source.container or "",
        str(source.year or ""),
        source.date or "",
        source.pmid or "",
        source.pmcid or "",
        source.doi or "",
        source.url or "",
        source.licence or "",
        "" if source.participants is None else str(source.participants),
        _LIST.join(source.publication_types),
        _LIST.join(source.headings),
        _LIST.join(source.substances),
        source.language or "",
        record.text_kind.value,
    ]
    for block in record.blocks:
        parts += (block.text, block.role.value, block.label, block.heading)
    return content_id("ver", *parts)


def _is_abstract(blocks: list[Block]) -> bool:
    if any(block.heading or block.role is Role.TABLE for block in blocks):
        return False
    return sum(len(block.text) for block in blocks) <= MAX_ABSTRACT


def _gather(blocks: list[Block]) -> Iterator[list[_Piece]]:
    """Yield the pieces of each passage of a full text."""
    start = 0
    while start < len(blocks):
        end = start
        while end < len(blocks) and blocks[end].heading == blocks[start].heading:
            end += 1
        group = blocks[start:end]
        if not group[0].heading and _is_abstract(group):
            yield [_Piece(block.text, 0, block) for block in group]
        else:
            yield from _fill(group)
        start = end


def _fill(blocks: list[Block]) -> Iterator[list[_Piece]]:
    """Yield passages of about ``WORDS`` words from ``blocks`` of one heading."""
    current: list[_Piece] = []
    words = 0
    for block in blocks:
        if block.role is Role.TABLE:
            if current:
                yield current
            yield [_Piece(block.text, 0, block)]
            current, words = [], 0
            continue
        for piece in _split(block):
            if current and (words >= WORDS or words + piece.words > MAX_WORDS):
                yield current
                current, words = [], 0
            current.append(piece)
            words += piece.words
    if current:
        yield current


def _split(block: Block) -> Iterator[_Piece]:
    """Yield ``block`` whole, or in even runs of sentences where it is longer than a passage may be."""
    total = len(block.text.split())
    if total <= MAX_WORDS:
        yield _Piece(block.text, total, block)
        return
    goal = total / round(total / WORDS)
    start: int | None = None
    words = 0
    end = 0
    for first, last in split_sentences(block.text):
        length = len(block.text[first:last].split())
        if start is not None and (words + length / 2 > goal or words + length > MAX_WORDS):
            yield _Piece(block.text[start:end], words, block)
            start, words = None, 0
        if start is None:
            start = first
        words += length
        end = last
    if start is not None:
        yield _Piece(block.text[start:end], words, block)


def _join(pieces: list[_Piece]) -> tuple[str, tuple[Section, ...]]:
    """Return the text of a passage and its sections, one for each piece."""
    if len(pieces) == 1:
        piece = pieces[0]
        return piece.text, (Section(piece.block.label, piece.block.role, 0, len(piece.text)),)
    sections = []
    position = 0
    for piece in pieces:
        end = position + len(piece.text)
        sections.append(Section(piece.block.label, piece.block.role, position, end))
        position = end + 1
    return "\n".join([piece.text for piece in pieces]), tuple(sections)
