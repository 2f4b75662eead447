"""Percentages of people as natural frequencies: ``83%`` as ``about 83 in 100``.

G. Gigerenzer, A. Edwards: Simple tools for understanding risks: from innumeracy to insight. BMJ 2003;
327: 741-744: people judge risks better as counts out of one number of people, the same one throughout.

Only a percentage of people: one that is followed by people (``83% of patients``), stands in brackets
behind them or behind a count of them (``19 of 21 patients (90.5%)``), is the level of something that
people die of, survive or respond with (``mortality was 42%``), or is what people do or have (``83%
responded``, ``fever was seen in 12%``); and a share beside such a one (``60% versus 55%``). Never a
change or a difference, a bound (``fewer than 10%``), a confidence level, a test's sensitivity, or a
share of anything but people: a dose, cells, oxygen, haemoglobin. In doubt, nothing.

All shares of one sentence are out of the same number: 10 where each is within half a point of so many
tenths, else the first of 100, 1,000 and 10,000 out of which none is off by more than a tenth of itself
and no difference between two by more than a quarter: 2.4% and 2.5% are 24 and 25 in 1,000, never 2 and
3 in 100. Ratios (hazard, odds, risk) are never turned into counts: without the risk they start from
that would mislead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from osler.model.figure import Figure, Metric
from osler.text.figures import find_figures

_PEOPLE: Final = (
    r"(?:patients?|participants?|people|persons?|individuals?|adults?|children|infants?|neonates?|newborns?"
    r"|adolescents?|women|men|girls|boys|mothers|pregnancies|babies|subjects|volunteers|survivors|recipients"
    r"|cases|smokers|workers|students|residents|users|elderly|responders|them\b(?!\s+\w+ing)"
    r"|those\s+(?:who|with|without|in|on|given|receiving|treated|aged|under|over|not))"
)
_PEOPLE_AFTER: Final = re.compile(
    rf"\)?\s*(?:\([^()]*\)\s*)?(?:(?:of|in|among)\s+)?(?:(?!and\b|or\b|of\b|in\b|to\b|the\b.*\bdose)[\w-]+\s+)"
    rf"{{0,4}}?{_PEOPLE}\b",
    re.IGNORECASE,
)
_PEOPLE_BEFORE: Final = re.compile(
    rf"\b{_PEOPLE}\s*(?:,\s*)?[(\[]\s*(?:n\s*=\s*\d+[,;]\s*)?\Z", re.IGNORECASE
)
_LEVEL: Final = re.compile(
    r"\b(?:mortality|survival|death|response|remission|relapse|recurrence|cure|fatality|incidence|prevalence"
    r"|complication|infection|hospitali[sz]ation|pregnancy|abortion|discontinuation|seroconversion|vaccination"
    r"|event)s?(?:\s+rates?)?(?:\s+(?!and\b|or\b)[\w-]+){0,6}?\s*(?:was|were|is|are|of|reached|:|=|,)\s*"
    r"(?:(?:about|around|approximately|only|estimated|at|as|be|to\s+be|nearly|over)\s+)*\Z",
    re.IGNORECASE,
)
_PEOPLE_ACT: Final = re.compile(
    r"\)?\s+(?:had|have|has|died|survived|responded|relapsed|recovered|achieved|developed|experienced|received"
    r"|required|reported|needed|underwent|were|showed|suffered|completed|discontinued|withdrew)\b"
)
_ANY_PEOPLE: Final = re.compile(rf"\b{_PEOPLE}\b", re.IGNORECASE)
_NOT_OF_PEOPLE_BEFORE: Final = re.compile(
    r"reduc|increas|decreas|declin|\blower|\bhigher|\bris(?:e|en|es|ing)\b|\brose\b|\bfell\b|\bfall|\bdrop"
    r"|improv|chang|\bby(?:\s+(?:about|around|approximately|an?|up\s+to))*\s*\Z|differen|confidence|saturat"
    r"|\bspo2|\boxygen|\bfio2|eject|fraction|hba1c|h(?:a)?emoglobin|h(?:a)?ematocrit|bioavail|clearance"
    r"|sensitiv|specific|accura|predictive|\bpower|protein|binding|weight|\bdose|dosage|heterogen|\bi2\b|i²"
    r"|solution|saline|glucose|cream|ointment|variance|agreement|kappa|\bblast|\bcells?\b|\bfev\d?\b|concentrat"
    r"|relative\b|excess|attributable|likelihood|probab|absorpt|absorb|excret|inhibit|efficacy",
    re.IGNORECASE,
)
_THINGS: Final = re.compile(
    r"\b(?:samples?|specimens?|lesions?|eyes?|isolates?|mice|rats?|animals?|studies|trials|hospitals|centres"
    r"|centers|tests?|sites|episodes?|procedures?|countries|genes?)\b",
    re.IGNORECASE,
)
_SEEN_IN: Final = re.compile(
    r"\b(?:occurred|seen|found|reported|observed|noted|present)\s+in\s+(?:(?:only|about|some)\s+)?\Z"
)
_NOT_OF_PEOPLE_AFTER: Final = re.compile(
    r"\)?\s*(?:ci\b|confidence|of\s+(?:the\s+|an?\s+|all\s+|these\s+)?(?:\w+\s+){0,2}(?:dose|drug|cells?|weight"
    r"|samples?|lesions?|predicted|baseline|eyes|isolates|mice|rats|animals|studies|trials|hospitals|variance"
    r"|total|energy|value|values|tests?|time|episodes|procedures|strains)\b"
    r"|(?:\w+\s+){0,2}(?:reduction|increase|decrease|improvement|decline|rise|fall|drop|lower|higher|less|more"
    r"|greater|fewer|sensitiv\w*|specific\w*|relative|power|chance|probability|likelihood|solution|saline|cream"
    r"|oxygen|predicted|risk|protection|efficacy|effective)\b)",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(r"\s*(?:[\w-]+\s+){0,4}[(\[,;]?\s*\Z")
_CLAUSE: Final = re.compile(r"[;:]|\.\s|,\s(?:and|but|while|whereas)\s")
_LEFT: Final = 90  # characters that are read before a figure, within its clause
_NEXT_TO: Final = 30  # characters before a figure in which things are what it counts
_BESIDE: Final = 90  # characters between two shares that are said in one breath
_JOINED: Final = re.compile(r"\b(?:and|or|versus|vs|compared|than|while|whereas|to)\b|,", re.IGNORECASE)
_BOUND: Final = re.compile(
    r"\b(?:than|over|under|above|below|exceed\w*|up\s+to|at\s+least|at\s+most|between|from|minimum|maximum|to)"
    r"\s*(?:about\s+|around\s+)?\Z",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")  # ``ninety four percent`` is left alone
_TENTHS: Final = 0.5
_OFF_BY: Final = 0.1
_DIFFERENCE_OFF_BY: Final = 0.25
_TINY: Final = 1e-6
_OUT_OF: Final = (100, 1000, 10000)


@dataclass(frozen=True, slots=True)
class Frequency:
    """So many of so many people, computed from a percentage.

    Attributes:
        count: How many.
        of: Out of how many: 10, 100, 1,000 or 10,000.
        offset: Where the percentage ends in the text.
    """

    count: int
    of: int
    offset: int

    @property
    def text(self) -> str:
        """The words in brackets; marked, since Osler computed them."""
        return f"computed: about {self.count:,} in {self.of:,}"


def find_frequencies(text: str) -> list[Frequency]:
    """Return the percentages of people in ``text`` as natural frequencies, in order."""
    if "%" not in text and "percent" not in text and "per cent" not in text:
        return []
    figures = find_figures(text)
    shares = [place for place, figure in enumerate(figures) if _is_share(text, figures, place, figure)]
    known = {place for place in shares if _is_of_people(text, figures, place)}
    for order in (shares, shares[::-1]):
        for place, beside in pairwise(order):
            if place in known and _goes_with(text, figures, place, beside):
                known.add(beside)
    chosen = [figures[place] for place in sorted(known)]
    of = _denominator([share.value for share in chosen])
    counted = [Frequency(_half_up(share.value * of / 100), of, share.end) for share in chosen]
    return [frequency for frequency in counted if 0 < frequency.count < of]


def _half_up(value: float) -> int:
    return int(value + 0.5)


def _denominator(percents: list[float]) -> int:
    """Return the least number out of which every one of ``percents`` is nearly a whole count."""
    tenths = [round(value / 10) for value in percents]
    near = all(
        0 < tenth < 10 and abs(value - 10 * tenth) <= _TENTHS
        for value, tenth in zip(percents, tenths, strict=True)
    )
    if near and len(set(percents)) == len(set(tenths)):
        return 10
    return next((of for of in _OUT_OF if _keeps(percents, of)), _OUT_OF[-1])


def _keeps(percents: list[float], of: int) -> bool:
    """Tell whether whole counts out of ``of`` nearly keep each share and each difference of two."""
    exact = [value * of / 100 for value in percents]
    pairs = [(count, _half_up(count)) for count in exact]
    if any(abs(count - whole) > _OFF_BY * count or not 0 < whole < of for count, whole in pairs):
        return False
    return all(
        abs((whole - other_whole) - (count - other)) <= _DIFFERENCE_OFF_BY * abs(count - other) + _TINY
        for (count, whole), (other, other_whole) in combinations(pairs, 2)
    )


def _is_share(text: str, figures: list[Figure], place: int, figure: Figure) -> bool:
    """Tell whether a figure is one percentage in digits, and no bound, change or level of a thing."""
    plain = figure.metric is Metric.PERCENT and figure.high is None and figure.relation in {"=", "~"}
    if not plain or not 0 < figure.value < 100 or not _DIGIT.search(text, figure.start, figure.end):
        return False
    before = text[max(0, figure.start - _LEFT) : figure.start]
    if _BOUND.search(before) or _NOT_OF_PEOPLE_AFTER.match(text, figure.end):
        return False
    last = figures[place - 1] if place else None
    bounded = last and last.metric is Metric.PERCENT and last.relation not in {"=", "~"}
    return not (bounded and last and figure.start - last.end < _BESIDE)


def _goes_with(text: str, figures: list[Figure], known: int, other: int) -> bool:
    """Tell whether a share is said in one breath with one that is known to be of people."""
    first, second = sorted((known, other))
    between = text[figures[first].end : figures[second].start]
    if len(between) > _BESIDE or _CLAUSE.search(between) or not _JOINED.search(between):
        return False
    return not _NOT_OF_PEOPLE_BEFORE.search(between) and not _THINGS.search(between)


def _is_of_people(text: str, figures: list[Figure], place: int) -> bool:
    """Tell whether the words beside a share say that it is one of people."""
    figure = figures[place]
    if place and _is_count_of_people(text, figures[place - 1], figure):
        return True
    before, after = _clause_before(text, figure.start), text[figure.end :]
    if _NOT_OF_PEOPLE_BEFORE.search(before) or _THINGS.search(before[-_NEXT_TO:]):
        return False
    if _PEOPLE_AFTER.match(after) or _PEOPLE_BEFORE.search(before) or _LEVEL.search(before):
        return True
    acts_or_is_seen = _PEOPLE_ACT.match(after) or _SEEN_IN.search(before)
    return bool(acts_or_is_seen and _ANY_PEOPLE.search(text[: figure.start]))


def _clause_before(text: str, end: int) -> str:
    """Return what stands before ``end`` in its clause, as far as it is read."""
    start = max(0, end - _LEFT)
    cuts = [cut.end() for cut in _CLAUSE.finditer(text, start, end)]
    return text[max([start, *cuts]) : end]


def _is_count_of_people(text: str, count: Figure, share: Figure) -> bool:
    """Tell whether ``19/21 patients (90.5%)``: a count that agrees with the share, and not of things."""
    if count.metric is not Metric.COUNT_OF or not count.high:
        return False
    between = text[count.end : share.start]
    if not _COUNTED.match(between) or _THINGS.search(between) or _NOT_OF_PEOPLE_BEFORE.search(between):
        return False
    about_people = _ANY_PEOPLE.search(between) or _ANY_PEOPLE.search(text[: count.start])
    return bool(about_people) and abs(100 * count.value / count.high - share.value) <= 1
