"""What an index says of itself: its rules, and the state of the library it holds. Never opens segments.

The manifest names the folder of the segments, so that replacing this one small file is the whole swap
from an old index to a new one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import tantivy

import osler
from osler.errors import IndexMismatchError, LibraryError
from osler.index.analysis import TOKENISER
from osler.index.fields import FIELDS, SCHEMA

FILE: Final = "manifest.json"
REBUILD: Final = "osler index rebuild"
MISSING: Final = "index.missing"
"""Code of the error for a folder without an index."""
ENGINE: Final = str(vars(tantivy)["__version__"])
"""Version of the engine and of its file format; its type stubs leave it out."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rules an index was built by, and how far it has read the library.

    Attributes:
        generation: Name of the folder with the segments, beside the manifest.
        sequence: Newest change of the library that the index holds.
        passages: Number of passages.
        library: Identity of the library, empty when it gives none.
        schema: Version of the fields.
        tokeniser: Name and version of the word rules.
        fields: Names of the fields.
        engine: Version of the engine and of its file format.
        osler: Version that built it; told to people, not compared.
    """

    generation: str
    sequence: int
    passages: int
    library: str = ""
    schema: int = SCHEMA
    tokeniser: str = TOKENISER
    fields: tuple[str, ...] = FIELDS
    engine: str = ENGINE
    osler: str = osler.__version__


def load_manifest(folder: Path) -> Manifest | None:
    """Return the manifest in ``folder``, or None where there is no index.

    Raises:
        IndexMismatchError: It cannot be read, or the index was built by other rules.
    """
    try:
        stored = json.loads((folder / FILE).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as fault:
        raise IndexMismatchError(
            f"the manifest cannot be read: {fault}", item=str(folder), hint=REBUILD, code="index.damaged"
        ) from fault
    _check_rules(stored if isinstance(stored, dict) else {}, folder)
    try:
        return Manifest(**{**stored, "fields": tuple(stored["fields"])})
    except (TypeError, KeyError) as fault:
        raise IndexMismatchError(
            "the manifest lacks an entry", item=str(folder), hint=REBUILD, code="index.damaged"
        ) from fault


def _check_rules(stored: dict[str, object], folder: Path) -> None:
    ours: dict[str, object] = {
        "schema": SCHEMA,
        "tokeniser": TOKENISER,
        "fields": list(FIELDS),
        "engine": ENGINE,
    }
    for name, value in ours.items():
        if stored.get(name) != value:
            raise IndexMismatchError(
                f"built with {name} {stored.get(name)!r}, this is {value!r}",
                item=str(folder),
                hint=REBUILD,
                code=f"index.{name}",
            )


def require_manifest(folder: Path, *, sequence: int | None, library: str | None) -> Manifest:
    """Return the manifest of an index that holds the library at ``sequence``.

    Raises:
        IndexMismatchError: There is no index, it was built by other rules, for another library or for
            another state of it.
    """
    manifest = load_manifest(folder)
    if manifest is None:
        raise IndexMismatchError("there is no index yet", item=str(folder), hint=REBUILD, code=MISSING)
    if library is not None and manifest.library != library:
        raise IndexMismatchError(
            "the index belongs to another library", item=str(folder), hint=REBUILD, code="index.library"
        )
    if sequence is not None and manifest.sequence != sequence:
        raise IndexMismatchError(
            f"the index holds the library at change {manifest.sequence}, the library is at {sequence}",
            item=str(folder),
            hint=REBUILD,
            code="index.sequence",
        )
    return manifest


def save_manifest(manifest: Manifest, folder: Path) -> None:
    """Make ``manifest`` the one that readers see: written whole, then renamed in one step.

    Raises:
        LibraryError: The disk refuses.
    """
    partial = folder / f"{FILE}.new"
    try:
        with partial.open("w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file, indent=1, sort_keys=True)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(folder / FILE)
        sync_folder(folder)
    except OSError as fault:
        raise LibraryError(f"the index cannot be written: {fault}", item=str(folder)) from fault


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
