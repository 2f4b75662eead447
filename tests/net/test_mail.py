"""Letters to a real SMTP server on loopback, which also refuses, hangs and hangs up."""

from __future__ import annotations

import asyncio
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from tests.net.mail_server import Received, serving

from osler.errors import InputError, OfflineError, OslerError
from osler.net.faults import NetError
from osler.net.mail import Postbox, Security, Server, compose

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SENDER = "osler@hospital.example"
TO = "one@hospital.example"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for localhost with its key, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
        "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return folder / "cert.pem"


def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


@contextmanager
def listening(act: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that speaks no SMTP: each connection is handed to ``act``."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def accept() -> None:
            while not over.is_set():
                try:
                    connection, _address = server.accept()
                except OSError:
                    return
                with connection:
                    act(connection)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        over.set()


def postbox(port: int, security: Security = Security.PLAIN, **named: Any) -> Postbox:
    user, password = named.pop("user", None), named.pop("password", None)
    server = Server("localhost", port, security, user, password)
    return Postbox(server, sender=SENDER, **{"step_s": 0.5, "total_s": 1.5, **named})


def refused(box: Postbox, *, to: str = TO, subject: str = "Hello", text: str = "x\n") -> OslerError:
    with pytest.raises(OslerError) as caught:
        box.send(to, subject, text, at=AT)
    return caught.value


def test_a_letter_arrives_whole() -> None:
    received = Received()
    text = "Dear Zoë,\n\n.a line that begins with a dot\n" + "https://localhost/" + "x" * 120 + "\n"
    with serving(received) as port:
        postbox(port).send(TO, "Grüße – an account", text, at=AT)
    [envelope] = received.letters
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, [TO])
    content = envelope.content
    assert isinstance(content, bytes)
    letter = message_from_bytes(content, policy=default)
    assert letter["Subject"] == "Grüße – an account"
    assert letter["Date"].datetime == AT
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == text
    assert max(len(line) for line in content.splitlines()) < 998


@pytest.mark.filterwarnings("ignore:Requiring AUTH")  # the test server does not see that TLS is there
@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_letter_travels_encrypted_and_signed_in(certificate: Path, security: Security) -> None:
    received = Received()
    named: dict[str, Any] = {"authenticator": received.authenticate, "auth_required": True}
    if security is Security.STARTTLS:
        named |= {"tls_context": tls(certificate), "require_starttls": True}
    else:
        named |= {"ssl_context": tls(certificate), "auth_require_tls": False}
    with serving(received, **named) as port:
        box = postbox(port, security, certificates=certificate, user="osler", password="right")
        box.send(TO, "Hello", "x\n", at=AT)
    assert len(received.letters) == 1
    assert received.encrypted == [True]
    assert received.signed_in == ["osler"]


def test_a_wrong_password_is_told_without_telling_it(certificate: Path) -> None:
    received = Received()
    with serving(
        received,
        tls_context=tls(certificate),
        require_starttls=True,
        authenticator=received.authenticate,
        auth_required=True,
    ) as port:
        box = postbox(
            port,
            Security.STARTTLS,
            certificates=certificate,
            user="osler",
            password="wr0ng-secret",
            step_s=5,
            total_s=10,
        )
        fault = refused(box)
    assert (type(fault), fault.code) == (NetError, "net.refused")
    assert "wr0ng-secret" not in fault.as_line()
    assert received.letters == []


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_certificate_that_is_not_trusted_gets_no_letter(certificate: Path, security: Security) -> None:
    received = Received()
    named = {"tls_context" if security is Security.STARTTLS else "ssl_context": tls(certificate)}
    with serving(received, **named) as port:
        assert refused(postbox(port, security)).code == "net.certificate"
    assert received.letters == []


def test_a_server_without_encryption_gets_no_letter_where_encryption_is_needed() -> None:
    received = Received()
    with serving(received) as port:
        assert refused(postbox(port, Security.STARTTLS)).code == "net.refused"
    assert received.letters == []


def test_nothing_goes_unencrypted_to_another_machine() -> None:
    with pytest.raises(NetError) as caught:
        Postbox(Server("mail.hospital.example", 25, Security.PLAIN), sender=SENDER)
    assert caught.value.code == "net.plain"


def test_offline_mode_refuses_before_anything_is_looked_up() -> None:
    server = Server("mail.hospital.example", 587, Security.STARTTLS)
    fault = refused(Postbox(server, sender=SENDER, offline=True))
    assert (type(fault), fault.code) == (OfflineError, "offline.switched_off")


@pytest.mark.parametrize(
    ("misdeed", "code"),
    [
        ({"rcpt": lambda: "550 nobody here of that name one@hospital.example"}, "net.refused"),
        ({"rcpt": lambda: "450 later"}, "offline.busy"),
        ({"data": lambda: "554 spam"}, "net.refused"),
        ({"data": lambda: "451 later"}, "offline.busy"),
        ({"data": lambda: asyncio.sleep(5, "250 late")}, "offline.timeout"),
    ],
)
def test_a_server_that_refuses_or_hangs_is_told_apart(misdeed: Any, code: str) -> None:
    received = Received(**misdeed)
    with serving(received) as port:
        fault = refused(postbox(port))
    assert fault.code == code
    assert "nobody here" not in fault.as_line()
    assert received.letters == []


def test_a_server_that_says_nothing_is_given_up() -> None:
    began = time.monotonic()
    with listening(lambda _connection: time.sleep(1.0)) as port:
        assert refused(postbox(port)).code == "offline.timeout"
    assert time.monotonic() - began < 5


def test_a_server_that_drips_is_given_up_as_a_whole() -> None:
    def drip(connection: socket.socket) -> None:
        for _ in range(30):
            try:
                connection.sendall(b"2")
            except OSError:
                return
            time.sleep(0.1)

    began = time.monotonic()
    with listening(drip) as port:
        assert refused(postbox(port)).code == "offline.timeout"
    assert time.monotonic() - began < 2.5


@pytest.mark.parametrize("words", [b"", b"220 hello\r\n", b"220 hello\r\n250-x\r\n", b"\x00\xff\r\n"])
def test_a_server_that_hangs_up_is_told(words: bytes) -> None:
    def hang_up(connection: socket.socket) -> None:
        connection.sendall(words)

    with listening(hang_up) as port:
        assert refused(postbox(port)).code in {"offline.reset", "net.refused"}


def test_no_server_at_all_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert refused(postbox(port)).code == "offline.unreachable"


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("one@hospital.example\nBcc: all@hospital.example", "Hello"),
        ("one@hospital.example\r\nRCPT TO:<all@hospital.example>", "Hello"),
        ("one@hospital.example, all@hospital.example", "Hello"),
        ("<one@hospital.example>", "Hello"),
        ("", "Hello"),
        (TO, "Hello\nBcc: all@hospital.example"),
        (TO, "Hello\r\n\r\nanother letter"),
        (TO, "Hello\u2028Bcc: all@hospital.example"),
        (TO, ""),
    ],
)
def test_nothing_breaks_out_of_the_head_of_a_letter(to: str, subject: str) -> None:
    received = Received()
    with serving(received) as port:
        fault = refused(postbox(port), to=to, subject=subject)
    assert (type(fault), fault.code) == (InputError, "input.header")
    assert received.letters == []


def test_the_same_letter_has_the_same_bytes() -> None:
    assert bytes(compose(SENDER, TO, "a", "b\n", at=AT)) == bytes(compose(SENDER, TO, "a", "b\n", at=AT))
