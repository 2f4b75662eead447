"""The long, regular lists of a citation, read by pattern and cut out before the rest is parsed.

A parser's time goes by elements, and most elements of a citation stand in lists of one strict shape:
authors with affiliations, MeSH headings, chemicals; others (references, dates of processing) are never
read at all. A list that has not exactly the expected shape stays where it is and goes through the XML
parser, so that nothing is guessed and a broken citation is still found broken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

_SPACE: Final = r"[ \n\r\t]*"
_AUTHOR: Final = re.compile(
    rf"<Author(?: [^>]*)?>{_SPACE}<LastName>([^<]*)</LastName>{_SPACE}"
    rf"(?:<ForeName>[^<]*</ForeName>{_SPACE})?(?:<Initials>([^<]*)</Initials>{_SPACE})?"
    rf"(?:<Suffix>([^<]*)</Suffix>{_SPACE})?(?:<Identifier [^>]*>[^<]*</Identifier>{_SPACE})*"
    rf"(?:<AffiliationInfo>{_SPACE}<Affiliation>[^<]*</Affiliation>{_SPACE}</AffiliationInfo>{_SPACE})*"
    rf"</Author>{_SPACE}"
)
_HEADING: Final = re.compile(
    rf"<MeshHeading>{_SPACE}<DescriptorName [^>]*>([^<]*)</DescriptorName>{_SPACE}"
    rf"(?:<QualifierName [^>]*>[^<]*</QualifierName>{_SPACE})*</MeshHeading>{_SPACE}"
)
_CHEMICAL: Final = re.compile(
    rf"<Chemical>{_SPACE}<RegistryNumber>[^<]*</RegistryNumber>{_SPACE}"
    rf"<NameOfSubstance [^>]*>([^<]*)</NameOfSubstance>{_SPACE}</Chemical>{_SPACE}"
)
_AUTHORS: Final = b"<AuthorList"
_CHEMICALS: Final = b"<ChemicalList>"
_HEADINGS: Final = b"<MeshHeadingList>"
# In the order in which they stand in a citation: opening, closing, shape of an entry, its closing tag.
_SHAPES: Final = (
    (_AUTHORS, b"</AuthorList>", _AUTHOR, b"</Author>"),
    (_CHEMICALS, b"</ChemicalList>", _CHEMICAL, b"</Chemical>"),
    (b"<CommentsCorrectionsList>", b"</CommentsCorrectionsList>", None, b""),
    (_HEADINGS, b"</MeshHeadingList>", _HEADING, b"</MeshHeading>"),
)
# Only an indexed citation has headings; in others there is nothing to look for.
_INDEXED: Final = b'Status="MEDLINE"'
_UNINDEXED_SHAPES: Final = (_SHAPES[0], _SHAPES[2])
_ARCHIVE: Final = ((b"<History>", b"</History>"), (b"<ReferenceList>", b"</ReferenceList>"))
# An ampersand last, so that nothing is resolved twice.
_ENTITIES: Final = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ENTITY: Final = re.compile(r"&[^;<]{0,12};?")
_FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_REVISED: Final = re.compile(
    rb"<DateRevised>\s*<Year>(\d{4})</Year>\s*<Month>(\d\d)</Month>\s*<Day>(\d\d)</Day>\s*</DateRevised>"
)
_PMID_END: Final = b"</PMID>"
_HEAD: Final = 600
_OPENING: Final = 200


@dataclass(slots=True)
class Lists:
    """What was read by pattern; None where the list is absent or left to the XML parser.

    Attributes:
        rest: The citation without the lists that were read or are never read.
        revised: Date of the last revision.
        authors: Family name, initials and suffix of each author.
        headings: Names of the MeSH descriptors.
        substances: Names of the chemicals.
    """

    rest: bytes
    revised: str | None = None
    authors: list[tuple[str, str, str]] | None = None
    headings: list[str] | None = None
    substances: list[str] | None = None


def take_lists(fragment: bytes, *, archived: bool) -> Lists:
    """Return the lists of ``fragment`` and the rest of it.

    Args:
        fragment: One whole citation.
        archived: Whether it is a ``PubmedArticle``, whose history and references follow the citation.
    """
    if archived:
        fragment = _cut_archive(fragment)
    pmid_end = fragment.find(_PMID_END, 0, _HEAD)
    revised = _REVISED.search(fragment, pmid_end, pmid_end + _HEAD) if pmid_end > 0 else None
    date: str | None = None
    if revised:
        # With a date of revision the dates of creation and completion are not needed.
        date = b"-".join(revised.groups()).decode("ascii")
        fragment = fragment[: pmid_end + len(_PMID_END)] + fragment[revised.end() :]
    lists = Lists(fragment, date)
    kept: list[bytes] = []
    position = 0
    indexed = fragment.find(_INDEXED, 0, _OPENING) > 0
    for opening, closing, pattern, item in _SHAPES if indexed else _UNINDEXED_SHAPES:
        start = fragment.find(opening, position)
        end = fragment.find(closing, start) if start >= 0 else -1
        if end < 0:
            continue
        found = _read(fragment[start + len(opening) : end], pattern, item)
        if found is None:
            continue
        if opening is _AUTHORS:
            lists.authors = found
        elif opening is _HEADINGS:
            lists.headings = found
        elif opening is _CHEMICALS:
            lists.substances = found
        kept.append(fragment[position:start])
        position = end + len(closing)
    if kept:
        kept.append(fragment[position:])
        lists.rest = b"".join(kept)
    return lists


def _read(inside: bytes, pattern: re.Pattern[str] | None, item: bytes) -> list[Any] | None:
    """Return the entries of one list, or None when anything in it is not of the expected shape."""
    if pattern is None:
        return [] if inside.count(b'RefType="Cites"') == inside.count(b"RefType=") else None
    try:
        text = inside.decode("utf-8")
    except UnicodeDecodeError:
        return None
    found = pattern.findall(text)
    # An entry that the pattern did not know, or a broken one, is missing from what was found.
    if len(found) != inside.count(item):
        return None
    # XML forbids most control characters; the parser says where they stand.
    strings = found if pattern.groups == 1 else chain.from_iterable(found)
    if not all(map(str.isprintable, strings)) and _FORBIDDEN.search(text):
        return None
    if b"&" in inside and (b"&#" in inside or not set(_ENTITY.findall(text)) <= _ENTITIES.keys()):
        return None
    return found


def unescape(text: str) -> str:
    """Return ``text`` with XML's five entities resolved."""
    if "&" not in text:
        return text
    for entity, character in _ENTITIES.items():
        text = text.replace(entity, character)
    return text


def _cut_archive(fragment: bytes) -> bytes:
    """Return ``fragment`` without history and references, which follow the citation itself."""
    citation_end = fragment.rfind(b"</MedlineCitation>")
    for opening, closing in _ARCHIVE:
        start = fragment.find(opening, max(0, citation_end))
        end = fragment.rfind(closing, start) if start >= 0 else -1
        if end >= 0:
            fragment = fragment[:start] + fragment[end + len(closing) :]
    return fragment
