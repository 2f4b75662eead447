"""A statement: one sentence of an answer. There is no way to make one without citations."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from osler.ids import content_id
from osler.model.certainty import Certainty
from osler.model.citation import Citation
from osler.model.verdict import Verdict


class Made(StrEnum):
    """The three ways a statement may come into being."""

    QUOTED = "quoted"
    COMPUTED = "computed"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class Insertion:
    """Words added for the reader at ``offset`` of the quote; printed in square brackets.

    Attributes:
        offset: Where in the quote, in code points.
        text: The added words, without brackets.
        replaces: Number of the quote's characters that the words stand for (a pronoun), or 0.
    """

    offset: int
    text: str
    replaces: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence with its evidence.

    Attributes:
        text: What is printed: for a quoted statement its quote, with insertions in square brackets.
        made: How it came to be.
        citations: Where the words stand; never empty, the first is the quoted one.
        verdict: What the judge found.
        lead: For whom and how we know (``In 21 adults, case series:``), or empty.
        plain: Rendering for another reader level, or None.
        certainty: Level and basis, or None.
        also: ``src_…`` ids of further sources that say the same, in order.
        insertions: Words added for the reader, in order of offset.
    """

    text: str
    made: Made
    citations: tuple[Citation, ...]
    verdict: Verdict
    lead: str = ""
    plain: str | None = None
    certainty: Certainty | None = None
    also: tuple[str, ...] = ()
    insertions: tuple[Insertion, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a statement without citations, and a quoted one whose text is not its quote.

        Raises:
            ValueError: One of these rules is broken.
        """
        if not self.citations:
            raise ValueError("a statement needs at least one citation")
        if self.made is Made.QUOTED:
            expected = insert(self.citations[0].quote, self.insertions)
            if self.text != expected:
                raise ValueError("a quoted statement prints its quote and nothing else")

    @property
    def id(self) -> str:
        """``st_…``, from the spans it rests on: the same at every reader level."""
        parts = [f"{c.passage}:{c.start}:{c.end}" for c in self.citations]
        return content_id("st", *parts)


def insert(quote: str, insertions: tuple[Insertion, ...]) -> str:
    """Return ``quote`` with ``insertions`` in square brackets at their offsets."""
    pieces: list[str] = []
    position = 0
    for added in insertions:
        if added.offset < position or added.offset + added.replaces > len(quote):
            raise ValueError("insertions must be in order and inside the quote")
        pieces.append(quote[position : added.offset])
        before = quote[added.offset - 1] if added.offset else " "
        space = "" if added.replaces or before.isspace() or before in "([" else " "
        pieces.append(f"{space}[{added.text}]")
        position = added.offset + added.replaces
    pieces.append(quote[position:])
    return "".join(pieces)
