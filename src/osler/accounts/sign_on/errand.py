"""What a browser carries to the provider and back: one errand, sealed, good once and for ten minutes.

The cookie holds a random mark; state, nonce and PKCE verifier are derived from the mark and a key that
only this process has. So whoever reads the cookie learns none of them, nobody can write one, and
nothing has to be kept for those who never come back.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from osler.accounts.sign_on.faults import not_begun
from osler.accounts.tokens import is_same, new_token

LASTS: Final = timedelta(minutes=10)
LONGEST_COOKIE: Final = 3000
LONGEST_NEXT: Final = 1000
KEY_BYTES: Final = 32


class Aim(StrEnum):
    """Why somebody is sent to the provider."""

    SIGN_IN = "sign_in"
    TIE = "tie"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Errand:
    """One way to the provider and back.

    Attributes:
        mark: Random; names the errand.
        aim: Why.
        proof: What entitles to it: the digest of the session that ties its account, or the token of the
            invitation; empty to sign in.
        next: Where to go on to; a path of this site.
        begun: When, to the second.
    """

    mark: str = field(repr=False)
    aim: Aim
    proof: str = field(repr=False)
    next: str
    begun: datetime


class Seal:
    """Writes and reads errands, and derives what belongs to each.

    Args:
        randomness: Returns as many unpredictable bytes as asked for.
        now: Returns the time in UTC.
    """

    def __init__(self, randomness: Callable[[int], bytes], now: Callable[[], datetime]) -> None:
        self._key = randomness(KEY_BYTES)
        self._randomness = randomness
        self.now = now

    def begin(self, aim: Aim, *, proof: str = "", next: str = "/") -> Errand:  # noqa: A002 - the field's name
        """Return a new errand."""
        begun = self.now().replace(microsecond=0)
        place = next if len(next) <= LONGEST_NEXT else "/"
        return Errand(new_token(self._randomness), aim, proof, place, begun)

    def write(self, errand: Errand) -> str:
        """Return ``errand`` as the value of a cookie."""
        begun = int(errand.begun.timestamp())
        fields = [errand.mark, errand.aim.value, errand.proof, errand.next, begun]
        text = base64.urlsafe_b64encode(json.dumps(fields).encode()).rstrip(b"=").decode("ascii")
        return f"{text}.{self._derive('cookie', text)}"

    def read(self, cookie: str) -> Errand:
        """Return the errand in ``cookie``.

        Raises:
            SignOnError: ``not_allowed.sign_on``: there is none, it was not written here, or it is over.
        """
        text, _, proof = cookie.partition(".")
        if len(cookie) > LONGEST_COOKIE or not is_same(proof, self._derive("cookie", text)):
            raise not_begun()
        mark, aim, entitled, place, seconds = json.loads(base64.urlsafe_b64decode(text + "=="))
        errand = Errand(mark, Aim(aim), entitled, place, datetime.fromtimestamp(seconds, UTC))
        if not timedelta() <= self.now() - errand.begun < LASTS:
            raise not_begun()
        return errand

    def state(self, errand: Errand) -> str:
        """Return what the provider sends back with the browser, which no other site can know."""
        return self._derive("state", errand.mark)

    def nonce(self, errand: Errand) -> str:
        """Return what the provider writes into the ID token for this errand."""
        return self._derive("nonce", errand.mark)

    def verifier(self, errand: Errand) -> str:
        """Return what proves to the provider that who redeems the code has asked for it (RFC 7636)."""
        return self._derive("verifier", errand.mark)

    def challenge(self, errand: Errand) -> str:
        """Return the verifier's SHA-256, which is all that the browser carries of it."""
        digest = hashlib.sha256(self.verifier(errand).encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")

    def _derive(self, purpose: str, text: str) -> str:
        sealed = f"{purpose} {text}".encode("utf-8", "replace")
        return hmac.new(self._key, sealed, hashlib.sha256).hexdigest()
