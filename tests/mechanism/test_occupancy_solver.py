"""The engine against another solver: scipy, with equations written here from the documentation."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from osler.mechanism.occupancy import engine_of
from osler.mechanism.occupancy_course import Person, run_course, start_of, times_of, values_for
from osler.mechanism.occupancy_parameters import load_model
from osler.mechanism.occupancy_regimen import Regimen, read_regimen

pytest.importorskip("roadrunner")
integrate = pytest.importorskip("scipy.integrate")
MODEL = load_model("anakinra")
DAYS = 4
CASES = [
    ("100 mg sc daily", 70, 100, {}),
    ("100 mg sc daily", 120, 0, {}),
    ("2 mg/kg iv q6h", 70, 25, {}),
    ("2 mg/kg iv q6h", 55, 120, {"il1": 1.2, "site_ratio": 0.02}),
    ("100 mg iv over 2 h q12h", 70, 60, {}),
    ("100 mg iv once + 2 mg/kg/h iv infusion", 90, 40, {"il1": 0.0}),
    ("100 mg sc every other day", 70, 20, {"site_ratio": 0.01}),
]


def solve(regimen: Regimen, p: Mapping[str, float], times: Sequence[float]) -> list[tuple[float, ...]]:
    """Return level, occupancy, signal and CRP at ``times``, dose by dose."""
    power = p["renal_intercept"] + p["renal_slope"] * p["creatinine_clearance"]
    apparent = min(10**power, p["apparent_clearance_most"])
    apparent *= p["clearance_factor"] * (p["weight"] / p["weight_reference"]) ** p["weight_exponent"]
    clearance = p["bioavailability"] * apparent * 60 / 1000
    volume = p["volume_factor"] * p["bioavailability"] * p["volume_per_weight"] * p["weight"]
    il1 = p["il1"] / p["kd_il1"]
    decay = math.log(2) / p["crp_half_life"]

    def drug(amount: float) -> float:
        return p["site_ratio"] * amount / volume / p["molar_mass"] / p["kd_anakinra"]

    def slope(_: float, y: Sequence[float], rate: float) -> list[float]:
        signal = (1 + il1) / (1 + il1 + drug(y[1]))
        made = 1 - p["il1_share"] * (1 - signal)
        absorbed = p["absorption"] * y[0]
        return [-absorbed, absorbed - clearance * y[1] / volume + rate, decay * (made - y[2])]

    end = times[-1]
    starts = [i * regimen.interval_h for i in range(int(end // regimen.interval_h) + 1)]
    stops = [start + regimen.infusion_h for start in starts] if regimen.infused_mg else []
    edges = sorted({*starts, *(stop for stop in stops if stop < end), end})
    state = [0.0, 0.0, 1.0]
    found: list[tuple[float, ...]] = []
    for begin, after in pairwise(edges):
        if begin in starts:
            state[0] += p["bioavailability"] * regimen.skin_mg
            state[1] += regimen.vein_mg
        running = any(start <= begin < start + regimen.infusion_h for start in starts)
        rate = regimen.constant_mg_per_h + running * regimen.infused_mg / regimen.infusion_h
        last = after == end
        inside = [t for t in times if begin <= t < after or (last and t == end)]
        solved = integrate.solve_ivp(
            slope, (begin, after), state, method="DOP853", t_eval=sorted({*inside, after}),
            args=(rate,), rtol=1e-12, atol=1e-16,
        )  # fmt: skip
        for t, *y in zip(solved.t, *solved.y, strict=True):
            if t in inside:
                held = drug(y[1]) / (1 + il1 + drug(y[1]))
                found.append((y[1] / volume, held, (1 + il1) / (1 + il1 + drug(y[1])), y[2]))
        state = [float(row[-1]) for row in solved.y]
    return found


@pytest.mark.parametrize(("text", "weight", "clearance", "more"), CASES)
def test_the_engine_and_scipy_agree_to_a_part_in_a_million(
    text: str, weight: float, clearance: float, more: dict[str, float]
) -> None:
    regimen = read_regimen(text, model=MODEL, weight_kg=weight)
    values = values_for(MODEL, Person(weight, clearance, **more))
    times = times_of(regimen, DAYS, 1.0)
    course = run_course(engine_of(MODEL), regimen, values, times)
    columns = zip(course.concentration, course.occupancy, course.signal, course.crp, strict=True)
    expected = solve(regimen, values, times)
    assert len(expected) == len(times)
    for time, ours, theirs in zip(times, columns, expected, strict=True):
        assert ours == pytest.approx(theirs, rel=1e-6, abs=1e-12), time


@pytest.mark.parametrize("text", [case[0] for case in CASES])
def test_what_went_in_is_somewhere(text: str) -> None:
    regimen = read_regimen(text, model=MODEL, weight_kg=70)
    values = values_for(MODEL, Person(70, 50))
    times = times_of(regimen, DAYS, 1.0)
    rows = engine_of(MODEL).run(
        start_of(regimen, values), times, ("depot", "circulating", "eliminated", "lost")
    )
    for time, row in zip(times, rows, strict=True):
        doses = 1 + math.floor(time / regimen.interval_h)
        begun = regimen.infused_mg * (doses - 1)
        running = regimen.infused_mg * min(
            1.0, (time - (doses - 1) * regimen.interval_h) / regimen.infusion_h
        )
        given = doses * (regimen.skin_mg + regimen.vein_mg) + begun + running
        assert sum(row) == pytest.approx(given + time * regimen.constant_mg_per_h, rel=1e-8), time


def test_twice_the_dose_is_twice_the_level() -> None:
    values = values_for(MODEL, Person(70, 80))
    courses = []
    for text in ("100 mg sc daily", "200 mg sc daily"):
        regimen = read_regimen(text, model=MODEL, weight_kg=None)
        courses.append(run_course(engine_of(MODEL), regimen, values, times_of(regimen, 3, 1.0)))
    doubled = [2 * value for value in courses[0].concentration]
    assert courses[1].concentration == pytest.approx(doubled, rel=1e-7, abs=1e-12)


def test_a_run_does_not_depend_on_the_run_before() -> None:
    engine = engine_of(MODEL)
    values = values_for(MODEL, Person(70, 80))
    first = read_regimen("100 mg iv over 2 h q12h", model=MODEL, weight_kg=70)
    other = read_regimen("2 mg/kg iv q6h", model=MODEL, weight_kg=70)
    times = times_of(first, 2, 0.5)
    before = run_course(engine, first, values, times)
    run_course(engine, other, values_for(MODEL, Person(150, 0)), times_of(other, 3, 1.0))
    assert run_course(engine, first, values, times) == before


def test_threads_that_run_at_once_do_not_disturb_each_other() -> None:
    engine = engine_of(MODEL)
    values = values_for(MODEL, Person(70, 80))
    regimens = [
        read_regimen(text, model=MODEL, weight_kg=70)
        for text in ("100 mg iv over 2 h q12h", "2 mg/kg iv q6h", "100 mg sc daily") * 8
    ]

    def course(regimen: Regimen) -> object:
        return run_course(engine, regimen, values, times_of(regimen, 3, 0.5))

    alone = [course(regimen) for regimen in regimens]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(course, regimens)) == alone
