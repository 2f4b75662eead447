"""A real identity provider on loopback, with real keys, which behaves as it is told to, well or badly.

It signs with ``cryptography`` directly, so that what checks its tokens is not what made them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlencode, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from tests.net.loopback import Replying

SECRET = "a+secret/of:the=tests"
CLIENT = "osler.test+one"
DISCOVERY = "/.well-known/openid-configuration"


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def number(value: int) -> str:
    return b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


@cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """A key; the same one for the same name, as making one takes a while."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def ec_key(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def published(name: str, key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> dict[str, Any]:
    """The public half of a key, as a provider lists it."""
    if isinstance(key, rsa.RSAPrivateKey):
        public = key.public_key().public_numbers()
        half = {"kty": "RSA", "n": number(public.n), "e": number(public.e)}
    else:
        point = key.public_key().public_numbers()
        x, y = (b64(value.to_bytes(32, "big")) for value in (point.x, point.y))
        half = {"kty": "EC", "crv": "P-256", "x": x, "y": y}
    return {**half, "kid": name, "use": "sig"}


def public_pem(key: rsa.RSAPrivateKey) -> bytes:
    return key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def signed(header: Mapping[str, Any], claims: Mapping[str, Any], key: Any) -> str:
    """A token in compact form, signed as its header says, or as nobody should be allowed to."""
    text = ".".join(b64(json.dumps(part).encode()) for part in (header, claims))
    return f"{text}.{b64(_signature(str(header.get('alg')), text.encode(), key))}"


def _signature(algorithm: str, text: bytes, key: Any) -> bytes:
    if algorithm.startswith("HS"):
        return hmac.new(key, text, hashlib.sha256).digest()
    if algorithm == "ES256":
        first, second = decode_dss_signature(key.sign(text, ec.ECDSA(hashes.SHA256())))
        return first.to_bytes(32, "big") + second.to_bytes(32, "big")
    if algorithm == "PS256":
        way = padding.PSS(padding.MGF1(hashes.SHA256()), salt_length=32)
        return bytes(key.sign(text, way, hashes.SHA256()))
    if algorithm == "RS256":
        return bytes(key.sign(text, padding.PKCS1v15(), hashes.SHA256()))
    return b""


@dataclass
class Given:
    """What one code was given for."""

    fields: dict[str, str]
    subject: str
    is_used: bool = False


@dataclass
class Behaviour:
    """How the provider answers. As it stands here, it behaves.

    Attributes:
        subject: Who signs in there.
        algorithm: How tokens are signed.
        key_name: ``kid`` in a token's header; None leaves it out.
        key: Signs the tokens.
        listed: The keys that it publishes.
        claims: Changes what a token says, at last.
        token: Makes the whole token, from header and claims.
        description: Changes what it says of itself.
        answers: By path, what it answers instead of what it should.
        says_who: Whether it names itself when it sends people back.
    """

    subject: str = "subject-of-test-reviewer-one"
    algorithm: str = "RS256"
    key_name: str | None = "first"
    key: Any = None
    listed: list[dict[str, Any]] = field(default_factory=list)
    claims: dict[str, Any] = field(default_factory=dict)
    token: Callable[[dict[str, Any], dict[str, Any]], str] | None = None
    description: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Callable[[Handler], None]] = field(default_factory=dict)
    says_who: bool = False


class Handler(Replying):
    """Answers for the server."""

    server: Provider

    def do_GET(self) -> None:  # noqa: N802
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        form = dict(parse_qsl(self.rfile.read(length).decode()))
        self.server.seen.append((self.command, parts.path, form, dict(self.headers.items())))
        special = self.server.behaviour.answers.get(parts.path)
        if special is not None:
            special(self)
        elif parts.path == DISCOVERY:
            self.say(self.server.description())
        elif parts.path == "/keys":
            self.say({"keys": self.server.behaviour.listed})
        elif parts.path == "/token" and self.command == "POST":
            status, answer = self.server.redeem(form, self.headers.get("Authorization", ""))
            self.say(answer, status)
        elif parts.path == "/authorize":
            self.go(self.server.authorize(dict(parse_qsl(parts.query))))
        else:
            self.say({}, 404)

    do_POST = do_GET  # noqa: N815

    def say(self, answer: object, status: int = 200) -> None:
        self.send(json.dumps(answer).encode(), status, content_type="application/json")

    def go(self, place: str) -> None:
        self.send(b"", 302, location=place)


class Provider(ThreadingHTTPServer):
    """The provider. ``behaviour`` may be changed between two requests."""

    daemon_threads = True

    def __init__(self, secret: str | None = SECRET) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.secret = secret
        self.now: Callable[[], float] = time.time
        self.codes: dict[str, Given] = {}
        self.seen: list[tuple[str, str, dict[str, str], dict[str, str]]] = []
        self.stop_hanging = threading.Event()
        self.behave()

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def behave(self, **changes: Any) -> Behaviour:
        """Behave well again, but for ``changes``."""
        first = {"key": rsa_key("first"), "listed": [published("first", rsa_key("first"))]}
        self.behaviour = Behaviour(**{**first, **changes})
        return self.behaviour

    def asked(self, path: str) -> int:
        """How often ``path`` was asked for."""
        return sum(1 for _, seen, _, _ in self.seen if seen == path)

    def description(self) -> dict[str, Any]:
        places = {
            "authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys",
        }  # fmt: skip
        return {
            "issuer": self.issuer,
            **{name: self.issuer + place for name, place in places.items()},
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
            **({"authorization_response_iss_parameter_supported": True} if self.says_who else {}),
            **self.behaviour.description,
        }

    @property
    def says_who(self) -> bool:
        return self.behaviour.says_who

    def authorize(self, fields: dict[str, str]) -> str:
        """Sign the person in at once, and return where the browser is sent back to."""
        assert fields["response_type"] == "code"
        assert fields["client_id"] == CLIENT
        assert fields["scope"].split() == ["openid"]
        assert fields["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = Given(fields, self.behaviour.subject)
        back = {"code": code, "state": fields["state"]}
        if self.says_who:
            back["iss"] = self.issuer
        return f"{fields['redirect_uri']}?{urlencode(back)}"

    def redeem(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        if not self._is_client(form, authorization):
            return 401, {"error": "invalid_client"}
        given = self.codes.get(form.get("code", ""))
        challenge = b64(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        is_right = (
            given is not None
            and not given.is_used
            and form.get("grant_type") == "authorization_code"
            and form.get("redirect_uri") == given.fields["redirect_uri"]
            and challenge == given.fields["code_challenge"]
        )
        if given is None or not is_right:
            return 400, {"error": "invalid_grant"}
        given.is_used = True
        token = self.token(given)
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": token}

    def token(self, given: Given) -> str:
        behaviour, now = self.behaviour, int(self.now())
        claims = {
            "iss": self.issuer,
            "sub": given.subject,
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": given.fields["nonce"],
            **behaviour.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": behaviour.algorithm, "typ": "JWT"}
        if behaviour.key_name is not None:
            header["kid"] = behaviour.key_name
        if behaviour.token is not None:
            return behaviour.token(header, claims)
        return signed(header, claims, behaviour.key)

    def _is_client(self, form: dict[str, str], authorization: str) -> bool:
        """RFC 6749, section 2.3.1: the secret in a header or in the body, of a public client nowhere."""
        kind, _, value = authorization.partition(" ")
        if kind == "Basic":
            name, _, secret = base64.b64decode(value).decode().partition(":")
            return (unquote_plus(name), unquote_plus(secret)) == (CLIENT, self.secret)
        return form.get("client_id") == CLIENT and form.get("client_secret") == self.secret

    def handle_error(self, *_: object) -> None:
        """A client that goes away is part of the tests."""


@contextmanager
def providing(**named: Any) -> Iterator[Provider]:
    """Run a provider."""
    provider = Provider(**named)
    thread = threading.Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        provider.stop_hanging.set()
        provider.shutdown()
        provider.server_close()
        thread.join()
