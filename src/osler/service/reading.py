"""Whether an answer that was stored may be read: by those who may read all that it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osler.service.wiring import Desk


def may_read(desk: Desk, document: Mapping[str, Any]) -> bool:
    """Tell whether whoever sits at ``desk`` may read the answer in ``document``.

    What counts is which parts of the library it was made from, not which of them it came to quote: a
    passage withheld, or one that was not found, tells of a part as well.
    """
    searched: Mapping[str, str] = document["answer"]["library"]["searched"]["filters"]
    scopes = {scope.strip() for scope in searched.get("scope", "").split(",")} - {""}
    return scopes <= desk.scopes and may_read_sources(
        desk, [reference["source"] for reference in document["answer"]["references"]]
    )


def may_read_sources(desk: Desk, ids: Iterable[str]) -> bool:
    """Tell whether every source that is still held may be read: one may have been made private since."""
    return all(source.scope in desk.scopes for source in desk.store.sources(ids).values())
