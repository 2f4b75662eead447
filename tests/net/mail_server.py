"""A real SMTP server on loopback that keeps what arrives, or misbehaves as a test tells it to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class Received:
    """Keeps what arrives; ``misdeed`` answers in its place where one is given."""

    def __init__(self, **misdeeds: Callable[[], Any]) -> None:
        self.letters: list[Envelope] = []
        self.encrypted: list[bool] = []
        self.signed_in: list[str] = []
        self._misdeeds = misdeeds

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if "rcpt" in self._misdeeds:
            return await self._act("rcpt")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if "data" in self._misdeeds:
            return await self._act("data")
        self.letters.append(envelope)
        self.encrypted.append(server.transport.get_extra_info("cipher") is not None)
        return "250 taken"

    async def _act(self, name: str) -> str:
        said = self._misdeeds[name]()
        return await said if asyncio.iscoroutine(said) else str(said)

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: LoginPassword
    ) -> AuthResult:
        self.signed_in.append(data.login.decode())
        return AuthResult(success=data.password == b"right", handled=False)


@contextmanager
def serving(received: Received, **named: Any) -> Iterator[int]:
    """Run the server on a free port of loopback, which is given."""
    loop = asyncio.new_event_loop()
    encryption = named.pop("ssl_context", None)
    begun = loop.create_server(
        lambda: SMTP(received, hostname="localhost", loop=loop, **named),
        "127.0.0.1",
        0,
        ssl=encryption,
    )
    server = loop.run_until_complete(begun)
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
