"""Calcium and the anion gap, corrected for albumin."""

from __future__ import annotations


def corrected_calcium_mmol(*, calcium_mmol_per_l: float, albumin_g_per_l: float) -> float:
    """Return calcium in mmol/L for an albumin of 40 g/L, by 0.02 mmol/L for each g/L.

    The rounded form in use of the regression of Payne RB, Little AJ, Williams RB, Milner JR.
    Br Med J 1973;4:643-646; ``payne_calcium_mg`` is what the paper itself prints.
    """
    return calcium_mmol_per_l + 0.02 * (40 - albumin_g_per_l)


def corrected_calcium_mg(*, calcium_mg_per_dl: float, albumin_g_per_dl: float) -> float:
    """Return calcium in mg/dL for an albumin of 4 g/dL, by 0.8 mg/dL for each g/dL: as above."""
    return calcium_mg_per_dl + 0.8 * (4 - albumin_g_per_dl)


def payne_calcium_mg(*, calcium_mg_per_dl: float, albumin_g_per_dl: float) -> float:
    """Return calcium - albumin + 4.0, in mg/dL and g/dL: the formula of the abstract of Payne 1973."""
    return calcium_mg_per_dl - albumin_g_per_dl + 4.0


def anion_gap(
    *,
    sodium_mmol_per_l: float,
    chloride_mmol_per_l: float,
    bicarbonate_mmol_per_l: float,
    potassium_mmol_per_l: float = 0.0,
) -> float:
    """Return sodium, with potassium if given, less chloride and bicarbonate, in mmol/L."""
    return sodium_mmol_per_l + potassium_mmol_per_l - chloride_mmol_per_l - bicarbonate_mmol_per_l


def albumin_corrected_gap(
    *, gap_mmol_per_l: float, albumin_g_per_l: float, normal_g_per_l: float
) -> float:
    """Return the gap as it would be with normal albumin: 0.25 mmol/L for each g/L that is missing.

    Figge J, Jabor A, Kazda A, Fencl V. Crit Care Med 1998;26(11):1807-1810.
    """
    return gap_mmol_per_l + 0.25 * (normal_g_per_l - albumin_g_per_l)
