"""Opens a file whatever it is: its content decides which reader reads it, its name where that cannot.

Readers are imported when the first file of their kind comes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from osler.errors import InputError
from osler.formats.prologue import MAX_PROLOGUE, declared_encoding, read_prologue
from osler.formats.streams import iter_chunks, iter_utf8
from osler.model.record import Item
from osler.model.source import Kind

_HEAD: Final = 1 << 16


class Format(StrEnum):
    """What a file can be."""

    MEDLINE = "medline"
    JATS = "jats"
    JSON_LINES = "jsonlines"
    CSL_JSON = "csl-json"
    RIS = "ris"
    MARKDOWN = "markdown"
    HTML = "html"


_MEDLINE_ROOTS: Final = frozenset(
    {
        "PubmedArticleSet",
        "MedlineCitationSet",
        "PubmedArticle",
        "MedlineCitation",
        "PubmedBookArticleSet",
        "eFetchResult",
    }
)
_JATS_ROOTS: Final = frozenset({"article", "pmc-articleset"})
_HTML: Final = re.compile(rb"<html[\s>]")
_PACKING: Final = frozenset({".gz", ".xz"})
_NAMED: Final = {
    ".ris": Format.RIS,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".nxml": Format.JATS,
}


def open_items(
    path: Path, *, kind: Kind | None = None, licence: str | None = None, scope: str = "public"
) -> Iterator[Item]:
    """Yield the items of the file at ``path``, whatever its format.

    Args:
        path: A file; packed with gzip or xz, or plain.
        kind: Overrides the tier that the content names.
        licence: Terms of use to note where the content gives none.
        scope: Part of the library the sources belong to.

    Raises:
        InputError: The file as a whole is unusable: ``input.unreadable``, ``input.empty``,
            ``input.unknown_format``, ``input.entities``, ``input.encoding`` and the readers' own.
    """
    with _opened(path) as stream:
        found = sniff(stream, name=str(path))
        stream.seek(0)
        yield from _read(found, stream, str(path), kind=kind, licence=licence, scope=scope)


def is_divisible(path: Path) -> bool:
    """Tell whether several readers can share the file at ``path``: each then uses ``open_part``."""
    try:
        with path.open("rb") as stream:
            return sniff(stream, name=str(path)) is Format.MEDLINE
    except (OSError, InputError):
        return False


def open_part(
    path: Path,
    *,
    part: int,
    of: int,
    kind: Kind | None = None,
    licence: str | None = None,
    scope: str = "public",
) -> Iterator[list[Item]]:
    """Yield the blocks of items of a divisible file that fall to reader ``part`` of ``of``.

    The blocks of all readers, taken in turn, are what ``open_items`` yields.

    Raises:
        InputError: As ``open_items``.
    """
    from osler.formats.medline import read_medline_part

    with _opened(path) as stream:
        yield from read_medline_part(
            stream, name=str(path), part=part, of=of, kind=kind, licence=licence, scope=scope
        )


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(
            f"cannot be opened: {error.strerror or error}",
            item=str(path),
            code="input.unreadable",
            hint="check that the file is there and that you may read it",
        ) from error


def sniff(stream: BinaryIO, *, name: str) -> Format:
    """Return the format of ``stream``; reads only its beginning.

    Raises:
        InputError: ``input.empty``, ``input.unknown_format``, ``input.entities``, ``input.unreadable``.
    """
    head = _read_head(stream, name)
    if not head.strip():
        raise InputError("is empty", item=name, code="input.empty", hint="fetch or save the file again")
    suffix = _suffix(name)
    if head.lstrip()[:1] == b"<":
        return _sniff_markup(head.lstrip(), suffix, name)
    if b"\0" in head:
        raise _unknown(name, "it is not text")
    start = head.lstrip()
    if start[:1] == b"{":
        return Format.CSL_JSON if suffix == ".json" and _is_one_csl_item(start) else Format.JSON_LINES
    if start[:1] == b"[" and suffix not in {".md", ".markdown"}:
        return Format.CSL_JSON
    if any(line.startswith(b"TY  -") for line in head.splitlines()[:200]):
        return Format.RIS
    named = _NAMED.get(suffix)
    if named is not None:
        return named
    if start.startswith((b"# ", b"---\n", b"---\r\n")) or b"\n## " in head or b"\n# " in head:
        return Format.MARKDOWN
    raise _unknown(name, "neither its content nor its name says what it is")


def _read_head(stream: BinaryIO, name: str) -> bytes:
    raw = b""
    try:
        for chunk in iter_chunks(stream, name=name):
            raw += chunk
            if len(raw) >= _HEAD:
                break
    except InputError as error:
        if error.code == "input.unreadable" or not raw:
            raise
    declared = declared_encoding(raw[:_HEAD])
    raw = raw[: _HEAD & ~3]
    try:
        return b"".join(iter_utf8(iter([raw]), name=name, declared=declared))
    except InputError:
        # The cut may fall inside a character; the reader itself will see the whole.
        return raw


def _sniff_markup(head: bytes, suffix: str, name: str) -> Format:
    lowered = head[:512].lower()
    if lowered.startswith(b"<!doctype html") or _HTML.search(lowered):
        return Format.HTML
    root = read_prologue(head[:MAX_PROLOGUE], name=name).root
    local = root.rpartition(":")[2] if root else ""
    if local in _MEDLINE_ROOTS:
        return Format.MEDLINE
    if local in _JATS_ROOTS:
        return Format.JATS
    if suffix in {".html", ".htm", ".xhtml"}:
        return Format.HTML
    if suffix in {".md", ".markdown"}:
        return Format.MARKDOWN
    raise _unknown(
        name, f"no reader for XML whose root element is {root}" if root else "it is broken XML"
    )


def _is_one_csl_item(start: bytes) -> bool:
    return b'"type"' in start and (b'"container-title"' in start or b'"issued"' in start)


def _suffix(name: str) -> str:
    path = Path(name)
    suffix = path.suffix.lower()
    return Path(path.stem).suffix.lower() if suffix in _PACKING else suffix


def _unknown(name: str, why: str) -> InputError:
    return InputError(
        f"its format is not known: {why}",
        item=name,
        code="input.unknown_format",
        hint="MEDLINE or JATS XML, JSON Lines, RIS, CSL-JSON, Markdown or HTML can be read",
    )


def _read(
    found: Format, stream: BinaryIO, name: str, *, kind: Kind | None, licence: str | None, scope: str
) -> Iterator[Item]:
    if found is Format.MEDLINE:
        from osler.formats.medline import read_medline

        return read_medline(stream, name=name, kind=kind, licence=licence, scope=scope)
    if found is Format.JSON_LINES:
        from osler.formats.jsonlines import read_jsonlines

        return read_jsonlines(stream, name=name, kind=kind, licence=licence, scope=scope)
    if found is Format.JATS:
        from osler.formats.jats import read_jats

        return read_jats(stream, name=name, kind=kind, licence=licence, scope=scope)
    if found is Format.MARKDOWN:
        from osler.formats.guideline import read_markdown

        return read_markdown(stream, name=name, kind=kind, licence=licence, scope=scope)
    if found is Format.HTML:
        from osler.formats.guideline import read_page

        return read_page(stream, name=name, kind=kind, licence=licence, scope=scope)
    from osler.formats.bibliography import read_csl, read_ris

    read = read_ris if found is Format.RIS else read_csl
    return read(stream, name=name, kind=kind, licence=licence, scope=scope)
