"""Lets a test's library lie in PostgreSQL where it says ``home / "osler.db"``.

Where ``OSLER_DEV_POSTGRESQL_AT`` holds a server's address, a library that is made at a path gets a database
of that server instead, and the path a note of its name. A home that was copied, note and all, gets a copy of
the database when it is first opened. A path at which a file of SQLite lies stays what it is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

AT = "OSLER_DEV_POSTGRESQL_AT"
EMPTY = "osler_empty"
"""An empty library on the server, which every other one starts as a copy of: tables take longer to make."""

NOTE = b"a library of the tests lies in PostgreSQL\n"


def install(database: ModuleType) -> None:
    """Have ``osler.store.database`` ask here first."""
    ask: Callable[[Any], Any] = database.database_at

    def database_at(place: Any) -> Any:
        server = os.environ.get(AT)
        if server and isinstance(place, Path) and (not place.exists() or noted(place)):
            return _stand_in(place, server)
        return ask(place)

    database.database_at = database_at  # type: ignore[attr-defined]


def noted(path: Path) -> str:
    """Return the database that the note at ``path`` names; empty where it is none."""
    try:
        with path.open("rb") as file:
            if file.read(len(NOTE)) != NOTE:
                return ""
            name, _, home = file.read().decode().strip().partition(" ")
    except OSError:
        return ""
    if home != str(path.absolute()):
        return _copied(path, name)
    return name


def address(path: Path) -> str:
    """Return the address of the database that stands for ``path``."""
    return _address(os.environ[AT], noted(path))


def drop_under(folder: Path) -> None:
    """Drop the databases of the homes in ``folder``."""
    for path in folder.rglob("osler.db"):
        if path.is_file() and (name := noted(path)):
            _run(os.environ[AT], f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            path.unlink()


def _stand_in(path: Path, server: str) -> Any:
    from osler.config import DatabaseServer
    from osler.store.server import ServerDatabase

    @dataclass(frozen=True)
    class StandIn(ServerDatabase):
        """The database that stands for a path."""

        path: Path

        @property
        def name(self) -> str:
            return self.path.as_posix()

        def make(self) -> None:
            if not self.path.exists():
                _make(self.path, _name(self.path), server)

        def exists(self) -> bool:
            return self.path.exists()

    name = noted(path) or _name(path)
    return StandIn(DatabaseServer(_address(server, name), "", name), path)


def _name(path: Path) -> str:
    return "t" + hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:20]


def _address(server: str, name: str) -> str:
    parts = urlsplit(server)
    return parts._replace(path=f"/{name}").geturl()


def _copied(path: Path, original: str) -> str:
    name = _name(path)
    _make(path, name, os.environ[AT], template=original)
    return name


def _make(path: Path, name: str, server: str, *, template: str = EMPTY) -> None:
    import psycopg

    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _run(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        if template == EMPTY:
            identity = f"UPDATE meta SET value = '{name[1:17]}' WHERE name = 'identity'"
            _run(_address(server, name), identity)
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        pass  # another process was quicker
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_bytes(NOTE + f"{name} {path.absolute()}\n".encode())
    partial.replace(path)


def _run(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())
