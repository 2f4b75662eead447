"""What one process hands another: blocks of ready items as bytes, and the news that a file has ended.

``marshal`` writes tuples of text and numbers several times faster than anything else and reads nothing
but those. Both ends are the same interpreter, and nothing that a stranger wrote is ever read this way.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Any, BinaryIO, Final

from osler.errors import InputError
from osler.library.prepare import Ready
from osler.model.record import Rejection
from osler.store.entry import Entry, Removal

_HEAD: Final = 4
_FORMAT: Final = 2
"""The format of ``marshal`` that looks for no repeated objects."""


class News(IntEnum):
    """What a parcel says."""

    READY = 0
    BLOCK = 1
    END = 2
    FAULT = 3


def write_parcel(stream: BinaryIO, news: News, block: Iterable[Ready] = ()) -> None:
    """Write one parcel to ``stream``."""
    _write(stream, news, [_pack(item) for item in block])


def write_fault(stream: BinaryIO, error: InputError) -> None:
    """Write the parcel that says why a file could not be read further."""
    _write(stream, News.FAULT, [error.message, error.item, error.hint, error.code])


def read_parcel(stream: BinaryIO) -> bytes | None:
    """Return the next parcel of ``stream``, still packed; None when its writer has gone."""
    head = stream.read(_HEAD)
    if len(head) < _HEAD:
        return None
    size = int.from_bytes(head, "big")
    parcel = stream.read(size)
    return parcel if len(parcel) == size else None


def is_last(parcel: bytes) -> bool:
    """Tell whether ``parcel`` ends a file."""
    return parcel[0] in {News.END, News.FAULT}


def open_parcel(parcel: bytes) -> tuple[News, Iterator[Ready]]:
    """Return what ``parcel`` says, and its items.

    Raises:
        InputError: The one that it carries.
    """
    news = News(parcel[0])
    values = marshal.loads(memoryview(parcel)[1:])  # noqa: S302 - our own process wrote it, see above
    if news is News.FAULT:
        message, item, hint, code = values
        raise InputError(message, item=item, hint=hint, code=code)
    return news, map(_unpack, values)


def _write(stream: BinaryIO, news: News, values: list[Any]) -> None:
    packed = marshal.dumps(values, _FORMAT)
    stream.write((len(packed) + 1).to_bytes(_HEAD, "big") + bytes([news]) + packed)
    stream.flush()


def _pack(item: Ready) -> tuple[Any, ...]:
    if isinstance(item, Entry):
        return tuple(item)
    if isinstance(item, Removal):
        return (item.key, item.reason)
    return (item.item, item.code, item.reason, item.hint)


def _unpack(values: tuple[Any, ...]) -> Ready:
    if len(values) > 4:
        return Entry._make(values)
    return Removal(*values) if len(values) == 2 else Rejection(*values)
