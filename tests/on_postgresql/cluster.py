"""A server of PostgreSQL for the tests: made in a folder of its own, on a free port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NEEDED = "OSLER_DEV_NEEDS_POSTGRESQL"
"""Set where its absence is a failure, as in the release's own check."""

PATIENCE_S = 60.0
SUPERUSER = "postgres"
PASSWORD = "a made-up password"
QUICK = {
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal",
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
    process: subprocess.Popen[bytes]

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

    def stop(self) -> None:
        """Stop the server and remove all that it left."""
        self.process.send_signal(3)  # SIGQUIT: at once, nothing of it is kept
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=10)
        self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def start() -> Cluster:
    """Return a server that takes connections.

    Raises:
        NoServerError: Something is missing.
    """
    try:
        import psycopg
    except ImportError as fault:
        raise NoServerError(f"needs the extra postgresql: {fault}") from None
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="osler-postgresql-"))
    folder.chmod(0o755)  # whoever a test runs as finds the socket
    as_somebody = {"user": _unprivileged(folder)} if os.getuid() == 0 else {}
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", SUPERUSER, "-E", "UTF8", "--locale=C.UTF-8",
         "--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync"],
        capture_output=True, cwd="/", **as_somebody,
    )  # fmt: skip
    if made.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise NoServerError(f"initdb failed: {made.stderr.decode()}")
    port = _free_port()
    settings = [f"--{name}={value}" for name, value in QUICK.items()]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, "-p", str(port), *settings],
            stdout=log, stderr=log, cwd="/", **as_somebody,
        )  # fmt: skip
    cluster = Cluster(folder, port, process)
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            cluster.run(f"ALTER ROLE {SUPERUSER} PASSWORD '{PASSWORD}'")
        except psycopg.OperationalError as fault:
            if process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.05)
                continue
            said = (folder / "log").read_text()
            cluster.stop()
            raise NoServerError(f"the server did not start: {fault}; {said}") from None
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
    raise NoServerError("needs an account other than root to run the server")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
