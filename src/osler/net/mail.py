"""The one way for letters to leave: an SMTP server, over TLS unless it is this very machine.

Must not know what letters say. Reads neither the environment nor the clock; the errors of ``smtplib``
and ``ssl`` stop here. Nothing is tried twice: a letter that may have gone out is not sent again.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from osler.errors import InputError, OfflineError, OslerError
from osler.ids import sha256_text
from osler.net.ahead import within
from osler.net.faults import NetError
from osler.net.message import is_loopback

STEP_S: Final = 10.0
TOTAL_S: Final = 30.0
MOST_ADDRESS: Final = 254
MOST_SUBJECT: Final = 200


class Security(StrEnum):
    """How the way to the server is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Server:
    """Where letters are handed in.

    Attributes:
        host: Its name.
        port: Its port.
        security: TLS from the start, TLS before anything is said, or none, to loopback only.
        user: Name to sign in with, or None.
        password: Password to sign in with, or None.
    """

    host: str
    port: int
    security: Security
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    @property
    def where(self) -> str:
        """The server as messages show it."""
        return f"{self.host}:{self.port}"


class Postbox:
    """Hands letters to one server.

    Args:
        server: Which.
        sender: Address that the letters come from.
        offline: Refuse every letter that would leave this machine.
        step_s: Longest time for one step of the conversation, in seconds.
        total_s: Longest time for one letter.
        certificates: File with trusted certificates, or None for the usual ones.

    Raises:
        NetError: ``net.plain``: unencrypted to another machine.
    """

    def __init__(
        self,
        server: Server,
        *,
        sender: str,
        offline: bool = False,
        step_s: float = STEP_S,
        total_s: float = TOTAL_S,
        certificates: Path | None = None,
    ) -> None:
        self._is_here = is_loopback(f"smtp://{server.host}")
        if server.security is Security.PLAIN and not self._is_here:
            raise NetError(
                "letters are not handed to another machine unencrypted",
                item=server.where,
                hint="use smtps://, or a server that knows STARTTLS",
                code="net.plain",
            )
        self._server = server
        self._sender = sender
        self._offline = offline
        self._step_s = step_s
        self._total_s = total_s
        self._certificates = certificates

    def send(self, to: str, subject: str, text: str, *, at: datetime) -> None:
        """Return once the server has taken the letter.

        Args:
            to: One e-mail address.
            subject: One line.
            text: Plain text.
            at: The time, for the letter's date.

        Raises:
            InputError: ``input.header``: the address or the subject would break out of its line.
            OfflineError: The network is off, or the server out of reach, hanging, broken off or busy.
            NetError: It refuses the letter, the name or the password, or its certificate is not trusted.
        """
        message = compose(self._sender, to, subject, text, at=at)
        if self._offline and not self._is_here:
            raise OfflineError(
                "the network is switched off, and it is needed to send a letter",
                item=self._server.where,
                hint="unset OSLER_OFFLINE, or hand the link on yourself",
                code="offline.switched_off",
            )
        try:
            within(lambda: self._deliver(message, to), self._total_s)
        except TimeoutError:
            raise _too_slow(self._server) from None

    def _deliver(self, message: EmailMessage, to: str) -> None:
        with _translated(self._server), self._connected() as server:
            if self._server.user is not None:
                server.login(self._server.user, self._server.password or "")
            server.send_message(message, from_addr=self._sender, to_addrs=[to])

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        context = ssl.create_default_context(
            cafile=None if self._certificates is None else str(self._certificates)
        )
        host, port = self._server.host, self._server.port
        server: smtplib.SMTP
        if self._server.security is Security.TLS:
            server = smtplib.SMTP_SSL(host, port, timeout=self._step_s, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=self._step_s)
        try:
            if self._server.security is Security.STARTTLS:
                server.starttls(context=context)
            yield server
            with suppress(smtplib.SMTPException, OSError):
                server.quit()  # the letter is taken; a server that hangs up rudely changes nothing
        finally:
            server.close()


def compose(sender: str, to: str, subject: str, text: str, *, at: datetime) -> EmailMessage:
    """Return the letter as it is sent: plain text, marked as sent by a program.

    Raises:
        InputError: ``input.header``: one of the lines is none.
    """
    for what, line, most in (
        ("sender", sender, MOST_ADDRESS),
        ("address", to, MOST_ADDRESS),
        ("subject", subject, MOST_SUBJECT),
    ):
        is_address = what != "subject"
        is_bad = not line or len(line) > most or not line.isprintable()
        if is_bad or (is_address and (not line.isascii() or any(sign in line for sign in " ,;<>\"'\\"))):
            raise InputError(
                f"this {what} cannot stand in a letter's head",
                item=what,
                hint="one line, and one plain address",
                code="input.header",
            )
    message = EmailMessage(policy=SMTP)
    message["From"] = f"Osler <{sender}>"
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    domain = sender.rpartition("@")[2]
    message["Message-ID"] = f"<{sha256_text(f'{at.isoformat()} {to} {text}')[:32]}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    return message


@contextmanager
def _translated(server: Server) -> Iterator[None]:
    # What a server says may repeat an address or more: codes are read, its words are not passed on.
    try:
        yield
    except ssl.SSLCertVerificationError:
        raise NetError(
            "the mail server's certificate is not trusted",
            item=server.where,
            hint="behind an inspecting proxy, point SSL_CERT_FILE to its certificate",
            code="net.certificate",
        ) from None
    except smtplib.SMTPNotSupportedError:
        said = "the mail server does not offer what is needed: encryption or signing in"
        raise _refused(server, said) from None
    except smtplib.SMTPAuthenticationError:
        raise _refused(server, "the mail server refuses the name or the password") from None
    except smtplib.SMTPRecipientsRefused as fault:
        codes = [code for code, _said in fault.recipients.values()]
        raise _by_code(server, min(codes, default=550)) from None
    except smtplib.SMTPServerDisconnected as fault:
        if isinstance(fault.__context__, TimeoutError):  # smtplib tells both in the same words
            raise _too_slow(server) from None
        raise _offline(server, "the mail server broke the connection off", "offline.reset") from None
    except smtplib.SMTPResponseException as fault:
        raise _by_code(server, fault.smtp_code) from None
    except smtplib.SMTPException:
        raise _refused(server, "the mail server does not take the letter") from None
    except TimeoutError:
        raise _too_slow(server) from None
    except ssl.SSLError:
        raise _offline(server, "no encrypted connection came about", "offline.reset") from None
    except (ConnectionResetError, BrokenPipeError):
        raise _offline(server, "the mail server broke the connection off", "offline.reset") from None
    except (socket.gaierror, OSError):
        raise _offline(server, "the mail server cannot be reached", "offline.unreachable") from None


def _by_code(server: Server, code: int) -> OslerError:
    if 400 <= code < 500:
        return _offline(server, f"the mail server is busy (SMTP {code})", "offline.busy")
    return _refused(server, f"the mail server refuses the letter (SMTP {code})")


def _refused(server: Server, said: str) -> NetError:
    return NetError(
        said, item=server.where, hint="check OSLER_SMTP_URL and what goes with it", code="net.refused"
    )


def _offline(server: Server, said: str, code: str) -> OfflineError:
    return OfflineError(said, item=server.where, hint="try again later", code=code)


def _too_slow(server: Server) -> OfflineError:
    return _offline(server, "the mail server took too long", "offline.timeout")
