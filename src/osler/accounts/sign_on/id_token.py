"""Whether an ID token is to be believed (OpenID Connect Core 1.0, 3.1.3.7). The one user of joserfc.

Only signatures by a key that the provider publishes count: a token without one, or with one by a secret
that two parties share, could be written by others. Asks nothing of the network and reads no clock.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from osler.accounts.passwords import missing_extra
from osler.accounts.sign_on.faults import not_believed
from osler.accounts.tokens import is_same

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, RSAKey

FAMILIES: Final[Mapping[str, str]] = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), "RSA"),
    **dict.fromkeys(("ES256", "ES384", "ES512"), "EC"),
}
"""The signatures that count, with the family of their keys. Neither ``none`` nor HMAC is one of them."""
SMALLEST_RSA: Final = 2048
SKEW: Final = timedelta(seconds=60)
"""How far the provider's clock may be from ours."""
LONGEST_TOKEN: Final = 16_384
LONGEST_SUBJECT: Final = 255
LATEST_S: Final = 1e12

Key = Mapping[str, Any]
"""One key of the provider, as published (RFC 7517)."""


class UnknownKeyError(Exception):
    """The token names a key that is not among those given: they may have been changed since."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say to be the answer to one errand.

    Attributes:
        issuer: Who must have made it.
        client: Whom it must be made for, and nobody beside.
        nonce: What was sent along, and comes back in it.
        begun: When the errand began: no token for it is older.
    """

    issuer: str
    client: str
    nonce: str = field(repr=False)
    begun: datetime


def require_signatures() -> None:
    """Return where signatures can be judged, so that a site says at its start that it cannot.

    Raises:
        UsageError: ``usage.extra``: joserfc is not installed.
    """
    try:
        importlib.import_module("joserfc.jwt")
    except ImportError as error:
        raise missing_extra("joserfc") from error


def read_subject(token: str, keys: Sequence[Key], expected: Expected, *, now: datetime) -> str:
    """Return who signed in, by the provider's own id of that person.

    Raises:
        SignOnError: ``not_allowed.sign_on_token``: the token is not believed.
        UnknownKeyError: It names a key that is not among ``keys``.
        UsageError: ``usage.extra``: joserfc is not installed.
    """
    claims = _verified(token, keys)
    reason = _reason(claims, expected, now)
    if reason:
        raise not_believed(reason)
    return str(claims["sub"])


def _verified(token: str, keys: Sequence[Key]) -> dict[str, Any]:
    """Return what the token says, once its signature is right."""
    try:
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jws import JWSRegistry, extract_compact
    except ImportError as error:
        raise missing_extra("joserfc") from error
    if len(token) > LONGEST_TOKEN:
        raise not_believed("it is too long")
    # Unknown parameters of the header are left alone, as RFC 7515 wants, unless it calls them critical.
    registry = JWSRegistry(algorithms=list(FAMILIES), strict_check_header=False)
    try:
        header = extract_compact(token.encode("ascii"), registry=registry).headers()
        algorithm = str(header.get("alg"))
        if algorithm not in FAMILIES:
            raise not_believed("its kind of signature does not count")
        key = _key_for(algorithm, header.get("kid"), keys)
        return dict(jwt.decode(token, key, algorithms=[algorithm], registry=registry).claims)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as fault:
        # The text of foreign errors may repeat the token: it is not passed on.
        raise not_believed("its signature is not the provider's") from fault


def _key_for(algorithm: str, name: object, keys: Sequence[Key]) -> RSAKey | ECKey:
    """Return the key that ``name`` stands for; without a name, the only one that could be meant.

    Raises:
        UnknownKeyError: There is none.
    """
    from joserfc.jwk import ECKey, RSAKey

    fitting = [key for key in keys if _fits(key, algorithm) and (name is None or key.get("kid") == name)]
    if not fitting:
        raise UnknownKeyError
    if len(fitting) > 1:
        raise not_believed("it does not say which key it is signed with")
    if FAMILIES[algorithm] == "EC":
        return ECKey.import_key(dict(fitting[0]))
    key = RSAKey.import_key(dict(fitting[0]))
    if key.public_key.key_size < SMALLEST_RSA:
        raise not_believed("its key is too short to be safe")
    return key


def _fits(key: Key, algorithm: str) -> bool:
    is_meant = key.get("use", "sig") == "sig" and key.get("alg", algorithm) == algorithm
    return is_meant and key.get("kty") == FAMILIES[algorithm]


def _reason(claims: Mapping[str, Any], expected: Expected, now: datetime) -> str:
    """Return why the token is not the answer to this errand, or an empty string."""
    audience, subject, nonce = claims.get("aud"), claims.get("sub"), claims.get("nonce")
    if claims.get("iss") != expected.issuer:
        return "it was made by another provider"
    # One that names others beside us could be handed on by them.
    if audience not in (expected.client, [expected.client]):
        return "it was made for another site"
    if claims.get("azp", expected.client) != expected.client:
        return "it was given to another site"
    if not isinstance(nonce, str) or not is_same(nonce, expected.nonce):
        return "it answers another sign-in"
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT or not _is_plain(subject):
        return "it does not say who you are"
    return _reason_of_time(claims, expected, now)


def _reason_of_time(claims: Mapping[str, Any], expected: Expected, now: datetime) -> str:
    expires, issued = _seconds(claims.get("exp")), _seconds(claims.get("iat"))
    begins = _seconds(claims.get("nbf", 0))
    skew, present = SKEW.total_seconds(), now.timestamp()
    if expires is None or issued is None or begins is None:
        return "it does not say from when until when it counts"
    if present >= expires + skew:
        return "it has expired"
    if max(issued, begins) > present + skew:
        return "it counts only later; one of the two clocks is wrong"
    if issued < expected.begun.timestamp() - skew:
        return "it is older than this sign-in"
    return ""


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < LATEST_S else None


def _is_plain(text: str) -> bool:
    return all(" " <= character <= "~" for character in text) and text == text.strip()
