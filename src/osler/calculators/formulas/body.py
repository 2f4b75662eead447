"""Body surface, and a dose by weight with its maxima."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt


def mosteller(*, height_cm: float, weight_kg: float) -> float:
    """Return body surface in m2. Mosteller RD. N Engl J Med 1987;317:1098."""
    return sqrt(height_cm * weight_kg / 3600)


def du_bois(*, height_cm: float, weight_kg: float) -> float:
    """Return body surface in m2. Du Bois D, Du Bois EF. Arch Intern Med 1916;17:863-871."""
    surface: float = 0.007184 * height_cm**0.725 * weight_kg**0.425
    return surface


@dataclass(frozen=True, slots=True)
class Dose:
    """A dose in mg as the weight gives it, and after its maxima; the daily dose where it can be said."""

    uncapped_mg: float
    dose_mg: float
    daily_mg: float | None


def weight_based_dose(
    *,
    weight_kg: float,
    dose_mg_per_kg: float,
    max_dose_mg: float | None = None,
    doses_per_day: float | None = None,
    max_daily_mg: float | None = None,
    max_daily_mg_per_kg: float | None = None,
) -> Dose:
    """Return weight x dose, held to the maximum of a dose and to those of a day.

    A daily maximum is shared out among the doses of the day, so that no dose goes beyond its part.
    """
    uncapped = weight_kg * dose_mg_per_kg
    limits = [uncapped]
    if max_dose_mg is not None:
        limits.append(max_dose_mg)
    if doses_per_day is not None:
        if max_daily_mg is not None:
            limits.append(max_daily_mg / doses_per_day)
        if max_daily_mg_per_kg is not None:
            limits.append(max_daily_mg_per_kg * weight_kg / doses_per_day)
    dose = min(limits)
    return Dose(uncapped, dose, None if doses_per_day is None else dose * doses_per_day)
