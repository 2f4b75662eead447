"""Floor 3: bytes in, documents out. Cannot reach the network or the library.

``open_items`` sniffs what a file is and gives its items one by one; each reader can also be called on a
stream (``read_medline`` on the answer of E-utilities, for example). ``open_part`` lets several processes
share one file. A file that is unusable as a whole
raises ``InputError``; one bad item in a good file is given as a ``Rejection`` and the rest goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from osler.formats.opening import is_divisible, open_items, open_part

if TYPE_CHECKING:
    from osler.formats.medline import read_medline

__all__ = ["is_divisible", "open_items", "open_part", "read_medline"]


def __getattr__(name: str) -> object:
    """Import a reader on use: its patterns take longer to prepare than a question takes to answer."""
    if name == "read_medline":
        from osler.formats.medline import read_medline

        return read_medline
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
