"""Take the pictures of docs/images anew: the starter library on the real page, in a real browser.

``make pictures`` calls it. People in the pictures are made up and named so; what they sign is signed in
a library of its own that is thrown away. Needs chromium (``OSLER_DEV_CHROMIUM`` names another) and the
extras ``web`` and ``dev``.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import uvicorn
from PIL import Image
from playwright.sync_api import sync_playwright

from osler.accounts import people
from osler.model.editorial import Judgement
from osler.model.person import Person, Role
from osler.review.states import Move
from osler.service.add import add
from osler.service.articles import desk as acts
from osler.service.articles.moving import move
from osler.service.articles.opening import submit
from osler.service.articles.show import show_claims
from osler.service.wiring import Desk, open_desk, open_registry
from osler.surfaces.web.app import create_app

IMAGES: Final = Path(__file__).parent.parent / "docs" / "images"
CHROMIUM: Final = os.environ.get("OSLER_DEV_CHROMIUM") or shutil.which("chromium") or "chromium"
MECHANISM: Final = (
    "What is the mechanism of action of anakinra in hemophagocytic lymphohistiocytosis (HLH)?"
)
DOSE: Final = "What dose of anakinra is used in HLH in children?"
EFFECT: Final = "How effective is anakinra in HLH?"
PASSWORD: Final = "violet tram under nine bridges"
"""Of a library that is thrown away."""
COLOURS: Final = 48
"""Enough for text on plain ground; a third of the bytes."""
PHONE: Final = {"width": 390, "height": 844}
WIDE: Final = {"width": 1280, "height": 860}
ROLES: Final = {
    "Test Author": Role.AUTHOR,
    "Test Reviewer One": Role.REVIEWER,
    "Test Reviewer Two": Role.REVIEWER,
    "Test Board Member": Role.BOARD_MEMBER,
    "Test Editor": Role.EDITOR,
}


def main() -> None:
    """Write the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        home = {"OSLER_HOME": folder, "OSLER_OFFLINE": "1"}
        approved, waiting = fill(home)
        with served(home) as site, sync_playwright() as running:
            browser = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            take(browser, site, approved, waiting)
            browser.close()


def fill(home: dict[str, str]) -> tuple[str, str]:
    """Fill the library; return the slugs of an approved article and of one under review."""
    with open_desk(home, create=True, holder="pictures") as desk:
        add(desk, ["starter:hlh"])
    with open_registry(home, holder="pictures") as registry:
        known = {}
        for name, role in ROLES.items():
            account = people.add_person(registry, name, roles=(role,), actor="terminal")
            known[role] = people.set_password(registry, account, PASSWORD, actor="terminal").person
            known[name] = known[role]
    with open_desk(home, holder="pictures") as desk:
        return reviewed(desk, known, DOSE, approve=True), reviewed(desk, known, EFFECT, approve=False)


def reviewed(desk: Desk, known: dict[Any, Person], question: str, *, approve: bool) -> str:
    """Put ``question`` forward, and let both reviewers sign all of it, or one of them the first half."""
    article = submit(desk, question, by=known[Role.AUTHOR]).kept.article
    reviewers = [known["Test Reviewer One"], known["Test Reviewer Two"]]
    for reviewer in reviewers:
        acts.assign(desk, article.id, reviewer, by=known[Role.EDITOR])
    claims = [claim["statement"]["id"] for claim in show_claims(desk, article.id)["claims"]]
    for reviewer in reviewers if approve else reviewers[:1]:
        acts.declare(desk, article.id, by=reviewer)
        signed = claims if approve else claims[:1]
        acts.judge(desk, article.id, signed, Judgement.ACCEPT, by=reviewer)
    if approve:
        acts.declare(desk, article.id, by=known[Role.BOARD_MEMBER])
        move(desk, article.id, Move.APPROVE, by=known[Role.BOARD_MEMBER])
    return article.slug


@contextmanager
def served(home: dict[str, str]) -> Iterator[str]:
    """Serve the library on loopback; yield the address."""
    server = uvicorn.Server(uvicorn.Config(create_app(home), host="127.0.0.1", port=0, log_config=None))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def take(browser: Any, site: str, approved: str, waiting: str) -> None:
    """Open each page and photograph it."""
    answer = f"{site}/ask?as=clinician&q="
    with opened(browser, WIDE, "light") as page:
        page.goto(answer + MECHANISM)
        page.locator("[data-part=bottom] a.c").first.click()
        page.wait_for_selector("#panel mark")
        photograph(page, "page-citation-desk-light")
        page.goto(f"{site}/articles/{approved}")
        photograph(page, "page-article-desk-light")
    with opened(browser, PHONE, "light") as page:
        page.goto(answer + MECHANISM)
        photograph(page, "page-answer-phone-light")
    with opened(browser, PHONE, "dark") as page:
        page.goto(answer + MECHANISM)
        page.locator("[data-part=bottom] a.c").first.click()
        page.wait_for_selector("#panel mark")
        photograph(page, "page-citation-phone-dark")
        page.goto(f"{site}/articles/{approved}")
        photograph(page, "page-article-phone-dark")
    with opened(browser, WIDE, "dark") as page:
        page.goto(answer + DOSE + "&anew=1")
        page.locator("#figures").scroll_into_view_if_needed()
        page.evaluate("document.querySelector('#figures').scrollIntoView()")
        photograph(page, "page-figures-desk-dark")
    with opened(browser, WIDE, "light") as page:
        page.goto(site + "/account/sign-in")
        page.fill("#name", "Test Reviewer Two")
        page.fill("#password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector('nav a[href="/account"]')
        page.goto(f"{site}/desk/{waiting}")
        page.click("button:text-is('I have no interest to declare')")
        page.wait_for_selector("button[value=accept]")
        page.evaluate("document.querySelector('#claims').scrollIntoView()")
        photograph(page, "desk")


@contextmanager
def opened(browser: Any, size: dict[str, int], theme: str) -> Iterator[Any]:
    """Yield a page of a fresh browser of this size."""
    context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def photograph(page: Any, name: str) -> None:
    """Write what the screen shows, without a caret or a passing focus ring."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement.blur()")
    file = IMAGES / f"{name}.png"
    page.screenshot(path=str(file), caret="hide")
    Image.open(file).convert("RGB").quantize(COLOURS).save(file, optimize=True)
    sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
