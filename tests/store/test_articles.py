"""A library of the first release gets its tables of articles and keeps what it holds."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import osler.store
from osler.store import open_store

pytestmark = pytest.mark.sqlite("no library of the first release lies on a server")
FIRST = "0001_first_library"
MIGRATIONS = Path(osler.store.__file__).parent / "migrations"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database as the first release left it, with an answer in it."""
    path = tmp_path / "osler.db"
    with create_engine(f"sqlite:///{path}").begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST)
        connection.exec_driver_sql("INSERT INTO answers VALUES ('ans_1', '{}', '2026-01-01')")
    return path


def test_it_is_brought_up_and_keeps_its_answers(old: Path) -> None:
    with open_store(old, create=False, wait_s=1.0, holder="osler test") as store:
        assert store.articles.cards() == []
        assert store.counts()["answers"] == 1


def test_every_table_of_history_is_guarded_in_each_way(old: Path) -> None:
    open_store(old, create=False, wait_s=1.0, holder="osler test").close()
    with sqlite3.connect(old) as connection:
        guards = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        }
    connection.close()
    assert {
        f"{table}_{guard}"
        for table in ("article_versions", "article_events", "article_journal")
        for guard in ("no_update", "no_delete", "in_order")
    } <= guards
