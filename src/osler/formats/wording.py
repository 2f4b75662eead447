"""The text of a document in the forms that rules look at, each made once and only when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from osler.model.passage import Role
from osler.model.record import Block

_STUDIED: Final = frozenset({Role.METHODS, Role.RESULTS, Role.UNLABELLED})


class Wording:
    """The text of ``blocks``, their ends marked by line breaks.

    Attributes:
        text: As it stands.
        cues: The telling words that were found in it, or None while nobody has looked.
    """

    __slots__ = ("_blocks", "_lower", "_words", "cues", "text")

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = blocks
        self._lower: str | None = None
        self._words: list[str] | None = None
        self.cues: frozenset[str] | None = None
        self.text = blocks[0].text if len(blocks) == 1 else "\n".join([block.text for block in blocks])

    def words(self) -> list[str]:
        """Return the words between white space; punctuation stays on them."""
        if self._words is None:
            self._words = self.text.split()
        return self._words

    def lower(self) -> str:
        """Return the whole text in lower case."""
        if self._lower is None:
            self._lower = self.text.lower()
        return self._lower

    def studied(self) -> str:
        """Return what methods, results and unlabelled text say: there the people studied are counted."""
        if len(self._blocks) == 1:
            return self.text if self._blocks[0].role in _STUDIED else ""
        return "\n".join([block.text for block in self._blocks if block.role in _STUDIED])
