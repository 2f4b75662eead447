"""The words of a document's text, split once and only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from osler.model.record import Block


class Wording:
    """The text of ``blocks`` as words between white space; punctuation stays on the words."""

    __slots__ = ("_lower", "_split", "blocks")

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self._split: list[list[str]] | None = None
        self._lower: str | None = None

    def by_block(self) -> list[list[str]]:
        """Return the words of each block."""
        if self._split is None:
            self._split = [block.text.split() for block in self.blocks]
        return self._split

    def words(self) -> Sequence[str]:
        """Return all words in order."""
        split = self.by_block()
        return split[0] if len(split) == 1 else list(chain.from_iterable(split))

    def lower(self) -> str:
        """Return the whole text in lower case."""
        if self._lower is None:
            self._lower = " ".join([block.text for block in self.blocks]).lower()
        return self._lower
