"""Which figures of a sentence measure something that can be named: doses, shares, half-lives.

The names are a short closed list, and each must be bound to its figure directly. A figure that is bound
to nothing, or stands in a sentence that compares groups, is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from osler.model.comparison import Dose
from osler.model.figure import Figure, Metric
from osler.synthesis.arithmetic import is_right, share_beside
from osler.synthesis.circumstances import UNCLEAR, is_of_all, population_of, time_point_of
from osler.text.drug_names import is_drug
from osler.text.figures import find_figures
from osler.text.normalise import fold, hyphenated_words
from osler.text.regimens import Regimen, find_regimens

_OUTCOMES: Final = {
    "survival": r"survival|survived",
    "mortality": r"mortality|died",
    "response": r"response|responded",
    "remission": r"remission",
    "relapse": r"relapse|relapsed",
}
_QUALIFIERS: Final = (
    r"overall|event-free|disease-free|progression-free|relapse-free|complete|partial|objective|clinical"
    r"|all-cause|in-hospital|hospital|icu|cumulative"
)
_NAMES: Final = "|".join(f"(?P<{name}>{words})" for name, words in _OUTCOMES.items())
_OUTCOME: Final = re.compile(
    rf"(?<![\w-])(?P<quality>(?:(?:{_QUALIFIERS})\s){{0,2}})(?:{_NAMES})(?P<rate>\srate)?(?![\w-])",
    re.IGNORECASE,
)
_FREE: Final = re.compile(
    r"(?:^|[.;:,(]\s?|\b(?:the|a|an|in|achieved|had|reached|entered|with|at)\s|\d[-\s](?:hour|day"
    r"|week|month|year)s?\s)$",
    re.IGNORECASE,
)
_LINK: Final = re.compile(
    r"(?:\s(?:at|by)\s(?:\d+\s\w+|\w+\s\d+))?\s?(?:\s(?:was|were|is|of)|:|=)\s(?:about\s"
    r"|approximately\s)?",
    re.IGNORECASE,
)
_TO_VERB: Final = re.compile(
    r"\s?(?:of\s(?:the\s|all\s)?)?(?:patients|children|adults|infants|participants|cases|people)?\s?"
    r"(?P<state>(?:achieved|had|reached|entered|were\sin)\s(?:a\s)?)?",
    re.IGNORECASE,
)
_OF_SURVEYS: Final = frozenset({"response", "overall response"})
"""Said of questionnaires as well, so read only where a drug is named."""
_PEOPLE_BEFORE: Final = re.compile(
    r"\b\d+\s(?:patients|children|adults|infants|participants|people)\s\($", re.IGNORECASE
)
_COMPARES: Final = re.compile(
    r"\b(?:versus|vs|compared|than|respectively|placebo|controls?|arms?|groups?|whereas|while"
    r"|difference|lower|higher"
    r"|reduc\w+|increas\w+|decreas\w+|expected|predicted|assum\w+|risk|odds|ratio|not|no|without"
    r"|if|would|other|survey\w*|questionnaires?)\b",
    re.IGNORECASE,
)
_SOME: Final = re.compile(r"\b(?:who|whom|whose|those|these|them)\b", re.IGNORECASE)
_HALF_LIFE: Final = re.compile(
    r"(?:^|[,;.]\s|\b(?:the|a|an)\s)(?P<quality>(?:(?:median|mean|terminal|elimination|plasma"
    r"|serum)\s){0,3})half-life"
    r"(?:\sof\s(?P<drug>[\w-]+))?\s(?:was|is|of|ranges\sfrom|ranged\sfrom)\s(?:about\s"
    r"|approximately\s)?$",
    re.IGNORECASE,
)
_NO_DOSE: Final = re.compile(
    r"\b(?:max(?:imum|imal|\.)?|cumulative|total|minimum|exceed(?:ing|s)?|above|below|over|than"
    r"|not)\b[^;.]{0,25}$",
    re.IGNORECASE,
)
_BEFORE_DOSE: Final = re.compile(
    r"(?:\s(?:was|were|is|are|be|can|may|should|given|administered|started|dosed|used|at|a|an|the"
    r"|starting|initial|daily"
    r"|dose|doses|dosage|of|to|or\s(?:intravenously|subcutaneously|orally)|iv|sc|intravenous"
    r"|intravenously|subcutaneous|subcutaneously|oral|orally|in|is:)){0,9}"
    r"[,:]?\s\(?",
    re.IGNORECASE,
)
_DRUG_BEHIND: Final = re.compile(r"\s(?:of\s)?(?P<drug>[A-Za-z-]{5,})")
_OF_ANOTHER: Final = re.compile(r"\sof\s(?!body|the)")
_SUBJECT: Final = re.compile(r"[^,;.:\d]{0,40}(?:\d+\s)?[^,;.:\d]{0,60}\s(?:was|is)\s")
_OF_DRUG: Final = re.compile(r"\bdose\sof\s(?:[a-z]+ous\s)?$", re.IGNORECASE)
_STAGE: Final = re.compile(
    r"\b(starting|initial|loading|maintenance|median|mean)\b(?=\s(?:\w+\s){0,2}dos(?:e|es|age)\b)",
    re.IGNORECASE,
)
_EXCRETED: Final = re.compile(
    r"\b(?:excretion|proteinuria|albuminuria|output|secretion|uptake)\b", re.IGNORECASE
)
_GLUED: Final = re.compile(r"[a-z]{3}[A-Z][a-z]")


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with what it measures.

    Attributes:
        metric: ``overall survival``, ``dose of anakinra``, ``half-life of anakinra``.
        unit: Unit, that of a dose with its basis (``mg/kg/day``).
        time_point: When, or None.
        population: In whom, or None.
        figure: What was read; for a share the percentage where one is printed, else n/N.
        count: The n/N, or None.
        interval: The interval printed behind the figure, or None.
        dose: The dose, or None.
        arm: The group it was measured in, of a ratio the numerator; None where none is compared.
        arms: Both groups of the comparison, the comparator last, or None.
        spread: What the interval is (``95% CI``, ``IQR``), or a spread of one number (``SD 12``).
        timeless: Whether it is like others without a time point: a dose, kinetics.
    """

    metric: str
    unit: str
    time_point: str | None
    population: str | None
    figure: Figure
    count: Figure | None = None
    interval: Figure | None = None
    dose: Dose | None = None
    arm: str | None = None
    arms: tuple[str, str] | None = None
    spread: str | None = None
    timeless: bool = False

    @property
    def comparator(self) -> str | None:
        """The group that others are compared with, or None."""
        return self.arms[1] if self.arms else None


def measured_in(text: str, drugs: Mapping[str, str]) -> tuple[Measured, ...]:
    """Return the figures of ``text`` that can be named with certainty, in order.

    Args:
        text: Cited words of one source, nothing added.
        drugs: Folded names of drugs that the question used, each with the name it is known by.
    """
    population = population_of(text)
    if population == UNCLEAR:
        return ()
    found = [*_doses(text, drugs, population), *_half_lives(text, drugs, population)]
    if not _COMPARES.search(text):
        treated = any(_drug(word.text, drugs) for word in hyphenated_words(text))
        found += [one for one in _shares(text, population) if treated or one.metric not in _OF_SURVEYS]
    return tuple(sorted(found, key=lambda one: one.figure.start))


def _doses(text: str, drugs: Mapping[str, str], population: str | None) -> Iterator[Measured]:
    """Read the doses of a sentence, all or none: one that is not bound may be a change of another."""
    if _EXCRETED.search(text):
        return
    regimens = find_regimens(text)
    named = [_drug_of(text, regimen, drugs) for regimen in regimens]
    if not all(named):
        return
    for regimen, drug in zip(regimens, named, strict=True):
        figure, dose = regimen.figure, regimen.dose
        if figure.relation != "=" or dose.per is None or _NO_DOSE.search(text[: figure.start]):
            continue
        stage = _STAGE.search(re.split(r"[;.]\s", text[: figure.start])[-1])
        metric = f"{stage[1].lower()} dose of {drug}" if stage else f"dose of {drug}"
        yield Measured(
            metric, f"{dose.unit}/{dose.per}", None, population, figure, dose=dose, timeless=True
        )


def _drug_of(text: str, regimen: Regimen, drugs: Mapping[str, str]) -> str:
    """Return the drug that stands directly before or behind a dose; empty where none does, or two do."""
    start, end = regimen.figure.start, regimen.figure.end
    behind = _DRUG_BEHIND.match(text, end)
    after = _drug(behind["drug"], drugs) if behind else ""
    if behind and not after and _OF_ANOTHER.match(text, end):
        return ""
    earlier = [
        (name, word) for word in hyphenated_words(text[:start]) if (name := _drug(word.text, drugs))
    ]
    before = ""
    if earlier:
        name, word = earlier[-1]
        subject = _OF_DRUG.search(text[: word.start]) and _SUBJECT.fullmatch(text, word.end, start)
        before = name if subject or _BEFORE_DOSE.fullmatch(text, word.end, start) else ""
    return after or before if not (after and before and after != before) else ""


def _drug(word: str, drugs: Mapping[str, str]) -> str:
    folded = fold(word)
    shaped = is_drug(folded) and not _GLUED.search(word)  # "ConclusionsAlirocumab"
    return drugs.get(folded) or (folded if shaped else "")


def _half_lives(text: str, drugs: Mapping[str, str], population: str | None) -> Iterator[Measured]:
    named = {name for word in hyphenated_words(text) if (name := _drug(word.text, drugs))}
    figures = [f for f in find_figures(text) if f.metric is Metric.DURATION and f.relation == "="]
    if len(named) != 1 or len(re.findall(r"half-li", text)) != 1:
        return
    for figure in figures:
        found = _HALF_LIFE.search(text[: figure.start])
        if found is None or not is_of_all(text, figure.end, population):
            continue
        drug = min(named)
        if found["drug"] is None or _drug(found["drug"], drugs) == drug:
            metric = f"{found['quality'].lower()}half-life of {drug}"
            yield Measured(metric, figure.unit, None, population, figure, timeless=True)


def _shares(text: str, population: str | None) -> Iterator[Measured]:
    figures = find_figures(text)
    outcomes = [
        found
        for found in _OUTCOME.finditer(text)
        if not _is_noun(found) or _FREE.search(text[: found.start()])
    ]
    at = 0
    while at < len(figures):
        first = figures[at]
        pair = share_beside(text, first, figures[at + 1]) if at + 1 < len(figures) else None
        used = figures[at : at + (2 if pair else 1)]
        at += len(used)
        if first.metric not in {Metric.PERCENT, Metric.COUNT_OF} or first.relation != "=":
            continue
        if first.metric is Metric.PERCENT and first.high is not None:
            continue
        if pair and not is_right(text, *pair):
            continue
        interval = _interval_behind(text, used[-1], figures[at : at + 1])
        count = pair[0] if pair else first if first.metric is Metric.COUNT_OF else None
        if count and not (count.high and 0 <= count.value <= count.high):
            continue
        span = (first.start, _closed(text, (interval or used[-1]).end))
        head = _head_of(text, span, outcomes)
        if head is None or _SOME.search(text[: first.start]):
            continue
        when = time_point_of(text, head.span(), span)
        if when == UNCLEAR or not is_of_all(text, max(span[1], head.end()), population):
            continue
        figure = pair[1] if pair else first
        yield Measured(_label(head), "%", when, population, figure, count, interval)


def _closed(text: str, end: int) -> int:
    return end + 1 if text[end : end + 1] in {")", "]"} else end


def _interval_behind(text: str, figure: Figure, following: Sequence[Figure]) -> Figure | None:
    """Return the 95% confidence interval printed directly behind ``figure``."""
    for other in following:
        between = text[figure.end : other.start]
        named = re.match(r"95\s?%\s?(?:CI|confidence interval)", text[other.start : other.end])
        if other.metric is Metric.INTERVAL and named and re.fullmatch(r"\)?\s?[(\[,;]\s?", between):
            return other
    return None


def _head_of(
    text: str, span: tuple[int, int], outcomes: Sequence[re.Match[str]]
) -> re.Match[str] | None:
    """Return the outcome that a figure is bound to, by the words between alone."""
    for head in outcomes:
        if head.end() <= span[0] and _is_noun(head) and _LINK.fullmatch(text, head.end(), span[0]):
            return head
    for head in outcomes:
        if head.start() < span[1]:
            continue
        joined = _TO_VERB.fullmatch(text, span[1], head.start())
        if text[: span[0]].endswith("(") and not _PEOPLE_BEFORE.search(text[: span[0]]):
            continue  # a share of something else: "55 patients with 61 lesions (91%) responded"
        if joined and bool(joined["state"]) is _is_noun(head):
            return head
    return None


def _is_noun(head: re.Match[str]) -> bool:
    return not head.group().lower().endswith("ed")


def _label(head: re.Match[str]) -> str:
    return f"{head['quality'].lower()}{next(name for name in _OUTCOMES if head[name])}"
