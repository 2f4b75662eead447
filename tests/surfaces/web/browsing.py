"""A real site on loopback with accounts, a public and a private part, and a browser. All made up."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from osler.accounts import people
from osler.accounts.registry import Registry
from osler.model.account import Account
from osler.model.person import Role
from osler.service.add import add
from osler.service.wiring import open_desk, open_registry
from osler.surfaces.web.app import create_app

PASSWORD = "violet tram under nine bridges"
ADMIN_PASSWORD = "seven quiet herons on a crane"
PUBLIC_PAPER = {
    "pmid": "99999991",
    "title": "Inventumab in testosis: a randomized trial",
    "abstract": "Fever resolved in 15 of 20 adults with testosis (75%) given inventumab.",
    "year": 2019,
}
PRIVATE_PAPER = {
    "pmid": "99999992",
    "title": "Inventumab in adults with testosis: a secretive case series",
    "abstract": "Pain improved in 6 of 8 adults with testosis (75%) given inventumab at 10 days.",
    "year": 2024,
}
QUESTION = "How effective is inventumab in testosis?"
WARD = "ward"
_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


def fill(home: Path) -> None:
    """Put one public and one private paper into a library at ``home``."""
    with open_desk({"OSLER_HOME": str(home)}, create=True, holder="test") as desk:
        for paper, scope in ((PUBLIC_PAPER, "public"), (PRIVATE_PAPER, WARD)):
            file = home / f"{scope}.jsonl"
            file.write_text(json.dumps(paper) + "\n", encoding="utf-8")
            add(desk, [str(file)], scope=scope)


@dataclass
class Site:
    """A running site.

    Attributes:
        url: Where it listens.
        home: Its library.
        app: What serves it.
    """

    url: str
    home: Path
    app: FastAPI

    @contextmanager
    def registry(self) -> Iterator[Registry]:
        with open_registry({"OSLER_HOME": str(self.home)}, holder="test") as registry:
            yield registry

    def add(self, name: str, *roles: Role, password: str = PASSWORD, **named: Any) -> Account:
        """Make an account with a password."""
        with self.registry() as registry:
            account = people.add_person(registry, name, roles=roles, actor="terminal", **named)
            return people.set_password(registry, account, password, actor="terminal")

    def browser(self, **headers: str) -> Browser:
        return Browser(httpx.Client(base_url=self.url, headers=headers, timeout=60))


@dataclass
class Browser:
    """Keeps cookies, fills forms in, follows nothing by itself."""

    client: httpx.Client
    seen: list[httpx.Response] = field(default_factory=list)

    def get(self, path: str, **named: Any) -> httpx.Response:
        response = self.client.get(path, **named)
        self.seen.append(response)
        return response

    def token(self, path: str = "/account/sign-in") -> str:
        """Return the token of the forms of a page."""
        found = _TOKEN.search(self.get(path).text)
        assert found is not None
        return found[1]

    def post(
        self, path: str, fields: Mapping[str, Any] | None = None, *, page: str = "/account/sign-in"
    ) -> httpx.Response:
        """Send the form of ``page`` with ``fields`` filled in."""
        token = self.token(page)
        response = self.client.post(path, data={"form_token": token, **(fields or {})})
        self.seen.append(response)
        return response

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> httpx.Response:
        return self.post("/account/sign-in", {"name": name, "password": password, **more})

    @property
    def session(self) -> str:
        return self.client.cookies.get("osler_session") or ""


@contextmanager
def running(home: Path, port: int = 0, **settings: str) -> Iterator[Site]:
    """Run the site over the library at ``home``, on any port unless one is named."""
    environment = {"OSLER_HOME": str(home), **settings}
    app = create_app(environment)
    config = uvicorn.Config(app, host="127.0.0.1", port=port, log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    end = time.monotonic() + 60
    while not server.started and time.monotonic() < end:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Site(f"http://127.0.0.1:{port}", home, app)
    finally:
        server.should_exit = True
        thread.join()
