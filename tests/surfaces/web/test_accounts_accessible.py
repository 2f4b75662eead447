"""The pages of accounts in a real browser without JavaScript, and by axe-core, on telephone and desk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.surfaces.web.browsing import ADMIN_PASSWORD, Site, fill, running
from tests.surfaces.web.conftest import CHROMIUM, DESK, FLAGS, PHONE
from tests.surfaces.web.page_rules import breaches

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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_of_accounts_breaks_a_rule(
    accounts: Site, chromium: Any, size: dict[str, int], theme: str
) -> None:
    page = chromium.new_context(viewport=size, color_scheme=theme, bypass_csp=True).new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url))
    found: list[str] = []
    for path in ("/account/sign-in", "/account/reset", "/account/password/none"):
        page.goto(accounts.url + path)
        found += breaches(page)
    sign_in(page, accounts, ADMINISTRATOR, "not the right one")
    found += breaches(page)
    sign_in(page, accounts, ADMINISTRATOR, ADMIN_PASSWORD)
    found += breaches(page)
    page.get_by_role("button", name="Turn it on").scroll_into_view_if_needed()
    page.locator("#on-password").fill(ADMIN_PASSWORD)
    page.get_by_role("button", name="Turn it on").click()
    found += breaches(page)
    page.goto(f"{accounts.url}/account/people")
    found += breaches(page)
    page.get_by_role("link", name=REVIEWER).click()
    found += breaches(page)
    page.get_by_role("button", name="Make a link to choose a password").click()
    found += breaches(page)
    page.goto(
        page.locator("code.secret").first.inner_text().replace("http://127.0.0.1:8000", accounts.url)
    )
    found += breaches(page)
    assert found == []
    assert [url for url in elsewhere if not url.startswith(accounts.url)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
