"""What may identify somebody, held back where a question would leave this process or be read by others.

The finder is ``text.identifying``, which is no proof: what it misses is not held back here either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from osler.errors import InputError
from osler.text.identifying import WORDS, IdentifierKind, find_identifiers, redacted

CODE: Final = "input.identifiers"
_OF_A_FIELD: Final = re.compile(r"(?:\"[^\"]*\"|[^\s()\"]+(?:\s+[A-Z]{1,3})?)\s*\[[^\]]+\]")
"""A term of PubMed with its field: an author, a date and a journal are what such fields are for."""
_OF_EVIDENCE: Final = frozenset({IdentifierKind.AGE})
"""Kinds that a search for evidence may name: it is about many, and says so by an age."""
_OF_A_QUESTION: Final = ("asked", "understood", "normalised")


def refuse_identifiers(question: str, *, what: str) -> None:
    """Return where ``question`` holds nothing that may identify somebody.

    Args:
        question: As typed.
        what: Why it must not.

    Raises:
        InputError: ``input.identifiers``, naming what was found by its kind and never by its words.
    """
    _refuse({found.kind for found in find_identifiers(question)}, what)


def refuse_in_search(query: str) -> None:
    """Return where a search of PubMed may leave this process.

    Raises:
        InputError: ``input.identifiers``: it holds, outside of fields, what may identify somebody.
    """
    bare = _OF_A_FIELD.sub(" ", query)
    found = {each.kind for each in find_identifiers(bare)} - _OF_EVIDENCE
    _refuse(found, "a search is sent to PubMed")


def without_identifiers_asked(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the document of an answer with what may identify somebody taken out of its question."""
    answer = document["answer"]
    question = {
        name: redacted(value) if name in _OF_A_QUESTION and isinstance(value, str) else value
        for name, value in answer["question"].items()
    }
    return {**document, "answer": {**answer, "question": question}}


def _refuse(kinds: set[IdentifierKind], what: str) -> None:
    if kinds:
        named = ", ".join(WORDS[kind] for kind in IdentifierKind if kind in kinds)
        raise InputError(
            f"{what}, and this may tell who it is about: {named}",
            item="QUESTION",
            hint="leave that out",
            code=CODE,
        )
