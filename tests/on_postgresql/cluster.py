"""A server of PostgreSQL for the tests: made in a folder of its own, on a free port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.on_postgresql import leftovers
from tests.on_postgresql.keeper import DONE
from tests.on_postgresql.whereabouts import PREFIX, places

NEEDED = "OSLER_DEV_NEEDS_POSTGRESQL"
"""Set where its absence is a failure, as in the release's own check."""

PATIENCE_S = 15.0
SUPERUSER = "postgres"
PASSWORD = "a made-up password"
# A crash of the server alone loses nothing by these; that of the machine would.
QUICK = {
    "fsync": "off", "full_page_writes": "off", "wal_level": "minimal",
    "max_wal_senders": "0", "autovacuum": "off", "shared_buffers": "64MB", "max_connections": "200",
    "listen_addresses": "127.0.0.1",
}  # fmt: skip


class NoServerError(Exception):
    """There is no PostgreSQL on this machine, or it cannot be started; says why."""


@dataclass(frozen=True)
class Cluster:
    """A running server. On its socket everybody is let in, on loopback by password."""

    folder: Path
    port: int
    keeper: subprocess.Popen[str]

    def url(self, database: str = "postgres") -> str:
        """Return the address by the socket, which costs no password."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.folder}&port={self.port}"

    def loopback(self, database: str = "postgres", *, user: str = SUPERUSER, password: str = "") -> str:
        """Return the address by loopback."""
        secret = f":{password}" if password else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"

    def run(self, *statements: str, database: str = "postgres") -> None:
        """Run each of ``statements`` as the server's owner."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def up(self) -> None:
        """Start the server and return once it takes connections."""
        self._tell("up")

    def down(self, *, crash: bool = False) -> None:
        """Stop the server in good order, or as where it crashes; ``up`` starts it again as it was."""
        self._tell("crash" if crash else "down")

    def stop(self) -> None:
        """End the server and remove all that it left."""
        assert self.keeper.stdin is not None
        self.keeper.stdin.close()
        try:
            self.keeper.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            self.keeper.terminate()
            self.keeper.wait(PATIENCE_S)

    def _tell(self, word: str) -> None:
        assert self.keeper.stdin is not None
        self.keeper.stdin.write(word)
        self.keeper.stdin.flush()
        self.hear()

    def hear(self) -> None:
        """Return once the keeper has said that it is done.

        Raises:
            NoServerError: It says something else.
        """
        assert self.keeper.stdout is not None
        said = self.keeper.stdout.readline().strip()
        if said != DONE:
            self.stop()
            raise NoServerError(said or "the keeper of the server ended")


def start() -> Cluster:
    """Return a server that takes connections, and that ends with this process at the latest.

    Raises:
        NoServerError: Something is missing.
    """
    if find_spec("psycopg") is None:
        raise NoServerError("needs the extra postgresql: psycopg is not installed")
    leftovers.sweep()
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=places()[0]))
    folder.chmod(0o755)  # whoever a test runs as finds the socket
    user = _unprivileged(folder) if os.getuid() == 0 else ""
    port = _free_port()
    settings = [f"--{name}={value}" for name, value in QUICK.items()]
    started = subprocess.Popen(
        [sys.executable, "-I", Path(__file__).with_name("keeper.py"),
         folder, str(port), programs, user, *settings],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd="/", start_new_session=True,
    )  # fmt: skip
    cluster = Cluster(folder, port, started)
    cluster.hear()
    cluster.up()
    cluster.run(f"ALTER ROLE {SUPERUSER} PASSWORD '{PASSWORD}'")
    return cluster


def _programs() -> Path:
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True):
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    if found is None:
        raise NoServerError("needs PostgreSQL (apt-get install postgresql)")
    return Path(found).resolve().parent


def _version(folder: Path) -> int:
    name = folder.parent.name
    return int(name) if name.isdecimal() else 0


def _unprivileged(folder: Path) -> str:
    """Give ``folder`` to somebody who may run a server, which root may not."""
    for name in ("postgres", "nobody"):
        with suppress(LookupError):
            shutil.chown(folder, name)
            return name
    folder.rmdir()
    raise NoServerError("needs an account other than root to run the server")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
