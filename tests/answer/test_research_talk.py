"""A sentence about research answers nothing; one that tells what was found does, whatever it adds."""

from __future__ import annotations

import pytest

from osler.answer.research_talk import tells_of_research
from osler.text.normalise import fold


@pytest.mark.parametrize(
    "sentence",
    [
        "Several studies have examined drug A in gout.",
        "Two large trials are currently assessing drug A in gout.",
        "Drug A in gout has attracted considerable attention.",
        "The place of drug A in gout is an active area of investigation.",
        "These results support the continued development of drug A for gout.",
        "Efforts to measure the indirect effects of drug A are required to understand its worth.",
        "Drug A is projected to have a major impact on the care of gout.",
        "This study can help clinicians to understand drug A.",
        "A recommendation on drug A in gout was proposed and approved by the panel.",
        "Further research is needed on drug A in gout.",
    ],
)
def test_talk_of_research_is_known(sentence: str) -> None:
    assert tells_of_research(fold(sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "Drug A ended attacks of gout in 12 of 20 patients and supports further development in trials.",
        "In two trials drug A shortened attacks of gout by two days.",
        "Monthly blood counts are required to detect neutropenia on drug A.",
        "The panel recommends drug A for gout.",
    ],
)
def test_a_finding_or_an_advice_is_none(sentence: str) -> None:
    assert not tells_of_research(fold(sentence))
