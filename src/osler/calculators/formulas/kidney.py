"""Kidney function from serum creatinine."""

from __future__ import annotations


def cockcroft_gault(
    *, age_years: float, weight_kg: float, creatinine_mg_per_dl: float, female: bool
) -> float:
    """Return creatinine clearance in mL/min, not indexed to body surface.

    Cockcroft DW, Gault MH. Nephron 1976;16(1):31-41: (140 - age) x weight / (72 x creatinine), times
    0.85 in women.
    """
    clearance = (140 - age_years) * weight_kg / (72 * creatinine_mg_per_dl)
    return clearance * 0.85 if female else clearance


def ckd_epi_2021(*, age_years: float, creatinine_mg_per_dl: float, female: bool) -> float:
    """Return estimated glomerular filtration rate in mL/min/1.73 m2, without race.

    Inker LA, Eneanya ND, Coresh J, et al. N Engl J Med 2021;385:1737-1749, in the single equation that
    the National Kidney Foundation prints.
    """
    kappa, alpha = (0.7, -0.241) if female else (0.9, -0.302)
    ratio = creatinine_mg_per_dl / kappa
    rate: float = 142 * min(ratio, 1.0) ** alpha * max(ratio, 1.0) ** -1.200 * 0.9938**age_years
    return rate * 1.012 if female else rate
