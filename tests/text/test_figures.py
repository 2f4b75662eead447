"""Figures: value, unit, relation and span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osler.model.figure import Figure, Metric
from osler.text.figures import canonical_unit, find_figures, same_value


def only(text: str) -> Figure:
    (figure,) = find_figures(text)
    assert 0 <= figure.start < figure.end <= len(text)
    return figure


@pytest.mark.parametrize(
    ("text", "metric", "value", "high", "unit", "relation", "span"),
    [
        ("fell by 83.3%", Metric.PERCENT, 83.3, None, "%", "=", "83.3%"),
        ("in 20% to 28%", Metric.PERCENT, 20, 28, "%", "=", "20% to 28%"),
        ("in 19/21 cases", Metric.COUNT_OF, 19, 21, "", "=", "19/21"),
        ("in 19 of 21 cases", Metric.COUNT_OF, 19, 21, "", "=", "19 of 21"),
        ("in 19 out of the 21", Metric.COUNT_OF, 19, 21, "", "=", "19 out of the 21"),
        ("three of eight died", Metric.COUNT_OF, 3, 8, "", "=", "three of eight"),
        ("none of the 21 died", Metric.COUNT_OF, 0, 21, "", "=", "none of the 21"),
        ("95% CI 1.2–3.4", Metric.INTERVAL, 1.2, 3.4, "", "=", "95% CI 1.2–3.4"),
        ("95% confidence interval, -3.1 to -1.5", Metric.INTERVAL, -3.1, -1.5, "", "=", None),
        ("95% CI, 75-88%", Metric.INTERVAL, 75, 88, "%", "=", "95% CI, 75-88%"),
        ("P = .046", Metric.P_VALUE, 0.046, None, "", "=", "P = .046"),
        ("p<0.001", Metric.P_VALUE, 0.001, None, "", "<", "p<0.001"),
        ("P for trend = 0.02", Metric.P_VALUE, 0.02, None, "", "=", "P for trend = 0.02"),
        ("P < or = 0.01", Metric.P_VALUE, 0.01, None, "", "<=", "P < or = 0.01"),
        ("HR 0.75", Metric.RATIO, 0.75, None, "hr", "=", "HR 0.75"),
        ("odds ratio (OR) of 2.1", Metric.RATIO, 2.1, None, "or", "=", "odds ratio (OR) of 2.1"),
        ("relative risk was 1.5", Metric.RATIO, 1.5, None, "rr", "=", "relative risk was 1.5"),
        ("give 100 mg now", Metric.DOSE, 100, None, "mg", "=", "100 mg"),
        ("2-6 mg/kg/day", Metric.DOSE, 2, 6, "mg/kg/day", "=", "2-6 mg/kg/day"),
        ("1–2 mg/kg every 6 h", Metric.DOSE, 1, 2, "mg/kg every 6 h", "=", "1–2 mg/kg every 6 h"),
        ("100 mg once daily", Metric.DOSE, 100, None, "mg/day", "=", "100 mg once daily"),
        ("8 mg/kg per day", Metric.DOSE, 8, None, "mg/kg/day", "=", "8 mg/kg per day"),
        ("5 mg b.i.d. was", Metric.DOSE, 5, None, "mg 2x/day", "=", "5 mg b.i.d."),
        ("10 mg kg-1 day-1", Metric.DOSE, 10, None, "mg/kg/day", "=", "10 mg kg-1 day-1"),
        ("at least 100 mg", Metric.DOSE, 100, None, "mg", ">=", "at least 100 mg"),
        ("for 12 weeks", Metric.DURATION, 12, None, "week", "=", "12 weeks"),
        ("28-day death", Metric.DURATION, 28, None, "day", "=", "28-day"),
        ("within 5 days", Metric.DURATION, 5, None, "day", "<=", "within 5 days"),
        ("over 12 weeks", Metric.DURATION, 12, None, "week", "=", "over 12 weeks"),
        ("at week 12.", Metric.DURATION, 12, None, "week", "=", "week 12"),
        ("aged 18 to 50 years", Metric.AGE, 18, 50, "year", "=", "18 to 50 years"),
        ("a 12-year-old boy", Metric.AGE, 12, None, "year", "=", "12-year-old"),
        ("65 years or older", Metric.AGE, 65, None, "year", ">=", "65 years or older"),
        ("ferritin of 500 µg/L", Metric.QUANTITY, 500, None, "µg/L", "=", "500 µg/L"),
        ("ferritin of 500 ng/ml", Metric.QUANTITY, 500, None, "ng/mL", "=", "500 ng/ml"),
        ("< 100×10⁹/L", Metric.QUANTITY, 100, None, "10^9/L", "<", "< 100×10⁹/L"),
        ("100 x 10(9)/L", Metric.QUANTITY, 100, None, "10^9/L", "=", "100 x 10(9)/L"),
        ("30 mL/min/1.73 m2", Metric.QUANTITY, 30, None, "mL/min/1.73 m2", "=", "30 mL/min/1.73 m2"),
        ("110,000/µL", Metric.QUANTITY, 110000, None, "/µL", "=", "110,000/µL"),
        ("38.5 °C", Metric.QUANTITY, 38.5, None, "°C", "=", "38.5 °C"),
        ("two-fold", Metric.QUANTITY, 2, None, "fold", "=", "two-fold"),
        ("3.8/100 person-years", Metric.QUANTITY, 3.8, None, "/100 person-year", "=", None),
        ("33,316 people", Metric.NUMBER, 33316, None, "", "=", "33,316"),
        ("33 316 people", Metric.NUMBER, 33316, None, "", "=", "33 316"),
        ("twenty-one people", Metric.NUMBER, 21, None, "", "=", "twenty-one"),
        ("50-100 million people", Metric.NUMBER, 5e7, 1e8, "", "=", "50-100 million"),
        ("n = 12", Metric.NUMBER, 12, None, "n", "=", "n = 12"),
        ("type 2 diabetes", Metric.NUMBER, 2, None, "type", "=", "type 2"),
        ("a titre of 1:64", Metric.NUMBER, 1, 64, ":", "=", "1:64"),
    ],
)
def test_a_figure_is_read_as_it_stands(
    text: str,
    metric: Metric,
    value: float,
    high: float | None,
    unit: str,
    relation: str,
    span: str | None,
) -> None:
    figure = only(text)
    assert (figure.metric, figure.value, figure.high) == (metric, pytest.approx(value), high)
    assert (figure.unit, figure.relation) == (unit, relation)
    assert text[figure.start : figure.end] == (span or text)


@pytest.mark.parametrize(
    "text",
    [
        "IL-6, COVID-19, CD4, p53 and HbA1c",
        "5-FU and 25-hydroxyvitamin D",
        "as others saw [12] and [3, 5-7].",
        "doi:10.1000/x12.34 on 02/11/2012",
        "in the 1990s, the 21st case",
        "IC(50) and [(3)H]NE",
        "one of them",
    ],
)
def test_numbers_inside_names_and_reference_marks_are_not_figures(text: str) -> None:
    assert find_figures(text) == []


def test_estimate_interval_and_p_value_are_three_figures() -> None:
    found = find_figures("HR 0.75 (95% CI 0.60–0.93; P = .01)")
    assert [figure.metric for figure in found] == [Metric.RATIO, Metric.INTERVAL, Metric.P_VALUE]


def test_an_interval_after_its_estimate_needs_no_name() -> None:
    found = find_figures("83% (73 to 93%)")
    assert [(figure.metric, figure.value) for figure in found] == [
        (Metric.PERCENT, 83),
        (Metric.INTERVAL, 73),
    ]


def test_a_change_from_one_value_to_another_is_not_a_range() -> None:
    found = find_figures("rose from 15 to 19 points")
    assert [(figure.value, figure.high) for figure in found] == [(15, None), (19, None)]


def test_a_unit_printed_once_belongs_to_every_number_of_the_list() -> None:
    found = find_figures("doses of 5, 10, and 20 mg")
    assert [(figure.metric, figure.value, figure.unit) for figure in found] == [
        (Metric.DOSE, 5, "mg"),
        (Metric.DOSE, 10, "mg"),
        (Metric.DOSE, 20, "mg"),
    ]


def test_a_spread_is_apart_from_its_mean() -> None:
    mean, spread = find_figures("lasted 14.2 ± 4.5 minutes")
    assert (mean.metric, mean.value, mean.unit) == (Metric.DURATION, 14.2, "min")
    assert (spread.value, spread.unit) == (4.5, "± min")


@pytest.mark.parametrize(
    ("unit", "canonical"),
    [
        ("mcg", "µg"),
        ("μg", "µg"),
        ("ug/L", "µg/L"),
        ("hours", "h"),
        ("mg daily", "mg/day"),
        ("mg per day", "mg/day"),
        ("mg/d", "mg/day"),
        ("mg twice a day", "mg 2x/day"),
        ("ng/ml", "ng/mL"),
        ("cells/mm3", "/µL"),
        ("unheard", "unheard"),
    ],
)
def test_units_fold_to_one_spelling(unit: str, canonical: str) -> None:
    assert canonical_unit(unit) == canonical
    assert canonical_unit(canonical) == canonical


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("0.50 mg", "0.5 mg", True),
        ("100 mg daily", "100 mg/d", True),
        ("100 mcg", "100 µg", True),
        ("100 mg", "100 g", False),
        ("83%", "83.3%", False),
        ("< 5 mg", "5 mg", False),
        ("2-6 mg/kg/day", "6-10 mg/kg/day", False),
        ("100 mg twice daily", "100 mg daily", False),
        ("19/21", "19 of 21", True),
        ("28-day", "28 days", True),
    ],
)
def test_same_value_is_strict(one: str, other: str, *, same: bool) -> None:
    assert same_value(only(one), only(other)) is same


NUMERIC = st.text(alphabet="0123456789.,-–±%/()[]<>=≤ mgkhCIPpnof×^⁹:ytwodays", max_size=60)


@given(st.one_of(NUMERIC, st.text(max_size=60)))
def test_spans_are_inside_the_text_ordered_and_apart(text: str) -> None:
    position = 0
    for figure in find_figures(text):
        assert position <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end].strip() == text[figure.start : figure.end]
        position = figure.end


@given(st.integers(0, 10**6), st.sampled_from(["mg", "%", "weeks", "ng/mL", "mg/kg/day"]))
def test_the_value_read_is_the_value_printed(value: int, unit: str) -> None:
    figure = only(f"it was {value} {unit} then")
    assert figure.value == value
    assert canonical_unit(figure.unit) == canonical_unit(unit)


@given(st.text(alphabet="a b.", max_size=300), st.text(alphabet="a b.", max_size=300))
def test_what_stands_far_away_does_not_change_a_figure(before: str, behind: str) -> None:
    text = f"{before} . it was 100 mg . {behind}"
    assert [text[f.start : f.end] for f in find_figures(text)] == ["100 mg"]
