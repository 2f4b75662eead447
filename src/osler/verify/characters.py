"""Whether a text is written with the characters it seems to be written with.

A look-alike letter or an invisible sign makes two different strings look the same to a reader, or hides
an instruction. Only text made by others is held to this; a source is quoted as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from osler.model.verdict import Check
from osler.verify.checks import CheckName, failed, passed

_PLAIN: Final = re.compile(r"[\x20-\x7e\n\t]*\Z")
_LATIN_AND_GREEK: Final = re.compile(r"[A-Za-z][\u0370-\u03ff]|[\u0370-\u03ff][A-Za-z]")
_GREEK_LIKE_LATIN: Final = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧνορυϲϳ")
_DRESSED: Final = re.compile(
    r"[\"“”„«»`|{}\\]|\*\*|__|\]\(|https?:|www\.|<\s*/?\s*[a-z]+\s*/?>|&\w+;", re.IGNORECASE
)
_ORDERS: Final = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|prompt|rule|guideline|above"
    r"|previous|prior)s?\b"
    r"|\byou are (?:now )?(?:an? )?(?:ai|assistant|chatbot|language model|helpful)\b"
    r"|\b(?:system|developer) (?:prompt|message)\b"
    r"|\b(?:as|act as) an? (?:ai|language model|assistant)\b"
    r"|\b(?:answer|respond|reply|say|output|print) (?:only|exactly|that|with|the following)\b"
    r"|<\s*/?\s*(?:script|system|instructions?|prompt)\b|\[/?inst\]|<\|",
    re.IGNORECASE | re.DOTALL,
)


def check_characters(text: str) -> Check:
    """Return whether ``text`` is free of invisible signs, foreign digits and look-alike letters."""
    reason = character_fault(text)
    return failed(CheckName.CHARACTERS, reason) if reason else passed(CheckName.CHARACTERS)


def character_fault(text: str) -> str:
    """Return what is wrong with the characters of ``text``, or an empty string."""
    if _PLAIN.match(text):
        return ""
    for index, char in enumerate(text):
        category = unicodedata.category(char)
        if category in {"Cf", "Cc", "Co", "Cn", "Cs"} and char not in "\n\t":
            return f"an invisible sign (U+{ord(char):04X}) stands at position {index}"
        if category == "Nd" and not char.isascii():
            return f"the digit {char!r} (U+{ord(char):04X}) is not an ordinary digit"
        if category.startswith("M"):
            return f"a combining mark (U+{ord(char):04X}) stands at position {index}"
        if category[0] == "L" and not _is_expected_letter(char, text, index):
            return f"the letter {char!r} (U+{ord(char):04X}) only looks like one of the alphabet used"
    return ""


def check_plain(text: str) -> Check:
    """Return whether ``text`` is bare words: no markup, no address, no quotation marks.

    Quotation marks stand for a source's own words wherever an answer is printed.
    """
    found = _DRESSED.search(text)
    if found:
        return failed(CheckName.CHARACTERS, f"holds {found.group()!r}, which is no part of a sentence")
    return passed(CheckName.CHARACTERS)


def is_addressed_to_software(text: str) -> bool:
    """Tell whether ``text`` gives orders to a program or a model, instead of stating something."""
    return _ORDERS.search(text) is not None


def _is_expected_letter(char: str, text: str, index: int) -> bool:
    if char.isascii():
        return True
    name = unicodedata.name(char, "")
    if name.startswith("LATIN ") or char in "ªºµµ℃Ω":
        return "FULLWIDTH" not in name and "MATHEMATICAL" not in name
    if not name.startswith("GREEK "):
        return False
    if char not in _GREEK_LIKE_LATIN:
        return True
    around = text[max(0, index - 1) : index + 2]
    return _LATIN_AND_GREEK.search(around) is None and not any(
        c.isalpha() for c in around.replace(char, "")
    )
