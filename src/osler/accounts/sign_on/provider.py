"""The identity provider, asked through the one door to the network: who it is, its keys, a code.

Believes nothing that it was not told to: every address comes from the discovery document of the issuer
that the settings name, over TLS, and no redirection to another host is followed. What is wrong with the
provider is for the log; whoever signs in is told that it cannot be used.
"""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

from osler.accounts.sign_on.faults import declined, out_of_reach
from osler.accounts.sign_on.id_token import Key
from osler.config import SignOnSettings
from osler.errors import OfflineError, OslerError, UsageError
from osler.net.client import Client
from osler.net.faults import NetError
from osler.net.message import Request, is_loopback

DISCOVERY: Final = "/.well-known/openid-configuration"
PLACES: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
MOST_BYTES: Final = 256 * 1024
MOST_KEYS: Final = 100
WITHIN_S: Final = 8.0
FRESH: Final = timedelta(hours=1)
"""How long discovery document and keys are used before they are asked for again."""
AT_ONCE: Final = 8
"""Questions to the provider at the same time: a slow one must not take every thread of the page."""
BASIC: Final = "client_secret_basic"
POST: Final = "client_secret_post"

_log = logging.getLogger("osler.web")


@dataclass(frozen=True, slots=True)
class Description:
    """What the provider says of itself (OpenID Connect Discovery 1.0, section 3).

    Attributes:
        authorize: Where people are sent.
        token: Where a code is redeemed.
        keys: Where its keys lie.
        secret_in_body: Whether it takes the client's secret in the body only, not in a header.
        names_itself: Whether it says who it is when it sends people back (RFC 9207).
    """

    authorize: str
    token: str
    keys: str
    secret_in_body: bool
    names_itself: bool


class IdentityProvider:
    """One provider. Safe to use from several threads.

    Args:
        client: The door to the network.
        settings: Who it is, and as whom we come.
        now: Returns the time in UTC.

    Raises:
        UsageError: It would have to be asked without TLS.
    """

    def __init__(self, client: Client, settings: SignOnSettings, now: Callable[[], datetime]) -> None:
        if not _is_safe(settings.issuer, settings.issuer):
            raise UsageError(
                "a provider is asked over https only, unless it is on this machine",
                item="OSLER_OIDC_ISSUER",
                hint="such as https://login.hospital.example",
            )
        self._client = client
        self._settings = settings
        self._now = now
        self._turns = BoundedSemaphore(AT_ONCE)
        self._description: tuple[datetime, Description] | None = None
        self._keys: tuple[datetime, Sequence[Key]] | None = None

    def describe(self) -> Description:
        """Return what the provider says of itself, asked for anew every hour.

        Raises:
            OfflineError: ``offline.sign_on``: it cannot be had or used.
        """
        known = self._description
        if known is None or not self._is_fresh(known[0]):
            url = self._settings.issuer.rstrip("/") + DISCOVERY
            found = self._fetch(_asking(url, "find the provider"))
            known = self._description = (self._now(), self._read(found))
        return known[1]

    def keys(self, *, anew: bool = False) -> Sequence[Key]:
        """Return the keys that the provider signs with; with ``anew`` as they are at this moment.

        Raises:
            OfflineError: ``offline.sign_on``: they cannot be had.
        """
        known = self._keys
        if known is None or anew or not self._is_fresh(known[0]):
            url = self.describe().keys
            found = self._fetch(_asking(url, "check a sign-in"))
            listed = found.get("keys")
            if not isinstance(listed, list) or len(listed) > MOST_KEYS:
                raise self._unusable("its list of keys cannot be read")
            known = self._keys = (self._now(), [key for key in listed if isinstance(key, dict)])
        return known[1]

    def redeem(self, code: str, *, verifier: str, back: str) -> str:
        """Return the ID token that the provider gives for ``code``, asked once, as a code counts once.

        Raises:
            SignOnError: ``not_allowed.sign_on_declined``: the provider does not take the code.
            OfflineError: ``offline.sign_on``: it cannot be asked, or its answer holds no token.
        """
        described, client, secret = self.describe(), self._settings.client, self._settings.secret
        private = {"code": code, "code_verifier": verifier}
        headers: dict[str, str] = {}
        if secret is not None and described.secret_in_body:
            private["client_secret"] = secret
        elif secret is not None:
            # Each of the two in the encoding of forms first: RFC 6749, section 2.3.1.
            pair = f"{quote_plus(client)}:{quote_plus(secret)}".encode("ascii")
            headers["Authorization"] = f"Basic {base64.b64encode(pair).decode('ascii')}"
        form = {"grant_type": "authorization_code", "redirect_uri": back}
        if not headers:
            form["client_id"] = client
        request = _asking(described.token, "redeem a code")
        filled = replace(request, form=form, private=private, private_headers=headers)
        found = self._fetch(filled, attempts=1)
        token = found.get("id_token")
        if not isinstance(token, str):
            raise self._unusable("it gave no ID token")
        return token

    def close(self) -> None:
        """Close the connections to the provider."""
        self._client.close()

    def _is_fresh(self, since: datetime) -> bool:
        return timedelta() <= self._now() - since < FRESH

    def _read(self, found: dict[str, Any]) -> Description:
        issuer = self._settings.issuer
        if found.get("issuer") != issuer:
            raise self._unusable("it names itself otherwise than OSLER_OIDC_ISSUER does")
        places = [found.get(name) for name in PLACES]
        if not all(isinstance(place, str) and _is_safe(place, issuer) for place in places):
            raise self._unusable("one of its addresses is missing or without TLS")
        ways = found.get("token_endpoint_auth_methods_supported", [BASIC])
        in_body = isinstance(ways, list) and BASIC not in ways and POST in ways
        names_itself = found.get("authorization_response_iss_parameter_supported") is True
        authorize, token, keys = (str(place) for place in places)
        return Description(authorize, token, keys, in_body, names_itself)

    def _fetch(self, request: Request, *, attempts: int | None = None) -> dict[str, Any]:
        with self._turn():
            try:
                body = self._client.fetch(request, attempts=attempts).body
                found = json.loads(body)
            except NetError as fault:
                if _error_of(fault) in {"invalid_grant", "access_denied"}:
                    raise declined() from fault
                raise self._unusable(f"{fault.code} {_error_of(fault)}".strip(), request) from fault
            except OslerError as fault:
                raise self._unusable(fault.code, request) from fault
            except (ValueError, RecursionError) as fault:
                raise self._unusable("its answer cannot be read", request) from fault
        if not isinstance(found, dict):
            raise self._unusable("its answer cannot be read", request)
        return found

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(blocking=False):
            raise self._unusable("too many wait for it already")
        try:
            yield
        finally:
            self._turns.release()

    def _unusable(self, reason: str, request: Request | None = None) -> OfflineError:
        """Log what is the matter with the provider, and return what whoever signs in is told."""
        where = self._settings.issuer if request is None else request.where
        _log.warning("sign-on: %r: %s", where, reason)
        return out_of_reach()


def _asking(url: str, purpose: str) -> Request:
    return Request(url, purpose, max_bytes=MOST_BYTES, within_s=WITHIN_S)


def _error_of(fault: NetError) -> str:
    """Return the word of RFC 6749 by which a provider says why it refuses, where there is one."""
    try:
        said = json.loads(fault.body)
    except (ValueError, RecursionError):
        return ""
    word = said.get("error") if isinstance(said, dict) else None
    return word if isinstance(word, str) and word.isidentifier() and len(word) <= 40 else ""


def _is_safe(url: str, issuer: str) -> bool:
    """Tell whether ``url`` may be asked: over TLS, or all on this very machine."""
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    is_bare = has_host and not (parts.username or parts.password or parts.fragment) and url.isprintable()
    is_here = parts.scheme == "http" and issuer.startswith("http:") and is_loopback(url)
    return is_bare and (parts.scheme == "https" or is_here)
