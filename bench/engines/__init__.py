"""The engines that are compared: each builds its index in one process and is asked in another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from material.records import Entry

if TYPE_CHECKING:
    from osler.providers.local import LocalEmbedder

TOP = 50
"""Passages that every engine is asked for."""

Find = Callable[[str], list[int]]
"""Returns the numbers of the passages found for a question, best first."""


@dataclass(frozen=True, slots=True)
class Material:
    """What an engine builds from.

    Attributes:
        folder: Its own folder, empty before it builds.
        staged: The records, as a file of JSON Lines.
        vectors: File of one vector per record, in the same order.
        models: Home that holds the model, for engines that embed a question.
    """

    folder: Path
    staged: Path
    vectors: Path
    models: Path

    def iter_entries(self) -> Iterator[Entry]:
        """Yield the records in order."""
        import json

        with self.staged.open(encoding="utf-8") as lines:
            for line in lines:
                fields = json.loads(line)
                yield Entry(fields.get("title", ""), fields.get("text", ""), fields)

    def open_model(self) -> LocalEmbedder:
        """Open the model that embeds questions, the same for every engine."""
        from material.vectors import open_model

        return open_model(self.models)


@dataclass(frozen=True, slots=True)
class Engine:
    """One engine.

    Attributes:
        name: Stands in the table.
        build: Builds the index in the folder of the material.
        open: Opens it for asking.
        needs: Packages that must be installed.
        kept: Which files below its folder are its index.
        shares: Name of a folder that engines have in common: what one has built, the next goes on from.
    """

    name: str
    build: Callable[[Material], None]
    open: Callable[[Material], AbstractContextManager[Find]]
    needs: tuple[str, ...] = ()
    kept: str = "**/*"
    shares: str = ""
