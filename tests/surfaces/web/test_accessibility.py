"""axe-core on every page, phone and desk, light and dark: nothing of WCAG 2.2 A or AA is broken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.surfaces.web.conftest import DESK, DOSE, MECHANISM, PHONE, Browsing, Site

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    }
}
HLH_PASSAGE = "[data-part=bottom] a.c"


def breaches(page: Any, only: Sequence[str] = ()) -> list[str]:
    """Return what is broken, by all rules or by those that ``only`` names."""
    rules = {"runOnly": {"type": "rule", "values": list(only)}} if only else RULES
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core").Axe()
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = axe.run(page, options=rules).response["violations"]
    return [f"{page.url} {each['id']}: {node['target']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_no_page_breaks_a_rule(browsing: Browsing, site: Site, size: dict[str, int], theme: str) -> None:
    page = browsing.page(viewport=size, color_scheme=theme, bypass_csp=True)
    kept = site.post("/share", q=DOSE).headers["location"]
    found = []
    for address in (
        site.url,
        site.address(q=DOSE, **{"as": "patient"}),
        site.url + kept,
        site.address(q="anakinra"),
        site.address(q="I have crushing chest pain right now and my arm is numb"),
        site.address(q="What is the dose of metformin in diabetes?"),
        site.address("/calculators/hscore"),
        site.address("/calculators"),
        site.address("/mechanism", drug="anakinra", condition="HLH"),
    ):
        page.goto(address)
        found += breaches(page)
    page.goto(site.address(q=MECHANISM))
    passage = page.locator(HLH_PASSAGE).first.get_attribute("href")
    page.locator(HLH_PASSAGE).first.click()
    page.wait_for_selector("#panel mark")
    found += breaches(page)
    page.goto(site.url + passage)
    found += breaches(page)
    page.goto(site.address("/nothing"))
    found += breaches(page)
    browsing.seen.said.clear()  # a browser says of its own that the last page is not there
    assert found == []
