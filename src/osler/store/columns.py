"""The two types of column there are, so that both databases hold the same values in the same order."""

from __future__ import annotations

from typing import Final

from sqlalchemy import BigInteger, Integer, Text

WORDS: Final = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its code points, as SQLite has it; a digest must not depend on a language."""

WHOLE: Final = Integer().with_variant(BigInteger(), "postgresql")
"""A whole number of 64 bits, as SQLite has it."""
