"""A real HTTP server on loopback that does what a test tells it to, good or bad."""

from __future__ import annotations

import socket
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]
    at: float
    body: str = ""


class Replying(BaseHTTPRequestHandler):
    """Sends whole answers, says nothing, and bears that the other side goes away."""

    protocol_version = "HTTP/1.1"

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay silent."""

    def finish(self) -> None:
        with suppress(BrokenPipeError, ConnectionResetError, ValueError):
            super().finish()


class Handler(Replying):
    """Hands each request to the server's ``answer``."""

    server: Loopback

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        parts = urlsplit(self.path)
        body = self.rfile.read(length).decode()
        seen = Seen(
            self.command,
            parts.path,
            dict(parse_qsl(parts.query)),
            dict(parse_qsl(body, keep_blank_values=True)),
            {name.lower(): value for name, value in self.headers.items()},
            self.server.time(),
            body,
        )
        with self.server.lock:
            self.server.seen.append(seen)
        self.server.answer(self, seen)

    do_POST = do_GET  # noqa: N815

    def reset(self) -> None:
        """Break the connection so that the other side gets a reset, not an end."""
        self.wfile.flush()
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True


Behaviour = Callable[[Handler], None]


class Loopback(ThreadingHTTPServer):
    """The server. ``script`` holds what it does next; its last entry is repeated for ever."""

    daemon_threads = True

    def __init__(self, time: Callable[[], float]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.time = time
        self.lock = threading.Lock()
        self.seen: list[Seen] = []
        self.script: deque[Behaviour] = deque()
        self.stop_hanging = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def answer(self, handler: Handler, seen: Seen) -> None:
        with self.lock:
            behaviour = self.script.popleft() if len(self.script) > 1 else self.script[0]
        behaviour(handler)

    def handle_error(self, *_: object) -> None:
        """A client that goes away is part of the tests."""


def running(server: Loopback) -> Iterator[Loopback]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop_hanging.set()
        server.shutdown()
        server.server_close()
        thread.join()


serve = contextmanager(running)


def reply(body: bytes = b"ok", status: int = 200, **headers: str) -> Behaviour:
    return lambda handler: handler.send(body, status, **headers)


def broken_off(body: bytes) -> Behaviour:
    """Promise more than comes, then reset."""

    def behave(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) * 2))
        handler.end_headers()
        handler.wfile.write(body)
        handler.reset()

    return behave


def silent(handler: Handler) -> None:
    """Never answer."""
    handler.server.stop_hanging.wait(10)
    handler.close_connection = True


def stalled(body: bytes) -> Behaviour:
    """Begin the body, then fall silent."""

    def behave(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body) * 2))
        handler.end_headers()
        handler.wfile.write(body)
        handler.wfile.flush()
        silent(handler)

    return behave


def dripping(handler: Handler) -> None:
    """Send small pieces for ever."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    while not handler.server.stop_hanging.is_set():
        handler.wfile.write(b"drip " * 20_000)


def unused_port() -> int:
    """A loopback port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
