"""The way by an identity provider that really runs on loopback, and may be ill or late or absent."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from tests.accounts.conftest import ADDRESS, Clock, counted
from tests.accounts.identity_provider import (
    CLIENT,
    DISCOVERY,
    SECRET,
    Handler,
    Provider,
    ec_key,
    providing,
    published,
    rsa_key,
)
from tests.accounts.travelling import BEGUN, TOKEN, flow, flow_for, idp, refused, travel, visit
from tests.net.loopback import dripping, silent

from osler.accounts.limits import TooManyError
from osler.accounts.registry import Registry
from osler.accounts.sign_on.code_flow import SIGN_ONS_OF_ADDRESS, CodeFlow
from osler.accounts.sign_on.errand import LASTS, Aim, Seal
from osler.accounts.sign_on.faults import SignOnError
from osler.accounts.sign_on.provider import AT_ONCE, MOST_BYTES, IdentityProvider
from osler.config import SignOnSettings
from osler.errors import OfflineError, UsageError
from osler.net.client import Client
from osler.service.wiring import SystemClock

__all__ = ["flow", "idp"]  # fixtures


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


def hanging_up(handler: Handler) -> None:
    handler.close_connection = True


@pytest.mark.parametrize("ill", ["500", "503", "silent", "huge", "nothing", "hanging up"])
def test_a_code_is_sent_to_the_provider_once_however_that_ends(
    registry: Registry, idp: Provider, clock: Clock, ill: str
) -> None:
    """It counts once there; a second try could only burn what the first one was given for."""
    idp.behave(answers={"/token": {**ILL, "hanging up": hanging_up}[ill]})
    assert refused(flow_for(idp, clock), registry).code == "offline.sign_on"
    assert idp.asked("/token") == 1


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
