"""An audit as a page of text: the tally, then claim by claim with the words it was judged by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from osler.audit.findings import Finding
from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_check import OUTCOMES
from osler.surfaces.cli.render_reference import Document, cite_in_nlm_style, standing

MARKS: Final[Mapping[str, str]] = {
    "supported": "✓", "partly": "◐", "overstated": "↑", "contradicted": "✗", "unsupported": "?",
    "not_checkable": "·",
}  # fmt: skip
_STYLES: Final[Mapping[str, Style]] = {
    "supported": Style.GOOD, "partly": Style.WARNING, "overstated": Style.WARNING,
    "contradicted": Style.WARNING, "unsupported": Style.WARNING, "not_checkable": Style.DIM,
}  # fmt: skip
TEXT_FINDINGS: Final = frozenset(Finding)
_LEFT: Final = 6


def render_audit(document: Document, sources: Mapping[str, Document], page: Page) -> None:
    """Write the tally, what the text says against itself, claim by claim, and the sources."""
    numbers = _numbers(document)
    _write_tally(document["tally"], page)
    _write_clashes(document, page)
    page.heading("Claim by claim")
    for claim in document["claims"]:
        _write_claim(claim, numbers, sources, page)
    if numbers:
        page.heading("Sources")
    for source, number in numbers.items():
        record = sources[source]
        warning = f" ({standing(record)})" if standing(record) else ""
        page.write(
            Span(cite_in_nlm_style(record)), Span(warning, Style.WARNING), first=f"[{number}] ", indent=2
        )


def _numbers(document: Document) -> dict[str, int]:
    """Return the number of each source quoted, in the order of its first quotation."""
    numbers: dict[str, int] = {}
    for claim in document["claims"]:
        for citation in claim["evidence"]:
            numbers.setdefault(citation["source"], len(numbers) + 1)
    return numbers


def _write_tally(tally: Mapping[str, int], page: Page) -> None:
    for verdict, count in tally.items():
        style = _STYLES[verdict] if count else Style.DIM
        page.write(
            Span(
                f"{count:>4}  {MARKS[verdict]} {OUTCOMES[verdict]}".replace(" ", "\N{NO-BREAK SPACE}"),
                style,
            )
        )


def _write_clashes(document: Document, page: Page) -> None:
    if document["conflicts_inside"]:
        page.heading("The text against itself")
    for clash in document["conflicts_inside"]:
        first, second = clash["claims"]
        page.write(
            Span(f"claims {first} and {second}, {clash['about']}: ", Style.WARNING),
            Span(clash["reason"]),
            first="✗ ",
            indent=2,
        )


def _write_claim(
    claim: Document, numbers: Mapping[str, int], sources: Mapping[str, Document], page: Page
) -> None:
    verdict = claim["verdict"]
    if verdict == "not_checkable" and not _objections(claim):
        page.gap()
        page.write(Span(claim["text"], Style.DIM), first=_first(claim), indent=0)
        page.write(Span(claim["reason"], Style.DIM), indent=_LEFT)
        return
    page.gap()
    page.write(Span(claim["text"], Style.STRONG), first=_first(claim))
    page.write(Span(OUTCOMES[verdict], _STYLES[verdict]), Span(f": {claim['reason']}"), indent=_LEFT)
    for citation in claim["evidence"]:
        number = numbers[citation["source"]]
        year = sources[citation["source"]].get("year")
        where = f" [{number}{f', {year}' if year else ''}]"
        page.write(Span(citation["quote"]), Span(where, Style.DIM), first="> ", indent=_LEFT)
    for check in _objections(claim):
        page.write(
            Span(f"{check['check'].replace('_', ' ')}: {check['reason']}"), first="! ", indent=_LEFT
        )


def _first(claim: Document) -> str:
    return f"{claim['n']:>3} {MARKS[claim['verdict']]} "


def _objections(claim: Document) -> list[dict[str, Any]]:
    """Return what was found in the text itself; the judge's checks led to the reason above them."""
    return [
        check
        for check in claim["checks"]
        if check["check"] in TEXT_FINDINGS
        and check["outcome"] == "failed"
        and check["reason"] not in claim["reason"]
    ]
