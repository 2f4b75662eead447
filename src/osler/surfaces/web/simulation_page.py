"""The rows of a simulation's page, from its document: outcomes side by side, parameters, sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from osler.mechanism.occupancy_words import level, percent
from osler.surfaces.words import Document

ROWS: Final[tuple[tuple[str, str, Callable[[float], str]], ...]] = (
    ("Highest level, mg/L", "peak_mg_per_L", level),
    ("Lowest level, mg/L", "trough_mg_per_L", level),
    ("Mean level, mg/L", "mean_mg_per_L", level),
    ("Receptors held, most", "occupancy_peak", percent),
    ("Receptors held, least", "occupancy_trough", percent),
    ("Time above 90% held", "share_of_time_above_high", percent),
    ("CRP, share of its start", "crp_end", percent),
)


def outcome_rows(found: Document) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return title and cells of each row: the value, and the band of the samples or an empty text."""
    rows = []
    for title, name, show in ROWS:
        outcomes = [run["outcomes"][name] for run in found["regimens"]]
        rows.append((title, [(show(each["value"]), _band(each["band"], show)) for each in outcomes]))
    return rows


def _band(band: list[float] | None, show: Callable[[float], str]) -> str:
    return "" if band is None else f"{show(band[0])} to {show(band[2])}"


def parameter_rows(found: Document) -> list[dict[str, Any]]:
    """Return each parameter with its value and range as text, and the numbers of its sources."""
    numbers = {source["key"]: number for number, source in enumerate(found["sources"], start=1)}
    return [
        {
            "symbol": each["symbol"],
            "title": each["title"],
            "value": f"{each['value']:.4g}",
            "range": "" if each["low"] == each["high"] else f"{each['low']:.4g} to {each['high']:.4g}",
            "unit": "" if each["unit"] == "1" else each["unit"],
            "text": each["text"],
            "numbers": [numbers[key] for key in each["sources"]],
        }
        for each in found["parameters"]
    ]


def source_rows(found: Document) -> list[dict[str, str]]:
    """Return each source with where it can be read."""
    return [
        {"citation": each["citation"], "seen": each["seen"], "address": _address(each)}
        for each in found["sources"]
    ]


def _address(source: Document) -> str:
    if source["doi"]:
        return f"https://doi.org/{source['doi']}"
    if source["pmid"]:
        return f"https://pubmed.ncbi.nlm.nih.gov/{source['pmid']}/"
    if source["pmcid"]:
        return f"https://pmc.ncbi.nlm.nih.gov/articles/{source['pmcid']}"
    return str(source["url"])
