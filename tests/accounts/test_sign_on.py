"""Signing in by an identity provider that really runs on loopback, and does what no provider should."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from secrets import token_bytes
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from tests.accounts.conftest import ADDRESS, Clock, counted
from tests.accounts.identity_provider import (
    CLIENT,
    DISCOVERY,
    SECRET,
    Handler,
    Provider,
    b64,
    ec_key,
    providing,
    public_pem,
    published,
    rsa_key,
    signed,
)
from tests.net.loopback import dripping, silent

from osler.accounts.limits import TooManyError
from osler.accounts.registry import Registry
from osler.accounts.sign_on.code_flow import SIGN_ONS_OF_ADDRESS, Begun, CodeFlow, Proven
from osler.accounts.sign_on.errand import LASTS, Aim, Seal
from osler.accounts.sign_on.faults import SignOnError
from osler.accounts.sign_on.provider import AT_ONCE, MOST_BYTES, IdentityProvider
from osler.config import SignOnSettings
from osler.errors import OfflineError, OslerError, UsageError
from osler.net.client import Client
from osler.net.retry import Policy
from osler.service.wiring import SystemClock

SITE = "http://127.0.0.1:8000"
TOKEN = "not_allowed.sign_on_token"
BEGUN = "not_allowed.sign_on"


@pytest.fixture
def idp(clock: Clock) -> Iterator[Provider]:
    with providing() as provider:
        provider.now = lambda: clock.at.timestamp()
        yield provider


def flow_for(provider: Provider, clock: Clock, **changes: Any) -> CodeFlow:
    named = {"issuer": provider.issuer, "client": CLIENT, "secret": SECRET, "name": "Test Provider"}
    settings = SignOnSettings(**{**named, **changes})
    policy = Policy(attempts=2, unreachable_attempts=1, first_wait_s=0.01, read_s=0.5, total_s=0.5)
    client = Client(SystemClock(), user_agent="osler/test", policy=policy)
    return CodeFlow(
        IdentityProvider(client, settings, clock), settings, Seal(token_bytes, clock), site_url=SITE
    )


@pytest.fixture
def flow(idp: Provider, clock: Clock) -> Iterator[CodeFlow]:
    flow = flow_for(idp, clock)
    yield flow
    flow.close()


def visit(begun: Begun) -> dict[str, str]:
    """Go to the provider and return what it sends the browser back with."""
    answer = httpx.get(begun.address)
    assert answer.status_code == 302, answer.text
    assert answer.headers["location"].startswith(f"{SITE}/account/sign-on/back?")
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


def travel(flow: CodeFlow, registry: Registry) -> Proven:
    begun = flow.begin(registry, Aim.SIGN_IN, address=ADDRESS, next="/desk")
    return flow.finish(registry, begun.cookie, visit(begun), address=ADDRESS)


def refused(flow: CodeFlow, registry: Registry) -> OslerError:
    with pytest.raises(OslerError) as caught:
        travel(flow, registry)
    return caught.value


# --- as it should be ----------------------------------------------------------------------------------


def test_somebody_comes_back_as_who_they_are_at_the_provider(
    flow: CodeFlow, registry: Registry, idp: Provider
) -> None:
    proven = travel(flow, registry)
    assert proven.subject == f"{idp.issuer} subject-of-test-reviewer-one"
    assert (proven.errand.aim, proven.errand.next) == (Aim.SIGN_IN, "/desk")


def test_the_browser_carries_neither_the_verifier_nor_the_secret(
    flow: CodeFlow, registry: Registry, idp: Provider
) -> None:
    begun = flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    flow.finish(registry, begun.cookie, visit(begun), address=ADDRESS)
    [form] = [form for _, path, form, _ in idp.seen if path == "/token"]
    for hidden in (form["code_verifier"], SECRET):
        assert hidden not in begun.address + begun.cookie
    assert 43 <= len(form["code_verifier"]) <= 128  # RFC 7636, section 4.1
    assert SECRET not in repr(SignOnSettings(idp.issuer, CLIENT, SECRET))


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [("RS256", rsa_key("first")), ("PS256", rsa_key("first")), ("ES256", ec_key("first"))],
)
def test_each_family_of_public_keys_counts(
    flow: CodeFlow, registry: Registry, idp: Provider, algorithm: str, key: Any
) -> None:
    idp.behave(algorithm=algorithm, key=key, listed=[published("first", key)])
    assert travel(flow, registry).subject.endswith("reviewer-one")


@pytest.mark.parametrize(
    "ways", [None, ["client_secret_basic"], ["client_secret_post"], ["client_secret_post", "none"]]
)
def test_the_secret_is_given_as_the_provider_takes_it(
    registry: Registry, idp: Provider, clock: Clock, ways: list[str] | None
) -> None:
    if ways is not None:
        idp.behave(description={"token_endpoint_auth_methods_supported": ways})
    travel(flow_for(idp, clock), registry)
    [(form, headers)] = [(form, headers) for _, path, form, headers in idp.seen if path == "/token"]
    assert ("Authorization" in headers) is (ways is None or "client_secret_basic" in ways)
    assert ("client_secret" in form) is not ("Authorization" in headers)


def test_a_public_client_has_no_secret_and_is_held_by_its_verifier(
    registry: Registry, clock: Clock
) -> None:
    with providing(secret=None) as idp:
        idp.now = lambda: clock.at.timestamp()
        travel(flow_for(idp, clock, secret=None), registry)


def test_a_wrong_secret_is_the_operators_affair_and_not_the_persons(
    registry: Registry, idp: Provider, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    fault = refused(flow_for(idp, clock, secret="wrong"), registry)
    assert fault.code == "offline.sign_on"
    assert "invalid_client" in caplog.text
    assert "wrong" not in caplog.text


def test_an_audience_may_be_a_list_of_one(flow: CodeFlow, registry: Registry, idp: Provider) -> None:
    idp.behave(claims={"aud": [CLIENT], "azp": CLIENT})
    travel(flow, registry)


def test_one_key_needs_no_name_and_of_several_one_must_be_named(
    flow: CodeFlow, registry: Registry, idp: Provider, clock: Clock
) -> None:
    other = published("other", rsa_key("other"))
    for_secrets = {**other, "use": "enc"}
    idp.behave(key_name=None, listed=[for_secrets, published("first", rsa_key("first"))])
    travel(flow, registry)
    idp.behave(key_name=None, listed=[other, published("first", rsa_key("first"))])
    assert refused(flow_for(idp, clock), registry).code == TOKEN


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
        lambda _header, _claims: "x" * 20_000,
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


# --- the way there and back ---------------------------------------------------------------------------


def test_a_way_back_counts_once(flow: CodeFlow, registry: Registry, idp: Provider) -> None:
    begun = flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    fields = visit(begun)
    flow.finish(registry, begun.cookie, fields, address=ADDRESS)
    with pytest.raises(SignOnError) as caught:
        flow.finish(registry, begun.cookie, fields, address=ADDRESS)
    assert caught.value.code == BEGUN
    assert idp.asked("/token") == 1


def test_of_many_at_the_same_moment_one_comes_in(
    flow: CodeFlow, registry: Registry, idp: Provider
) -> None:
    begun = flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    fields, codes = visit(begun), []

    def come() -> None:
        try:
            flow.finish(registry, begun.cookie, fields, address=ADDRESS)
            codes.append("in")
        except SignOnError as fault:
            codes.append(fault.code)

    threads = [threading.Thread(target=come) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) == sorted(["in", *[BEGUN] * 7])


def test_a_code_of_another_sign_in_is_of_no_use(
    flow: CodeFlow, registry: Registry, idp: Provider
) -> None:
    """Whoever catches a code cannot bring it in by an errand of their own: the verifier differs."""
    caught = visit(flow.begin(registry, Aim.SIGN_IN, address=ADDRESS))["code"]
    own = flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    fields = {**visit(own), "code": caught}
    with pytest.raises(SignOnError) as refusal:
        flow.finish(registry, own.cookie, fields, address=ADDRESS)
    assert refusal.value.code == "not_allowed.sign_on_declined"


def test_a_code_that_was_used_elsewhere_is_declined(
    flow: CodeFlow, registry: Registry, idp: Provider
) -> None:
    begun = flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    fields = visit(begun)
    idp.codes[fields["code"]].is_used = True
    with pytest.raises(SignOnError) as caught:
        flow.finish(registry, begun.cookie, fields, address=ADDRESS)
    assert caught.value.code == "not_allowed.sign_on_declined"


def test_a_way_back_that_nobody_went_is_refused_before_the_provider_is_asked(
    flow: CodeFlow, registry: Registry, idp: Provider
) -> None:
    begun, other = (flow.begin(registry, Aim.SIGN_IN, address=ADDRESS) for _ in range(2))
    fields = visit(begun)
    forged = begun.cookie[:-1] + ("0" if begun.cookie[-1] != "0" else "1")
    for cookie in ("", other.cookie, forged, "x.y", ".", begun.cookie.partition(".")[0], "é" * 50):
        with pytest.raises(SignOnError) as caught:
            flow.finish(registry, cookie, fields, address=ADDRESS)
        assert caught.value.code == BEGUN
    for state in ("", "0" * 64, "é"):
        with pytest.raises(SignOnError):
            flow.finish(registry, begun.cookie, {**fields, "state": state}, address=ADDRESS)
    assert idp.asked("/token") == 0
    # What others tried has not used it up.
    flow.finish(registry, begun.cookie, fields, address=ADDRESS)


def test_a_cookie_of_another_installation_does_not_count(
    flow: CodeFlow, registry: Registry, idp: Provider, clock: Clock
) -> None:
    def other_chance(size: int) -> bytes:
        return b"\x07" * size

    strange = Seal(other_chance, clock)
    errand = strange.begin(Aim.SIGN_IN)
    fields = {"code": "x", "state": strange.state(errand)}
    with pytest.raises(SignOnError):
        flow.finish(registry, strange.write(errand), fields, address=ADDRESS)


@pytest.mark.parametrize(("seconds", "counts"), [(-1, True), (0, False), (3600, False)])
def test_ten_minutes_are_enough_and_the_cookie_is_not_asked_how_old_it_is(
    flow: CodeFlow, registry: Registry, idp: Provider, clock: Clock, seconds: int, counts: bool
) -> None:
    begun = flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    fields = visit(begun)
    clock.wait(LASTS.total_seconds() + seconds)
    if counts:
        flow.finish(registry, begun.cookie, fields, address=ADDRESS)
        return
    with pytest.raises(SignOnError) as caught:
        flow.finish(registry, begun.cookie, fields, address=ADDRESS)
    assert caught.value.code == BEGUN


@pytest.mark.parametrize(
    ("says_who", "iss", "counts"),
    [
        (False, None, True),
        (False, "its own", True),
        (False, "https://other.example", False),
        (True, "its own", True),
        (True, None, False),
        (True, "", False),
    ],
)
def test_an_answer_of_another_provider_is_not_taken_for_this_ones(
    flow: CodeFlow,
    registry: Registry,
    idp: Provider,
    says_who: bool,
    iss: str | None,
    counts: bool,
) -> None:
    idp.behave(says_who=says_who)
    begun = flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    fields = {name: value for name, value in visit(begun).items() if name != "iss"}
    if iss is not None:
        fields["iss"] = idp.issuer if iss == "its own" else iss
    if counts:
        flow.finish(registry, begun.cookie, fields, address=ADDRESS)
        return
    with pytest.raises(SignOnError) as caught:
        flow.finish(registry, begun.cookie, fields, address=ADDRESS)
    assert caught.value.code == TOKEN
    assert idp.asked("/token") == 0  # the code is not sent to whoever it may not be from


@pytest.mark.parametrize(
    "answer",
    [{"error": "access_denied"}, {"error": "login_required", "code": "x"}, {"code": "x" * 5000}],
)
def test_somebody_whom_the_provider_does_not_let_in_is_told_so(
    flow: CodeFlow, registry: Registry, idp: Provider, answer: dict[str, str]
) -> None:
    begun = flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    fields = {"state": visit(begun)["state"], **answer}
    with pytest.raises(SignOnError) as caught:
        flow.finish(registry, begun.cookie, fields, address=ADDRESS)
    assert caught.value.code == "not_allowed.sign_on_declined"
    assert idp.asked("/token") == 0


def test_nobody_is_sent_off_without_end(flow: CodeFlow, registry: Registry, idp: Provider) -> None:
    for _ in range(SIGN_ONS_OF_ADDRESS.most + 5):
        travel(flow, registry)  # who comes back is not counted
    for _ in range(SIGN_ONS_OF_ADDRESS.most):
        flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    with pytest.raises(TooManyError):
        flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    flow.begin(registry, Aim.SIGN_IN, address="192.0.2.8")


# --- a provider that is ill ---------------------------------------------------------------------------


def says(body: bytes, status: int = 200, **headers: str) -> Callable[[Handler], None]:
    return lambda handler: handler.send(body, status, **headers)


ILL: dict[str, Any] = {
    "500": says(b"{}", 500),
    "503": says(b"{}", 503, retry_after="600"),
    "404": says(b"{}", 404),
    "huge": says(b'{"keys": "' + b"x" * MOST_BYTES + b'"}'),
    "endless": dripping,
    "silent": silent,
    "elsewhere": says(b"", 302, location="https://other.example/"),
    "another port": says(b"", 302, location="http://127.0.0.1:1/"),
    "in circles": says(b"", 302, location="?"),
    "no json": says(b"<html>hello</html>"),
    "a list": says(b"[]"),
    "nothing": says(b""),
    "nested": says(b"[" * 100_000),
    "empty object": says(b"{}"),
    "not text": says(b"\xff\xfe\x00"),
}


@pytest.mark.parametrize("place", [DISCOVERY, "/keys", "/token"])
@pytest.mark.parametrize("ill", ILL)
def test_a_provider_that_cannot_be_used_is_said_to_be_so_soon(
    registry: Registry, idp: Provider, clock: Clock, place: str, ill: str
) -> None:
    idp.behave(answers={place: ILL[ill]})
    began = time.monotonic()
    assert refused(flow_for(idp, clock), registry).code == "offline.sign_on"
    assert time.monotonic() - began < 5


def test_it_can_be_used_again_once_it_is_well(flow: CodeFlow, registry: Registry, idp: Provider) -> None:
    idp.behave(answers={DISCOVERY: ILL["500"]})
    assert refused(flow, registry).code == "offline.sign_on"
    idp.behave()
    travel(flow, registry)


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://other.example"},
        {"issuer": None},
        {"jwks_uri": None},
        {"token_endpoint": "http://other.example/token"},
        {"jwks_uri": "http://10.0.0.1/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://user:word@127.0.0.1/authorize"},
        {"authorization_endpoint": "http://127.0.0.1/\r\nset-cookie: x=y"},
        {"authorization_endpoint": "http://[broken/"},
        {"authorization_endpoint": ["http://127.0.0.1/"]},
    ],
)
def test_what_a_provider_says_of_itself_must_hold_together(
    registry: Registry, idp: Provider, clock: Clock, description: dict[str, Any]
) -> None:
    idp.behave(description=description)
    flow = flow_for(idp, clock)
    with pytest.raises(OfflineError) as caught:
        flow.begin(registry, Aim.SIGN_IN, address=ADDRESS)
    assert caught.value.code == "offline.sign_on"


def test_an_issuer_that_ends_in_a_slash_is_found_and_is_another_than_without(
    registry: Registry, idp: Provider, clock: Clock
) -> None:
    idp.behave(description={"issuer": f"{idp.issuer}/"}, claims={"iss": f"{idp.issuer}/"})
    travel(flow_for(idp, clock, issuer=f"{idp.issuer}/"), registry)
    assert refused(flow_for(idp, clock), registry).code == "offline.sign_on"


def test_a_provider_elsewhere_is_asked_over_tls_only(clock: Clock) -> None:
    for issuer in ("http://login.hospital.example", "http://10.0.0.1", "http://127.0.0.1.evil.example"):
        client = Client(SystemClock(), user_agent="osler/test")
        with pytest.raises(UsageError):
            IdentityProvider(client, SignOnSettings(issuer, CLIENT), clock)


def test_a_slow_provider_takes_a_few_threads_and_no_more(
    registry: Registry, idp: Provider, clock: Clock
) -> None:
    idp.behave(answers={DISCOVERY: silent})
    flow = flow_for(idp, clock)
    held: list[float] = []

    def begin(number: int) -> None:
        began = time.monotonic()
        with pytest.raises(OfflineError):
            flow.begin(registry, Aim.SIGN_IN, address=f"192.0.2.{number}")
        held.append(time.monotonic() - began)

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(3 * AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(1 for seconds in held if seconds >= 0.5) <= 2 * AT_ONCE
    assert min(held) < 0.5


def test_an_errand_shows_nothing_that_could_be_used() -> None:
    seal = Seal(counted(), Clock())
    errand = seal.begin(Aim.INVITATION, proof="token-of-an-invitation", next="/x" * 2000)
    assert errand.mark not in repr(errand)
    assert "token-of-an-invitation" not in repr(errand)
    assert errand.next == "/"
    assert seal.read(seal.write(errand)) == errand
