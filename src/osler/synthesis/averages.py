"""Medians, means and kinetics of one group, each bound to its name by "was" or "of" beside it.

The names are a short closed list: how long people lived, stayed or were followed, how old they were, and
what a drug does in the body. A sentence that compares groups is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from osler.model.figure import Figure, Metric
from osler.synthesis.cells import CELL, Cell, template_of
from osler.synthesis.circumstances import UNCLEAR, population_of
from osler.synthesis.measured import Measured
from osler.text.drug_names import is_drug
from osler.text.figures import find_figures
from osler.text.normalise import fold, hyphenated_words

_LASTING: Final = (
    r"(?:(?:overall|progression-free|event-free|disease-free|relapse-free|recurrence-free)"
    r"\s)?survival(?:\stime)?|OS|PFS|EFS|DFS"
    r"|(?:duration\sof\s|length\sof\s|time\sto\s)?(?:follow-?up|hospital\sstay|stay"
    r"|hospitali[sz]ation|response|remission"
    r"|relapse|recurrence|progression|death|treatment|mechanical\sventilation)|(?:hospital"
    r"\s)?length\sof\s(?:hospital\s)?stay"
    r"|age(?:\s(?:at\s(?:diagnosis|onset|presentation|enrol?lment|baseline)|of\s(?:the\s)?"
    r"(?:patients|participants|children)))?"
)
_AVERAGE: Final = re.compile(
    r"(?:^|[.;,]\s|\band\s|\bwith\s)(?:[Tt]he\s|a\s)?(?P<name>(?:[Mm]edian|[Mm]ean)(?:\s\((?:SD"
    r"|IQR|range)\))?\s"
    rf"(?:{_LASTING}))(?:\s\([A-Z]+\))?\s(?:was|were|is|of)\s(?P<value>{CELL}|(?=\d))",
)
_KINETICS: Final = re.compile(
    r"(?:^|[.;,]\s|\b(?:the|an?|and)\s)(?P<name>(?:(?:median|mean|absolute|apparent|total|oral"
    r"|plasma|renal|terminal|steady-state"
    r"|elimination)\s){0,3}(?:bioavailability|clearance|volume\sof\sdistribution|(?:plasma"
    r"\s)?protein\sbinding"
    r"|time\sto\s(?:peak|maximum)\s(?:plasma\s|serum\s)?concentration|half-?life|Tmax|Cmax))"
    r"(?:\sof\s(?P<drug>[\w-]+))?(?:\safter\s[^,;()]{3,60}?)?\s(?:was|is|of|averaged)\s(?:about\s"
    r"|approximately\s)?"
    rf"(?P<value>{CELL})",
    re.IGNORECASE,
)
_MAY_HOLD: Final = re.compile(
    r"\b(?:median|mean|bioavailability|clearance|distribution|binding|concentration|Tmax|Cmax)\b.*\d",
    re.IGNORECASE | re.DOTALL,
)
_COMPARES: Final = re.compile(
    r"\b(?:versus|vs|compared|than|respectively|placebo|controls?|arms?|groups?|whereas|while"
    r"|difference|increas\w+"
    r"|decreas\w+|reduc\w+|expected|predicted|assum\w+|not|without|if|those|who|other|both|each)\b",
    re.IGNORECASE,
)
_UNITS: Final = {
    "bioavailability": r"%",
    "binding": r"%",
    "clearance": r"(?:m?L|l)(?:/kg)?/(?:h|min)(?:/kg)?",
    "distribution": r"m?L(?:/kg)?",
    "concentration": r"h|min|day",
    "life": r"h|min|day|week",
    "tmax": r"h|min|day",
    "cmax": r"[nµm]?g/m?L|[nµ]mol/L|[nµ]M",
}
_HALF_LIVES: Final = re.compile(r"half-?li", re.IGNORECASE)


def averages_in(text: str, drugs: Mapping[str, str]) -> tuple[Measured, ...]:
    """Return the medians, means and kinetics of ``text``, in order.

    Args:
        text: Cited words of one source, nothing added.
        drugs: Folded names of drugs that the question used, each with the name it is known by.
    """
    if not _MAY_HOLD.search(text):
        return ()
    population = population_of(text)
    if population == UNCLEAR or _COMPARES.search(text):
        return ()
    template = template_of(text)
    if template is None:
        return ()
    found = [*_lasting(template.text, template.cells, population)]
    found += _kinetics(text, template.text, template.cells, population, drugs)
    # "137 mL/min in healthy people, about 20 with failing kidneys": one of two would mislead.
    lone = (one for one in found if not _has_another(one, found, text))
    return tuple(sorted(lone, key=lambda one: one.figure.start))


def _has_another(one: Measured, found: list[Measured], text: str) -> bool:
    """Tell whether a text holds a figure in the same unit that was not read, nor is a spread."""
    read = {figure.start for m in found for figure in (m.figure, m.interval) if figure is not None}
    return any(f.unit == one.figure.unit and f.start not in read for f in find_figures(text))


def _lasting(template: str, cells: Mapping[str, Cell], population: str | None) -> Iterator[Measured]:
    for found in _AVERAGE.finditer(template):
        cell = cells.get(found["value"])
        if (
            cell is None
            or cell.figure.metric not in {Metric.DURATION, Metric.AGE}
            or not _is_plain(cell)
        ):
            continue
        name = re.sub(r"\s\(.*?\)", "", " ".join(found["name"].split()))
        name = f"{name[0].lower()}{name[1:]}"
        yield Measured(
            name,
            cell.figure.unit,
            None,
            population,
            cell.figure,
            None,
            cell.interval,
            spread=cell.spread,
        )


def _kinetics(
    text: str,
    template: str,
    cells: Mapping[str, Cell],
    population: str | None,
    drugs: Mapping[str, str],
) -> Iterator[Measured]:
    named = {name for word in hyphenated_words(text) if (name := _drug(word.text, drugs))}
    if len(named) != 1:
        return
    drug = min(named)
    for found in _KINETICS.finditer(template):
        cell = cells[found["value"]]
        name = " ".join(found["name"].split())
        name = name if name in {"Tmax", "Cmax"} else name.lower()
        if _HALF_LIVES.search(name) or not _is_plain(cell) or not _fits(name, cell.figure):
            continue  # half-lives have a stricter reader of their own
        if found["drug"] is None or _drug(found["drug"], drugs) == drug:
            yield Measured(
                f"{name} of {drug}", cell.figure.unit, None, population, cell.figure, None,
                cell.interval, spread=cell.spread, timeless=True,
            )  # fmt: skip


def _fits(name: str, figure: Figure) -> bool:
    """Tell whether a unit is one that a quantity of this name is measured in."""
    last = name.lower().replace("half-life", "life").split()[-1]
    return re.fullmatch(_UNITS.get(last, r"(?!)"), figure.unit) is not None


def _is_plain(cell: Cell) -> bool:
    return cell.figure.relation == "=" and cell.count is None


def _drug(word: str, drugs: Mapping[str, str]) -> str:
    folded = fold(word)
    return drugs.get(folded) or (folded if is_drug(folded) else "")
