"""The parameters of a simulation, read from their file and refused where the file contradicts itself.

Every value has a unit, a range and either a source that was seen or the word that it is given by the
person. Holds no equation: those are in the SBML file beside it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from osler.errors import InputError, NotFoundError

Row = Mapping[str, Any]
MODELLED: Final = ("anakinra",)


class Origin(StrEnum):
    """Where a value comes from."""

    PUBLISHED = "published"
    DERIVED = "derived"
    GIVEN = "given"


class Spread(StrEnum):
    """How samples of a value are drawn within its range."""

    LOGNORMAL = "lognormal"
    UNIFORM = "uniform"
    LOGUNIFORM = "loguniform"
    NONE = "none"


class Measure(StrEnum):
    """What of the model stands beside a published figure."""

    APPARENT_CLEARANCE = "apparent_clearance"
    CLEARANCE = "clearance"
    FALL_OF_CLEARANCE = "fall_of_clearance"
    FALL_WITH_WEIGHT = "fall_with_weight"
    BIOAVAILABILITY = "bioavailability"
    HALF_LIFE = "half_life"
    PEAK = "peak"
    TIME_OF_PEAK = "time_of_peak"
    LEVEL_AT_6_H = "level_at_6_h"
    LEVEL_AT_15_MIN = "level_at_15_min"
    FALL_OF_CRP = "fall_of_crp"


@dataclass(frozen=True, slots=True)
class Reference:
    """A publication, and how much of it was seen."""

    key: str
    citation: str
    seen: str
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number the model runs on; ``name`` is its id in the SBML file, ``text`` how it came about."""

    name: str
    symbol: str
    title: str
    unit: str
    value: float
    low: float
    high: float
    origin: Origin
    spread: Spread
    text: str
    sources: tuple[str, ...]
    sd: float = 0.0


@dataclass(frozen=True, slots=True)
class Limit:
    """What a person may give, and why not more."""

    low: float
    high: float
    unit: str
    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A level that a source proposes, in mg/L."""

    value: float
    unit: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure, and the case in which the model is asked for it.

    Attributes:
        fitted: The model was set by this very figure; agreement shows no more than that it is written
            down rightly.
    """

    name: str
    title: str
    measure: Measure
    regimen: str
    creatinine_clearance: float
    unit: str
    value: float
    low: float | None
    high: float | None
    fitted: bool
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Model:
    """All that is known of a drug's simulation but its equations."""

    drug: str
    names: tuple[str, ...]
    title: str
    target: Target
    limits: Mapping[str, Limit]
    parameters: tuple[Parameter, ...]
    references: tuple[Reference, ...]
    published: tuple[Published, ...]

    def parameter(self, name: str) -> Parameter:
        """Return the parameter with the id ``name``."""
        return next(parameter for parameter in self.parameters if parameter.name == name)


def model_folder() -> Traversable:
    """Return the folder of the package with the SBML files and their parameters."""
    return files("osler.mechanism").joinpath("model")


def find_model(drug: str) -> Model:
    """Return the simulation of ``drug``, by any of its names.

    Raises:
        NotFoundError: ``not_found.simulation``: no drug of this name is modelled.
        InputError: ``input.parameters``: a file of the package cannot be used.
    """
    wanted = drug.strip().casefold()
    for name in MODELLED:
        model = load_model(name)
        if wanted in model.names:
            return model
    raise NotFoundError(
        "there is no simulation of this drug",
        item=drug,
        hint=f"there is one of {', '.join(MODELLED)}",
        code="not_found.simulation",
    )


@cache
def load_model(name: str) -> Model:
    """Return the model whose parameters are in the file ``name``.toml.

    Raises:
        InputError: ``input.parameters``: the file is none, or contradicts itself.
    """
    file = model_folder().joinpath(f"{name}.toml")
    try:
        return parse_model(tomllib.loads(file.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"the parameters cannot be used: {type(error).__name__}: {error}",
            item=f"{name}.toml",
            hint="install Osler again",
            code="input.parameters",
        ) from error


def parse_model(row: Row) -> Model:
    """Return the model that ``row``, the content of a file, declares.

    Raises:
        KeyError: Something that every model has is missing.
        ValueError: A value contradicts another; every contradiction is named.
    """
    model = Model(
        drug=row["drug"],
        names=tuple(row["names"]),
        title=row["title"],
        target=Target(**row["target"]),
        limits={name: Limit(**limit) for name, limit in row["limits"].items()},
        parameters=tuple(_parameter(entry) for entry in row["parameter"]),
        references=tuple(Reference(**entry) for entry in row["source"]),
        published=tuple(_published(entry) for entry in row["published"]),
    )
    faults = list(find_faults(model))
    if faults:
        raise ValueError("; ".join(faults))
    return model


def find_faults(model: Model) -> Iterator[str]:
    """Yield what is wrong with ``model``: a value out of its range, a source that is not named."""
    known = {reference.key for reference in model.references}
    seen: set[str] = set()
    for parameter in model.parameters:
        name = parameter.name
        if name in seen:
            yield f"{name} stands twice"
        seen.add(name)
        if not parameter.low <= parameter.value <= parameter.high:
            yield f"{name} lies outside its range"
        if not parameter.unit or not parameter.text:
            yield f"{name} has no unit or no text"
        if not parameter.sources:
            yield f"{name} has no source"
        if parameter.spread is Spread.LOGNORMAL and parameter.sd <= 0:
            yield f"{name} has no standard deviation"
        if parameter.spread is Spread.LOGUNIFORM and parameter.low <= 0:
            yield f"{name} cannot be drawn on a log scale"
        if parameter.origin is Origin.GIVEN and parameter.spread is not Spread.NONE:
            yield f"{name} is given and may not be drawn"
        yield from (f"{name} points to {key}" for key in parameter.sources if key not in known)
    for figure in model.published:
        if figure.source not in known:
            yield f"{figure.name} points to {figure.source}"
        if figure.low is not None and not figure.low <= figure.value <= (figure.high or figure.value):
            yield f"{figure.name} lies outside its own range"
    pointed = [limit.source for limit in model.limits.values() if limit.source]
    yield from (
        f"a limit points to {key}" for key in [*pointed, model.target.source] if key not in known
    )
    yield from (
        f"the limit {name} is empty" for name, limit in model.limits.items() if limit.low >= limit.high
    )


def _parameter(row: Row) -> Parameter:
    return Parameter(
        name=row["name"],
        symbol=row["symbol"],
        title=row["title"],
        unit=row["unit"],
        value=float(row["value"]),
        low=float(row["low"]),
        high=float(row["high"]),
        origin=Origin(row["origin"]),
        spread=Spread(row["spread"]),
        text=row["text"],
        sources=tuple(row["sources"]),
        sd=float(row.get("sd", 0.0)),
    )


def _published(row: Row) -> Published:
    low, high = row.get("low"), row.get("high")
    return Published(
        name=row["name"],
        title=row["title"],
        measure=Measure(row["measure"]),
        regimen=row["regimen"],
        creatinine_clearance=float(row["creatinine_clearance"]),
        unit=row["unit"],
        value=float(row["value"]),
        low=None if low is None else float(low),
        high=None if high is None else float(high),
        fitted=bool(row["fitted"]),
        source=row["source"],
        text=row["text"],
    )
