"""Regimens of a drug side by side: dose to occupancy, as the document of ``docs/schema/occupancy.json``.

Needs no library and no network. Shown to those who can judge it: a patient is refused with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from osler.errors import NotAllowedError, UsageError
from osler.mechanism.occupancy import DAYS, SAMPLES, Simulated, Simulation, check_person
from osler.mechanism.occupancy import simulate as compute
from osler.mechanism.occupancy_course import HIGH, Person
from osler.mechanism.occupancy_drawing import draw_occupancy, in_words
from osler.mechanism.occupancy_parameters import Model, find_model, load_model
from osler.mechanism.occupancy_published import Comparison, compare_published
from osler.mechanism.occupancy_regimen import read_regimen
from osler.mechanism.occupancy_spread import SEED, Band
from osler.mechanism.occupancy_words import LIMITS, NOTICE, explain
from osler.model.reader import Reader

USUAL_WEIGHT_KG: Final = 70.0
USUAL_CLEARANCE: Final = 100.0
DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked of the model; None leaves what the model assumes, and the document says so.

    Attributes:
        weight_kg: Body weight.
        creatinine_clearance: In mL/min.
        il1: Interleukin-1 at the receptor, nmol/L.
        site_ratio: Concentration at the receptor over that in plasma.
        samples: Behind each band; 0 for none.
    """

    regimens: Sequence[str]
    weight_kg: float | None = None
    creatinine_clearance: float | None = None
    days: int = DAYS
    il1: float | None = None
    site_ratio: float | None = None
    seed: int = SEED
    samples: int = SAMPLES


def simulate(drug: str, case: Case, *, reader: Reader = Reader.CLINICIAN) -> tuple[dict[str, Any], str]:
    """Return the document of the simulation, and the same as SVG.

    Raises:
        NotAllowedError: ``not_allowed.reader``: a patient asks.
        NotFoundError: ``not_found.simulation``: this drug is not modelled.
        UsageError: ``usage.regimen``, ``usage.simulation`` or ``usage.extra``.
        InputError: ``input.regimen`` or ``input.simulation``: refused, with the reason.
    """
    done = run(drug, case, reader=reader)
    return {"occupancy": _document(done, case)}, draw_occupancy(done)


def simulate_for_page(
    drug: str, case: Case, *, reader: Reader = Reader.CLINICIAN
) -> tuple[dict[str, Any], str]:
    """Return the same as ``simulate``, its drawing for within a page: narrow, without styles."""
    done = run(drug, case, reader=reader)
    return {"occupancy": _document(done, case)}, draw_occupancy(done, within_page=True)


def refuse_patients(drug: str, reader: Reader) -> None:
    """Refuse whoever may not be shown simulated doses.

    Raises:
        NotAllowedError: ``not_allowed.reader``: a patient asks.
    """
    if reader is Reader.PATIENT:
        raise NotAllowedError(
            "simulated doses are shown to clinicians, pharmacists, nurses and students, not to patients",
            item=drug,
            hint="ask about the drug instead, or the person who prescribes it",
            code="not_allowed.reader",
        )


def run(drug: str, case: Case, *, reader: Reader) -> Simulation:
    """Return the simulation itself; raises what ``simulate`` raises."""
    refuse_patients(drug, reader)
    model = find_model(drug)
    if not case.regimens:
        raise UsageError("which regimen?", hint='--regimen "100 mg sc daily"', code="usage.simulation")
    person = Person(
        weight_kg=USUAL_WEIGHT_KG if case.weight_kg is None else case.weight_kg,
        creatinine_clearance=(
            USUAL_CLEARANCE if case.creatinine_clearance is None else case.creatinine_clearance
        ),
        il1=case.il1,
        site_ratio=case.site_ratio,
    )
    check_person(model, person)
    regimens = [read_regimen(text, model=model, weight_kg=case.weight_kg) for text in case.regimens]
    return compute(model, regimens, person, days=case.days, seed=case.seed, samples=case.samples)


@cache
def _published(drug: str) -> tuple[Comparison, ...]:
    """Return the figures of the model beside published ones; they depend on nothing that is asked."""
    return compare_published(load_model(drug))


def published(drug: str) -> list[dict[str, Any]]:
    """Return the model's figures beside the published ones, as they stand in the document.

    Raises:
        NotFoundError: ``not_found.simulation``: this drug is not modelled.
        UsageError: ``usage.extra``: the extra ``simulate`` is not installed.
    """
    return [_comparison(comparison) for comparison in _published(find_model(drug).drug)]


def _document(done: Simulation, case: Case) -> dict[str, Any]:
    model, person, kinetics = done.model, done.person, done.kinetics
    il1, ratio = model.parameter("il1").value, model.parameter("site_ratio").value
    return {
        "drug": model.drug,
        "title": model.title,
        "notice": NOTICE,
        "given": {
            "weight_kg": person.weight_kg,
            "creatinine_clearance_mL_per_min": person.creatinine_clearance,
            "il1_nmol_per_L": il1 if person.il1 is None else person.il1,
            "site_ratio": ratio if person.site_ratio is None else person.site_ratio,
            "days": done.days,
            "seed": done.seed,
            "samples": done.samples,
            "assumed": _assumed(case),
        },
        "kinetics": {
            "apparent_clearance_mL_per_min": _round(kinetics.apparent_clearance),
            "clearance_L_per_h": _round(kinetics.clearance),
            "volume_L": _round(kinetics.volume),
            "elimination_half_life_h": _round(kinetics.elimination_half_life),
            "absorption_half_life_h": _round(kinetics.absorption_half_life),
            "level_for_half_mg_per_L": _round(kinetics.half_level),
            "level_for_high_mg_per_L": _round(kinetics.high_level),
        },
        "high": HIGH,
        "target": {
            "mg_per_L": model.target.value,
            "text": model.target.text,
            "source": model.target.source,
        },
        "regimens": [_regimen(run) for run in done.runs],
        "explanation": list(explain(done)),
        "in_words": in_words(done),
        "limits": list(LIMITS),
        "parameters": _parameters(model),
        "published": [_comparison(comparison) for comparison in _published(model.drug)],
        "sources": [
            {
                "key": reference.key,
                "citation": reference.citation,
                "seen": reference.seen,
                "doi": reference.doi,
                "pmid": reference.pmid,
                "pmcid": reference.pmcid,
                "url": reference.url,
            }
            for reference in model.references
        ],
    }


def _assumed(case: Case) -> list[str]:
    chosen = {
        "weight_kg": case.weight_kg,
        "creatinine_clearance_mL_per_min": case.creatinine_clearance,
        "il1_nmol_per_L": case.il1,
        "site_ratio": case.site_ratio,
    }
    return [name for name, value in chosen.items() if value is None]


def _regimen(run: Simulated) -> dict[str, Any]:
    regimen, found, course = run.regimen, run.outcomes, run.course
    names = {
        "peak_mg_per_L": "peak",
        "trough_mg_per_L": "trough",
        "mean_mg_per_L": "mean",
        "occupancy_peak": "occupancy_peak",
        "occupancy_trough": "occupancy_trough",
        "share_of_time_above_high": "above_high",
        "share_of_time_above_target": "above_target",
        "signal_most": "signal_most",
        "crp_end": "crp_end",
    }
    bands = run.bands
    return {
        "text": regimen.text,
        "reading": regimen.reading,
        "mg_per_day": _round(regimen.mg_per_day),
        "window_h": regimen.window_h,
        "outcomes": {
            name: {
                "value": _round(getattr(found, field)),
                "band": None if bands is None else _band(bands.outcomes[field]),
            }
            for name, field in names.items()
        },
        "course": {
            "time_h": [_round(time, 9) for time in course.times_h],
            "concentration_mg_per_L": [_round(value) for value in course.concentration],
            "occupancy": [_round(value) for value in course.occupancy],
            "crp": [_round(value) for value in course.crp],
        },
        "bands": None
        if bands is None
        else {
            "time_h": [_round(time, 9) for time in bands.times_h],
            "concentration_mg_per_L": [_band(band) for band in bands.concentration],
            "occupancy": [_band(band) for band in bands.occupancy],
            "crp": [_band(band) for band in bands.crp],
        },
        "effects": [
            {
                "parameter": effect.parameter,
                "trough": _round(effect.trough, 4),
                "occupancy_trough": _round(effect.occupancy_trough, 4),
                "mean": _round(effect.mean, 4),
                "crp_end": _round(effect.crp_end, 4),
            }
            for effect in run.effects
        ],
    }


def _parameters(model: Model) -> list[dict[str, Any]]:
    return [
        {
            "name": parameter.name,
            "symbol": parameter.symbol,
            "title": parameter.title,
            "unit": parameter.unit,
            "value": parameter.value,
            "low": parameter.low,
            "high": parameter.high,
            "origin": parameter.origin.value,
            "spread": parameter.spread.value,
            "text": parameter.text,
            "sources": list(parameter.sources),
        }
        for parameter in model.parameters
    ]


def _comparison(comparison: Comparison) -> dict[str, Any]:
    figure = comparison.figure
    return {
        "name": figure.name,
        "title": figure.title,
        "unit": figure.unit,
        "published": figure.value,
        "low": figure.low,
        "high": figure.high,
        "model": _round(comparison.value),
        "ratio": _round(comparison.ratio, 4),
        "within": comparison.within,
        "fitted": figure.fitted,
        "text": figure.text,
        "source": figure.source,
    }


def _band(band: Band) -> list[float]:
    return [_round(band.low), _round(band.median), _round(band.high)]


def _round(value: float, digits: int = DIGITS) -> float:
    """Return ``value`` with so many figures: what the engine computes beyond them says nothing."""
    return float(f"{value:.{digits}g}")
