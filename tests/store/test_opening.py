"""Opening a library: made whole or not at all, refused with a reason, brought up to date."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from tests.on_postgresql.opened import opened

from osler.errors import Exit, LibraryError, NotFoundError
from osler.store import Store, open_store
from osler.store.schema import metadata


def open_at(path: Path, *, create: bool = False, wait_s: float = 0.2) -> Store:
    return open_store(path, create=create, wait_s=wait_s, holder="osler test")


def test_a_missing_library_is_not_made_by_reading(tmp_path: Path, database_kind: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        open_at(tmp_path / "none" / "osler.db")
    assert (caught.value.code, caught.value.exit) == ("library.missing", Exit.NOT_FOUND)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.sqlite("an empty file")
def test_a_library_whose_making_was_broken_off_is_made_on_the_next_try(tmp_path: Path) -> None:
    path = tmp_path / "osler.db"
    path.touch()
    with pytest.raises(NotFoundError):
        open_at(path)
    with open_at(path, create=True) as store:
        assert store.count_sources() == 0
        assert store.newest_evidence_date() is None


@pytest.mark.sqlite("looks into the file; test_postgresql.py does the same on a server")
def test_the_tables_are_those_that_the_migrations_make(tmp_path: Path) -> None:
    path = tmp_path / "osler.db"
    open_at(path, create=True).close()
    with create_engine(f"sqlite:///{path}").connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert found == []


def test_a_library_of_a_newer_version_is_refused_and_left_alone(
    tmp_path: Path, database_kind: str
) -> None:
    path = tmp_path / "osler.db"
    open_at(path, create=True).close()
    with opened(path) as tool:
        tool.execute("UPDATE alembic_version SET version_num = '9999_from_the_future'")
    for create in (True, False):
        with pytest.raises(LibraryError) as caught:
            open_at(path, create=create)
        assert caught.value.code == "library.newer"
        assert "upgrade" in caught.value.hint


@pytest.mark.sqlite("a damaged file")
@pytest.mark.parametrize(
    "damage", [b"this is no database, though it is long enough to look at " * 40, None]
)
def test_a_damaged_file_is_named_with_the_way_out(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "osler.db"
    if damage is None:
        open_at(path, create=True).close()
        content = bytearray(path.read_bytes())
        content[100:4096] = os.urandom(3996)
        damage = bytes(content)
    path.write_bytes(damage)
    with pytest.raises(LibraryError) as caught:
        open_at(path)
    assert caught.value.code == "library.damaged"
    assert "restore" in caught.value.hint


@pytest.mark.sqlite("a folder of files")
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError) as caught:
        open_at(tmp_path / "file" / "osler.db", create=True)
    assert caught.value.code == "library.unreadable"


def test_reading_loads_neither_sqlalchemy_nor_alembic(tmp_path: Path, database_kind: str) -> None:
    path = tmp_path / "osler.db"
    open_at(path, create=True).close()
    program = (
        "import sys; from pathlib import Path; from osler.store import open_store\n"
        "s = open_store(Path(sys.argv[1]), create=False, wait_s=1, holder='x')\n"
        "s.snapshot(); s.long_forms('MUS'); s.sources(['src_x']); s.put_answer('ans_1', '{}', now='')\n"
        "print([m for m in sys.modules if m.partition('.')[0] in ('sqlalchemy', 'alembic')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_answers_are_kept_and_replaced(tmp_path: Path, database_kind: str) -> None:
    with open_at(tmp_path / "osler.db", create=True) as store:
        store.put_answer("ans_1", '{"a": 1}', now="2026-01-01")
        store.put_answer("ans_1", '{"a": 2}', now="2026-01-02")
        assert store.answer("ans_1") == '{"a": 2}'
        assert store.answer("ans_2") is None
