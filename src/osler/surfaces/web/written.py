"""What the log may say of an address: never what opens something by being known, never who is meant.

A one-time link sets a password, an id of a kept answer shows it, to whoever has it. A log is read by
others than those two are for, so both are left out of paths. Queries are written only where a setting
asks for it, and then without what may identify somebody.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode

from osler.text.identifying import redacted

HELD_BACK: Final = "..."
_OPENS: Final = re.compile(r"^(?P<place>/account/password/|/a/)[^/]+")
_OF_SIGNING_IN: Final = "/account/"


def written_path(path: str) -> str:
    """Return ``path`` without the token or the id that it may hold."""
    return _OPENS.sub(lambda match: match["place"] + HELD_BACK, path)


def written_address(path: str, query: str) -> str:
    """Return path and query; a query of signing in is good for that, and no question."""
    shown = written_path(path)
    if not query or path.startswith(_OF_SIGNING_IN):
        return shown
    fields = [(name, redacted(value)) for name, value in parse_qsl(query, keep_blank_values=True)]
    return f"{shown}?{urlencode(fields)}"
