"""Word (DOCX): real headings, lists and tables, so that an editor and a screen reader find their way."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from osler.surfaces.exports.extra import require_extra
from osler.surfaces.exports.outline import (
    Block,
    Heading,
    Item,
    Look,
    Paragraph,
    Piece,
    Table,
)

GREY: Final = (0x55, 0x5A, 0x60)
AMBER: Final = (0x7A, 0x4A, 0x00)
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_word(
    blocks: Sequence[Block], *, title: str, answer: str, made: datetime, mark: str = ""
) -> bytes:
    """Return ``blocks`` as a Word document; the same bytes for the same answer.

    Args:
        blocks: What is printed.
        title: Of the document, among its properties.
        answer: Id of the answer or the article, among its properties.
        made: When the answer was made.
        mark: What stands in the head of each page, or empty.

    Raises:
        UsageError: ``usage.extra``: python-docx is not installed.
    """
    docx: Any = require_extra("docx")
    document = docx.Document()
    _describe(document.core_properties, title, answer, made)
    if mark:
        head = document.sections[0].header.paragraphs[0]
        _colour(head.add_run(clean(mark)), AMBER, docx).bold = True
    for block in blocks:
        _write(document, block, docx)
    written = io.BytesIO()
    document.save(written)
    return _without_times(written.getvalue())


def _describe(properties: Any, title: str, answer: str, made: datetime) -> None:
    properties.title = clean(title)[:250]
    properties.author = "Osler"
    properties.last_modified_by = "Osler"
    properties.comments = "Not advice for one person."
    properties.identifier = answer
    properties.language = "en"
    properties.created = properties.modified = made.replace(tzinfo=None, microsecond=0)
    properties.revision = 1


def _write(document: Any, block: Block, docx: Any) -> None:
    if isinstance(block, Heading):
        document.add_heading(clean(block.text), level=block.level)
    elif isinstance(block, Paragraph):
        _add(document.add_paragraph(), block.pieces, docx, warns=block.warns)
    elif isinstance(block, Item):
        _item(document, block, docx)
    elif isinstance(block, Table):
        _table(document, block)


def _item(document: Any, item: Item, docx: Any) -> None:
    """Add a list entry; a reference prints its own number, which a list of Word could shift."""
    if item.number is None:
        paragraph = document.add_paragraph(style="List Bullet")
    else:
        paragraph = document.add_paragraph(f"{item.number}. ")
    _add(paragraph, item.pieces, docx)
    if item.note:
        run = paragraph.add_run(f" ({clean(item.note)})")
        run.italic = True


def _add(paragraph: Any, pieces: Sequence[Piece], docx: Any, *, warns: bool = False) -> None:
    for piece in pieces:
        text = f"{piece.text}: {piece.address}" if piece.address else piece.text
        run = paragraph.add_run(clean(text))
        run.bold = piece.look is Look.STRONG or None
        if warns or piece.look is Look.SOFT:
            _colour(run, AMBER if warns else GREY, docx)


def _colour(run: Any, colour: tuple[int, int, int], docx: Any) -> Any:
    run.font.color.rgb = docx.shared.RGBColor(*colour)
    return run


def _table(document: Any, table: Table) -> None:
    caption = document.add_paragraph()
    caption.add_run(clean(table.caption)).bold = True
    caption.paragraph_format.keep_with_next = True
    made = document.add_table(rows=1, cols=len(table.header), style="Light Grid")
    for cell, text in zip(made.rows[0].cells, table.header, strict=True):
        cell.text = text
    for row in table.rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = clean(text)


def clean(text: str) -> str:
    """Return ``text`` without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _without_times(document: bytes) -> bytes:
    """Return the archive with one fixed time on all its members, in the order in which they stand."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as given, zipfile.ZipFile(written, "w") as made:
        for member in given.infolist():
            entry = zipfile.ZipInfo(member.filename, date_time=EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(member))
    return written.getvalue()
