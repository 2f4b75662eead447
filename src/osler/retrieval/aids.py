"""What a search does beyond the words as typed; each aid is shown where it acts, and can be left out."""

from __future__ import annotations

from enum import StrEnum


class Aid(StrEnum):
    """One way in which a search reaches further than the words of a question, or orders what it finds.

    Left out one at a time, the same search says what each of them is worth.
    """

    SPELLING = "spelling"
    """A word that the library does not know is also searched as the word it was meant to be."""

    LAY = "lay"
    """Everyday and ward words are also searched as the words that the literature uses."""

    BRANDS = "brands"
    """The name of a product is also searched as its substance."""

    ABBREVIATIONS = "abbreviations"
    """A short form is also searched as its long form, and the other way round."""

    TIERS = "tiers"
    """Stronger designs come first among sources that fit a question equally well."""

    VECTORS = "vectors"
    """Passages are also found and ordered by meaning, where the library has vectors and a model."""

    RERANK = "rerank"
    """What was found is put in order by learnt weights."""


NOTHING: frozenset[Aid] = frozenset()
"""Leaves nothing out."""
