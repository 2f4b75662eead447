"""A real server on loopback with the starter library, and a real browser that reaches nothing else."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

pytest.importorskip("fastapi", reason="needs the extra web")

CHROMIUM = os.environ.get("OSLER_DEV_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
MECHANISM = "What is the mechanism of action of anakinra in hemophagocytic lymphohistiocytosis (HLH)?"
DOSE = "What dose of anakinra is used in HLH in children?"
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
CALL = "from osler.surfaces.cli.main import program; program()"
PATIENCE_S = 180.0
FORM_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


@dataclass
class Site:
    """A running ``osler serve``."""

    url: str
    home: Path
    log: Path
    process: subprocess.Popen[bytes]

    def address(self, path: str = "/ask", **query: str) -> str:
        return f"{self.url}{path}" + (f"?{urlencode(query)}" if query else "")

    def ask(self, question: str, **query: str) -> httpx.Response:
        return self.get("/ask", q=question, **query)

    def get(self, path: str, **query: str) -> httpx.Response:
        return httpx.get(self.address(path, **query), timeout=PATIENCE_S)

    def post(self, path: str, headers: dict[str, str] | None = None, **form: str) -> httpx.Response:
        """Send a form as a browser does: with the token of a page that it was given before."""
        with httpx.Client(base_url=self.url, timeout=PATIENCE_S) as browser:
            token = FORM_TOKEN.search(browser.get("/account/sign-in").text)
            assert token is not None
            return browser.post(path, data={"form_token": token[1], **form}, headers=headers)

    def call(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return call(self.home, *words)


def call(home: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``osler`` on the library in ``home``."""
    return subprocess.run(
        [sys.executable, "-c", CALL, *words],
        capture_output=True,
        env=surroundings(home),
        timeout=PATIENCE_S,
    )


def surroundings(home: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "OSLER_HOME": str(home), "OSLER_OFFLINE": "1", **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path, log: Path, **more: str) -> Site:
    """Start ``osler serve`` and return once it answers."""
    port = free_port()
    with log.open("wb") as written:
        process = subprocess.Popen(
            [sys.executable, "-c", CALL, "serve", "--port", str(port)],
            stdout=written, stderr=written, env=surroundings(home, **more),
        )  # fmt: skip
    site = Site(f"http://127.0.0.1:{port}", home, log, process)
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            httpx.get(site.url + "/robots.txt", timeout=PATIENCE_S)
        except httpx.TransportError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return site
    raise AssertionError(log.read_text())


def stop(site: Site) -> int:
    site.process.send_signal(signal.SIGINT)
    try:
        return site.process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        site.process.kill()
        raise


@pytest.fixture(scope="session")
def starter_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("served")
    done = call(home, "add", "starter:hlh")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="session")
def site(starter_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The page on the starter library; for tests that change nothing but kept answers."""
    running = start(starter_home, tmp_path_factory.mktemp("log") / "serve.log")
    yield running
    stop(running)


@dataclass
class Seen:
    """What a browser's page did that no page of ours may do."""

    elsewhere: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    weight: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; tests that need one are skipped where there is none.

    Not for the whole session: its event loop would keep other modules from running one of their own.
    """
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    if not Path(CHROMIUM).exists():
        pytest.skip("needs chromium (apt-get install chromium)")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Browsing:
    """Opens pages and notes every request, every message of the console, every byte."""

    def __init__(self, browser: Any, site: Site) -> None:
        self._browser = browser
        self._site = site
        self._contexts: list[Any] = []
        self.seen = Seen()

    def page(self, **options: Any) -> Any:
        context = self._browser.new_context(**{"viewport": DESK, **options})
        context.set_default_timeout(PATIENCE_S * 1000)
        self._contexts.append(context)
        page = context.new_page()
        page.on("request", self._note_request)
        page.on("response", self._note_response)
        page.on("console", lambda message: self.seen.said.append(message.text))
        page.on("pageerror", lambda fault: self.seen.said.append(str(fault)))
        return page

    def _note_request(self, request: Any) -> None:
        if urlsplit(request.url).netloc != urlsplit(self._site.url).netloc:
            self.seen.elsewhere.append(request.url)

    def _note_response(self, response: Any) -> None:
        sizes = response.request.sizes() if response.ok else {}
        self.seen.weight[response.url] = sizes.get("responseBodySize", 0)

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def browsing(chromium: Any, site: Site) -> Iterator[Browsing]:
    """Pages of the site; at the end none may have reached elsewhere or complained."""
    opened = Browsing(chromium, site)
    yield opened
    opened.close()
    assert opened.seen.elsewhere == []
    assert opened.seen.said == []
