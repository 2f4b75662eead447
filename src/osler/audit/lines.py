"""Plain text and Markdown as blocks: headings, paragraphs, list items and table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from osler.audit.blocks import Block, BlockKind, Tracked
from osler.audit.inline import read_inline

_FRONT: Final = re.compile(r"\A---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_HEADING: Final = re.compile(r"^ {0,3}#{1,6}\s+(?P<text>.*?)\s*#*\s*$")
_UNDERLINE: Final = re.compile(r"^ {0,3}(?:=+|-{2,})\s*$")
_ITEM: Final = re.compile(r"^\s*(?:[-*+•◦▪]|\(?\d{1,3}[.)]|\[\^?\d{1,3}\]:?)\s+(?P<text>.*)$")
_QUOTED: Final = re.compile(r"^\s*>\s?")
_ROW: Final = re.compile(r"^\s*\|.*\|\s*$")
_RULE: Final = re.compile(r"^\s*\|?[\s:|=*_-]+\|?\s*$")
_FENCE: Final = re.compile(r"^\s*(?:```|~~~)")
_ENDS: Final = re.compile(r"[.!?;,…]['\"”’)\]]*$")
_TITLE_WORDS: Final = 14


class _Line(NamedTuple):
    text: str
    start: int


def read_lines(text: str, *, markdown: bool) -> list[Block]:
    """Return the blocks of ``text``, which is Markdown or plain."""
    front = _FRONT.match(text) if markdown else None
    return list(_Reader(markdown).read(text, front.end() if front else 0))


class _Reader:
    """Collects lines into blocks while the text goes by."""

    def __init__(self, markdown: bool) -> None:
        self._markdown = markdown
        self._heading = ""
        self._held: list[_Line] = []
        self._kind = BlockKind.PARAGRAPH

    def read(self, text: str, start: int) -> Iterator[Block]:
        fenced = False
        for line in _lines(text, start):
            if self._markdown and _FENCE.match(line.text):
                yield from self._end()
                fenced = not fenced
            elif fenced:
                yield from self._whole(line, BlockKind.CODE)
            else:
                yield from self._take(line)
        yield from self._end()

    def _take(self, line: _Line) -> Iterator[Block]:
        heading = _HEADING.match(line.text) if self._markdown else None
        item = _ITEM.match(line.text)
        if not line.text.strip():
            yield from self._end()
        elif heading:
            yield from self._end()
            inner = _Line(heading["text"], line.start + heading.start("text"))
            yield from self._whole(inner, BlockKind.HEADING)
        elif _UNDERLINE.match(line.text):
            if len(self._held) == 1 and self._kind is BlockKind.PARAGRAPH:
                self._kind = BlockKind.HEADING
            yield from self._end()
        elif self._markdown and _ROW.match(line.text):
            yield from self._end()
            if not _RULE.match(line.text):
                yield from self._whole(line, BlockKind.TABLE)
        elif item:
            yield from self._end()
            self._kind = BlockKind.ITEM
            self._held = [_Line(item["text"], line.start + item.start("text"))]
        else:
            quoted = _QUOTED.match(line.text)
            skip = quoted.end() if quoted else 0
            self._held.append(_Line(line.text[skip:], line.start + skip))

    def _whole(self, line: _Line, kind: BlockKind) -> Iterator[Block]:
        self._held, self._kind = [line], kind
        yield from self._end()

    def _end(self) -> Iterator[Block]:
        held, kind = self._held, self._kind
        self._held, self._kind = [], BlockKind.PARAGRAPH
        if not held:
            return
        if kind is BlockKind.PARAGRAPH and _is_title(held):
            kind = BlockKind.HEADING
        collected = Tracked()
        for line in held:
            collected.put(" ", line.start, line.start)
            if self._markdown and kind is not BlockKind.CODE:
                read_inline(line.text, line.start, collected)
            else:
                collected.copy(line.text, line.start)
        block = collected.block(kind, self._heading)
        if block is None:
            return
        if kind is BlockKind.HEADING:
            self._heading = block.text
        yield block


def _is_title(held: list[_Line]) -> bool:
    """A short line by itself that no full stop ends is a heading of a text without markup."""
    if len(held) != 1:
        return False
    text = held[0].text.strip()
    return not _ENDS.search(text) and len(text.split()) <= _TITLE_WORDS


def _lines(text: str, start: int) -> Iterator[_Line]:
    for found in _LINE.finditer(text, start):
        if found.group():
            yield _Line(found.group().rstrip("\r\n"), found.start())
