"""A PubMed of our own on loopback, and ways to call it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.net.fake_clock import FakeClock
from tests.net.loopback import serve
from tests.sources.ncbi_server import EMAIL, NcbiServer

from osler.net.client import Client
from osler.net.retry import Policy
from osler.sources.eutils import Identity
from osler.sources.notice import Notice
from osler.sources.pubmed import PubMed


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def ncbi(clock: FakeClock) -> Iterator[NcbiServer]:
    with serve(NcbiServer(lambda: clock.seconds)) as server:
        assert isinstance(server, NcbiServer)
        yield server


@pytest.fixture
def notices() -> list[Notice]:
    return []


@pytest.fixture
def call(ncbi: NcbiServer, clock: FakeClock, notices: list[Notice]) -> Iterator[Callable[..., PubMed]]:
    """Make a ``PubMed`` that calls the server, one request at a time unless told otherwise."""
    clients: list[Client] = []

    def make(*, ahead: int = 1, key: str | None = None, email: str | None = EMAIL, **net: Any) -> PubMed:
        policy = Policy(connect_s=1.0, read_s=0.2)
        clients.append(Client(clock, user_agent="osler/test", **{"policy": policy, **net}))
        return PubMed(
            clients[-1],
            base_url=ncbi.base,
            identity=Identity(email=email, key=key),
            now=clock.now,
            notify=notices.append,
            ahead=ahead,
        )

    yield make
    for client in clients:
        client.close()
