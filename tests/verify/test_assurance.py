"""Which verbs a level of certainty allows in words that are not the source's."""

from __future__ import annotations

import pytest

from osler.model.certainty import Level
from osler.model.citation import cite
from osler.model.passage import Passage
from osler.model.source import Design, Kind, Source
from osler.model.verdict import Outcome
from osler.verify.assurance import check_assurance
from osler.verify.gate import judge_written

SURE = "Zelokin reduces relapse of gyroscope disease."
PROBABLE = "Zelokin probably reduces relapse of gyroscope disease."
POSSIBLE = "Zelokin may reduce relapse of gyroscope disease."
UNKNOWN = "The evidence is very uncertain about whether zelokin reduces relapse of gyroscope disease."
COUNTED = "Of 40 patients given zelokin, 12 had a relapse."


@pytest.mark.parametrize(
    ("level", "allowed", "refused"),
    [
        (Level.HIGH, [SURE, PROBABLE, POSSIBLE, UNKNOWN], []),
        (Level.MODERATE, [PROBABLE, POSSIBLE, UNKNOWN, COUNTED], [SURE]),
        (Level.LOW, [POSSIBLE, UNKNOWN, COUNTED], [SURE, PROBABLE]),
        (Level.VERY_LOW, [UNKNOWN, COUNTED], [SURE, PROBABLE, POSSIBLE]),
    ],
)
def test_a_level_allows_its_own_verb_and_weaker_ones(
    level: Level, allowed: list[str], refused: list[str]
) -> None:
    assert all(check_assurance(text, level).outcome is not Outcome.FAILED for text in allowed)
    assert all(check_assurance(text, level).outcome is Outcome.FAILED for text in refused)


def test_the_gate_refuses_a_written_statement_surer_than_its_evidence() -> None:
    source = Source(key="pmid:1", kind=Kind.RESEARCH, design=Design.COHORT, title="Zelokin", pmid="1")
    passage = Passage(source.id, "ver_1", 0, SURE)
    citation = cite(passage, 0, len(SURE))

    def outcome(level: Level | None) -> Outcome:
        verdict = judge_written(
            SURE, (citation,), passages={passage.id: passage}, sources={source.id: source}, level=level
        )
        return verdict.outcome

    assert outcome(None) is Outcome.PASSED
    assert outcome(Level.HIGH) is Outcome.PASSED
    assert outcome(Level.LOW) is Outcome.FAILED
