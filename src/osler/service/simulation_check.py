"""What of a case a simulation would refuse, by the field it was given in: a form says it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from osler.errors import InputError, OslerError, UsageError
from osler.mechanism.occupancy import check_person, engine_of
from osler.mechanism.occupancy_course import Person
from osler.mechanism.occupancy_parameters import Model, find_model
from osler.mechanism.occupancy_regimen import Regimen, read_regimen
from osler.service.simulate import USUAL_CLEARANCE, USUAL_WEIGHT_KG, Case

WEIGHT = "weight"
CLEARANCE = "clearance"
DAYS = "days"


def regimen_field(index: int) -> str:
    """Return the name of the field of the regimen at ``index``, from 0."""
    return f"regimen-{index + 1}"


def find_refusals(drug: str, case: Case, *, most_days: int) -> dict[str, OslerError]:
    """Return what would be refused of ``case`` by the name of its field; empty where nothing would.

    Args:
        drug: One that is modelled.
        case: As given; an empty regimen is passed over.
        most_days: The longest course that the form allows.

    Raises:
        NotFoundError: ``not_found.simulation``: this drug is not modelled.
    """
    model = find_model(drug)
    weight, clearance = case.weight_kg, case.creatinine_clearance
    found: dict[str, OslerError] = {}
    if weight is not None:
        _try(found, WEIGHT, lambda: check_person(model, Person(weight, USUAL_CLEARANCE)))
    if clearance is not None:
        _try(found, CLEARANCE, lambda: check_person(model, Person(USUAL_WEIGHT_KG, clearance)))
    if not 1 <= case.days <= most_days:
        found[DAYS] = InputError(f"{case.days} lies outside 1 to {most_days}", code="input.simulation")
    read = dict(_read(found, model, case))
    longest = max((r.interval_h for r in read.values() if r.repeats), default=0.0)
    if DAYS not in found and longest > 24.0 * case.days:
        found[DAYS] = InputError(
            f"a regimen is repeated after {longest:g} hours, which is longer than that",
            hint="give more days",
            code="input.simulation",
        )
    if not read and not found:
        found[regimen_field(0)] = UsageError("no regimen is given", code="usage.simulation")
    return found


def missing_engine(drug: str) -> str:
    """Return what has to be installed before anything can be simulated, or an empty text.

    Raises:
        NotFoundError: ``not_found.simulation``: this drug is not modelled.
    """
    try:
        engine_of(find_model(drug))
    except UsageError as fault:
        return fault.hint
    return ""


def _read(found: dict[str, OslerError], model: Model, case: Case) -> Iterator[tuple[int, Regimen]]:
    for index, text in enumerate(case.regimens):
        if text.strip():
            try:
                yield index, read_regimen(text, model=model, weight_kg=case.weight_kg)
            except (InputError, UsageError) as fault:
                found[regimen_field(index)] = fault


def _try(found: dict[str, OslerError], name: str, check: Callable[[], None]) -> None:
    try:
        check()
    except InputError as fault:
        found[name] = fault
