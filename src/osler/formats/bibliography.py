"""Exports of reference managers: RIS (and its many dialects) and CSL-JSON.

A record with an abstract can be quoted; one without is kept for its bibliographic fields. Bytes in,
items out; no network, no database.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from osler.errors import InputError
from osler.formats.design import classify, kind_of
from osler.formats.guideline.document import read_text
from osler.formats.identifiers import find_year, normal_doi, normal_pmcid, normal_pmid
from osler.formats.jsonlines import holds_lone_surrogate
from osler.formats.labels import split_labels
from osler.formats.markup import clean, tidy
from osler.formats.participants import count_participants
from osler.formats.streams import iter_chunks, iter_lines, iter_utf8
from osler.formats.wording import Wording
from osler.ids import sha256_text
from osler.model.record import Block, Item, Record, Rejection
from osler.model.source import Design, Kind, Source

_Fields = Mapping[str, list[str]]

_TAG: Final = re.compile(r"^([A-Z][A-Z0-9]) {1,2}-(?: |$)(.*)$")
_PARAGRAPH: Final = re.compile(r"\s*\n\s*")
_TAGS_IN_TEXT: Final = re.compile(r"</?(?:p|jats:p|jats:sec|jats:title|b|i|em|strong|div|span)\b[^>]*>")
_TYPES: Final = {"CASE": "Case Reports", "NEWS": "News", "UNPB": "Preprint"}
_CSL_TYPES: Final = {"review": "Review", "article-newspaper": "News", "article": "Preprint"}
_UNCOUNTED: Final = frozenset({Design.LABORATORY, Design.NARRATIVE_REVIEW, Design.GUIDELINE})
_NO_ABSTRACT: Final = frozenset(
    {"", "no abstract available", "no abstract", "n/a", "[no abstract available]"}
)


@dataclass(frozen=True, slots=True)
class _Draft:
    """The bibliographic fields of one reference as its export gives them."""

    title: str
    authors: tuple[str, ...]
    container: str
    year: int | None
    pmid: str | None
    pmcid: str | None
    doi: str | None
    url: str
    types: tuple[str, ...]
    headings: tuple[str, ...]
    language: str


def read_ris(
    stream: BinaryIO,
    *,
    name: str,
    kind: Kind | None = None,
    licence: str | None = None,
    scope: str = "public",
) -> Iterator[Item]:
    """Yield the references of a RIS file; what stands between records is passed over.

    Raises:
        InputError: ``input.unreadable``, ``input.encoding`` (UTF-16 that breaks off).
    """
    for number, fields in enumerate(_iter_ris(stream, name), 1):
        where = f"{name}: reference {number}"
        if isinstance(fields, Rejection):
            yield fields
        else:
            yield _from_ris(fields, where, kind=kind, licence=licence, scope=scope)


def _iter_ris(stream: BinaryIO, name: str) -> Iterator[_Fields | Rejection]:
    """Yield the fields of each record; a record ends at ``ER`` or where the next begins."""
    fields: dict[str, list[str]] = defaultdict(list)
    last = ""
    lines = iter_lines(iter_utf8(iter_chunks(stream, name=name), name=name))
    while True:
        try:
            entry = next(lines, None)
        except InputError as error:
            if error.code not in {"input.truncated", "input.damaged"}:
                raise
            if fields:
                yield fields
            yield Rejection(name, error.code, error.message, error.hint)
            return
        if entry is None:
            break
        number, raw = entry
        if raw is None:
            yield Rejection(
                f"{name}: line {number}", "input.line_too_long", "a line of more than 64 MiB"
            )
            continue
        line = _decode(raw)
        found = _TAG.match(line)
        if found is None:
            if last and line.strip() and "TY" in fields:
                fields[last][-1] += "\n" + line.strip()
            continue
        last, value = found[1], found[2].strip()
        if last in {"TY", "ER"} and fields:
            yield fields
            fields = defaultdict(list)
        if last == "ER":
            last = ""
        elif "TY" in fields or last == "TY":
            fields[last].append(value)
    if fields:
        yield fields


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        # Old exports are in the Windows code page; it maps every byte that they use.
        return raw.decode("cp1252", "replace")


def _first(fields: _Fields, *tags: str) -> str:
    for tag in tags:
        for value in fields.get(tag, ()):
            if value:
                return value
    return ""


def _from_ris(
    fields: _Fields, where: str, *, kind: Kind | None, licence: str | None, scope: str
) -> Item:
    database = _first(fields, "DB", "DP").lower()
    in_pubmed = "pubmed" in database or "medline" in database
    pmcid = _first(fields, "C2")
    said = _TYPES.get(_first(fields, "TY").upper())
    authors = [_ris_author(name) for tag in ("AU", "A1") for name in fields.get(tag, ()) if name]
    source = _Draft(
        title=_first(fields, "TI", "T1", "CT", "ST"),
        authors=tuple(dict.fromkeys(authors)),
        container=_first(fields, "T2", "JO", "JF", "JA", "J2", "BT", "PB"),
        year=find_year(_first(fields, "PY", "Y1", "DA", "YR")),
        pmid=normal_pmid(_first(fields, "AN", "C7", "PMID")) if in_pubmed else None,
        pmcid=normal_pmcid(pmcid) if pmcid.startswith("PMC") else None,
        doi=normal_doi(_first(fields, "DO", "DI", "M3")) or _doi_in_address(fields),
        url=_first(fields, "UR", "L2", "LK"),
        types=(said,) if said else (),
        headings=tuple(dict.fromkeys(value for value in fields.get("KW", ()) if value)),
        language=_first(fields, "LA"),
    )
    abstract = _first(fields, "AB", "N2")
    return _complete(source, abstract, where, kind=kind, licence=licence, scope=scope)


def _doi_in_address(fields: _Fields) -> str | None:
    for address in (*fields.get("UR", ()), *fields.get("L3", ())):
        if "doi.org/" in address:
            return normal_doi(address)
    return None


def _ris_author(name: str) -> str:
    """Return ``Abbas, C. C.`` as ``Abbas CC``; a name without a comma stands as it is."""
    family, comma, given = name.partition(",")
    if not comma:
        return tidy(name)
    given, _, suffix = given.partition(",")
    parts = re.split(r"[\s.\-]+", given.strip())
    initials = "".join(_initial(part) for part in parts if part)
    return " ".join(part for part in (tidy(family), initials, suffix.strip()) if part)


def _initial(part: str) -> str:
    return part if part.isupper() and len(part) < 4 else part[0].upper()


def read_csl(
    stream: BinaryIO,
    *,
    name: str,
    kind: Kind | None = None,
    licence: str | None = None,
    scope: str = "public",
) -> Iterator[Item]:
    """Yield the references of a CSL-JSON file: a list of items, or one item.

    Raises:
        InputError: ``input.json`` when the file is not JSON; ``input.empty``, ``input.encoding``,
            ``input.too_large``, ``input.truncated``, ``input.unreadable``.
    """
    text = read_text(stream, name)
    try:
        given = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"is not JSON: {error}", item=name, code="input.json", hint="export the references again"
        ) from error
    entries = given if isinstance(given, list) else [given]
    for number, entry in enumerate(entries, 1):
        where = f"{name}: reference {number}"
        if holds_lone_surrogate(entry):
            yield Rejection(where, "input.encoding", "holds half of a character", "save it as UTF-8")
        elif isinstance(entry, dict):
            yield _from_csl(entry, where, kind=kind, licence=licence, scope=scope)
        else:
            yield Rejection(where, "input.json", "is not a JSON object", "export the references again")


def _from_csl(
    entry: dict[str, Any], where: str, *, kind: Kind | None, licence: str | None, scope: str
) -> Item:
    said = _CSL_TYPES.get(_string(entry.get("type")))
    people = entry.get("author")
    keywords = re.split(r"\s*[,;]\s*", _string(entry.get("keyword")))
    source = _Draft(
        title=_TAGS_IN_TEXT.sub("", _string(entry.get("title"))),
        authors=tuple(filter(None, map(_csl_author, people if isinstance(people, list) else ()))),
        container=_string(entry.get("container-title")) or _string(entry.get("publisher")),
        year=_csl_year(entry.get("issued")),
        pmid=normal_pmid(_string(entry.get("PMID"))),
        pmcid=normal_pmcid(_string(entry.get("PMCID"))),
        doi=normal_doi(_string(entry.get("DOI"))),
        url=_string(entry.get("URL")),
        types=(said,) if said else (),
        headings=tuple(word for word in keywords if word),
        language=_string(entry.get("language")),
    )
    abstract = _TAGS_IN_TEXT.sub(" ", _string(entry.get("abstract")))
    return _complete(source, abstract, where, kind=kind, licence=licence, scope=scope)


def _csl_author(person: object) -> str:
    if not isinstance(person, dict):
        return ""
    literal, family = _string(person.get("literal")), _string(person.get("family"))
    if literal or not family:
        return literal
    particle = _string(person.get("non-dropping-particle"))
    given, suffix = _string(person.get("given")), _string(person.get("suffix"))
    name = _ris_author(f"{family}, {given}, {suffix}" if suffix else f"{family}, {given}")
    return f"{particle} {name}" if particle else name


def _csl_year(issued: object) -> int | None:
    if not isinstance(issued, dict):
        return find_year(_string(issued))
    parts = issued.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        return find_year(_string(parts[0][0]))
    return find_year(_string(issued.get("raw")) or _string(issued.get("literal")))


def _string(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return "" if value is None or isinstance(value, (dict, bool)) else str(value).strip()


def _complete(
    draft: _Draft, abstract: str, where: str, *, kind: Kind | None, licence: str | None, scope: str
) -> Item:
    title = clean(tidy(draft.title))
    if not title:
        return Rejection(where, "input.no_identifier", "has no title", "complete the reference")
    blocks = _read_abstract(abstract)
    wording = Wording(blocks)
    container = clean(tidy(draft.container)) or None
    ruling = classify(title, wording, types=draft.types, headings=draft.headings, container=container)
    design = ruling.design
    source = Source(
        key=_key(draft),
        kind=kind or kind_of(design),
        design=Design(kind.value) if kind is Kind.GUIDELINE or kind is Kind.LABEL else design,
        title=title,
        authors=draft.authors,
        container=container,
        year=draft.year,
        date=str(draft.year) if draft.year else None,
        pmid=draft.pmid,
        pmcid=draft.pmcid,
        doi=draft.doi,
        url=draft.url or None,
        licence=licence,
        participants=None if design in _UNCOUNTED else count_participants(wording),
        publication_types=draft.types,
        headings=draft.headings,
        language=draft.language or None,
        scope=scope,
    )
    return Record(source, blocks)


def _key(draft: _Draft) -> str:
    if draft.doi:
        return f"doi:{draft.doi}"
    if draft.pmid:
        return f"pmid:{draft.pmid}"
    first = draft.authors[0] if draft.authors else ""
    parts = (tidy(draft.title).lower(), str(draft.year or ""), first.lower())
    return "ris:" + sha256_text("\x1f".join(parts))[:20]


def _read_abstract(abstract: str) -> tuple[Block, ...]:
    text = clean(_PARAGRAPH.sub("\n", abstract.strip()))
    if text.lower().strip(" .") in _NO_ABSTRACT:
        return ()
    return split_labels(text)
