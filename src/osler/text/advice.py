"""What a sentence does in a text that advises: a guideline, a drug label, a page for the public.

Such a text reports no study of its own. "Antibiotics are used to treat it" tells no method there, "The
goal of treatment is to relieve pain" no aim of a study, and "Call your doctor if the fever lasts" is
advice. ``moves`` was made for research articles; what it takes for a method, an aim or a fragment is
looked at again here, and stays what it was unless its form is plainly that of advice or of a statement.
"""

from __future__ import annotations

import re
from typing import Final

from osler.text.moves import Move

_WORDS_AT_LEAST: Final = 5
_DOES: Final = re.compile(
    r"\A(?:[-–•*]\s*)?(?:please\s+)?(?:do\s+not|don['’]t|never|always|call|contact|see\s+(?:a|an"
    r"|your)|seek|go\s+to"
    r"\s+(?:the\s+)?(?:hospital|emergency|nearest)|talk|speak|ask|tell|discuss|avoid|limit|stop"
    r"|start|drink|eat|take"
    r"|use|apply|wash|keep|rest|try|wear|get|make\s+sure|check|check\s+with|follow|give|store|stay"
    r"|quit|choose)\b",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(
    r"\b(?:for\s+more\s+information|read\s+more|learn\s+more|click|video|press\s+the|web\s?site"
    r"|visit\s+(?:the|our)"
    r"|health\s+topics?|pronunciation|clinicaltrials|contact\s+information|this\s+(?:article|page"
    r"|section|chapter))\b"
    r"|https?:|www\.|\bsee\s+(?:also|the\s+[A-Z])",
    re.IGNORECASE,
)
_ANNOUNCES: Final = re.compile(
    r"\b(?:the\s+following\s+list|(?:is|are)\s+listed\s+below)\b", re.IGNORECASE
)
_STUDY: Final = re.compile(
    r"\b(?:we|our|study|studies|trial|trials|randomi[sz]ed|enrolled|participants|searched|were|was"
    r"|had|panel|committee"
    r"|authors?|recruit\w*|placebo)\b",
    re.IGNORECASE,
)
_SUBJECT: Final = (
    r"(?:you|it|they|we|people|children|adults|women|men|babies|infants|patients|doctors|symptoms"
    r"|signs|treatments?"
    r"|medicines?|drugs?|antibiotics|most\s+\w+|many\s+\w+|some\s+\w+)"
)
_STATES: Final = re.compile(
    rf"\b{_SUBJECT}\s+(?:\w+ly\s+|often\s+|also\s+|then\s+|sometimes\s+|never\s+|always\s+)?[a-z]{{2,}}\b"
    r"|\b(?:is|are|can|may|might|should|will|must|has|have|does|do|includes?|involves?|means|helps?"
    r"|causes?|makes?|keeps?"
    r"|needs?|gets?|goes|comes|happens|starts?|begins?|stops?|stays?|lives?|spreads?|passes|infects?"
    r"|clears?|fights?"
    r"|builds?|flush(?:es)?|joins?|lasts?|heals?|hurts?|turns?|looks?|feels?|depends?|varies"
    r"|contains?|works?)\b",
    re.IGNORECASE,
)


def move_in_advice(sentence: str, move: Move) -> Move:
    """Return what ``sentence`` does in a text that advises, given what it would do in an article.

    Args:
        sentence: One sentence, exactly as in its passage.
        move: As ``classify_move`` gives it.
    """
    if _ANNOUNCES.search(sentence):
        return Move.POINTER
    if move not in _LOOKED_AT or _ELSEWHERE.search(sentence):
        return move
    if len(sentence.split()) < _WORDS_AT_LEAST or not sentence.rstrip(" \"'”’)").endswith("."):
        return move
    if _DOES.match(sentence):
        return Move.RECOMMENDATION
    if move not in _DOUBTED or _STUDY.search(sentence):
        return move
    return Move.FINDING if _STATES.search(sentence) else move


_DOUBTED: Final = frozenset({Move.METHOD, Move.AIM, Move.FRAGMENT})
_LOOKED_AT: Final = _DOUBTED | {Move.BACKGROUND, Move.FINDING}
