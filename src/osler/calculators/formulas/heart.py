"""The QT interval corrected for heart rate, by the four formulas in use.

Each takes and returns milliseconds; the interval between beats is 60 divided by the heart rate, in
seconds. Reviewed side by side in Luo S, Michler K, Johnston P, Macfarlane PW. J Electrocardiol 2004;37
Suppl:81-90.
"""

from __future__ import annotations


def bazett(*, qt_ms: float, heart_rate_per_min: float) -> float:
    """Return QT / RR^(1/2). Bazett HC. Heart 1920;7:353-370."""
    corrected: float = qt_ms / (60 / heart_rate_per_min) ** 0.5
    return corrected


def fridericia(*, qt_ms: float, heart_rate_per_min: float) -> float:
    """Return QT / RR^(1/3). Fridericia LS. Acta Med Scand 1920;53:469-486."""
    corrected: float = qt_ms / (60 / heart_rate_per_min) ** (1 / 3)
    return corrected


def framingham(*, qt_ms: float, heart_rate_per_min: float) -> float:
    """Return QT + 154 x (1 - RR). Sagie A, Larson MG, et al. Am J Cardiol 1992;70:797-801."""
    return qt_ms + 154 * (1 - 60 / heart_rate_per_min)


def hodges(*, qt_ms: float, heart_rate_per_min: float) -> float:
    """Return QT + 1.75 x (rate - 60). Hodges M, Salerno D, Erlien D. J Am Coll Cardiol 1983;1:694."""
    return qt_ms + 1.75 * (heart_rate_per_min - 60)
