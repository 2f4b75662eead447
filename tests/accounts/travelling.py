"""What the tests of an identity provider share: a way by it, and somebody who goes it."""

from __future__ import annotations

from collections.abc import Iterator
from secrets import token_bytes
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from tests.accounts.conftest import ADDRESS, Clock
from tests.accounts.identity_provider import (
    CLIENT,
    SECRET,
    Provider,
    providing,
)

from osler.accounts.registry import Registry
from osler.accounts.sign_on.code_flow import Begun, CodeFlow, Proven
from osler.accounts.sign_on.errand import Aim, Seal
from osler.accounts.sign_on.provider import IdentityProvider
from osler.config import SignOnSettings
from osler.errors import OslerError
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
