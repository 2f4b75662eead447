"""What is asked of a server and what it says: plain values, nothing of the HTTP library.

Must not show a private field: neither ``repr`` nor ``where`` holds a key, an address or a query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

MEBIBYTE: Final = 1024 * 1024
REDACTED: Final = "[private]"


@dataclass(frozen=True, slots=True)
class Request:
    """One request. With a form or a body it is a POST, without one a GET.

    Attributes:
        url: Address without secrets.
        purpose: What it is for, in words a person reads when it cannot be had.
        params: Fields of the query string.
        form: Fields of the body.
        private: Fields of the body that no message, log or ``repr`` may show, such as an API key.
            They travel in the body because addresses end up in logs.
        headers: Extra headers.
        private_headers: Headers that no message, log or ``repr`` may show, such as ``Authorization``.
        body: What is posted as it stands, instead of a form; its media type is one of ``headers``.
        max_bytes: Most bytes of body that are read, after decompression.
        within_s: Longest time in seconds for everything, all attempts and waits together; None leaves
            each attempt the time that the policy gives it.
    """

    url: str
    purpose: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    private: Mapping[str, str] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    private_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    max_bytes: int = 64 * MEBIBYTE
    within_s: float | None = None

    @property
    def method(self) -> str:
        """``POST`` when there is a body, else ``GET``."""
        return "POST" if self.form or self.private or self.body else "GET"

    @property
    def host(self) -> str:
        """Host and port, the unit that a rate budget counts."""
        return urlsplit(self.url).netloc.rpartition("@")[2].lower()

    @property
    def where(self) -> str:
        """The address as messages show it: no query, no user, no password."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{self.host}{parts.path}"

    def redact(self, text: str) -> str:
        """Return ``text`` with every private value replaced, in case a server echoes it."""
        hidden = {*self.private.values(), *self.private_headers.values()}
        # ``Bearer KEY`` may come back as the key alone.
        hidden |= {value.rpartition(" ")[2] for value in self.private_headers.values()}
        for value in sorted(filter(None, hidden), key=len, reverse=True):
            text = text.replace(value, REDACTED)
        return text


@dataclass(frozen=True, slots=True)
class Response:
    """A whole answer with a status from 200 to 299.

    Attributes:
        status: HTTP status.
        headers: Header names in lower case.
        body: Decompressed bytes.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        """The media type without parameters, in lower case; empty when none is given."""
        return media_type(self.headers)


@dataclass(frozen=True, slots=True)
class Incoming:
    """An answer whose body is still on its way; valid only inside the ``with`` that gave it.

    Attributes:
        status: HTTP status.
        headers: Header names in lower case.
        chunks: Decompressed bytes as they arrive, once.
    """

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]


def media_type(headers: Mapping[str, str]) -> str:
    """Return the media type that ``headers`` declare, without parameters and in lower case."""
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def is_loopback(url: str) -> bool:
    """Tell whether ``url`` names this very machine: ``localhost`` or a loopback number; no look-up.

    What listens there may of course pass on what it is sent.
    """
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
