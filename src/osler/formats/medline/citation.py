"""One ``MedlineCitation`` becomes one ``Record``: bibliographic fields, standing, and the abstract.

Written for speed (every citation of PubMed passes here): each list of children is walked once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from osler.formats.design import classify, kind_of
from osler.formats.identifiers import find_year, normal_doi, normal_pmcid
from osler.formats.labels import role_of, split_labels
from osler.formats.markup import clean_xml, flatten, tidy
from osler.formats.medline.lists import Lists
from osler.formats.participants import count_participants
from osler.formats.wording import Wording
from osler.model.passage import Role
from osler.model.record import Block, Record
from osler.model.source import Design, Kind, Link, Relation, Source, Status

RELATIONS: Final = {
    "RetractionIn": Relation.RETRACTED_BY,
    "RetractedandRepublishedIn": Relation.RETRACTED_BY,
    "RetractionOf": Relation.RETRACTS,
    "RetractedandRepublishedFrom": Relation.RETRACTS,
    "ExpressionOfConcernIn": Relation.CONCERN_BY,
    "PartialRetractionIn": Relation.CONCERN_BY,
    "ErratumIn": Relation.CORRECTED_BY,
    "CorrectedandRepublishedIn": Relation.CORRECTED_BY,
    "ErratumFor": Relation.CORRECTS,
    "CorrectedandRepublishedFrom": Relation.CORRECTS,
    "UpdateIn": Relation.UPDATED_BY,
    "UpdateOf": Relation.UPDATES,
}
"""``RefType`` of ``CommentsCorrections`` and what it means; other types say nothing about standing."""

_STANDING: Final = (
    (Relation.RETRACTED_BY, Status.RETRACTED),
    (Relation.CONCERN_BY, Status.CONCERN),
    (Relation.UPDATED_BY, Status.SUPERSEDED),
    (Relation.CORRECTED_BY, Status.CORRECTED),
)
_MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_MEDLINE_MONTH: Final = re.compile(r"\b(?:1[5-9]|20)\d\d ([A-Z][a-z]{2})")
_BRACKETED: Final = re.compile(r"\[(.*)\](\.?)", re.DOTALL)
_PMC_NUMBER: Final = re.compile(r"PMC\d+")
_UNCOUNTED: Final = frozenset(
    {Design.LABORATORY, Design.NARRATIVE_REVIEW, Design.GUIDELINE, Design.SYSTEMATIC_REVIEW}
)
_Children = dict[str, Element]


@dataclass(frozen=True, slots=True)
class Marking:
    """What the caller says of every record of a file."""

    kind: Kind | None = None
    licence: str | None = None
    scope: str = "public"


def read_citation(root: Element, lists: Lists, marking: Marking) -> Record | None:
    """Return the record of a ``PubmedArticle`` or ``MedlineCitation``, or None when it has no PMID.

    Args:
        root: The citation without the lists that were read by pattern.
        lists: What was read by pattern.
        marking: What the caller says of every record.
    """
    data: Element | None = None
    citation = root
    if root.tag == "PubmedArticle":
        inner = root.find("MedlineCitation")
        if inner is None:
            return None
        citation, data = inner, root.find("PubmedData")
    top, keywords, other_ids = _walk_citation(citation)
    pmid_element, article = top.get("PMID"), top.get("Article")
    pmid = (pmid_element.text or "").strip().lstrip("0") if pmid_element is not None else ""
    if pmid_element is None or article is None or not (pmid.isascii() and pmid.isdigit()):
        return None
    parts, doi = _walk_article(article)
    blocks = _read_abstract(parts.get("Abstract"))
    types = _texts(parts.get("PublicationTypeList"))
    headings = _headings(lists, top.get("MeshHeadingList"), keywords)
    title = _read_title(parts.get("ArticleTitle")) or _read_title(parts.get("VernacularTitle"))
    container, year, date = _read_journal(lists.journal, parts, top.get("MedlineJournalInfo"))
    links = _read_links(top.get("CommentsCorrectionsList"))
    wording = Wording(blocks)
    design = classify(title, wording, types=types, headings=headings, container=container).design
    archive_doi, pmcid = _read_archive_ids(data, other_ids)
    languages = parts.get("Language")
    source = Source(
        key=f"pmid:{pmid}",
        kind=marking.kind or kind_of(design),
        design=_said_design(marking.kind) or design,
        title=title,
        authors=_read_authors(lists.authors, parts.get("AuthorList")),
        container=container,
        year=year,
        date=date,
        pmid=pmid,
        pmcid=pmcid,
        doi=doi or archive_doi,
        licence=marking.licence,
        status=_standing(types, links, title or ""),
        participants=None if design in _UNCOUNTED else count_participants(wording),
        publication_types=types,
        headings=headings,
        substances=_substances(lists.substances, top.get("ChemicalList")),
        language=languages.text if languages is not None else None,
        links=links,
        revision=_revision(lists.revised, pmid_element, top),
        scope=marking.scope,
    )
    return Record(source, blocks)


def _walk_citation(citation: Element) -> tuple[_Children, list[Element], list[Element]]:
    """Return the children by tag, and apart those that come more than once: keywords, other ids."""
    top: _Children = {}
    keywords: list[Element] = []
    other_ids: list[Element] = []
    for child in citation:
        tag = child.tag
        if tag == "KeywordList":
            keywords.append(child)
        elif tag == "OtherID":
            other_ids.append(child)
        else:
            top[tag] = child
    return top, keywords, other_ids


def _walk_article(article: Element) -> tuple[_Children, str | None]:
    """Return the children by tag, and the first valid DOI among the electronic locations."""
    parts: _Children = {}
    doi: str | None = None
    for child in article:
        tag = child.tag
        if tag != "ELocationID":
            parts[tag] = child
        elif doi is None and child.get("EIdType") == "doi" and child.get("ValidYN") != "N":
            doi = normal_doi(child.text or "")
    return parts, doi


def _read_abstract(abstract: Element | None) -> tuple[Block, ...]:
    if abstract is None:
        return ()
    blocks: list[Block] = []
    for part in abstract:
        if part.tag != "AbstractText":
            continue
        text = clean_xml(flatten(part))
        if not text:
            continue
        label = part.get("Label")
        if label is None:
            blocks.extend(split_labels(text))
            continue
        label, role = _read_label(label, part.get("NlmCategory", ""))
        blocks.append(Block(text, role, label))
    return tuple(blocks)


@lru_cache(maxsize=4096)
def _read_label(label: str, category: str) -> tuple[str, Role]:
    label = "" if label.upper() == "UNLABELLED" else tidy(label)
    return label, role_of(label, category)


def _read_title(element: Element | None) -> str | None:
    if element is None:
        return None
    title = clean_xml(flatten(element))
    if title[:1] == "[":
        found = _BRACKETED.fullmatch(title)
        if found and not _closes_early(found[1]):
            inner = found[1].strip()
            # A translated title is printed in brackets, sometimes with the full stop outside them.
            title = inner if inner.endswith((".", "?", "!")) else inner + found[2]
    return title or None


def _closes_early(inner: str) -> bool:
    """Tell whether the bracket before ``inner`` closes inside it, as in ``[One] and [two]``."""
    depth = 0
    for char in inner:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return True
    return depth != 0


def _read_journal(
    abbreviated: str | None, parts: _Children, info: Element | None
) -> tuple[str | None, int | None, str | None]:
    journal = parts.get("Journal")
    container = abbreviated
    date: tuple[int | None, str | None] = (None, None)
    if journal is not None:
        issue = journal.find("JournalIssue")
        published = issue.find("PubDate") if issue is not None else None
        if published is not None:
            date = _read_date(published)
        if not container:
            container = journal.findtext("ISOAbbreviation") or journal.findtext("Title")
    if info is not None:
        container = info.findtext("MedlineTA") or container
    if date[0] is None:
        electronic = parts.get("ArticleDate")
        if electronic is not None:
            date = _read_date(electronic)
    return (tidy(container) or None) if container else None, *date


def _read_date(element: Element) -> tuple[int | None, str | None]:
    free = element.findtext("MedlineDate")
    if free is not None:
        return _free_date(free)
    find = element.findtext
    return _exact_date(find("Year", ""), find("Month", ""), find("Day", ""))


@lru_cache(maxsize=4096)
def _free_date(text: str) -> tuple[int | None, str | None]:
    """Read a date such as ``1998 Dec-1999 Jan`` or ``2000 Spring``."""
    year = find_year(text)
    if year is None:
        return None, None
    found = _MEDLINE_MONTH.match(text)
    month = _MONTHS.get(found[1]) if found else None
    return year, f"{year}-{month:02d}" if month else str(year)


@lru_cache(maxsize=4096)
def _exact_date(year: str, month: str, day: str) -> tuple[int | None, str | None]:
    found = find_year(year)
    if found is None:
        return None, None
    month, day = month.strip(), day.strip()
    number = int(month) if month.isascii() and month.isdigit() else _MONTHS.get(month[:3].title())
    if not number or number > 12:
        return found, str(found)
    if day.isascii() and day.isdigit() and 0 < int(day) < 32:
        return found, f"{found}-{number:02d}-{int(day):02d}"
    return found, f"{found}-{number:02d}"


def _said_design(kind: Kind | None) -> Design | None:
    return Design(kind.value) if kind is Kind.GUIDELINE or kind is Kind.LABEL else None


def _full_name(family: str, initials: str, suffix: str) -> str:
    name = f"{family} {initials}" if initials else family
    if suffix:
        name = f"{name} {suffix}"
    return name.strip()


def _read_authors(listed: list[tuple[str, str, str]] | None, authors: Element | None) -> tuple[str, ...]:
    if listed is not None:
        return tuple([_full_name(*names) for names in listed])
    if authors is None:
        return ()
    names: list[str] = []
    for author in authors:
        family = author.findtext("LastName")
        if family:
            initials, suffix = author.findtext("Initials", ""), author.findtext("Suffix", "")
            names.append(tidy(_full_name(family, initials, suffix)))
            continue
        collective = author.find("CollectiveName")
        if collective is not None:
            names.append(flatten(collective))
    return tuple([name for name in names if name])


def _read_links(corrections: Element | None) -> tuple[Link, ...]:
    if corrections is None:
        return ()
    links: list[Link] = []
    for entry in corrections:
        relation = RELATIONS.get(entry.get("RefType", ""))
        if relation is None:
            continue
        pmid = (entry.findtext("PMID") or "").strip().lstrip("0")
        target = f"pmid:{pmid}" if pmid else tidy(entry.findtext("RefSource") or "")
        if target:
            links.append(Link(relation, target))
    return tuple(links)


def _standing(types: tuple[str, ...], links: tuple[Link, ...], title: str) -> Status:
    if "Retracted Publication" in types or title.startswith(("RETRACTED:", "Retracted:")):
        return Status.RETRACTED
    if title.startswith(("WITHDRAWN:", "Withdrawn:")):
        return Status.WITHDRAWN
    if links:
        relations = {link.relation for link in links}
        for relation, status in _STANDING:
            if relation in relations:
                return status
    return Status.CURRENT


def _read_archive_ids(data: Element | None, other_ids: list[Element]) -> tuple[str | None, str | None]:
    """Return the DOI and the PMCID of the archive's own list (never of the reference list)."""
    doi: str | None = None
    pmcid: str | None = None
    ids = data.find("ArticleIdList") if data is not None else None
    if ids is not None:
        for entry in ids:
            scheme = entry.get("IdType")
            if scheme == "doi" and doi is None:
                doi = normal_doi(entry.text or "")
            elif scheme == "pmc" and pmcid is None:
                pmcid = normal_pmcid(entry.text or "")
    if pmcid is None:
        for other in other_ids:
            found = _PMC_NUMBER.match(other.text or "")
            if found:
                pmcid = found[0]
    return doi, pmcid


def _headings(lists: Lists, mesh: Element | None, keyword_lists: list[Element]) -> tuple[str, ...]:
    found = list(lists.headings or ())
    if mesh is not None:
        for heading in mesh:
            name = heading.findtext("DescriptorName")
            if name:
                found.append(name)
    found.extend([name.strip() for name in lists.keywords or ()])
    for keywords in keyword_lists:
        for keyword in keywords:
            name = flatten(keyword)
            if name:
                found.append(name)
    return tuple(dict.fromkeys([name for name in found if name]))


def _substances(listed: list[str] | None, chemicals: Element | None) -> tuple[str, ...]:
    names: list[str | None] = list(listed or ())
    if chemicals is not None:
        names = [chemical.findtext("NameOfSubstance") for chemical in chemicals]
    return tuple(dict.fromkeys([name for name in names if name]))


def _texts(element: Element | None) -> tuple[str, ...]:
    if element is None:
        return ()
    return tuple([child.text for child in element if child.text])


def _revision(revised: str | None, pmid: Element, top: _Children) -> str:
    """Return the version of the record and the date of its last revision, as text that sorts."""
    version = pmid.get("Version", "")
    if revised is not None:
        return f"0001-{revised}" if version == "1" else _numbered(version, revised)
    for tag in ("DateRevised", "DateCompleted", "DateCreated"):
        element = top.get(tag)
        if element is not None:
            year, month, day = (element.findtext(part, "").strip() for part in ("Year", "Month", "Day"))
            return _numbered(version, f"{year:0>4}-{month:0>2}-{day:0>2}")
    return _numbered(version, "")


def _numbered(version: str, date: str) -> str:
    number = int(version) if version.isascii() and version.isdigit() else 1
    return f"{number:04d}-{date}"
