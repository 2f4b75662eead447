"""How much the functions of words remember: enough for the texts of some questions, and full soon.

A server that answers for weeks meets ever new words. What it keeps of them is bounded so low that a few
hundred questions fill it: from then on its memory stays where it is. With eight times as much the same
answers came no sooner (docs/performance.md).
"""

from __future__ import annotations

from typing import Final

WORDS: Final = 8_192
"""Words kept in their compared form, by the one function that every comparison goes through."""

FEW_WORDS: Final = 2_048
"""Words kept by a function that is seldom asked, or stands behind one that keeps them itself."""

TEXTS: Final = 4_096
"""Sentences and phrases kept as compared."""
