"""Text to be pasted: one paragraph a line, no markup, the references at the end."""

from __future__ import annotations

from collections.abc import Sequence

from osler.surfaces.exports.outline import Block, Heading, Item, Paragraph, Piece, Table, join_blocks


def write_plain(blocks: Sequence[Block]) -> str:
    """Return ``blocks`` as plain text."""
    return join_blocks(blocks, _lines)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [_line(block.text)]
    if isinstance(block, Paragraph):
        return [_row(block.pieces)]
    if isinstance(block, Item):
        mark = "-" if block.number is None else f"{block.number}."
        note = f" ({_line(block.note)})" if block.note else ""
        return [f"{mark} {_row(block.pieces)}{note}"]
    if isinstance(block, Table):
        return [_line(block.caption), *(f"- {'; '.join(filter(None, row))}" for row in block.rows)]
    return []


def _row(pieces: Sequence[Piece]) -> str:
    return _line("".join(each.address if each.address else each.text for each in pieces))


def _line(text: str) -> str:
    return " ".join(text.split())
