"""The one HTTP client: identity, a rate budget per host, retries, bounds, and an offline mode.

Must not know any service: what an answer means is told by the ``check`` a caller hands in. Keeps no
responses: what is worth keeping lies in the library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, Self, TypeVar
from urllib.parse import urljoin, urlsplit

from osler.net.ahead import within
from osler.net.budget import Budget
from osler.net.clock import Clock
from osler.net.faults import Trouble, TroubleKind, WireFault, final_error, switched_off
from osler.net.message import Incoming, Request, Response
from osler.net.retry import PASSING_STATUSES, Policy, read_retry_after

if TYPE_CHECKING:  # httpx costs 0.1 s to import: only a request that is really sent pays it
    import httpx

    from osler.net.wire import Wire

MOST_REDIRECTIONS: Final = 5
KEPT_OF_A_REFUSAL: Final = 4096
GRACE_S: Final = 0.25
"""How long after its time a request is given up from outside: until then it may say what is wrong."""
REDIRECTIONS: Final = frozenset({301, 302, 303, 307, 308})

T = TypeVar("T")
Check = Callable[[Response], str]
"""Returns why an answer with a good status cannot be used, or an empty string."""
Waiting = Callable[[str, float], None]
"""Is told why and for how many seconds the client waits before it tries again."""


def accept_all(_: Response) -> str:
    """Find nothing wrong with any answer."""
    return ""


class Client:
    """The door to the network. Safe to use from several threads; close it when done.

    Args:
        clock: Time, and how to let it pass.
        user_agent: Name and version of the program, as servers see it.
        offline: Refuse every request before a socket is opened.
        policy: Patience with a service.
        transport: Replaces the real network in tests.
        proxy: Address of a proxy, or None.
        certificates: File with trusted certificates, or None for the usual ones.
        waiting: Told of each wait before a retry.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        user_agent: str,
        offline: bool = False,
        policy: Policy | None = None,
        transport: httpx.BaseTransport | None = None,
        proxy: str | None = None,
        certificates: Path | None = None,
        waiting: Waiting | None = None,
    ) -> None:
        self.offline = offline
        self._clock = clock
        self._policy = policy or Policy()
        self._user_agent = user_agent
        self._transport = transport
        self._proxy = proxy
        self._certificates = certificates
        self._waiting = waiting
        self._budgets: dict[str, Budget] = {}
        self._wire: Wire | None = None
        self._closed = False
        self._lock = Lock()

    def limit(self, url: str, *, per_second: float, burst: int = 1) -> None:
        """Ask the host of ``url`` at most ``per_second`` times a second from now on."""
        with self._lock:
            self._budgets[Request(url).host] = Budget(per_second, burst=burst)

    def fetch(
        self, request: Request, *, check: Check = accept_all, attempts: int | None = None
    ) -> Response:
        """Return the whole answer to ``request``, tried again while there is hope.

        Args:
            request: What to ask.
            check: Says what is wrong with an answer whose status is good; such an answer is asked
                for again.
            attempts: Overrides the policy's number of attempts.

        Raises:
            OfflineError: The network is switched off, the host is out of reach, or it stayed busy,
                slow or broken through all attempts.
            NetError: The service refused, sent too much, redirected elsewhere, or sent only answers
                that ``check`` found unusable.
            UsageError: The address cannot be asked.
        """
        end = None if request.within_s is None else self._clock.monotonic() + request.within_s

        def once() -> Response:
            with self._open(request, end) as incoming:
                from osler.net.wire import read_all

                body = read_all(incoming, max_bytes=request.max_bytes)
                response = Response(incoming.status, incoming.headers, body)
            if said := check(response):
                raise WireFault(Trouble(TroubleKind.GARBLED, said, status=incoming.status, body=body))
            return response

        if request.within_s is None:
            return self._persist(request, once, attempts)
        try:
            return within(
                lambda: self._persist(request, once, attempts, end), request.within_s + GRACE_S
            )
        except TimeoutError:
            said = f"no whole answer came within {request.within_s:g} seconds"
            raise final_error(request, Trouble(TroubleKind.TIMEOUT, said)) from None

    @contextmanager
    def stream(self, request: Request) -> Iterator[Incoming]:
        """Give the answer to ``request`` while its body is still on its way.

        Reaching the body is tried again as in ``fetch``; once bytes have come, a fault ends it, since
        only the caller knows what it has done with them. ``max_bytes`` is the caller's to watch.

        Raises:
            OfflineError: As ``fetch``, also while the chunks are read.
            NetError: As ``fetch``.
        """
        with ExitStack() as stack:
            incoming = self._persist(request, lambda: stack.enter_context(self._open(request)), None)
            yield replace(incoming, chunks=_final_chunks(request, incoming))

    def close(self) -> None:
        """Close all connections. Requests still on their way fail and are not tried again."""
        with self._lock:
            self._closed = True
            wire, self._wire = self._wire, None
        if wire is not None:
            wire.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _persist(
        self,
        request: Request,
        once: Callable[[], T],
        attempts: int | None,
        end: float | None = None,
    ) -> T:
        attempt = 0
        while True:
            attempt += 1
            if self.offline:
                raise switched_off(request)
            try:
                return once()
            except WireFault as fault:
                trouble = fault.trouble
            wait = self._policy.wait_after(trouble, attempt=attempt, attempts=attempts)
            is_over = wait is not None and end is not None and self._clock.monotonic() + wait >= end
            if wait is None or is_over or self._closed:
                raise final_error(request, trouble)
            if self._waiting is not None:
                self._waiting(request.redact(trouble.said), wait)
            if trouble.kind is TroubleKind.RATE_LIMITED:
                # Every thread must hear of it: the host counts all of them together.
                self._budget(request.host).hold(self._clock.monotonic() + wait)
            else:
                self._clock.sleep(wait)

    @contextmanager
    def _open(self, request: Request, latest: float | None = None) -> Iterator[Incoming]:
        """Give a good answer, redirections within the host followed; nothing is read after ``latest``.

        Raises:
            WireFault: Anything else came of it.
        """
        url = request.url
        for _ in range(MOST_REDIRECTIONS + 1):
            self._take_turn(request.host)
            now = self._clock.monotonic()
            end = now + self._policy.total_s
            left_s = None
            if latest is not None:
                end, left_s = min(end, latest), latest - now
            late = partial(self._is_past, end)
            with self._connected().open(request, url, late=late, left_s=left_s) as incoming:
                if incoming.status not in REDIRECTIONS:
                    if not 200 <= incoming.status < 300:
                        raise WireFault(self._refusal(incoming))
                    yield incoming
                    return
                url = _follow(url, incoming.headers.get("location", ""))
        raise WireFault(Trouble(TroubleKind.REDIRECTED, "the host redirects in a circle"))

    def _refusal(self, incoming: Incoming) -> Trouble:
        body = next(incoming.chunks, b"")[:KEPT_OF_A_REFUSAL]
        status = incoming.status
        wait_s = read_retry_after(incoming.headers.get("retry-after"), self._clock.now())
        if status == 429:
            said = "the host counts too many requests (HTTP 429)"
            return Trouble(TroubleKind.RATE_LIMITED, said, wait_s=wait_s, status=status, body=body)
        if status in PASSING_STATUSES:
            said = f"the host answers with a fault of its own (HTTP {status})"
            return Trouble(TroubleKind.BUSY, said, wait_s=wait_s, status=status, body=body)
        return Trouble(
            TroubleKind.REFUSED, f"the host refuses (HTTP {status})", status=status, body=body
        )

    def _is_past(self, moment: float) -> bool:
        return self._clock.monotonic() > moment

    def _take_turn(self, host: str) -> None:
        wait = self._budget(host).reserve(self._clock.monotonic())
        if wait > 0:
            self._clock.sleep(wait)

    def _budget(self, host: str) -> Budget:
        with self._lock:
            return self._budgets.setdefault(host, Budget())

    def _connected(self) -> Wire:
        with self._lock:
            if self._closed:
                raise WireFault(Trouble(TroubleKind.RESET, "the client is closed"))
            if self._wire is None:
                from osler.net.wire import Wire

                self._wire = Wire(
                    self._policy,
                    user_agent=self._user_agent,
                    transport=self._transport,
                    proxy=self._proxy,
                    certificates=self._certificates,
                )
            return self._wire


def _final_chunks(request: Request, incoming: Incoming) -> Iterator[bytes]:
    try:
        yield from incoming.chunks
    except WireFault as fault:
        raise final_error(request, fault.trouble) from None


def _follow(url: str, location: str) -> str:
    """Return where ``location`` leads from ``url``: only the same host, never back to plain HTTP.

    The body of the request, private fields included, is sent again there.
    """
    here, there = urlsplit(url), urlsplit(urljoin(url, location))
    upgrade = here.scheme == "http" and there.scheme == "https"
    same_host = here.hostname == there.hostname and (here.netloc == there.netloc or upgrade)
    if not location or not same_host or not (here.scheme == there.scheme or upgrade):
        raise WireFault(Trouble(TroubleKind.REDIRECTED, "the host redirects to another address"))
    return there.geturl()
