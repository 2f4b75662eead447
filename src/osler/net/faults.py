"""What can go wrong on the way to a server and back, in our own words.

    Trouble     a value: one attempt failed, and why; ``client`` decides whether to try again
    WireFault   raised inside this room only: a Trouble on its way up from ``wire``
    NetError    exit 1: the service answered, and the answer cannot be used

A service that cannot be reached at all is an ``OfflineError`` (exit 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from osler.errors import OfflineError, OslerError, UsageError
from osler.net.message import Request


class TroubleKind(StrEnum):
    """How one attempt failed."""

    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    ADDRESS = "address"
    TIMEOUT = "timeout"
    RESET = "reset"
    BUSY = "busy"
    RATE_LIMITED = "rate_limited"
    GARBLED = "garbled"
    TOO_LARGE = "too_large"
    REDIRECTED = "redirected"
    REFUSED = "refused"


PASSING: Final = frozenset(
    {
        TroubleKind.UNREACHABLE,
        TroubleKind.TIMEOUT,
        TroubleKind.RESET,
        TroubleKind.BUSY,
        TroubleKind.RATE_LIMITED,
        TroubleKind.GARBLED,
    }
)
"""Kinds after which the same request may succeed."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One failed attempt.

    Attributes:
        kind: How it failed.
        said: Why, in one line that holds nothing private.
        wait_s: Seconds the server asks us to wait, or None.
        status: HTTP status, or 0 when none came.
        body: Beginning of the server's answer, for a caller that knows how to read it.
    """

    kind: TroubleKind
    said: str
    wait_s: float | None = None
    status: int = 0
    body: bytes = b""


class WireFault(Exception):  # noqa: N818  it never leaves this room: not an error of Osler
    """A ``Trouble`` on its way up to the client."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.said)
        self.trouble = trouble


class NetError(OslerError):
    """The service answered, and the answer cannot be used.

    Attributes:
        status: HTTP status, or 0.
        body: Beginning of what it said. May hold what a server echoed: never print it.
    """

    code = "net"
    retryable = True

    def __init__(
        self, message: str, *, code: str, item: str = "", hint: str = "", trouble: Trouble | None = None
    ) -> None:
        super().__init__(message, item=item, hint=hint, code=code)
        self.status = trouble.status if trouble else 0
        self.body = trouble.body if trouble else b""


_OFFLINE_HINTS: Final = {
    TroubleKind.UNREACHABLE: "check the connection or the proxy, then run the same command again",
    TroubleKind.TIMEOUT: "the service is slow: run the same command again later",
    TroubleKind.RESET: "the connection keeps breaking: run the same command again later",
    TroubleKind.BUSY: "the service is in trouble: run the same command again later",
    TroubleKind.RATE_LIMITED: "the service asks for patience: run the same command again later",
}
_NET_HINTS: Final = {
    TroubleKind.CERTIFICATE: "behind an inspecting proxy, point SSL_CERT_FILE to its certificate",
    TroubleKind.GARBLED: "run the same command again later",
    TroubleKind.TOO_LARGE: "ask for less at a time",
    TroubleKind.REDIRECTED: "check the address; Osler follows no redirection to another host",
    TroubleKind.REFUSED: "the service will not answer this request",
}
_NET_CODES: Final = {
    TroubleKind.CERTIFICATE: "net.certificate",
    TroubleKind.GARBLED: "net.garbled",
    TroubleKind.TOO_LARGE: "net.too_large",
    TroubleKind.REDIRECTED: "net.redirected",
    TroubleKind.REFUSED: "net.refused",
}
_OFFLINE_CODES: Final = {
    TroubleKind.UNREACHABLE: "offline.unreachable",
    TroubleKind.TIMEOUT: "offline.timeout",
    TroubleKind.RESET: "offline.reset",
    TroubleKind.BUSY: "offline.busy",
    TroubleKind.RATE_LIMITED: "offline.rate_limited",
}


def final_error(request: Request, trouble: Trouble) -> OslerError:
    """Return the error a person sees once ``trouble`` is final."""
    kind = trouble.kind
    purpose = f", needed to {request.purpose}" if request.purpose else ""
    said = request.redact(trouble.said)
    if kind is TroubleKind.ADDRESS:
        return UsageError(
            "this is not an address that can be asked", item=request.where, code="usage.address"
        )
    if kind in _OFFLINE_CODES:
        hint = _OFFLINE_HINTS[kind]
        if trouble.wait_s:
            hint = f"it asks to wait {trouble.wait_s:.0f} seconds; then run the same command again"
        return OfflineError(f"{said}{purpose}", item=request.where, hint=hint, code=_OFFLINE_CODES[kind])
    return NetError(
        f"{said}{purpose}",
        item=request.where,
        hint=_NET_HINTS[kind],
        code=_NET_CODES[kind],
        trouble=trouble,
    )


def switched_off(request: Request) -> OfflineError:
    """Return the error for a request made while the network is switched off."""
    purpose = request.purpose or "do this"
    return OfflineError(
        f"the network is switched off, and it is needed to {purpose}",
        item=request.where,
        hint="unset OSLER_OFFLINE, or add the documents from files",
        code="offline.switched_off",
    )
