"""The one HTTP client, against a real server on loopback that misbehaves."""

from __future__ import annotations

import gzip
import json
import logging
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from tests.net.fake_clock import FakeClock
from tests.net.loopback import (
    Handler,
    Loopback,
    broken_off,
    dripping,
    reply,
    serve,
    silent,
    stalled,
    unused_port,
)

from osler.errors import Exit, OfflineError, OslerError, UsageError
from osler.net.client import Client
from osler.net.faults import NetError
from osler.net.message import Request, Response, is_loopback
from osler.net.retry import Policy

KEY = "s3cr3t-key-0123456789"
QUICK = Policy(connect_s=0.5, read_s=0.15, attempts=3)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def server(clock: FakeClock) -> Iterator[Loopback]:
    with serve(Loopback(lambda: clock.seconds)) as running:
        yield running


def door(clock: FakeClock, **settings: Any) -> Client:
    return Client(clock, user_agent="osler/test", **settings)


def fails(client: Client, request: Request, **settings: Any) -> OslerError:
    with pytest.raises(OslerError) as caught:
        client.fetch(request, **settings)
    return caught.value


def test_a_good_answer_is_given_whole_with_status_type_and_headers(
    server: Loopback, clock: FakeClock
) -> None:
    server.script.append(reply(b"hello", Content_Type="text/Plain; charset=utf-8"))
    with door(clock) as client:
        response = client.fetch(Request(server.url + "a", params={"q": "x y"}))
    assert (response.status, response.body, response.content_type) == (200, b"hello", "text/plain")
    assert (server.seen[0].method, server.seen[0].path) == ("GET", "/a")
    assert server.seen[0].query == {"q": "x y"}
    assert server.seen[0].headers["user-agent"] == "osler/test"


def test_private_fields_travel_in_the_body_of_a_post(server: Loopback, clock: FakeClock) -> None:
    server.script.append(reply())
    with door(clock) as client:
        client.fetch(Request(server.url, form={"db": "x"}, private={"api_key": KEY}))
    assert (server.seen[0].method, server.seen[0].query) == ("POST", {})
    assert server.seen[0].form == {"db": "x", "api_key": KEY}


def test_a_compressed_answer_is_unpacked(server: Loopback, clock: FakeClock) -> None:
    server.script.append(reply(gzip.compress(b"x" * 5000), Content_Encoding="gzip"))
    with door(clock) as client:
        assert client.fetch(Request(server.url)).body == b"x" * 5000


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504])
def test_a_passing_fault_is_tried_again_after_growing_waits(
    server: Loopback, clock: FakeClock, status: int
) -> None:
    server.script.extend([reply(b"", status), reply(b"", status), reply(b"ok")])
    with door(clock) as client:
        assert client.fetch(Request(server.url)).body == b"ok"
    assert len(server.seen) == 3
    assert clock.slept == [1.0, 2.0]


def test_retry_after_in_seconds_is_obeyed(server: Loopback, clock: FakeClock) -> None:
    server.script.extend([reply(b"", 429, Retry_After="7"), reply(b"ok")])
    with door(clock) as client:
        assert client.fetch(Request(server.url)).body == b"ok"
    assert [seen.at for seen in server.seen] == [0.0, 7.0]


def test_retry_after_as_a_date_is_obeyed(server: Loopback, clock: FakeClock) -> None:
    server.script.extend([reply(b"", 503, Retry_After="Mon, 23 Nov 2026 15:00:20 GMT"), reply(b"ok")])
    with door(clock) as client:
        client.fetch(Request(server.url))
    assert [seen.at for seen in server.seen] == [0.0, 20.0]


def test_a_wait_beyond_patience_is_told_instead_of_taken(server: Loopback, clock: FakeClock) -> None:
    server.script.append(reply(b"", 429, Retry_After="3600"))
    with door(clock) as client:
        fault = fails(client, Request(server.url))
    assert (fault.code, fault.exit) == ("offline.rate_limited", Exit.OFFLINE)
    assert "3600" in fault.hint
    assert clock.slept == []


def test_a_429_makes_every_thread_wait_and_spacing_goes_on_after_it(
    server: Loopback, clock: FakeClock
) -> None:
    server.script.extend([reply(b"", 429, Retry_After="5"), reply(b"ok")])
    with door(clock) as client:
        client.limit(server.url, per_second=4)
        for _ in range(3):
            client.fetch(Request(server.url))
    assert [seen.at for seen in server.seen] == [0.0, 5.0, 5.25, 5.5]


def test_requests_to_one_host_are_spaced_by_its_budget(server: Loopback, clock: FakeClock) -> None:
    server.script.append(reply())
    with door(clock) as client:
        client.limit(server.url, per_second=2)
        for name in "abcd":
            client.fetch(Request(server.url + name))
    assert [seen.at for seen in server.seen] == [0.0, 0.5, 1.0, 1.5]


def test_a_connection_broken_in_the_body_is_tried_again(server: Loopback, clock: FakeClock) -> None:
    server.script.extend([broken_off(b"half"), reply(b"whole")])
    with door(clock) as client:
        assert client.fetch(Request(server.url)).body == b"whole"


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (reply(b"", 500), "offline.busy"),
        (reply(b"", 429), "offline.rate_limited"),
        (broken_off(b"half"), "offline.reset"),
        (silent, "offline.timeout"),
        (stalled(b"half"), "offline.timeout"),
    ],
)
def test_after_all_attempts_the_last_trouble_is_named(
    server: Loopback, clock: FakeClock, behaviour: Any, code: str
) -> None:
    server.script.append(behaviour)
    with door(clock, policy=QUICK) as client:
        fault = fails(client, Request(server.url + "x?key=1", purpose="search"))
    assert isinstance(fault, OfflineError)
    assert (fault.code, fault.exit, fault.retryable) == (code, Exit.OFFLINE, True)
    assert fault.item == server.url + "x"
    assert len(server.seen) == QUICK.attempts


def test_an_answer_that_drips_for_ever_is_cut_at_the_time_for_the_whole(server: Loopback) -> None:
    server.script.append(dripping)
    ticking = FakeClock(step=30.0)
    with door(ticking, policy=Policy(attempts=1, total_s=100.0)) as client:
        assert fails(client, Request(server.url)).code == "offline.timeout"


def test_an_answer_longer_than_allowed_is_refused_at_once(server: Loopback, clock: FakeClock) -> None:
    server.script.append(reply(gzip.compress(b"0" * 1_000_000), Content_Encoding="gzip"))
    with door(clock) as client:
        fault = fails(client, Request(server.url, max_bytes=10_000))
    assert (fault.code, fault.exit, len(server.seen)) == ("net.too_large", Exit.FAULT, 1)


def test_a_damaged_compression_is_tried_again_and_then_named(server: Loopback, clock: FakeClock) -> None:
    server.script.append(reply(b"not gzip at all", Content_Encoding="gzip"))
    with door(clock, policy=QUICK) as client:
        assert fails(client, Request(server.url)).code == "net.garbled"
    assert len(server.seen) == 3


def test_an_answer_that_the_check_finds_wrong_is_asked_for_again(
    server: Loopback, clock: FakeClock
) -> None:
    server.script.extend([reply(b"<html>"), reply(b"<html>"), reply(b"{}")])

    def check(response: Response) -> str:
        return "" if response.body == b"{}" else "a page instead of data"

    with door(clock) as client:
        assert client.fetch(Request(server.url), check=check).body == b"{}"
        server.script[0] = reply(b"<html>")
        fault = fails(client, Request(server.url), check=check, attempts=2)
    assert isinstance(fault, NetError)
    assert (fault.code, fault.message, fault.body) == (
        "net.garbled",
        "a page instead of data",
        b"<html>",
    )


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 501])
def test_a_refusal_is_final_and_keeps_what_the_host_said(
    server: Loopback, clock: FakeClock, status: int
) -> None:
    server.script.append(reply(b"because", status))
    with door(clock) as client:
        fault = fails(client, Request(server.url))
    assert isinstance(fault, NetError)
    assert (fault.code, fault.status, fault.body) == ("net.refused", status, b"because")
    assert len(server.seen) == 1


def test_a_redirection_within_the_host_is_followed_with_the_same_body(
    server: Loopback, clock: FakeClock
) -> None:
    server.script.extend([reply(b"", 301, Location="/moved?to=here"), reply(b"ok")])
    with door(clock) as client:
        client.fetch(Request(server.url, params={"a": "1"}, form={"db": "x"}, private={"api_key": KEY}))
    assert (server.seen[1].path, server.seen[1].query) == ("/moved", {"to": "here"})
    assert server.seen[1].form == {"db": "x", "api_key": KEY}


def test_a_redirection_to_another_host_is_refused_and_nothing_is_sent_there(
    server: Loopback, clock: FakeClock
) -> None:
    with serve(Loopback(lambda: 0.0)) as elsewhere:
        elsewhere.script.append(reply())
        for location in (
            elsewhere.url,
            "https://osler.invalid/",
            "//127.0.0.2/",
            "ftp://127.0.0.1/",
            "",
        ):
            server.script.clear()
            server.script.append(reply(b"", 302, Location=location))
            with door(clock) as client:
                fault = fails(client, Request(server.url, private={"api_key": KEY}))
            assert fault.code == "net.redirected", location
        assert elsewhere.seen == []


def test_a_circle_of_redirections_ends(server: Loopback, clock: FakeClock) -> None:
    server.script.append(reply(b"", 302, Location="/again"))
    with door(clock) as client:
        assert fails(client, Request(server.url)).code == "net.redirected"
    assert len(server.seen) == 6


def test_offline_refuses_before_a_socket_is_opened_and_says_what_is_missing(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *address: opened.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *name, **_: opened.append(name))
    request = Request("https://eutils.invalid/x", purpose="search PubMed for anakinra")
    with door(clock, offline=True) as client:
        fault = fails(client, request)
        with pytest.raises(OfflineError), client.stream(request):
            pass
    assert isinstance(fault, OfflineError)
    assert (fault.code, int(fault.exit)) == ("offline.switched_off", 6)
    assert "search PubMed for anakinra" in fault.message
    assert fault.item == "https://eutils.invalid/x"
    assert opened == []


def test_a_host_that_nobody_answers_for_is_out_of_reach(clock: FakeClock) -> None:
    with door(clock) as client:
        fault = fails(client, Request(f"http://127.0.0.1:{unused_port()}/"))
    assert (fault.code, int(fault.exit)) == ("offline.unreachable", 6)
    assert clock.slept == [1.0]


def test_plain_http_behind_an_https_address_is_told_apart_from_a_result(
    server: Loopback, clock: FakeClock
) -> None:
    with door(clock) as client:
        fault = fails(client, Request(server.url.replace("http:", "https:")))
    assert fault.code == "offline.unreachable"


@pytest.mark.parametrize("url", ["gopher://127.0.0.1/", "not an address", "http://"])
def test_something_that_is_no_address_is_wrong_usage(clock: FakeClock, url: str) -> None:
    with door(clock) as client:
        fault = fails(client, Request(url))
    assert isinstance(fault, UsageError)
    assert fault.code == "usage.address"


def test_a_key_appears_in_no_error_repr_or_log_even_when_the_server_echoes_it(
    server: Loopback, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    request = Request(server.url, form={"db": "x"}, private={"api_key": KEY})
    told: list[str] = []
    with caplog.at_level(logging.DEBUG), door(clock, waiting=lambda why, _: told.append(why)) as client:
        for behaviour in (reply(KEY.encode(), 403), reply(KEY.encode(), 200), broken_off(KEY.encode())):
            server.script.clear()
            server.script.append(behaviour)
            fault = fails(client, request, check=lambda response: response.body.decode(), attempts=2)
            shown = fault.as_line() + json.dumps(fault.as_json()) + str(fault) + repr(fault)
            assert KEY not in shown
    assert KEY not in repr(request) + "".join(told) + caplog.text
    assert told


def test_a_stream_gives_chunks_as_they_come_and_breaks_off_as_an_offline_error(
    server: Loopback, clock: FakeClock
) -> None:
    server.script.extend([reply(b"", 500), reply(b"x" * 300_000), broken_off(b"y" * 100)])
    with door(clock) as client:
        with client.stream(Request(server.url)) as incoming:
            sizes = [len(chunk) for chunk in incoming.chunks]
        assert (sum(sizes), len(sizes) > 1) == (300_000, True)
        with pytest.raises(OfflineError) as caught, client.stream(Request(server.url)) as incoming:
            list(incoming.chunks)
    assert caught.value.code == "offline.reset"


def test_a_closed_client_asks_nothing_more(server: Loopback, clock: FakeClock) -> None:
    server.script.append(reply())
    client = door(clock)
    client.fetch(Request(server.url))
    client.close()
    assert fails(client, Request(server.url)).code == "offline.reset"
    assert (len(server.seen), clock.slept) == (1, [])


def test_many_threads_share_one_budget(server: Loopback, clock: FakeClock) -> None:
    server.script.append(reply())
    with door(clock) as client:
        client.limit(server.url, per_second=10)
        threads = [threading.Thread(target=client.fetch, args=(Request(server.url),)) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.seen) == 12
    assert clock.seconds >= 1.1 - 1e-9


def test_a_body_is_posted_as_it_stands_and_its_private_headers_are_shown_nowhere(
    server: Loopback, clock: FakeClock
) -> None:
    server.script.extend([reply(), reply(KEY.encode(), 401)])
    request = Request(
        server.url,
        headers={"Content-Type": "application/json"},
        private_headers={"Authorization": f"Bearer {KEY}"},
        body=b'{"a": 1}',
    )
    with door(clock) as client:
        client.fetch(request)
        fault = fails(client, request)
    seen = server.seen[0]
    assert (seen.method, seen.body) == ("POST", '{"a": 1}')
    assert seen.headers["authorization"] == f"Bearer {KEY}"
    assert seen.headers["content-type"] == "application/json"
    assert KEY not in repr(request) + fault.as_line() + json.dumps(fault.as_json())
    assert request.redact(f"who sent {KEY}?") == "who sent [private]?"


@pytest.mark.parametrize("wait", ["4", "6"])
def test_no_wait_is_begun_that_would_end_after_the_time_for_everything(
    server: Loopback, clock: FakeClock, wait: str
) -> None:
    server.script.extend([reply(b"", 429, Retry_After=wait), reply(b"ok")])
    with door(clock) as client:
        if wait == "4":
            assert client.fetch(Request(server.url, within_s=5)).body == b"ok"
        else:
            assert fails(client, Request(server.url, within_s=5)).code == "offline.rate_limited"
    assert clock.seconds < 5


def test_a_server_is_given_up_in_time_even_when_it_never_falls_silent(
    server: Loopback, clock: FakeClock
) -> None:
    def letters(handler: Handler) -> None:
        while not handler.server.stop_hanging.wait(0.02):
            handler.wfile.write(b"H")

    server.script.append(letters)
    patient = Policy(connect_s=5, read_s=5, attempts=1)
    with door(clock, policy=patient) as client:
        assert fails(client, Request(server.url, within_s=0.2)).code == "offline.timeout"


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("http://127.8.8.8/", True),
        ("http://localhost/v1", True),
        ("http://LOCALHOST.:80/", True),
        ("http://[::1]:8080/v1", True),
        ("http://localhost.example/v1", False),
        ("http://127.0.0.1.example/", False),
        ("http://127.0.0.1@example.org/", False),
        ("http://192.168.1.5/v1", False),
        ("http://0.0.0.0/", False),
        ("https://example.org/127.0.0.1", False),
        ("", False),
    ],
)
def test_only_this_very_machine_is_loopback(url: str, local: bool) -> None:
    assert is_loopback(url) is local
