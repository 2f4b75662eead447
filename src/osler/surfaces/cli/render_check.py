"""A verdict on a claim, and the findings of the doctor, as pages of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_reference import Document, cite_in_nlm_style, standing

OUTCOMES: Final[Mapping[str, str]] = {
    "supported": "Supported",
    "partly": "Supported in part",
    "overstated": "Overstated",
    "contradicted": "Contradicted",
    "unsupported": "Not supported",
    "not_checkable": "Cannot be checked",
}
MARKS: Final[Mapping[str, str]] = {"passed": "+", "failed": "x"}


def render_check(document: Document, page: Page) -> None:
    """Write the verdict first, then the words it rests on, then each check that was made."""
    outcome = document["outcome"]
    style = Style.GOOD if outcome == "supported" else Style.WARNING
    page.write(
        Span(OUTCOMES.get(outcome, outcome), style), Span(f": {document['reason'] or 'no reason'}")
    )
    page.gap()
    page.write(Span(document["claim"]), first="claim   ")
    source = document["source"]
    warning = f" ({standing(source)})" if standing(source) else ""
    page.write(Span(cite_in_nlm_style(source)), Span(warning, Style.WARNING), first="source  ")
    for citation in document["evidence"]:
        place = f"{citation['passage']} {citation['start']}:{citation['end']}"
        page.gap()
        page.write(Span(citation["quote"], Style.STRONG), indent=2)
        page.write(Span(place, Style.DIM), indent=2)
    checks = [check for check in document["checks"] if check["outcome"] in MARKS]
    if checks:
        page.heading("Checks")
    for check in checks:
        reason = f": {check['reason']}" if check["reason"] else ""
        page.write(Span(f"{check['check']}{reason}"), first=f"{MARKS[check['outcome']]} ", indent=2)


def render_doctor(findings: list[Document], page: Page) -> None:
    """Write one line for each thing looked at, and the repair below what is not in order."""
    widest = max((len(finding["check"]) for finding in findings), default=0)
    for finding in findings:
        mark = "ok   " if finding["ok"] else "FAULT"
        style = Style.PLAIN if finding["ok"] else Style.WARNING
        page.write(Span(finding["detail"], style), first=f"{finding['check']:<{widest}}  {mark}  ")
        if finding["repair"]:
            page.write(Span(f"→ {finding['repair']}", Style.DIM), indent=widest + 9)
