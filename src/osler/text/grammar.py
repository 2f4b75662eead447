"""The grammar of figures: phrases tried one after the other at a token.

Every method named for a phrase returns it with the index of the token after it, or None when it does not
begin there. Only ``figures`` calls this.
"""

from __future__ import annotations

from osler.model.figure import Figure, Metric
from osler.text.figure_parts import AFTER, DASHES, MINUS, RELATIONS, SYMBOLS, Amount, Phrase
from osler.text.figure_statistics import RATIO_NAMES, RATIO_WORDS, Statistics
from osler.text.figure_tokens import TokenKind
from osler.text.lists import word_set
from osler.text.units import TIME, is_dose_unit, read_unit

_LABELS = word_set(
    """
    type types phase phases grade grades stage stages class group groups level levels table tables figure
    figures fig figs factor chapter section step steps cohort part experiment study case schedule
    category
    score chromosome exon codon arm model version appendix box panel no nos
    """
)
_TIME_LABELS = {
    "day": "day", "days": "day", "week": "week", "weeks": "week", "month": "month", "months": "month",
    "year": "year", "years": "year", "hour": "h", "hours": "h",
}  # fmt: skip
_CHANGE = word_set("range ranges ranged ranging varied varying varies vary")


_SPELLED_FOLD = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "hundred": 100, "thousand": 1000, "twenty": 20,
}  # fmt: skip
_RELATION_STARTS = frozenset(words[0] for words in RELATIONS) | frozenset(SYMBOLS)
_RATIO_HEADS = frozenset(words[0] for words in RATIO_WORDS)
_INTERVAL_HEADS = frozenset({"ci", "cis", "confidence", "cri", "credible"})
_CURRENCIES = frozenset({"$", "€", "£"})
# Words and signs that a figure can begin with; at any other one there is nothing to try.
_STARTS = (
    _RELATION_STARTS | _RATIO_HEADS | _INTERVAL_HEADS | _CURRENCIES | MINUS | _LABELS
    | RATIO_NAMES.keys() | _TIME_LABELS.keys() | {"p", "n", "none"}
)  # fmt: skip


class Reader(Statistics):
    """Reads the figures of one token list."""

    def read(self) -> list[Figure]:
        """Return the figures in order."""
        found: list[Figure] = []
        at, size = 0, len(self._tokens)
        while at < size:
            if not self._may_begin(at):
                at += 1
                continue
            phrase = self._phrase(at)
            if phrase is None:
                at += 1
                continue
            found.extend(phrase.figures)
            at = max(phrase.after, at + 1)
        return found

    def _may_begin(self, at: int) -> bool:
        low = self._low[at]
        return self._tokens[at].value is not None or low in _STARTS or low.endswith("fold")

    def _phrase(self, at: int) -> Phrase | None:
        token = self._tokens[at]
        if token.value is None:
            return self._from_word(at)
        if token.kind is TokenKind.NUMBER and self._is_reference_mark(at):
            return Phrase((), self._after_bracket(at))
        return (
            self._interval(at)
            or self._pressure(at)
            or self._proportion(at)
            or self._count_of(at)
            or self._measure(at, at, "=")
        )

    def _from_word(self, at: int) -> Phrase | None:
        low = self._low[at]
        if low in SYMBOLS or (low,) in RELATIONS or low in _RELATION_STARTS:
            phrase = self._with_relation(at)
            if phrase:
                return phrase
        if low == "p":
            return self._p_value(at)
        if low in _INTERVAL_HEADS:
            return self._interval(at)
        if low in RATIO_NAMES or low in _RATIO_HEADS:
            return self._ratio(at)
        if low == "n":
            return self._sample(at)
        if low == "none":
            return self._none_of(at)
        if low in _TIME_LABELS or low in _LABELS:
            return self._label(at)
        if low.endswith("fold"):
            return self._spelled_fold(at)
        if low in _CURRENCIES:
            return self._money(at)
        if low in MINUS:
            return self._measure(at, at, "=") if self._amount(at) else None
        return None

    def _is_reference_mark(self, at: int) -> bool:
        """``[12]`` or ``word.7,11``, unless it follows a percentage (an interval)."""
        if at == 0 or self._tokens[at - 1].text not in {"[", "."}:
            return False
        if self._tokens[at - 1].text == ".":
            # "comprehensibility.7,11": raised numbers that became plain ones.
            dot = self._tokens[at - 1]
            return (
                at > 1 and dot.end == self._tokens[at].start and self._tokens[at - 2].end == dot.start
                and self._tokens[at - 2].text[-1:].isalpha()
            )  # fmt: skip
        after = self._after_bracket(at)
        if after == at or any(self._tokens[k].decimals for k in range(at, after - 1)):
            return False
        return at < 2 or self._tokens[at - 2].text != "%"

    def _after_bracket(self, at: int) -> int:
        k = at
        while k < len(self._tokens) and (
            (self._tokens[k].kind is TokenKind.NUMBER) or self._tokens[k].text in {",", ";", *DASHES}
        ):
            k += 1
        if at > 0 and self._tokens[at - 1].text == ".":
            return k
        return k + 1 if k < len(self._tokens) and self._tokens[k].text == "]" else at

    def _with_relation(self, at: int) -> Phrase | None:
        relation, k, stated = self._relation(at)
        if not stated or k >= len(self._tokens):
            return None
        if self._text(k) in {"a", "the"} and relation != "~":
            k += 1
        if self._amount(k) is None or (relation == "=" and self._low[at] == "="):
            return None
        if self._low[at] == "over" and read_unit(self._tokens, k + 1)[0] in TIME:
            relation = "="
        count = self._count_of(k)
        return count or self._measure(at, k, relation)

    def _measure(self, first: int, at: int, relation: str) -> Phrase | None:
        """A number or range with its unit, its metric, and an interval or deviation behind it."""
        low = self._amount(at)
        if low is None or (self._low[at] == "one" and not self._counts(low.after)):
            return None
        unit, after = self._unit(low)
        high, high_unit, end = self._upper(low, unit, after)
        if high is not None:
            unit, after = high_unit or unit, end
            low = self._shared(low, high)
        older = False
        trailing = tuple(self._low[after : after + 2])
        if trailing in AFTER and relation == "=":
            relation, after = AFTER[(trailing[0], trailing[1])], after + 2
            older = trailing[1] in {"older", "younger"}
        value, top = self._scaled(low, unit), None if high is None else self._scaled(high, unit)
        unit = self._power_unit(low, unit)
        metric, after = self._metric(first, unit, after)
        metric = Metric.AGE if older and metric is Metric.DURATION else metric
        figure = self._figure(metric, (first, after), value, unit, high=top, relation=relation)
        trailing_interval = self._trailing_interval(after, unit) if metric is Metric.PERCENT else None
        extra = trailing_interval or self._deviation(after)
        if extra is None:
            return Phrase((figure,), after)
        return Phrase((self._with_unit(figure, extra.figures[0], first), *extra.figures), extra.after)

    def _counts(self, after: int) -> bool:
        return bool(read_unit(self._tokens, after)[0])

    def _power_unit(self, amount: Amount, unit: str) -> str:
        if amount.power is not None and unit.startswith("/"):
            return f"10^{amount.power}{unit.replace('/mm3', '/µL')}"
        return unit

    def _scaled(self, amount: Amount, unit: str) -> float:
        if amount.power is None or unit.startswith("/"):
            return amount.value
        return amount.value * 10.0**amount.power

    def _upper(self, low: Amount, unit: str, after: int) -> tuple[Amount | None, str, int]:
        """The upper bound of a range, its unit and the index after it."""
        join = self._text(after)
        if join in DASHES:
            tight = self._tokens[after].start == self._tokens[after - 1].end
            if not tight and self._text(after - 1) not in {"%"} and unit and unit != "%":
                return None, "", after
        elif (
            join not in {"to", "through"}
            and not (join == "and" and self._text(low.first - 1) == "between")
        ) or (self._text(low.first - 1) == "from" and self._text(low.first - 2) not in _CHANGE):
            return None, "", after
        high = self._amount(after + 1)
        if (
            high is None
            or high.value < self._shared(low, high).value
            or (high.power not in {low.power, None} and low.power is not None)
        ):
            return None, "", after
        high_unit, end = self._unit(high)
        if unit and high_unit and unit != high_unit:
            return None, "", after
        if unit and not high_unit:
            return None, "", after
        return high, high_unit, end

    @staticmethod
    def _shared(low: Amount, high: Amount) -> Amount:
        """Give the lower bound the multiple or power printed once, after the upper bound."""
        if low.factor == 1.0 and high.factor != 1.0:
            low = low._replace(value=low.value * high.factor)
        return low._replace(power=high.power) if low.power is None else low

    def _metric(self, first: int, unit: str, after: int) -> tuple[Metric, int]:
        if unit == "%":
            return Metric.PERCENT, after
        if unit in TIME:
            return self._age_or_duration(first, after)
        if unit and is_dose_unit(unit):
            return Metric.DOSE, after
        return (Metric.QUANTITY if unit else Metric.NUMBER), after

    def _pressure(self, at: int) -> Phrase | None:
        """``120/80 mmHg``: two pressures."""
        if self._text(at + 1) != "/" or at + 2 >= len(self._tokens):
            return None
        upper, lower = self._amount(at), self._amount(at + 2)
        if upper is None or lower is None or upper.value <= lower.value:
            return None
        unit, after = read_unit(self._tokens, lower.after)
        if unit not in {"mmHg", "kPa"}:
            return None
        return Phrase(
            (
                self._figure(Metric.QUANTITY, (at, at + 1), upper.value, unit),
                self._figure(Metric.QUANTITY, (at + 2, after), lower.value, unit),
            ),
            after,
        )

    def _money(self, at: int) -> Phrase | None:
        """``$223``."""
        amount = self._amount(at + 1)
        if amount is None:
            return None
        figure = self._figure(Metric.QUANTITY, (at, amount.after), amount.value, self._low[at])
        return Phrase((figure,), amount.after)

    def _proportion(self, at: int) -> Phrase | None:
        """``1:64``, ``1:1``: a titre or an allocation, with ``:`` as its unit."""
        if self._text(at + 1) != ":" or at + 2 >= len(self._tokens):
            return None
        tokens = self._tokens
        if tokens[at].end != tokens[at + 1].start or tokens[at + 1].end != tokens[at + 2].start:
            return None
        left, right = self._amount(at), self._amount(at + 2)
        if left is None or right is None:
            return None
        figure = self._figure(Metric.NUMBER, (at, right.after), left.value, ":", high=right.value)
        return Phrase((figure,), right.after)

    def _age_or_duration(self, first: int, after: int) -> tuple[Metric, int]:
        k = after
        if self._text(k) in DASHES and self._text(k + 1) == "old":
            return Metric.AGE, k + 2
        if self._text(k) == "old":
            return Metric.AGE, k + 1
        if self._text(k) == "of" and self._text(k + 1) == "age":
            return Metric.AGE, k + 2
        before = self._low[max(0, first - 5) : first]
        for distance, word in enumerate(reversed(before)):
            if word in {"aged", "age", "ages"}:
                return Metric.AGE, after
            if word in {".", ";", "for", "after", "during", "at"} or (word == "," and distance > 1):
                break
        return Metric.DURATION, after

    def _deviation(self, at: int) -> Phrase | None:
        """``± 12.1 years``: a spread, reported apart from its mean."""
        if self._text(at) in {"±"}:
            k = at + 1
        elif self._text(at) == "+" and self._text(at + 1) == "/" and self._text(at + 2) in DASHES:
            k = at + 3
        else:
            return None
        amount = self._amount(k)
        if amount is None:
            return None
        unit, after = self._unit(amount)
        figure = self._figure(Metric.NUMBER, (at, after), amount.value, f"± {unit}".strip())
        return Phrase((figure,), after)

    def _with_unit(self, figure: Figure, spread: Figure, first: int) -> Figure:
        """Give a mean the unit that is printed after its spread (``54.3 ± 12.1 years``)."""
        unit = spread.unit.removeprefix("±").strip()
        if figure.unit or not unit or not spread.unit.startswith("±"):
            return figure
        if unit == "%":
            metric = Metric.PERCENT
        elif unit in TIME:
            metric = self._age_or_duration(first, len(self._tokens))[0]
        else:
            metric = Metric.DOSE if is_dose_unit(unit) else Metric.QUANTITY
        return Figure(metric, figure.value, unit, figure.start, figure.end, figure.high, figure.relation)

    def _label(self, at: int) -> Phrase | None:
        """``day 14`` is a time; ``phase 3`` and ``Table 1`` are labels with their noun as unit."""
        low = self._low[at]
        k = at + 1
        if self._text(k) in DASHES:
            return None
        if self._text(k) == "." and low in {"no", "nos", "fig", "figs"}:
            k += 1
        amount = self._amount(k)
        if amount is None or amount.power is not None or self._tokens[k].kind is TokenKind.WORD:
            return None
        unit, _ = read_unit(self._tokens, amount.after)
        if unit or self._text(amount.after) in {"%", "/"}:
            return None
        after, high = amount.after, None
        if self._text(after) in {*DASHES, "to", "and"}:
            upper = self._amount(after + 1)
            if upper and upper.value > amount.value and not read_unit(self._tokens, upper.after)[0]:
                high, after = upper.value, upper.after
        if low in _TIME_LABELS:
            figure = self._figure(
                Metric.DURATION, (at, after), amount.value, _TIME_LABELS[low], high=high
            )
        else:
            noun = low.rstrip("s") if low not in {"class"} else low
            figure = self._figure(Metric.NUMBER, (at, after), amount.value, noun, high=high)
        return Phrase((figure,), after)

    def _spelled_fold(self, at: int) -> Phrase | None:
        """``twofold`` and ``two-fold``."""
        stem = self._low[at].removesuffix("fold").rstrip("-")
        value = _SPELLED_FOLD.get(stem)
        if value is None:
            return None
        return Phrase((self._figure(Metric.QUANTITY, (at, at + 1), float(value), "fold"),), at + 1)
