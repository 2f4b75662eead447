"""What graphs there are, by names alone: all that a question on its way to an answer waits for.

Reads two small indexes and nothing else, and is imported without the values of a graph: the names of the
curated files, and those of the imported records, a line for each name of a drug and each record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

from osler.mechanism.naming import name_key

FORMAT: Final = b"drugmechdb 1"
FOLDER: Final = "mechanism"
NAMES: Final = "drugmechdb.names"


class Pair(NamedTuple):
    """A record by its names: where it begins, whom it is about, and what its condition is called."""

    place: int
    drug: str
    condition: str
    condition_keys: frozenset[str]


@cache
def curated_names() -> Mapping[str, Mapping[str, Any]]:
    """Return what drug and condition of each curated file are called, by the name of the file."""
    text = files("osler.mechanism").joinpath("data", "names.json").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, Any]] = json.loads(text)
    return found


def is_named(asked: Iterable[str], name: str, others: Iterable[str]) -> bool:
    """Tell whether one of ``asked`` is ``name`` or one of its ``others``."""
    known = {name_key(each) for each in (name, *others)}
    return any(name_key(each) in known for each in asked)


def pairs_of(home: Path, drug: str) -> list[Pair]:
    """Return the imported records about ``drug`` by any of its names, in the order of the file.

    Raises:
        ValueError: The index is of another format, or damaged.
    """
    try:
        content = (home / FOLDER / NAMES).read_bytes()
    except FileNotFoundError:
        return []
    if not content.startswith(FORMAT + b"\t"):
        raise ValueError("an index of another format")
    key = b"\n" + name_key(drug).encode() + b"\t"
    found = []
    start = content.find(key) if len(key) > len(b"\n\t") else -1
    while start >= 0:
        end = content.index(b"\n", start + 1)
        place, name, condition, keys = content[start + len(key) : end].decode().split("\t")
        found.append(Pair(int(place), name, condition, frozenset(keys.split("|"))))
        start = content.find(key, end)
    return sorted(found)
