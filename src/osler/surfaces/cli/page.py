"""Lines of text for a terminal or a pipe: wrapped at a width, styled only where that is wanted.

Knows nothing of answers or sources. Never passes on control characters that a text brings along: a
source must not be able to move the cursor, hide words or reverse the direction of a line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import groupby
from typing import IO, Final, NamedTuple

WIDEST: Final = 88
PIPED: Final = 80


class Style(StrEnum):
    """How a stretch of text looks; the value is the terminal's code for it."""

    PLAIN = ""
    STRONG = "1"
    DIM = "2"
    HEADING = "1;36"
    WARNING = "1;33"
    GOOD = "32"


class Span(NamedTuple):
    """A stretch of text in one style."""

    text: str
    style: Style = Style.PLAIN


_UNSAFE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def clean(text: str) -> str:
    """Return ``text`` without control, direction and invisible characters; white space is kept."""
    return _UNSAFE.sub("", text.replace("\r", "\n"))


def columns(text: str) -> int:
    """Return how many columns ``text`` takes on a terminal."""
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.combining(letter) > 0 for letter in text)


class Page:
    """Collects lines; ``text`` gives the whole.

    Args:
        width: Columns that a line may take.
        styled: Whether to write the terminal's codes for bold, dim and colour.
    """

    def __init__(self, *, width: int = PIPED, styled: bool = False) -> None:
        self.width = max(20, width)
        self.styled = styled
        self._lines: list[str] = []

    @property
    def text(self) -> str:
        """Every line so far, with a line end after each."""
        return "".join(f"{line}\n" for line in self._lines)

    def gap(self) -> None:
        """Leave one empty line, unless there is one already."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def heading(self, text: str) -> None:
        """Write a heading after an empty line."""
        self.gap()
        self.write(Span(text, Style.HEADING))

    def write(self, *spans: Span, first: str = "", indent: int = 0) -> None:
        """Write one paragraph; ``first`` stands before its first line, the others hang below its text.

        White space inside the spans is folded; a non-breaking space keeps two words on one line.
        """
        start = " " * indent + first
        rest = " " * columns(start)
        line, used, empty = [Span(start)], columns(start), True
        for word, gap in _words(spans):
            size = sum(columns(part.text) for part in word)
            if gap and not empty and used + 1 + size > self.width:
                self._end(line)
                line, used, empty = [Span(rest)], columns(rest), True
            if gap and not empty:
                same = line[-1].style is word[0].style
                line.append(Span(" ", word[0].style if same else Style.PLAIN))
                used += 1
            line += word
            used, empty = used + size, False
        self._end(line)

    def _end(self, line: list[Span]) -> None:
        """Paint each run of one style at once and end the line."""
        runs = groupby(line, key=lambda part: part.style)
        painted = [self._paint(style, "".join(part.text for part in run)) for style, run in runs]
        self._lines.append("".join(painted).rstrip())

    def _paint(self, style: Style, text: str) -> str:
        text = text.replace("\N{NO-BREAK SPACE}", " ")
        if not self.styled or style is Style.PLAIN:
            return text
        return f"\x1b[{style}m{text}\x1b[0m"


def _words(spans: tuple[Span, ...]) -> Iterator[tuple[list[Span], bool]]:
    """Yield words, which may change style inside, and whether white space stands before each."""
    word: list[Span] = []
    gap = False
    for span in spans:
        for piece in re.split(r"([ \t\n\v\f]+)", clean(span.text)):
            if not piece:
                continue
            if piece.isspace() and "\N{NO-BREAK SPACE}" not in piece:
                if word:
                    yield word, gap
                word, gap = [], True
            else:
                word.append(Span(piece, span.style))
    if word:
        yield word, gap


def page_for(stream: IO[str], environment: Mapping[str, str]) -> Page:
    """Return a page that suits ``stream``: styled on a terminal, plain and 80 columns wide in a pipe.

    ``NO_COLOR`` (any value) and ``TERM=dumb`` keep a terminal plain.
    """
    if not stream.isatty():
        return Page()
    import shutil

    styled = "NO_COLOR" not in environment and environment.get("TERM") != "dumb"
    return Page(width=min(shutil.get_terminal_size().columns, WIDEST), styled=styled)
