"""One entry of the reference list: its parts in NLM order, its nature, where it can be read.

Only addresses of the web are links: a source must not be able to bring along any other kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlsplit

from osler.surfaces.cli.render_reference import NAMED_AUTHORS, cite_in_nlm_style, nature, standing
from osler.surfaces.words import Document

PUBMED: Final = "https://pubmed.ncbi.nlm.nih.gov/"
PMC: Final = "https://pmc.ncbi.nlm.nih.gov/articles/"
DOI: Final = "https://doi.org/"


@dataclass(frozen=True, slots=True)
class Link:
    """Where a source can be read.

    Attributes:
        name: What it is called, such as ``PubMed``.
        address: Always ``http`` or ``https``.
    """

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class LaidReference:
    """One source as it is listed.

    Attributes:
        number: As in the text, from 1.
        authors: Six at most and then et al, or empty.
        title: Or empty.
        container: Journal, publisher or series, or empty.
        year: Or empty.
        nature: Design, number of people, whose words.
        standing: What a reader must know (``RETRACTED``), or empty.
        is_summary: Whether the library holds a curator's summary, not the source's own words.
        cited: All of it in one line, in NLM style.
        links: Where it can be read.
        source: Its id.
    """

    number: int
    authors: str
    title: str
    container: str
    year: str
    nature: str
    standing: str
    is_summary: bool
    cited: str
    links: tuple[Link, ...]
    source: str


def lay_out_reference(reference: Document) -> LaidReference:
    """Return a reference of the public contract, or the record of a source with a number, laid out."""
    authors = list(reference.get("authors") or ())
    names = ", ".join(authors[:NAMED_AUTHORS])
    return LaidReference(
        number=int(reference.get("number") or 0),
        authors=f"{names}, et al" if len(authors) > NAMED_AUTHORS else names,
        title=reference.get("title") or "",
        container=reference.get("container") or "",
        year=str(reference.get("year") or ""),
        nature=nature(reference),
        standing=standing(reference),
        is_summary=reference.get("text_kind") == "summary",
        cited=cite_in_nlm_style(reference).replace("\N{NO-BREAK SPACE}", " "),
        links=links_of(reference),
        source=str(reference.get("source") or reference.get("id") or ""),
    )


def links_of(reference: Document) -> tuple[Link, ...]:
    """Return where the source can be read, the registers first; its own address where there is none."""
    found = []
    if reference.get("pmid"):
        found.append(Link("PubMed", f"{PUBMED}{quote(str(reference['pmid']), safe='')}/"))
    if reference.get("pmcid"):
        found.append(Link("PMC", f"{PMC}{quote(str(reference['pmcid']), safe='')}/"))
    if reference.get("doi"):
        found.append(Link("DOI", f"{DOI}{quote(str(reference['doi']), safe='/:;()')}"))
    address = str(reference.get("url") or "")
    if not found and is_web_address(address):
        found.append(Link("Source", address))
    return tuple(found)


def is_web_address(address: str) -> bool:
    """Tell whether ``address`` is one of ``http`` or ``https`` with a host, and nothing cleverer."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and address.isprintable()
