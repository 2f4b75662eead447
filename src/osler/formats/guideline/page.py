"""HTML pages of guidelines: what a reader would read, in order, under the headings of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import BinaryIO, Final

from osler.formats.guideline.document import Place, make_document, read_text
from osler.formats.markup import apart, subscript, superscript
from osler.model.record import Block, Item
from osler.model.source import Kind

_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_SILENT: Final = frozenset(
    {
        "script", "style", "nav", "footer", "aside", "form", "noscript", "template", "svg", "button",
        "select", "iframe", "header", "del", "s", "strike",
    }
)  # fmt: skip
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = frozenset(
    {
        "p", "li", "ul", "ol", "div", "section", "article", "main", "blockquote", "table", "tr", "td",
        "th", "dl", "dt", "dd", "figure", "figcaption", "pre", "hr", "body", "caption", "thead", "tbody",
    }
)  # fmt: skip
_META: Final = {
    "citation_title": "title", "dc.title": "title", "og:title": "title",
    "citation_doi": "doi", "dc.identifier": "doi",
    "citation_publisher": "publisher", "dc.publisher": "publisher", "og:site_name": "publisher",
    "citation_publication_date": "date", "citation_date": "date", "dc.date": "date",
    "article:published_time": "date", "citation_pmid": "pmid", "og:url": "url",
    "dc.rights": "licence", "dc.language": "language", "publisher": "publisher",
}  # fmt: skip


def read_page(
    stream: BinaryIO,
    *,
    name: str,
    kind: Kind | None = None,
    licence: str | None = None,
    scope: str = "public",
) -> Iterator[Item]:
    """Yield the one document of an HTML page.

    Raises:
        InputError: ``input.empty``, ``input.encoding``, ``input.too_large``, ``input.unreadable``.
    """
    reader = _Page()
    reader.feed(read_text(stream, name))
    reader.close()
    reader.end_block()
    fields = reader.fields
    fields.setdefault("title", reader.title)
    if not fields["title"]:
        del fields["title"]
    yield make_document(fields, tuple(reader.blocks), name=name, kind=kind, licence=licence, scope=scope)


def _collapsed(text: str) -> str:
    """Return ``text`` with each run of white space one space, as a browser shows it."""
    return _SPACE.sub(" ", text).strip(" ")


class _Page(HTMLParser):
    """Collects blocks while the page goes by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.fields: dict[str, str] = {}
        self.title = ""
        self._place = Place()
        self._text = ""
        self._silent = 0
        self._heading: str | None = None
        self._in_title = False
        self._raised: list[tuple[str, str]] = []
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; elements that nobody reads are passed over with all they hold."""
        given = {key: value or "" for key, value in attrs}
        if tag in _SILENT and not (tag == "header" and self._silent == 0 and self._heading):
            self._silent += 1
        elif tag == "title":
            self._in_title = True
        elif tag == "meta":
            self._read_meta(given)
        elif tag == "link" and given.get("rel") == "canonical":
            self.fields.setdefault("url", given.get("href", ""))
        elif tag == "html" and given.get("lang"):
            self.fields.setdefault("language", given["lang"])
        elif tag == "br":
            self._text += " "
        elif tag in {"sup", "sub"}:
            self._raised.append((tag, self._text))
            self._text = ""
        elif tag in {"td", "th"} and self._rows:
            self._text = ""
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif self._rows is not None and tag in _BLOCKS and tag != "table":
            self._text += " "
        elif tag in _HEADINGS or tag in _BLOCKS:
            self.end_block()
            if tag in _HEADINGS:
                self._heading = tag
            elif tag == "table":
                self._rows = []

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "title":
            self._in_title = False
        elif tag in {"sup", "sub"} and self._raised:
            _, before = self._raised.pop()
            moved = superscript if tag == "sup" else subscript
            self._text = before + moved(before, self._text)
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append(_collapsed(self._text))
            self._text = ""
        elif tag == "table" and self._rows is not None:
            rows, self._rows = [row for row in self._rows if any(row)], None
            whole = "\n".join(" | ".join(row) for row in rows)
            self.blocks.extend(self._place.block(whole, table=True))
            self._text = ""
        elif (tag in _HEADINGS or tag in _BLOCKS) and self._rows is None:
            self.end_block()

    def handle_data(self, data: str) -> None:
        """Take text in."""
        if self._in_title:
            self.title += data
        elif not self._silent:
            # Data comes in one piece between two tags, so a tag stands before it.
            self._text = apart(self._text, data)

    def end_block(self) -> None:
        """Note what was read since the last block as a heading or as text."""
        text = _collapsed(self._text)
        self._text = ""
        self._raised.clear()
        heading, self._heading = self._heading, None
        if not text:
            return
        if heading is None:
            self.blocks.extend(self._place.block(text))
        elif heading == "h1" and "title" not in self.fields:
            self.fields["title"] = text
        elif text != self.fields.get("title"):
            self._place.enter(int(heading[1]), text)

    def _read_meta(self, given: dict[str, str]) -> None:
        field = _META.get((given.get("name") or given.get("property") or "").lower())
        content = given.get("content", "").strip()
        if field and content:
            self.fields.setdefault(field, content)
        elif (given.get("name") or "").lower() in {
            "citation_author",
            "author",
            "dc.creator",
        } and content:
            known = self.fields.get("authors")
            self.fields["authors"] = f"{known}; {content}" if known else content
