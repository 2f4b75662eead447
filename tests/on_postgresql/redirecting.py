"""Lets a test's library lie in PostgreSQL where it says ``home / "osler.db"``.

Where ``OSLER_DEV_POSTGRESQL_AT`` holds a server's address, a library that is made at a path gets a
database of that server instead, and the path a note of its name. Where a home was copied with its note,
the database is copied when it is first opened. A path where a file of SQLite lies stays what it is.
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
NONE = "OSLER_DEV_OPENS_NO_LIBRARY"
"""Set to the name of a test that is said to open no library at all."""

EMPTY = "osler_empty"
"""An empty library on the server; every other one starts as a copy of it, since tables take longer."""

LONGEST_NOTE = 2000
"""Bytes; the smallest file of SQLite with a table in it has more."""

STRATEGIES = 150000
"""Version from which a database can be copied in more ways than one."""

NOTE = b"a library of the tests lies in PostgreSQL\n"


def install(database: ModuleType) -> None:
    """Have ``osler.store.database`` ask here first."""
    ask: Callable[[Any], Any] = database.database_at

    def database_at(place: Any) -> Any:
        if NONE in os.environ:
            raise AssertionError(
                f"opens a library, and its room is in libraries.WITHOUT: {os.environ[NONE]}"
            )
        found = _stand_in(place) if isinstance(place, Path) else None
        return ask(place) if found is None else found

    database.database_at = database_at  # type: ignore[attr-defined]


def address(path: Path) -> str:
    """Return the address of the database that stands for ``path``; empty where a file of SQLite does."""
    note = _read(path)
    return _address(*note) if note else ""


def drop_under(folder: Path) -> None:
    """Drop the databases of the homes in ``folder``."""
    for path in folder.rglob("osler.db"):
        if note := _read(path):
            _run(note[0], f'DROP DATABASE IF EXISTS "{note[1]}" WITH (FORCE)')
            path.unlink()


def _read(path: Path) -> tuple[str, str] | None:
    """Return the server and the database that the note at ``path`` names, None where it is none."""
    # Opening a file of SQLite and closing it would drop the locks that this process holds on it.
    if not path.is_file() or path.stat().st_size > LONGEST_NOTE:
        return None
    with path.open("rb") as file:
        if file.read(len(NOTE)) != NOTE:
            return None
        server, name, home = file.read().decode().split("\n")[:3]
    if home != str(path.absolute()):  # it came here with a copy of its home
        _make(path, server, template=name)
        name = _name(path)
    return server, name


def _stand_in(path: Path) -> Any:
    note = _read(path)
    if note is None and (AT not in os.environ or path.exists()):
        return None
    server, name = note or (os.environ[AT], _name(path))
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
                _make(self.path, server)

        def exists(self) -> bool:
            return self.path.exists()

    return StandIn(DatabaseServer(_address(server, name), "", name), path)


def _name(path: Path) -> str:
    return "t" + hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:20]


def _address(server: str, name: str) -> str:
    parts = urlsplit(server)
    return parts._replace(path=f"/{name}").geturl()


def _make(path: Path, server: str, *, template: str = EMPTY) -> None:
    import psycopg

    name = _name(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        _copy(server, template, name)
        if template == EMPTY:
            identity = f"UPDATE meta SET value = '{name[1:17]}' WHERE name = 'identity'"
            _run(_address(server, name), identity)
    except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
        pass  # another process was quicker
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_bytes(NOTE + f"{server}\n{name}\n{path.absolute()}\n".encode())
    partial.replace(path)


def _copy(server: str, template: str, name: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        # Whole files are copied in half the time; older servers know nothing else.
        how = " STRATEGY FILE_COPY" if connection.info.server_version >= STRATEGIES else ""
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{how}'.encode())


def _run(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())
