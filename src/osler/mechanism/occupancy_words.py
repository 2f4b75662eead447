"""What a simulation says, in sentences made from its own numbers.

Why a drug that leaves the blood within hours is divided or infused is said from the half-lives, levels
and occupancies of this very simulation; nothing here is a fact from elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from osler.mechanism.occupancy import Kinetics, Simulated, Simulation
from osler.mechanism.occupancy_course import HIGH

NOTICE: Final = "Educational model, not a dose recommendation."
LIMITS: Final = (
    "One compartment. The volume comes from subcutaneous doses; no published time course after an "
    "intravenous dose was found, so that peaks and troughs of intravenous doses are the least certain "
    "figures here. A quarter of an hour after 100 mg into a vein a study measured "
    "more than twice the level.",
    "Binding is taken to be in equilibrium with the level at the receptor. The body's own antagonist, "
    "the decoy receptor, the accessory protein, uptake by receptors and antibodies are left out.",
    "Occupancy is not effect: a review holds that a 100-fold or greater excess of the antagonist over "
    "interleukin-1 may be needed to stop responses (Arend 1993).",
    "CRP stands for the downstream: its synthesis is split into a share that follows the receptors held "
    "by interleukin-1 and one that does not. That it follows at once and in proportion is assumed.",
    "Adults of 40 kg or more. Dialysis, pregnancy, obesity beyond weight, critical illness and poor "
    "absorption through oedema are not modelled.",
)


def level(value: float) -> str:
    """Return a concentration in mg/L with three figures, as a person would write it."""
    return "0" if value < 5e-7 else f"{value:.3g}"


def percent(share: float) -> str:
    """Return a share as a percentage that never rounds to all or nothing what is neither."""
    if 0.9995 > share >= 0.995:
        return f"{100 * share:.1f}%"
    if share >= 0.9995:
        return "over 99.9%" if share < 1.0 - 1e-9 else "100%"
    return f"{100 * share:.0f}%" if share >= 0.0095 or share == 0 else f"{100 * share:.1g}%"


def hours(value: float) -> str:
    """Return hours with as many decimals as matter."""
    return f"{value:.1f} h" if value < 20 else f"{value:.0f} h"


def explain(simulation: Simulation) -> tuple[str, ...]:
    """Return why the regimens differ: what sets the fall, what the receptor needs, what each does."""
    kinetics = simulation.kinetics
    return (
        _fall(kinetics),
        _need(kinetics),
        *(sentence for run in simulation.runs for sentence in _regimen(run, kinetics)),
        *_compare(simulation),
    )


def _fall(kinetics: Kinetics) -> str:
    slower = "skin" if kinetics.absorption_half_life > kinetics.elimination_half_life else "kidney"
    sets = (
        "the depot under the skin, not the kidney, sets how long an injection there lasts"
        if slower == "skin"
        else "the kidney, not the depot under the skin, sets how long an injection there lasts"
    )
    return (
        "In this person half of what is in the blood is gone in "
        f"{hours(kinetics.elimination_half_life)} (clearance {kinetics.clearance:.1f} L/h, volume "
        f"{kinetics.volume:.1f} L), and half of what lies under the skin is "
        f"absorbed in {hours(kinetics.absorption_half_life)}: {sets}."
    )


def _need(kinetics: Kinetics) -> str:
    return (
        f"Binding is competitive and reversible: anakinra holds half of the receptors at "
        f"{level(kinetics.half_level)} mg/L in plasma and {percent(HIGH)} of them at nine times that, "
        f"{level(kinetics.high_level)} mg/L; below it interleukin-1 comes back."
    )


def _regimen(run: Simulated, kinetics: Kinetics) -> Iterator[str]:
    regimen, found = run.regimen, run.outcomes
    name = f"“{regimen.text}”"
    if not regimen.repeats and not regimen.constant_mg_per_h:
        end = level(run.course.concentration[-1])
        yield f"{name} is given once, and nothing follows: the level ends at {end} mg/L."
        return
    if not regimen.repeats:
        yield (
            f"{name} puts in {regimen.constant_mg_per_h:.3g} mg an hour; the level settles where "
            "clearance takes out as much, at "
            f"{level(regimen.constant_mg_per_h / kinetics.clearance)} mg/L, and stays."
        )
        return
    slowest = max(
        kinetics.elimination_half_life, kinetics.absorption_half_life if regimen.skin_mg else 0.0
    )
    yield (
        f"{name}: between doses, {regimen.interval_h:g} h apart, {regimen.interval_h / slowest:.1f} of "
        f"the half-lives that count pass ({hours(slowest)} each). The level falls from "
        f"{level(found.peak)} to {level(found.trough)} mg/L and occupancy from "
        f"{percent(found.occupancy_peak)} to {percent(found.occupancy_trough)}; it is above "
        f"{percent(HIGH)} for {percent(found.above_high)} of the time."
    )
    if regimen.vein_mg and found.peak > kinetics.high_level:
        last = math.log2(found.peak / kinetics.high_level) * kinetics.elimination_half_life
        yield (
            f"From a peak of {level(found.peak)} mg/L the level would need {hours(last)} to fall to "
            f"{level(kinetics.high_level)} mg/L: a dose twice as large adds only one half-life, "
            f"{hours(kinetics.elimination_half_life)}, to that, whereas dividing it bridges the gap."
        )


def _compare(simulation: Simulation) -> Iterator[str]:
    """Say what the same amount of a day would do as a steady infusion, for the most uneven regimen."""
    uneven = [run for run in simulation.runs if run.regimen.repeats]
    if not uneven:
        return
    run = min(uneven, key=lambda each: each.outcomes.occupancy_trough)
    kinetics, amount = simulation.kinetics, run.regimen.mg_per_day
    reaches = run.regimen.skin_mg == 0
    steady = amount / 24.0 / kinetics.clearance
    held = steady / (steady + kinetics.half_level)
    yield (
        f"The {amount:.3g} mg of a day of “{run.regimen.text}”, infused evenly"
        f"{'' if reaches else ' into a vein'}, would hold {level(steady)} mg/L and {percent(held)} of "
        f"the receptors all day, where that regimen falls to {percent(run.outcomes.occupancy_trough)}: "
        "with a short half-life the gaps between doses, more than the amount, decide how low it falls."
    )
