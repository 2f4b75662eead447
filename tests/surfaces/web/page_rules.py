"""What is held of every page: axe-core finds nothing, the keyboard reaches all, nothing is too small.

``tests/surfaces/web/stops.py`` says how each page is come to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

RULES: dict[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"],
    },
    "rules": {"target-size": {"enabled": True}},  # of WCAG 2.2, and off unless it is asked for
}
NARROWEST = 320
SMALLEST_TARGET = 24
MANY = 400
"""Presses of the tab key: no page has so many places to go to."""

MARK_STOPS = """() => {
  document.querySelector("a[href]").focus();
  window.stops = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
  )].filter((each) => !each.disabled && each.checkVisibility()
    && !(each.type === "radio" && !each.checked
         && document.querySelector(`[type=radio][name="${each.name}"]:checked`)));
  window.stops[0].focus();
  return window.stops.length;
}"""
"""Every place that a keyboard must reach; of a group of radio buttons the chosen one."""

AT_STOP = """(smallest) => {
  const at = document.activeElement;
  const seen = at.matches(".who input") ? at.nextElementSibling : at;
  const style = getComputedStyle(seen), box = seen.getBoundingClientRect();
  const across = [0.5, 0.1, 0.9], places = across.flatMap((x) => across.map((y) => [x, y]));
  const parts = [box, ...seen.getClientRects()];
  const shows = parts.some((part) => places.some(([x, y]) => {
    const hit = document.elementFromPoint(part.left + part.width * x, part.top + part.height * y);
    return hit && (seen.contains(hit) || hit.contains(seen));
  }));
  const inText = at.matches("a, .term, .skip") && style.display === "inline";
  const small = Math.min(box.width, box.height) < smallest && !inText;
  return {
    place: window.stops.indexOf(at),
    what: at.outerHTML.slice(0, 120),
    faults: [
      style.outlineStyle === "none" && "has no visible focus",
      !shows && "is covered while it has the focus",
      small && `is ${Math.round(box.width)} by ${Math.round(box.height)} pixels`,
    ].filter(Boolean),
  };
}"""


def breaches(page: Any, only: Sequence[str] = (), *, colours: bool = True) -> list[str]:
    """Return what is broken, by all rules or by those that ``only`` names.

    Without ``colours`` contrast is not looked at, which takes most of the time.
    """
    rules = {"runOnly": {"type": "rule", "values": list(only)}} if only else RULES
    if not colours:
        rules = {**RULES, "rules": {**RULES["rules"], "color-contrast": {"enabled": False}}}
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-core").Axe()
    unfold(page)
    found = axe.run(page, options=rules).response["violations"]
    return [f"{page.url} {each['id']}: {node['target']}" for each in found for node in each["nodes"]]


def unfold(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")


def keyboard_faults(page: Any) -> list[str]:
    """Walk the page by the tab key, everything unfolded; return what is wrong on the way."""
    unfold(page)
    page.keyboard.press("Tab")  # from here on a browser shows the focus
    expected, reached, faults = int(page.evaluate(MARK_STOPS)), set(), []
    last = -1
    for _press in range(MANY):
        found = page.evaluate(AT_STOP, SMALLEST_TARGET)
        if found["place"] in reached and found["place"] != last:  # a date has several places of its own
            break
        last = found["place"]
        if found["place"] >= 0:
            reached.add(found["place"])
            faults += [f"{found['what']} {fault}" for fault in found["faults"]]
        elif len(reached) == expected:
            break
        page.keyboard.press("Tab")
    missed = sorted(set(range(expected)) - reached)
    faults += [page.evaluate("n => window.stops[n].outerHTML", n) + " is not reached" for n in missed]
    return [f"{page.url} {fault}" for fault in faults]


def begins_with_a_way_to_the_content(page: Any) -> bool:
    """Tell whether the first place of the page leads past what stands on every page."""
    page.evaluate("() => document.querySelector('.skip').focus()")
    is_first = bool(page.evaluate(f"({MARK_STOPS})(), document.activeElement.matches('.skip')"))
    page.keyboard.press("Enter")
    return is_first and bool(page.evaluate("document.activeElement.id === 'main'"))


def is_narrow_enough(page: Any) -> bool:
    """Tell whether nothing has to be scrolled sideways on the narrowest screen."""
    page.set_viewport_size({"width": NARROWEST, "height": 700})
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
