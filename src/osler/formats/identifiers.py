"""Identifiers as the library stores them: a DOI in lower case without resolver, a PMID as digits."""

from __future__ import annotations

import re
from typing import Final

_DOI: Final = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)
_PMCID: Final = re.compile(r"(?:PMC)?(\d+)(?:\.\d+)?", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


def normal_doi(text: str) -> str | None:
    """Return the DOI in ``text`` in lower case, without ``doi:`` or the resolver's address, or None."""
    found = _DOI.search(text)
    return found[0].rstrip(".,;\"'>").lower() if found else None


def normal_pmid(text: str) -> str | None:
    """Return ``text`` as digits without leading zeros, or None when it is not a PMID."""
    digits = text.strip().removeprefix("pmid:").removeprefix("PMID:").strip()
    return digits.lstrip("0") or None if digits.isascii() and digits.isdigit() else None


def normal_pmcid(text: str) -> str | None:
    """Return ``PMC`` and digits, or None when ``text`` is not a PMCID."""
    found = _PMCID.fullmatch(text.strip())
    return f"PMC{found[1]}" if found else None


def find_year(text: str) -> int | None:
    """Return the first four-digit year from 1500 to 2099 in ``text``, or None."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None
