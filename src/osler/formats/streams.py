"""Bytes of a file or an answer, unpacked as they come, in bounded memory.

gzip by isal, xz by the standard library, chosen by the first bytes and never by the name. Knows nothing
of what the bytes mean.
"""

from __future__ import annotations

import lzma
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from isal import isal_zlib

from osler.errors import InputError

CHUNK: Final = 1 << 20
PACKED_CHUNK: Final = 1 << 18
MAX_LINE: Final = 64 << 20
"""Longest line, and largest single record, that is read into memory."""

# The stubs of isal call the class an instance.
_IsalError: Final = cast("type[Exception]", isal_zlib.error)
_GZIP: Final = b"\x1f\x8b"
_XZ: Final = b"\xfd7zXZ\x00"
_BOMS: Final = ((BOM_UTF8, "utf-8"), (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"))


def iter_chunks(stream: BinaryIO, *, name: str) -> Iterator[bytes]:
    """Yield the bytes of ``stream`` unpacked.

    Raises:
        InputError: ``input.truncated`` after the last readable byte of a file that was cut off,
            ``input.damaged`` where the compressed data are wrong, ``input.unreadable`` where the
            operating system refuses.
    """
    head = _read(stream, PACKED_CHUNK, name)
    if head.startswith(_GZIP):
        yield from _gunzip(stream, head, name)
    elif head.startswith(_XZ):
        yield from _unxz(stream, head, name)
    else:
        while head:
            yield head
            head = _read(stream, CHUNK, name)


def _read(stream: BinaryIO, size: int, name: str) -> bytes:
    try:
        return stream.read(size)
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror or error}",
            item=name,
            code="input.unreadable",
            hint="check that the file is there and that you may read it",
        ) from error


def _truncated(name: str) -> InputError:
    return InputError(
        "ends in the middle of its compressed data",
        item=name,
        code="input.truncated",
        hint="fetch the file again and compare its checksum",
    )


def _damaged(name: str, error: Exception) -> InputError:
    return InputError(
        f"the compressed data are damaged: {error}",
        item=name,
        code="input.damaged",
        hint="fetch the file again and compare its checksum",
    )


def _gunzip(stream: BinaryIO, packed: bytes, name: str) -> Iterator[bytes]:
    unpacker = isal_zlib.decompressobj(31)
    while True:
        try:
            piece = unpacker.decompress(packed, CHUNK)
        except _IsalError as error:
            raise _damaged(name, error) from error
        if piece:
            yield piece
        if unpacker.eof:
            # A gzip file may hold several members; zero bytes after the last one are padding.
            packed = unpacker.unused_data.lstrip(b"\0") or _read(stream, PACKED_CHUNK, name)
            if not packed.lstrip(b"\0"):
                return
            unpacker = isal_zlib.decompressobj(31)
            continue
        packed = unpacker.unconsumed_tail
        if not packed and len(piece) < CHUNK:
            packed = _read(stream, PACKED_CHUNK, name)
            if not packed:
                raise _truncated(name)


def _unxz(stream: BinaryIO, packed: bytes, name: str) -> Iterator[bytes]:
    unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ)
    while True:
        try:
            piece = unpacker.decompress(packed, CHUNK)
        except lzma.LZMAError as error:
            raise _damaged(name, error) from error
        if piece:
            yield piece
        if unpacker.eof:
            packed = unpacker.unused_data.lstrip(b"\0") or _read(stream, PACKED_CHUNK, name)
            if not packed.lstrip(b"\0"):
                return
            unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ)
            continue
        packed = b""
        if unpacker.needs_input:
            packed = _read(stream, PACKED_CHUNK, name)
            if not packed:
                raise _truncated(name)


def iter_utf8(chunks: Iterator[bytes], *, name: str, declared: str | None = None) -> Iterator[bytes]:
    """Yield the same text as UTF-8 without a byte order mark.

    A mark at the beginning decides; without one the bytes are taken as ``declared``, or as UTF-8 and
    then passed on as they are (what is wrong in them is found item by item).

    Raises:
        InputError: ``input.encoding`` for an encoding that is not known, or bytes that break it.
    """
    first = next(chunks, b"")
    while len(first) < 4:
        more = next(chunks, None)
        if more is None:
            break
        first += more
    encoding = declared
    for mark, marked in _BOMS:
        if first.startswith(mark):
            first, encoding = first[len(mark) :], marked
            break
    else:
        if first[:4] == b"<\0?\0":
            encoding = "utf-16-le"
        elif first[:4] == b"\0<\0?":
            encoding = "utf-16-be"
    if encoding is None or encoding.lower() in {"utf-8", "utf8", "us-ascii", "ascii"}:
        yield first
        yield from chunks
        return
    yield from _transcode(first, chunks, encoding, name)


def _transcode(first: bytes, chunks: Iterator[bytes], encoding: str, name: str) -> Iterator[bytes]:
    try:
        decoder = getincrementaldecoder(encoding)()
        yield decoder.decode(first).encode()
        for chunk in chunks:
            yield decoder.decode(chunk).encode()
        yield decoder.decode(b"", final=True).encode()
    except (LookupError, UnicodeError) as error:
        raise InputError(
            f"cannot be read as {encoding}: {error}",
            item=name,
            code="input.encoding",
            hint="save the file as UTF-8",
        ) from error


def iter_lines(chunks: Iterator[bytes], *, limit: int = MAX_LINE) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its number from 1; None stands for a line longer than ``limit`` bytes."""
    number, tail, skipping = 1, b"", False
    for chunk in chunks:
        lines = (tail + chunk).split(b"\n")
        tail = lines.pop()
        for line in lines:
            yield number, None if skipping else line.rstrip(b"\r")
            number, skipping = number + 1, False
        if skipping or len(tail) > limit:
            tail, skipping = b"", True
    if skipping:
        yield number, None
    elif tail:
        yield number, tail.rstrip(b"\r")
