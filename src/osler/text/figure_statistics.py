"""Statistics as papers print them: p-values, intervals, ratios, samples, n of N."""

from __future__ import annotations

from osler.model.figure import Metric
from osler.text.figure_parts import CLOSE, DASHES, OPEN, SYMBOLS, Parts, Phrase
from osler.text.figure_tokens import TokenKind
from osler.text.units import read_unit

RATIO_NAMES = {
    "hr": "hr", "hrs": "hr", "ahr": "ahr", "or": "or", "ors": "or", "aor": "aor", "rr": "rr",
    "rrs": "rr",
    "arr": "arr", "irr": "irr", "airr": "airr", "smr": "smr", "sir": "sir", "ror": "ror", "dor": "dor",
    "plr": "plr", "nlr": "nlr", "pr": "pr", "apr": "apr", "shr": "shr", "mor": "mor",
}  # fmt: skip
RATIO_WORDS = {
    ("hazard", "ratio"): "hr", ("hazards", "ratio"): "hr", ("odds", "ratio"): "or",
    ("risk", "ratio"): "rr",
    ("relative", "risk"): "rr", ("rate", "ratio"): "rr", ("likelihood", "ratio"): "lr",
    ("prevalence", "ratio"): "pr", ("mortality", "ratio"): "smr", ("incidence", "ratio"): "sir",
    ("hazard", "ratios"): "hr", ("odds", "ratios"): "or", ("risk", "ratios"): "rr",
    ("relative", "risks"): "rr",
    ("rate", "ratios"): "rr", ("relative", "hazard"): "hr",
}  # fmt: skip
_INTERVAL_LINKS = frozenset(
    {"=", ":", ",", "(", "[", ")", "]", "of", "was", "is", "from", "between", ";", "ci", "range"}
)
_RATIO_LINKS = frozenset({"of", "was", "is", "were", "are", ":", ",", "[", "(", "for"})

_LONGEST_OUTCOME = 14
"""Words of an outcome, as in "hazard ratio for death from any cause"; more are a clause of their own."""


class Statistics(Parts):
    """Reads the phrases of statistics."""

    def _p_value(self, at: int) -> Phrase | None:
        """``P = .046``, ``p-value <0.001``, ``P for trend = 0.02``, ``p ≤ 0.05``."""
        k = at + 1
        if self._text(k) in DASHES and self._text(k + 1) in {"value", "values"}:
            k += 2
        elif self._text(k) in {"value", "values"}:
            k += 1
        if self._text(k) == "for" or self._text(k) in OPEN:
            limit = k + 4
            while k < limit and self._text(k) and self._text(k) not in SYMBOLS:
                k += 1
        if self._text(k) in {"of", "was", "were"}:
            k += 1
        relation, k, stated = self._relation(k)
        amount = self._amount(k)
        if amount is None or not 0 <= amount.value <= 1 or (not stated and amount.value >= 1):
            return None
        value = amount.value * 10.0 ** (amount.power or 0)
        figure = self._figure(Metric.P_VALUE, (at, amount.after), value, relation=relation)
        return Phrase((figure,), amount.after)

    def _interval(self, at: int) -> Phrase | None:
        """``95% CI 1.2–3.4``, ``(95% confidence interval, 1.2 to 3.4)``, ``CI: 1.2-3.4``."""
        k = at
        if self._tokens[at].kind is TokenKind.NUMBER:
            level = self._tokens[at].value or 0
            if not 50 <= level < 100 or self._text(at + 1) not in {"%", "percent"}:
                return None
            k = at + 2
            if self._text(k) in DASHES:
                k += 1
        words = (self._text(k), self._text(k + 1))
        if words[0] in {"ci", "cis", "ci's", "cri", "cl"}:
            k += 1
        elif words[0] in {"confidence", "credible", "prediction"} and words[1].startswith(
            ("interval", "limit")
        ):
            k += 2
        else:
            return None
        named = k
        for _ in range(6):
            if self._text(k) in {"95", "99", "90"} and self._text(k + 1) == "%":
                k += 2
            elif self._text(k) in _INTERVAL_LINKS:
                k += 1
        pair = self._pair(k)
        if pair is None:
            return Phrase((), named)
        low, high, marked, after = pair
        unit, further = ("%", after) if marked else read_unit(self._tokens, after)
        figure = self._figure(
            Metric.INTERVAL, (at, further if unit else after), low.value, unit, high=high.value
        )
        return Phrase((figure,), further if unit else after)

    def _trailing_interval(self, at: int, unit: str) -> Phrase | None:
        """``(1.2 to 3.4)`` or ``[11-28]`` directly after an estimate."""
        if self._text(at) not in OPEN:
            return None
        pair = self._pair(at + 1)
        if pair is None or pair[0].value > pair[1].value:
            return None
        if self._text(pair[0].after) == "/":
            return None  # "90% (26/29)" counts people; no interval is printed with a slash
        low, high, marked, after = pair
        if self._text(after) not in {")", "]", ";", ","}:
            return None
        unit = "%" if marked else unit
        figure = self._figure(Metric.INTERVAL, (low.first, after), low.value, unit, high=high.value)
        return Phrase((figure,), after)

    def _ratio(self, at: int) -> Phrase | None:
        """``HR 0.75``, ``odds ratio (OR) of 2.1``, ``RR = 0.83 (0.72–0.96)``."""
        k, name = at + 1, RATIO_NAMES.get(self._low[at], "")
        if name:
            if not self._tokens[at].text.rstrip("s").isupper() and not self._tokens[at].text.startswith(
                "a"
            ):
                return None
            if name == "or" and self._tokens[at].text == "or":
                return None
        else:
            name = RATIO_WORDS.get((self._low[at], self._text(at + 1)), "")
            if not name:
                return None
            k = at + 2
        if self._text(k) in OPEN and self._text(k + 1) in RATIO_NAMES:
            k += 3 if self._text(k + 2) in CLOSE else 2
        k = self._after_outcome(k)
        while self._text(k) in _RATIO_LINKS:
            k += 1
        relation, k, _ = self._relation(k)
        amount = self._amount(k)
        if amount is None or amount.value < 0 or amount.power is not None:
            return None
        unit, _ = read_unit(self._tokens, amount.after, loose=True)
        if unit or self._text(amount.after) in {"%", "percent"}:
            return None
        figure = self._figure(Metric.RATIO, (at, amount.after), amount.value, name, relation=relation)
        trailing = self._trailing_interval(amount.after, "")
        if trailing:
            return Phrase((figure, *trailing.figures), trailing.after)
        return Phrase((figure,), amount.after)

    def _after_outcome(self, at: int) -> int:
        """Return the index after ``for death`` in ``hazard ratio for death, 0.72``, else ``at``."""
        if self._text(at) not in {"for", "of"}:
            return at
        for k in range(at + 1, min(at + _LONGEST_OUTCOME, len(self._tokens) - 1)):
            token = self._tokens[k]
            if token.text in {",", "=", ":"} or (k > at + 1 and self._low[k] in {"was", "is"}):
                decimal = self._tokens[k + 1]
                return k if decimal.kind is TokenKind.NUMBER and decimal.decimals else at
            if token.kind is not TokenKind.WORD:
                return at
        return at

    def _sample(self, at: int) -> Phrase | None:
        """``n = 12``, ``N=33,316``."""
        if self._text(at + 1) not in {"=", "≥", ">", "<", "≤", ":"}:
            return None
        relation, k, _ = self._relation(at + 1)
        if self._text(at + 1) == ":":
            k = at + 2
        amount = self._amount(k)
        if amount is None:
            return None
        share = self._count_of(k)
        if share:
            return share
        figure = self._figure(Metric.NUMBER, (at, amount.after), amount.value, "n", relation=relation)
        return Phrase((figure,), amount.after)

    def _count_of(self, at: int) -> Phrase | None:
        """``19/21``, ``19 of 21``, ``19 out of the 21``, ``three of eight``."""
        count = self._amount(at)
        if (
            count is None
            or count.value < 0
            or count.value != int(count.value)
            or count.power is not None
        ):
            return None
        k = count.after
        if self._text(k) == "/":
            k += 1
        else:
            if self._text(k) == "out":
                k += 1
            if self._text(k) != "of":
                return None
            k += 1
            while (
                self._text(k) in {"the", "these", "those", "our", "all", "a", "total"}
                and k < count.after + 5
            ):
                k += 1
        total = self._amount(k)
        if total is None or total.value != int(total.value) or total.value < max(2, count.value):
            return None
        after = total.after
        if self._text(count.after) == "/" and (
            self._text(after) == "/" or read_unit(self._tokens, after)[0] or
            (total.value in {100, 1000, 10000, 100000} and not self._is_beside_percent(at))
            or (total.value == 24 and self._text(after) == "h")
        ):  # fmt: skip
            return None
        if self._text(after) == "%" or total.power is not None or read_unit(self._tokens, after)[0]:
            return None
        return Phrase(
            (self._figure(Metric.COUNT_OF, (at, after), count.value, high=total.value),), after
        )

    def _is_beside_percent(self, at: int) -> bool:
        """Tell whether ``at`` begins the bracket behind a percentage: ``12% (12/100)`` is a count."""
        return self._text(at - 1) in OPEN and self._text(at - 2) == "%"

    def _none_of(self, at: int) -> Phrase | None:
        """``none of the 21`` is 0 of 21."""
        if self._text(at + 1) != "of":
            return None
        k = at + 2
        while self._text(k) in {"the", "these", "those", "our"}:
            k += 1
        total = self._amount(k)
        if total is None or total.value < 2 or read_unit(self._tokens, total.after)[0]:
            return None
        return Phrase(
            (self._figure(Metric.COUNT_OF, (at, total.after), 0.0, high=total.value),), total.after
        )
