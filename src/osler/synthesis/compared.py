"""Figures of two-arm comparisons, each with its outcome, arm, comparator, time point and people.

What ``contrasts`` reads by its form is kept only where the words in it can stand as a label: an outcome
that says what was measured, a time read once, people named in one place. Nothing is put right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from osler.model.figure import Figure, Metric
from osler.synthesis.arms import key_of
from osler.synthesis.cells import CELL, Cell
from osler.synthesis.contrast_forms import RATIO_NAMES
from osler.synthesis.contrasts import Contrast, contrasts_in
from osler.synthesis.measured import Measured
from osler.text.disease_names import find_studied
from osler.text.lists import word_set
from osler.text.people import NON_HUMAN, groups_in
from osler.text.units import TIME

_MAY_COMPARE: Final = re.compile(
    r"\d.*\b(?:than|vs|versus|v|compared|respectively|and|but|against|whereas|while|relative)\b|\b"
    r"(?:than|vs|versus|compared|relative"
    r"|difference)\b.*\d",
    re.IGNORECASE | re.DOTALL,
)
_TIME: Final = re.compile(
    r"(?P<n>\d+|\b(?:one|two|three|four|five|six|ten|twelve))[-\s](?P<unit>hour|h(?=\b)|day|week"
    r"|month|year)s?\b(?!\s(?:old|of\sage))|\b(?P<unit2>day|week|month|year)\s(?P<n2>\d+)\b",
    re.IGNORECASE,
)
_NUMERALS: Final = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "ten": "10",
    "twelve": "12",
}  # fmt: skip
_TIME_PHRASE: Final = re.compile(
    rf",?\s(?:at|by|after|within|over|during)\s(?:the\s|a\s)?(?:{_TIME.pattern.replace('?P<', '?P<_')})"
    r"(?:\s(?:of\s)?(?:treatment|therapy|follow-?up))?",
    re.IGNORECASE,
)
_INTRO_TIME: Final = re.compile(
    r"(?:At|By|After|Within|During|Over)\s(?:the\s|a\s)?(?:first\s)?"
    r"(?:\d+[-\s](?:hour|day|week|month|year)s?|(?:day|week|month|year)\s\d+)"
    r"(?:\s(?:of\s)?(?:treatment|therapy|follow-?up|period|study))*",
    re.IGNORECASE,
)
_INTRO_STUDY: Final = re.compile(
    r"(?:In|On|By|For|During)\s(?:the|a|an|this|our|one)\s(?:[^\W\d][\w-]*\s){0,4}"
    r"(?:analysis|trial|study|population|set|meta-analysis|cohort)(?=\s(?:in|of|among)\s|$)",
    re.IGNORECASE,
)
_INTRO_WHO: Final = re.compile(
    r"\s?(?:In|Among|For|Of)\s(?:the\s|all\s)?(?:\d[\d,]*\s)?(?P<who>[^\d\W].{2,90})", re.IGNORECASE
)
_PEOPLE: Final = re.compile(
    r"\b(?:patients|children|adults|infants|neonates|adolescents|women|men|people|participants"
    r"|subjects|individuals)\b",
    re.IGNORECASE,
)
_NOT_WHO: Final = re.compile(
    r"\b(?:was|were|is|are|had|has|groups?|arms?|both|other|remaining|these|those|this|contrast"
    r"|comparison|addition"
    r"|analys[ie]s|model|models|phase|part|period|subset|subgroups?|whom|which|general|terms|case"
    r"|treated|receiving"
    r"|treatment|therapy|assigned|randomi[sz]ed|end|conclusion|summary|fact|respectively|first"
    r"|second)\b",
    re.IGNORECASE,
)
_BEHIND_PEOPLE: Final = re.compile(
    r"\s(?:in|among)\s(?:the\s)?(?P<who>(?:patients|children|adults|infants|women|men|people"
    r"|participants|individuals)"
    rf"\s(?:with|aged|undergoing)\s[^,;:.()\[\]{CELL[1:-1]}]+?)(?=\s?(?:[,;.(]|$))",
    re.IGNORECASE,
)
_NO_OUTCOME: Final = re.compile(
    r"\b(?:was|were|is|are|be|been|had|has|have|which|that|this|these|those|it|they|we|our|their"
    r"|its|not|no|than"
    r"|respectively|groups?|arms?|differences?|both|also|others?|same|corresponding|latter|former"
    r"|compared|versus|vs"
    r"|before|while|when|although|but|however|there|after\swhich|because(?!\sof)|whereas|if|did"
    r"|does|by|until|subgroups?|if"
    r"|showed|occurred|resulted|remained|percent\schange|between|from|those|he|she|as)\b|[\\\"“”=<>]",
    re.IGNORECASE,
)
_PERSONS_FIRST: Final = re.compile(
    r"(?:at|in|on|after|during|by|for|among|with|of|as)\s|(?:[\w-]+\s)?(?:patients|subjects"
    r"|participants|women|men|children|adults|infants|people|individuals|we|one|all)\b",
    re.IGNORECASE,
)
_BEFORE_NAME: Final = re.compile(
    r"^(?:(?:the|a|an)\s)?(?:(?:signif\w+|statistically|markedly|somewhat)\s)*"
    r"(?:(?:higher|lower|greater|similar|increased|reduced|more|fewer|improved)\s)?",
    re.IGNORECASE,
)
_TWO: Final = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
_OF_ONE: Final = re.compile(
    r"\b(?:of|for|with|or|to)\s[^,]*\b(?:and|or)\b|\bmorbidity and mortality\b|\bnausea and vomiting\b"
)
_BARE: Final = word_set(
    """
    a an the of in for with rate rates incidence incidences value values figure figures number numbers
    percentage percentages proportion proportions result results mean median average level levels
    frequency prevalence odds risk outcome outcomes response responses time times score scores overall
    total estimated adjusted relative event events data patients effect effects hazard ratio finding
    findings
    """
)
"""Words that measure something and do not say what; a label of nothing else says nothing."""
_AVERAGES: Final = re.compile(r"\b(?:mean|median|average|geometric)\b", re.IGNORECASE)
_LASTS: Final = re.compile(
    r"time|duration|surviv|stay|onset|interval|length|\bages?\b|half-li|follow-?up|delay|period"
    r"|latency|PFS|\bOS\b|TTP|LOS|DFS|EFS",
    re.IGNORECASE,
)
_SPELT: Final = re.compile(r"(?:relative|risk|rate)\s(?:risk|ratio)", re.IGNORECASE)
_LONGEST_OUTCOME: Final = 14


def compared_in(text: str, is_drug: Callable[[str], bool]) -> tuple[Measured, ...]:
    """Return the figures of two-arm comparisons in ``text``, in order; the arm before its comparator.

    Args:
        text: Cited words of one source, nothing added.
        is_drug: Tells whether a word names a drug.
    """
    if not _MAY_COMPARE.search(text) or groups_in(text) & NON_HUMAN:
        return ()
    read = contrasts_in(text, is_drug)
    if read is None:
        return ()
    template, found = read
    return tuple(one for contrast in found for one in _measured(text, template.text, contrast))


def _measured(text: str, template: str, contrast: Contrast) -> Iterator[Measured]:
    cells = _alike(contrast.cells)
    circumstances = _circumstances(template, contrast)
    outcome = _outcome(contrast.outcome)
    if (
        not cells
        or circumstances is None
        or not outcome
        or key_of(contrast.arm) == key_of(contrast.comparator)
    ):
        return
    when, who = circumstances
    arms = (contrast.arm, contrast.comparator)
    for cell, arm in zip(cells, arms, strict=False):
        figure = cell.figure
        metric, unit = outcome, figure.unit
        if figure.metric is Metric.RATIO:
            if "surviv" in outcome.lower() and not unit.endswith("hr"):
                return
            kind = f"{contrast.kind.lower()} " if contrast.kind else ""
            outcome = re.sub(r"^(?:odds|risk|rate|hazard|likelihood|incidence)\sof\s", "", outcome)
            metric, unit = f"{kind}{_ratio_name(text, figure)} for {outcome}", ""
        elif figure.metric is Metric.COUNT_OF:
            unit = "%"
        elif figure.metric is not Metric.PERCENT and not _is_average(outcome, cells, unit):
            return
        count = figure if figure.metric is Metric.COUNT_OF else cell.count
        yield Measured(
            metric, unit, when, who, figure, count, cell.interval,
            arm=arm, arms=arms, spread=cell.spread,
        )  # fmt: skip


def _ratio_name(text: str, figure: Figure) -> str:
    """Return what a ratio is called: "rate ratio" stays one, "RR" alone may be of risks or of rates."""
    printed = _SPELT.match(text, figure.start)
    if figure.unit == "rr":
        return printed.group().lower() if printed else "RR"
    return RATIO_NAMES[figure.unit]


def _is_average(outcome: str, cells: tuple[Cell, ...], unit: str) -> bool:
    """Tell whether values that are no shares are averages: by their name, their spread or their unit.

    A time needs an outcome that is one: "relief came earlier (3 vs 13 hours)" does not say from when.
    """
    if unit in TIME and not _LASTS.search(outcome):
        return False
    return bool(_AVERAGES.search(outcome) or all(cell.spread for cell in cells) or unit)


def _alike(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return the cells where they are of one kind and hold together, else nothing."""
    for cell in cells:
        figure = cell.figure
        ranged = figure.high is not None and figure.metric is not Metric.COUNT_OF
        if figure.relation != "=" or ranged or not cell.adds_up or not _holds(cell):
            return ()
    if len(cells) == 1:
        return cells if cells[0].figure.unit in RATIO_NAMES and cells[0].figure.value > 0 else ()
    one, other = cells
    bare = one.figure.metric is Metric.NUMBER and not one.figure.unit
    if bare and other.figure.unit and other.figure.metric is not Metric.PERCENT:
        one = replace(
            one, figure=replace(one.figure, metric=other.figure.metric, unit=other.figure.unit)
        )
    kinds = {(cell.figure.metric, cell.figure.unit) for cell in (one, other)}
    shares = [cell.figure.value for cell in (one, other) if cell.figure.metric is Metric.PERCENT]
    return () if len(kinds) > 1 or any(value > 100 for value in shares) else (one, other)


def _holds(cell: Cell) -> bool:
    """Tell whether a value lies inside the interval printed with it."""
    interval = cell.interval
    if interval is None or interval.high is None:
        return True
    value: float = cell.figure.value
    if cell.figure.metric is Metric.COUNT_OF:
        return True
    return interval.value <= value <= interval.high


def _circumstances(template: str, contrast: Contrast) -> tuple[str | None, str | None] | None:
    """Return time point and people of a contrast, None for what is not said; None if unclear."""
    behind = template[contrast.end :]
    who: str | None = None
    times = _times(contrast.outcome) + _times_at_start(behind)
    if contrast.intro:
        if _INTRO_TIME.fullmatch(contrast.intro):
            times += _times(contrast.intro)
        else:
            who = _who_of(contrast.intro)
            if who is None:
                return None
    named = _BEHIND_PEOPLE.match(behind)
    if named:
        if who:
            return None
        who = named["who"]
    distinct = list(dict.fromkeys(times))
    if len(distinct) > 1:
        return None
    return (distinct[0] if distinct else None), who or None


def _who_of(intro: str) -> str | None:
    """Return the people or disease that an introduction names, empty for a study, None if unclear."""
    study = _INTRO_STUDY.match(intro)
    rest = intro[study.end() :] if study else intro
    if study and not rest:
        return ""
    found = _INTRO_WHO.fullmatch(rest)
    if found is None or _NOT_WHO.search(found["who"]) or _TIME.search(found["who"]):
        return None
    who = re.sub(r"\s(?:trials|studies)$", "", found["who"])
    return who if _PEOPLE.search(who) or find_studied(who) else None


def _times(text: str) -> list[str]:
    found = []
    for time in _TIME.finditer(text):
        number = (time["n"] or time["n2"]).lower()
        number, unit = _NUMERALS.get(number, number), (time["unit"] or time["unit2"]).lower()
        unit = "hour" if unit == "h" else unit
        found.append(f"{number} {unit}{'' if number == '1' else 's'}")
    return found


def _times_at_start(behind: str) -> list[str]:
    found = _TIME_PHRASE.match(behind)
    return _times(found.group()) if found else []


def _outcome(printed: str) -> str:
    """Return an outcome as a label, its time left out; empty where it cannot stand as one."""
    name = _TIME_PHRASE.sub("", " " + " ".join(printed.split())).strip()
    name = re.sub(
        r"^(?:\d+|one|two|three|four|five|six|ten|twelve)[-\s](?:hour|h|day|week|month|year)s?\s",
        "",
        name,
        flags=re.IGNORECASE,
    )
    name = _BEFORE_NAME.sub("", name).strip(" ,")
    words = [word.lower() for word in re.findall(r"[^\W\d_]+", name)]
    if not 1 <= len(words) <= _LONGEST_OUTCOME or all(word in _BARE for word in words):
        return ""
    said = name.removeprefix("patients who ")
    said = re.sub(r"^(?:were|was|had|achieved)\s", "", said) if said != name else said
    if _NO_OUTCOME.search(said) or (said == name and _PERSONS_FIRST.match(name)) or _TIME.search(name):
        return ""
    if _TWO.search(name) and not _OF_ONE.search(name):
        return ""
    if re.search(r"\b(?:in|of|for|at|with|and|to|the|a|[A-Z])$", name):
        return ""
    return name if not name[1:2].islower() else name[0].lower() + name[1:]
