"""What the library says of itself as a page of text: reports, lists, plain facts.

Takes plain values; a value it does not know is printed as it is and never dropped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from osler.surfaces.cli.page import Page, Span, Style, columns
from osler.surfaces.cli.render_reference import Document, cite_in_nlm_style, nature, standing

COUNTS: Final[Mapping[str, str]] = {
    "added": "added",
    "revised": "revised",
    "unchanged": "unchanged",
    "older": "older than what is here, left alone",
    "withdrawn": "withdrawn",
    "refused": "withdrawn earlier, not brought back",
    "restated": "with a new standing",
    "skipped": "files read before, left alone",
    "failed": "failed",
}
SHOWN_FAILURES: Final = 10


def render_report(report: Document, page: Page) -> None:
    """Write what came of an addition or a removal: the counts that are not zero, then what failed."""
    counts = [(report[name], words) for name, words in COUNTS.items() if report.get(name)]
    line = ", ".join(f"{number:,} {words}" for number, words in counts) or "nothing to do"
    page.write(Span(line[0].upper() + line[1:]))
    failures = report.get("failures") or ()
    for failure in failures[:SHOWN_FAILURES]:
        _write_failure(page, failure)
    more = int(report.get("failed") or 0) - min(len(failures), SHOWN_FAILURES)
    if more > 0:
        page.write(Span(f"{more:,} more: osler library failures", Style.DIM), indent=2)


def render_facts(value: Any, page: Page) -> None:
    """Write an object as a table, a list as one entry each, anything else as a line."""
    if isinstance(value, Mapping):
        _write_table(page, value)
    elif isinstance(value, list):
        if not value:
            page.write(Span("none", Style.DIM))
        for item in value:
            _write_item(page, item)
    else:
        page.write(Span(_words(value)))


def _write_table(page: Page, facts: Document, *, indent: int = 0) -> None:
    simple = {key: value for key, value in facts.items() if not isinstance(value, Mapping | list)}
    widest = max((columns(_label(key)) for key in simple), default=0)
    for key, value in simple.items():
        label = f"{_label(key):<{widest}}  "
        page.write(Span(_words(value)), first=label, indent=indent)
    for key, value in facts.items():
        if key not in simple and value:
            page.heading(_label(key))
            if isinstance(value, Mapping):
                _write_table(page, value, indent=2)
            else:
                for item in value:
                    _write_item(page, item)


def _write_item(page: Page, item: Any) -> None:
    if isinstance(item, Mapping) and "reason" in item:
        _write_failure(page, item)
    elif isinstance(item, Mapping) and "title" in item:
        page.write(Span(cite_in_nlm_style(item)), first="• ")
        warning = standing(item)
        spans = [Span(f"{item.get('id') or item.get('source')} · {nature(item)}", Style.DIM)]
        page.write(*spans, Span(f" {warning}" if warning else "", Style.WARNING), indent=2)
    elif isinstance(item, Mapping):
        words = ", ".join(f"{_label(key)} {_words(value)}" for key, value in item.items())
        page.write(Span(words), first="• ")
    else:
        page.write(Span(_words(item)), first="• ")


def _write_failure(page: Page, failure: Document) -> None:
    code = f" ({failure['code']})" if failure.get("code") else ""
    page.write(
        Span(str(failure.get("item", ""))), Span(f"{code}: {failure['reason']}"), first="– ", indent=2
    )
    for key in ("hint", "next_try"):
        if failure.get(key):
            page.write(Span(f"{_label(key)}: {failure[key]}", Style.DIM), indent=4)


def _label(key: str) -> str:
    return key.replace("_", " ")


def _words(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return str(value)
