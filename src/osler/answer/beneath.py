"""What stands beneath an answer about a drug: harms, contraindications, licence, failures, benchmarks.

A clinician needs them whatever was asked. They are looked for every time, in small pools, judged like
any other statement, and never printed between the statements that answer the question.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from osler.answer.assure import assured
from osler.answer.look import Look
from osler.answer.select import Pick, Purpose, Selection, in_order
from osler.answer.sentences import Candidate, Reading
from osler.answer.topics import Asked, belongs, may_hold
from osler.answer.weigh import Anchor, Weighed, anchor_of, weigh_anchored
from osler.model.question import Concept, ConceptRole, Facet, Question, QuestionKind
from osler.model.topic import Topic
from osler.retrieval.appraise import Directness
from osler.retrieval.matching import names
from osler.retrieval.search import FoundPassage
from osler.retrieval.vocabulary import Vocabulary
from osler.text.normalise import fold

NEAR: Final = 12
"""Passages read for a topic."""
MOST: Final = 6
MOST_WORDS: Final = 300
FACET_OF: Final[dict[Topic, Facet]] = {
    Topic.HARMS: Facet.SAFETY,
    Topic.CONTRAINDICATIONS: Facet.SAFETY,
    Topic.LICENCE: Facet.LICENCE,
    Topic.COUNTER_EVIDENCE: Facet.EFFICACY,
    Topic.BENCHMARKS: Facet.SURVIVAL,
}
ASKED_FOR: Final[dict[QuestionKind, Topic]] = {
    QuestionKind.HARMS: Topic.HARMS,
    QuestionKind.CONTRAINDICATION: Topic.CONTRAINDICATIONS,
    QuestionKind.LICENCE: Topic.LICENCE,
}
"""Kinds of question whose answer is the topic itself."""
SEARCH_WORDS: Final[dict[Topic, tuple[str, ...]]] = {
    Topic.HARMS: ("adverse", "safety", "serious", "infection", "toxicity", "withdrawal"),
    Topic.CONTRAINDICATIONS: (
        "contraindicated",
        "contraindications",
        "hypersensitivity",
        "avoided",
        "must not",
        "should not",
        "do not",
    ),
    Topic.LICENCE: ("licensed", "indicated", "indications", "off-label", "approved", "unlicensed"),
    Topic.COUNTER_EVIDENCE: (
        "failed",
        "ineffective",
        "difference",
        "significant",
        "refractory",
        "benefit",
        "placebo",
    ),
    Topic.BENCHMARKS: ("survival", "mortality", "untreated", "placebo", "died", "cohort"),
}


@dataclass(frozen=True, slots=True)
class Laid:
    """What was found on one topic, best first."""

    topic: Topic
    picks: tuple[Pick, ...]


@dataclass(slots=True)
class Ground:
    """The question, and where what belongs beside it is looked for.

    Attributes:
        question: What was asked.
        look: Where evidence is looked for.
        vocabulary: The library's words.
        studies: Gives for sources the study that each reports.
        reading: Sentences read already.
        printed: Spans that the answer prints or another topic holds: passage and offset.
        said: Their sentences, so that no other record's copy of one is printed again.
    """

    question: Question
    look: Look
    vocabulary: Vocabulary
    studies: Callable[[Iterable[str]], dict[str, str]]
    reading: Reading
    printed: set[tuple[str, int]]
    said: set[str]

    @property
    def asked(self) -> Asked:
        """The drug and the condition that the question names."""
        return Asked(self.drug, self.conditions)

    @property
    def drug(self) -> Concept:
        """The drug asked about."""
        return self.question.with_role(ConceptRole.INTERVENTION)[0]

    @property
    def conditions(self) -> tuple[Concept, ...]:
        """The condition asked about, or nothing."""
        return self.question.with_role(ConceptRole.CONDITION)

    def find(self, topic: Topic) -> list[FoundPassage]:
        """Return a few passages on ``topic``: of drug and condition, or of the one that it is about.

        Benchmarks are about the condition; what forbids a drug mostly does so whatever it is given for.
        """
        drug = () if topic is Topic.BENCHMARKS else (self.drug,)
        conditions = () if topic is Topic.CONTRAINDICATIONS else self.conditions
        words = SEARCH_WORDS[topic]
        return self.look.find_beside((*drug, *conditions), words, top=NEAR, stage=topic.value)


def lay_beneath(ground: Ground) -> list[Laid]:
    """Return what the library holds beside the answer, topic by topic, in the order that it is told.

    A topic that the question itself asks for is left out. Benchmarks, what happens without the drug,
    need a condition.
    """
    asked = ASKED_FOR.get(ground.question.kinds[0])
    topics = [topic for topic in Topic if topic is not asked]
    if not ground.conditions:
        topics.remove(Topic.BENCHMARKS)
    return [Laid(topic, _take(topic, ground.find(topic), ground)) for topic in topics]


def _take(topic: Topic, found: list[FoundPassage], ground: Ground) -> tuple[Pick, ...]:
    """Return the statements on ``topic`` that pass the judge, best first."""
    question = ground.question
    anchor = _anchor(topic, question)
    weighed = [
        _weigh(topic, candidate, anchor, ground)
        for candidate in ground.reading.candidates(one for one in found if may_hold(topic, one))
        if (candidate.passage.id, candidate.start) not in ground.printed
        and fold(candidate.text) not in ground.said
        and belongs(topic, candidate, ground.asked)
    ]
    needed = ground.conditions[:1] if topic is Topic.BENCHMARKS else (ground.drug,)
    selection = Selection(
        question,
        ground.vocabulary,
        ground.look.trace,
        ground.studies,
        most_words=MOST_WORDS,
        reading=ground.reading,
    )
    purpose = Purpose.LICENCE if topic is Topic.LICENCE else Purpose.BENEATH
    selection.take(in_order(weighed), most=MOST, purpose=purpose, needed=needed)
    ground.printed.update((p.candidate.passage.id, p.candidate.start) for p in selection.picks)
    ground.said.update(fold(p.candidate.text) for p in selection.picks)
    return tuple(assured(pick, question) for pick in selection.picks)


def _anchor(topic: Topic, question: Question) -> Anchor:
    """Return the anchor of the question as if ``topic`` had been asked."""
    wanted = {
        Topic.COUNTER_EVIDENCE: (Facet.EFFICACY, Facet.SURVIVAL, Facet.RELAPSE, Facet.RECOMMENDATION),
        Topic.BENCHMARKS: (Facet.SURVIVAL, Facet.RELAPSE, Facet.EFFICACY),
    }.get(topic, (FACET_OF[topic],))
    anchor = replace(anchor_of(question, ()), wanted=wanted, topics=(), attributes=())
    if topic in (Topic.LICENCE, Topic.CONTRAINDICATIONS):
        # What a label allows and forbids holds whoever is asked about.
        anchor = replace(anchor, groups=(), adults=False)
    return replace(anchor, drugs=()) if topic is Topic.BENCHMARKS else anchor


def _weigh(topic: Topic, candidate: Candidate, anchor: Anchor, ground: Ground) -> Weighed:
    """Weigh a sentence on ``topic``; what is on another condition counts for harms alone."""
    weighed = weigh_anchored(candidate, anchor)
    of_the_drug = topic in (Topic.HARMS, Topic.CONTRAINDICATIONS)
    direct = weighed.directness is Directness.DIRECT or not ground.conditions
    # "small cell" and "lung" beside the condition "cancer" tell which one it is.
    topics = ground.question.with_role(ConceptRole.TOPIC)
    direct = direct and all(names(candidate.around, one) for one in topics)
    if not weighed.refused and not direct and not of_the_drug:
        return replace(weighed, refused="on another condition")
    return weighed
