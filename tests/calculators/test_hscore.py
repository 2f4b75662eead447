"""HScore: the points of the paper, the published table, and a formula that goes round and is wrong."""

from __future__ import annotations

from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.calculators.given import compute, points_of, value, words

from osler.calculators.catalogue import find_definition
from osler.calculators.formulas.haemophagocytosis import hscore_probability

# Fardet 2014, probabilities by points, with the two open ends.
PUBLISHED = {
    90: "<1", 100: "1", 110: "3", 120: "5", 130: "9", 140: "16", 150: "25", 160: "40", 170: "54",
    180: "70", 190: "80", 200: "88", 210: "93", 220: "96", 230: "98", 240: "99", 250: ">99",
}  # fmt: skip
LEAST = {
    "immunosuppression": "no", "temperature": "38.3", "organomegaly": "none",
    "cytopenias": "none-or-one", "ferritin": "1999", "triglycerides": "1.4 mmol/L",
    "fibrinogen": "2.6 g/L", "ast": "29",
    "haemophagocytosis": "no",
}  # fmt: skip
TABLE = find_definition("hscore").table
STEPS = list(zip(TABLE["points"], TABLE["percent"], strict=True))


def percent(points: float) -> str:
    """Return the probability that is shown at ``points``."""
    if points <= TABLE["least"][0]:
        return "<1"
    if points >= TABLE["most"][0]:
        return ">99"
    found = hscore_probability(points, table=STEPS)
    assert found is not None
    return f"{found:.0f}"


@pytest.mark.parametrize(("points", "printed"), PUBLISHED.items())
def test_the_published_table_is_kept_at_each_of_its_steps(points: int, printed: str) -> None:
    assert percent(points) == printed


def test_the_cut_off_of_the_paper_lies_between_the_steps_beside_it() -> None:
    found = hscore_probability(169, table=STEPS)
    assert found == pytest.approx(40 + 0.9 * (54 - 40))


@pytest.mark.parametrize(("points", "printed"), [(219, "96"), (220, "96"), (259, ">99")])
def test_cases_of_a_journal_have_the_probability_that_it_prints(points: int, printed: str) -> None:
    # J Clin Pathol 2022;75(4):282, table 1: HScore (% probability) 259 (>99), 220 (96), 219 (96).
    assert percent(points) == printed


def test_the_public_logistic_formula_fails_the_published_table() -> None:
    def public_app(points: float) -> float:
        return 100 / (1 + exp(-(-4.3 + 0.03 * points)))

    assert f"{public_app(100):.0f}" == "21"
    wrong = [points for points, printed in PUBLISHED.items() if f"{public_app(points):.0f}" != printed]
    assert 100 in wrong
    assert len(wrong) > len(PUBLISHED) / 2


@given(st.floats(100, 240), st.floats(100, 240))
def test_the_probability_never_falls_with_the_points(one: float, other: float) -> None:
    low, high = sorted((one, other))
    below, above = hscore_probability(low, table=STEPS), hscore_probability(high, table=STEPS)
    assert below is not None
    assert above is not None
    assert below <= above


@pytest.mark.parametrize(
    ("item", "given_as", "points"),
    [
        ("immunosuppression", "yes", 18),
        ("temperature", "38.3", 0),
        ("temperature", "38.4", 33),
        ("temperature", "101.12 °F", 33),
        ("temperature", "39.4", 33),
        ("temperature", "39.5", 49),
        ("organomegaly", "liver-or-spleen", 23),
        ("organomegaly", "liver and spleen", 38),
        ("cytopenias", "two", 24),
        ("cytopenias", "three", 34),
        ("ferritin", "1999 ng/mL", 0),
        ("ferritin", "2000 µg/L", 35),
        ("ferritin", "6000", 35),
        ("ferritin", "6001", 50),
        ("triglycerides", "1.49 mmol/L", 0),
        ("triglycerides", "1.5 mmol/L", 44),
        ("triglycerides", "132.7 mg/dL", 44),
        ("triglycerides", "132 mg/dL", 0),
        ("triglycerides", "4 mmol/L", 44),
        ("triglycerides", "354 mg/dL", 44),
        ("triglycerides", "355 mg/dL", 64),
        ("fibrinogen", "2.5 g/L", 30),
        ("fibrinogen", "250 mg/dL", 30),
        ("fibrinogen", "2.51 g/L", 0),
        ("ast", "29", 0),
        ("ast", "30 IU/L", 19),
        ("haemophagocytosis", "yes", 35),
    ],
)
def test_each_item_scores_as_the_paper_has_it_on_both_sides_of_each_cut(
    item: str, given_as: str, points: float
) -> None:
    # Fardet 2014; PMC7589537, table 4 prints mg/dL: 132.7, 354 and 250.
    found = compute("hscore", **LEAST | {item: given_as})
    assert points_of(found, item) == points
    assert value(found) == points


def test_the_most_that_can_be_scored_is_337() -> None:
    most = {
        "immunosuppression": "yes", "temperature": "40", "organomegaly": "liver-and-spleen",
        "cytopenias": "three", "ferritin": "50000", "triglycerides": "5 mmol/L", "fibrinogen": "1 g/L",
        "ast": "300", "haemophagocytosis": "yes",
    }  # fmt: skip
    found = compute("hscore", **most)
    assert value(found) == 337
    assert words(found, "probability") == ">99"


def test_a_case_of_a_journal_scores_what_it_prints() -> None:
    # J Clin Pathol 2022;75(4):282, table 1, case 1: HScore 259, from 39.3 °C, hepatomegaly, ferritin
    # 159,076 µg/L, triglycerides 6.3 mmol/L, fibrinogen 0.7 g/L and haemophagocytosis; two lineages
    # complete the sum.
    found = compute(
        "hscore", immunosuppression="no", temperature="39.3", organomegaly="liver-or-spleen",
        cytopenias="two", ferritin="159076 µg/L", triglycerides="6.3 mmol/L", fibrinogen="0.7 g/L",
        ast="29", haemophagocytosis="yes",
    )  # fmt: skip
    assert value(found) == 259
    assert words(found, "probability") == ">99"


def test_without_a_marrow_the_score_is_a_range_of_thirty_five_points() -> None:
    found = compute("hscore", **LEAST | {"temperature": "40", "haemophagocytosis": "unknown"})
    figure = found.figures[0]
    assert (figure.value, figure.low, figure.high) == (None, 49, 84)
    assert found.notices


def test_the_spread_of_its_specificity_is_said_with_every_result() -> None:
    spread = " ".join(remark.text for remark in compute("hscore", **LEAST).definition.spread)
    assert "94.1%" in spread
    assert "71%" in spread
