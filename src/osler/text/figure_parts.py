"""The parts that figures are made of: numbers with sign and multiple, relations, pairs.

Only ``grammar`` and ``figure_statistics`` build on this.
"""

from __future__ import annotations

from typing import NamedTuple

from osler.model.figure import Figure, Metric
from osler.text.figure_tokens import MULTIPLES, Token, TokenKind
from osler.text.units import read_unit

DASHES = frozenset({"-", "–", "—", "−", "‐", "‑"})
MINUS = frozenset({"-", "−", "–"})
OPEN, CLOSE = frozenset({"(", "["}), frozenset({")", "]"})
SYMBOLS = {
    "<": "<",
    ">": ">",
    "≤": "<=",
    "≥": ">=",
    "⩽": "<=",
    "⩾": ">=",
    "=": "=",
    "~": "~",
    "≈": "~",
    "∼": "~",
}
RELATIONS: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): relation
    for relation, listed in {
        "<": "less than; fewer than; lower than; below; under; younger than; smaller than; shorter than"
        "; < than; lesser than",
        ">": "more than; greater than; higher than; above; exceeding; older than; larger than"
        "; longer than; over",
        "<=": "at most; up to; no more than; not more than; maximum of; a maximum of"
        "; not exceeding; within"
        "; less than or equal to; < or =; < / =; no greater than; not to exceed; < or equal to"
        "; as many as",
        ">=": "at least; no less than; not less than; minimum of; a minimum of; greater than or equal to"
        "; > or =; > / =; no fewer than; > or equal to; more than or equal to; equal to or greater than",
        "~": "approximately; about; around; nearly; almost; circa; ca; roughly; some; approx; close to",
        "=": "equal to; equals",
    }.items()
    for phrase in listed.split(";")
}
_LONGEST_RELATION = max(map(len, RELATIONS))
AFTER = {
    ("or", "more"): ">=", ("or", "greater"): ">=", ("or", "older"): ">=", ("or", "above"): ">=",
    ("or", "higher"): ">=", ("and", "older"): ">=", ("and", "over"): ">=", ("and", "above"): ">=",
    ("or", "over"): ">=", ("or", "longer"): ">=", ("or", "larger"): ">=", ("and", "more"): ">=",
    ("or", "less"): "<=", ("or", "fewer"): "<=", ("or", "younger"): "<=", ("or", "below"): "<=",
    ("or", "lower"): "<=", ("or", "under"): "<=", ("and", "younger"): "<=", ("and", "under"): "<=",
}  # fmt: skip

SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_JOINS = frozenset({*DASHES, "to", ",", ";", "and", "/", "through"})


class Amount(NamedTuple):
    """A number read from tokens ``first`` to ``after``, sign and multiple included."""

    value: float
    first: int
    after: int
    power: int | None = None
    factor: float = 1.0


class Phrase(NamedTuple):
    """Figures read, and the index of the token after them."""

    figures: tuple[Figure, ...]
    after: int


class Parts:
    """A token list and the parts that can be read from it."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._low = [token.text.lower() for token in tokens]

    def _text(self, at: int) -> str:
        return self._low[at] if 0 <= at < len(self._low) else ""

    def _figure(
        self, metric: Metric, span: tuple[int, int], value: float, unit: str = "",
        *, high: float | None = None, relation: str = "=",
    ) -> Figure:  # fmt: skip
        start, end = self._tokens[span[0]].start, self._tokens[span[1] - 1].end
        return Figure(metric, value, unit, start, end, high, relation)

    def _amount(self, at: int) -> Amount | None:
        """A number at ``at``, with a minus sign before it and ``hundred`` or ``million`` after it."""
        tokens, first, sign = self._tokens, at, 1.0
        if at + 1 < len(tokens) and tokens[at].text in MINUS and tokens[at + 1].kind is TokenKind.NUMBER:
            if tokens[at + 1].start != tokens[at].end or not self._free_before(at):
                return None
            sign, at = -1.0, at + 1
        if at >= len(tokens):
            return None
        token = tokens[at]
        if token.value is None or self._is_name_part(at):
            return None
        if token.text == "10" and not token.decimals:
            power = self._bare_power(at)
            if power:
                return Amount(1.0, first, power[1], power[0])
        value, after, factor = token.value, at + 1, 1.0
        while self._text(after) in MULTIPLES:
            factor *= MULTIPLES[self._text(after)]
            value *= MULTIPLES[self._text(after)]
            after += 1
            rest = after + 1 if self._text(after) == "and" else after
            if (
                token.kind is TokenKind.WORD
                and rest < len(tokens)
                and tokens[rest].kind is TokenKind.WORD
            ):
                more = tokens[rest].value
                if more is not None and more < value:
                    value, after = value + more, rest + 1
        return Amount(sign * value, first, after, token.power, factor)

    def _bare_power(self, at: int) -> tuple[int, int] | None:
        """``10^5`` or ``10⁵`` without a factor: the power and the index after it."""
        after = self._tokens[at + 1] if at + 1 < len(self._tokens) else None
        if after is None or after.start != self._tokens[at].end:
            return None
        if after.text == "^" and at + 2 < len(self._tokens) and self._tokens[at + 2].value is not None:
            return int(self._tokens[at + 2].value or 0), at + 3
        digits = after.text.translate(SUPERSCRIPT)
        return (int(digits), at + 2) if digits != after.text and digits.isdigit() else None

    def _free_before(self, at: int) -> bool:
        """Whether the sign at ``at`` does not join it to a word or number before."""
        if at == 0:
            return True
        before = self._tokens[at - 1]
        if before.end == self._tokens[at].start:
            return before.text in {"(", "[", "=", "<", ">", ":", ",", ";", "/", "–", "≤", "≥", "±"}
        return before.kind is not TokenKind.NUMBER or self._tokens[at + 1].start == self._tokens[at].end

    def _is_name_part(self, at: int) -> bool:
        """Whether the number is glued to letters that are not a unit: ``3D``, ``2x``."""
        token = self._tokens[at]
        if token.kind is TokenKind.WORD or at + 1 >= len(self._tokens):
            return False
        if at > 1 and self._tokens[at - 1].text == "(" and self._tokens[at + 1].text == ")":
            # "IC(50)", "[(3)H]": an index that the database could not print.
            opened, closed = self._tokens[at - 1], self._tokens[at + 1]
            left, right = self._tokens[at - 2].end == opened.start, at + 2 < len(self._tokens)
            if left and (
                self._tokens[at - 2].kind is TokenKind.WORD
                or (right and self._tokens[at + 2].start == closed.end)
            ):
                return token.decimals == 0
        after = self._tokens[at + 1]
        if after.start != token.end or after.kind is not TokenKind.WORD:
            return False
        return (
            not read_unit(self._tokens, at + 1, loose=True)[0]
            and after.text.translate(SUPERSCRIPT) == after.text
        )

    def _pair(self, at: int, *, percent: bool = True) -> tuple[Amount, Amount, bool, int] | None:
        """Two numbers with a dash, ``to``, a comma or ``and`` between them, as intervals print them."""
        low = self._amount(at)
        if low is None:
            return None
        k, marked = low.after, False
        if percent and self._text(k) == "%":
            k, marked = k + 1, True
        if self._text(k) not in _JOINS:
            return None
        k += 1
        high = self._amount(k)
        if high is None:
            return None
        k = high.after
        if percent and self._text(k) == "%":
            k, marked = k + 1, True
        return low, high, marked, k

    def _relation(self, at: int) -> tuple[str, int, bool]:
        """The relation stated at ``at``, the index after it, and whether there was one."""
        for size in range(min(_LONGEST_RELATION, len(self._low) - at), 0, -1):
            relation = RELATIONS.get(tuple(self._low[at : at + size]))
            if relation:
                return relation, at + size, True
        symbol = SYMBOLS.get(self._text(at))
        if symbol is None:
            return "=", at, False
        if symbol in {"<", ">"} and self._text(at + 1) == "=":
            return symbol + "=", at + 2, True
        return symbol, at + 1, True

    def _unit(self, amount: Amount) -> tuple[str, int]:
        if self._text(amount.after) == "%" or self._text(amount.after) == "percent":
            return "%", amount.after + 1
        if self._text(amount.after) == "per" and self._text(amount.after + 1) == "cent":
            return "%", amount.after + 2
        unit, after = read_unit(self._tokens, amount.after)
        if self._text(amount.after) in {"or", "and"}:
            return "", amount.after
        return unit, after
