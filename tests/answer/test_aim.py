"""Which sentence of the right source is printed: what was asked for, not what merely stands there."""

from __future__ import annotations

from tests.answer.conftest import Fill, answer_of, statements_of, study

from osler.answer.aim import Aim, load_weights
from osler.answer.fit import Fit, QuestionWords
from osler.answer.sentences import Reading
from osler.retrieval.search import search
from osler.retrieval.trace import Trace
from osler.retrieval.understand import understand
from osler.service.search import filters_for
from osler.service.wiring import Desk

ASKED = "Do standing desks reduce back pain in office workers?"
FINDING = "Standing desks reduced back pain in office workers by a third over one year."
SAMPLE = "Office workers were asked about their posture."
ELSEWHERE = "Chairs with arms were liked by most."
STUDY = study("pmid:1", "Standing desks and back pain", f"{SAMPLE} {ELSEWHERE} {FINDING}")


def _read(desk: Desk) -> dict[str, tuple[float, dict[str, float]]]:
    """Return the odds and the features of every sentence that is found."""
    question = understand(ASKED, desk.vocabulary)
    found = search(
        question,
        index=desk.index,
        shelf=desk.store,
        filters=filters_for(desk, tier=None, since=None),
        top=5,
        trace=Trace(),
    )
    aim = Aim(question, Fit(question, QuestionWords(question, desk.vocabulary)))
    best = found[0].score
    return {
        c.text: (aim.score(c, best=best), aim.features(c, best=best))
        for c in Reading().candidates(found)
    }


def test_what_says_what_was_asked_is_likelier_than_what_stands_beside_it(fill: Fill) -> None:
    with fill([STUDY]) as desk:
        odds = {text: score for text, (score, _features) in _read(desk).items()}
    assert odds[FINDING] > odds[SAMPLE] > odds[ELSEWHERE]
    assert odds[FINDING] > 0 > odds[ELSEWHERE]


def test_what_is_likelier_not_what_was_asked_is_not_printed(fill: Fill) -> None:
    with fill([STUDY]) as desk:
        printed = [s["text"] for s in statements_of(answer_of(desk, ASKED))]
    assert printed == [FINDING]


def test_every_weight_has_its_feature_and_every_feature_is_between_0_and_1(fill: Fill) -> None:
    with fill([STUDY]) as desk:
        read = _read(desk)
    assert read.keys() >= {FINDING, SAMPLE, ELSEWHERE}
    for _score, features in read.values():
        assert features.keys() == load_weights().keys()
        assert all(0 <= value <= 1 for value in features.values())
