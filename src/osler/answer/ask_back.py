"""When a question cannot be answered as asked, and which short questions back would make it one.

Each question back takes up the asker's own words and asks only for what decides which evidence is looked
for; what the library does not hold is not asked about. Invents nothing about a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from osler.answer.gaps import (
    CHANGES,
    COMPLAINTS,
    EMPTY_WORDS,
    FINDING_WORDS,
    GAPS,
    GREETING,
    MEASURED,
    OF_A_PERSON,
    OWN,
    PERSON,
)
from osler.answer.red_flags import tells_of_someone
from osler.model.question import Clarification, Concept, ConceptRole, Facet, Question, QuestionKind
from osler.retrieval import lexicon
from osler.text.disease_names import NEEDS_A_WORD_BEFORE
from osler.text.normalise import STOP_WORDS, fold

Held = Callable[[Concept], tuple[Facet, ...]]
"""Gives the facets on which the library has evidence about a term, the one with most first."""

MOST_BACK: Final = 5
MOST_NAMED: Final = 5
MOST_TERMS: Final = 2  # of a question on one person that names neither a medicine nor an illness
LONGEST_SUBJECT: Final = 5  # words of a question that only names a subject
LONGEST_SAID: Final = 60  # characters of the asker's words that a question back takes up

_VAGUE: Final = lexicon.VAGUE_WORDS | lexicon.GENERIC_WORDS | lexicon.TALK | STOP_WORDS
_EMPTY: Final = _VAGUE | EMPTY_WORDS
_OF_A_PERSON: Final = _VAGUE | FINDING_WORDS | NEEDS_A_WORD_BEFORE | COMPLAINTS
_NUMBER: Final = re.compile(r"\d+(?:[.,/]\d+)*[a-z%]{0,2}")
_WHAT_NOW: Final = re.compile(
    r"\bwhat (?:now|next|do i do|should i do|does (?:it|that) mean)\b|\bplan\b"
)
_ASKS: Final = re.compile(
    r"\W*(?:who|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|may|has|have"
    r"|(?:what|which) (?!about\b))\b"
)
_ASKED_AS: Final[dict[Facet, str]] = {
    Facet.RECOMMENDATION: "what is recommended",
    Facet.DOSE: "dose",
    Facet.MECHANISM: "how it works",
    Facet.SAFETY: "harms",
    Facet.EFFICACY: "whether it works",
    Facet.DIAGNOSIS: "diagnosis",
    Facet.SURVIVAL: "survival",
    Facet.RELAPSE: "relapse",
    Facet.KINETICS: "half-life and clearance",
    Facet.MONITORING: "monitoring",
    Facet.ADMINISTRATION: "route",
    Facet.LICENCE: "licence",
}

_PUT_TO_ALL: Final = re.compile(
    r"\?\W*$|^\W*(?:please |briefly )*"
    r"(?:list|describe|name|define|explain|summari[sz]e|compare|discuss|outline)\b"
)
"""Asks, or orders an answer, and tells of nobody."""


def ask_back(question: Question, held: Held) -> tuple[Clarification, ...]:
    """Return what must be asked before an answer makes sense; empty when it can be looked for.

    Args:
        question: As understood.
        held: What the library has on a term; asked at most once.
    """
    if _is_about_an_unknown(question):
        return _fill_gaps(question, held)[:MOST_BACK]
    back = _ask_what_ails(question)
    subject = _bare_subject(question)
    if back or subject is None:
        return back
    given = subject.role is ConceptRole.INTERVENTION
    found = [facet for facet in held(subject) if not (given and facet is Facet.DIAGNOSIS)]
    facets = [_ASKED_AS[facet] for facet in found if facet in _ASKED_AS][:MOST_NAMED]
    if len(facets) < 2:
        return ()
    ask = f"What about {subject.text}: {', '.join(facets[:-1])} or {facets[-1]}?"
    why = "the library has evidence on each of these, and the question asks for none"
    return (Clarification(ask, why),)


def speaks_of_a_person(question: Question) -> bool:
    """Tell whether the question is about one person, as far as its words say."""
    folded = fold(question.asked)
    if PERSON.search(folded):
        return True
    return tells_of_someone(folded) and _PUT_TO_ALL.search(folded) is None


def _ask_what_ails(question: Question) -> tuple[Clarification, ...]:
    """Return what is asked of what one person has, where neither a medicine nor an illness is named.

    Two such words ("my wound looks red") meet in some sentence of any library, which answers nothing.
    """
    roles = (ConceptRole.INTERVENTION, ConceptRole.COMPARATOR, ConceptRole.CONDITION)
    named = any(fold(c.text) not in NEEDS_A_WORD_BEFORE for c in question.with_role(*roles))
    terms = [concept for concept in question.concepts if _says_something(concept, _OF_A_PERSON)]
    personal = OWN.search(fold(question.asked)) is not None and not _measured(question.asked)
    if named or len(terms) > MOST_TERMS or not personal:
        return ()
    asked = " ".join(question.asked.split())
    found = OF_A_PERSON.cue.search(asked)
    if found is None:
        return (_ask_subject(asked),)
    return (Clarification(OF_A_PERSON.ask.format(said=found.group()), OF_A_PERSON.why),)


def _is_about_an_unknown(question: Question) -> bool:
    """Tell whether nothing is named that evidence could be looked for.

    A value or a complaint of one person is not enough: what it means depends on a medicine or an illness
    that is not stated.
    """
    if not any(_says_something(concept, _EMPTY) for concept in question.concepts):
        return True
    folded = fold(question.asked)
    measured = frozenset(word for term in _measured(question.asked) for word in term.split())
    if not PERSON.search(folded) and not (measured and _WHAT_NOW.search(folded)):
        return False
    terms = [concept for concept in question.concepts if _says_something(concept, _OF_A_PERSON)]
    return all(set(fold(concept.text).split()) <= measured for concept in terms)


def _says_something(concept: Concept, nothing: frozenset[str]) -> bool:
    return concept.role is not ConceptRole.POPULATION and any(
        word.removesuffix("'s") not in nothing and not _NUMBER.fullmatch(word)
        for word in fold(concept.text).split()
    )


def _measured(asked: str) -> tuple[str, ...]:
    """Return the folded terms that a value is given for: ``my potassium is 6.6``."""
    return tuple(fold(m["what"] or m["which"] or "") for m in MEASURED.finditer(asked))


def _bare_subject(question: Question) -> Concept | None:
    """Return the only term of a question that asks nothing about it, or None."""
    short = len(question.asked.split()) <= LONGEST_SUBJECT and not _ASKS.match(fold(question.asked))
    only = question.kinds[0] is QuestionKind.GENERAL and len(question.concepts) == 1
    return question.concepts[0] if short and only else None


def _fill_gaps(question: Question, held: Held) -> tuple[Clarification, ...]:
    asked = " ".join(question.asked.split())
    if not any(character.isalnum() for character in asked):
        ask = "What would you like to know, and about which medicine, illness or test?"
        return (Clarification(ask, "nothing was asked"),)
    value = MEASURED.search(asked)
    if value:
        return (_ask_behind(value.group().strip(), question, held),)
    gap = next(((g, found) for g in GAPS if (found := g.cue.search(asked))), None)
    if gap is None:
        return (_ask_subject(asked),)
    back = [Clarification(gap[0].ask.format(said=gap[1].group().strip()), gap[0].why)]
    change = CHANGES.cue.search(asked)
    if change:
        back.append(Clarification(CHANGES.ask.format(said=change.group()), CHANGES.why))
    return tuple(back)


def _ask_behind(said: str, question: Question, held: Held) -> Clarification:
    """Return the question what stands behind a value, with what the library has on what was measured."""
    measured = set(_measured(question.asked))
    term = next((c for c in question.concepts if fold(c.text) in measured), None)
    why = "what a value means depends on it, and it is not stated"
    if term is not None and not held(term):
        why = f"this library has nothing on {term.text} alone; evidence is found by illness or medicine"
    return Clarification(f"Which illness or medicine stands behind “{said}”?", why)


def _ask_subject(asked: str) -> Clarification:
    short = asked if len(asked) <= LONGEST_SAID else f"{asked[: LONGEST_SAID - 1].rstrip()}…"
    short = short.rstrip("?.! ")
    ask = f"Which medicine, illness or test is “{short}” about?"
    if GREETING.fullmatch(short.lower()):
        ask = f"“{short}” is heard: what would you like to know, about which medicine or illness?"
    return Clarification(ask, "the question names none")
