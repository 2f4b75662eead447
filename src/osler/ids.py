"""Identifiers made from content: the same evidence has the same id on every machine.

An id is a prefix that names the kind of thing and 20 hexadecimal digits of a SHA-256 (80 bits: with
10^9 things the chance that any two collide is below one in a million). No clock, no random source.
"""

from __future__ import annotations

import hashlib
from typing import Final, Literal

Prefix = Literal["src", "ver", "psg", "st", "ans", "art", "file"]
DIGITS: Final = 20
_SEPARATOR: Final = "\x1f"


def sha256_text(text: str) -> str:
    """Return the SHA-256 of ``text`` in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def content_id(prefix: Prefix, *parts: str) -> str:
    """Return the id of the thing that ``parts`` describe.

    Parts are joined by a control character that no part may contain, so that ``("ab", "c")`` and
    ``("a", "bc")`` differ.
    """
    whole = _SEPARATOR.join(parts) + _SEPARATOR if parts else ""
    return f"{prefix}_{sha256_text(whole)[:DIGITS]}"
