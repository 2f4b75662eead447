"""Where a provisional label starts, what lowers it, and that a source's own rating goes before it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osler.model.certainty import Level
from osler.model.source import Design, Kind, Source, Status
from osler.synthesis.certainty import certainty_of

FINDING = "Relapse was rarer with zelokin than with placebo (12% versus 30%)."
TRIAL = Source(
    key="pmid:1",
    kind=Kind.RESEARCH,
    design=Design.RANDOMISED_TRIAL,
    title="Zelokin for gyroscope disease",
    participants=400,
)


def level_of(source: Source, sentence: str = FINDING, **settings: object) -> Level | None:
    found = certainty_of(source, sentence, **settings)  # type: ignore[arg-type]  # names are checked
    return found.level if found else None


@pytest.mark.parametrize(
    ("design", "level"),
    [
        (Design.RANDOMISED_TRIAL, Level.MODERATE),
        (Design.COHORT, Level.LOW),
        (Design.CASE_SERIES, Level.VERY_LOW),
        (Design.NARRATIVE_REVIEW, Level.VERY_LOW),
        (Design.LABORATORY, Level.VERY_LOW),
        (Design.OTHER, None),
    ],
)
def test_the_design_says_where_the_label_starts(design: Design, level: Level | None) -> None:
    assert level_of(replace(TRIAL, design=design)) is level


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"participants": 40}, Level.LOW),
        ({"status": Status.CONCERN}, Level.LOW),
        ({"status": Status.CORRECTED}, Level.LOW),
        ({"title": "Zelokin for gyroscope disease: a post hoc analysis"}, Level.LOW),
        ({"participants": 40, "status": Status.CONCERN}, Level.VERY_LOW),
        ({"title": "Zelokin: an updated review of its use in gyroscope disease"}, Level.VERY_LOW),
    ],
)
def test_each_rule_lowers_the_label_of_a_trial(changes: dict[str, object], level: Level) -> None:
    assert level_of(replace(TRIAL, **changes)) is level  # type: ignore[arg-type]  # fields of Source


def test_evidence_on_another_condition_counts_for_less() -> None:
    assert level_of(TRIAL, indirect="on a related condition") is Level.LOW


@pytest.mark.parametrize(
    ("passage", "level"),
    [
        ("We searched for randomised trials of zelokin.", Level.MODERATE),
        ("Case reports and case series were included.", Level.VERY_LOW),
        ("Cohort studies were included.", Level.LOW),
        ("Randomised trials and cohort studies were included.", Level.LOW),
        ("We searched three databases.", Level.LOW),
    ],
)
def test_a_review_is_as_sure_as_what_it_pooled(passage: str, level: Level) -> None:
    review = replace(TRIAL, design=Design.SYSTEMATIC_REVIEW)
    sentence = "Relapse was rarer with zelokin."
    assert level_of(review, sentence, passage=f"{passage} {sentence}") is level


def test_a_source_that_rates_its_evidence_is_taken_at_its_word() -> None:
    found = certainty_of(TRIAL, "Low-certainty evidence suggests that zelokin helps.")
    assert found is not None
    assert found.level is Level.LOW
    assert not found.is_provisional


def test_a_label_stays_below_what_the_source_rates_elsewhere() -> None:
    review = replace(TRIAL, design=Design.SYSTEMATIC_REVIEW)
    passage = f"Randomised trials were pooled. {FINDING} The certainty of the evidence was very low."
    found = certainty_of(review, FINDING, passage=passage)
    assert found is not None
    assert found.level is Level.VERY_LOW
    assert found.is_provisional


def test_animals_are_very_low_whatever_the_record_calls_the_study() -> None:
    assert level_of(TRIAL, animal=True) is Level.VERY_LOW


@pytest.mark.parametrize("kind", [Kind.GUIDELINE, Kind.LABEL])
def test_a_guideline_or_label_gets_no_label_of_ours(kind: Kind) -> None:
    assert level_of(replace(TRIAL, kind=kind, design=Design.GUIDELINE)) is None
    rated = "Zelokin is recommended (very low certainty)."
    assert level_of(replace(TRIAL, kind=kind, design=Design.GUIDELINE), rated) is Level.VERY_LOW
