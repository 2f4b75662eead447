"""Whether a question asks yes or no, and the claim it then puts.

``Does anakinra lower ferritin?`` puts the claim ``anakinra lower ferritin``. Reads the form of the words
and knows no grammar; where two readings are possible it says that the question does not ask yes or no,
since an answer of one word to the wrong question does harm.
"""

from __future__ import annotations

import re
from typing import Final

_AUXILIARY: Final = (
    r"(?:is|are|was|were|does|do|did|can|could|should|would|will|may|might|must|shall|has|have|had|am)"
)
_LEAD_IN: Final = re.compile(
    r"\s*(?:(?:so|and|but|oh|ok|okay|hi|hello|well|also|please|thanks|yes|no|then|actually|just"
    r"|anyway)\b"
    r"[\s,.:;!-]*|(?:(?:i have|one|a|another|my|quick|the)\s+)+question\b[\s,.:;-]*"
    r")*",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(rf"{_AUXILIARY}\b(?!\s+(?:not|n't)\b|n['’]t)", re.IGNORECASE)
_OPENS_LATER: Final = re.compile(
    rf"(?:[:;–—]\s+|\s-\s+|,\s+|\w\w\.\s+)(?P<rest>{_AUXILIARY}\s+\w.*)\Z", re.IGNORECASE | re.DOTALL
)
_INSIDE: Final = re.compile(
    r"\b(?:is|are|was|were|isnt|isn't|isn’t|can|could|does|do|will|should|may|has"
    r"|have)\b",
    re.IGNORECASE,
)
_ASKED_FOR_MORE: Final = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|list|name|describe|explain|compare)\b",
    re.IGNORECASE,
)
_ALTERNATIVES: Final = re.compile(
    r"\b(?:either|versus|vs)\b"
    r"|\b(?:male|dominan\w*|dominate|recessive|monoclonal|polyclonal|benign|malignant|better|worse"
    r"|good|bad"
    r"|higher|lower|increase\w*|decrease\w*|upregulat\w*|downregulat\w*|acute|chronic|viral|bacterial"
    r"|true|fact|friend|safe|early|late|same|different)\s+or\s+[\w-]+"
    r"|\bor\s+(?:is|are|was|were|does|do|did|can|should|rather|just|only|merely|not"
    r"|mostly|an?|the|other)\b|[:;,–—]\s*[\w' -]{2,40}\bor\b[\w' -]{2,40}\Z",
    re.IGNORECASE,
)
_YES_OR_NO: Final = re.compile(r"[\s,(]*\b(?:yes\s+or\s+no|true\s+or\s+false)\b[\s)]*\Z", re.IGNORECASE)
_EMBEDDED: Final = re.compile(
    r"\A(?:it|that|there|this|you)?\s*(?:true|correct|right|known|any evidence|evidence|clear"
    r"|the case|know"
    r"|(?:please )?(?:tell|say)(?: me)?)?\s*(?:that|whether|if)\s+",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(rf"\b{_AUXILIARY}n['’]?t\b|\bnot\b(?!\s+only\b)", re.IGNORECASE)
_ASKS_OF_SOMEBODY: Final = re.compile(
    r"\A(?:you|we|u|one)\s+(?:please\s+)?(?:tell|explain|list|name|describe|suggest|recommend|give|help"
    r"|prescribe|send|summar\w+|show|provide|elaborate|comment|define)\b"
    r"|\Athere (?:any|some|a)\s*(?:thing|one|body|way|kind|sort|type|specific|other|better|brand)\b"
    r"|\byou (?:can |could |would )?(?:recommend|prescribe|suggest)\b",
    re.IGNORECASE,
)
"""``Can you suggest something?`` asks for what is suggested, not for yes."""


def yes_no_claim(question: str) -> str | None:
    """Return the claim of a question that asks yes or no, or None where it asks something else.

    None as well for a question of two alternatives, for one that denies (``Isn't it?``: yes to it means
    two things), and for several questions in one.

    Args:
        question: As asked.
    """
    if question.count("?") > 1:
        return None
    text = question.strip().strip("\"'“”‘’")
    ends_as_question = text.endswith("?")
    text = text.rstrip("?!. \t\n\"'”’")
    told = _YES_OR_NO.search(text)
    if told:
        text, ends_as_question = text[: told.start()], True
    text = text[_matched(_LEAD_IN, text) :].strip()
    claim = _after_auxiliary(text)
    if claim is None and ends_as_question and (told or _is_declared(text)):
        claim = text
    if claim is None or _DENIED.search(text) or _ALTERNATIVES.search(claim):
        return None
    claim = _EMBEDDED.sub("", claim, count=1).strip()
    return None if _ASKS_OF_SOMEBODY.search(claim) or " " not in claim else claim


def _after_auxiliary(text: str) -> str | None:
    """Return what follows the verb that makes ``text`` a question, at its start or after a colon."""
    opened = _OPENS.match(text)
    if opened:
        return text[opened.end() :].strip()
    later = _OPENS_LATER.search(text)
    if later is None or _ASKED_FOR_MORE.search(text[: later.start()]):
        return None
    subject = text[: later.start()].strip()
    rest = later.group("rest").split(maxsplit=1)[1]
    return f"{subject}: {rest}" if len(subject.split()) > 1 else rest


def _is_declared(text: str) -> bool:
    """Tell whether ``text``, asked with a question mark, is worded as a statement (``X is a Y?``)."""
    return _INSIDE.search(text) is not None and _ASKED_FOR_MORE.search(text) is None


def _matched(pattern: re.Pattern[str], text: str) -> int:
    found = pattern.match(text)
    return found.end() if found else 0
