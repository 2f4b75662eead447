"""What stands beneath an answer about a drug: harms, contraindications, licence, failures, benchmarks.

A clinician needs them whatever was asked. They are looked for every time, in small pools, judged like
any other statement, and never printed between the statements that answer the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

from osler.answer.against import tells_against
from osler.answer.assure import assured, is_about_animals
from osler.answer.facets import speaks_on
from osler.answer.look import Look
from osler.answer.relations import find_related
from osler.answer.select import Pick, Purpose, Selection, in_order
from osler.answer.sentences import Candidate, Reading
from osler.answer.weigh import Anchor, Weighed, anchor_of, other_drug, weigh_anchored
from osler.model.answer import Topic
from osler.model.question import Concept, ConceptRole, Facet, Question, QuestionKind
from osler.model.source import Design, Kind
from osler.retrieval.appraise import Directness
from osler.retrieval.matching import names
from osler.retrieval.search import FoundPassage
from osler.retrieval.vocabulary import Vocabulary
from osler.text.names import keyed
from osler.text.normalise import fold

NEAR: Final = 24
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
ASKED: Final[dict[QuestionKind, Topic]] = {
    QuestionKind.HARMS: Topic.HARMS,
    QuestionKind.CONTRAINDICATION: Topic.CONTRAINDICATIONS,
    QuestionKind.LICENCE: Topic.LICENCE,
}
"""Kinds of question whose answer is the topic itself."""
SEARCH_WORDS: Final[dict[Topic, tuple[str, ...]]] = {
    Topic.HARMS: ("adverse", "safety", "serious", "infection", "toxicity", "withdrawal"),
    Topic.CONTRAINDICATIONS: ("contraindicated", "contraindications", "hypersensitivity", "avoid"),
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
_CONTRA: Final = re.compile(
    r"\bcontraindicat(?:ed|es)\b|\bcontraindications? (?:to|of|for|include)\b|\bmust not be\b"
    r"|\bshould not be (?:started|given|used|taken|initiated|administered|prescribed)\b"
    r"|\b(?:should be|is|are) avoided\b|\bdo not (?:use|start|give|administer|initiate)\b"
    r"|\bnot recommended (?:in|for|during) (?:\w+ ){0,3}"
    r"(?:patients|people|women|children|pregnancy|use)\b"
)
_OF_OTHERS: Final = re.compile(
    r"\b(?:if|when|where|whom|who|whose|unless|with|having|had|because)\b[^,;]{0,60}\bcontraindicat"
)
_BENCHMARK: Final = re.compile(
    r"\b(?:surviv\w+|mortality|died|deaths?|alive|fatality|relapsed?|recurr\w+)\b"
)
_WITHOUT: Final = re.compile(
    r"\b(?:untreated|without (?:\w+ )?treatment|placebo|no treatment|natural (?:history|course)"
    r"|spontaneous\w*|usual care|standard (?:care|treatment|therapy)|historical)\b"
)
_SHARE: Final = re.compile(r"\d ?%|\d+ ?/ ?\d+|\b\d+ of (?:the )?\d+\b|\bmedian\b")
_PREDICTS: Final = re.compile(
    r"\b(?:predict\w*|risk factors?|prognostic|hazard ratio|odds ratio|sensitivity|specificity"
    r"|associated with|correlat\w+|hr|aor)\b"
)


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
    """

    question: Question
    look: Look
    vocabulary: Vocabulary
    studies: Callable[[Iterable[str]], dict[str, str]]
    reading: Reading
    printed: set[tuple[str, int]]

    @property
    def drug(self) -> Concept:
        """The drug asked about."""
        return self.question.with_role(ConceptRole.INTERVENTION)[0]

    @property
    def conditions(self) -> tuple[Concept, ...]:
        """The condition asked about, or nothing."""
        return self.question.with_role(ConceptRole.CONDITION)

    def find(self, topic: Topic) -> list[FoundPassage]:
        """Return a few passages on ``topic``: of the drug, of the condition where benchmarks are due."""
        drug = () if topic is Topic.BENCHMARKS else (self.drug,)
        words = SEARCH_WORDS[topic]
        return self.look.find_beside((*drug, *self.conditions), words, top=NEAR, stage=topic.value)


def lay_beneath(ground: Ground) -> list[Laid]:
    """Return what the library holds beside the answer, topic by topic, in the order that it is told.

    A topic that the question itself asks for is left out. Benchmarks, what happens without the drug,
    need a condition.
    """
    asked = ASKED.get(ground.question.kinds[0])
    topics = [topic for topic in Topic if topic is not asked]
    if not ground.conditions:
        topics.remove(Topic.BENCHMARKS)
    found = {topic: ground.find(topic) for topic in topics}
    everything = [entry for entries in found.values() for entry in entries]
    related = find_related(ground.conditions, everything, ground.vocabulary)
    return [Laid(topic, _take(topic, found[topic], related, ground)) for topic in topics]


def _take(
    topic: Topic, found: list[FoundPassage], related: tuple[Concept, ...], ground: Ground
) -> tuple[Pick, ...]:
    """Return the statements on ``topic`` that pass the judge, best first."""
    question = ground.question
    anchor = _anchor(topic, question, related)
    weighed = [
        _weigh(topic, candidate, anchor, ground)
        for candidate in ground.reading.candidates(found)
        if (candidate.passage.id, candidate.start) not in ground.printed
        and _belongs(topic, candidate, ground)
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
    return tuple(assured(pick, question) for pick in selection.picks)


def _anchor(topic: Topic, question: Question, related: tuple[Concept, ...]) -> Anchor:
    """Return the anchor of the question as if ``topic`` had been asked."""
    wanted = {
        Topic.COUNTER_EVIDENCE: (Facet.EFFICACY, Facet.SURVIVAL, Facet.RELAPSE, Facet.RECOMMENDATION),
        Topic.BENCHMARKS: (Facet.SURVIVAL, Facet.RELAPSE, Facet.EFFICACY),
    }.get(topic, (FACET_OF[topic],))
    anchor = replace(anchor_of(question, related), wanted=wanted, topics=(), attributes=())
    return replace(anchor, drugs=()) if topic is Topic.BENCHMARKS else anchor


def _weigh(topic: Topic, candidate: Candidate, anchor: Anchor, ground: Ground) -> Weighed:
    """Weigh a sentence on ``topic``; what is on another condition counts for harms alone."""
    weighed = weigh_anchored(candidate, anchor)
    near = weighed.directness >= Directness.RELATED
    of_the_drug = topic in (Topic.HARMS, Topic.CONTRAINDICATIONS)
    if not weighed.refused and ground.conditions and not near and not of_the_drug:
        return replace(weighed, refused="on another condition")
    return weighed


def _belongs(topic: Topic, candidate: Candidate, ground: Ground) -> bool:
    """Tell whether a sentence is on ``topic`` by its own words, of people and the drug asked about."""
    if is_about_animals(candidate):
        return False
    return _TESTS[topic](candidate, ground)


def _is_harm(candidate: Candidate, ground: Ground) -> bool:
    if Facet.SAFETY not in candidate.facets or Facet.LICENCE in candidate.facets[:1]:
        return False
    # The disease itself may be called by the name of a harm: neutropenia, an infection.
    text = fold(candidate.text)
    for condition in ground.conditions:
        for variant in condition.variants:
            text = text.replace(variant, " ")
    return speaks_on(text, (Facet.SAFETY,)) and _is_on_the_drug(candidate, ground)


def _is_contraindication(candidate: Candidate, ground: Ground) -> bool:
    if "contraindication" in fold(candidate.section.label or candidate.passage.heading):
        return True
    folded = fold(candidate.text)
    found = _CONTRA.search(folded)
    if found is None or _OF_OTHERS.search(folded):
        return False
    before = keyed(candidate.text[: found.start()])
    after = keyed(candidate.text[found.end() :])
    return names(before, ground.drug) or names(after, ground.drug)


def _is_on_licence(candidate: Candidate, ground: Ground) -> bool:
    return Facet.LICENCE in candidate.facets and names(candidate.keyed, ground.drug)


def _is_against(candidate: Candidate, ground: Ground) -> bool:
    return tells_against(candidate, ground.drug) and _is_on_the_drug(candidate, ground)


def _is_benchmark(candidate: Candidate, ground: Ground) -> bool:
    folded = fold(candidate.text)
    if not _BENCHMARK.search(folded) or not _SHARE.search(folded) or _PREDICTS.search(folded):
        return False
    if names(candidate.keyed, ground.drug) or candidate.source.design is Design.NARRATIVE_REVIEW:
        return False
    title = candidate.source.title or ""
    without = _WITHOUT.search(folded) is not None
    if names(keyed(title), ground.drug) and not without:
        return False
    return without or not (other_drug(candidate.text, ()) or other_drug(title, ()))


def _is_on_the_drug(candidate: Candidate, ground: Ground) -> bool:
    """Tell whether a sentence names the drug, or stands in a paper about it and names no other drug."""
    if names(candidate.keyed, ground.drug):
        return True
    title = keyed(candidate.source.title or "")
    is_label = candidate.source.kind is Kind.LABEL
    return names(title, ground.drug) and (is_label or not other_drug(candidate.text, (ground.drug,)))


_TESTS: Final[dict[Topic, Callable[[Candidate, Ground], bool]]] = {
    Topic.HARMS: _is_harm,
    Topic.CONTRAINDICATIONS: _is_contraindication,
    Topic.LICENCE: _is_on_licence,
    Topic.COUNTER_EVIDENCE: _is_against,
    Topic.BENCHMARKS: _is_benchmark,
}
