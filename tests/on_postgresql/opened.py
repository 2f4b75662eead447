"""A test's library as somebody with the database's own tools has it, whichever database it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tests.on_postgresql.redirecting import address

GUARDS = "SELECT name FROM sqlite_master WHERE type = 'trigger'"


class Tool(Protocol):
    """What runs a statement with question marks for its values."""

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Any: ...


class _Psql:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str, values: Sequence[Any] = (), /) -> Any:
        return self._connection.execute(statement.replace("?", "%s").encode(), values or None)


@contextmanager
def opened(path: Path) -> Iterator[Tool]:
    """Open the library that lies at ``path``; each statement counts at once."""
    server = address(path)
    if server:
        import psycopg

        with psycopg.connect(server, autocommit=True) as connection:
            yield _Psql(connection)
        return
    file = sqlite3.connect(path, isolation_level=None)
    try:
        yield file
    finally:
        file.close()


@contextmanager
def unguarded(path: Path) -> Iterator[Tool]:
    """The same, with the guards of its history taken away."""
    with opened(path) as tool:
        if address(path):
            tool.execute("SET session_replication_role = replica")
        else:
            for (name,) in tool.execute(GUARDS).fetchall():
                tool.execute(f"DROP TRIGGER {name}")
        yield tool


def everything_in(path: Path) -> str:
    """Return all that the tables of the library at ``path`` hold."""
    from osler.store.schema import metadata

    with opened(path) as tool:
        rows = [row for name in metadata.tables for row in tool.execute(f"SELECT * FROM {name}")]
    return "\n".join(str(row) for row in rows)
