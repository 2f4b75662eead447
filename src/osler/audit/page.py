"""An HTML page as blocks: what a reader would read, each character with its place in the source."""

from __future__ import annotations

import html
from html.parser import HTMLParser
from typing import Final

from osler.audit.blocks import Block, BlockKind, Tracked
from osler.audit.inline import raise_text

_SILENT: Final = frozenset(
    {
        "script", "style", "nav", "footer", "aside", "form", "noscript", "template", "svg", "button",
        "select", "iframe", "del", "s", "strike", "head",
    }
)  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ITEMS: Final = frozenset({"li", "dd", "dt"})
_BLOCKS: Final = _HEADINGS | _ITEMS | frozenset(
    {
        "p", "ul", "ol", "div", "section", "article", "main", "blockquote", "table", "tr", "dl",
        "figure", "figcaption", "pre", "hr", "body", "caption", "thead", "tbody", "header",
    }
)  # fmt: skip


def read_page(text: str) -> list[Block]:
    """Return the blocks of the HTML page ``text``."""
    reader = _Page(text)
    reader.feed(text)
    reader.close()
    reader.end_block()
    return reader.blocks


class _Page(HTMLParser):
    """Collects blocks while the page goes by; entities come one by one, so that each has a place."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[Block] = []
        self._text = text
        self._lines = [0]
        while (found := text.find("\n", self._lines[-1])) >= 0:
            self._lines.append(found + 1)
        self._collected = Tracked()
        self._kind = BlockKind.PARAGRAPH
        self._heading = ""
        self._silent: list[str] = []
        self._raised: tuple[str, int, str] | None = None

    def _here(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; elements that nobody reads are passed over with all they hold."""
        del attrs
        if tag in _SILENT:
            self._silent.append(tag)
        elif self._silent:
            return
        elif tag == "br":
            self._collected.put(" ", self._here(), self._here())
        elif tag in {"sup", "sub"}:
            self._raised = (tag, self._here(), "")
        elif tag in {"td", "th"}:
            if self._collected.last:
                self._collected.put(" | ", self._here(), self._here())
        elif tag in _BLOCKS:
            self.end_block()
            self._kind = _kind_of(tag)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in self._silent:
            while self._silent and self._silent.pop() != tag:
                pass
        elif self._silent:
            return
        elif tag in {"sup", "sub"}:
            self._lift()
        elif tag in _BLOCKS:
            self.end_block()

    def _lift(self) -> None:
        if self._raised is None:
            return
        tag, start, inner = self._raised
        self._raised = None
        end = self._text.find(">", self._here()) + 1
        raise_text(inner, (start, max(end, start + 1)), self._collected, lowered=tag == "sub")

    def handle_data(self, data: str) -> None:
        """Take text in."""
        if self._silent:
            return
        if self._raised:
            tag, start, inner = self._raised
            self._raised = (tag, start, inner + data)
        else:
            self._collected.copy(data, self._here())

    def handle_entityref(self, name: str) -> None:
        """Take in a named entity."""
        self._put_entity(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """Take in a numbered character."""
        self._put_entity(f"&#{name}")

    def _put_entity(self, written: str) -> None:
        if self._silent:
            return
        start = self._here()
        end = start + len(written)
        closed = self._text[end : end + 1] == ";"
        meant = html.unescape(f"{written};")
        if self._raised:
            tag, begun, inner = self._raised
            self._raised = (tag, begun, inner + meant)
        else:
            self._collected.put(meant, start, end + closed)

    def end_block(self) -> None:
        """Note what was read since the last block."""
        self._lift()
        block = self._collected.block(self._kind, self._heading)
        self._kind = BlockKind.PARAGRAPH
        if block is None:
            return
        if block.kind is BlockKind.HEADING:
            self._heading = block.text
        self.blocks.append(block)


def _kind_of(tag: str) -> BlockKind:
    if tag in _HEADINGS:
        return BlockKind.HEADING
    if tag in _ITEMS:
        return BlockKind.ITEM
    if tag == "tr":
        return BlockKind.TABLE
    return BlockKind.CODE if tag == "pre" else BlockKind.PARAGRAPH
