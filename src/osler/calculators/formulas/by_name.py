"""Each formula under the name that definitions call it by, fed with what was given.

Only hands over and names what comes out; the arithmetic is in the pure functions beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from osler.calculators.calculation import Given, Value
from osler.calculators.formulas import body, chemistry, haemophagocytosis, heart, kidney, liver
from osler.calculators.units import tidy

Formula = Callable[[Given], dict[str, Value]]


def _cockcroft_gault(given: Given) -> dict[str, Value]:
    clearance = kidney.cockcroft_gault(
        age_years=given.number("age"),
        weight_kg=given.number("weight"),
        creatinine_mg_per_dl=given.number("creatinine"),
        female=given.answers["sex"] == "female",
    )
    return {"clearance": Value.of(clearance)}


def _ckd_epi_2021(given: Given) -> dict[str, Value]:
    rate = kidney.ckd_epi_2021(
        age_years=given.number("age"),
        creatinine_mg_per_dl=given.number("creatinine"),
        female=given.answers["sex"] == "female",
    )
    return {"egfr": Value.of(rate)}


def _body_surface_area(given: Given) -> dict[str, Value]:
    height, weight = given.number("height"), given.number("weight")
    return {
        "mosteller": Value.of(body.mosteller(height_cm=height, weight_kg=weight)),
        "du-bois": Value.of(body.du_bois(height_cm=height, weight_kg=weight)),
    }


def _weight_based_dose(given: Given) -> dict[str, Value]:
    dose = body.weight_based_dose(
        weight_kg=given.number("weight"),
        dose_mg_per_kg=given.number("dose"),
        max_dose_mg=given.optional("max-dose"),
        doses_per_day=given.optional("doses-per-day"),
        max_daily_mg=given.optional("max-daily"),
        max_daily_mg_per_kg=given.optional("max-daily-per-kg"),
    )
    found = {"dose": Value.of(tidy(dose.dose_mg)), "uncapped": Value.of(tidy(dose.uncapped_mg))}
    if dose.daily_mg is not None:
        found["daily"] = Value.of(tidy(dose.daily_mg))
    return found


def _corrected_calcium(given: Given) -> dict[str, Value]:
    """Correct in the unit that was given: 0.8 mg/dL and 0.02 mmol/L are rounded apart."""
    calcium, albumin = given.amount("calcium"), given.number("albumin")
    payne = chemistry.payne_calcium_mg(calcium_mg_per_dl=calcium.value, albumin_g_per_dl=albumin / 10)
    if calcium.given_unit == "mmol/L":
        corrected = chemistry.corrected_calcium_mmol(
            calcium_mmol_per_l=calcium.given, albumin_g_per_l=albumin
        )
        return {"corrected-mmol": Value.of(tidy(corrected)), "payne-mg": Value.of(tidy(payne))}
    corrected = chemistry.corrected_calcium_mg(
        calcium_mg_per_dl=calcium.value, albumin_g_per_dl=albumin / 10
    )
    return {"corrected-mg": Value.of(tidy(corrected)), "payne-mg": Value.of(tidy(payne))}


def _anion_gap(given: Given) -> dict[str, Value]:
    potassium = given.optional("potassium")
    gap = chemistry.anion_gap(
        sodium_mmol_per_l=given.number("sodium"),
        chloride_mmol_per_l=given.number("chloride"),
        bicarbonate_mmol_per_l=given.number("bicarbonate"),
        potassium_mmol_per_l=potassium or 0.0,
    )
    found = {"gap" if potassium is None else "gap-with-potassium": Value.of(tidy(gap))}
    albumin = given.optional("albumin")
    if albumin is not None:
        for name, normal in (("corrected-40", 40.0), ("corrected-44", 44.0)):
            corrected = chemistry.albumin_corrected_gap(
                gap_mmol_per_l=gap, albumin_g_per_l=albumin, normal_g_per_l=normal
            )
            found[name] = Value.of(tidy(corrected))
    return found


def _qtc(given: Given) -> dict[str, Value]:
    qt, rate = given.number("qt"), given.number("heart-rate")
    return {
        formula.__name__: Value.of(formula(qt_ms=qt, heart_rate_per_min=rate))
        for formula in (heart.bazett, heart.fridericia, heart.framingham, heart.hodges)
    }


def _meld_3(given: Given) -> dict[str, Value]:
    meld = liver.meld_3(
        bilirubin_mg_per_dl=given.number("bilirubin"),
        sodium_mmol_per_l=given.number("sodium"),
        inr=given.number("inr"),
        creatinine_mg_per_dl=given.number("creatinine"),
        albumin_g_per_dl=given.number("albumin"),
        female=given.answers["sex"] == "female",
    )
    return {"meld": Value.of(meld)}


def _fib_4(given: Given) -> dict[str, Value]:
    index = liver.fib_4(
        age_years=given.number("age"),
        ast_u_per_l=given.number("ast"),
        alt_u_per_l=given.number("alt"),
        platelets_10_9_per_l=given.number("platelets"),
    )
    return {"fib-4": Value.of(index)}


def _hscore(given: Given) -> dict[str, Value]:
    table = list(zip(given.table["points"], given.table["percent"], strict=True))

    def bounds(points: float) -> tuple[float, float, str]:
        percent = haemophagocytosis.hscore_probability(points, table=table)
        if points <= given.table["least"][0]:
            return 0.0, 1.0, "<1"
        if points >= given.table["most"][0]:
            return 99.0, 100.0, ">99"
        if percent is None:
            low_end = points < table[0][0]
            return (0.0, table[0][1], "about 1 or less") if low_end else (99.0, 100.0, "99 or more")
        return percent, percent, f"{percent:.0f}"

    low, high = bounds(given.total.low), bounds(given.total.high)
    text = low[2] if given.total.known else f"{low[2]} to {high[2]}"
    return {"probability": Value(low[0], high[1], text)}


def _hlh_2004(given: Given) -> dict[str, Value]:
    molecular = given.is_yes("molecular-diagnosis")
    sure = haemophagocytosis.hlh_2004_fulfilled(given.total.low, molecular=molecular)
    possible = haemophagocytosis.hlh_2004_fulfilled(given.total.high, molecular=molecular)
    return {"verdict": _verdict(sure=sure, possible=possible, yes="fulfilled", no="not fulfilled")}


def _mas_2016(given: Given) -> dict[str, Value]:
    ferritin = given.parts["ferritin"]
    others = given.total
    febrile, jia = given.is_yes("fever"), given.is_yes("systemic-jia")
    judged = [
        haemophagocytosis.mas_2016_classified(
            febrile=febrile, systemic_jia=jia, ferritin_met=met > 0, others=count - met
        )
        for met, count in ((ferritin.low, others.low), (ferritin.high, others.high))
    ]
    return {
        "verdict": _verdict(
            sure=judged[0], possible=judged[1], yes="classified as MAS", no="not classified as MAS"
        )
    }


def _news2(given: Given) -> dict[str, Value]:
    """A single observation of three points has its own answer, whatever the sum."""
    return {"single": Value.of(max(points.high for points in given.parts.values()))}


def _verdict(*, sure: bool, possible: bool, yes: str, no: str) -> Value:
    return Value(None, None, yes if sure else f"open: {yes} or {no}" if possible else no)


FORMULAS: Final[Mapping[str, Formula]] = {
    "anion-gap": _anion_gap,
    "body-surface-area": _body_surface_area,
    "ckd-epi-2021": _ckd_epi_2021,
    "cockcroft-gault": _cockcroft_gault,
    "corrected-calcium": _corrected_calcium,
    "fib-4": _fib_4,
    "hlh-2004": _hlh_2004,
    "hscore": _hscore,
    "mas-2016": _mas_2016,
    "meld-3.0": _meld_3,
    "news2": _news2,
    "qtc": _qtc,
    "weight-based-dose": _weight_based_dose,
}
