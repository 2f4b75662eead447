"""Whether a text that is already in compared form names a concept, with its abbreviations opened."""

from __future__ import annotations

from collections.abc import Mapping

from osler.model.question import Concept
from osler.text.names import keyed, long_forms_in


def open_abbreviations(text: str, abbreviations: Mapping[str, str]) -> str:
    """Return ``keyed(text)`` followed by the keyed long forms of the abbreviations that stand in it."""
    return keyed(text) + "".join(f"|{keyed(long)}" for long in long_forms_in(text, abbreviations))


def names(keyed_text: str, concept: Concept) -> bool:
    """Tell whether a keyed text names ``concept`` in any of its variants."""
    return any(keyed(variant) in keyed_text for variant in concept.variants)
