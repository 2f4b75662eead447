"""Severity of liver disease and fibrosis from routine blood tests."""

from __future__ import annotations

from math import log, sqrt


def meld_3(
    *,
    bilirubin_mg_per_dl: float,
    sodium_mmol_per_l: float,
    inr: float,
    creatinine_mg_per_dl: float,
    albumin_g_per_dl: float,
    female: bool,
) -> float:
    """Return MELD 3.0 before rounding.

    Kim WR, Mannalithara A, Heimbach JK, et al. Gastroenterology 2021;161(6):1887-1895. Values are
    brought within their bounds first: bilirubin, INR and creatinine at least 1.0, creatinine at most
    3.0 mg/dL, sodium 125 to 137 mmol/L, albumin 1.5 to 3.5 g/dL.
    """
    bilirubin = log(max(bilirubin_mg_per_dl, 1.0))
    creatinine = log(min(max(creatinine_mg_per_dl, 1.0), 3.0))
    low_sodium = 137 - min(max(sodium_mmol_per_l, 125.0), 137.0)
    low_albumin = 3.5 - min(max(albumin_g_per_dl, 1.5), 3.5)
    return (
        1.33 * female
        + 4.56 * bilirubin
        + 0.82 * low_sodium
        - 0.24 * low_sodium * bilirubin
        + 9.09 * log(max(inr, 1.0))
        + 11.14 * creatinine
        + 1.85 * low_albumin
        - 1.83 * low_albumin * creatinine
        + 6
    )


def fib_4(
    *, age_years: float, ast_u_per_l: float, alt_u_per_l: float, platelets_10_9_per_l: float
) -> float:
    """Return the FIB-4 index: age x AST / (platelets x square root of ALT).

    Sterling RK, Lissen E, Clumeck N, et al. Hepatology 2006, doi:10.1002/hep.21178.
    """
    return age_years * ast_u_per_l / (platelets_10_9_per_l * sqrt(alt_u_per_l))
