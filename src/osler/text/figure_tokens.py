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
        (?<![^\W_])\d+(?:st|nd|rd|th|s)\b
      | (?<![^\W_])\d+(?:,\d+)*['′]?-(?:[A-Z]{2,}[A-Za-z0-9]*|(?:di|tri)?(?:hydroxy|oxo|methyl
        |fluoro|deoxy|amino|chloro|nitro
            |mercapto|thio|lipoxy|alpha|beta|[αβ]|keto|iodo|acetyl|phospho|epi|aza|adrener)[a-zα-ω]*)
      | (?<![^\W_])(?:CI(?=\d)|(?:HR|OR|RR|P|p|SD)(?=\d?\d?\.\d))
      | [^\W\d_]+(?:\.[^\W\d_]{1,2})+(?![^\W_])
      | [^\W\d_](?:[^\W_]|(?<=[^\W_])['’](?=[^\W_])|(?<=[^\W_])[-‐‑](?=[^\W_])(?!old\b))*
    )
  | (?P<number>
        (?:
            \d{1,3}(?:,\d{3})+(?!\d|,\d) | \d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?!\d)
          | (?<![\d.,/–-])\d{1,3}(?:\ \d{3})+(?![\d.,]*\d|\s?(?:mg|µg|μg|mcg|g|mL|ml|IU|U|nmol|ng|kg
          |mm|cm|/|%|h\b|days?\b))
          | \d+
        )
        (?:[.·]\d+)? | [.·]\d+
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
_MAY_HOLD = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    r"|thousand"
    r"|million|none|two-?fold|three-?fold|four-?fold|five-?fold|ten-?fold)",
    re.IGNORECASE,
)

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SPELLED: dict[str, int] = (
    {word: n for n, word in enumerate(_ONES, 1)}
    | {word: n for n, word in enumerate(_TEENS, 10)}
    | {word: 10 * n for n, word in enumerate(_TENS, 2)}
    | {f"{tens}-{one}": 10 * n + m for n, tens in enumerate(_TENS, 2) for m, one in enumerate(_ONES, 1)}
    | {"zero": 0, "fourty": 40}
)
MULTIPLES: dict[str, int] = {
    "hundred": 100,
    "thousand": 1000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
}


def may_hold_figures(text: str) -> bool:
    """Return whether ``text`` holds a digit or a spelled-out number at all."""
    return _MAY_HOLD.search(text) is not None


def tokens_of(text: str) -> list[Token]:
    """Return the tokens of ``text`` in order."""
    return list(map(_token, _TOKEN.finditer(text)))


def _token(found: re.Match[str]) -> Token:
    start, end = found.span()
    if found["number"] is None:
        text = found.group()
        if found["name"] is None:
            return Token(TokenKind.SIGN, text, start, end)
        spelled = SPELLED.get(text.lower())
        return Token(TokenKind.WORD, text, start, end, None if spelled is None else float(spelled))
    return _number(found)


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
