"""The tables of words that a search knows before any library is loaded, each read once when first used.

They lie beside this file as plain text under ``tables``; the first lines of each name its sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

Ring = tuple[str, ...]
"""Names of one thing."""


class LayRow(NamedTuple):
    """What an everyday or ward word is called in the literature, and where that was seen."""

    terms: tuple[str, ...]
    source: str


@cache
def brands() -> Mapping[str, tuple[str, ...]]:
    """Return the substances of each product, by its name in lower case."""
    found: dict[str, tuple[str, ...]] = {}
    for brand, substance, _source in _rows("brands.tsv"):
        found[brand] = (*found[brand], substance) if brand in found else (substance,)
    return found


@cache
def substances() -> Mapping[str, Ring]:
    """Return all names of a substance by each of its names, in lower case."""
    return {name: tuple(cells) for cells in _rows("substances.tsv") for name in cells}


@cache
def medicines() -> frozenset[str]:
    """Return the names of medicines that consist of one word."""
    return frozenset(medicines_in_order())


@cache
def medicines_in_order() -> Ring:
    """Return the same names in the order of the alphabet."""
    return tuple(_lines("medicines.txt"))


@cache
def names() -> Mapping[str, tuple[Ring, ...]]:
    """Return the rings that a folded name of a disease, test or procedure stands in."""
    found: dict[str, tuple[Ring, ...]] = {}
    for _source, *ring in _rows("names.tsv"):
        for name in ring:
            found[name] = (*found.get(name, ()), tuple(ring))
    return found


@cache
def lay_words() -> Mapping[str, LayRow]:
    """Return the rows of the lay table by the folded word or phrase."""
    return {
        phrase.strip(): LayRow(tuple(term.strip() for term in terms.split("|")), source)
        for phrases, terms, source in _rows("lay.tsv")
        for phrase in phrases.split("|")
    }


@cache
def everyday_words() -> frozenset[str]:
    """Return words that need no repair and are no products, however rare in a library."""
    return frozenset(everyday_in_order())


@cache
def everyday_in_order() -> Ring:
    """Return the same words in the order of the alphabet."""
    return tuple(_lines("everyday.txt"))


def _rows(name: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in _lines(name))


def _lines(name: str) -> list[str]:
    """Return the lines of a table without those that head it; none but those begins with ``# ``."""
    lines = (files("osler.retrieval") / "tables" / name).read_text("utf-8").splitlines()
    heading = 0
    while lines[heading].startswith("# "):
        heading += 1
    return lines[heading:]
