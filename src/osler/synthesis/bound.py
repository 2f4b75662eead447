"""Each figure of a statement bound to what it measures, whose it is, when, and in which arm.

Only what the sentence says is bound. A figure whose metric the sentence does not name, or whose time
point it leaves open between several, is left out of every comparison; it stays in its statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from osler.model.comparison import Dose
from osler.model.figure import Figure, Metric
from osler.synthesis.outcomes import (
    Head,
    head_after,
    head_before,
    heads_in,
    is_change,
    is_subject,
    phrase_of,
)
from osler.synthesis.populations import belonging, key_of, population_in
from osler.synthesis.stated import Stated
from osler.synthesis.times import UNCLEAR, Point, points_in, time_of
from osler.text.figures import find_figures
from osler.text.regimens import Regimen, find_regimens

_RATIOS: Final = {
    "hr": "hazard ratio", "ahr": "hazard ratio", "or": "odds ratio", "aor": "odds ratio",
    "rr": "risk ratio", "arr": "risk ratio", "irr": "rate ratio", "airr": "rate ratio",
    "shr": "hazard ratio", "pr": "prevalence ratio", "apr": "prevalence ratio",
}  # fmt: skip
_COUNTED: Final = frozenset({Metric.PERCENT, Metric.COUNT_OF})
_MEASURED: Final = _COUNTED | {Metric.QUANTITY, Metric.DURATION}
_JOINS: Final = re.compile(r"\b(?:and|vs\.?|versus|against|compared|than|or|but)\b|,")
_BODY: Final = re.compile(r"\s(?:below|above|under|over|if)\s[^,;.]{2,40}")
_TIME_PHRASE: Final = re.compile(
    r"\b(?:half-life|(?:median|mean)\s(?:[\w-]+\s)*survival|time|duration|stay|delay|follow-up)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure and what its sentence binds it to.

    Attributes:
        figure: The figure; for n/N with a printed percent the count, with the percent in ``percent``.
        percent: The percent printed beside n/N, or None.
        interval: The interval printed behind it, or None.
        spread: What is printed behind ``±``, or empty.
        metric: What is measured.
        unit: Unit of the value; ``%`` for n/N.
        time_point: As stated, or None.
        population: In the sentence's own words, or None.
        people: Key of the population, or None where it is not stated.
        arm: The arm of the study, or None.
        dose: The dose, or None.
    """

    stated: Stated
    figure: Figure
    percent: Figure | None
    interval: Figure | None
    spread: str
    metric: str
    unit: str
    time_point: str | None
    population: str | None
    people: frozenset[str] | None
    arm: str | None
    dose: Dose | None


def bind_statement(stated: Stated) -> list[Bound]:
    """Return the figures of a statement that its words bind, in order."""
    figures = find_figures(stated.text)
    whom = population_in(_without_subgroups(stated.text, figures))
    doses = _doses(stated, whom)
    return sorted([*doses, *_measures(stated, figures, whom)], key=lambda bound: bound.figure.start)


def _without_subgroups(stated: str, figures: Sequence[Figure]) -> str:
    """Return ``stated`` without the words that put one figure in a subgroup: they are not about them all."""
    text = stated
    measured = [figure for figure in figures if figure.metric in _MEASURED]
    for figure in measured:
        if sum(other.unit == figure.unit and other.metric is figure.metric for other in measured) > 1:
            _arm, subgroup = belonging(stated, figure.start, figure.end)
            text = text.replace(subgroup, "…", 1) if subgroup else text
    return text


def _doses(stated: Stated, whom: str | None) -> list[Bound]:
    found = []
    for regimen in find_regimens(stated.text):
        drug = _drug_of(stated, regimen)
        if drug is None or "/h" in regimen.dose.unit:
            continue
        dose = regimen.dose
        limit = _BODY.match(stated.text, regimen.end)
        people = _with(whom, limit.group().strip() if limit else None)
        found.append(
            Bound(
                stated,
                regimen.figure,
                None,
                None,
                "",
                f"dose of {drug}",
                f"{dose.unit} per {dose.per}" if dose.per else dose.unit,
                None,
                people,
                key_of(people, stated.abbreviations),
                None,
                dose,
            )  # fmt: skip
        )
    return found


def _drug_of(stated: Stated, regimen: Regimen) -> str | None:
    """Return the drug that a dose is of: the one it follows, or the one behind ``of``, or None."""
    start = regimen.figure.start
    inside = [name for name, word in stated.drug_words if regimen.figure.end <= word.start < regimen.end]
    if inside:
        return inside[0]
    before = [(name, word) for name, word in stated.drug_words if word.end <= start]
    if before:
        name, word = before[-1]
        gap = stated.text[word.end : start]
        if ";" not in gap and ". " not in gap:
            return name
    named = {name for name, _word in stated.drug_words}
    if len(named) == 1:
        return named.pop()
    return None if named else stated.drug_of_title()


def _measures(stated: Stated, figures: Sequence[Figure], whom: str | None) -> list[Bound]:
    text = stated.text
    heads, points = heads_in(text), points_in(text, figures)
    found: list[Bound] = []
    taken: set[int] = set()
    for at, figure in enumerate(figures):
        if at in taken or not _is_measured(figure, figures, points):
            continue
        percent, interval, spread, used = _beside(text, figures, at)
        taken.update(used)
        end = max([figure.end, *(figures[i].end for i in used)])
        end += text[end : end + 1] in {")", "]"}
        label, head = _label(text, figure, end, heads)
        previous = found[-1] if found else None
        if (
            label is None
            and not is_subject(text, end)
            and previous is not None
            and _continues(text, previous, figure)
        ):
            label = previous.metric
            head = next((h for h in reversed(heads) if h.end <= previous.figure.start), None)
        if label is None or (figure.metric is Metric.DURATION and not _TIME_PHRASE.search(label)):
            continue
        time_point = time_of(figure, head, points, text)
        if time_point == UNCLEAR:
            continue
        arm, subgroup = belonging(text, figure.start, end)
        population = _with(whom, subgroup)
        found.append(
            Bound(
                stated,
                figure,
                percent,
                interval,
                spread,
                label,
                _unit(figure),
                time_point,
                population,
                key_of(population, stated.abbreviations),
                arm,
                None,
            )  # fmt: skip
        )
    return found


def _is_measured(figure: Figure, figures: Sequence[Figure], points: Sequence[Point]) -> bool:
    if figure.metric is Metric.RATIO:
        return figure.unit in _RATIOS
    if figure.metric not in _MEASURED or any(p.start == figure.start for p in points):
        return False
    return not (figure.metric is Metric.QUANTITY and figure.unit in {"", ":", "fold", "kg", "m2"})


def _label(text: str, figure: Figure, end: int, heads: list[Head]) -> tuple[str | None, Head | None]:
    """Return what ``figure`` measures, and the head that says so where one does."""
    if figure.metric is Metric.RATIO:
        labels = {head.label for head in heads}
        outcome = f" for {heads[0].label}" if len(labels) == 1 else ""
        return (f"{_RATIOS[figure.unit]}{outcome}", heads[0]) if outcome else (None, None)
    head = head_after(text, end, heads) if figure.metric in _COUNTED else None
    subject = figure.metric in _COUNTED and is_subject(text, end)
    if head is None and not subject:
        head = head_before(text, figure.start, heads)
    limit = figure.metric is Metric.QUANTITY and figure.relation not in {"=", "~"}
    label = head.label if head else phrase_of(text, figure.start, end, bound=limit)
    if label is not None and limit:
        label = f"threshold of {label}"
    elif label is not None and is_change(text, figure.start, end):
        label = f"change in {label}"
    return label, head


def _beside(
    text: str, figures: Sequence[Figure], at: int
) -> tuple[Figure | None, Figure | None, str, list[int]]:
    """Return the percent, the interval and the spread printed with a figure, and which figures they are."""
    figure, used = figures[at], [at]
    percent = interval = None
    spread = ""
    for later in range(at + 1, len(figures)):
        other = figures[later]
        gap = text[figures[used[-1]].end : other.start]
        counted = figure.metric is Metric.COUNT_OF and other.metric is Metric.PERCENT
        if counted and re.fullmatch(r"(?:\s[\w-]+){0,4}\s\(", gap):
            gap = " ("
        if re.fullmatch(r"[\s(\[,;:]*", gap) is None and not re.fullmatch(r"\s?(?:±|\+/-)\s?", gap):
            if not (used[1:] and re.fullmatch(r"[\s)\](,;]*", gap)):
                break
        if "±" in gap or other.unit.startswith("±"):
            spread = text[other.start : other.end].lstrip("± ")
        elif other.metric is Metric.INTERVAL and interval is None:
            interval = other
        elif (
            figure.metric in _COUNTED and other.metric in _COUNTED and other.metric is not figure.metric
        ):
            if "(" not in gap and "," not in gap and gap.strip():
                break
            if percent is not None:
                break
            percent = other
        else:
            break
        used.append(later)
    return percent, interval, spread, used


def _continues(text: str, previous: Bound, figure: Figure) -> bool:
    """Tell whether ``figure`` is listed beside the one before it (``83% with A and 43% with B``)."""
    alike = figure.metric is previous.figure.metric and figure.unit == previous.figure.unit
    gap = text[previous.figure.end : figure.start]
    return (
        alike
        and bool(_JOINS.search(gap))
        and len(gap.split()) <= 14
        and ";" not in gap
        and ". " not in gap
    )


def _with(whom: str | None, subgroup: str | None) -> str | None:
    if subgroup is None:
        return whom
    if whom is None:
        return subgroup
    return whom if subgroup in whom else f"{whom}: {subgroup}"


def _unit(figure: Figure) -> str:
    if figure.metric in _COUNTED:
        return "%"
    return "" if figure.metric is Metric.RATIO else figure.unit
