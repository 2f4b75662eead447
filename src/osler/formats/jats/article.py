"""The front matter of one JATS article becomes the bibliographic record; ``body`` gives the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from osler.formats.design import classify, kind_of
from osler.formats.identifiers import find_year, normal_doi, normal_pmcid, normal_pmid
from osler.formats.jats.body import inline, read_abstracts, read_body
from osler.formats.markup import clean, tidy
from osler.formats.participants import count_participants
from osler.formats.wording import Wording
from osler.ids import sha256_text
from osler.model.record import Record
from osler.model.source import Design, Kind, Link, Relation, Source, Status

_TYPES: Final = {
    "systematic-review": "Systematic Review",
    "meta-analysis": "Meta-Analysis",
    "review-article": "Review",
    "case-report": "Case Reports",
    "editorial": "Editorial",
    "letter": "Letter",
    "article-commentary": "Comment",
    "commentary": "Comment",
    "reply": "Comment",
    "news": "News",
    "book-review": "News",
    "obituary": "Biography",
    "correction": "Published Erratum",
    "retraction": "Retraction of Publication",
    "expression-of-concern": "Expression of Concern",
    "clinical-trial": "Clinical Trial",
    "guideline": "Guideline",
    "preprint": "Preprint",
    "protocol": "Clinical Trial Protocol",
}
"""``article-type`` and the publication type it stands for; ``research-article`` says nothing."""

_RELATIONS: Final = {
    "retracted-article": Relation.RETRACTS,
    "retraction-forward": Relation.RETRACTED_BY,
    "retracted-by": Relation.RETRACTED_BY,
    "corrected-article": Relation.CORRECTS,
    "correction-forward": Relation.CORRECTED_BY,
    "object-of-concern": Relation.CONCERN_BY,
    "concern-forward": Relation.CONCERN_BY,
    "update": Relation.UPDATES,
    "updated-article": Relation.UPDATES,
}
_STANDING: Final = (
    (Relation.RETRACTED_BY, Status.RETRACTED),
    (Relation.CONCERN_BY, Status.CONCERN),
    (Relation.UPDATED_BY, Status.SUPERSEDED),
    (Relation.CORRECTED_BY, Status.CORRECTED),
)
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_LANGUAGES: Final = {
    "en": "eng", "de": "ger", "fr": "fre", "es": "spa", "it": "ita", "pt": "por", "ru": "rus",
    "zh": "chi", "ja": "jpn", "nl": "dut", "pl": "pol", "tr": "tur", "ko": "kor",
}  # fmt: skip
_CC: Final = re.compile(
    r"creativecommons\.org/(?:licenses|licences)/([a-z-]+)/(\d\.\d)|creativecommons\.org/publicdomain/(zero|mark)"
)
_CC_WORDS: Final = re.compile(
    r"creative commons[\s-]+attribution(?:[\s-]+(non-?commercial))?"
    r"(?:[\s-]+(share-?alike)|[\s-]+(no-?deriv\w*))?"
)
# The date is the one that PubMed gives and that a reference prints.
_DATES: Final = ("ppub", "collection", "epub", "pub", "epreprint", "pmc-release")
_UNCOUNTED: Final = frozenset(
    {Design.LABORATORY, Design.NARRATIVE_REVIEW, Design.GUIDELINE, Design.SYSTEMATIC_REVIEW}
)


def read_article(
    article: Element, *, kind: Kind | None, licence: str | None, scope: str
) -> Record | None:
    """Return the record of one ``article``, or None when nothing identifies it."""
    meta = article.find("front/article-meta")
    if meta is None:
        meta = article.find("front-stub")
    if meta is None:
        return None
    ids = _read_ids(meta)
    pmcid = normal_pmcid(ids.get("pmc") or ids.get("pmcid") or ids.get("pmcaid") or "")
    pmid = normal_pmid(ids.get("pmid", ""))
    doi = normal_doi(ids.get("doi", ""))
    title = _read_title(meta)
    key = _key(pmcid, doi, pmid, title)
    if key is None:
        return None
    abstract = read_abstracts(meta)
    blocks = (*abstract, *read_body(article))
    container = _read_container(article)
    types = _read_types(article, meta)
    headings = tuple(dict.fromkeys(_read_keywords(meta)))
    wording = Wording(abstract or blocks[:3])
    design = classify(title, wording, types=types, headings=headings, container=container).design
    links = tuple(_read_links(article))
    year, date = _read_date(meta)
    source = Source(
        key=key,
        kind=kind or kind_of(design),
        design=Design(kind.value) if kind is Kind.GUIDELINE or kind is Kind.LABEL else design,
        title=title,
        authors=tuple(_read_authors(meta)),
        container=container,
        year=year,
        date=date,
        pmid=pmid,
        pmcid=pmcid,
        doi=doi,
        licence=_read_licence(meta) or licence,
        status=_standing(article, links, title or ""),
        participants=None if design in _UNCOUNTED else count_participants(wording),
        publication_types=types,
        headings=headings,
        language=_LANGUAGES.get((article.get(_LANGUAGE) or "")[:2].lower()),
        links=links,
        revision=_read_revision(meta),
        scope=scope,
    )
    return Record(source, blocks)


def _key(pmcid: str | None, doi: str | None, pmid: str | None, title: str | None) -> str | None:
    if pmcid:
        return f"pmc:{pmcid}"
    if doi:
        return f"doi:{doi}"
    if pmid:
        return f"pmid:{pmid}"
    return "file:" + sha256_text(title)[:20] if title else None


def _read_ids(meta: Element) -> dict[str, str]:
    return {
        entry.get("pub-id-type", ""): (entry.text or "").strip() for entry in meta.findall("article-id")
    }


def _text(element: Element | None) -> str:
    return clean(tidy(inline(element))) if element is not None else ""


def _read_title(meta: Element) -> str | None:
    group = meta.find("title-group")
    if group is None:
        return None
    title = _text(group.find("article-title"))
    subtitle = _text(group.find("subtitle"))
    if subtitle:
        title = f"{title} {subtitle}" if title.endswith((":", "?", ".", "!")) else f"{title}: {subtitle}"
    return title or None


def _read_container(article: Element) -> str | None:
    journal = article.find("front/journal-meta")
    if journal is None:
        return None
    for entry in journal.findall("journal-id"):
        if entry.get("journal-id-type") == "nlm-ta" and entry.text:
            return tidy(entry.text)
    for path in ("journal-title-group/journal-title", "journal-title", "publisher/publisher-name"):
        name = _text(journal.find(path))
        if name:
            return name
    return None


def _read_types(article: Element, meta: Element) -> tuple[str, ...]:
    found = []
    stated = _TYPES.get((article.get("article-type") or "").lower())
    if stated:
        found.append(stated)
    for subject in meta.findall("article-categories/subj-group/subject"):
        name = _text(subject)
        folded = name.lower()
        if "systematic review" in folded or "meta-analysis" in folded:
            found.append("Systematic Review")
        elif "case report" in folded:
            found.append("Case Reports")
        elif "guideline" in folded:
            found.append("Guideline")
        elif folded in {"review", "review article", "reviews"}:
            found.append("Review")
    return tuple(dict.fromkeys(found))


def _read_keywords(meta: Element) -> Iterator[str]:
    for keyword in meta.iter("kwd"):
        name = _text(keyword)
        if name:
            yield name


def _read_authors(meta: Element) -> Iterator[str]:
    for contributor in meta.iter("contrib"):
        if contributor.get("contrib-type", "author") != "author":
            continue
        name = contributor.find("name")
        if name is None:
            name = contributor.find("name-alternatives/name")
        if name is None:
            collective = _text(contributor.find("collab"))
            if collective:
                yield collective
            continue
        family = _text(name.find("surname"))
        initials = _initials(_text(name.find("given-names")))
        suffix = _text(name.find("suffix"))
        full = " ".join(part for part in (family, initials, suffix) if part)
        if full:
            yield full


def _initials(given: str) -> str:
    """Return ``Mikhail Y`` as ``MY`` and ``Jean-Paul`` as ``JP``; initials stay as they are."""
    if given.isupper() and len(given) <= 4 and given.isalpha():
        return given
    parts = re.split(r"[\s.\-‐]+", given)
    return "".join(part[0].upper() for part in parts if part and part[0].isalpha())


def _read_date(meta: Element) -> tuple[int | None, str | None]:
    dates: dict[str, tuple[int, str]] = {}
    for entry in meta.findall("pub-date"):
        year = find_year(entry.findtext("year") or "")
        if year is None:
            continue
        stated = entry.get("pub-type") or entry.get("date-type") or "pub"
        form = "epub" if entry.get("publication-format") == "electronic" and stated == "pub" else stated
        dates.setdefault(form, (year, _iso(year, entry.findtext("month"), entry.findtext("day"))))
    for form in _DATES:
        if form in dates:
            return dates[form]
    return next(iter(dates.values()), (None, None))


def _iso(year: int, month: str | None, day: str | None) -> str:
    if not (month and month.strip().isdigit() and 0 < int(month) < 13):
        return str(year)
    if not (day and day.strip().isdigit() and 0 < int(day) < 32):
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _read_licence(meta: Element) -> str | None:
    """Return the Creative Commons licence by its short name, else the address or the words given."""
    for licence in meta.iter("license"):
        addresses = [licence.get(_HREF) or ""]
        addresses += [link.get(_HREF) or link.text or "" for link in licence.iter("ext-link")]
        addresses += [
            link.text or "" for link in licence.iter() if str(link.tag).endswith("license_ref")
        ]
        for address in addresses:
            short = _creative_commons(address)
            if short:
                return short
        words = _text(licence)
        short = _creative_commons(words)
        if short:
            return short
        if addresses[0]:
            return addresses[0]
        if words:
            return words[:200]
    return None


def _creative_commons(text: str) -> str | None:
    found = _CC.search(text.lower())
    if not found:
        worded = _CC_WORDS.search(text.lower())
        if not worded:
            return None
        terms = (("NC", worded[1]), ("SA", worded[2]), ("ND", worded[3]))
        return "-".join(["CC BY", *(short for short, said in terms if said)])
    if found[3]:
        return "CC0 1.0" if found[3] == "zero" else "Public domain"
    return f"CC {found[1].upper()} {found[2]}"


def _read_links(article: Element) -> Iterator[Link]:
    for entry in article.iter("related-article"):
        relation = _RELATIONS.get(entry.get("related-article-type", ""))
        if relation is None:
            continue
        address = entry.get(_HREF) or ""
        doi, pmid = normal_doi(address), normal_pmid(address)
        if entry.get("ext-link-type") == "pmc" and normal_pmcid(address):
            target = f"pmc:{normal_pmcid(address)}"
        elif doi:
            target = f"doi:{doi}"
        elif pmid:
            target = f"pmid:{pmid}"
        else:
            target = address or _text(entry)
        if target:
            yield Link(relation, target)


def _standing(article: Element, links: tuple[Link, ...], title: str) -> Status:
    folded = title.lower()
    if folded.startswith(("retracted:", "retracted article:", "[retracted]")):
        return Status.RETRACTED
    if folded.startswith("withdrawn:"):
        return Status.WITHDRAWN
    if (article.get("article-type") or "").lower() == "retracted-article":
        return Status.RETRACTED
    relations = {link.relation for link in links}
    return next((status for relation, status in _STANDING if relation in relations), Status.CURRENT)


def _read_revision(meta: Element) -> str:
    version = meta.findtext("article-version") or ""
    return f"{int(version):04d}-" if version.strip().isdigit() else ""
