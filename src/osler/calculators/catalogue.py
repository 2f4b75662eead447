"""Every calculator there is, by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Final

from osler.calculators.definition import Definition
from osler.calculators.definition_file import iter_files, load_definition
from osler.errors import NotFoundError

_SIGNS: Final = re.compile(r"[^a-z0-9]+")
_SUBSCRIPTS: Final = str.maketrans("₂–", "2-")


@cache
def all_definitions() -> Mapping[str, Definition]:
    """Return every definition by its name, in the order of the names."""
    found = [load_definition(file) for file in iter_files()]
    return {definition.name: definition for definition in sorted(found, key=lambda entry: entry.name)}


def find_definition(name: str) -> Definition:
    """Return the calculator called ``name``: case, hyphens and spaces do not matter, aliases count.

    Raises:
        NotFoundError: There is none (``not_found.calculator``).
    """
    wanted = _folded(name)
    for definition in all_definitions().values():
        if wanted in {
            _folded(known) for known in (definition.name, definition.title, *definition.aliases)
        }:
            return definition
    near = get_close_matches(name.strip().lower(), list(all_definitions()), n=1)
    meant = f"was {near[0]} meant? " if near else ""
    raise NotFoundError(
        "there is no such calculator",
        item=name,
        hint=f"{meant}osler calculate --list names them all",
        code="not_found.calculator",
    )


def _folded(name: str) -> str:
    return _SIGNS.sub("", name.lower().translate(_SUBSCRIPTS))
