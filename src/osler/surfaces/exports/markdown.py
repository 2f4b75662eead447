"""Markdown (CommonMark, with the tables of GitHub); characters that could mean markup are escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from osler.surfaces.exports.outline import (
    Block,
    Drawing,
    Figures,
    Heading,
    Item,
    Look,
    Paragraph,
    Piece,
    Table,
    join_blocks,
)

_MEANS_MARKUP: Final = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_AT_THE_START: Final = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")
_WHITE: Final = re.compile(r"\s+")


def write_markdown(blocks: Sequence[Block]) -> str:
    """Return ``blocks`` as Markdown."""
    return join_blocks(blocks, _lines)


def _lines(block: Block) -> list[str]:
    if isinstance(block, Heading):
        return [f"{'#' * block.level} {escape(block.text)}"]
    if isinstance(block, Paragraph):
        text = _row(block.pieces)
        return [f"> {text}" if block.warns else _not_a_list(text)]
    if isinstance(block, Item):
        mark = "-" if block.number is None else f"{block.number}."
        note = [f"{' ' * (len(mark) + 1)}*{escape(block.note)}*"] if block.note else []
        first = f"{mark} {_not_a_list(_row(block.pieces))}"
        return [f"{first}\\" if note else first, *note]
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Figures | Drawing):
        return []
    raise TypeError(type(block).__name__)


def _row(pieces: Sequence[Piece]) -> str:
    return "".join(map(_piece, pieces)).strip()


def _piece(piece: Piece) -> str:
    text = escape(piece.text)
    if piece.address:
        return f"[{text}](<{_address(piece.address)}>)"
    if piece.look is not Look.STRONG or not text.strip():
        return text
    # White space inside the marks would keep them from being marks.
    before, core, after = re.fullmatch(r"(\s*)(.*?)(\s*)", text, re.S).groups()  # type: ignore[union-attr] # matches all
    return f"{before}**{core}**{after}"


def _table(table: Table) -> list[str]:
    head = [f"| {' | '.join(table.header)} |", f"|{' --- |' * len(table.header)}"]
    rows = [f"| {' | '.join(map(escape, row))} |" for row in table.rows]
    return [f"**{escape(table.caption)}**", "", *head, *rows]


def escape(text: str) -> str:
    """Return ``text`` in one line, in Markdown that reads as itself."""
    return _MEANS_MARKUP.sub(r"\\\1", _WHITE.sub(" ", text))


def _not_a_list(text: str) -> str:
    return _AT_THE_START.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", text)


def _address(address: str) -> str:
    return address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C").replace(" ", "%20")
