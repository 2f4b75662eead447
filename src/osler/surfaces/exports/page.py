"""HTML in one file: its own style, no script, nothing fetched; also what PDF is printed from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import resources
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
)
from osler.surfaces.layout.together import TOGETHER

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def write_page(
    blocks: Sequence[Block], *, title: str, strip: str, mark: str = "", drawing: str = ""
) -> str:
    """Return ``blocks`` as one HTML document.

    Args:
        blocks: What is printed.
        title: Of the document.
        strip: The drawing of the figures as SVG without a style of its own, or empty.
        mark: What stands across each sheet of paper, or empty.
        drawing: The graph as SVG without a style of its own, or empty.
    """
    across = f'<p class="watermark" aria-hidden="true">{escape(mark)}</p>\n' if mark else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n<title>{escape(title)}</title>\n'
        f"<style>\n{_style()}</style>\n</head>\n<body>\n{across}<main>\n"
        f"{_body(blocks, strip, drawing)}\n</main>\n</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return (resources.files("osler.surfaces.exports") / "page.css").read_text(encoding="utf-8")


def _body(blocks: Sequence[Block], strip: str, drawing: str) -> str:
    parts: list[str] = []
    inside = ""
    for block in blocks:
        wanted = _list_of(block)
        if inside and wanted != inside:
            parts.append(f"</{inside}>")
        if wanted and wanted != inside:
            parts.append(f"<{wanted}>")
        inside = wanted
        if isinstance(block, Figures | Drawing):
            parts.append(strip if isinstance(block, Figures) else _drawn(drawing))
        else:
            parts.append(_block(block))
    return "\n".join([*parts, *([f"</{inside}>"] if inside else [])])


def _drawn(drawing: str) -> str:
    return f'<div class="drawing">{drawing}</div>' if drawing else ""


def _list_of(block: Block) -> str:
    if not isinstance(block, Item):
        return ""
    return "ul" if block.number is None else "ol"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}>{escape(block.text)}</h{block.level}>"
    if isinstance(block, Paragraph):
        kind = ' class="warns"' if block.warns else ""
        return f"<p{kind}>{_row(block.pieces)}</p>"
    if isinstance(block, Item):
        value = "" if block.number is None else f' value="{block.number}" id="ref-{block.number}"'
        value += f' id="{escape(block.anchor)}"' if block.anchor else ""
        note = f'<span class="note">{escape(block.note)}</span>' if block.note else ""
        return f"<li{value}>{_row(block.pieces)}{note}</li>"
    if isinstance(block, Table):
        return _table(block)
    raise TypeError(type(block).__name__)


def _row(pieces: Sequence[Piece]) -> str:
    return "".join(map(_piece, pieces))


def _piece(piece: Piece) -> str:
    text = _together(piece.text)
    if piece.address:
        return f'<a href="{escape(piece.address)}" rel="noopener noreferrer">{text}</a>'
    if piece.look is Look.STRONG:
        return f"<strong>{text}</strong>"
    return f'<span class="soft">{text}</span>' if piece.look is Look.SOFT else text


def _together(text: str) -> str:
    """Return ``text`` escaped, each number kept on one line with its unit."""
    parts, place = [], 0
    for match in TOGETHER.finditer(text):
        parts += [escape(text[place : match.start()]), f'<span class="nb">{escape(match[0])}</span>']
        place = match.end()
    return "".join([*parts, escape(text[place:])])


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.header)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{_together(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in table.rows
    )
    return (
        f"<table>\n<caption>{escape(table.caption)}</caption>\n"
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
    )
