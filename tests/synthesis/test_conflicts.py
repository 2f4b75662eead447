"""Where sources differ: what is held against what, what tells it apart, and what is never a conflict.

The pairs were written for these tests, with drugs that do not exist, before the readers were fitted to
any of them; they say whether a class of difference is seen, not how often it is in real texts.
"""

from __future__ import annotations

import pytest

from osler.ids import sha256_text
from osler.model.citation import Citation
from osler.model.conflict import NOT_EXPLAINED, Conflict
from osler.synthesis.conflicts import Said, find_conflicts
from osler.synthesis.setting import setting_of

KNOWN = {"zelokin": "zelokin", "zlk": "zelokin", "walking": "walking"}


def said(number: int, text: str, *, source: str | None = None, lead: str = "", year: int = 2015) -> Said:
    citation = Citation(
        source or f"src_{number}", "v", f"psg_{number}", 0, len(text), text, sha256_text(text)
    )
    setting = setting_of(text, spelt=text, lead=lead, year=year, design="")
    return Said(f"st_{number}", citation, setting)


def conflicts(*texts: str) -> tuple[Conflict, ...]:
    return find_conflicts([said(number, text) for number, text in enumerate(texts)], KNOWN)


DIFFERENT_FIGURES = [
    ("Zelokin was given at 2 mg/kg/day.", "Zelokin was given at 8 mg/kg/day.", "dose of zelokin"),
    ("Zelokin 100 mg daily was given.", "The dose of zelokin was 300 mg daily.", "dose of zelokin"),
    (
        "The half-life of zelokin is 4 to 6 hours.",
        "The half-life of zelokin was 20 hours.",
        "half-life of zelokin",
    ),
    ("With zelokin, survival was 90% (26/29).", "With zelokin, survival was 20% (6/30).", "survival"),
    (
        "On zelokin, complete remission was 80%.",
        "On zelokin, complete remission was 35%.",
        "complete remission",
    ),
]
OPPOSITE_EFFECTS = [
    ("Zelokin reduced mortality.", "Zelokin did not reduce mortality."),
    (
        "Zelokin improved overall survival compared with placebo.",
        "Zelokin had no effect on survival compared with placebo.",
    ),
    ("Treatment with zelokin resulted in longer survival.", "Survival was not prolonged by zelokin."),
    (
        "Mortality was lower with zelokin than with placebo.",
        "There was no difference in mortality between zelokin and placebo.",
    ),
    (
        "Zelokin was associated with a lower risk of stroke.",
        "Zelokin was associated with a higher risk of stroke.",
    ),
    ("Zelokin is effective in testosis.", "Zelokin failed to show any benefit in testosis."),
    (
        "Zelokin delays progression of testosis.",
        "Trials failed to demonstrate efficacy of zelokin in testosis.",
    ),
    ("Walking improved quality of life.", "Walking did not improve quality of life."),
    ("Zelokin reduced pain scores.", "Zelokin improved sleep but did not reduce pain."),
    (
        "ZLK significantly decreased the incidence of falls.",
        "The incidence of falls did not differ between zelokin and placebo.",
    ),
]
OPPOSITE_ADVICE = [
    (
        "Zelokin is recommended in adults with testosis.",
        "Zelokin is not recommended in adults with testosis.",
    ),
    (
        "We recommend zelokin for testosis.",
        "Guidelines recommend against the use of zelokin in testosis.",
    ),
    ("Zelokin should be used in testosis.", "Zelokin should be avoided in testosis."),
    ("Zelokin is indicated for testosis.", "Zelokin is contraindicated in testosis."),
]


@pytest.mark.parametrize(("one", "other", "about"), DIFFERENT_FIGURES)
def test_figures_of_the_same_thing_that_cannot_both_be_had_are_a_conflict(
    one: str, other: str, about: str
) -> None:
    (conflict,) = conflicts(one, other)
    assert conflict.about == about
    assert [side.statement for side in conflict.sides] == ["st_0", "st_1"]


@pytest.mark.parametrize(("one", "other"), [*OPPOSITE_EFFECTS, *OPPOSITE_ADVICE])
def test_opposite_effects_and_opposite_advice_are_a_conflict(one: str, other: str) -> None:
    (conflict,) = conflicts(one, other)
    assert "zelokin" in conflict.about or "walking" in conflict.about
    assert conflicts(other, one)[0].about


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelokin was given at 2-4 mg/kg/day.", "Zelokin was given at 3 mg/kg/day."),
        ("With zelokin, survival was 90% (9/10).", "With zelokin, survival was 70% (7/10)."),
        ("On zelokin, complete remission was 42%.", "On zelokin, complete remission was 45%."),
        ("With zelokin, survival was 90% (26/29).", "With kelomab, survival was 20% (6/30)."),
        ("The half-life of zelokin is 4 hours.", "The half-life of zelokin was 4.5 hours."),
        ("The half-life of zelokin is 24 hours.", "The half-life of zelokin was 1 day."),
        ("Zelokin 2 g daily was given.", "Patients received zelokin 2000 mg daily."),
        ("Zelokin 500 mcg/kg daily was given.", "Patients received zelokin 0.5 mg/kg daily."),
        ("Zelokin was given at 2 mg/kg/day.", "Kelomab was given at 8 mg/kg/day."),
        ("Zelokin reduced mortality.", "Kelomab did not reduce mortality."),
        ("Zelokin reduced mortality.", "Zelokin did not reduce pain."),
        ("Zelokin reduced mortality.", "Zelokin improved survival."),
        ("Zelokin increased response.", "Zelokin improved response."),
        ("Zelokin reduced pain.", "Zelokin improved pain."),
        ("Zelokin reduced mortality.", "The aim was to see whether zelokin did not reduce mortality."),
        ("Zelokin reduced mortality.", "Withdrawal of zelokin did not reduce mortality."),
        ("Zelokin reduced mortality.", "Zelokin plus kelomab did not reduce mortality."),
        ("Zelokin reduced mortality.", "Kelomab reduced mortality compared with zelokin."),
        ("Zelokin reduced mortality.", "Whether zelokin is of no benefit is unclear."),
        ("Zelokin improved progression-free survival.", "Zelokin did not improve overall survival."),
        ("Zelokin is recommended in testosis.", "Zelokin is not recommended in fictitis."),
        ("Zelokin is recommended in testosis.", "Live vaccines are not recommended with zelokin."),
        ("Zelokin is recommended in testosis.", "Zelokin is not recommended unless all else failed."),
    ],
)
def test_what_may_both_hold_is_no_conflict(one: str, other: str) -> None:
    assert conflicts(one, other) == ()


def test_one_source_does_not_differ_with_itself() -> None:
    pair = [
        said(0, "Zelokin reduced mortality.", source="src_a"),
        said(1, "Zelokin did not reduce mortality.", source="src_a"),
    ]
    assert find_conflicts(pair, KNOWN) == ()


@pytest.mark.parametrize(
    ("one", "other", "name", "values"),
    [
        (
            "Zelokin was given at 2 mg/kg per dose.",
            "Zelokin was given at 2 mg/kg/day.",
            "basis",
            ["per dose", "per day"],
        ),
        (
            "Zelokin 100 mg daily was given.",
            "Zelokin 2 mg/kg daily was given.",
            "weight",
            ["not by weight", "per kg"],
        ),
        (
            "Zelokin was given intravenously at 2 mg/kg/day.",
            "Zelokin was given subcutaneously at 8 mg/kg/day.",
            "route",
            ["intravenous", "subcutaneous"],
        ),
        (
            "In adults zelokin reduced mortality.",
            "In children zelokin did not reduce mortality.",
            "population",
            ["adults", "children"],
        ),
        (
            "In severe testosis, zelokin reduced mortality.",
            "In mild testosis, zelokin did not reduce mortality.",
            "severity",
            ["severe", "mild"],
        ),
        (
            "Zelokin reduced mortality at 30 days.",
            "Zelokin did not reduce mortality at 90 days.",
            "time point",
            ["30 days", "90 days"],
        ),
        (
            "Zelokin reduced mortality compared with placebo.",
            "Zelokin did not reduce mortality compared with kelomab.",
            "comparator",
            ["placebo", "kelomab"],
        ),
        (
            "In the US zelokin is recommended.",
            "In the UK zelokin is not recommended.",
            "jurisdiction",
            ["US", "UK"],
        ),
    ],
)
def test_what_differs_besides_is_told(one: str, other: str, name: str, values: list[str]) -> None:
    (conflict,) = conflicts(one, other)
    told = dict(part.split(": ") for part in conflict.why.split("; "))
    assert told[name].split(" / ") == values


def test_what_one_side_leaves_out_is_told_as_not_stated() -> None:
    (conflict,) = conflicts(
        "In children zelokin reduced mortality.", "Zelokin did not reduce mortality."
    )
    assert conflict.why == "population: children / not stated"


def test_where_nothing_else_differs_it_is_not_explained() -> None:
    (conflict,) = conflicts("Zelokin reduced mortality.", "Zelokin did not reduce mortality.")
    assert conflict.why == NOT_EXPLAINED


def test_advice_years_apart_is_told_apart_by_its_year() -> None:
    pair = [
        said(0, "Zelokin is recommended in testosis.", year=2001),
        said(1, "Zelokin is not recommended in testosis.", year=2020),
    ]
    (conflict,) = find_conflicts(pair, KNOWN)
    assert conflict.why == "year: 2001 / 2020"


def test_the_record_tells_the_population_that_the_words_leave_out() -> None:
    pair = [
        said(0, "Zelokin reduced mortality.", lead="In 40 children, cohort study:"),
        said(1, "Zelokin did not reduce mortality.", lead="In 90 adults, randomised trial:"),
    ]
    (conflict,) = find_conflicts(pair, KNOWN)
    assert [side.population for side in conflict.sides] == ["children", "adults"]


def test_a_side_cites_the_dose_with_what_belongs_to_it() -> None:
    first = "Zelokin was given at 2 mg/kg/day intravenously to adults."
    (conflict,) = conflicts(first, "Zelokin was given at 8 mg/kg/day.")
    cited = conflict.sides[0].citation
    assert cited.quote == first[cited.start : cited.end] == "2 mg/kg/day intravenously"
    assert cited.sha256 == sha256_text(cited.quote)


def test_a_third_source_stands_beside_the_two_that_differ() -> None:
    (conflict,) = conflicts(
        "Zelokin reduced mortality.", "Zelokin did not reduce mortality.", "Zelokin lowered mortality."
    )
    assert len(conflict.sides) == 3
