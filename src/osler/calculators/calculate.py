"""From what was given to a result with its meaning, its population and its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from osler.calculators.amount import Amount, Answer, read_answers
from osler.calculators.calculation import Calculation, Figure, Given, GroupLine, Line, Value
from osler.calculators.definition import UNKNOWN, Cut, Definition, Outcome, Remark
from osler.calculators.definition_file import load_bridges
from osler.calculators.formulas.by_name import FORMULAS
from osler.calculators.points import Points, score
from osler.calculators.units import convert, tidy


def calculate(definition: Definition, given: Mapping[str, str]) -> Calculation:
    """Return what ``definition`` makes of ``given``, item names with values as text.

    Raises:
        UsageError: An unknown or a missing item (``usage.item``).
        InputError: A value that was refused (``input.number``, ``input.unit``, ``input.range``,
            ``input.value``).
    """
    answers = read_answers(definition, given, load_bridges())
    total, parts = score(definition, answers)
    values = _values(definition, answers, total, parts)
    figures = tuple(
        _figure(outcome, values[outcome.name])
        for outcome in definition.outcomes
        if outcome.name in values
    )
    return Calculation(
        definition=definition,
        figures=figures,
        lines=tuple(_lines(definition, answers, given, parts)),
        groups=tuple(GroupLine(g.name, g.title, parts[g.name]) for g in definition.groups),
        readings=tuple(_readings(definition, figures)),
        notices=tuple(_notices(definition, answers)),
    )


def _values(
    definition: Definition, answers: Mapping[str, Answer], total: Points, parts: Mapping[str, Points]
) -> dict[str, Value]:
    values = {}
    if definition.scored:
        values["points"] = Value(total.low, total.high)
    if definition.formula == "conversion":
        return _conversions(definition, answers)
    if definition.formula:
        values |= FORMULAS[definition.formula](Given(answers, total, parts, definition.table))
    return values


def _conversions(definition: Definition, answers: Mapping[str, Answer]) -> dict[str, Value]:
    """Return the one quantity in every unit that it is taken in; the outcome is named as its unit."""
    item = definition.items[0]
    amount = answers[item.name]
    assert isinstance(amount, Amount)  # noqa: S101 - a conversion has one quantity
    bridge = load_bridges().get(item.substance)
    found = {}
    for unit in item.units:
        value = convert(amount.given, amount.given_unit, into=unit, bridge=bridge)
        if value is not None:
            found[unit] = Value.of(value)
    return found


def _figure(outcome: Outcome, value: Value) -> Figure:
    low = None if value.low is None else _rounded(value.low, outcome.decimals)
    high = None if value.high is None else _rounded(value.high, outcome.decimals)
    shown = low if low == high else None
    if value.text:
        text = value.text
    elif low is None or high is None:
        text = "unknown"
    elif shown is not None:
        text = _worded(shown, outcome.decimals)
    else:
        text = f"{_worded(low, outcome.decimals)} to {_worded(high, outcome.decimals)}"
    return Figure(outcome, shown, low, high, text)


def _rounded(value: float, decimals: int) -> float:
    """Round halves away from zero, as papers do; a negative ``decimals`` keeps every digit."""
    if decimals < 0:
        return tidy(value)
    scale: float = 10.0**decimals
    whole = int(abs(tidy(value)) * scale + 0.5 + 1e-9)
    return tidy((whole if value >= 0 else -whole) / scale)


def _worded(value: float, decimals: int) -> str:
    if decimals < 0:
        return f"{value:.10g}"
    return f"{value:.{decimals}f}"


def _lines(
    definition: Definition,
    answers: Mapping[str, Answer],
    given: Mapping[str, str],
    parts: Mapping[str, Points],
) -> Iterator[Line]:
    typed = {
        name.strip().lower().replace("_", "-"): " ".join(text.split()) for name, text in given.items()
    }
    for item in definition.items:
        answer = answers.get(item.name)
        if answer is None:
            continue
        if isinstance(answer, Amount):
            digits = 10 if answer.given_unit == answer.unit else 4
            used = f"{answer.value:.{digits}g} {answer.unit}".strip()
        elif answer == UNKNOWN:
            used = UNKNOWN
        else:
            used = next(choice.title for choice in item.choices if choice.name == answer)
        counted = item.bands or any(choice.points for choice in item.choices)
        points = parts[item.name] if definition.scored and counted else None
        yield Line(item.name, item.title, typed[item.name], used, points, item.group)


def _readings(definition: Definition, figures: tuple[Figure, ...]) -> Iterator[Remark]:
    """Yield what the sources say of each figure; of both ends where it is a range."""
    by_name = {figure.outcome.name: figure for figure in figures}
    seen: set[Remark] = set()
    for reading in definition.readings:
        figure = by_name.get(reading.outcome)
        if figure is None:
            continue
        ends = [end for end in (figure.low, figure.high) if end is not None]
        if any(_reaches(end, reading.cut) for end in ends) and reading.remark not in seen:
            seen.add(reading.remark)
            yield reading.remark


def _reaches(value: float, cut: Cut) -> bool:
    return (
        (cut.at_least is None or value >= cut.at_least[""])
        and (cut.above is None or value > cut.above[""])
        and (cut.below is None or value < cut.below[""])
        and (cut.up_to is None or value <= cut.up_to[""])
    )


def _notices(definition: Definition, answers: Mapping[str, Answer]) -> Iterator[str]:
    unknown = [item.title.lower() for item in definition.items if answers.get(item.name) == UNKNOWN]
    if unknown:
        yield f"unknown: {', '.join(unknown)}; the result says what each answer could make of it"
