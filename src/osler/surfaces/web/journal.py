"""One line in the log for each request: what kind of address, what came of it, how long it took.

Never the query, which holds the question, unless a setting asks for it; and then without what may
identify somebody.
"""

from __future__ import annotations

import logging
import time

from osler.surfaces.web.safety import App, Message, Receive, Scope, Send
from osler.surfaces.web.written import written_address

_log = logging.getLogger("osler.web")


class Journal:
    """Wraps the whole application.

    Args:
        app: What serves the request.
        questions: Whether the query is written too.
    """

    def __init__(self, app: App, *, questions: bool) -> None:
        self._app = app
        self._questions = questions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and write its line, also when the answer breaks off."""
        if scope["type"] != "http" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        begun, status = time.monotonic(), 0

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        finally:
            took_ms = (time.monotonic() - begun) * 1000
            query = scope["query_string"].decode("latin-1") if self._questions else ""
            # %r: a path is somebody else's text, and must not begin a line of its own
            path = written_address(scope["path"], query)
            _log.info("%s %r %d %.0f ms", scope["method"], path, status, took_ms)
