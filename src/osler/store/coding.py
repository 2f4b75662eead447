"""Between values of the model and rows of the tables. Pure; no SQL here.

What no query asks for lies together in one JSON array, ``details``: that is several times faster to
read than a column each, and a record is always wanted whole.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from osler.model.passage import Passage, Role, Section
from osler.model.source import Design, Kind, Link, Relation, Source, Status, TextKind
from osler.store.entry import Entry
from osler.store.standing import own_status, standings_of

encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
NOTHING: Final = "[]"

SOURCE_COLUMNS: Final = (
    "s.key, v.kind, v.design, v.title, v.year, v.date, v.details, s.status, s.links, s.revision,"
    " s.scope, s.id"
)
"""What ``read_source`` takes, of ``sources AS s JOIN versions AS v``."""

PASSAGE_COLUMNS: Final = "p.id, s.id, v.id, p.ordinal, p.text, p.heading, v.text_kind, p.sections"
"""What ``read_passage`` takes, of ``passages AS p``, ``versions AS v`` and ``sources AS s``."""

_KINDS: Final = {kind.value: kind for kind in Kind}
_DESIGNS: Final = {design.value: design for design in Design}
_STATUSES: Final = {status.value: status for status in Status}
_TEXT_KINDS: Final = {kind.value: kind for kind in TextKind}
_ROLES: Final = {role.value: role for role in Role}
_RELATIONS: Final = {relation.value: relation for relation in Relation}


def make_entry(
    source: Source,
    version: str,
    passages: Sequence[Passage],
    *,
    text_kind: TextKind = TextKind.VERBATIM,
    pairs: tuple[tuple[str, str], ...] = (),
) -> Entry:
    """Return one record as the tables take it.

    Args:
        source: The bibliographic record as read.
        version: ``ver_…`` of its content.
        passages: Its passages, in order; at least one.
        text_kind: Whose words they are.
        pairs: Abbreviations as printed with their folded long forms, each pair once.
    """
    own = own_status(source)
    return Entry(
        source=passages[0].source,
        key=source.key,
        scope=source.scope,
        own_status=own.value,
        links=write_links(source.links),
        revision=source.revision,
        weight=sum([len(passage.text) for passage in passages]),
        identifiers=source.identifiers,
        standings=standings_of(source, own),
        version=version,
        content=(
            source.kind.value,
            source.design.value,
            source.title,
            source.year,
            source.date,
            write_details(source),
            encode(pairs) if pairs else NOTHING,
            text_kind.value,
        ),
        pairs=pairs,
        passages=tuple(
            [(p.id, p.ordinal, p.heading, p.text, write_sections(p.sections)) for p in passages]
        ),
    )


def write_details(source: Source) -> str:
    """Return the JSON array of everything about ``source`` that has no column of its own."""
    return encode(
        (
            source.authors,
            source.container,
            source.pmid,
            source.pmcid,
            source.doi,
            source.url,
            source.licence,
            source.participants,
            source.publication_types,
            source.headings,
            source.substances,
            source.language,
        )
    )


def write_links(links: tuple[Link, ...]) -> str:
    """Return the JSON array of ``links``."""
    if not links:
        return NOTHING
    return encode([(link.relation.value, link.target) for link in links])


def read_links(links: str) -> tuple[Link, ...]:
    """Return what ``write_links`` wrote."""
    if links == NOTHING:
        return ()
    return tuple(Link(_RELATIONS[relation], target) for relation, target in json.loads(links))


def read_source(row: Sequence[Any]) -> Source:
    """Return the source of a row of ``SOURCE_COLUMNS``."""
    details = json.loads(row[6])
    return Source(
        key=row[0],
        kind=_KINDS[row[1]],
        design=_DESIGNS[row[2]],
        title=row[3],
        authors=tuple(details[0]),
        container=details[1],
        year=row[4],
        date=row[5],
        pmid=details[2],
        pmcid=details[3],
        doi=details[4],
        url=details[5],
        licence=details[6],
        status=_STATUSES[row[7]],
        participants=details[7],
        publication_types=tuple(details[8]),
        headings=tuple(details[9]),
        substances=tuple(details[10]),
        language=details[11],
        links=read_links(row[8]),
        revision=row[9],
        scope=row[10],
    )


def read_terms(details: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the headings and the substances in ``details``."""
    values = json.loads(details)
    return tuple(values[9]), tuple(values[10])


def write_sections(sections: tuple[Section, ...]) -> str:
    """Return the JSON array of ``sections``."""
    if not sections:
        return NOTHING
    return encode([(part.label, part.role.value, part.start, part.end) for part in sections])


def read_passage(row: Sequence[Any]) -> Passage:
    """Return the passage of a row of ``PASSAGE_COLUMNS``."""
    sections: tuple[Section, ...] = ()
    if row[7] != NOTHING:
        sections = tuple(
            Section(label, _ROLES[role], start, end) for label, role, start, end in json.loads(row[7])
        )
    return Passage(row[1], row[2], row[3], row[4], row[5], _TEXT_KINDS[row[6]], sections)


def read_status(value: str) -> Status:
    """Return the status of this name."""
    return _STATUSES[value]
