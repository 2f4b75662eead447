"""A regimen read from words such as ``2 mg/kg iv q6h``, or refused with the reason.

The grammar: an amount with its unit, a route, and how often or for how long; two parts are joined by
``+``. A daily amount with an interval is divided. What reads in two ways is refused, never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, NoReturn

from osler.errors import InputError, UsageError
from osler.mechanism.occupancy_parameters import Limit, Model

NEVER: Final = 1e9
"""Hours to the next dose where there is none."""
MOST_REGIMENS: Final = 4
"""Set side by side."""
LONGEST_INTERVAL_H: Final = 168.0
EXAMPLES: Final = '"100 mg sc daily", "2 mg/kg iv q6h", "100 mg iv once + 2 mg/kg/h iv infusion"'
NEAR: Final = 1e-9

_AMOUNT: Final = re.compile(r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>[a-zµμ]+(?:\s*/\s*[a-z]+){0,2})?\b")
_UNITS: Final = {"mg", "mg/kg", "mg/h", "mg/kg/h", "mg/day", "mg/kg/day"}
_SAME_UNIT: Final = {"hr": "h", "hour": "h", "hours": "h", "d": "day", "24h": "day", "dose": "dose"}
_OTHER_UNITS: Final = {
    "g",
    "µg",
    "μg",
    "ug",
    "mcg",
    "microg",
    "ng",
    "kg",
    "ml",
    "l",
    "iu",
    "units",
    "unit",
    "u",
}
_ROUTES: Final = {
    "sc": "sc", "sq": "sc", "subq": "sc", "subcut": "sc", "subcutaneous": "sc", "subcutaneously": "sc",
    "iv": "iv", "intravenous": "iv", "intravenously": "iv",
}  # fmt: skip
_OTHER_ROUTES: Final = {
    "po",
    "oral",
    "orally",
    "im",
    "intramuscular",
    "intrathecal",
    "it",
    "pr",
    "inhaled",
}
_OFTEN: Final = {
    "once daily": 24.0, "twice daily": 12.0, "three times daily": 8.0, "four times daily": 6.0,
    "twice a day": 12.0, "three times a day": 8.0, "four times a day": 6.0, "once a day": 24.0,
    "every other day": 48.0, "on alternate days": 48.0, "alternate days": 48.0, "every day": 24.0,
    "daily": 24.0, "od": 24.0, "qd": 24.0, "bd": 12.0, "bid": 12.0, "tds": 8.0, "tid": 8.0, "qds": 6.0,
    "qid": 6.0, "qod": 48.0, "weekly": 168.0, "once weekly": 168.0,
}  # fmt: skip
_EVERY: Final = re.compile(
    r"\b(?:q|every)\s*(?P<count>-?\d+(?:[.,]\d+)?)\s*(?P<unit>hours?|hrs?|h|days?|d)?\b"
)
_HOURLY: Final = re.compile(r"\b(?P<count>\d+)[\s-]*hourly\b")
_OVER: Final = re.compile(
    r"\bover\s*(?P<count>\d+(?:[.,]\d+)?)\s*(?P<unit>minutes?|mins?|min|hours?|hrs?|h)\b"
)


class Route(StrEnum):
    """How a dose is given."""

    UNDER_THE_SKIN = "sc"
    INTO_A_VEIN = "iv"


@dataclass(frozen=True, slots=True)
class Regimen:
    """Doses in mg for one person, as the model takes them.

    Attributes:
        text: The words given, with their white space folded.
        reading: What was understood, with the doses of this person.
        interval_h: Hours from one dose to the next; ``NEVER`` where it is given once or not at all.
        infusion_h: Hours over which ``infused_mg`` runs in.
        constant_mg_per_h: An infusion without end.
    """

    text: str
    reading: str
    skin_mg: float = 0.0
    vein_mg: float = 0.0
    infused_mg: float = 0.0
    infusion_h: float = 1.0
    constant_mg_per_h: float = 0.0
    interval_h: float = NEVER

    @property
    def dose_mg(self) -> float:
        """The amount of one dose, however it is given."""
        return self.skin_mg + self.vein_mg + self.infused_mg

    @property
    def repeats(self) -> bool:
        """Whether the dose comes again."""
        return self.interval_h < NEVER

    @property
    def mg_per_day(self) -> float:
        """The amount of a day once the regimen has settled; 0 for a dose given once."""
        repeated = self.dose_mg * 24.0 / self.interval_h if self.repeats else 0.0
        return repeated + 24.0 * self.constant_mg_per_h

    @property
    def window_h(self) -> float:
        """The stretch after which the course repeats itself, at least a day."""
        return max(24.0, self.interval_h) if self.repeats else 24.0


def read_regimen(text: str, *, model: Model, weight_kg: float | None) -> Regimen:
    """Return the regimen that ``text`` says for somebody of ``weight_kg``.

    Args:
        text: Such as ``2 mg/kg iv q6h``.
        model: Whose limits hold.
        weight_kg: Body weight; None where it is not known.

    Raises:
        UsageError: ``usage.regimen``: it cannot be read, or something is missing.
        InputError: ``input.regimen``: a wrong unit or route, an impossible interval, or an amount that
            no source has given.
    """
    words = " ".join(text.split())
    if not words:
        _cannot_read("an empty regimen", text)
    parts = [_read_part(part, words, model, weight_kg) for part in words.split("+")]
    whole = parts[0]
    for part in parts[1:]:
        whole = _join(whole, part, words)
    return replace(whole, text=words)


def _read_part(part: str, whole: str, model: Model, weight_kg: float | None) -> Regimen:
    line = f" {part.strip().lower().replace('·', ' ')} "
    amount = _AMOUNT.search(line)
    if amount is None:
        _cannot_read("no amount", whole)
    number = _number(amount["number"])
    unit = _unit(amount["unit"] or "", whole)
    rest = f"{line[: amount.start()]} {line[amount.end() :]}"
    route, rest = _route(rest, whole)
    over_h, rest = _over(rest)
    interval_h, rest = _interval(rest, whole)
    continuous, rest = _take(
        rest, ("continuous infusion", "continuously", "continuous", "infusion", "infused")
    )
    once, rest = _take(rest, ("once", "single dose", "bolus once", "loading dose"))
    _, rest = _take(
        rest, ("bolus", "injection", "divided", "per dose", "dose", "as", "an", "a", "by", "given")
    )
    if rest.strip(" ,.;"):
        _cannot_read(f"what does “{rest.strip(' ,.;')}” mean?", whole)
    if once and interval_h is not None:
        _cannot_read("once, and again?", whole)
    if "/kg" in unit and weight_kg is None:
        _cannot_read("an amount for each kg needs a weight", whole, hint="add --weight, in kg")
    mg = number * (weight_kg or 1.0) if "/kg" in unit else number
    given = f"{number:g} {unit}"
    if unit.endswith("/h") or (unit.endswith("/day") and interval_h is None and not once):
        per_hour = mg if unit.endswith("/h") else mg / 24.0
        return _constant(
            per_hour, given, route, continuous, interval_h or over_h, whole, model, weight_kg
        )
    if unit.endswith("/day"):
        if interval_h is None:
            _cannot_read("an amount for a day, given once?", whole, hint="write the amount of the dose")
        mg *= interval_h / 24.0
    if interval_h is None and not once:
        _cannot_read("how often?", whole, hint="such as daily, q6h, every other day or once")
    return _repeated(mg, given, route, interval_h, over_h, whole, model)


def _repeated(
    mg: float,
    given: str,
    route: Route,
    interval_h: float | None,
    over_h: float | None,
    whole: str,
    model: Model,
) -> Regimen:
    limit = model.limits["single_dose"]
    if not limit.low <= mg <= limit.high:
        _refuse(f"a dose of {mg:.4g} mg lies outside {_range(limit)}", whole, hint=_why(limit))
    if over_h is not None:
        if route is Route.UNDER_THE_SKIN:
            _refuse("an injection under the skin is not infused here", whole, hint="leave out “over …”")
        if interval_h is not None and over_h >= interval_h:
            _refuse(
                "the infusion lasts as long as the interval", whole, hint="write mg/kg/h iv infusion"
            )
    often = "once" if interval_h is None else f"every {interval_h:g} h"
    how = f" over {over_h:g} h" if over_h else ""
    amount = f"{mg:.4g} mg" if given == f"{mg:g} mg" else f"{given} = {mg:.4g} mg a dose"
    return Regimen(
        text=whole,
        reading=f"{amount} {route}{how} {often}",
        skin_mg=mg if route is Route.UNDER_THE_SKIN else 0.0,
        vein_mg=mg if route is Route.INTO_A_VEIN and over_h is None else 0.0,
        infused_mg=mg if over_h is not None else 0.0,
        infusion_h=over_h or 1.0,
        interval_h=NEVER if interval_h is None else interval_h,
    )


def _constant(
    per_hour: float,
    given: str,
    route: Route,
    continuous: bool,
    odd: float | None,
    whole: str,
    model: Model,
    weight_kg: float | None,
) -> Regimen:
    if not continuous and given.endswith("/day"):
        _cannot_read(
            "how is the day's amount divided?",
            whole,
            hint="add q6h, twice daily or the like, or infusion",
        )
    if odd is not None:
        _refuse(
            "a rate has no interval", whole, hint="write the amount of a dose, or leave out the interval"
        )
    if route is Route.UNDER_THE_SKIN:
        _refuse("a steady infusion goes into a vein here", whole, hint="write iv")
    limit = model.limits["infusion"]
    if weight_kg is not None and not limit.low <= per_hour / weight_kg <= limit.high:
        _refuse(
            f"{per_hour / weight_kg:.3g} mg/kg/h lies outside {_range(limit)}", whole, hint=_why(limit)
        )
    amount = given if given == f"{per_hour:g} mg/h" else f"{given} = {per_hour:.4g} mg/h"
    return Regimen(whole, f"{amount} {route} as a steady infusion", constant_mg_per_h=per_hour)


def _join(first: Regimen, second: Regimen, whole: str) -> Regimen:
    """Return a dose and a steady infusion as one regimen; nothing else can be joined."""
    dose, steady = (first, second) if second.constant_mg_per_h else (second, first)
    if dose.constant_mg_per_h or not steady.constant_mg_per_h:
        _cannot_read("two parts are one dose and one steady infusion", whole)
    return replace(
        dose,
        reading=f"{first.reading} + {second.reading}",
        constant_mg_per_h=steady.constant_mg_per_h,
    )


def _unit(written: str, whole: str) -> str:
    parts = [_SAME_UNIT.get(part, part) for part in re.split(r"\s*/\s*", written.lower())]
    if len(parts) > 1 and parts[-1] == "dose":
        parts.pop()
    unit = "/".join(parts)
    if unit in _UNITS:
        return unit
    if not unit or unit in _ROUTES or unit in _OTHER_ROUTES:
        _cannot_read("an amount without its unit", whole, hint="mg or mg/kg")
    if parts[0] in _OTHER_UNITS:
        _refuse(f"the unit {written} is not one for a dose of anakinra", whole, hint="write mg or mg/kg")
    return _cannot_read(
        f"the unit {written} is not known", whole, hint=f"one of {', '.join(sorted(_UNITS))}"
    )


def _route(rest: str, whole: str) -> tuple[Route, str]:
    found = [(word, _ROUTES[word]) for word in re.findall(r"[a-z]+", rest) if word in _ROUTES]
    if len({route for _, route in found}) > 1:
        _cannot_read("two routes", whole, hint="join two parts by +")
    for word in re.findall(r"[a-z]+", rest):
        if word in _OTHER_ROUTES:
            _refuse(f"the route {word} is not modelled", whole, hint="sc or iv")
    if not found:
        _cannot_read("no route", whole, hint="add sc or iv")
    word, route = found[0]
    return Route(route), re.sub(rf"\b{word}\b", " ", rest, count=1)


def _over(rest: str) -> tuple[float | None, str]:
    match = _OVER.search(rest)
    if match is None:
        return None, rest
    hours = _number(match["count"]) / (60.0 if match["unit"].startswith("m") else 1.0)
    return hours or None, rest.replace(match[0], " ", 1)


def _interval(rest: str, whole: str) -> tuple[float | None, str]:
    rest = _HOURLY.sub(r"q\g<count>h", rest)
    match = _EVERY.search(rest)
    if match is not None:
        if match["unit"] is None:
            _cannot_read(f"every {match['count']} of what?", whole, hint="such as q6h or every 2 days")
        hours = _number(match["count"]) * (24.0 if match["unit"].startswith("d") else 1.0)
        if not 1.0 <= hours <= LONGEST_INTERVAL_H:
            _refuse(f"every {hours:g} h is no interval between doses", whole, hint="from 1 to 168 h")
        return hours, rest.replace(match[0], " ", 1)
    for words in sorted(_OFTEN, key=len, reverse=True):
        pattern = rf"(?<!\w){words}(?!\w)"
        if re.search(pattern, rest):
            return _OFTEN[words], re.sub(pattern, " ", rest, count=1)
    return None, rest


def _take(rest: str, words: tuple[str, ...]) -> tuple[bool, str]:
    found = False
    for word in words:
        changed = re.sub(rf"\b{word}\b", " ", rest)
        found = found or changed != rest
        rest = changed
    return found, rest


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _range(limit: Limit) -> str:
    return f"{limit.low:g} to {limit.high:g} {limit.unit}"


def _why(limit: Limit) -> str:
    return limit.text


def _cannot_read(why: str, text: str, *, hint: str = "") -> NoReturn:
    raise UsageError(why, item=text, hint=hint or f"such as {EXAMPLES}", code="usage.regimen")


def _refuse(why: str, text: str, *, hint: str) -> NoReturn:
    raise InputError(why, item=text, hint=hint, code="input.regimen")
