"""What stands before the root element of an XML file, read without expanding anything.

A document type may name an external DTD (it is never fetched), but a file that declares entities of its
own is refused before a parser sees it: that is how a few bytes grow to gigabytes and how a file reads
another file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.entities import html5
from typing import Final

from osler.errors import InputError

MAX_PROLOGUE: Final = 1 << 20

_SKIPPED: Final = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ENCODING: Final = re.compile(rb"^\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._:-]+)[\"']")
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w:.-]*)")
_NAMED: Final = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_XML_ENTITIES: Final = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})


@dataclass(frozen=True, slots=True)
class Prologue:
    """What was found before the root element.

    Attributes:
        root: Name of the root element, or None when there is none yet.
        offset: Where the root element begins.
        doctype: Text of the document type declaration, or empty.
    """

    root: str | None
    offset: int
    doctype: bytes = b""


def declared_encoding(head: bytes) -> str | None:
    """Return the encoding that the XML declaration names, or None."""
    found = _ENCODING.match(head)
    return found[1].decode("ascii") if found else None


def read_prologue(head: bytes, *, name: str) -> Prologue:
    """Return what stands before the root element of the document that begins with ``head``.

    Raises:
        InputError: ``input.entities`` when entities are declared.
    """
    position, doctype = 0, b""
    while True:
        skipped = _SKIPPED.match(head, position)
        if skipped:
            position = skipped.end()
        elif head[position : position + 9].upper() == b"<!DOCTYPE":
            end = _doctype_end(head, position)
            doctype = head[position:end]
            _refuse_entities(doctype, name)
            if end == len(head):
                return Prologue(None, position, doctype)
            position = end
        else:
            break
    found = _ROOT.match(head, position)
    return Prologue(found[1].decode("ascii", "replace") if found else None, position, doctype)


def _refuse_entities(doctype: bytes, name: str) -> None:
    if b"<!ENTITY" in doctype:
        raise InputError(
            "declares entities of its own, which are never expanded",
            item=name,
            code="input.entities",
            hint="remove the internal document type declaration if you trust the file",
        )


def _doctype_end(head: bytes, start: int) -> int:
    """Return where the declaration that begins at ``start`` ends; the end of ``head`` if it does not."""
    position, quote, depth = start + 9, 0, 0
    while position < len(head):
        byte = head[position]
        if quote:
            quote = 0 if byte == quote else quote
        elif byte in b"\"'":
            quote = byte
        elif byte in b"[":
            depth += 1
        elif byte in b"]":
            depth -= 1
        elif byte in b">" and depth <= 0:
            return position + 1
        position += 1
    return len(head)


def resolve_named_entities(markup: bytes) -> bytes:
    """Return ``markup`` with HTML's character names (``&nbsp;``, ``&alpha;``) written as characters.

    XML's own five stay; a name that HTML does not know stays and lets the parser refuse the item.
    """
    return _NAMED.sub(_character, markup)


def _character(found: re.Match[bytes]) -> bytes:
    if found[1] in _XML_ENTITIES:
        return found[0]
    character = html5.get(found[1].decode("ascii") + ";")
    if character is None:
        return found[0]
    return "".join(f"&#{ord(one)};" for one in character).encode("ascii")
