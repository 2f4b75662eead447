"""The names under which a person asks PubMed for one record: ``pmid:``, ``doi:`` and ``pmc:``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from osler.errors import UsageError
from osler.formats.identifiers import normal_doi, normal_pmcid, normal_pmid
from osler.model.source import Source


class Scheme(StrEnum):
    """Kinds of identifier that PubMed can look up."""

    PMID = "pmid"
    DOI = "doi"
    PMC = "pmc"


_EXAMPLES: Final = {
    Scheme.PMID: "pmid:12345",
    Scheme.DOI: "doi:10.1000/xyz",
    Scheme.PMC: "pmc:PMC12345",
}
_NORMAL: Final = {
    Scheme.PMID: normal_pmid,
    Scheme.DOI: normal_doi,
    Scheme.PMC: normal_pmcid,
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier, in the spelling that a ``Source`` uses."""

    scheme: Scheme
    value: str

    @property
    def query(self) -> str:
        """The PubMed query that finds the record."""
        return {
            Scheme.PMID: f"{self.value}[uid]",
            Scheme.DOI: f'"{self.value}"[doi]',
            Scheme.PMC: f"{self.value}[pmcid]",
        }[self.scheme]

    def is_borne_by(self, source: Source) -> bool:
        """Tell whether ``source`` bears this very identifier."""
        borne = {Scheme.PMID: source.pmid, Scheme.DOI: source.doi, Scheme.PMC: source.pmcid}
        return borne[self.scheme] == self.value

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


def read_identifier(name: str) -> Identifier:
    """Return the identifier that ``name`` spells.

    Raises:
        UsageError: The scheme is none of the three, or the value cannot be one of it.
    """
    scheme_text, _, value = name.strip().partition(":")
    try:
        scheme = Scheme(scheme_text.lower())
    except ValueError:
        allowed = ", ".join(f"{scheme}:" for scheme in Scheme)
        raise UsageError(
            "PubMed cannot look this up", item=name, hint=f"use {allowed}", code="usage.identifier"
        ) from None
    normal = _NORMAL[scheme](value)
    if normal is not None and '"' not in normal:
        return Identifier(scheme, normal)
    raise UsageError(
        f"this is not a {scheme.upper()}",
        item=name,
        hint=f"for example {_EXAMPLES[scheme]}",
        code="usage.identifier",
    )
