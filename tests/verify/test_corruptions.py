"""True statements pass, the same with one change of meaning are refused; the span check has no part.

What is measured, and the table of each kind: ``python -m tests.verify.measuring``.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.verify.measuring import (
    STATEMENTS,
    Half,
    Tally,
    abstract_paraphrases,
    judge_all,
    originals,
    spread,
    starter_paraphrases,
    vocabulary,
)

from osler.verify.wording import Evidence
from osler.verify.written import compare

MOST_ALARMS_STARTER = 0.15
MOST_ALARMS_DEVELOPMENT = 0.2
MOST_ALARMS_HELD_OUT = 0.44
"""Of paraphrases; 10% is the aim, and is missed (docs/evaluation.md)."""


def assert_corruptions_are_refused(tally: Tally) -> None:
    assert tally.share(numeric=True) >= 0.97
    assert tally.share(numeric=False) >= 0.85


@pytest.mark.slow
def test_a_sentence_of_an_abstract_passes_and_is_refused_once_corrupted(dev_data: Path) -> None:
    chosen = originals(dev_data)
    assert len(chosen) == STATEMENTS
    tally = judge_all(chosen, {})
    assert tally.false_alarms <= 0.03
    assert_corruptions_are_refused(tally)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("half", "most"),
    [(Half.DEVELOPMENT, MOST_ALARMS_DEVELOPMENT), (Half.HELD_OUT, MOST_ALARMS_HELD_OUT)],
)
def test_a_corrupted_paraphrase_of_an_abstract_is_refused(
    dev_data: Path, half: Half, most: float
) -> None:
    tally = judge_all(spread(s for s in abstract_paraphrases(dev_data) if s.half is half), {})
    assert tally.statements >= 166
    assert tally.false_alarms <= most
    assert_corruptions_are_refused(tally)


def test_a_corrupted_paraphrase_of_the_starter_library_is_refused() -> None:
    tally = judge_all(spread(starter_paraphrases()), vocabulary())
    assert tally.false_alarms <= MOST_ALARMS_STARTER
    assert_corruptions_are_refused(tally)


@pytest.mark.parametrize(
    ("evidence", "statement"),
    [
        (
            "Zelokinra was stopped in 12 patients before transplant.",
            "Zelokinra was stopped in 12 patients after transplant.",
        ),
        (
            "Fever fell more with zelokinra than with placebo.",
            "Fever fell less with zelokinra than with placebo.",
        ),
        (
            "Zelokinra led to a greater reduction of ferritin than usual care.",
            "Ferritin was reduced more with zelokinra than with placebo.",
        ),
        (
            "At baseline, ferritin was higher in the zelokinra group.",
            "At follow-up, ferritin was higher in the zelokinra group.",
        ),
        ("Early zelokinra improved survival.", "Survival was improved by late zelokinra."),
        (
            "In 12 weeks, fever subsided from 39 to 37 °C with zelokinra.",
            "Fever subsided from 37 to 39 °C in 12 weeks with zelokinra.",
        ),
        ("Zelokinra 5 mg once daily lowers ferritin.", "Zelokinra 5 mg once weekly lowers ferritin."),
        ("Mortality was reduced by zelokinra in adults.", "Relapse was reduced by zelokinra in adults."),
    ],
    ids=["before", "less", "comparator", "baseline", "early", "range", "often", "outcome"],
)
def test_no_other_turn_of_the_sentence_hides_a_corruption(evidence: str, statement: str) -> None:
    checks = compare(statement, Evidence(evidence, around=evidence), {}, strict=True)
    assert any(check.outcome == "failed" for check in checks)


@pytest.mark.parametrize(
    ("evidence", "statement"),
    [
        (
            "Zelokinra was associated with a greater reduction in fever than placebo.",
            "Fever was reduced more with zelokinra than with placebo.",
        ),
        (
            "Zelokinra 5 mg daily was given to 51 patients.",
            "In all, 51 patients were treated with 5 mg of zelokinra a day.",
        ),
        ("Fewer than 10% of patients relapsed.", "Under 10% of patients had a relapse."),
        (
            "Zelokinra is a rare cause of fever.",
            "Fever is rarely caused by zelokinra.",
        ),
        (
            "Symptoms appeared 2 to 10 hours after zelokinra.",
            "From 2 to 10 hours after zelokinra, symptoms appeared.",
        ),
        (
            "Blood pressure was 12 mmHg lower on zelokinra than on placebo.",
            "BP was 12 mmHg lower with zelokinra than with placebo.",
        ),
    ],
    ids=["how far", "a day", "under", "rare", "range", "abbreviation"],
)
def test_what_a_writer_only_turns_is_no_corruption(evidence: str, statement: str) -> None:
    checks = compare(statement, Evidence(evidence, around=evidence), {}, strict=True)
    assert [check.reason for check in checks if check.outcome == "failed"] == []
