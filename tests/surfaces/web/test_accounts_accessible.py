"""Rights are given in a real browser by keyboard alone and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.surfaces.web.browsing import ADMIN_PASSWORD, Site, fill, running
from tests.surfaces.web.conftest import CHROMIUM, FLAGS

from osler.model.person import Role

ADMINISTRATOR, REVIEWER = "Test Administrator", "Test Reviewer One"


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("accessible")
    fill(home)
    with running(home) as site:
        site.add(ADMINISTRATOR, Role.ADMINISTRATOR, password=ADMIN_PASSWORD)
        site.add(REVIEWER, Role.REVIEWER, email="one@hospital.example", scopes=["ward"])
        yield site


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def sign_in(page: Any, site: Site, name: str, password: str) -> None:
    page.goto(f"{site.url}/account/sign-in?next=/account")
    page.get_by_label("Name or e-mail address").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_person_is_given_rights_by_keyboard_alone_and_without_javascript(
    accounts: Site, chromium: Any
) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    sign_in(page, accounts, ADMINISTRATOR, ADMIN_PASSWORD)
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name=REVIEWER).click()
    page.get_by_label("Editor").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Keep these rights").focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    assert page.get_by_label("Editor").is_checked()
    assert page.get_by_label("Reviewer").is_checked()
