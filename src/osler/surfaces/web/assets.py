"""The few files that pages load. Read once; each address holds the file's own digest.

An address therefore never changes its content, and a browser may keep it for ever. Addresses are looked
up in a table, so none can lead anywhere else on the disk.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final

TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""What is served; licences and notes that lie beside the files are not."""
DIGITS: Final = 12
_AT_ONCE: Final = 1400
"""Bytes that travel in one packet: smaller files gain nothing from being compressed."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file.

    Attributes:
        address: Path under which it is served.
        content_type: What it is.
        body: Its bytes.
        compressed: The same in gzip, or None where that would not help.
    """

    address: str
    content_type: str
    body: bytes
    compressed: bytes | None


def load_assets() -> dict[str, Asset]:
    """Return the files of ``static/`` by name; a style sheet names other files by their full address."""
    folder = resources.files("osler.surfaces.web") / "static"
    files = {
        entry.name: entry.read_bytes() for entry in folder.iterdir() if _suffix(entry.name) in TYPES
    }
    loaded: dict[str, Asset] = {}
    for name in sorted(files, key=lambda name: name.endswith(".css")):
        body = files[name]
        if name.endswith(".css"):
            for other, asset in loaded.items():
                body = body.replace(f"url({other})".encode(), f"url({asset.address})".encode())
        loaded[name] = _asset(name, body)
    return loaded


def _asset(name: str, body: bytes) -> Asset:
    digest = hashlib.sha256(body).hexdigest()[:DIGITS]
    kind = TYPES[_suffix(name)]
    helps = len(body) > _AT_ONCE and not name.endswith(".woff2")  # woff2 is compressed already
    packed = gzip.compress(body, compresslevel=9, mtime=0) if helps else None
    return Asset(f"/static/{digest}/{name}", kind, body, packed)


def _suffix(name: str) -> str:
    return f".{name.rpartition('.')[2]}"
