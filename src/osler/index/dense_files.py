"""The vectors on disk: one file of whole numbers, one of rows, and a manifest that names both.

A vector is stored as ``dimensions`` numbers from -127 to 127 and one scale. Vectors are only ever
appended; the manifest says how many count, so that a kill leaves at most a tail that the next writer
cuts off. What becomes of a passage (gone, moved to another scope) is told in the rows, which are written
anew beside the old ones and swapped in by the rename of the manifest.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from osler.errors import IndexMismatchError, LibraryError, UsageError
from osler.index.protocol import IndexRow
from osler.providers.protocols import Model

FILE: Final = "manifest.json"
LOCK: Final = "writer.lock"
FORMAT: Final = 1
INPUT: Final = "title-and-text-1"
"""Name of the rule by which a passage becomes the text that is embedded; see ``input_text``."""

REPAIR: Final = "osler index embed"
LARGEST: Final = 127
"""Largest stored number. Products of two vectors up to 2,000 long stay whole in 32-bit floats."""

MOST_DIMENSIONS: Final = 2000

ROW: Final = np.dtype(
    [
        ("passage", "S10"),
        ("source", "S10"),
        ("scale", "<f4"),
        ("scope", "<u2"),
        ("kind", "u1"),
        ("design", "u1"),
        ("year", "<u2"),
        ("live", "u1"),
    ]
)
"""One passage: its ids as 80-bit numbers, the scale of its vector, and what searches filter by."""

Codes = NDArray[np.int8]
Rows = NDArray[np.void]

_ID: Final = re.compile("(?:psg|src)_([0-9a-f]{20})")
_ID_BYTES: Final = 10


@dataclass(frozen=True, slots=True)
class DenseManifest:
    """What the vectors were made by, and how far they have read the library.

    Attributes:
        model: The model that made them.
        vectors: Name of the file of vectors.
        rows: Name of the file of rows.
        count: Number of vectors that count; what the files hold beyond is not there.
        live: How many of them belong to passages that are still current.
        held: Every passage current up to this change of the library has its vector.
        checked: Removals up to this change are told in the rows.
        scopes: Names of the scopes, by the number that rows give.
        kinds: Names of the kinds, likewise.
        designs: Names of the designs, likewise.
        library: Identity of the library.
        input: Rule by which a passage became the text that was embedded.
        format: Version of the files.
    """

    model: Model
    vectors: str
    rows: str
    count: int = 0
    live: int = 0
    held: int = 0
    checked: int = 0
    scopes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    designs: tuple[str, ...] = ()
    library: str = ""
    input: str = INPUT
    format: int = FORMAT


def input_text(row: IndexRow) -> str:
    """Return the text of ``row`` that is embedded."""
    return text_of(row.title, row.text)


def text_of(title: str, text: str) -> str:
    """Return what a model reads of a passage: the title says what it is about."""
    return f"{title}\n{text}" if title else text


def load_dense_manifest(folder: Path) -> DenseManifest | None:
    """Return the manifest in ``folder``, or None where there are no vectors.

    Raises:
        IndexMismatchError: ``index.damaged``: it cannot be read. ``index.format``: another version wrote
            the files.
    """
    try:
        stored = json.loads((folder / FILE).read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as fault:
        raise _damaged(f"the manifest cannot be read: {fault}", folder) from fault
    try:
        if (stored["format"], stored["input"]) != (FORMAT, INPUT):
            raise IndexMismatchError(
                "the vectors were made by other rules",
                item=str(folder),
                hint=REPAIR,
                code="index.format",
            )
        lists = {name: tuple(stored[name]) for name in ("scopes", "kinds", "designs")}
        return DenseManifest(**{**stored, **lists, "model": Model(**stored["model"])})
    except (TypeError, KeyError) as fault:
        raise _damaged("the manifest lacks an entry", folder) from fault


def save_dense_manifest(manifest: DenseManifest, folder: Path) -> None:
    """Make ``manifest`` the one that readers see: written whole, then renamed in one step."""
    partial = folder / f"{FILE}.new"
    with partial.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(folder / FILE)
    _sync_folder(folder)


def new_manifest(folder: Path, model: Model, *, library: str) -> DenseManifest:
    """Return the manifest of vectors yet to be made, with files of its own, which are created."""
    if not 0 < model.dimensions <= MOST_DIMENSIONS:
        raise UsageError(
            f"vectors of {model.dimensions} dimensions are not supported",
            item=model.name,
            hint=f"at most {MOST_DIMENSIONS}",
        )
    manifest = DenseManifest(model, *next_names(folder), library=library)
    for name in (manifest.vectors, manifest.rows):
        (folder / name).touch()
    return manifest


def next_names(folder: Path) -> tuple[str, str]:
    """Return names for a new file of vectors and of rows, above all that are there."""
    taken = [int(found[1]) for path in folder.iterdir() if (found := re.search(r"-(\d+)\.", path.name))]
    number = max(taken, default=0) + 1
    return f"vectors-{number:06d}.i8", f"rows-{number:06d}.bin"


def remove_other_files(folder: Path, manifest: DenseManifest) -> None:
    """Remove every file that ``manifest`` does not name; readers that have one open keep it."""
    for pattern in ("vectors-*.i8", "rows-*.bin"):
        for path in folder.glob(pattern):
            if path.name not in (manifest.vectors, manifest.rows):
                path.unlink(missing_ok=True)


def open_codes(folder: Path, manifest: DenseManifest) -> Codes:
    """Return the vectors, mapped from disk.

    Raises:
        IndexMismatchError: ``index.damaged``: the file is gone or shorter than it should be.
    """
    shape = (manifest.count, manifest.model.dimensions)
    if not manifest.count:
        return np.empty(shape, np.int8)
    try:
        mapped = np.memmap(folder / manifest.vectors, np.int8, mode="r", shape=shape)
        # As a plain array: a slice of the mapped kind costs more than the products of a small block.
        return np.asarray(mapped).view(np.ndarray)
    except (OSError, ValueError) as fault:
        raise _damaged(f"the vectors cannot be opened: {fault}", folder) from fault


def load_rows(folder: Path, manifest: DenseManifest) -> Rows:
    """Return the rows, read into memory.

    Raises:
        IndexMismatchError: ``index.damaged``: the file is gone or shorter than it should be.
    """
    try:
        rows = np.fromfile(folder / manifest.rows, ROW, count=manifest.count)
    except OSError as fault:
        raise _damaged(f"the rows cannot be opened: {fault}", folder) from fault
    if len(rows) < manifest.count:
        raise _damaged("the rows are fewer than the manifest says", folder)
    return rows


def append(folder: Path, manifest: DenseManifest, codes: Codes, rows: Rows) -> DenseManifest:
    """Write ``codes`` and ``rows`` behind what counts, durably; return the manifest that counts them."""
    for name, part, width in (
        (manifest.vectors, codes, manifest.model.dimensions),
        (manifest.rows, rows, ROW.itemsize),
    ):
        with (folder / name).open("r+b") as file:
            file.truncate(manifest.count * width)
            file.seek(0, os.SEEK_END)
            file.write(np.ascontiguousarray(part).tobytes())
            file.flush()
            os.fsync(file.fileno())
    return replace(
        manifest,
        count=manifest.count + len(rows),
        live=manifest.live + int(np.count_nonzero(rows["live"])),
    )


def write_whole(path: Path, parts: Iterable[NDArray[np.generic]]) -> None:
    """Write ``parts`` one behind the other as the file ``path``, durably."""
    with path.open("wb") as file:
        for part in parts:
            file.write(np.ascontiguousarray(part).tobytes())
        file.flush()
        os.fsync(file.fileno())


def id_bytes(name: str) -> bytes:
    """Return the 80-bit number of a passage or source id.

    Raises:
        UsageError: It is no id made from content.
    """
    found = _ID.fullmatch(name)
    if found is None:
        raise UsageError("this is not an id made from content", item=name)
    return bytes.fromhex(found[1])


def id_text(prefix: str, number: bytes) -> str:
    """Return the id that ``number`` was made from; numpy has cut off bytes of zero at its end."""
    return f"{prefix}_{number.ljust(_ID_BYTES, bytes(1)).hex()}"


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold ``folder`` for one writer within the block, and turn the disk's faults into ours.

    Raises:
        LibraryError: ``index.busy``: another process embeds. ``index.disk``: the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            _hold(descriptor, folder)
            yield
        finally:
            os.close(descriptor)
    except OSError as fault:
        raise LibraryError(
            f"the vectors cannot be written: {fault}",
            item=str(folder),
            hint="free some space, then " + REPAIR,
            code="index.disk",
        ) from fault


def _hold(descriptor: int, folder: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LibraryError(
            "another process is embedding",
            item=str(folder),
            hint="try again when it has finished",
            code="index.busy",
        ) from None


def _damaged(message: str, folder: Path) -> IndexMismatchError:
    return IndexMismatchError(message, item=str(folder), hint=REPAIR, code="index.damaged")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
