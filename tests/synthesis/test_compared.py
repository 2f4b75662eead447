"""Comparisons: what is bound to arm and comparator by the form of its sentence, and what is left out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from osler.model.comparison import FigureGroup, Origin
from osler.synthesis.arithmetic import faults_in
from osler.synthesis.figure_table import Cited, figure_table

DRUGS = {"zelokin": "zelokin", "kelovar": "kelovar"}


def table(*sentences: str) -> tuple[FigureGroup, ...]:
    cited = [Cited(f"st_{n}", f"src_{n}", sentence) for n, sentence in enumerate(sentences)]
    return figure_table(cited, DRUGS)


def read(sentence: str) -> list[tuple[str, str | None, float | None]]:
    """Return metric, arm and value of each row."""
    return [(group.metric, row.arm, row.value) for group in table(sentence) for row in group.rows]


@pytest.mark.parametrize(
    "sentence",
    [
        "Relapse occurred in 12% of patients in the zelokin group and 30% in the placebo "
        "group (P = 0.01).",
        "Relapse was less frequent with zelokin than with placebo (12% vs 30%).",
        "Relapse was less common in the zelokin group (12%) than in the placebo group (30%).",
        "Relapse was seen in 12% and 30% of patients treated with zelokin and placebo, respectively.",
        "Relapse in the zelokin and placebo groups was 12% and 30%, respectively.",
        "There was a significant difference in relapse between the zelokin group and the "
        "placebo group (12% vs 30%).",
        "Relapse was observed in 12% (zelokin) and 30% (placebo).",
        "Results: Relapse occurred in 30% of patients receiving placebo compared with 12% "
        "of those receiving zelokin.",
    ],
)
def test_each_plain_form_binds_outcome_arm_and_comparator(sentence: str) -> None:
    (group,) = table(sentence)
    assert (group.metric, group.unit) == ("relapse", "%")
    assert [row.value for row in group.rows] == [12.0, 30.0]
    assert "zelokin" in (group.rows[0].arm or "")
    assert "placebo" in (group.rows[1].arm or "")
    assert group.comparator == group.rows[1].arm


def test_more_patients_on_one_arm_is_said_of_the_patients() -> None:
    said = "Significantly more patients receiving zelokin than placebo achieved remission (60% vs 41%)."
    assert read(said) == [
        ("patients who achieved remission", "zelokin", 60.0),
        ("patients who achieved remission", "placebo", 41.0),
    ]


def test_a_rate_that_a_group_had_is_bound_to_the_group() -> None:
    said = "The zelokin group had a lower relapse rate than the control group (12% vs 30%)."
    assert read(said) == [
        ("relapse rate", "zelokin group", 12.0),
        ("relapse rate", "control group", 30.0),
    ]


@pytest.mark.parametrize(
    ("sentence", "metric"),
    [
        (
            "Zelokin reduced the risk of death compared with placebo (HR 0.72, 95% CI 0.60-0.86).",
            "hazard ratio for death",
        ),
        (
            "Compared with placebo, zelokin reduced the risk of death (HR 0.72, 95% CI 0.60-0.86).",
            "hazard ratio for death",
        ),
        (
            "Zelokin was associated with a lower risk of death than placebo (adjusted odds "
            "ratio 0.72, 95% CI 0.60 to 0.86).",
            "adjusted odds ratio for death",
        ),
        (
            "Death was less frequent with zelokin than with placebo (RR 0.72 [95% CI 0.60-0.86]).",
            "RR for death",
        ),
        (
            "The hazard ratio for death with zelokin versus placebo was 0.72 (95% CI 0.60-0.86).",
            "hazard ratio for death",
        ),
        (
            "Outcomes were better with zelokin than with placebo (rate ratio for death, "
            "0.72; 95% CI, 0.60 to 0.86).",
            "rate ratio for death",
        ),
    ],
)
def test_a_ratio_keeps_its_name_its_interval_and_its_direction(sentence: str, metric: str) -> None:
    (group,) = table(sentence)
    (row,) = group.rows
    assert (group.metric, group.unit, group.comparator) == (metric, "", "placebo")
    assert (row.arm or "").lower() == "zelokin"
    assert (row.value, row.low, row.high, row.interval) == (0.72, 0.6, 0.86, "95% CI")
    assert row.origin is Origin.STATED


def test_a_ratio_beside_two_shares_belongs_to_the_same_arms() -> None:
    shares, ratio = table(
        "In adults with sepsis, death was less frequent with zelokin than with placebo "
        "(12% vs 30%; odds ratio 0.32; 95% CI 0.2-0.5)."
    )
    assert [row.arm for row in shares.rows] == ["zelokin", "placebo"]
    assert (ratio.metric, ratio.rows[0].arm, ratio.comparator) == (
        "odds ratio for death",
        "zelokin",
        "placebo",
    )
    assert shares.population == ratio.population == "adults with sepsis"


def test_a_ratio_that_goes_the_other_way_than_its_shares_is_left_out() -> None:
    said = "Death was less frequent with zelokin than with placebo (12% vs 30%; odds ratio 3.1)."
    assert [metric for metric, _, _ in read(said)] == ["death", "death"]


def test_means_and_medians_keep_their_spread_as_it_is_printed() -> None:
    (days,) = table(
        "The median hospital stay was 8 days (IQR 5-12) in the zelokin group and 11 days "
        "(IQR 7-16) in the placebo group."
    )
    assert [(row.value, row.low, row.high, row.interval) for row in days.rows] == [
        (8.0, 5.0, 12.0, "IQR"),
        (11.0, 7.0, 16.0, "IQR"),
    ]
    (score,) = table("The mean pain score was 2.1 ± 0.40 with zelokin and 3.5 ± 0.50 with placebo.")
    assert [(row.value, row.low, row.interval) for row in score.rows] == [
        (2.1, None, "± 0.40"),
        (3.5, None, "± 0.50"),
    ]


def test_counts_in_two_arms_get_computed_intervals() -> None:
    (group,) = table(
        "Infection occurred in 4 of 40 (10%) patients in the zelokin group and 9 of 45 "
        "(20%) in the control group."
    )
    assert [(row.n, row.of, row.interval, row.origin) for row in group.rows] == [
        (4, 40, "95% Wilson", Origin.COMPUTED),
        (9, 45, "95% Wilson", Origin.COMPUTED),
    ]


@pytest.mark.parametrize(
    ("sentence", "time_point", "population"),
    [
        ("At 12 weeks, relapse occurred in 12% with zelokin and 30% with placebo.", "12 weeks", None),
        ("One-year mortality was 12% with zelokin and 30% with placebo.", "1 year", None),
        ("Mortality at 28 days was 12% with zelokin and 30% with placebo.", "28 days", None),
        (
            "In children with sepsis, 28-day mortality was 12% with zelokin and 30% with placebo.",
            "28 days",
            "children with sepsis",
        ),
        (
            "Mortality was 12% with zelokin and 30% with placebo in patients with malaria.",
            None,
            "patients with malaria",
        ),
    ],
)
def test_time_and_people_are_read_where_the_sentence_says_so(
    sentence: str, time_point: str | None, population: str | None
) -> None:
    (group,) = table(sentence)
    assert (group.time_point, group.population) == (time_point, population)


@pytest.mark.parametrize(
    "sentence",
    [
        "Mortality was 12% before treatment and 30% after treatment.",
        "Mortality was 12% at baseline versus 30% at week 12.",
        "Zelokin was more effective on pain than kelovar (60% vs 41%).",
        "It was 12% with zelokin and 30% with placebo.",
        "Mortality and relapse were 12% with zelokin and 30% with placebo.",
        "Mortality was expected to be 12% with zelokin and 30% with placebo.",
        "Mortality was 12% with zelokin, 20% with kelovar and 30% with placebo.",
        "In mice, mortality was 12% with zelokin and 30% with placebo.",
        "The incidence was lower in the zelokin group than in others (12% vs 30%).",
        "Relief came earlier in the zelokin group than in the placebo group (3 vs 13 hours).",
        "Mortality was 5 of 20 (30%) with zelokin and 9 of 20 (45%) with placebo.",
        "Zelokin reduced the risk of death compared with placebo (HR 0.52, 95% CI 0.60-0.86).",
        "Zelokin reduced the risk of death (HR 0.72, 95% CI 0.60-0.86).",
        "The difference in mortality was 12% with zelokin and 30% with placebo.",
    ],
)
def test_what_is_not_plainly_bound_is_left_out(sentence: str) -> None:
    assert [row for group in table(sentence) for row in group.rows if row.arm] == []


def test_two_comparisons_of_other_arms_never_share_a_group() -> None:
    groups = table(
        "In children with sepsis, 28-day mortality was 12% with zelokin and 30% with placebo.",
        "In children with sepsis, 28-day mortality was 14% with kelovar and 30% with placebo.",
        "In children with sepsis, 28-day mortality was 11% in the zelokin group and 25% in "
        "the placebo group.",
    )
    assert [[row.statement for row in group.rows] for group in groups] == [
        ["st_0", "st_0", "st_2", "st_2"],
        ["st_1", "st_1"],
    ]


def test_a_median_of_one_group_and_kinetics_are_read() -> None:
    (age,) = table("The median age was 54 years (range 18-80).")
    assert (age.metric, age.unit, age.rows[0].value, age.rows[0].interval) == (
        "median age",
        "year",
        54.0,
        "range",
    )
    (share,) = table("The absolute bioavailability of zelokin was 95%.")
    assert (share.metric, share.rows[0].value) == ("absolute bioavailability of zelokin", 95.0)
    assert table("The clearance of zelokin was 95%.") == ()


def test_one_of_two_figures_of_a_kind_is_no_row_where_the_other_was_not_read() -> None:
    sentence = "After zelokin 1 mg/kg, clearance was 137 mL/min in healthy subjects"
    (whole,) = table(f"{sentence}.")
    assert whole.rows[0].value == 137.0
    assert table(f"{sentence} and fell to about 20 mL/min in subjects with renal disease.") == ()


def test_arms_that_are_not_their_total_are_marked() -> None:
    (fault,) = faults_in(
        "A total of 100 patients were randomly assigned to zelokin (n = 50) or placebo (n = 40)."
    )
    assert "50 + 40" in fault
    assert (
        faults_in(
            "A total of 100 patients were randomly assigned to zelokin (n = 60) or placebo (n = 40)."
        )
        == ()
    )


def test_a_ratio_outside_its_interval_is_marked() -> None:
    (fault,) = faults_in("Death was rarer with zelokin (HR 0.52, 95% CI 0.60-0.86).")
    assert "0.52" in fault
    assert faults_in("Death was rarer with zelokin (HR 0.72, 95% CI 0.60-0.86).") == ()


OUTCOMES = ("mortality", "relapse", "infection")
TIMES = ("28", "90")
PEOPLE = ("children with sepsis", "adults with sepsis")
ARMS = ("zelokin", "kelovar")
made = st.tuples(
    st.sampled_from(PEOPLE), st.sampled_from(TIMES), st.sampled_from(OUTCOMES), st.sampled_from(ARMS),
    st.integers(1, 99), st.integers(1, 99),
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(made, max_size=8))
def test_every_group_holds_one_outcome_time_people_and_pair_of_arms(
    drawn: list[tuple[str, str, str, str, int, int]],
) -> None:
    groups = table(
        *(
            f"In {who}, {days}-day {what} was {one}% with {arm} and {other}% with placebo."
            for who, days, what, arm, one, other in drawn
        )
    )
    for group in groups:
        for row in group.rows:
            who, days, what, arm, one, other = drawn[int(row.statement.removeprefix("st_"))]
            assert (group.population, group.time_point, group.metric) == (who, f"{days} days", what)
            assert group.comparator == "placebo"
            assert (row.arm, row.value) in {(arm, float(one)), ("placebo", float(other))}
            assert {other.arm for other in group.rows} == {arm, "placebo"}
    assert sum(len(group.rows) for group in groups) == 2 * len(drawn)
