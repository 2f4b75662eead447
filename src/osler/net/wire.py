"""The one module that speaks to httpx: sends a request, translates what goes wrong.

Must not retry, count or decide: it makes one attempt. Foreign exceptions stop here. Reads neither the
environment nor the clock.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from osler.net.faults import Trouble, TroubleKind, WireFault
from osler.net.message import Incoming, Request
from osler.net.retry import Policy

CHUNK_BYTES = 64 * 1024


class Wire:
    """Open connections to servers, reused between requests. Safe to use from several threads."""

    def __init__(
        self,
        policy: Policy,
        *,
        user_agent: str,
        transport: httpx.BaseTransport | None = None,
        proxy: str | None = None,
        certificates: Path | None = None,
    ) -> None:
        if transport is None:
            trust = (
                ssl.create_default_context(cafile=str(certificates))
                if certificates
                else httpx.create_ssl_context(trust_env=False)
            )
            transport = httpx.HTTPTransport(verify=trust, proxy=proxy, trust_env=False)
        self._policy = policy
        self._client = httpx.Client(
            transport=transport,
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": user_agent},
        )

    @contextmanager
    def open(
        self, request: Request, url: str, *, late: Callable[[], bool], left_s: float | None = None
    ) -> Iterator[Incoming]:
        """Send ``request`` to ``url`` and give its answer once the headers are there.

        Args:
            request: What to send.
            url: Where to, which a redirection may have changed.
            late: Tells whether the time for the whole answer is over.
            left_s: Seconds that are left for it, where that may be less than the policy allows.

        Raises:
            WireFault: The attempt failed, here or while the chunks are read.
        """
        with (
            _translated(),
            self._client.stream(
                request.method,
                url,
                params=(dict(request.params) or None) if url == request.url else None,
                data={**request.form, **request.private} or None,
                content=request.body or None,
                headers={**request.headers, **request.private_headers},
                timeout=self._patience(left_s),
            ) as response,
        ):
            headers = {name.lower(): value for name, value in response.headers.items()}
            yield Incoming(response.status_code, headers, _chunks(response, late))

    def _patience(self, left_s: float | None) -> httpx.Timeout:
        most = float("inf") if left_s is None else max(left_s, 0.001)
        return httpx.Timeout(min(self._policy.read_s, most), connect=min(self._policy.connect_s, most))

    def close(self) -> None:
        """Close every connection; requests still on their way fail."""
        self._client.close()


def _chunks(response: httpx.Response, late: Callable[[], bool]) -> Iterator[bytes]:
    with _translated():
        for chunk in response.iter_bytes(CHUNK_BYTES):
            yield chunk
            if late():
                raise WireFault(Trouble(TroubleKind.TIMEOUT, "the answer took too long"))


def read_all(incoming: Incoming, *, max_bytes: int) -> bytes:
    """Return the whole body.

    Raises:
        WireFault: The body is longer than ``max_bytes``, or the attempt failed.
    """
    parts, size = [], 0
    for chunk in incoming.chunks:
        size += len(chunk)
        if size > max_bytes:
            said = f"the answer is longer than {max_bytes:,} bytes"
            raise WireFault(Trouble(TroubleKind.TOO_LARGE, said))
        parts.append(chunk)
    return b"".join(parts)


@contextmanager
def _translated() -> Iterator[None]:
    # The text of foreign exceptions may hold addresses: it is read, never passed on.
    try:
        yield
    except httpx.ConnectError as fault:
        if "CERTIFICATE_VERIFY_FAILED" in str(fault):
            said = "the host's certificate is not trusted"
            raise WireFault(Trouble(TroubleKind.CERTIFICATE, said)) from None
        raise _unreachable("the host cannot be reached") from None
    except (httpx.ConnectTimeout, httpx.PoolTimeout):
        raise _unreachable("the host does not answer") from None
    except httpx.ProxyError:
        raise _unreachable("the proxy refuses to connect") from None
    except httpx.TimeoutException:
        raise WireFault(Trouble(TroubleKind.TIMEOUT, "the answer took too long")) from None
    except httpx.DecodingError:
        said = "the answer cannot be decompressed"
        raise WireFault(Trouble(TroubleKind.GARBLED, said)) from None
    except (httpx.UnsupportedProtocol, httpx.InvalidURL, httpx.LocalProtocolError):
        raise WireFault(Trouble(TroubleKind.ADDRESS, "not an address")) from None
    except httpx.TransportError:
        raise WireFault(Trouble(TroubleKind.RESET, "the connection broke off")) from None


def _unreachable(said: str) -> WireFault:
    return WireFault(Trouble(TroubleKind.UNREACHABLE, said))
