"""Reads the starter library: packs of curators' summaries that ship inside the package.

A pack is one JSON Lines file in ``packs/``, one source on each line; a further pack is one more file
and no code. The text of a pack is the project's own summary of a source, so every record is ``summary``
and is never printed as a quotation. No network, no database, no clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Final

from osler.errors import InputError, NotFoundError
from osler.model.passage import Role
from osler.model.record import Block, Record
from osler.model.source import Design, Kind, Source, Status, TextKind

_SUFFIX: Final = ".jsonl"


def packs() -> tuple[str, ...]:
    """Return the names of the packs that ship with Osler, sorted."""
    entries = _folder().iterdir()
    return tuple(sorted(e.name.removesuffix(_SUFFIX) for e in entries if e.name.endswith(_SUFFIX)))


def read_pack(name: str) -> Iterator[Record]:
    """Return the records of the pack called ``name``, in the order of its file.

    The name is checked at once; the lines are read as the iterator is drawn.

    Raises:
        NotFoundError: No pack has this name (``not_found.pack``); the hint lists those that exist.
        InputError: A line of the pack is damaged (``input.pack``), raised while iterating.
    """
    known = packs()
    if name not in known:
        raise NotFoundError(
            "no starter pack has this name",
            item=f"starter:{name}",
            hint="one of: " + ", ".join(f"starter:{pack}" for pack in known),
            code="not_found.pack",
        )
    return _read(name)


def _folder() -> Traversable:
    return resources.files("osler.library") / "packs"


def _read(name: str) -> Iterator[Record]:
    with (_folder() / f"{name}{_SUFFIX}").open("r", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.isspace():
                continue
            try:
                yield _record(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f"is not a record: {error!r}",
                    item=f"starter:{name}, line {number}",
                    hint="install Osler again",
                    code="input.pack",
                ) from error


def _record(fields: dict[str, Any]) -> Record:
    source = Source(
        key=fields["key"],
        kind=Kind(fields["kind"]),
        design=Design(fields["design"]),
        title=fields["title"],
        authors=tuple(fields["authors"]),
        container=fields["container"],
        year=fields["year"],
        date=None if fields["year"] is None else str(fields["year"]),
        pmid=fields["pmid"],
        pmcid=fields["pmcid"],
        doi=fields["doi"],
        url=fields["url"],
        licence=fields["licence"],
        status=Status(fields["status"]),
        participants=fields["participants"],
        headings=tuple(fields["headings"]),
        substances=tuple(fields["substances"]),
        language="eng",
    )
    blocks = tuple(
        Block(block["text"], Role(block["role"]), block["label"]) for block in fields["blocks"]
    )
    return Record(source, blocks, TextKind(fields["text_kind"]))
