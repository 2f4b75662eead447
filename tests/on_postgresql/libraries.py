"""Says for each test whether its libraries lie in files of SQLite or in PostgreSQL."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.on_postgresql import redirecting, sitecustomize
from tests.on_postgresql.cluster import Cluster

SWITCH = "OSLER_DEV_DATABASE"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
KINDS = [POSTGRESQL] if os.environ.get(SWITCH) == POSTGRESQL else [SQLITE, POSTGRESQL]
FOLDER = Path(__file__).parent
WITHOUT = frozenset(
    {"calculators", "formats", "net", "providers", "strip", "synthesis", "text", "verify"}
)
"""Rooms whose tests open no library; one that does fails, so that nothing is left out unnoticed."""


def watch() -> None:
    """Have this process, and each Python that a test starts, ask where libraries lie."""
    sys.meta_path.insert(0, sitecustomize.Watch())
    here = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = f"{FOLDER}{os.pathsep}{here}" if here else str(FOLDER)


def kind_of(item: pytest.Item) -> str:
    """Return where the libraries of the test lie."""
    if KINDS == [POSTGRESQL]:
        return POSTGRESQL
    call: Any = getattr(item, "callspec", None)
    return SQLITE if call is None else str(call.params.get("database_kind", SQLITE))


def opens_none(item: pytest.Item) -> bool:
    """Tell whether the test is of a room in which no library is opened."""
    within = (
        item.path.relative_to(FOLDER.parent).parts if item.path.is_relative_to(FOLDER.parent) else ()
    )
    return within[:1] != () and within[0] in WITHOUT


def let_open(item: pytest.Item) -> None:
    """Have whatever opens a library fail in a test of a room that opens none, and only there."""
    if opens_none(item):
        os.environ[redirecting.NONE] = item.nodeid
    else:
        os.environ.pop(redirecting.NONE, None)


def concerns_the_other(item: pytest.Item) -> bool:
    """Tell whether the test concerns one database alone, and not the one its libraries lie in."""
    other = SQLITE if kind_of(item) == POSTGRESQL else POSTGRESQL
    return item.get_closest_marker(other) is not None


def skip_what_concerns_files(items: list[pytest.Item]) -> None:
    """Have each test that is about a file of SQLite skipped, and say why."""
    for item in items:
        marker = item.get_closest_marker(SQLITE)
        if marker is not None:
            (why,) = marker.args
            item.add_marker(pytest.mark.skip(reason=f"about a library in a file alone: {why}"))


def prepared(running: Cluster) -> Cluster:
    """Make the empty library that every other one starts as a copy of, and return the server."""
    from osler.config import DatabaseServer
    from osler.store import open_store

    name = redirecting.EMPTY
    running.run(f"CREATE DATABASE {name}")
    place = DatabaseServer(running.url(name), "", name)
    open_store(place, create=True, wait_s=5.0, holder="tests").close()
    return running


def lie_in_postgresql(running: Cluster) -> None:
    """Let new libraries lie on the server."""
    os.environ[redirecting.AT] = running.url()


def lie_in_files() -> None:
    """Let new libraries lie in files."""
    os.environ.pop(redirecting.AT, None)


def drop_those_of(item: pytest.Item) -> None:
    """Drop the databases of the test's own folder."""
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    if folder is not None and redirecting.AT in os.environ:
        redirecting.drop_under(folder)
