"""The long, regular lists of a citation, read by pattern and cut out before the rest is parsed.

A parser's time goes by elements, and most elements of a citation stand in lists of one strict shape:
authors with affiliations, MeSH headings, chemicals; others (references, dates of processing) are never
read at all. A list that has not exactly the expected shape stays where it is and goes through the XML
parser, so that nothing is guessed and a broken citation is still found broken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, Final, NamedTuple

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
_KEYWORD: Final = re.compile(rf"<Keyword(?: [^>]*)?>([^<]*)</Keyword>{_SPACE}")
_JOURNAL: Final = re.compile(
    rf"<MedlineJournalInfo>{_SPACE}(?:<Country>[^<]*</Country>{_SPACE})?"
    rf"<MedlineTA>([^<&]*)</MedlineTA>{_SPACE}(?:<NlmUniqueID>[^<]*</NlmUniqueID>{_SPACE})?"
    rf"(?:<ISSNLinking>[^<]*</ISSNLinking>{_SPACE})?</MedlineJournalInfo>"
)


class _Shape(NamedTuple):
    """One list: the field it goes to, how it begins and ends, its entries and how one of them ends."""

    field: str
    opening: bytes
    closing: bytes
    entry: re.Pattern[str] | None
    entry_end: bytes


# In the order in which they stand in a citation.
_SHAPES: Final = (
    _Shape("authors", b"<AuthorList", b"</AuthorList>", _AUTHOR, b"</Author>"),
    _Shape("journal", b"<MedlineJournalInfo>", b"</MedlineJournalInfo>", None, b""),
    _Shape("substances", b"<ChemicalList>", b"</ChemicalList>", _CHEMICAL, b"</Chemical>"),
    _Shape("corrections", b"<CommentsCorrectionsList>", b"</CommentsCorrectionsList>", None, b""),
    _Shape("headings", b"<MeshHeadingList>", b"</MeshHeadingList>", _HEADING, b"</MeshHeading>"),
    _Shape("keywords", b"<KeywordList", b"</KeywordList>", _KEYWORD, b"</Keyword>"),
)
# Only an indexed citation has headings; in others there is nothing to look for.
_UNINDEXED_SHAPES: Final = tuple(s for s in _SHAPES if s.field not in {"substances", "headings"})
_INDEXED: Final = b'Status="MEDLINE"'
_GRANTS: Final = b"<GrantList"
_GRANTS_END: Final = b"</GrantList>"
_ARCHIVE: Final = ((b"<History>", b"</History>"), (b"<ReferenceList>", b"</ReferenceList>"))
# An ampersand last, so that nothing is resolved twice.
_ENTITIES: Final = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ENTITY: Final = re.compile(r"&[^;<]{0,12};?")
_REVISED: Final = re.compile(
    rb"<DateRevised>\s*<Year>(\d{4})</Year>\s*<Month>(\d\d)</Month>\s*<Day>(\d\d)</Day>\s*</DateRevised>"
)
_PMID_END: Final = b"</PMID>"
_HEAD: Final = 600
_OPENING: Final = 200
_NEAR: Final = 300


@dataclass(slots=True)
class Lists:
    """What was read by pattern; None where the list is absent or left to the XML parser.

    Attributes:
        rest: The citation without the lists that were read or are never read.
        revised: Date of the last revision.
        authors: Family name, initials and suffix of each author.
        headings: Names of the MeSH descriptors.
        substances: Names of the chemicals.
        keywords: Keywords of the first list of them.
        journal: Abbreviated title of the journal.
        corrections: True when a list that only names cited articles was cut out.
    """

    rest: bytes
    revised: str | None = None
    authors: list[tuple[str, str, str]] | None = None
    headings: list[str] | None = None
    substances: list[str] | None = None
    keywords: list[str] | None = None
    journal: str | None = None
    corrections: bool | None = None


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
    shapes = _SHAPES if fragment.find(_INDEXED, 0, _OPENING) > 0 else _UNINDEXED_SHAPES
    for field, opening, closing, entry, entry_end in shapes:
        start = fragment.find(opening, position)
        end = fragment.find(closing, start) if start >= 0 else -1
        if end < 0:
            continue
        end += len(closing)
        found: Any
        if entry is not None:
            found = _read(fragment[start + len(opening) : end - len(closing)], entry, entry_end)
        elif field == "journal":
            found = _read_journal(fragment[start:end])
        else:
            found = _are_citings(fragment, start, end)
        if found is None:
            continue
        setattr(lists, field, found)
        kept.append(fragment[position:start])
        position = end
        if field == "authors":
            grants = fragment.find(_GRANTS, position, position + _NEAR)
            grants_end = fragment.find(_GRANTS_END, grants) if grants > 0 else -1
            if grants_end > 0:
                kept.append(fragment[position:grants])
                position = grants_end + len(_GRANTS_END)
    kept.append(fragment[position:])
    lists.rest = b"".join(kept)
    return lists


def _read(inside: bytes, entry: re.Pattern[str], entry_end: bytes) -> list[Any] | None:
    """Return the entries of one list, or None when anything in it is not of the expected shape."""
    try:
        text = inside.decode("utf-8")
    except UnicodeDecodeError:
        return None
    found = entry.findall(text)
    # An entry that the pattern did not know, or a broken one, is missing from what was found.
    if len(found) != inside.count(entry_end):
        return None
    # Line breaks in a name, and control characters, which XML forbids, are left to the parser.
    if not all(map(str.isprintable, found if entry.groups == 1 else chain.from_iterable(found))):
        return None
    if b"&" not in inside:
        return found
    if not set(_ENTITY.findall(text)) <= _ENTITIES.keys():
        return None
    if entry.groups == 1:
        return [_unescape(name) for name in found]
    return [tuple(map(_unescape, names)) for names in found]


@lru_cache(maxsize=4096)
def _read_journal(info: bytes) -> str | None:
    """Return the abbreviated title of a journal; the same few thousand journals come again and again."""
    found = _JOURNAL.fullmatch(info.decode("utf-8", "replace"))
    return found[1] if found and found[1].isprintable() else None


def _are_citings(fragment: bytes, start: int, end: int) -> bool | None:
    """Return True when the list only says what the article cites, which nobody reads."""
    cites = fragment.count(b'RefType="Cites"', start, end)
    return True if cites == fragment.count(b"RefType=", start, end) else None


def _unescape(text: str) -> str:
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
