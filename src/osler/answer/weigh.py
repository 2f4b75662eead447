"""How well one sentence answers the question: gates first, then a score whose terms can be read.

Two ways of asking need two ways of weighing. A question about a named drug or condition (its dose, its
mechanism, its harms) is answered by sentences that name them and speak on that facet. A free question
("can tailored interventions increase mammography use?") is answered by sentences that are likelier to
answer it than not, as ``fit`` tells.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from osler.answer.facets import speaks_on
from osler.answer.fit import Fit
from osler.answer.research_talk import tells_of_research
from osler.answer.sentences import MAX_WORDS, Candidate
from osler.model.passage import Role
from osler.model.question import Concept, ConceptRole, Facet, Question, QuestionKind
from osler.model.source import Design
from osler.retrieval import lexicon
from osler.retrieval.appraise import DESIGN_RANK, Directness, source_speaks
from osler.retrieval.matching import names
from osler.text.anaphora import opening_connective
from osler.text.drug_names import is_drug
from osler.text.language import is_foreign
from osler.text.moves import Move
from osler.text.names import keyed
from osler.text.normalise import fold, hyphenated_words
from osler.text.people import ADULT_HEADINGS, Group, groups_in
from osler.text.routes import routes_in
from osler.text.treatments import names_treatment, says_what_to_do

MOVE_WEIGHT: Final[dict[Move, float]] = {
    Move.RECOMMENDATION: 1.0,
    Move.FINDING: 1.0,
    Move.DEFINITION: 0.8,
    Move.BACKGROUND: 0.3,
}
ROLE_WEIGHT: Final[dict[Role, float]] = {
    Role.CONCLUSIONS: 0.35,
    Role.RECOMMENDATION: 0.35,
    Role.RESULTS: 0.2,
    Role.DISCUSSION: 0.15,
    Role.UNLABELLED: 0.1,
    Role.TABLE: -0.3,
    Role.BACKGROUND: -0.2,
    Role.OBJECTIVE: -0.5,
    Role.METHODS: -0.5,
}
# A heading that the source's own conversion glued to the sentence.
_DEBRIS: Final = re.compile(
    r"\*\*|\n|\\n|</?[a-z]{1,6}>|^UNLABELLED\b|^(?:Abstract )?"
    r"(?:Background|Objectives?|Aims?|Methods?|Results?|Discussion|Conclusions?)[A-Z]"
    r"|^(?:[A-Z]+ ){0,4}(?:BACKGROUND|INTRODUCTION|OBJECTIVES?|PURPOSE|DESIGN|SETTING|PATIENTS|METHODS?"
    r"|FINDINGS|RESULTS|CONCLUSIONS?) ?:"
)
ADULT_AGE: Final = 19
_AGES: Final = re.compile(r"\baged? \d{1,2}\D{1,4}(\d{1,2})\b")
ELSEWHERE: Final = 1.2  # taken off where a title or a sentence is about another drug or disease
DOSED_APART: Final = ("newborn", "pregnancy", "renal impairment", "hepatic impairment")
"""People who get a dose of their own, which leads no answer for others."""
APART: Final = 3.0  # taken off it: more than the condition named and its title bring
OPENING: Final = 80  # characters within which a definition names its subject
CONNECTIVE: Final = 0.1
TELLS_USE: Final = frozenset(
    {Facet.DOSE, Facet.ADMINISTRATION, Facet.RECOMMENDATION, Facet.LICENCE, Facet.DIAGNOSIS}
)
"""Facets of a sentence that may name a harm as whom it is about, and not as what came of the drug."""
TITLED: Final = 1.0  # for a source that is about the condition, and does not only mention it
ODDS: Final = 0.2
"""What the odds of answering weigh beside the place of a sentence."""
CHOICE: Final = 1.5  # for what says that a treatment works, is used or is the one to choose
COURSE: Final = frozenset({Facet.SURVIVAL, Facet.RELAPSE})
_MISSING: Final = re.compile(
    r"[^.;,]{0,40}?\b(?:not (?:state|report|sa(?:y|id)|given|specif|known)|unstated)"
)
BY_SIZE: Final = 0.05  # for each tenfold of people studied: decides between equals, and no more


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate as weighed.

    Attributes:
        candidate: The sentence.
        score: Higher is better; comparable within one question only.
        directness: How closely it fits the drug and the condition.
        refused: Why it cannot be printed; empty when it can.
        doubtful: Whether it is likelier not to answer, and printed all the same.
        beside: Whether it may stand beside one that answers better.
    """

    candidate: Candidate
    score: float
    directness: Directness
    refused: str = ""
    doubtful: bool = False
    beside: bool = True


def refuse_by_form(candidate: Candidate) -> str:
    """Return why a sentence cannot be printed whatever is asked, or empty."""
    if candidate.role is Role.OBJECTIVE:
        return "aim, not a finding"
    if candidate.length > MAX_WORDS:
        return f"longer than {MAX_WORDS} words"
    if not candidate.move.is_evidence:
        return f"{candidate.move.value}, not a finding"
    if candidate.loose:
        return "not understandable alone"
    if is_foreign(candidate.text):
        return "in another language"
    if _DEBRIS.search(candidate.text):
        return "holds debris of a heading"
    if tells_of_research(fold(candidate.text)):
        return "says that there is research, not what it found"
    return ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The drug, the condition and what else a question about them names.

    Attributes:
        drugs: Concepts that a sentence must name (itself or by its title).
        conditions: The condition asked about.
        related: Conditions that the library writes beside it (``HLH/MAS``).
        others: Topics and populations that raise the score.
        wanted: Facets that answer.
        groups: Populations that a sentence or its title must name, such as children.
        topics: Terms of which a sentence must name one, when no drug is asked about.
        excluded: Drugs that are not wanted.
        attributes: Properties asked for by name, such as the half-life.
        adults: Whether adults are asked about, so that evidence from children cannot answer.
        together: Whether every drug must be named: how two of them interact, one alone does not tell.
        treatment: Whether the treatment of a condition is asked for and none is named.
        only_topics: Topics beside a drug where no condition is known, of which a passage must name one.
        unasked: What tells a dose for people whom the question does not speak of.
    """

    drugs: tuple[Concept, ...]
    conditions: tuple[Concept, ...]
    related: tuple[Concept, ...]
    others: tuple[Concept, ...]
    wanted: tuple[Facet, ...]
    groups: tuple[Concept, ...] = ()
    topics: tuple[Concept, ...] = ()
    excluded: tuple[Concept, ...] = ()
    attributes: tuple[re.Pattern[str], ...] = ()
    adults: bool = False
    together: bool = False
    treatment: bool = False
    only_topics: tuple[Concept, ...] = ()
    unasked: tuple[re.Pattern[str], ...] = ()


def anchor_of(
    question: Question, related: tuple[Concept, ...], *, kind: QuestionKind | None = None
) -> Anchor:
    """Return the anchor of a question that names a drug or a condition; of its main kind or ``kind``."""
    return Anchor(
        drugs=question.with_role(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR),
        conditions=question.with_role(ConceptRole.CONDITION),
        related=related,
        others=question.with_role(ConceptRole.TOPIC, ConceptRole.POPULATION, ConceptRole.OUTCOME),
        wanted=facets_wanted(question, kind or question.kinds[0]),
        groups=_groups_of(question),
        topics=_topics_of(question),
        excluded=question.with_role(ConceptRole.EXCLUDED),
        attributes=tuple(a for a in lexicon.ATTRIBUTES if a.search(fold(question.asked))),
        adults="adult" in question.modifiers and "child" not in question.modifiers,
        only_topics=()
        if question.with_role(ConceptRole.CONDITION) or not question.with_role(ConceptRole.INTERVENTION)
        else question.with_role(ConceptRole.TOPIC),
        unasked=_others_than_asked(question) if (kind or question.kinds[0]) is QuestionKind.DOSE else (),
        treatment=(kind or question.kinds[0]) is QuestionKind.TREATMENT
        and not question.with_role(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR),
        together=(kind or question.kinds[0]) is QuestionKind.INTERACTION,
    )


def _others_than_asked(question: Question) -> tuple[re.Pattern[str], ...]:
    """Return what tells that a dose is for people who get another one, none of whom is asked about."""
    return tuple(
        lexicon.MODIFIERS[modifier] for modifier in DOSED_APART if modifier not in question.modifiers
    )


def facets_wanted(question: Question, kind: QuestionKind) -> tuple[Facet, ...]:
    """Return the facets that answer; of survival and relapse only the one that is asked for by name."""
    wanted = lexicon.WANTED_FACETS.get(kind, ())
    if kind is QuestionKind.PROGNOSIS:
        named = tuple(facet for facet in wanted if speaks_on(question.asked, (facet,)))
        return named or wanted
    return wanted


def _topics_of(question: Question) -> tuple[Concept, ...]:
    """Return the terms of which a sentence must name one.

    Beside a condition these are the topics; beside a drug only the harm that is asked about.
    """
    topics = question.with_role(ConceptRole.TOPIC)
    if not question.with_role(ConceptRole.INTERVENTION):
        return topics
    outcomes = question.with_role(ConceptRole.OUTCOME)
    if question.kinds[0] is not QuestionKind.HARMS:
        return ()
    return outcomes or topics


def _groups_of(question: Question) -> tuple[Concept, ...]:
    """Return the populations that evidence must be about: one for each modifier but adults."""
    return tuple(
        concept
        for concept in question.with_role(ConceptRole.POPULATION)
        if any(
            lexicon.MODIFIERS[modifier].search(concept.variants[0])
            for modifier in question.modifiers
            if modifier != "adult"
        )
    )


def directness_of(candidate: Candidate, anchor: Anchor) -> Directness:
    """Return how closely a sentence fits the anchor's drug and condition."""
    title = keyed(candidate.source.title or "")
    record = keyed(" ; ".join((candidate.source.title or "", *candidate.source.substances)))
    named_drug = all(names(candidate.keyed, drug) or names(record, drug) for drug in anchor.drugs[:1])
    if not named_drug:
        return Directness.OFF
    if not anchor.conditions:
        return Directness.DIRECT
    if any(names(candidate.keyed, c) for c in anchor.conditions):
        return Directness.DIRECT
    if any(names(candidate.keyed, c) for c in anchor.related):
        return Directness.RELATED
    if _names_other_disease(candidate, anchor):
        # What a paper on one disease says of another holds for the other.
        return Directness.SAID_OTHERWISE
    if any(names(title, c) for c in anchor.conditions):
        return Directness.DIRECT
    return (
        Directness.RELATED if any(names(title, c) for c in anchor.related) else Directness.SAID_OTHERWISE
    )


def weigh_anchored(candidate: Candidate, anchor: Anchor) -> Weighed:
    """Return how well a sentence answers a question about a named drug or condition."""
    directness = directness_of(candidate, anchor)
    if refused := _refuse_off_anchor(candidate, anchor, directness):
        return Weighed(candidate, 0.0, Directness.OFF, refused)
    if refused := refuse_by_form(candidate):
        return Weighed(candidate, 0.0, directness, refused)
    named = sum(names(candidate.keyed, drug) for drug in anchor.drugs)
    title = keyed(candidate.source.title or "")
    here = any(names(candidate.keyed, condition) for condition in anchor.conditions)
    also = sum(names(candidate.keyed, concept) for concept in anchor.others)
    leading = bool(candidate.facets) and candidate.facets[0] in anchor.wanted[:2]
    score = (
        (3.0 if leading else 1.5)
        + (1.5 if speaks_on(candidate.text, anchor.wanted[:1]) else 0.0)
        + {Directness.DIRECT: 2.0, Directness.RELATED: 1.2}.get(directness, 0.0)
        + 0.8 * named
        + 1.5 * here
        + TITLED * any(names(title, condition) for condition in anchor.conditions)
        + 1.5 * also
        + CHOICE * (anchor.treatment and says_what_to_do(candidate.text))
        + 2.5 * sum(_gives(asked, candidate) for asked in anchor.attributes)
        - ELSEWHERE * _is_about_something_else(candidate, anchor)
        - APART * any(others.search(fold(candidate.text)) for others in anchor.unasked)
        + MOVE_WEIGHT.get(candidate.move, 0.0)
        + 0.1 * DESIGN_RANK[candidate.source.design]
        + BY_SIZE * math.log10(max(candidate.source.participants or 1, 1))
        + ROLE_WEIGHT.get(candidate.role, 0.0)
    )
    return Weighed(candidate, score, directness)


def _gives(asked: re.Pattern[str], candidate: Candidate) -> bool:
    """Tell whether a sentence gives what is asked for by name, and does not say that it is missing."""
    folded = fold(candidate.text)
    found = asked.search(folded)
    return found is not None and _MISSING.match(folded, found.end()) is None


def _refuse_off_anchor(candidate: Candidate, anchor: Anchor, directness: Directness) -> str:
    if directness is Directness.OFF:
        return f"does not name {anchor.drugs[0].text}"
    if anchor.only_topics and not any(names(candidate.around, one) for one in anchor.only_topics):
        return f"does not speak of {anchor.only_topics[0].text}"
    if anchor.together:
        record = keyed(candidate.source.title or "")
        for drug in anchor.drugs:
            if not names(candidate.keyed, drug) and not names(record, drug):
                return f"does not name {drug.text}"
    facets = candidate.facets
    names_harm = (
        bool(anchor.drugs)
        and not set(facets[:1]) & TELLS_USE
        and any(names(candidate.keyed, topic) for topic in anchor.topics)
    )
    if anchor.wanted and not names_harm and not set(facets) & set(anchor.wanted):
        return "on another facet"
    if anchor.treatment and not names_treatment(candidate.text):
        return "names no treatment"
    if Facet.DOSE in anchor.wanted and candidate.source.design is Design.LABORATORY:
        return "a dose for animals"
    if Facet.DEFINITION in anchor.wanted:
        subject = (*anchor.drugs[:1], *anchor.conditions[:1])[0]
        if not names(keyed(candidate.text[:OPENING]), subject):
            return f"does not define {subject.text}"
    if anchor.wanted[:1] == (Facet.ADMINISTRATION,) and not routes_in(candidate.text):
        return "names no route"
    if set(anchor.wanted[:1]) & COURSE and not _holds_with_the_drug(candidate, anchor):
        return f"does not say that it holds with {anchor.drugs[0].text}"
    if facets[:1] == (Facet.LICENCE,) and Facet.LICENCE not in anchor.wanted:
        return "on the licence, which is told apart"
    if Facet.DOSE in anchor.wanted and not speaks_on(candidate.text, anchor.wanted):
        return "gives no amount"
    if anchor.drugs and not any(names(candidate.keyed, drug) for drug in anchor.drugs):
        other = other_drug(candidate.text, anchor.drugs)
        if other:
            return f"about {other}, not {anchor.drugs[0].text}"
    if not anchor.drugs and directness is Directness.SAID_OTHERWISE:
        return f"does not name {anchor.conditions[0].text}"
    return _refuse_population(candidate, anchor)


def _holds_with_the_drug(candidate: Candidate, anchor: Anchor) -> bool:
    """Tell whether a figure is of patients given the drug, where a drug is asked about.

    A review titled after a drug also tells of the disease without it.
    """
    if not anchor.drugs or not source_speaks(candidate.source):
        return True
    return any(names(candidate.keyed, drug) for drug in anchor.drugs)


def _refuse_population(candidate: Candidate, anchor: Anchor) -> str:
    """Return why a sentence is about others than those asked about, or empty."""
    source = candidate.source
    for group in anchor.groups:
        # A study of adults is filed under adolescents as soon as one took part.
        young = lexicon.MODIFIERS["child"].search(group.variants[0]) is not None
        filed = () if young and ADULT_HEADINGS & set(map(fold, source.headings)) else source.headings
        record = keyed(" ; ".join((source.title or "", *filed)))
        if not names(candidate.keyed, group) and not names(record, group):
            return f"does not speak of {group.text}"
    if anchor.adults:
        groups = groups_in(candidate.text) or groups_in(candidate.source.title or "")
        ages = _AGES.search(fold(candidate.text))
        young = ages is not None and int(ages[1]) < ADULT_AGE
        if young or (Group.CHILDREN in groups and Group.ADULTS not in groups):
            return "about children, not adults"
    for drug in anchor.excluded:
        if names(candidate.keyed, drug):
            return f"about {drug.text}, which was excluded"
    if anchor.excluded and not anchor.drugs and not other_drug(candidate.text, anchor.excluded):
        return "names no other treatment"
    if anchor.topics and not any(names(candidate.keyed, topic) for topic in anchor.topics):
        return f"does not name {anchor.topics[0].text}"
    return ""


def _is_about_something_else(candidate: Candidate, anchor: Anchor) -> bool:
    """Tell whether a title is about another drug, or a sentence names a narrower or other disease."""
    title = candidate.source.title or ""
    if anchor.drugs and not names(keyed(title), anchor.drugs[0]) and other_drug(title, anchor.drugs):
        return True
    if not anchor.conditions:
        return False
    unasked = not (anchor.drugs or anchor.excluded or anchor.treatment)
    if unasked and other_drug(candidate.text, ()):
        return True
    return _names_other_disease(candidate, anchor)


def _names_other_disease(candidate: Candidate, anchor: Anchor) -> bool:
    """Tell whether a sentence names a disease that is neither the one asked about nor related to it."""
    if not candidate.diseases:
        return False
    known = [keyed(v) for c in (*anchor.conditions, *anchor.related) for v in c.variants]
    return any(all(disease not in name for name in known) for disease in candidate.diseases)


def other_drug(text: str, drugs: Iterable[Concept]) -> str:
    """Return a drug that ``text`` names and that is none of ``drugs``, or empty."""
    asked = {fold(variant) for drug in drugs for variant in drug.variants}
    for word in hyphenated_words(text):
        folded = fold(word.text)
        if len(folded) > 5 and folded not in asked and is_drug(folded):
            return word.text
    return ""


def weigh_free(candidate: Candidate, fit: Fit, question: Question, *, best: float) -> Weighed:
    """Return how well a sentence answers a free question: how likely it does at all, then its place.

    Args:
        candidate: The sentence.
        fit: How likely each sentence answers.
        question: As understood.
        best: Score of the best passage that was found.
    """
    odds = fit.score(candidate, best=best)
    if odds <= fit.least:
        return Weighed(candidate, 0.0, Directness.OFF, "is likelier not to answer the question")
    refused = refuse_by_form(candidate)
    drugs = question.with_role(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR)
    if not refused and drugs and not any(names(candidate.keyed, drug) for drug in drugs):
        other = other_drug(candidate.text, drugs)
        refused = f"about {other}, not {drugs[0].text}" if other else ""
    if refused:
        return Weighed(candidate, 0.0, Directness.DIRECT, refused)
    score = (
        ODDS * odds
        + ROLE_WEIGHT.get(candidate.role, 0.0)
        + 0.2 * MOVE_WEIGHT.get(candidate.move, 0.0)
        + (0.1 * candidate.position if candidate.role is Role.UNLABELLED else 0.0)
        - (CONNECTIVE if opening_connective(candidate.text) else 0.0)
    )
    return Weighed(candidate, score, Directness.DIRECT, doubtful=odds <= 0.0)
