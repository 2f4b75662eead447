"""A compound sentence as its parts, where each part can stand for itself."""

from __future__ import annotations

import re
from typing import Final

from osler.text.verbs import has_verb
from osler.verify.wording import subject_tokens

_JOINT: Final = re.compile(
    r";\s+|,\s+(?:and|but|whereas|while|although)\s+(?=[A-Za-z][\w-]*\s)|\s+(?:whereas"
    r"|but)\s+(?=[A-Za-z])"
)
_ACTS: Final = re.compile(r"\S+(?:\s\S+){0,2}?\s[a-z]{3,}[^s\W]s\s")
_FEWEST_WORDS: Final = 3
_FEWEST_SUBJECTS: Final = 2


def split_parts(claim: str) -> list[str]:
    """Return the parts of ``claim``, each with a verb and a subject of its own, or all of it as one.

    A part that begins with a verb or a pronoun leans on the part before and is left with it.
    """
    pieces: list[str] = []
    position = 0
    for found in _JOINT.finditer(claim):
        left, right = claim[position : found.start()], claim[found.end() :]
        if _stands(left) and _stands(right) and not _leans(right):
            pieces.append(left)
            position = found.end()
    pieces.append(claim[position:])
    return [piece[:1].upper() + piece[1:].rstrip(" .") + "." for piece in pieces]


_LEANS: Final = re.compile(
    r"^(?:it|its|they|their|this|these|that|which|who|is|are|was|were|has|have|had|can|may|does"
    r"|did|not|then"
    r"|also|with|in whom|\w+(?:ed|ing|s)\s+(?:the|a|an|in|to|by|at|on|with)\b)",
    re.IGNORECASE,
)


def _leans(part: str) -> bool:
    return _LEANS.match(part) is not None


def _stands(part: str) -> bool:
    return (
        len(part.split()) >= _FEWEST_WORDS
        and len(subject_tokens(part)) >= _FEWEST_SUBJECTS
        and (has_verb(part) or _ACTS.match(part) is not None)
    )
