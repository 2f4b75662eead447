"""Markdown: headings, paragraphs, list items and tables, with a front matter of ``key: value`` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from osler.formats.guideline.document import Place, make_document, read_text
from osler.formats.markup import subscript, superscript, tidy
from osler.model.record import Block, Item
from osler.model.source import Kind

_FRONT: Final = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD: Final = re.compile(r"^([A-Za-z][\w .-]*?)\s*:\s*(.*)$")
_HEADING: Final = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE: Final = re.compile(r"^ {0,3}(=+|-+)\s*$")
_ITEM: Final = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+(.*)$")
_FIGURE_AT_START: Final = re.compile(r"^\s*(?:(?!1[.)])\d{1,3}[.)]|[-+]\s+\d)")
_QUOTED: Final = re.compile(r"^>(?!\s?\d)\s*")
_ROW: Final = re.compile(r"^\s*\|.*\|\s*$")
_RULE: Final = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_FENCE: Final = re.compile(r"^\s*(?:```|~~~)")
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_STRONG: Final = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS: Final = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_]+?)(?<=\S)\1(?![\w*])")
_CODE: Final = re.compile(r"`([^`]+)`")
_RAISED: Final = re.compile(r"<(su[bp])>(.*?)</\1>", re.IGNORECASE)
_BETWEEN_DIGITS: Final = re.compile(r"(?<=\d)(?:</?[a-z][^<>]*>)+(?=\d)", re.IGNORECASE)
_TAG: Final = re.compile(r"</?(?:b|i|em|strong|u|span|a|br|p)\b[^>]*>", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")
_NAMES: Final = {
    "title": "title", "publisher": "publisher", "organisation": "publisher", "organization": "publisher",
    "journal": "publisher", "year": "year", "date": "date", "published": "date", "url": "url",
    "source": "url", "licence": "licence", "license": "licence", "doi": "doi", "pmid": "pmid",
    "pmcid": "pmcid", "author": "authors", "authors": "authors", "kind": "kind", "design": "design",
    "language": "language", "version": "version", "keywords": "keywords",
}  # fmt: skip


def read_markdown(
    stream: BinaryIO,
    *,
    name: str,
    kind: Kind | None = None,
    licence: str | None = None,
    scope: str = "public",
) -> Iterator[Item]:
    """Yield the one document of a Markdown file.

    Raises:
        InputError: ``input.empty``, ``input.encoding``, ``input.too_large``, ``input.unreadable``.
    """
    text = read_text(stream, name)
    fields, text = _take_front(text)
    blocks = tuple(_read_lines(_COMMENT.sub("", text).splitlines(), fields))
    yield make_document(fields, blocks, name=name, kind=kind, licence=licence, scope=scope)


def _take_front(text: str) -> tuple[dict[str, str], str]:
    found = _FRONT.match(text)
    if not found:
        return {}, text
    fields: dict[str, str] = {}
    last = ""
    for line in found[1].splitlines():
        item = _ITEM.match(line)
        if item and last and line[:1] in " -":
            fields[last] = "; ".join(part for part in (fields[last], _bare(item[1])) if part)
            continue
        field = _FIELD.match(line)
        if field:
            last = _NAMES.get(field[1].strip().lower(), "")
            if last:
                fields[last] = _bare(field[2])
    return fields, text[found.end() :]


def _bare(value: str) -> str:
    value = value.strip()
    if value[:1] == "[" and value[-1:] == "]":
        value = "; ".join(part.strip().strip("'\"") for part in value[1:-1].split(","))
    elif len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        value = value[1:-1]
    return value


def _read_lines(lines: list[str], fields: dict[str, str]) -> Iterator[Block]:
    place = Place()
    paragraph: list[str] = []
    rows: list[str] = []
    fenced = listed = False
    for number, line in enumerate([*lines, ""]):
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if rows and not _ROW.match(line):
            yield from place.block("\n".join(rows), table=True)
            rows = []
        heading = None if fenced else _heading_at(lines, number)
        item = _ITEM.match(line)
        if item and paragraph and not listed and _FIGURE_AT_START.match(line):
            # In running text a line may begin with a figure: "40. Higher doses", "- 5 points".
            item = None
        if heading or item or not line.strip() or (_ROW.match(line) and not fenced):
            yield from place.block(_plain(" ".join(paragraph)))
            paragraph, listed = [], False
        if heading:
            level, title = heading
            if level == 1 and not fields.get("title"):
                fields["title"] = title
            elif not (level == 1 and fields.get("title") == title):
                place.enter(level, title)
        elif item:
            paragraph, listed = [item[1].strip()], True
        elif _ROW.match(line) and not fenced:
            if not _RULE.match(line):
                rows.append(" | ".join(_plain(cell) for cell in line.strip().strip("|").split("|")))
        elif line.strip() and not _UNDERLINE.match(line):
            paragraph.append(_QUOTED.sub("", line.strip()))


def _heading_at(lines: list[str], number: int) -> tuple[int, str] | None:
    if number >= len(lines):
        return None
    found = _HEADING.match(lines[number])
    if found:
        return len(found[1]), _plain(found[2])
    below = lines[number + 1] if number + 1 < len(lines) else ""
    above = lines[number - 1].strip() if number else ""
    under = _UNDERLINE.match(below)
    if under and lines[number].strip() and not above and not _ITEM.match(lines[number]):
        return (1 if under[1][0] == "=" else 2), _plain(lines[number])
    return None


def _plain(text: str) -> str:
    """Return Markdown's inline markup resolved."""
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _CODE.sub(r"\1", text)
    text = _RAISED.sub(_moved, text)
    return tidy(_ESCAPED.sub(r"\1", _TAG.sub("", _BETWEEN_DIGITS.sub(" ", text))))


def _moved(found: re.Match[str]) -> str:
    before = found.string[: found.start()]
    return (superscript if found[1].lower() == "sup" else subscript)(before, found[2])
