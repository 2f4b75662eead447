"""A library in PostgreSQL: faults said in plain words, dropped connections, the way there and back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from tests.library.made import add, make_record
from tests.on_postgresql.cluster import PASSWORD, Cluster
from tests.surfaces.cli.conftest import Said, call_process, write_papers

from osler.config import DatabaseServer, load_settings
from osler.errors import Exit, InputError, OslerError, UsageError
from osler.store import Store, open_store
from osler.store.schema import metadata
from osler.store.transactions import Transactions

pytestmark = pytest.mark.usefixtures("postgresql")
SECRET = "a-secret-that-is-never-printed"


def place(url: str) -> DatabaseServer:
    """Return what the setting ``url`` names."""
    found = load_settings({"OSLER_DATABASE_URL": url}, default_home=Path("/nowhere")).server
    assert found is not None
    return found


def open_at(url: str, *, create: bool = True, wait_s: float = 1.0) -> Store:
    return open_store(place(url), create=create, wait_s=wait_s, holder="osler test")


def fault_of(url: str, *, create: bool = True) -> OslerError:
    with pytest.raises(OslerError) as caught:
        open_at(url, create=create).close()
    for said in (caught.value.as_line(), repr(place(url)), str(place(url))):
        assert SECRET not in said
    assert caught.value.hint
    return caught.value


@pytest.fixture
def database(postgresql: Cluster, request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of this test's own."""
    name = f"own_{abs(hash(request.node.name))}"
    postgresql.run(f"CREATE DATABASE {name}")
    yield name
    postgresql.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://somebody@host/osler",
        f"postgresql://somebody:{SECRET}@host",
        f"postgresql://somebody:{SECRET}@host:port/osler",
        f"postgresql://somebody:{SECRET}@host/osler/more",
        f"postgresql://somebody:{SECRET} and more@host/osler",
        f"postgresql://somebody:{SECRET}@[host/osler",
    ],
)
def test_an_address_that_is_none_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        place(url)
    assert (caught.value.code, caught.value.item) == ("usage.database", "OSLER_DATABASE_URL")
    assert SECRET not in caught.value.as_line()


def test_an_option_that_the_driver_does_not_know_is_refused(postgresql: Cluster) -> None:
    fault = fault_of(postgresql.loopback(password=SECRET) + "?nonsense=1")
    assert (fault.code, fault.exit) == ("usage.database", Exit.USAGE)


def test_a_server_that_is_down_is_named(postgresql: Cluster) -> None:
    down = postgresql.loopback(password=SECRET).replace(str(postgresql.port), "9")
    assert fault_of(down).code == "library.unreachable"
    assert fault_of("postgresql:///osler?host=/nowhere/at/all").code == "library.unreachable"


@pytest.mark.parametrize("user", ["postgres", "nobody_of_this_name"])
def test_a_wrong_name_or_password_is_said_and_not_printed(postgresql: Cluster, user: str) -> None:
    for password in (SECRET, ""):
        assert fault_of(postgresql.loopback(user=user, password=password)).code == "library.refused"


def test_a_database_that_is_not_there_comes_with_the_way_to_make_it(postgresql: Cluster) -> None:
    fault = fault_of(postgresql.loopback("not_there", password=PASSWORD.replace(" ", "%20")))
    assert (fault.code, fault.exit) == ("library.no_database", Exit.NOT_FOUND)
    assert "createdb" in fault.hint


def test_an_empty_database_is_no_library_until_one_is_made(postgresql: Cluster, database: str) -> None:
    assert fault_of(postgresql.url(database), create=False).code == "library.missing"
    open_at(postgresql.url(database)).close()
    with open_at(postgresql.url(database), create=False) as store:
        assert store.count_sources() == 0


def test_somebody_without_the_right_to_make_tables_is_told_which(
    postgresql: Cluster, database: str
) -> None:
    postgresql.run("DROP ROLE IF EXISTS reader", f"CREATE ROLE reader LOGIN PASSWORD '{SECRET}'")
    fault = fault_of(postgresql.loopback(database, user="reader", password=SECRET))
    assert (fault.code, "GRANT" in fault.hint) == ("library.unreadable", True)


def test_a_library_of_a_newer_version_is_refused_and_left_alone(
    postgresql: Cluster, database: str
) -> None:
    open_at(postgresql.url(database)).close()
    postgresql.run("UPDATE alembic_version SET version_num = '9999_future'", database=database)
    assert fault_of(postgresql.url(database)).code == "library.newer"


def test_a_database_of_another_program_is_left_alone(postgresql: Cluster, database: str) -> None:
    postgresql.run(
        "CREATE TABLE alembic_version (version_num text)",
        "INSERT INTO alembic_version VALUES ('theirs')",
        database=database,
    )
    assert fault_of(postgresql.url(database)).code == "library.unsuitable"


def test_a_database_in_another_encoding_is_refused(postgresql: Cluster) -> None:
    postgresql.run(
        "CREATE DATABASE old_letters ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0",
    )
    fault = fault_of(postgresql.url("old_letters"))
    assert (fault.code, "LATIN1" in fault.message) == ("library.unsuitable", True)


def test_an_older_server_is_refused(
    postgresql: Cluster, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("osler.store.server.OLDEST", 99)
    fault = fault_of(postgresql.url(database))
    assert (fault.code, "99 or newer" in fault.hint) == ("library.unsuitable", True)


def test_a_character_that_cannot_be_kept_is_an_input_fault(postgresql: Cluster, database: str) -> None:
    with open_at(postgresql.url(database)) as store, pytest.raises(InputError) as caught:
        store.articles.card("no\x00name")
    assert caught.value.code == "input.encoding"


def test_the_tables_are_those_that_the_migrations_make(postgresql: Cluster, database: str) -> None:
    open_at(postgresql.url(database)).close()
    address = postgresql.url(database).replace("postgresql:", "postgresql+psycopg:")
    with create_engine(address).connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    assert found == []


def test_a_reader_goes_on_after_the_server_dropped_its_connection(
    postgresql: Cluster, database: str
) -> None:
    with open_at(postgresql.url(database)) as store:
        add(store, [make_record(1)])
        _hang_up(postgresql, database)
        assert store.count_sources() == 1
        assert store.articles.cards() == []
        _hang_up(postgresql, database)
        assert store.articles.cards() == []
        store.put_answer("ans_1", "{}", now="2026-01-01")
        assert store.answer("ans_1") == "{}"


def test_a_change_that_loses_its_connection_is_forgotten_whole(
    postgresql: Cluster, database: str
) -> None:
    open_at(postgresql.url(database)).close()
    transactions = Transactions(place(postgresql.url(database)), wait_s=1.0)
    statement = "INSERT INTO attempts (key, at) VALUES (?, ?)"

    def change() -> None:
        with transactions.together() as connection:
            connection.execute(statement, ("first", 1))
            _hang_up(postgresql, database)
            connection.execute(statement, ("second", 2))

    with pytest.raises(OslerError) as caught:
        change()
    assert caught.value.code == "library.unreachable"
    with transactions.reading() as connection:
        assert connection.execute("SELECT count(*) FROM attempts").fetchone() == (0,)
    transactions.close()


def _hang_up(postgresql: Cluster, database: str) -> None:
    postgresql.run(
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
    )


def test_a_library_moves_from_a_file_to_a_server_and_back(
    postgresql: Cluster, database: str, tmp_path: Path
) -> None:
    with open_store(tmp_path / "osler.db", create=True, wait_s=1.0, holder="osler test") as file:
        add(file, [make_record(n) for n in range(30)])
        add(file, [make_record(n, "Other words.") for n in range(10)])
        state = file.state()
        file.backup(tmp_path / "copy.db")
        with open_at(postgresql.url(database)) as server:
            server.restore(tmp_path / "copy.db")
            assert server.snapshot() == state.snapshot
            assert server.counts() == file.counts()
            add(server, [make_record(99)])
            server.backup(tmp_path / "back.db")
            file.restore(tmp_path / "back.db")
            assert file.snapshot() == server.snapshot() != state.snapshot


def ask_osler(url: str, *words: str, home: Path) -> Said:
    return call_process(*words, home=home, OSLER_DATABASE_URL=url)


def test_the_command_line_adds_and_answers_by_the_address_alone(
    postgresql: Cluster, database: str, tmp_path: Path
) -> None:
    url, home = postgresql.url(database), tmp_path / "home"
    question = "What is the mechanism of action of inventumab in testosis?"
    nothing = ask_osler(url, "ask", question, "--json", home=home)
    assert (nothing.status, nothing.error["code"]) == (Exit.NOT_FOUND, "not_found.library")
    assert ask_osler(url, "add", str(write_papers(tmp_path)), home=home).status == Exit.DONE
    there = ask_osler(url, "ask", question, "--json", home=home)
    assert there.status == Exit.DONE
    assert not (home / "osler.db").exists()
    # Another machine has an index of its own, and brings it up by itself.
    elsewhere = ask_osler(url, "ask", question, "--json", home=tmp_path / "elsewhere")
    assert _statements(elsewhere.document) == _statements(there.document)
    in_a_file = tmp_path / "file"
    assert call_process("add", str(write_papers(tmp_path)), home=in_a_file).status == Exit.DONE
    assert _statements(call_process("ask", question, "--json", home=in_a_file).document) == _statements(
        there.document
    )


def _statements(document: Any) -> str:
    return json.dumps(document["answer"], sort_keys=True) if "answer" in document else json.dumps(
        {name: value for name, value in document.items() if name not in {"id", "created", "asked"}},
        sort_keys=True,
    )  # fmt: skip


def test_without_the_driver_the_extra_is_named(tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from osler.surfaces.cli.main import program; program()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "ask", "What is testosis?", "--json"],
        env=os.environ | {"OSLER_HOME": str(tmp_path), "OSLER_DATABASE_URL": "postgresql://host/osler"},
        capture_output=True,
        text=True,
    )
    fault = json.loads(done.stderr)["error"]
    assert (done.returncode, fault["code"]) == (Exit.USAGE, "usage.extra")
    assert "osler[postgresql]" in fault["hint"]


@pytest.mark.sqlite("what a library in a file loads")
def test_a_library_in_a_file_loads_no_driver(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from osler.store import open_store\n"
        "open_store(Path(sys.argv[1]), create=True, wait_s=1, holder='x').close()\n"
        "print([m for m in sys.modules if m.partition('.')[0] == 'psycopg'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "osler.db")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
