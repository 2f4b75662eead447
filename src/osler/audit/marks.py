"""How a text cites: numbers in brackets, authors with years, identifiers; found and taken out.

A raised number has become ``[3]`` when the text was read; in plain text it is still raised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_LIST: Final = r"\d{1,3}(?:\s*[,;]\s*\d{1,3}|\s*[–-]\s*\d{1,3})*"
_NUMBERED: Final = re.compile(rf"\s?\[(?P<list>{_LIST})\]")
_RAISED: Final = re.compile(
    r"(?<=[A-Za-z)\]%.,;:”\"])(?<![\s/(][cmkd]m)(?<![\s/(]m)(?P<list>[¹²³⁰⁴-⁹][¹²³⁰⁴-⁹,⁻–-]*)(?!\w)"
)
_NAME: Final = r"[A-Z][\w'’-]+(?:\s+(?:and|&)\s+[A-Z][\w'’-]+|,?\s+et\s+al\.?|\s+and\s+colleagues)?"
_YEAR: Final = r"(?:19|20)\d\d[a-z]?"
_AUTHOR: Final = re.compile(
    rf"\s?\((?:see\s+|e\.g\.,?\s+)?{_NAME},?\s+{_YEAR}(?:\s*;\s*{_NAME},?\s+{_YEAR})*\)"
)
_IDENTIFIER: Final = re.compile(
    r"\s?\(?\b(?:PMID:?\s?\d{4,9}|PMC\d{5,9}|doi:?\s?10\.\d{4,9}/[^\s)\]]+|https?://[^\s)\]]+)\)?",
    re.IGNORECASE,
)
_DIGITS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_LONGEST_RUN: Final = 50


@dataclass(frozen=True, slots=True)
class Marks:
    """What a sentence cites.

    Attributes:
        numbers: The numbers it cites, each once, in order; runs such as ``3-5`` are counted out.
        named: Authors with years, and identifiers, as written.
        bare: The sentence without any of it.
    """

    numbers: tuple[int, ...]
    named: tuple[str, ...]
    bare: str

    @property
    def any(self) -> bool:
        """Whether anything is cited."""
        return bool(self.numbers or self.named)


def find_marks(text: str) -> Marks:
    """Return what ``text`` cites, and ``text`` without the citations."""
    numbers: dict[int, None] = {}
    named: list[str] = []
    cuts: list[tuple[int, int]] = []
    for pattern in (_NUMBERED, _RAISED):
        for found in pattern.finditer(text):
            numbers.update(dict.fromkeys(_counted(found["list"].translate(_DIGITS))))
            cuts.append(found.span())
    for pattern in (_AUTHOR, _IDENTIFIER):
        for found in pattern.finditer(text):
            named.append(found.group().strip(" ()"))
            cuts.append(found.span())
    return Marks(tuple(numbers), tuple(named), _without(text, cuts))


def _counted(listed: str) -> list[int]:
    numbers: list[int] = []
    for part in re.split(r"[,;]", listed.replace("–", "-")):
        ends = [int(end) for end in part.split("-") if end.strip().isdigit()]
        if len(ends) == 2 and 0 <= ends[1] - ends[0] <= _LONGEST_RUN:
            numbers += range(ends[0], ends[1] + 1)
        else:
            numbers += ends
    return numbers


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    kept, position = [], 0
    for start, end in sorted(cuts):
        if start >= position:
            kept.append(text[position:start])
        position = max(position, end)
    kept.append(text[position:])
    bare = re.sub(r"\(\s*\)", "", "".join(kept))
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(bare.split()))
