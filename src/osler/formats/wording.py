"""The text of a document in the forms that rules look at, each made once and only when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from osler.model.passage import Role
from osler.model.record import Block

# What others did, and what should be done next, says nothing about how this study was done.
_ASIDE: Final = frozenset({Role.BACKGROUND, Role.CONCLUSIONS, Role.DISCUSSION})


class Wording:
    """What ``blocks`` say of the study itself; background and conclusions count only when alone.

    Attributes:
        text: Their texts, joined by line breaks.
        cues: The telling words that were found in it, or None while nobody has looked.
    """

    __slots__ = ("_lower", "_words", "cues", "text")

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._lower: str | None = None
        self._words: list[str] | None = None
        self.cues: frozenset[str] | None = None
        if len(blocks) == 1:
            self.text = blocks[0].text
        else:
            texts = [block.text for block in blocks if block.role not in _ASIDE]
            self.text = "\n".join(texts or [block.text for block in blocks])

    def words(self) -> list[str]:
        """Return the words between white space; punctuation stays on them."""
        if self._words is None:
            self._words = self.text.split()
        return self._words

    def lower(self) -> str:
        """Return the text in lower case."""
        if self._lower is None:
            self._lower = self.text.lower()
        return self._lower
