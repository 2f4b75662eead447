"""Somebody's text in, blocks out: what kind of text it is, and whether it can be audited at all."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from osler.audit.blocks import Block
from osler.audit.lines import read_lines
from osler.audit.page import read_page
from osler.errors import InputError

MOST_BYTES: Final = 1_000_000
"""Largest text that is audited: some twenty times a long review article."""

_BINARY: Final = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "a zip file or an office document"),
    (b"\x1f\x8b", "gzip"),
)
_HTML: Final = re.compile(
    r"\A\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|section|main|div|h[1-6]|p"
    r"|ul|ol)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN: Final = re.compile(r"^ {0,3}#{1,6}\s+\S|\*\*\S|\]\(|^```|\[\^\d", re.MULTILINE)
_SUFFIXES: Final = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
    ".txt": "plain",
}  # fmt: skip


class TextFormat(StrEnum):
    """How a text is marked up."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"


def decode(data: bytes, *, name: str) -> str:
    """Return ``data`` as the text in which all offsets count: UTF-8, without a byte order mark.

    Raises:
        InputError: ``input.too_large``, ``input.unknown_format``, ``input.encoding`` or ``input.empty``.
    """
    if len(data) > MOST_BYTES:
        raise InputError(
            f"holds more than {MOST_BYTES:,} bytes",
            item=name,
            code="input.too_large",
            hint="split the text",
        )
    for opening, kind in _BINARY:
        if data.startswith(opening):
            raise _unknown(f"is {kind}, not text", name)
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _unknown("holds bytes of zero, as no text does", name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 (byte {error.start})",
            item=name,
            code="input.encoding",
            hint="save it as UTF-8",
        ) from error
    if not text.strip():
        raise InputError("is empty", item=name, code="input.empty", hint="save the file again")
    return text


def _unknown(message: str, name: str) -> InputError:
    hint = "text, Markdown and HTML are audited; save it as one of them"
    return InputError(message, item=name, code="input.unknown_format", hint=hint)


def format_of(text: str, name: str) -> TextFormat:
    """Return how ``text`` is marked up, by its name's ending or by what it begins with."""
    known = _SUFFIXES.get(PurePath(name).suffix.lower())
    if known:
        return TextFormat(known)
    if _HTML.match(text):
        return TextFormat.HTML
    return TextFormat.MARKDOWN if _MARKDOWN.search(text) else TextFormat.PLAIN


def read_blocks(text: str, *, name: str) -> list[Block]:
    """Return the blocks of ``text``.

    Raises:
        InputError: ``input.empty``: nothing in it is there to be read.
    """
    kind = format_of(text, name)
    blocks = (
        read_page(text)
        if kind is TextFormat.HTML
        else read_lines(text, markdown=kind is not TextFormat.PLAIN)
    )
    if not blocks:
        raise InputError("holds no text to read", item=name, code="input.empty", hint="check the file")
    return blocks
