"""How a question is put: as a question, as a statement, or in words that the library does not use.

What tells a relevant passage differs with it. A statement names what its evidence names; a question
leaves out what it asks for; words that had to be translated are a poorer guide than meaning.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from osler.model.question import Question


class Manner(StrEnum):
    """How a question is put."""

    ASKED = "asked"
    """It ends in a question mark or begins like a question."""

    SAID = "said"
    """A statement, a heading, notes: nothing in it asks."""

    REWORDED = "reworded"
    """Some of its words are also searched as others: a product, a slip, an everyday word."""


_ASKS: Final = re.compile(
    r"\?\s*$"
    r"|^\W*(?:(?:in|to|for|on|of|with|from) )?(?:what|which|who|whom|whose|when|where|why|how|is|are"
    r"|was|were"
    r"|do|does|did|has|have|had|can|could|should|would|will|may|might|must|list|describe|define|name"
    r"|explain)\b",
    re.IGNORECASE,
)


def manner_of(question: Question) -> Manner:
    """Return how ``question`` is put."""
    if question.searched_as:
        return Manner.REWORDED
    return Manner.ASKED if _ASKS.search(question.asked) else Manner.SAID
