"""Whether a sentence speaks to the question itself, and not only stands in a paper that does.

Nearly every sentence of the right paper is likelier to answer than not, as ``fit`` counts: title and
passage hold the question's words. How many of them were men and when they were recruited answers nothing
all the same. What tells these apart is what of the question the sentence itself names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from osler.answer.aim import MISSED, SPEAKS, Aim
from osler.answer.fit import QuestionWords
from osler.answer.sentences import Candidate
from osler.answer.weigh import Weighed
from osler.model.question import Concept, ConceptRole, Facet, Question, QuestionKind
from osler.retrieval import lexicon
from osler.retrieval.matching import names
from osler.text.moves import Move
from osler.text.names import key_word, keyed
from osler.text.normalise import fold, words

BESIDE: Final = 0.4
"""Share that it must name to stand beside one that answers better."""
ALL: Final = 0.9
"""Share from which a sentence names what was asked so fully that it may stand beside any other."""
OF_ALL: Final = 0.7
"""Share that what is only said in passing must name, where no definition was asked for."""
PASSING: Final = frozenset({Move.DEFINITION, Move.BACKGROUND})
NAMED: Final = 0.3
"""What the share named weighs beside the place and the odds of a sentence."""
NOT_ASKED: Final = "is likelier not what was asked for"
TOO_LITTLE: Final = "names too little of what was asked"
_OF_THE_SAMPLE: Final = re.compile(
    r"\b(?:mean|average|median) (?:\w+ )?(?:age|follow-?up|body mass index|bmi)\b"
    r"|\b(?:response|participation|recruitment) rate (?:was|of)\b|\bmale[- ]to[- ]female\b"
    r"|\b(?:index|questionnaire|score|scale) (?:of \w+ \w+ )?was (?:created|developed|sent|completed)\b"
    r"|\bsuitable for (?:[\w-]+ ){0,2}analys[ie]s\b"
    r"|\bcompleted (?:the |all )?(?:stud(?:y|ies)|trial|protocol|questionnaires?|surveys?|follow-?up)\b"
)
"""Says who took part and how they were asked."""
_ASKS_WHAT: Final = re.compile(
    r"\W*(?:what (?:is|are)|define|describe) (?:an? |the (?!(?:\w+ ){1,4}of\b))?"
    r"[\w'’/+-]+(?: [\w'’/()+-]+){0,3}\W*$"
)
"""Asks what a thing is, and no property of it."""
_SAYS_WHAT: Final = re.compile(
    r"\W*(?:[^\s,;:.]+ ?(?:\([^)]*\) ?)?){1,7}(?:, (?:an?|the|which is)\b"
    r"|\b(?:is|are|was|were|refers|means|describes|consists?|comprises?|represents?|causes?|occurs?)\b)"
)
_LEADS_ELSEWHERE: Final = re.compile(
    r"\W*(?:although|though|while|our|we|here|these|this|currently|recently|despite|among|of|several)\b",
    re.I,
)
OPENING: Final = 10
"""Words within which a definition names its subject."""


def anchored(
    weighed: Weighed, asked: QuestionWords, question: Question, led: Iterable[Concept]
) -> Weighed:
    """Return ``weighed``, refused where sentence and lead name too little of the question's terms.

    Args:
        weighed: A sentence about a named drug or condition.
        asked: The question's words.
        question: As understood; it names a topic.
        led: Drug and conditions of the question: where the title names one, the lead says so.
    """
    if weighed.refused:
        return weighed
    title = keyed(weighed.candidate.source.title or "")
    topics = [
        topic
        for topic in question.with_role(ConceptRole.TOPIC)
        if fold(topic.text) not in lexicon.FORMS_OF_DISEASE
    ]
    seen = f"{weighed.candidate.keyed} {title}"
    off_topic = bool(topics) and not any(names(seen, one) for one in topics)
    if off_topic and question.with_role(ConceptRole.INTERVENTION):
        return replace(weighed, refused=f"does not speak of {topics[0].text}")
    told = [
        text for concept in led if names(title, concept) for text in (concept.text, *concept.variants)
    ]
    text = f"{weighed.candidate.keyed} {' '.join(map(keyed, told))}"
    terms = frozenset(
        key_word(word.text)
        for concept in question.concepts
        if fold(concept.text) not in lexicon.FORMS_OF_DISEASE
        for word in words(concept.text)
    ).intersection(asked.weights)
    if asked.share(asked.named(text) & terms) < BESIDE * asked.share(terms):
        return replace(weighed, refused=TOO_LITTLE)
    return weighed


def pointed(weighed: Weighed, aim: Aim, question: Question, *, best: float) -> Weighed:
    """Return ``weighed`` in the light of what was asked, refused where it does not speak to it.

    Args:
        weighed: A sentence of a source that may answer.
        aim: How likely a sentence is what was asked for.
        question: As understood.
        best: Score of the best passage that was found.
    """
    if weighed.refused:
        return weighed
    candidate, asked = weighed.candidate, aim.asked
    if refused := off_the_point(candidate, question, asked):
        return replace(weighed, refused=refused)
    share = asked.share(asked.named(candidate.keyed))
    in_passing = question.kinds[0] is not QuestionKind.DEFINITION and candidate.move in PASSING
    if in_passing and share < OF_ALL:
        return replace(weighed, refused=TOO_LITTLE)
    odds = aim.score(candidate, best=best)
    if odds < (aim.least if share else SPEAKS):  # what names nothing asked must be likely by all else
        return replace(weighed, refused=NOT_ASKED)
    return replace(
        weighed,
        score=weighed.score + NAMED * share,
        doubtful=weighed.doubtful or odds < SPEAKS,
        beside=share >= ALL or (share >= BESIDE and odds >= MISSED),
    )


def off_the_point(candidate: Candidate, question: Question, asked: QuestionWords) -> str:
    """Return why a sentence says nothing of what is asked though it names it, or empty."""
    folded = fold(candidate.text)
    if _OF_THE_SAMPLE.search(folded) and not _OF_THE_SAMPLE.search(fold(question.asked)):
        return "says who took part"
    kind = question.kinds[0]
    if kind is QuestionKind.HARMS and Facet.SAFETY not in candidate.facets:
        return "on another facet"
    if kind is QuestionKind.DEFINITION and _ASKS_WHAT.match(fold(question.asked)):
        return "" if _defines(candidate, asked) else "does not say what it is"
    return ""


def _defines(candidate: Candidate, asked: QuestionWords) -> bool:
    """Tell whether a sentence opens with the thing asked about and says what it is."""
    opening = f" {' '.join(candidate.keyed.split()[:OPENING])} "
    if asked.coverage(opening) < OF_ALL or _LEADS_ELSEWHERE.match(candidate.text):
        return False
    return candidate.move is Move.DEFINITION or _SAYS_WHAT.match(candidate.text) is not None
