"""Asks for many rows at once, by a list that is one parameter whatever its length."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, bindparam, cast, func, select

from osler.store.engines import is_server


def is_listed(connection: Connection, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that ``column`` is in the list given as ``listed(values)``.

    A parameter for each value would have the statement written anew each time, which takes longer than
    finding the rows.
    """
    if is_server(connection):
        words = func.json_array_elements_text(cast(bindparam("listed"), JSON)).table_valued("value")
        return column.in_(select(cast(words.c.value, column.type)))
    values = func.json_each(bindparam("listed")).table_valued("value")
    return column.in_(select(values.c.value))


def listed(values: Iterable[str] | Iterable[int]) -> dict[str, str]:
    """Return the parameter of a statement with ``is_listed``."""
    return {"listed": json.dumps(list(values))}
