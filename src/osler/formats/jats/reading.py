"""From a stream of bytes to articles; knows how a file can be broken, not what an article says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from typing import BinaryIO, Final
from xml.etree.ElementTree import Element, ParseError, XMLParser

from osler.errors import InputError
from osler.formats.jats.article import read_article
from osler.formats.prologue import MAX_PROLOGUE, declared_encoding, read_prologue, resolve_named_entities
from osler.formats.streams import iter_chunks, iter_utf8
from osler.model.record import Item, Rejection
from osler.model.source import Kind

MAX_ARTICLES: Final = 256 << 20
"""Most bytes of one file that are parsed; a set of articles is read as one tree."""

_ROOTS: Final = frozenset({"article", "pmc-articleset"})
_DECLARATION: Final = re.compile(rb"\A\s*<\?xml[^>]*\?>")
_ENTITIES: Final = {name.removesuffix(";"): text for name, text in html5.items() if name.endswith(";")}


def read_jats(
    stream: BinaryIO,
    *,
    name: str,
    kind: Kind | None = None,
    licence: str | None = None,
    scope: str = "public",
) -> Iterator[Item]:
    """Yield the articles of ``stream``; an article that cannot be read is a rejection.

    Args:
        stream: Plain, gzip or xz bytes of an ``article`` or a ``pmc-articleset``.
        name: Stands in errors and rejections.
        kind: Overrides the tier that the article type names.
        licence: Terms of use where the article does not state its own.
        scope: Part of the library the sources belong to.

    Raises:
        InputError: The file as a whole is unusable: ``input.empty``, ``input.not_jats``, ``input.xml``,
            ``input.entities``, ``input.encoding``, ``input.truncated``, ``input.too_large``.
    """
    root = _parse(_read_all(stream, name), name)
    articles = [root] if root.tag == "article" else root.findall("article")
    for number, element in enumerate(articles, 1):
        where = f"{name}: article {number}" if len(articles) > 1 else name
        try:
            record = read_article(element, kind=kind, licence=licence, scope=scope)
        except RecursionError:
            yield Rejection(where, "input.xml", "its markup is nested too deeply")
            continue
        if record is None:
            reason = "an article without identifier and title"
            yield Rejection(where, "input.no_identifier", reason, "fetch the article again from PMC")
        else:
            yield record
    for reply in root.iter("Reply"):
        reason = reply.get("error") or "PMC did not return this article"
        yield Rejection(f"{name}: {reply.get('id', '')}", "input.not_returned", reason)


def _read_all(stream: BinaryIO, name: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    raw = iter_chunks(stream, name=name)
    head = next(raw, b"")
    for chunk in iter_utf8(_chain(head, raw), name=name, declared=declared_encoding(head)):
        parts.append(chunk)
        size += len(chunk)
        if size > MAX_ARTICLES:
            raise InputError(
                f"holds more than {MAX_ARTICLES >> 20} MiB in one document",
                item=name,
                code="input.too_large",
                hint="split the article set",
            )
    return b"".join(parts)


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _parse(text: bytes, name: str) -> Element:
    if not text.strip():
        raise InputError("is empty", item=name, code="input.empty", hint="fetch the file again")
    prologue = read_prologue(text[:MAX_PROLOGUE], name=name)
    if prologue.root not in _ROOTS:
        seen = f"its root element is {prologue.root}" if prologue.root else "it is not XML"
        raise InputError(
            f"is not a JATS article: {seen}", item=name, code="input.not_jats", hint="expected article"
        )
    # The bytes are UTF-8 now, whatever the declaration said.
    body = _DECLARATION.sub(b"", text, count=1)
    try:
        return _parse_with(body)
    except ParseError as error:
        if "undefined entity" in str(error):
            try:
                return _parse_with(resolve_named_entities(body))
            except ParseError as second:
                error = second
        raise _refused(error, body, name) from error


def _parse_with(body: bytes) -> Element:
    parser = XMLParser()  # noqa: S314 - entity declarations were refused
    parser.entity.update(_ENTITIES)
    parser.feed(body)
    root: Element = parser.close()
    return root


def _refused(error: ParseError, body: bytes, name: str) -> InputError:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return InputError(
            f"is not UTF-8 although the file says so (byte {wrong.start})",
            item=name,
            code="input.encoding",
            hint="save the file as UTF-8",
        )
    said = str(error)
    if "undefined entity" in said:
        return InputError(f"uses an unknown entity: {said}", item=name, code="input.entities")
    cut_short = "no element found" in said or "unclosed token" in said
    return InputError(
        f"is not well-formed XML: {said}",
        item=name,
        code="input.truncated" if cut_short else "input.xml",
        hint="fetch the file again",
    )
