"""Whether a quote tears a figure, and whether words put around a quote bring figures of their own.

Reads figures as they are written, number and unit together, so that ``10 mg`` is not found in
``10 mg/kg``; typed comparison is for statements in other words than the source's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from osler.model.passage import Passage
from osler.model.source import Source
from osler.model.verdict import Check
from osler.text.normalise import fold
from osler.verify.checks import CheckName, failed, passed, skipped

_NUMERAL: Final = re.compile(
    r"[-+<>=~]*\d+(?:[.,]\d+)*(?:\^[-+]?\d+)?(?:\s?%|(?:\s|-)?(?:[a-z]+(?:/[a-z0-9]+)+|mg|ug|mcg"
    r"|ng|pg|kg|g|ml|l|dl"
    r"|mmol|umol|iu|u|h|hours?|days?|weeks?|months?|years?)(?![a-z]))?"
)
_JOINED: Final = re.compile(r"\d[\d.,]*\s?[-–/]\s?\d(?:[\d.,]*\d)?|\d(?:[\d.,/×^–-]*\d)?(?:\s?%)?")
_LEAD_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_NEAR: Final = 24


def check_added_figures(
    added: tuple[str, ...], lead: str, *, passage: Passage, source: Source, start: int, end: int
) -> Check:
    """Return whether added words and the lead bring no figure of their own, and the span tears none."""
    text = passage.text
    torn = torn_figure(text, start) or torn_figure(text, end)
    if torn:
        return failed(CheckName.FIGURES, f"the quote tears the figure {torn!r} apart")
    for words in added:
        missing = next((n for n in _numerals(words) if n not in _numerals_of(text)), None)
        if missing is not None:
            return failed(CheckName.FIGURES, f"the added figure {missing!r} is not in the passage")
    fault = _lead_fault(lead, text, source)
    if fault:
        return failed(CheckName.FIGURES, fault)
    if not any(char.isdigit() for char in text[start:end]):
        return skipped(CheckName.FIGURES, "the quote holds no figures")
    return passed(CheckName.FIGURES)


def torn_figure(text: str, offset: int) -> str:
    """Return the figure that a cut at ``offset`` of ``text`` would tear, or an empty string."""
    if not 0 < offset < len(text):
        return ""
    begin = max(0, offset - _NEAR)
    for found in _JOINED.finditer(text, begin, min(len(text), offset + _NEAR)):
        if found.start() < offset < found.end():
            return found.group().strip()
    return ""


@lru_cache(maxsize=64)
def _numerals_of(text: str) -> frozenset[str]:
    return frozenset(_numerals(text))


def _numerals(text: str) -> Iterator[str]:
    for found in _NUMERAL.finditer(fold(text)):
        yield re.sub(r"\s", "", found.group())


def _lead_fault(lead: str, text: str, source: Source) -> str:
    """Say which figure of ``lead`` neither the record nor the passage holds."""
    for found in _LEAD_NUMBER.findall(lead):
        bare = found.replace(",", "")
        if bare in {str(source.participants), str(source.year)}:
            continue
        if not re.search(rf"(?<![\d.,])(?:{re.escape(found)}|{re.escape(bare)})(?![\d]|[.,]\d)", text):
            return f"the figure {found!r} of the lead is in neither the record nor the passage"
    return ""
