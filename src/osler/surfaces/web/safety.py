"""What holds for every response and every request, whoever wrote the route: headers, host, size, origin.

Plain ASGI, outermost, so that error pages and files have it too. The policy for content allows files of
this host and nothing else: no script or style inside a page, no frame around it, no request to a third
party.
"""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final
from urllib.parse import urlsplit

from osler.surfaces.web.written import written_path

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Refuse = Callable[[Scope, int], App]
"""Gives the page that tells a person of a status."""

MOST_BYTES: Final = 1 << 16
"""A question is 2,000 characters at most, and no form of ours carries a file."""
WHOLE_WITHIN_S: Final = 20.0
"""How long a body may take to come: who sends a byte a minute must not hold a place for hours."""
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES: Final = frozenset({"same-origin", "none"})
_HOST: Final = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?", re.I)

CONTENT_POLICY: Final = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS: Final = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not no-referrer: browsers then send "Origin: null" with our own forms, which must be told apart.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
}
_log = logging.getLogger("osler.web")


class TooLarge(Exception):  # noqa: N818  not a fault of ours: the body is refused while it is read
    """The body of a request is longer than any form of ours."""


class TooSlow(Exception):  # noqa: N818  as above
    """The body of a request did not come to its end in time."""


class _Body:
    """The body of a request as it comes in: up to ``MOST_BYTES`` whatever its length was said to be.

    It comes whole ``within_s`` seconds of being asked for; what comes after it (that the reader went
    away) may take as long as it likes.
    """

    def __init__(self, receive: Receive, *, within_s: float) -> None:
        self._receive = receive
        self._within_s = within_s
        self._end: float | None = None
        self._is_whole = False
        self._seen = 0
        self.is_too_slow = False

    @property
    def is_too_large(self) -> bool:
        return self._seen > MOST_BYTES

    async def receive(self) -> Message:
        message = await (self._receive() if self._is_whole else self._receive_in_time())
        self._is_whole = not message.get("more_body", False)
        self._seen += len(message.get("body", b""))
        if self.is_too_large:
            raise TooLarge
        return message

    async def _receive_in_time(self) -> Message:
        now = asyncio.get_running_loop().time()
        if self._end is None:
            self._end = now + self._within_s
        try:
            return await asyncio.wait_for(self._receive(), self._end - now)
        except TimeoutError:
            self.is_too_slow = True
            raise TooSlow from None


class Safety:
    """Wraps the whole application.

    Args:
        app: What serves the request.
        hosts: Names under which this service may be asked, besides loopback.
        refuse: Gives the page for a status.
        within_s: Seconds that a body may take to come.
    """

    def __init__(
        self, app: App, *, hosts: frozenset[str], refuse: Refuse, within_s: float = WHOLE_WITHIN_S
    ) -> None:
        self._app = app
        self._within_s = within_s
        self._hosts = LOOPBACK | {host.lower() for host in hosts}
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; never raises, so that no server prints what a person asked."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False
        body, send_ours = _Body(receive, within_s=self._within_s), _with_ours(send)

        async def send_safely(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                # Whatever was made of the fault on the way.
                if body.is_too_large:
                    raise TooLarge
                if body.is_too_slow:
                    raise TooSlow
                begun = True
            await send_ours(message)

        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        status = self._status_of_refusal(scope, headers)
        app = self._refuse(scope, status) if status else self._app
        if scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}  # the server sends no body; whoever checks a link asks so
        try:
            await app(scope, body.receive, send_safely)
        except TooLarge:
            await self._refuse(scope, 413)(scope, receive, send_ours)
        except TooSlow:
            await self._refuse(scope, 408)(scope, receive, _with_ours(_last(send)))
        except Exception as fault:  # noqa: BLE001 - the last door: a person gets a page, the log no question
            _tell(scope, fault)
            if begun:
                raise ConnectionError("the answer was broken off") from None
            await self._refuse(scope, 500)(scope, receive, send_safely)

    def _status_of_refusal(self, scope: Scope, headers: dict[bytes, str]) -> int:
        """Return the status with which a request is refused unread, or 0."""
        match = _HOST.fullmatch(headers.get(b"host", ""))
        if match is None or match["name"].lower() not in self._hosts:
            return 421
        length = headers.get(b"content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return 413 if length.isdecimal() else 400
        if scope["method"] not in SAFE_METHODS and not _is_from_here(headers):
            return 403
        return 0


def _is_from_here(headers: dict[bytes, str]) -> bool:
    """Tell whether a request that changes something comes from a page of this host.

    Browsers say so in one of two headers that no page can set; other programs send neither.
    """
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site in OWN_SITES
    origin = headers.get(b"origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get(b"host", "").lower()


def _with_headers(given: Any) -> list[tuple[bytes, bytes]]:
    """Return the headers of a response with ours; a route may be stricter, and says so by its own."""
    present = {name.lower() for name, _value in given}
    ours = [
        (name.encode("ascii"), value.encode("ascii"))
        for name, value in HEADERS.items()
        if name.encode("ascii") not in present
    ]
    return [*given, *ours]


def _with_ours(send: Send) -> Send:
    """Return ``send`` that adds our headers."""

    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": _with_headers(message.get("headers", ()))}
        await send(message)

    return send_with_headers


def _last(send: Send) -> Send:
    """Return ``send`` that closes the connection after its answer: more of the body may still come."""

    async def send_last(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", ()), (b"connection", b"close")]}
        await send(message)

    return send_last


def _tell(scope: Scope, fault: Exception) -> None:
    """Log where it failed; not the message of the fault, which may repeat what was asked."""
    frames = "".join(traceback.format_tb(fault.__traceback__))
    # %r: a path is somebody else's text, and must not begin a line of its own
    path = written_path(scope["path"])
    _log.error("%s %r: %s\n%s", scope["method"], path, type(fault).__name__, frames)
