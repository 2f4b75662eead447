"""The folders of segments, called generations: made, opened, made durable, removed.

Knows nothing of what is in them; ``manifest`` says which of them counts.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import tantivy

from osler.errors import IndexMismatchError, LibraryError
from osler.index.analysis import ANALYZER, make_splitter
from osler.index.fields import build_schema
from osler.index.manifest import REBUILD, Manifest, sync_folder

WRITER_BYTES: Final = 200_000_000
"""Memory in which the engine gathers passages before it writes a segment."""

ONE_THREAD: Final = 1
"""One thread: with more, which passage lies in which segment would be left to chance."""

_GENERATION: Final = "generation-"


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """Turn the engine's and the disk's faults into ours."""
    try:
        yield
    except (OSError, ValueError) as fault:
        busy = "Lock" in str(fault)
        raise LibraryError(
            "another process is writing the index" if busy else f"the index cannot be written: {fault}",
            item=str(folder),
            hint="try again when it has finished" if busy else "free some space, then " + REBUILD,
            code="index.busy" if busy else "index.disk",
        ) from fault


def create(generation: Path) -> tantivy.Index:
    """Make the empty segments of a new generation."""
    index = tantivy.Index(build_schema(), path=str(generation), reuse=False)
    index.register_tokenizer(ANALYZER, make_splitter())
    return index


def open_generation(folder: Path, manifest: Manifest) -> tantivy.Index:
    """Open the segments that ``manifest`` names.

    Raises:
        IndexMismatchError: ``index.damaged``: they are not there or cannot be read.
    """
    generation = folder / manifest.generation
    try:
        index = tantivy.Index.open(str(generation))
    except (OSError, ValueError) as fault:
        raise IndexMismatchError(
            f"the segments cannot be opened: {fault}",
            item=str(generation),
            hint=REBUILD,
            code="index.damaged",
        ) from fault
    index.register_tokenizer(ANALYZER, make_splitter())
    return index


def next_generation(folder: Path) -> Path:
    """Create the folder of a new generation, numbered above all others, half-built ones too."""
    taken = [int(path.name.removeprefix(_GENERATION)) for path in _generations(folder)]
    generation = folder / f"{_GENERATION}{max(taken, default=0) + 1:06d}"
    generation.mkdir()
    return generation


def _generations(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.glob(f"{_GENERATION}*")
        if path.is_dir() and path.name.removeprefix(_GENERATION).isdecimal()
    ]


def remove_others(folder: Path, *, keep: str) -> None:
    """Remove every generation but ``keep``; one that cannot go yet is left for the next build."""
    import shutil  # 5 ms that opening the index does without

    for path in _generations(folder):
        if path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


def sync_files(generation: Path) -> None:
    """Make the segments durable before the manifest names them."""
    for path in sorted(generation.iterdir()):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())
    sync_folder(generation)
