"""What Markdown and HTML documents have in common: the record, the sections, what recommends.

A document that a person adds and that holds recommendations is a guideline
unless it says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import BinaryIO, Final, TypeVar

from osler.errors import InputError
from osler.formats.design import classify, kind_of
from osler.formats.identifiers import find_year, normal_doi, normal_pmcid, normal_pmid
from osler.formats.labels import role_of
from osler.formats.markup import clean
from osler.formats.streams import MAX_LINE, iter_chunks, iter_utf8
from osler.formats.wording import Wording
from osler.ids import sha256_text
from osler.model.passage import Role
from osler.model.record import Block, Item, Record, Rejection
from osler.model.source import Design, Kind, Source

SEPARATOR: Final = " › "

_Choice = TypeVar("_Choice", Kind, Design)
_RECOMMENDS: Final = re.compile(
    r"^(?:we (?:strongly |conditionally )?(?:recommend|suggest)|recommendation\b|it is recommended|"
    r"(?:strong|conditional|weak) recommendation|good practice (?:point|statement)|"
    r"do not (?:offer|use|give|routinely)|offer |consider )|"
    r"^[^.;:]{0,120}\b(?:is|are) (?:strongly |conditionally )?(?:recommended|suggested)\b",
    re.IGNORECASE,
)
_LEFT_OUT: Final = frozenset(
    {"references", "bibliography", "literature cited", "table of contents", "contents"}
)


def read_text(stream: BinaryIO, name: str) -> str:
    """Return the whole of ``stream`` as text.

    Raises:
        InputError: ``input.empty``, ``input.encoding``, ``input.too_large``, ``input.unreadable``.
    """
    parts: list[bytes] = []
    size = 0
    for chunk in iter_utf8(iter_chunks(stream, name=name), name=name):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_LINE:
            raise InputError(f"holds more than {MAX_LINE >> 20} MiB", item=name, code="input.too_large")
    try:
        text = b"".join(parts).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not UTF-8 (byte {error.start})",
            item=name,
            code="input.encoding",
            hint="save the file as UTF-8",
        ) from error
    if not text.strip():
        raise InputError("is empty", item=name, code="input.empty", hint="save the file again")
    return clean(text)


def make_document(
    fields: Mapping[str, str],
    blocks: tuple[Block, ...],
    *,
    name: str,
    kind: Kind | None,
    licence: str | None,
    scope: str,
) -> Item:
    """Return the record of one document; without anything quotable it is a rejection."""
    if not blocks:
        return Rejection(name, "input.empty", "holds headings at most, no text", "check the file")
    title = fields.get("title") or PurePath(name).stem
    doi, pmid = normal_doi(fields.get("doi", "")), normal_pmid(fields.get("pmid", ""))
    publisher, url = fields.get("publisher") or None, fields.get("url") or None
    said = kind or _choice(Kind, fields.get("kind"))
    recommends = any(block.role is Role.RECOMMENDATION for block in blocks)
    design = _choice(Design, fields.get("design")) or classify(title, Wording(blocks[:5])).design
    if said is None:
        said = Kind.GUIDELINE if recommends else kind_of(design)
    if said is not Kind.RESEARCH and not fields.get("design"):
        design = Design(said.value)
    date = fields.get("date") or fields.get("year") or ""
    source = Source(
        key=_key(fields, doi=doi, url=url, publisher=publisher, name=name),
        kind=said,
        design=design,
        title=title,
        authors=tuple(part.strip() for part in fields.get("authors", "").split(";") if part.strip()),
        container=publisher,
        year=find_year(fields.get("year", "")) or find_year(date),
        date=date or None,
        pmid=pmid,
        pmcid=normal_pmcid(fields.get("pmcid", "")),
        doi=doi,
        url=url,
        licence=fields.get("licence") or licence,
        headings=tuple(part.strip() for part in fields.get("keywords", "").split(";") if part.strip()),
        language=fields.get("language") or None,
        revision=fields.get("version", ""),
        scope=scope,
    )
    return Record(source, blocks)


def _key(
    fields: Mapping[str, str], *, doi: str | None, url: str | None, publisher: str | None, name: str
) -> str:
    if doi:
        return "file:" + sha256_text(f"doi:{doi}")[:20]
    if url:
        return "file:" + sha256_text(f"url:{url}")[:20]
    if fields.get("title"):
        return "file:" + sha256_text(f"title:{fields['title']}\x1f{publisher or ''}")[:20]
    return f"file:{PurePath(name).name}"


def _choice(family: type[_Choice], value: str | None) -> _Choice | None:
    return next((one for one in family if one.value == (value or "").strip().lower()), None)


def section_role(title: str, above: Role) -> Role:
    """Return what a section under ``title`` does; without a telling title, what its parent does."""
    folded = title.lower()
    if "recommendation" in folded or "good practice" in folded or "key action" in folded:
        return Role.RECOMMENDATION
    if above is Role.RECOMMENDATION:
        return above
    named = role_of(re.sub(r"^[\d.\s]+", "", title))
    return above if named is Role.UNLABELLED else named


def passage_role(text: str, role: Role) -> Role:
    """Return the role of one paragraph or item: words that recommend outweigh the section's title."""
    return Role.RECOMMENDATION if _RECOMMENDS.match(text) else role


def is_left_out(title: str) -> bool:
    """Tell whether a section holds no text of its own: references, a table of contents."""
    return re.sub(r"^[\d.\s]+", "", title).strip(" :.").lower() in _LEFT_OUT


class Place:
    """Where in a document we are: the headings above, and what the section does."""

    def __init__(self) -> None:
        self._path: list[tuple[int, str, Role, bool]] = []

    def enter(self, level: int, title: str) -> None:
        """Open a section; it ends all sections of its level and below."""
        while self._path and self._path[-1][0] >= level:
            self._path.pop()
        above = self._path[-1][2] if self._path else Role.UNLABELLED
        silent = is_left_out(title) or (bool(self._path) and self._path[-1][3])
        self._path.append((level, title, section_role(title, above), silent))

    @property
    def heading(self) -> str:
        """Path of headings."""
        return SEPARATOR.join(title for _, title, _, _ in self._path)

    @property
    def role(self) -> Role:
        """What the section does."""
        return self._path[-1][2] if self._path else Role.UNLABELLED

    def block(self, text: str, *, table: bool = False) -> Iterator[Block]:
        """Yield ``text`` as a block of this place, unless there is nothing to quote."""
        if text and not (self._path and self._path[-1][3]):
            role = Role.TABLE if table else passage_role(text, self.role)
            yield Block(text, role, heading=self.heading)
