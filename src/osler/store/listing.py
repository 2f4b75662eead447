"""Asks for many rows at once, by a list that is one parameter whatever its length."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select


def is_listed(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that ``column`` is in the list given as ``listed(values)``.

    A parameter for each value would have the statement written anew each time, which takes longer than
    finding the rows.
    """
    values = func.json_each(bindparam("listed")).table_valued("value")
    return column.in_(select(values.c.value))


def listed(values: Iterable[str] | Iterable[int]) -> dict[str, str]:
    """Return the parameter of a statement with ``is_listed``."""
    return {"listed": json.dumps(list(values))}
