"""Whole simulations: the same numbers each time, bands that hold them, words and drawing of them."""

from __future__ import annotations

import math
import time
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.errors import InputError, UsageError
from osler.mechanism.occupancy import Simulation, engine_of, kinetics_of, simulate
from osler.mechanism.occupancy_course import Person, start_of, values_for
from osler.mechanism.occupancy_drawing import draw_occupancy
from osler.mechanism.occupancy_parameters import Spread, load_model
from osler.mechanism.occupancy_regimen import read_regimen
from osler.mechanism.occupancy_spread import band_of, draw_samples, percentile
from osler.mechanism.occupancy_words import NOTICE, explain

pytest.importorskip("roadrunner")
MODEL = load_model("anakinra")
THREE = ("100 mg sc daily", "2 mg/kg iv q6h", "8 mg/kg/day iv infusion")
SVG = "{http://www.w3.org/2000/svg}"


def run(*texts: str, weight: float = 70, clearance: float = 100, **more: float) -> Simulation:
    person = Person(weight, clearance, more.pop("il1", None), more.pop("site_ratio", None))
    regimens = [read_regimen(text, model=MODEL, weight_kg=weight) for text in texts]
    whole = {name: int(value) for name, value in more.items()}
    return simulate(MODEL, regimens, person, **{"samples": 0, **whole})


@pytest.fixture(scope="module")
def with_bands() -> Simulation:
    return run(*THREE, clearance=25, samples=30)


def test_the_same_call_gives_the_same_numbers(with_bands: Simulation) -> None:
    again = run(*THREE, clearance=25, samples=30)
    assert again == with_bands


def test_another_seed_gives_other_bands_and_the_same_course(with_bands: Simulation) -> None:
    other = run(*THREE, clearance=25, samples=30, seed=7)
    assert other.runs[0].course == with_bands.runs[0].course
    assert other.runs[0].bands != with_bands.runs[0].bands


def test_samples_are_drawn_within_their_ranges_and_fill_them() -> None:
    drawn = list(draw_samples(MODEL, seed=1, count=200))
    for parameter in MODEL.parameters:
        if parameter.spread is Spread.NONE:
            assert all(parameter.name not in sample for sample in drawn)
            continue
        values = [sample[parameter.name] for sample in drawn]
        if parameter.spread is Spread.LOGNORMAL:
            logs = [math.log(value) for value in values]
            assert sum(logs) / 200 == pytest.approx(math.log(parameter.value), abs=0.01)
            assert math.sqrt(sum(log * log for log in logs) / 200) == pytest.approx(
                parameter.sd, rel=0.03
            )
        else:
            assert parameter.low <= min(values) < max(values) <= parameter.high
            assert max(values) - min(values) > 0.97 * (parameter.high - parameter.low)


def test_a_band_holds_the_typical_course(with_bands: Simulation) -> None:
    for one in with_bands.runs:
        assert one.bands is not None
        band = one.bands.outcomes["mean"]
        assert band.low < one.outcomes.mean < band.high


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=50))
def test_percentiles_are_in_order_and_within(values: list[float]) -> None:
    band = band_of(values)
    assert min(values) <= band.low <= band.median <= band.high <= max(values)
    assert percentile(values, 0) == min(values)


def test_clearance_and_volume_do_to_the_level_what_they_must(with_bands: Simulation) -> None:
    effects = {effect.parameter: effect for effect in with_bands.runs[2].effects}
    assert effects["clearance_factor"].mean == pytest.approx(-1.0101, rel=1e-3)
    assert effects["volume_factor"].mean == pytest.approx(0, abs=1e-3)
    assert effects["kd_anakinra"].mean == pytest.approx(0, abs=1e-6)
    assert effects["kd_anakinra"].occupancy_trough < 0
    assert {effect.parameter for effect in with_bands.runs[0].effects} == {
        parameter.name for parameter in MODEL.parameters
    }


@settings(max_examples=15, deadline=None)
@given(
    weight=st.floats(40, 200), clearance=st.floats(0, 200), il1=st.floats(0, 1.5),
    ratio=st.floats(0.001, 1), text=st.sampled_from([*THREE, "100 mg iv over 1 h q8h"]),
)  # fmt: skip
def test_shares_are_shares_and_troughs_lie_below_peaks(
    weight: float, clearance: float, il1: float, ratio: float, text: str
) -> None:
    done = run(text, weight=weight, clearance=clearance, il1=il1, site_ratio=ratio, days=2)
    found = done.runs[0].outcomes
    assert 0 <= found.occupancy_trough <= found.occupancy_peak <= 1
    assert 0 <= found.trough <= found.mean <= found.peak
    assert 0 <= found.above_high <= 1 + 1e-9
    assert 0 <= found.crp_end <= 1 + 1e-9


def test_the_trough_of_the_first_day_comes_after_its_peak() -> None:
    done = run("100 mg sc once", days=1)
    found, course = done.runs[0].outcomes, done.runs[0].course
    assert course.concentration[0] == 0
    assert found.trough == course.concentration[-1] > 0
    assert f"ends at {found.trough:.3g} mg/L" in " ".join(explain(done))


def test_worse_kidneys_keep_more_and_a_far_site_gets_less() -> None:
    healthy, ill = run(THREE[0]), run(THREE[0], clearance=10)
    assert ill.runs[0].outcomes.trough > healthy.runs[0].outcomes.trough
    far = run(THREE[0], site_ratio=0.01)
    assert far.runs[0].outcomes.occupancy_trough < healthy.runs[0].outcomes.occupancy_trough


def test_the_kinetics_that_are_told_are_those_that_ran() -> None:
    values = values_for(MODEL, Person(83, 47, 0.3, 0.05))
    kinetics = kinetics_of(values)
    start = start_of(read_regimen("1 mg sc once", model=MODEL, weight_kg=None), values)
    rows = engine_of(MODEL).run(start, [0.0, 1.0], ("apparent_clearance", "clearance", "plasma"))
    assert rows[0] == pytest.approx([kinetics.apparent_clearance, kinetics.clearance, kinetics.volume])


def test_the_level_for_half_of_the_receptors_holds_half_of_them() -> None:
    """At a site that sees a thousandth of the plasma level, so that the rate may be given."""
    kinetics = run(THREE[2], site_ratio=0.001).kinetics
    rate = kinetics.clearance * kinetics.half_level
    done = run(f"{rate:.6f} mg/h iv infusion", site_ratio=0.001)
    assert done.runs[0].outcomes.occupancy_trough == pytest.approx(0.5, abs=1e-4)


def test_the_explanation_is_made_of_the_numbers_of_the_simulation() -> None:
    done = run(*THREE)
    said = " ".join(explain(done))
    kinetics = done.kinetics
    for part in (
        f"{kinetics.elimination_half_life:.1f} h",
        f"{kinetics.high_level:.3g} mg/L",
        f"{done.runs[0].outcomes.trough:.3g} mg/L",
        f"{done.runs[1].outcomes.peak:.3g}",
        "the gaps between doses",
    ):
        assert part in said


def test_a_steady_infusion_settles_where_the_explanation_says() -> None:
    done = run(THREE[2])
    rate = done.runs[0].regimen.constant_mg_per_h
    assert done.runs[0].outcomes.mean == pytest.approx(rate / done.kinetics.clearance, rel=1e-4)


def test_seven_days_of_three_regimens_take_less_than_half_a_second() -> None:
    engine_of(MODEL)
    before = time.process_time()
    run(*THREE)
    assert time.process_time() - before < 0.5


def test_the_drawing_has_a_title_and_says_in_words_what_it_shows(with_bands: Simulation) -> None:
    root = ET.fromstring(draw_occupancy(with_bands))
    names = root.attrib["aria-labelledby"].split()
    named = {part.attrib.get("id"): part for part in root.iter()}
    assert [named[name].tag for name in names] == [f"{SVG}title", f"{SVG}desc"]
    words = named["occupancy-words"].text or ""
    assert NOTICE in words
    assert all(text in words for text in THREE)


def test_the_drawing_is_the_same_each_time_and_tells_nothing_by_colour_alone(
    with_bands: Simulation,
) -> None:
    drawn = draw_occupancy(with_bands)
    assert drawn == draw_occupancy(with_bands)
    lines = ET.fromstring(drawn).findall(f"{SVG}polyline")
    assert len(lines) == 3 * len(THREE)
    assert len({line.attrib.get("stroke-dasharray") for line in lines}) == len(THREE)
    assert "prefers-color-scheme:dark" in drawn
    assert "@media print" in drawn


def test_every_point_of_the_drawing_lies_on_the_sheet(with_bands: Simulation) -> None:
    root = ET.fromstring(draw_occupancy(with_bands))
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    for line in [*root.iter(f"{SVG}polyline"), *root.iter(f"{SVG}polygon")]:
        for point in line.attrib["points"].split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height


@pytest.mark.parametrize(
    ("more", "item"),
    [
        ({"weight": 12.0}, "weight"),
        ({"clearance": -1.0}, "creatinine clearance"),
        ({"il1": 9.0}, "interleukin-1 at the receptor"),
        ({"site_ratio": 2.0}, "concentration at the receptor over that in plasma"),
        ({"days": 0}, "days"),
        ({"days": 99}, "days"),
        ({"samples": 3}, "samples"),
    ],
)
def test_what_the_model_is_not_made_for_is_refused(more: dict[str, float], item: str) -> None:
    with pytest.raises(InputError) as caught:
        run("100 mg sc daily", **more)
    assert (caught.value.code, caught.value.item) == ("input.simulation", item)


def test_an_interval_longer_than_the_days_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        run("100 mg sc every 7 days", days=2)
    assert "--days 7" in caught.value.hint


def test_five_regimens_are_too_many() -> None:
    with pytest.raises(UsageError):
        run(*["100 mg sc daily"] * 5)
