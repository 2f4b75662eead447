"""The guard that makes "no network" a tested mode."""

from __future__ import annotations

import socket
import threading
import urllib.request

import httpx
import pytest

OUTSIDE = "203.0.113.7"  # TEST-NET-3 of RFC 5737: routed nowhere


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
@pytest.mark.parametrize("method", ["connect", "connect_ex"])
def test_a_connection_to_the_outside_is_refused(family: int, method: str) -> None:
    host = OUTSIDE if family == socket.AF_INET else "2001:db8::7"
    with socket.socket(family) as outside, pytest.raises(AssertionError, match="only loopback"):
        getattr(outside, method)((host, 80))


def test_a_datagram_to_the_outside_is_refused() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as outside,
        pytest.raises(AssertionError, match="only loopback"),
    ):
        outside.sendto(b"x", (OUTSIDE, 53))


def test_a_name_of_the_outside_is_not_looked_up() -> None:
    with pytest.raises(AssertionError, match="only loopback"):
        socket.getaddrinfo("osler.invalid", 80)


@pytest.mark.parametrize("fetch", [urllib.request.urlopen, httpx.get])
def test_http_clients_do_not_turn_the_refusal_into_their_own_error(fetch: object) -> None:
    with pytest.raises(AssertionError, match="only loopback"):
        fetch("http://osler.invalid/")  # type: ignore[operator]


def test_loopback_is_permitted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answered = threading.Thread(target=lambda: server.accept()[0].close())
        answered.start()
        with socket.create_connection(("localhost", server.getsockname()[1])) as client:
            assert client.recv(1) == b""
        answered.join()
