"""Which passwords are taken: long ones that are not among the first that anybody would try.

No rule asks for capitals, digits or signs: they make passwords that are hard to remember and easy to
guess (NIST SP 800-63B, section 3.1.1.2).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files
from typing import Final

from osler.errors import InputError
from osler.model.account import fold_name

SHORTEST: Final = 12
LONGEST: Final = 256
FEWEST_LETTERS: Final = 5
"""Fewest different characters; ``abcabcabcabc`` has three."""
_ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)
_LOOKS_LIKE: Final = str.maketrans("013457@$!", "oleastasi")


def check_password(password: str, *, about: tuple[str, ...] = ()) -> None:
    """Return where ``password`` is taken.

    Args:
        password: As typed.
        about: The person's name and address, which are no passwords.

    Raises:
        InputError: ``input.password``, with the reason.
    """
    reason = _reason(unicodedata.normalize("NFKC", password), about)
    if reason:
        raise InputError(
            reason,
            item="password",
            hint="four words that have nothing to do with each other make a good one",
            code="input.password",
        )


def _reason(password: str, about: tuple[str, ...]) -> str:
    if len(password) < SHORTEST:
        return f"it is shorter than {SHORTEST} characters"
    if len(password) > LONGEST:
        return f"it is longer than {LONGEST} characters"
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in password):
        return "it holds characters that cannot be typed"
    folded = password.casefold()
    if len(set(folded)) < FEWEST_LETTERS:
        return "it repeats a few characters"
    if _is_row(folded):
        return "its characters follow each other on the keyboard or in the alphabet"
    if _core(folded) in _common():
        return "it is one of the first that would be tried"
    if any(_is_about(folded, fact) for fact in about):
        return "it is made of your name or address"
    return ""


def _core(folded: str) -> str:
    """Return the word that a password is built on: without what stands around it, written out, once."""
    plain = folded.strip("0123456789!?.#*+-_ $@&%").translate(_LOOKS_LIKE)
    letters = "".join(character for character in plain if character.isalnum())
    for length in range(1, len(letters) // 2 + 1):
        if len(letters) % length == 0 and letters[:length] * (len(letters) // length) == letters:
            return letters[:length]
    return letters


def _is_row(folded: str) -> bool:
    letters = "".join(character for character in folded if character.isalnum())
    return len(letters) >= SHORTEST - 2 and any(
        letters in direction for row in _ROWS for direction in (row * 2, (row * 2)[::-1])
    )


def _is_about(folded: str, fact: str) -> bool:
    known = fold_name(fact)
    pieces = {known.replace(" ", ""), known.partition("@")[0]}
    bare = "".join(character for character in folded if character.isalpha())
    return any(
        piece and bare == "".join(character for character in piece if character.isalpha())
        for piece in pieces
    )


@cache
def _common() -> frozenset[str]:
    text = files("osler.accounts").joinpath("common_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line and not line.startswith("#"))
