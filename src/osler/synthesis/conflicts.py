"""Doses that sources give differently for the same drug in the same disease, and what explains it.

Only doses counted by the same measure (``mg/kg`` with ``mg/kg``) meet, and only where both sentences name
a disease in common. What explains a difference is read from the sentences and records; a guess is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from osler.model.comparison import NOT_EXPLAINED, Conflict, ConflictSide, Dose
from osler.synthesis.bound import Bound
from osler.synthesis.populations import diseases_in, groups_of, severities_in


def conflicts_of(bound: Sequence[Bound]) -> tuple[Conflict, ...]:
    """Return the conflicts among bound doses, in order of the first side."""
    subjects: dict[tuple[str, str], list[Bound]] = {}
    for each in bound:
        if each.dose is not None:
            subjects.setdefault((each.metric, each.dose.unit), []).append(each)
    found = []
    for (metric, _unit), doses in subjects.items():
        pairs = [pair for pair in combinations(doses, 2) if _differ(*pair)]
        sides = [each for each in doses if any(each in pair for pair in pairs)]
        if pairs:
            found.append(Conflict(metric, _why(sides), _sides(sides)))
    return tuple(found)


def _differ(one: Bound, other: Bound) -> bool:
    """Tell whether two doses are of the same thing, by different statements, and not the same."""
    if one.dose is None or other.dose is None or one.stated.statement == other.stated.statement:
        return False
    if not _diseases(one) & _diseases(other) or None in {one.dose.per, other.dose.per}:
        return False
    return _said(one.dose) != _said(other.dose)


def _said(dose: Dose) -> tuple[float | None, float | None, str | None, str | None]:
    return dose.amount, dose.high, dose.per, dose.frequency


def _diseases(bound: Bound) -> frozenset[str]:
    return diseases_in(bound.stated.text, bound.stated.abbreviations)


def _why(sides: Sequence[Bound]) -> str:
    """Return in what the sides differ, as far as each says it, or that nothing explains it."""
    doses = [each.dose for each in sides if each.dose is not None]
    features = {
        "basis": [f"per {dose.per}" if dose.per else "" for dose in doses],
        "frequency": [dose.frequency or "" for dose in doses],
        "route": [dose.route or "" for dose in doses],
        "severity": [", ".join(severities_in(each.stated.text)) for each in sides],
        "people": [", ".join(sorted(groups_of(each.stated.text))) for each in sides],
        "disease": [", ".join(sorted(_diseases(each))) for each in sides],
        "design": [each.stated.source.design.value.replace("_", " ") for each in sides],
    }
    parts = []
    for name, values in features.items():
        stated = list(dict.fromkeys(value for value in values if value))
        if len(stated) > 1:
            parts.append(f"{name}: {' / '.join(stated)}")
    return "; ".join(parts) or NOT_EXPLAINED


def _sides(sides: Sequence[Bound]) -> tuple[ConflictSide, ...]:
    found = {
        each.stated.statement: ConflictSide(
            each.stated.statement, each.stated.source.id, each.population
        )
        for each in sides
    }
    return tuple(found.values())
