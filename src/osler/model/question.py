"""A question as understood: kinds, terms with their variants, links of a relation, modifiers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class QuestionKind(StrEnum):
    """What is asked."""

    TREATMENT = "treatment"
    DOSE = "dose"
    MECHANISM = "mechanism"
    KINETICS = "kinetics"
    DIAGNOSIS = "diagnosis"
    PROGNOSIS = "prognosis"
    HARMS = "harms"
    INTERACTION = "interaction"
    CONTRAINDICATION = "contraindication"
    COMPARISON = "comparison"
    DEFINITION = "definition"
    EFFECT = "effect"
    ASSOCIATION = "association"
    MONITORING = "monitoring"
    ROUTE = "route"
    LICENCE = "licence"
    GENERAL = "general"


class Facet(StrEnum):
    """What a statement is about; the sections of an answer."""

    MECHANISM = "mechanism"
    KINETICS = "kinetics"
    DOSE = "dose"
    ADMINISTRATION = "administration"
    EFFICACY = "efficacy"
    SURVIVAL = "survival"
    RELAPSE = "relapse"
    SAFETY = "safety"
    DIAGNOSIS = "diagnosis"
    RECOMMENDATION = "recommendation"
    MONITORING = "monitoring"
    LICENCE = "licence"
    FINDING = "finding"
    DEFINITION = "definition"


class ConceptRole(StrEnum):
    """The part a term plays in the question (PICO, and the target of a mechanism)."""

    POPULATION = "population"
    INTERVENTION = "intervention"
    COMPARATOR = "comparator"
    OUTCOME = "outcome"
    CONDITION = "condition"
    EXCLUDED = "excluded"
    TARGET = "target"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Concept:
    """One term of the question.

    Attributes:
        text: As asked.
        role: Its part in the question.
        variants: Folded spellings that mean the same, the asked one first: abbreviation and full form
            learnt from the library, British and American spelling, plural and singular.
        start: Offset in the question as asked, or -1 for a term that was inferred.
        end: One past the last code point, or -1.
    """

    text: str
    role: ConceptRole
    variants: tuple[str, ...]
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Part:
    """One link of a relation that the answer needs evidence for, such as drug → target."""

    name: str
    concepts: tuple[Concept, ...]
    facet: Facet


@dataclass(frozen=True, slots=True)
class Clarification:
    """One short question back, and why it is asked."""

    ask: str
    why: str


@dataclass(frozen=True, slots=True)
class Rewording:
    """Words of a question that are also searched as others; what was asked is always searched as well.

    Attributes:
        aid: Name of the aid that found it: ``spelling``, ``lay`` or ``brands``.
        found: The words as typed.
        put: What they are also searched as, folded, the likeliest first; any of them will do. Two
            substances of one product are two rewordings of the same words.
        why: In a few words, for a reader.
        start: Offset of ``found`` in the question as asked.
        end: One past its last code point.
    """

    aid: str
    found: str
    put: tuple[str, ...]
    why: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood.

    Attributes:
        asked: Exactly as asked.
        normalised: The wording it was matched to: the same for rephrasings that mean the same.
        kinds: What is asked, the main kind first.
        concepts: Terms, in order of appearance.
        modifiers: Child, pregnancy, renal impairment and the like, as folded words.
        parts: Links that need evidence.
        follows: ``ans_…`` it follows, or None.
        searched_as: What some of its words are also searched as, in order of appearance.
    """

    asked: str
    normalised: str
    kinds: tuple[QuestionKind, ...]
    concepts: tuple[Concept, ...] = ()
    modifiers: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    follows: str | None = None
    searched_as: tuple[Rewording, ...] = ()

    def with_role(self, *roles: ConceptRole) -> tuple[Concept, ...]:
        """Return the concepts that play one of ``roles``, in order."""
        return tuple(concept for concept in self.concepts if concept.role in roles)

    @property
    def searched(self) -> str:
        """The question with what its words are also searched as, each behind the word it was made of."""
        text, place = "", 0
        for entry in self.searched_as:
            text += f"{self.asked[place : entry.end]} {entry.put[0]}"
            place = max(entry.end, place)
        return text + self.asked[place:]
