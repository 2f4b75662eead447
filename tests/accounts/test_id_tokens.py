"""ID tokens of a provider on loopback that says and signs what no provider should."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.accounts.conftest import Clock
from tests.accounts.identity_provider import (
    CLIENT,
    DISCOVERY,
    SECRET,
    Provider,
    b64,
    public_pem,
    published,
    rsa_key,
    signed,
)
from tests.accounts.travelling import TOKEN, flow, idp, refused, travel

from osler.accounts.registry import Registry
from osler.accounts.sign_on.code_flow import CodeFlow

__all__ = ["flow", "idp"]  # fixtures


# --- tokens that must not be believed -----------------------------------------------------------------


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "of-another-sign-in"},
        {"nonce": None},
        {"nonce": 7},
        {"aud": "another-site"},
        {"aud": ["another-site"]},
        {"aud": [CLIENT, "another-site"]},
        {"aud": [CLIENT, "another-site"], "azp": CLIENT},
        {"aud": []},
        {"aud": None},
        {"azp": "another-site"},
        {"iss": "https://other.example"},
        {"iss": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": " padded"},
        {"sub": "x" * 256},
        {"sub": "line\nbreak"},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": 1e400},
        {"iat": None},
        {"nbf": "never"},
        {"nbf": True},
    ],
)
def test_a_token_that_says_anything_else_is_refused(
    flow: CodeFlow, registry: Registry, idp: Provider, claims: dict[str, Any]
) -> None:
    idp.behave(claims=claims)
    assert refused(flow, registry).code == TOKEN


@pytest.mark.parametrize(
    ("claim", "seconds", "counts"),
    [
        ("exp", -61, False),
        ("exp", -59, True),
        ("iat", 61, False),
        ("iat", 59, True),
        ("iat", -61, False),
        ("iat", -59, True),
        ("nbf", 61, False),
        ("nbf", 59, True),
    ],
)
def test_two_clocks_may_differ_by_a_minute_and_no_more(
    flow: CodeFlow,
    registry: Registry,
    idp: Provider,
    clock: Clock,
    claim: str,
    seconds: int,
    counts: bool,
) -> None:
    idp.behave(claims={claim: int(clock.at.timestamp()) + seconds})
    if counts:
        travel(flow, registry)
    else:
        assert refused(flow, registry).code == TOKEN


def unsigned(header: dict[str, Any], claims: dict[str, Any], alg: str = "none") -> str:
    parts = [b64(json.dumps(part).encode()) for part in ({**header, "alg": alg}, claims)]
    return ".".join([*parts, ""])


def by_the_public_key(header: dict[str, Any], claims: dict[str, Any]) -> str:
    """HMAC with what everybody knows as the secret: what a checker does that believes the header."""
    return signed({**header, "alg": "HS256"}, claims, public_pem(rsa_key("first")))


def by_the_clients_secret(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return signed({**header, "alg": "HS256"}, claims, SECRET.encode())


def by_a_key_of_its_own(header: dict[str, Any], claims: dict[str, Any]) -> str:
    """The key in the token's own header, which anybody could put there."""
    own = {**header, "jwk": published("first", rsa_key("stranger"))}
    return signed(own, claims, rsa_key("stranger"))


def by_a_stranger(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return signed(header, claims, rsa_key("stranger"))


def altered(header: dict[str, Any], claims: dict[str, Any]) -> str:
    head, _, signature = signed(header, claims, rsa_key("first")).split(".")
    return ".".join([head, b64(json.dumps({**claims, "sub": "somebody-else"}).encode()), signature])


def with_critical(header: dict[str, Any], claims: dict[str, Any]) -> str:
    return signed({**header, "crit": ["exp"], "exp": 1}, claims, rsa_key("first"))


@pytest.mark.parametrize(
    "token",
    [
        unsigned,
        lambda header, claims: unsigned(header, claims, "None"),
        lambda header, claims: unsigned(header, claims, "RS256"),
        by_the_public_key,
        by_the_clients_secret,
        by_a_key_of_its_own,
        by_a_stranger,
        altered,
        with_critical,
        lambda _header, _claims: "",
        lambda _header, _claims: "not a token",
        lambda _header, _claims: "a.b.c",
        lambda _header, _claims: "W10.W10.W10",
        lambda _header, _claims: "WyJhbGciXQ.e30.e30",
        lambda _header, _claims: "ü.e30.e30",
        lambda header, claims: signed(header, {**claims, "more": "x" * 20_000}, rsa_key("first")),
        lambda header, claims: signed(header, claims, rsa_key("first")) + ".e30.e30",
    ],
    ids=[
        "none", "None", "no signature", "hmac by the public key", "hmac by the secret", "own key",
        "stranger", "altered", "critical", "empty", "words", "letters", "lists", "list with alg",
        "not ascii", "too long", "five parts",
    ],
)  # fmt: skip
def test_a_signature_that_is_not_the_providers_is_refused(
    flow: CodeFlow,
    registry: Registry,
    idp: Provider,
    token: Callable[[dict[str, Any], dict[str, Any]], str],
) -> None:
    idp.behave(token=token)
    assert refused(flow, registry).code == TOKEN


@pytest.mark.parametrize(
    "key",
    [
        {"kty": "oct", "kid": "first", "k": b64(b"a secret that is published, of all things")},
        {"kty": "RSA", "kid": "first"},
        {"kty": "RSA", "kid": "first", "n": "AQ", "e": "AQAB"},
        {"kty": "EC", "kid": "first", "crv": "P-999", "x": "AQ", "y": "AQ"},
        {**published("first", rsa_key("first")), "use": "enc"},
        {**published("first", rsa_key("first")), "alg": "RS512"},
        {**published("first", rsa_key("short", 1024))},
    ],
    ids=["oct", "empty", "tiny", "curve", "for secrets", "for another algorithm", "short"],
)
@pytest.mark.filterwarnings("ignore:Key size")
def test_a_key_that_cannot_be_meant_or_is_weak_does_not_count(
    flow: CodeFlow, registry: Registry, idp: Provider, key: dict[str, Any]
) -> None:
    idp.behave(
        listed=[key], key=rsa_key("short", 1024) if len(key.get("n", "")) == 171 else rsa_key("first")
    )
    assert refused(flow, registry).code == TOKEN


def test_a_published_secret_does_not_make_hmac_count(
    flow: CodeFlow, registry: Registry, idp: Provider
) -> None:
    secret = b"a secret that is published, of all things"
    idp.behave(
        listed=[{"kty": "oct", "kid": "first", "k": b64(secret)}],
        token=lambda header, claims: signed({**header, "alg": "HS256"}, claims, secret),
    )
    assert refused(flow, registry).code == TOKEN


# --- keys that change ---------------------------------------------------------------------------------


def test_keys_are_asked_for_once_more_when_one_is_unknown_and_no_oftener(
    flow: CodeFlow, registry: Registry, idp: Provider
) -> None:
    travel(flow, registry)
    assert (idp.asked("/keys"), idp.asked(DISCOVERY)) == (1, 1)
    idp.behave(key_name="second", key=rsa_key("other"), listed=[published("second", rsa_key("other"))])
    travel(flow, registry)
    assert idp.asked("/keys") == 2
    idp.behave(key_name="third", key=rsa_key("stranger"))
    assert refused(flow, registry).code == TOKEN
    assert idp.asked("/keys") == 3
    assert idp.asked(DISCOVERY) == 1


def test_a_key_that_was_taken_back_counts_for_an_hour_at_most(
    flow: CodeFlow, registry: Registry, idp: Provider, clock: Clock
) -> None:
    travel(flow, registry)
    idp.behave(listed=[published("second", rsa_key("other"))])
    clock.wait(3601)
    assert refused(flow, registry).code == TOKEN
