"""Who asks: reads the session of each request, and holds what must hold before any route is reached.

Plain ASGI, within ``safety``. One place decides, so that no route can forget: a form without its token
is refused, a closed site leads to the sign-in, the desk that a route borrows reads what this person may.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address, ip_network
from threading import Lock
from typing import Any, Final
from urllib.parse import parse_qs, quote

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from osler.accounts.limits import Limit, TooManyError, Turns
from osler.accounts.registry import Registry
from osler.accounts.sessions import ABSOLUTE, Current, resume
from osler.accounts.tokens import form_token, is_same, new_token
from osler.config import Settings
from osler.errors import LibraryError, NotFoundError, OslerError
from osler.model.account import PUBLIC_SCOPE
from osler.model.person import Role
from osler.service.wiring import open_registry
from osler.surfaces.web.costs import Costs, costs_of

SESSION: Final = "osler_session"
VISITOR: Final = "osler_visitor"
FORM_TOKEN: Final = "form_token"  # noqa: S105 - the name of a field
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_TO_ALL: Final = ("/account/", "/static/", "/favicon.ico", "/robots.txt", "/display")
"""What a closed site still shows: the way in, and what its pages load."""
MINUTE_S: Final = 60.0
KEY: Final = "osler.who"

Refuse = Callable[[Scope, int, OslerError | None], ASGIApp]

_readable: ContextVar[frozenset[str]] = ContextVar("readable", default=frozenset({PUBLIC_SCOPE}))


def readable_scopes() -> frozenset[str]:
    """Return the parts of the library that whoever asks may read; the public one where nobody is known.

    A context of the request and no argument: what a route forgets to hand on is then too little, and
    never too much.
    """
    return _readable.get()


@dataclass(frozen=True, slots=True)
class Who:
    """Who sent a request.

    Attributes:
        secret: What the tokens of this browser's forms are made from: its session, or a visitor's mark.
        address: Network address, shortened to what one household has.
        current: The session, where there is one.
        token: The session's token as it came, or empty.
        is_secure: Whether cookies are to be sent over TLS only.
    """

    secret: str = field(repr=False)
    address: str
    current: Current | None = None
    token: str = field(default="", repr=False)
    is_secure: bool = False

    @property
    def signed_in(self) -> Current | None:
        """The session, where signing in has come to its end."""
        return self.current if self.current is not None and self.current.is_signed_in else None

    @property
    def form_token(self) -> str:
        """The token that each form of this browser carries."""
        return form_token(self.secret)


class Accounts:
    """The accounts behind a running site, opened when first needed and once for all threads.

    Args:
        environment: Where the settings come from; None is the process's own environment.
    """

    def __init__(self, environment: Mapping[str, str] | None) -> None:
        self._environment = environment
        self._lock = Lock()
        self._opened: AbstractContextManager[Registry] | None = None
        self._registry: Registry | None = None

    def registry(self) -> Registry:
        """Return the accounts.

        Raises:
            NotFoundError: There is no library yet, so nobody has an account.
        """
        with self._lock:
            if self._registry is None:
                opened = open_registry(self._environment, holder="osler serve")
                self._registry = opened.__enter__()
                self._opened = opened
            return self._registry

    def close(self) -> None:
        """Close them; they open again when needed."""
        with self._lock:
            if self._opened is not None:
                self._opened.__exit__(None, None, None)
            self._opened = self._registry = None


class Sessions:
    """Wraps the routes.

    Args:
        app: What serves the request.
        settings: As read at the start.
        accounts: Who has an account.
        refuse: Gives the page for a status, with what a fault has to say.
        now: Returns the time in UTC.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        settings: Settings,
        accounts: Accounts,
        refuse: Refuse,
        now: Callable[[], datetime],
    ) -> None:
        self._app = app
        self._settings = settings
        self._accounts = accounts
        self._refuse = refuse
        self._key = secrets.token_bytes(32)
        self._turns = {costs: Turns(Limit(settings.asks_per_minute, MINUTE_S), now) for costs in Costs}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request as whoever sent it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        try:
            who, is_new = await self._find_out(request)
        except LibraryError as fault:
            if not request.url.path.startswith("/static/"):  # what the page that says so is drawn with
                await self._refuse(scope, 503, fault)(scope, receive, send)
                return
            who, is_new = Who("", ""), False
        scope[KEY] = who
        if scope["method"] not in SAFE_METHODS:
            body = await _read_all(receive)
            receive = _replay(body, receive)
            if not _has_token(request, body, who):
                await self._refuse(scope, 403, None)(scope, receive, send)
                return
        if self._is_closed(scope, who):
            await _see_other(f"/account/sign-in?next={quote(_target(scope))}", send)
            return
        try:
            self._count(request, who)
        except TooManyError as fault:
            await self._refuse(scope, 429, fault)(scope, receive, send)
            return
        account = None if who.signed_in is None else who.signed_in.account
        mark = _readable.set(frozenset({PUBLIC_SCOPE}) if account is None else account.readable)
        try:
            await self._app(scope, receive, self._marking(who, send) if is_new else send)
        finally:
            _readable.reset(mark)

    async def _find_out(self, request: Request) -> tuple[Who, bool]:
        """Return who sent the request, and whether the browser is to be given a visitor's mark."""
        is_secure = is_https(request, self._settings)
        address = shortened(request.client.host if request.client else "")
        token = request.cookies.get(cookie_name(SESSION, is_secure=is_secure), "")
        if token:
            current = await run_in_threadpool(self._resume, token)
            if current is not None:
                return Who(token, address, current, token, is_secure), False
        mark = request.cookies.get(cookie_name(VISITOR, is_secure=is_secure), "")
        if self._is_ours(mark):
            return Who(mark, address, is_secure=is_secure), False
        mark = self._signed(new_token(secrets.token_bytes))
        return Who(mark, address, is_secure=is_secure), True

    def _resume(self, token: str) -> Current | None:
        try:
            return resume(self._accounts.registry(), token)
        except NotFoundError:
            return None

    def _signed(self, value: str) -> str:
        """Return ``value`` with a proof that this site gave it, so that no other can plant one."""
        proof = hmac.new(self._key, value.encode(), hashlib.sha256).hexdigest()
        return f"{value}.{proof}"

    def _is_ours(self, mark: str) -> bool:
        value, _, _proof = mark.rpartition(".")
        return bool(value) and is_same(mark, self._signed(value))

    def _is_closed(self, scope: Scope, who: Who) -> bool:
        is_open = self._settings.public_asking or scope["path"].startswith(OPEN_TO_ALL)
        return not is_open and who.signed_in is None

    def _count(self, request: Request, who: Who) -> None:
        costs = costs_of(request)
        if costs is not None:
            person = who.signed_in.account.person.id if who.signed_in is not None else who.address
            self._turns[costs].take(person)

    def _marking(self, who: Who, send: Send) -> Send:
        """Return ``send`` that gives a page's browser the visitor's mark which its forms rest on."""

        async def send_with_mark(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers", ()))
                is_page = any(
                    name == b"content-type" and value.startswith(b"text/html") for name, value in headers
                )
                is_signing_in = any(
                    name == b"set-cookie" and SESSION.encode() in value for name, value in headers
                )
                if is_page and not is_signing_in:
                    cookie = cookie_header(VISITOR, who.secret, is_secure=who.is_secure)
                    message = {**message, "headers": [*headers, (b"set-cookie", cookie.encode())]}
            await send(message)

        return send_with_mark


def who_asks(request: Request) -> Who:
    """Return who sent ``request``; of a request that was refused unread, nobody."""
    who = request.scope.get(KEY)
    return who if isinstance(who, Who) else Who("", "")


def page_names(request: Request) -> dict[str, Any]:
    """Return what every template may use of who asks."""
    who = who_asks(request)
    account = None if who.signed_in is None else who.signed_in.account
    return {
        FORM_TOKEN: who.form_token if who.secret else "",
        "account": account,
        "is_administrator": account is not None and account.person.has(Role.ADMINISTRATOR),
    }


def is_https(request: Request, settings: Settings) -> bool:
    """Tell whether this site is reached over TLS, by its own word or by that of the proxy before it."""
    return request.url.scheme == "https" or settings.site_url.startswith("https:")


def site_address(request: Request) -> str:
    """Return the address under which this site was asked, with no slash at its end.

    The name is one of those that this site goes by, or the request would have been refused; the scheme
    is that which people use, whatever the proxy before it speaks.
    """
    scheme = "https" if who_asks(request).is_secure else request.url.scheme
    return f"{scheme}://{request.url.netloc}"


def cookie_name(name: str, *, is_secure: bool) -> str:
    """Return the full name of a cookie: over TLS one that no other host and no plain page can set."""
    return f"__Host-{name}" if is_secure else name


def cookie_header(name: str, value: str, *, is_secure: bool, lasts_s: int | None = None) -> str:
    """Return the header that sets a cookie: not for scripts, not sent along from other sites."""
    lasts = "" if lasts_s is None else f"; Max-Age={lasts_s}"
    secure = "; Secure" if is_secure else ""
    full = cookie_name(name, is_secure=is_secure)
    return f"{full}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{lasts}"


def session_header(who: Who, token: str) -> str:
    """Return the header that gives the browser its session; an empty ``token`` takes it away."""
    lasts_s = int(ABSOLUTE.total_seconds()) if token else 0
    return cookie_header(SESSION, token, is_secure=who.is_secure, lasts_s=lasts_s)


def shortened(address: str) -> str:
    """Return ``address`` as attempts are counted: of IPv6 the network that one household is given."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ip_network(f"{address}/64", strict=False))


def _target(scope: Scope) -> str:
    query = scope["query_string"].decode("latin-1")
    return str(scope["path"]) + (f"?{query}" if query else "") if scope["method"] == "GET" else "/"


def _has_token(request: Request, body: bytes, who: Who) -> bool:
    """Tell whether a request that changes something carries the token of this browser's forms."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        return False
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return False
    given = fields.get(FORM_TOKEN, [])
    return len(given) == 1 and is_same(given[0], who.form_token)


async def _read_all(receive: Receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return ``receive`` that gives ``body``, which was read already, once more."""
    given = False

    async def receive_again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive_again


async def _see_other(address: str, send: Send) -> None:
    headers = [(b"location", address.encode("ascii")), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
