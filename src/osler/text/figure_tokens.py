"""Tokens of a text as ``figures`` reads it: numbers with their value, words and signs.

A digit inside a name (``IL-6``, ``COVID-19``, ``5-FU``, ``HbA1c``, ``1990s``) belongs to a word.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple


class TokenKind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    WORD = "word"
    SIGN = "sign"


class Token(NamedTuple):
    """A token with its span. ``value`` is set for numbers, spelled-out ones included.

    Attributes:
        kind: What it is.
        text: Exactly as printed.
        start: First code point.
        end: One past the last.
        value: The number.
        decimals: Digits after the decimal point.
        power: ``n`` of a trailing ``× 10^n``, which ``value`` leaves out; None without one.
    """

    kind: TokenKind
    text: str
    start: int
    end: int
    value: float | None = None
    decimals: int = 0
    power: int | None = None


_TOKEN = re.compile(
    r"""
    (?P<name>
        (?:https?://|www\.)\S+ | (?:doi:\s?)?\b10\.\d{4,}/\S+
      | (?<![\d/])\d{1,2}/\d{1,2}/(?:19|20)\d\d(?!\d) | (?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)
      |        (?<![^\W_])\d+(?:st|nd|rd|th|s)\b
      | (?<![^\W_])\d+(?:,\d+)*['′]?-(?:[A-Z]{2,}[A-Za-z0-9]*|(?:di|tri)?(?:hydroxy|oxo|methyl
        |fluoro|deoxy|amino|chloro|nitro
            |mercapto|thio|lipoxy|alpha|beta|[αβ]|keto|iodo|acetyl|phospho|epi|aza|adrener)[a-zα-ω]*)
      | (?<![^\W_])(?:CI(?=\d)|(?:HR|OR|RR|P|p|SD)(?=\d?\d?\.\d))
      | [^\W\d_]+(?:\.[^\W\d_]{1,2})+(?![^\W_])
      | [^\W\d_](?:[^\W_]|(?<=\d)\.(?=\d)|(?<=[^\W_])['’](?=[^\W_])|(?<=[^\W_])[-‐‑](?=[^\W_])(?!old\b))*
    )
  | (?P<number>
        (?:
            \d{1,3}(?:,\d{3})+(?!\d|,\d) | \d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)
          | (?<![\d.,/–-])\d{1,3}(?:\ \d{3})+(?![\d.,]*\d|\s?(?:mg|µg|μg|mcg|g|mL|ml|IU|U|nmol|ng|kg
          |mm|cm|/|%|h\b|days?\b))
          | \d+
        )
        (?:[.·]\d+)? | (?<![^\W_])(?<!\))[.·]\d+
    )
    (?P<exponent>\s?[×xX*✕⋅·]\s?10\s?(?:\^\s?\(?(?P<caret>[-−–]?\d{1,2})\)?
      |\((?P<paren>[-−–]?\d{1,2})\)|(?P<super>[⁺⁻]?[⁰¹²³⁴-⁹]+)
        |(?P<plain>[-−–]?\d{1,2})(?=\s?(?:/|cells|copies|per\b|[)\],.;]|$))))?
  | (?P<sign>\S)
    """,
    re.VERBOSE,
)
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_GLUE = re.compile(r"[,\s]")
_ANCHOR = re.compile(
    r"\d+|(?<![^\W_])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirt|fourt|fift|sixt"
    r"|sevent|eight|ninet|twent|fort|hundred|thousand|million|none)",
    re.IGNORECASE,
)
# A figure never begins further before its number, nor reaches further behind it.
_BEFORE, _BEHIND = 80, 60

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SPELLED: dict[str, float] = (
    {word: float(n) for n, word in enumerate(_ONES, 1)}
    | {word: float(n) for n, word in enumerate(_TEENS, 10)}
    | {word: 10.0 * n for n, word in enumerate(_TENS, 2)}
    | {
        f"{tens}-{one}": 10.0 * n + m
        for n, tens in enumerate(_TENS, 2)
        for m, one in enumerate(_ONES, 1)
    }
    | {"fourty": 40.0}
)
MULTIPLES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of ``text`` around its numbers, in order; empty for a text without numbers."""
    tokens: list[Token] = []
    for start, end in _windows(text):
        for found in _TOKEN.finditer(text, start, end):
            kind = found.lastgroup
            if kind == "name":
                word = found.group()
                spelled = _SPELLED.get(word) or _SPELLED.get(word.lower())
                tokens.append(Token(TokenKind.WORD, word, *found.span(), spelled))
            elif kind == "sign":
                tokens.append(Token(TokenKind.SIGN, found.group(), *found.span()))
            else:
                tokens.append(_number(found))
    return tokens


def _windows(text: str) -> list[tuple[int, int]]:
    """Return the stretches around numbers, cut at white space, in order and apart from each other."""
    stretches: list[tuple[int, int]] = []
    start = end = -1
    for anchor in _ANCHOR.finditer(text):
        at = anchor.start()
        if end < 0 or at - _BEFORE > end:
            if end >= 0:
                stretches.append((start, end))
            start = text.find(" ", at - _BEFORE, at) if at > _BEFORE else 0
            start = max(start, 0) if at <= _BEFORE else (start if start >= 0 else at - _BEFORE)
        end = text.find(" ", min(anchor.end() + _BEHIND, len(text)))
        end = len(text) if end < 0 else end
    if end >= 0:
        stretches.append((start, end))
    return stretches


def _number(found: re.Match[str]) -> Token:
    start, end = found.span()
    digits = _GLUE.sub("", found["number"]).replace("·", ".")
    decimals = len(digits.partition(".")[2])
    value, power = float(digits), None
    if found["exponent"]:
        power = _exponent(found["caret"] or found["paren"] or found["super"] or found["plain"])
    return Token(TokenKind.NUMBER, found.group(), start, end, value, decimals, power)


def _exponent(printed: str) -> int:
    return int(printed.translate(_SUPER).replace("−", "-").replace("–", "-"))
