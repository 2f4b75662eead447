"""A run: what was measured, on what, with which settings and versions, and the value of every item.

Knows nothing of how a value was measured. Written as ``run.json`` (docs/schema/eval.json).
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from osler import __version__
from osler.errors import InputError
from osler.evaluate.datasets import Origin

SCHEMA: Final = 1
RUN_FILE: Final = "run.json"
LOWER_IS_BETTER: Final = ("_ms", "unsupported")
"""Endings of the names of values of which less is better."""

Scalar = str | int | float | bool


class RunKind(StrEnum):
    """What was measured."""

    RETRIEVAL = "retrieval"
    SENTENCES = "sentences"
    ANSWERS = "answers"
    LATENCY = "latency"
    VERIFICATION = "verification"


@dataclass(frozen=True, slots=True)
class LibraryFacts:
    """The library that was asked: its snapshot and its size."""

    snapshot: str
    sources: int
    passages: int


@dataclass(frozen=True, slots=True)
class Item:
    """One question as measured.

    Attributes:
        id: Of the question in its set.
        question: As asked.
        values: What was measured; two runs are compared by these.
        detail: What explains the values, in the types of JSON.
        fault: Code and message when it could not be measured; empty otherwise.
    """

    id: str
    question: str
    values: Mapping[str, float]
    detail: Mapping[str, Any]
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One measurement of one system on one set.

    Attributes:
        kind: What was measured.
        system: What was asked: ``osler``, or the name of a baseline.
        dataset: What it was measured on.
        settings: Everything that could have been set otherwise.
        versions: Of Osler, Python and the packages that matter.
        machine: Processors and operating system, since times depend on them.
        library: What was asked, or None for a baseline that has none.
        started: ISO time.
        seconds: How long the run took.
        summary: The figures.
        items: Every question, in order of the set.
        notes: What a reader of the figures must know.
    """

    kind: RunKind
    system: str
    dataset: Origin
    settings: Mapping[str, Scalar]
    versions: Mapping[str, str]
    machine: Mapping[str, Scalar]
    library: LibraryFacts | None
    started: str
    seconds: float
    summary: Mapping[str, float]
    items: tuple[Item, ...]
    notes: tuple[str, ...] = ()

    def as_document(self) -> dict[str, Any]:
        """Return the run in the types of JSON."""
        return {"schema": SCHEMA, **asdict(self)}


def is_lower_better(name: str) -> bool:
    """Tell whether less of the value ``name`` is better."""
    return name.endswith(LOWER_IS_BETTER)


def versions_of(*packages: str) -> dict[str, str]:
    """Return the versions of Osler, of Python and of those ``packages`` that are installed."""
    found = {"osler": __version__, "python": platform.python_version()}
    for package in packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def this_machine() -> dict[str, Scalar]:
    """Return what times depend on: the processors this process may use, and the system."""
    return {
        "processors": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count() or 1,
        "system": platform.system(),
        "architecture": platform.machine(),
    }


def write_json(document: Mapping[str, Any], file: Path) -> None:
    """Write ``document`` to ``file``, indented.

    Raises:
        InputError: The file cannot be written.
    """
    write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", file)


def write_text(text: str, file: Path) -> None:
    """Write ``text`` to ``file`` in UTF-8; folders above it are made.

    Raises:
        InputError: The file cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as fault:
        raise InputError(
            f"cannot be written: {fault.strerror}", item=str(file), code="input.unreadable"
        ) from fault


def load_run(place: Path) -> Run:
    """Return the run stored at ``place``: a ``run.json``, or a folder with one.

    Raises:
        InputError: There is none, or it is not a run.
    """
    file = place / RUN_FILE if place.is_dir() else place
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            "there is no such run",
            item=str(file),
            hint="name a folder that osler eval -o wrote",
            code="input.missing",
        ) from None
    except (OSError, ValueError) as fault:
        raise InputError(f"cannot be read: {fault}", item=str(file), code="input.json") from fault
    try:
        return _run_from(stored)
    except (KeyError, TypeError, ValueError) as fault:
        raise InputError(f"is not a run: {fault}", item=str(file), code="input.value") from fault


def _run_from(stored: Mapping[str, Any]) -> Run:
    library = stored["library"]
    return Run(
        kind=RunKind(stored["kind"]),
        system=stored["system"],
        dataset=Origin(**stored["dataset"]),
        settings=stored["settings"],
        versions=stored["versions"],
        machine=stored["machine"],
        library=LibraryFacts(**library) if library else None,
        started=stored["started"],
        seconds=stored["seconds"],
        summary=stored["summary"],
        items=tuple(_items_from(stored["items"])),
        notes=tuple(stored["notes"]),
    )


def _items_from(stored: Iterable[Mapping[str, Any]]) -> Iterable[Item]:
    return (Item(**entry) for entry in stored)
