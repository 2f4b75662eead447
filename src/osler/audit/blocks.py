"""The blocks of somebody's text: what a reader would read, each character with its place.

Markup is resolved as it is when documents are added, but here every character remembers where it came
from, so that a claim can be pointed at in the file itself.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_SPACES: Final = " \t\n\r\f\v\N{NO-BREAK SPACE}"


class BlockKind(StrEnum):
    """What a block is in its text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or a table row.

    Attributes:
        kind: What it is.
        text: As a reader reads it: markup resolved, white space folded.
        starts: For each character of ``text`` its first code point in the text as given.
        ends: For each character one past its last code point there.
        heading: The nearest heading above; empty before the first.
    """

    kind: BlockKind
    text: str
    starts: array[int]
    ends: array[int]
    heading: str = ""

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands in the text as given.

        Raises:
            ValueError: The span is empty or lies outside the block.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} is not inside the block")
        return self.starts[start], self.ends[end - 1]


class Tracked:
    """Text that grows, each character with its place; white space is folded as it comes."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._starts = array("q")
        self._ends = array("q")

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._text)

    @property
    def last(self) -> str:
        """The last character, or nothing."""
        return self._text[-1] if self._text else ""

    def copy(self, text: str, start: int) -> None:
        """Add ``text`` that stands in the text as given from ``start``, character by character."""
        for offset, char in enumerate(text, start):
            self.put(char, offset, offset + 1)

    def put(self, text: str, start: int, end: int) -> None:
        """Add ``text`` that the code points ``start:end`` stand for, such as an entity."""
        for char in text:
            if char in _SPACES:
                if not self._text or self._text[-1] == " ":
                    continue
                char = " "
            self._text.append(char)
            self._starts.append(start)
            self._ends.append(end)

    def block(self, kind: BlockKind, heading: str) -> Block | None:
        """Return what was collected as a block and begin anew; None when there is nothing to read."""
        text, starts, ends = "".join(self._text), self._starts, self._ends
        self._text, self._starts, self._ends = [], array("q"), array("q")
        size = len(text.rstrip())
        return Block(kind, text[:size], starts[:size], ends[:size], heading) if size else None
