"""References and sources in words: NLM citation-sequence style, design, size, standing.

Takes the plain mappings of the public contract; never looks anything up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from osler.surfaces.cli.page import Page, Span, Style

Document = Mapping[str, Any]
NAMED_AUTHORS: Final = 6
DESIGNS: Final[Mapping[str, str]] = {
    "guideline": "guideline",
    "label": "drug label",
    "systematic_review": "systematic review",
    "randomised_trial": "randomised trial",
    "cohort": "cohort or case-control study",
    "case_series": "case series or report",
    "narrative_review": "narrative review",
    "laboratory": "laboratory or animal study",
    "preprint": "preprint, not peer reviewed",
    "other": "design not stated",
}
STANDINGS: Final[Mapping[str, str]] = {
    "corrected": "corrected since",
    "concern": "expression of concern",
    "retracted": "RETRACTED",
    "superseded": "superseded",
    "withdrawn": "withdrawn from this library",
}


def cite_in_nlm_style(reference: Document) -> str:
    """Return authors, title, container, year and identifiers; what is not known is left out.

    Style: NLM citation-sequence (Citing Medicine), six authors and then et al.
    """
    authors = list(reference.get("authors") or ())
    names = ", ".join(authors[:NAMED_AUTHORS])
    if len(authors) > NAMED_AUTHORS:
        names += ", et al"
    parts = [names, reference.get("title") or "", reference.get("container") or ""]
    year = reference.get("year")
    parts.append(str(year) if year else "")
    text = " ".join(_with_full_stop(part) for part in parts if part)
    identifiers = [
        f"doi:{reference['doi']}" if reference.get("doi") else "",
        f"PMID:\N{NO-BREAK SPACE}{reference['pmid']}" if reference.get("pmid") else "",
        f"PMCID:\N{NO-BREAK SPACE}{reference['pmcid']}" if reference.get("pmcid") else "",
    ]
    found = ". ".join(part for part in identifiers if part)
    address = "" if found else reference.get("url") or ""
    return " ".join(part for part in (text, found or address) if part)


def _with_full_stop(part: str) -> str:
    stripped = part.strip()
    return stripped if stripped.endswith((".", "?", "!")) else f"{stripped}."


def standing(reference: Document) -> str:
    """Return what a reader must know about the source's standing; empty for a current one."""
    status = reference.get("status") or "current"
    return "" if status == "current" else STANDINGS.get(status, status)


def nature(reference: Document) -> str:
    """Return design, number of people studied and whose words the library holds."""
    design = reference.get("design") or "other"
    size = reference.get("n")
    parts = [
        DESIGNS.get(design, design.replace("_", " ")),
        f"n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}{size}" if size else "",
        "held as a curator's summary" if reference.get("text_kind") == "summary" else "",
    ]
    return " · ".join(part for part in parts if part)


def write_reference(page: Page, reference: Document) -> None:
    """Write one entry of the reference list, with its number."""
    label = f"{reference['number']}."
    page.write(Span(cite_in_nlm_style(reference)), first=f"{label:<4}", indent=2)
    warning = standing(reference)
    spans = [Span(nature(reference), Style.DIM)]
    if warning:
        spans += [Span(" · ", Style.DIM), Span(warning, Style.WARNING)]
    page.write(*spans, indent=6)
