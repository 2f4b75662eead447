"""Suite-wide ground: no network but loopback, the developer data, a fresh home for each test.

``OSLER_DEV_DATABASE=postgresql`` runs all with libraries in PostgreSQL; without it those tests run
on both databases that ask for ``database_kind``.
"""

from __future__ import annotations

import os
import socket
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from tests.on_postgresql import cluster, libraries

# How long an example takes says how busy the machine is, and nothing of the code: benchmarks are apart.
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

ROOT = Path(__file__).parent.parent
_LOOPBACK_NAMES = frozenset({"", "localhost", "ip6-localhost", "localhost.localdomain"})
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_sendto = socket.socket.sendto
_getaddrinfo = socket.getaddrinfo


class NetworkUsedError(AssertionError):
    """A test tried to leave this machine. Not an OSError, so that no translation can hide it."""


def is_loopback(host: object) -> bool:
    """Tell whether ``host`` names this machine, without asking a name server."""
    if host is None:
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name.lower() in _LOOPBACK_NAMES:
        return True
    try:
        return ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_unless_local(sock: socket.socket, address: Any) -> None:
    if sock.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
        raise NetworkUsedError(f"a test tried to reach {address[0]}: only loopback is permitted")


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _refuse_unless_local(self, address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _refuse_unless_local(self, address)
    return _connect_ex(self, address)


def _guarded_sendto(self: socket.socket, data: Any, *rest: Any) -> int:
    _refuse_unless_local(self, rest[-1])
    return _sendto(self, data, *rest)


def _guarded_getaddrinfo(host: Any, *rest: Any, **named: Any) -> Any:
    if not is_loopback(host):
        raise NetworkUsedError(f"a test tried to look up {host!r}: only loopback is permitted")
    return _getaddrinfo(host, *rest, **named)


def _forget_the_developer() -> None:
    """A test never sees the developer's own library, keys or proxy, not even by mistake."""
    for name in list(os.environ):
        is_setting = name.startswith("OSLER_") and not name.startswith("OSLER_DEV_")
        if is_setting or name.lower() in {"http_proxy", "https_proxy", "all_proxy"}:
            del os.environ[name]
    os.environ["OSLER_HOME"] = str(Path(os.devnull) / "no-home-was-asked-for")


def pytest_configure() -> None:
    """Put the guard in place before any test module is imported."""
    _forget_the_developer()
    socket.socket.connect = _guarded_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign]
    socket.socket.sendto = _guarded_sendto  # type: ignore[method-assign, assignment]
    socket.getaddrinfo = _guarded_getaddrinfo
    libraries.watch()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what concerns one database alone where a library lies in the other.

    Where all lie in PostgreSQL it is skipped instead, so that it can be seen and counted, and the rooms
    in which no library is opened are left out.
    """
    is_left_out = libraries.concerns_the_other
    if libraries.KINDS == [libraries.POSTGRESQL]:
        libraries.skip_what_concerns_files(items)
        is_left_out = libraries.opens_none
    left_out = [item for item in items if is_left_out(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not is_left_out(item)]


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let the libraries of the test lie where it wants them, before its fixtures make any."""
    libraries.let_open(item)
    if libraries.kind_of(item) == libraries.POSTGRESQL:
        libraries.lie_in_postgresql(_running())
    else:
        libraries.lie_in_files()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Drop the databases that the test made, and let the next one's libraries lie in files."""
    libraries.drop_those_of(item)
    libraries.lie_in_files()


def pytest_sessionfinish() -> None:
    """Stop the server of PostgreSQL where one was started."""
    if _SERVER:
        _SERVER.pop().stop()


_SERVER: list[cluster.Cluster] = []


def _running() -> cluster.Cluster:
    """Return the one server of this run; the test is skipped where there can be none."""
    if not _SERVER:
        try:
            _SERVER.append(libraries.prepared(cluster.start()))
        except cluster.NoServerError as fault:
            if os.environ.get(cluster.NEEDED):
                pytest.fail(f"{cluster.NEEDED} is set: {fault}")
            pytest.skip(str(fault))
    return _SERVER[0]


@pytest.fixture(scope="session", params=libraries.KINDS)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Where the libraries of the test lie; a test that asks for this runs once for each."""
    return str(request.param)


@pytest.fixture
def postgresql() -> cluster.Cluster:
    """A running server of PostgreSQL."""
    return _running()


@pytest.fixture(scope="session")
def dev_data() -> Path:
    """The folder of developer data; a test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("OSLER_DEV_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"needs the developer data: {folder} is absent (set OSLER_DEV_DATA)")
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty library home that ``OSLER_HOME`` points to."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("OSLER_HOME", str(folder))
    return folder
