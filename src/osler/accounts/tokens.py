"""Random tokens that somebody else keeps; here only their digests are kept.

A token has 256 random bits, so a plain SHA-256 of it is as hard to turn back as the token is to guess:
no salt and no slow hash are needed, as they are for passwords, which people choose.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable
from typing import Final

TOKEN_BYTES: Final = 32
LONGEST_TOKEN: Final = 200


def new_token(randomness: Callable[[int], bytes]) -> str:
    """Return a new token of letters that an address and a cookie can carry."""
    return base64.urlsafe_b64encode(randomness(TOKEN_BYTES)).rstrip(b"=").decode("ascii")


def digest_of(token: str) -> str:
    """Return the SHA-256 of ``token`` as 64 hexadecimal digits; of nothing where it is too long."""
    known = token if len(token) <= LONGEST_TOKEN else ""
    return hashlib.sha256(known.encode("utf-8", "replace")).hexdigest()


def form_token(secret: str, purpose: str = "form") -> str:
    """Return the token that proves that a form was made for the holder of ``secret``.

    Derived, so that nothing more is kept; it does not tell the secret, which is the session itself.
    """
    return hmac.new(secret.encode(), f"osler {purpose}".encode(), hashlib.sha256).hexdigest()


def is_same(given: str, expected: str) -> bool:
    """Tell whether two tokens are the same, in a time that does not tell where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode("utf-8", "replace"))
