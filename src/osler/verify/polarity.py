"""Whether a quote leaves out a word that turns its meaning round, inside its sentence or just after it.

Works on cue words and their places only; knows nothing of subjects.
"""

from __future__ import annotations

import re
from typing import Final

from osler.model.passage import Passage
from osler.model.verdict import Check
from osler.text.anaphora import opening_connective
from osler.text.polarity import hedges, negations
from osler.verify.checks import CheckName, failed, passed
from osler.verify.spans import sentences_of

_CONDITION: Final = re.compile(
    r"\b(?:if|unless|except|provided that|only (?:in|when|if|for|after)|until)\b", re.IGNORECASE
)
_TAKES_BACK: Final = re.compile(
    r"^\s*(?:however|but|nevertheless|nonetheless|yet|although|though|in contrast"
    r"|conversely)\b,?\s*"
    r"(?:\w+\s+){0,3}?(?:this|these|that|those|it|they|neither|the (?:difference|effect|result"
    r"|finding|"
    r"association|increase|decrease|reduction|improvement)s?)\b",
    re.IGNORECASE,
)
_NOT_REACHED: Final = re.compile(
    r"\b(?:non-?significant|insignificant|disappeared|lost|vanished)\b", re.IGNORECASE
)


def check_cut(start: int, end: int, passage: Passage) -> Check:
    """Return whether nothing that turns the quote round stands just outside it."""
    text = passage.text
    spans = sentences_of(passage)
    for begin, stop in spans:
        if begin < start < stop:
            fault = _cut_off(text[begin:start], "before")
        elif begin < end < stop:
            fault = _cut_off(text[end:stop], "after")
        else:
            fault = ""
        if fault:
            return failed(CheckName.POLARITY, fault)
    following = next((text[begin:stop] for begin, stop in spans if begin >= end), "")
    if following and _takes_back(following):
        return failed(CheckName.POLARITY, "the next sentence takes it back and is not quoted with it")
    return passed(CheckName.POLARITY)


def _cut_off(outside: str, side: str) -> str:
    """Say which word of the part left ``outside`` changes the meaning, or return an empty string."""
    connective = opening_connective(outside) if side == "before" else None
    rest = outside[connective[1] :] if connective else outside
    for found, kind in ((negations(rest), "negation"), (hedges(rest), "hedge")):
        if found:
            return f"a {kind} ({found[0].text!r}) stands {side} the quote in its own sentence"
    condition = _CONDITION.search(rest)
    if condition:
        return f"a condition ({condition.group()!r}) stands {side} the quote in its own sentence"
    return ""


def _takes_back(sentence: str) -> bool:
    return _TAKES_BACK.search(sentence) is not None and bool(
        negations(sentence) or _NOT_REACHED.search(sentence)
    )
