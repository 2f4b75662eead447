"""Figures like with like: what is read, what is left out, what may stand in one group."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.model.comparison import FigureGroup, Origin
from osler.synthesis.arithmetic import faults_in
from osler.synthesis.figure_table import Cited, figure_table
from osler.synthesis.intervals import wilson

DRUGS = {"zelokin": "zelokin"}


def table(*sentences: str) -> tuple[FigureGroup, ...]:
    cited = [Cited(f"st_{n}", f"src_{n}", sentence) for n, sentence in enumerate(sentences)]
    return figure_table(cited, DRUGS)


def test_a_dose_keeps_its_parts() -> None:
    (group,) = table(
        "Zelokin was given subcutaneously at 2-4 mg/kg per dose every 6 to 24 hours for 14 days."
    )
    (row,) = group.rows
    assert (group.metric, group.unit) == ("dose of zelokin", "mg/kg/dose")
    assert (row.value, row.low, row.high, row.interval) == (None, 2.0, 4.0, "range")
    assert row.dose is not None
    assert (row.dose.amount, row.dose.high, row.dose.unit, row.dose.per) == (2.0, 4.0, "mg/kg", "dose")
    assert row.dose.per_kg
    assert row.dose.frequency == "every 6 to 24 hours"
    assert row.dose.route == "subcutaneous"
    assert row.dose.duration == "14 days"


def test_doses_per_dose_and_per_day_stay_apart() -> None:
    groups = table(
        "Zelokin 2 mg/kg per dose was given to children with sepsis.",
        "Zelokin 2 mg/kg/day was given to children with sepsis.",
        "Zelokin 2 mg/day was given to children with sepsis.",
    )
    assert [group.unit for group in groups] == ["mg/kg/dose", "mg/kg/day", "mg/day"]
    assert all(len(group.rows) == 1 for group in groups)


@pytest.mark.parametrize(
    "sentence",
    [
        "Zelokin was started with IVIG 2 g/kg/day.",
        "25 mg/d of zelokin or 0.05 mg/d of kelovar could be added.",
        "The maximum dose of zelokin is 100 mg/day.",
        "Mice were given zelokin 10 mg/kg/day.",
        "Zelokin 100 mg was injected.",
        "Mortality was 20% lower.",
        "Mortality was 12% versus 30%.",
        "Mortality was 30% in those who relapsed.",
        "Survival was 83% below the age of 10 years and 63% in adults.",
        "Five-year survival was 50%.",
        "Platelet response was 50% with zelokin.",
        "The survey was sent to 230 physicians and the response rate was 70%.",
        "Of 55 patients treated with zelokin, 40 with 61 lesions (91%) responded.",
    ],
)
def test_what_is_not_certain_is_left_out(sentence: str) -> None:
    assert table(sentence) == ()


def test_two_figures_that_share_everything_and_differ_are_both_left_out() -> None:
    assert table("Zelokin 2 mg/kg/day or zelokin 4 mg/kg/day was given.") == ()


def test_ends_of_a_range_over_unlike_outcomes_never_share_a_group() -> None:
    groups = table(
        "At 28 days, no change was seen. In children with sepsis, mortality at 28 days was 0%.",
        "In children with sepsis, 28-day mortality was 0%.",
        "In children with sepsis, 28-day survival was 50%.",
        "In children with sepsis, 90-day mortality was 50%.",
        "In adults with sepsis, 28-day mortality was 50%.",
    )
    keys = [(group.metric, group.time_point, group.population) for group in groups]
    assert keys == [
        ("mortality", "28 days", "children with sepsis"),
        ("survival", "28 days", "children with sepsis"),
        ("mortality", "90 days", "children with sepsis"),
        ("mortality", "28 days", "adults with sepsis"),
    ]


def test_a_dose_says_whom_its_sentence_names_and_stands_apart_all_the_same() -> None:
    moderately, critically = table(
        "For children moderately ill, anakinra 2-4 mg/kg per dose is given every 12 hours.",
        "For children critically ill, anakinra 2-4 mg/kg per dose is given every 6 hours.",
    )
    assert moderately.population == "children moderately ill"
    assert critically.population == "children critically ill"
    alike = table(
        "For children critically ill, anakinra 4 mg/kg per dose is given every 12 hours.",
        "For children critically ill, anakinra 2 mg/kg per dose is given every 6 hours.",
    )
    assert len(alike) == 2  # with what disease is not said, so they share no group


def test_like_figures_of_two_studies_stand_together() -> None:
    (group,) = table(
        "In children with sepsis, 28-day mortality was 30%.",
        "Mortality at 28 days was 12.5% in children with sepsis.",
    )
    assert [row.value for row in group.rows] == [30.0, 12.5]
    assert [row.statement for row in group.rows] == ["st_0", "st_1"]


def test_unknown_is_not_the_same_as_unknown() -> None:
    groups = table(
        "The mortality was 30%.", "The mortality was 40%.", "Zelokin 1 mg/day.", "Zelokin 2 mg/day."
    )
    assert [len(group.rows) for group in groups] == [1, 1, 1, 1]


def test_a_half_life_is_read_with_its_drug() -> None:
    (group,) = table("The terminal half-life of zelokin is 4 to 6 hours.")
    assert (group.metric, group.unit) == ("terminal half-life of zelokin", "h")
    assert (group.rows[0].low, group.rows[0].high) == (4.0, 6.0)


def test_a_count_gets_a_wilson_interval_that_is_called_computed() -> None:
    (group,) = table("19/21 patients achieved complete remission at 6 months.")
    (row,) = group.rows
    assert (group.metric, group.time_point) == ("complete remission", "6 months")
    assert (row.value, row.n, row.of) == (90.5, 19, 21)
    assert (row.interval, row.origin) == ("95% Wilson", Origin.COMPUTED)
    assert (row.low, row.high) == wilson(19, 21)


def test_a_printed_interval_is_kept_and_nothing_is_computed() -> None:
    (group,) = table("Overall survival at 3 years was 83% (95% CI 70-90%).")
    (row,) = group.rows
    assert (row.value, row.low, row.high, row.interval) == (83.0, 70.0, 90.0, "95% CI")
    assert row.origin is Origin.STATED


@pytest.mark.parametrize(
    ("count", "total", "interval"),
    [(19, 21, (71.1, 97.3)), (0, 10, (0.0, 27.8)), (10, 10, (72.2, 100.0)), (81, 263, (25.5, 36.6))],
)
def test_the_wilson_interval_is_that_of_the_closed_formula(
    count: int, total: int, interval: tuple[float, float]
) -> None:
    assert wilson(count, total) == interval


@given(st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_ends_of_the_wilson_interval_solve_the_score_equation(pair: tuple[int, int]) -> None:
    """Each end ``p`` has ``(share - p)^2 = z^2 p (1 - p) / n``, which is how the interval is defined."""
    count, total = pair
    share, z = count / total, 1.959963984540054
    a, b, c = 1 + z * z / total, -(2 * share + z * z / total), share * share
    root = math.sqrt(max(0.0, b * b - 4 * a * c))
    for got, end in zip(
        wilson(count, total), ((-b - root) / (2 * a), (-b + root) / (2 * a)), strict=True
    ):
        assert got == pytest.approx(100 * end, abs=0.0501)


def test_a_share_outside_its_group_is_refused() -> None:
    with pytest.raises(ValueError, match="22 of 21"):
        wilson(22, 21)


def test_a_percentage_that_is_not_its_count_is_marked_and_left_out() -> None:
    sentence = "5 of 20 (30%) died."
    (fault,) = faults_in(sentence)
    assert "30%" in fault
    assert "25.0%" in fault
    assert table(sentence) == ()


@pytest.mark.parametrize(
    "sentence", ["19 of 21 (90%) died.", "90.5% (19/21) died.", "2/3 (67%) died.", "2/3 (66%) died."]
)
def test_rounding_and_cutting_are_no_faults(sentence: str) -> None:
    assert faults_in(sentence) == ()


TIMES = ("28", "90")
PEOPLE = ("children with sepsis", "adults with sepsis", "patients with malaria")
UNITS = ("mg/kg/day", "mg/kg per dose", "mg/day", "mg per dose")
MEASURES = ("mortality", "survival")
shares = st.tuples(
    st.sampled_from(TIMES), st.sampled_from(PEOPLE), st.sampled_from(MEASURES), st.integers(1, 99)
).map(lambda t: ((t[2], "%", f"{t[0]} days", t[1]), f"In {t[1]}, {t[0]}-day {t[2]} was {t[3]}%."))
doses = st.tuples(st.sampled_from(UNITS), st.sampled_from(PEOPLE), st.integers(1, 99)).map(
    lambda t: (
        ("dose of zelokin", t[0].replace(" per ", "/"), None, t[1]),
        f"In {t[1]}, zelokin {t[2]} {t[0]} was given.",
    )
)


@given(st.lists(st.one_of(shares, doses), max_size=12))
def test_no_group_mixes_units_time_points_populations_or_dose_bases(
    made: list[tuple[tuple[str, str, str | None, str], str]],
) -> None:
    groups = table(*(sentence for _, sentence in made))
    for group in groups:
        key = (group.metric, group.unit, group.time_point, group.population)
        for row in group.rows:
            assert made[int(row.statement.removeprefix("st_"))][0] == key
        assert (
            len({(row.dose.unit, row.dose.per, row.dose.per_kg) for row in group.rows if row.dose}) <= 1
        )
    assert sum(len(group.rows) for group in groups) == len(made)
