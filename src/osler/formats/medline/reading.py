"""From a stream of bytes to items: finds the citations, sets broken ones aside, notes what is deleted.

Knows where a citation begins and ends and how a file can be broken; ``citation`` knows what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element, ParseError, fromstring

from osler.errors import InputError
from osler.formats.medline.citation import Marking, read_citation
from osler.formats.medline.lists import Lists, take_lists
from osler.formats.prologue import (
    MAX_PROLOGUE,
    declared_encoding,
    read_prologue,
    resolve_named_entities,
)
from osler.formats.streams import MAX_LINE, iter_chunks, iter_utf8
from osler.formats.uncollected import uncollected
from osler.model.record import Deletion, Item, Record, Rejection
from osler.model.source import Kind

ROOTS: Final = frozenset(
    {
        "PubmedArticleSet",
        "MedlineCitationSet",
        "PubmedArticle",
        "MedlineCitation",
        "PubmedBookArticleSet",
    }
)
_WRAPPED: Final = frozenset({"PubmedArticleSet", "PubmedArticle", "PubmedBookArticleSet"})

BATCH: Final = 32
"""Citations parsed in one go; each parser costs as much as ten elements."""

BLOCK: Final = 8 * BATCH
"""Citations that one of several readers of a stream takes before it is the next one's turn."""

_WITHOUT_PMID: Final = ("input.no_identifier", "a citation without a PMID")
_PMID: Final = re.compile(rb"<PMID[^>]*>\s*(\d+)\s*</PMID>")
_BOOK: Final = re.compile(rb"<PubmedBookArticle[\s>].*?</PubmedBookArticle>", re.DOTALL)
_DELETED: Final = re.compile(rb"<DeleteCitation>(.*?)(?:</DeleteCitation>|\Z)", re.DOTALL)
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_MATHS_SPACE: Final = b' xmlns:mml="http://www.w3.org/1998/Math/MathML"'


def read_medline(
    stream: BinaryIO,
    *,
    name: str,
    kind: Kind | None = None,
    licence: str | None = None,
    scope: str = "public",
) -> Iterator[Item]:
    """Yield the citations of ``stream`` in order, deletions and broken citations among them.

    Args:
        stream: Plain, gzip or xz bytes of a ``PubmedArticleSet`` or a ``MedlineCitationSet``.
        name: Stands in errors and rejections.
        kind: Overrides the tier that the publication types name.
        licence: Terms of use to note on each source.
        scope: Part of the library the sources belong to.

    Raises:
        InputError: The file as a whole is unusable: ``input.empty``, ``input.not_medline``,
            ``input.entities``, ``input.encoding``, ``input.unreadable``. A file that breaks off gives
            all it holds and then a rejection ``input.truncated`` or ``input.damaged``.
    """
    splitter, chunks = _open(stream, name, Marking(kind, licence, scope))
    for item in splitter.split(chunks):
        if item is not None:
            yield item


def read_medline_part(
    stream: BinaryIO,
    *,
    name: str,
    part: int,
    of: int,
    kind: Kind | None = None,
    licence: str | None = None,
    scope: str = "public",
) -> Iterator[list[Item]]:
    """Yield every block of items that falls to one of several readers of the same stream.

    Each of ``of`` readers, numbered from 0, unpacks and cuts the whole stream, which is quick, and
    parses every ``of``-th block of ``BLOCK`` citations. The blocks of all of them, taken in turn, are
    what ``read_medline`` yields, to the numbers in the names of rejections.

    Args:
        stream: As for ``read_medline``.
        name: Stands in errors and rejections.
        part: Number of this reader.
        of: How many there are.
        kind: Overrides the tier that the publication types name.
        licence: Terms of use to note on each source.
        scope: Part of the library the sources belong to.

    Raises:
        InputError: As ``read_medline``, after the last block that is whole or begun.
    """
    splitter, chunks = _open(stream, name, Marking(kind, licence, scope))
    splitter.part, splitter.of = part, of
    block: list[Item] = []
    try:
        for item in splitter.split(chunks):
            if item is None:
                if splitter.is_own:
                    yield block
                block = []
            elif splitter.is_own:
                block.append(item)
    except InputError:
        if splitter.is_own:
            yield block
        raise
    if splitter.is_own:
        yield block


def _open(stream: BinaryIO, name: str, marking: Marking) -> tuple[_Splitter, Iterator[bytes]]:
    """Return what cuts ``stream``, and its text."""
    chunks = iter_chunks(stream, name=name)
    head = _read_head(chunks)
    text = iter_utf8(_chain(head, chunks), name=name, declared=declared_encoding(head))
    first = next(text, b"")
    while len(first) < len(head) // 2:
        more = next(text, None)
        if more is None:
            break
        first += more
    root = _check_root(first, name)
    return _Splitter(name, root, marking), _chain(first, text)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _read_head(chunks: Iterator[bytes]) -> bytes:
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) > 4096:
            break
    return head


def _check_root(head: bytes, name: str) -> str:
    if not head.strip():
        raise InputError("is empty", item=name, code="input.empty", hint="fetch the file again")
    prologue = read_prologue(head[:MAX_PROLOGUE], name=name)
    if prologue.root in ROOTS:
        return str(prologue.root)
    if prologue.root == "eFetchResult" or b"<ERROR>" in head[:4096]:
        found = re.search(rb"<ERROR>(.*?)</ERROR>", head, re.DOTALL)
        said = found[1].decode("utf-8", "replace").strip() if found else "no citations"
        raise InputError(f"PubMed answered: {said}", item=name, code="input.not_medline")
    seen = f"its root element is {prologue.root}" if prologue.root else "it is not XML"
    raise InputError(
        f"is not a MEDLINE file: {seen}",
        item=name,
        code="input.not_medline",
        hint="expected PubmedArticleSet or MedlineCitationSet",
    )


class _Splitter:
    """Cuts one stream into citations and counts them.

    One of several that share a stream (``part`` of ``of``) parses its own blocks only.
    """

    def __init__(self, name: str, root: str, marking: Marking) -> None:
        self.name = name
        self.root = root
        self.marking = marking
        self.number = 0
        self.archived = root in _WRAPPED
        self.tag = b"PubmedArticle" if self.archived else b"MedlineCitation"
        self.closing = b"</" + self.tag + b">"
        self.openings = (b"<" + self.tag + b">", b"<" + self.tag + b" ", b"<" + self.tag + b"\n")
        self.begin = b"<" + self.tag
        self.opening = re.compile(b"<" + self.tag + rb"(?=[\s>])")
        self.pending: list[bytes] = []
        self.part, self.of = 0, 1
        self.pieces = 0

    @property
    def is_own(self) -> bool:
        """Whether the present block falls to this splitter."""
        return self.of == 1 or self.pieces // BLOCK % self.of == self.part

    def split(self, chunks: Iterator[bytes]) -> Iterator[Item | None]:
        """Yield every item of the stream, and None where a block ends.

        Of the blocks that fall to others some items come as well, for whoever listens to pass over.
        """
        closing, tail, ending = self.closing, b"", None
        while True:
            try:
                chunk = next(chunks, b"")
            except InputError as error:
                if error.code == "input.unreadable":
                    raise
                ending = error
                break
            if not chunk:
                break
            pieces = (tail + chunk).split(closing)
            tail = pieces.pop()
            for piece in pieces:
                yield from self._read_piece(piece)
                if (self.pieces + 1) % BLOCK == 0:
                    yield from self._flush()
                    yield None
                self.pieces += 1
            if len(tail) > MAX_LINE:
                yield from self._flush()
                self.number += 1
                yield self._reject("input.record_too_long", "a citation of more than 64 MiB", tail)
                tail = b""
        yield from self._flush()
        yield from self._read_ending(tail, ending)

    def _read_piece(self, piece: bytes) -> Iterator[Item]:
        """Take in what ends with a closing tag; citations wait until there is a batch of them."""
        start = self._find_opening(piece)
        if start < 0:
            yield from self._flush()
            self.number += 1
            yield self._reject("input.xml", "a citation ends that did not begin", piece)
            return
        if start > 2 and b"<" in piece[:start]:
            yield from self._flush()
            yield from self._read_gap(piece[:start])
        self.pending.append(piece[start:] + self.closing)
        if len(self.pending) == BATCH:
            yield from self._flush()

    def _find_opening(self, piece: bytes) -> int:
        start = piece.find(b"<")
        if start >= 0 and piece.startswith(self.openings, start):
            return start
        found = self.opening.search(piece)
        return found.start() if found else -1

    def _flush(self) -> Iterator[Item]:
        """Read the citations that wait, in one document; one by one if any of them is broken."""
        fragments, self.pending = self.pending, []
        if not fragments:
            return
        if not self.is_own and all(fragment.count(self.begin) == 1 for fragment in fragments):
            self.number += len(fragments)
            return
        records = self._read_batch(fragments)
        if records is None:
            for fragment in fragments:
                yield from self._read_one(fragment)
            return
        for record, fragment in zip(records, fragments, strict=True):
            self.number += 1
            yield record or self._reject(*_WITHOUT_PMID, fragment)

    def _read_batch(self, fragments: list[bytes]) -> list[Record | None] | None:
        """Return the records of ``fragments``, or None when any of them is broken."""
        # Trees hold no rings.
        with uncollected():
            return self._parse_batch(fragments)

    def _parse_batch(self, fragments: list[bytes]) -> list[Record | None] | None:
        lists = [take_lists(fragment, archived=self.archived) for fragment in fragments]
        rest = b"".join([b"<batch>", *[one.rest for one in lists], b"</batch>"])
        try:
            # No document type can stand inside a fragment, so nothing can be expanded here.
            elements = list(fromstring(rest))  # noqa: S314 - entity declarations were refused
            if len(elements) != len(fragments):
                return None
            pairs = zip(elements, lists, strict=True)
            return [read_citation(element, one, self.marking) for element, one in pairs]
        except (ParseError, RecursionError):
            return None

    def _read_gap(self, gap: bytes) -> Iterator[Item]:
        """Yield what stands between two citations: books, deletions; the rest is layout."""
        if b"<!--" in gap:
            gap = _COMMENT.sub(b"", gap)
        if b"<PubmedBookArticle" in gap:
            for book in _BOOK.finditer(gap):
                self.number += 1
                reason = "a book or book chapter; only journal citations are read"
                yield self._reject("input.book", reason, book[0])
        if b"<DeleteCitation" in gap:
            for block in _DELETED.finditer(gap):
                for pmid in _PMID.finditer(block[1]):
                    key = f"pmid:{pmid[1].decode('ascii').lstrip('0')}"
                    yield Deletion(key, "deleted by PubMed (DeleteCitation)")

    def _read_one(self, fragment: bytes) -> Iterator[Record | Rejection]:
        self.number += 1
        try:
            element = fromstring(fragment)  # noqa: S314 - entity declarations were refused
        except ParseError:
            yield from self._read_broken(fragment)
        else:
            yield self._record(element, fragment)

    def _record(self, element: Element, fragment: bytes) -> Record | Rejection:
        try:
            record = read_citation(element, Lists(fragment), self.marking)
        except RecursionError:
            return self._reject("input.xml", "its markup is nested too deeply", fragment)
        return record or self._reject(*_WITHOUT_PMID, fragment)

    def _read_broken(self, fragment: bytes) -> Iterator[Record | Rejection]:
        """Parse a citation that the fast way refused; say precisely why if it stays unreadable."""
        starts = [found.start() for found in self.opening.finditer(fragment)]
        if len(starts) > 1:
            # The one before lost its closing tag and swallowed this one.
            yield self._reject("input.xml", "its closing tag is missing", fragment[: starts[1]])
            yield from self._read_one(fragment[starts[1] :])
            return
        try:
            fragment.decode("utf-8")
        except UnicodeDecodeError as error:
            reason = f"is not UTF-8 although the file says so (byte {error.start} of the citation)"
            yield self._reject("input.encoding", reason, fragment)
            return
        try:
            element = _parse_leniently(fragment)
        except ParseError as error:
            code = "input.entities" if "undefined entity" in str(error) else "input.xml"
            yield self._reject(code, f"is not well-formed XML: {error}", fragment)
        else:
            yield self._record(element, fragment)

    def _read_ending(self, tail: bytes, ending: InputError | None) -> Iterator[Item]:
        start = self._find_opening(tail)
        yield from self._read_gap(tail if start < 0 else tail[:start])
        if ending is not None:
            cut = tail if start >= 0 else b""
            yield self._reject(ending.code, ending.message, cut, hint=ending.hint)
        elif start >= 0:
            self.number += 1
            yield self._reject("input.truncated", "the file ends inside this citation", tail[start:])
        elif self.root.endswith("Set") and not _is_closed(tail, self.root):
            yield self._reject("input.truncated", f"the file ends before </{self.root}>", b"")

    def _reject(self, code: str, reason: str, fragment: bytes, *, hint: str = "") -> Rejection:
        found = _PMID.search(fragment)
        where = f"{self.name}: citation {self.number}"
        if found:
            where += f" (pmid:{found[1].decode('ascii')})"
        return Rejection(where, code, reason, hint or "fetch the citation again from PubMed")


def _is_closed(tail: bytes, root: str) -> bool:
    ending = tail.rstrip()
    name = root.encode("ascii")
    return b"</" + name + b">" in ending or (ending.endswith(b"/>") and b"<" + name in ending)


def _parse_leniently(fragment: bytes) -> Element:
    """Parse with HTML's character names resolved and the usual prefix of formulas declared."""
    resolved = resolve_named_entities(fragment) if b"&" in fragment else fragment
    if b"<mml:" in resolved and b"xmlns:mml" not in resolved:
        head, bracket, rest = resolved.partition(b">")
        resolved = head + _MATHS_SPACE + bracket + rest
    return fromstring(resolved)  # noqa: S314 - entity declarations were refused
