"""Whether two questions are the same one, whoever asks: kind, what they name, modifiers.

Wordings do not matter, nor the reader: a term is the same where the two share a spelling, an
abbreviation and its long form included. Says why in words; decides nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from osler.model.article import Subject, Term
from osler.model.question import ConceptRole, Question
from osler.text.normalise import fold

LONGEST_SLUG: Final = 80
_NO_LETTER: Final = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Same:
    """That two questions are the same, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Kin:
    """That two articles are related, and what they share."""

    why: str


def subject_of(question: Question) -> Subject:
    """Return what ``question`` is about; people that a modifier already names are not named twice."""
    terms = tuple(
        Term(concept.role, concept.text, tuple(dict.fromkeys((fold(concept.text), *concept.variants))))
        for concept in question.concepts
        if concept.role is not ConceptRole.POPULATION or not question.modifiers
    )
    return Subject(question.kinds[0].value, terms, question.modifiers)


def same_question(one: Subject, other: Subject) -> Same | None:
    """Return why two subjects are one question, or None where they are not.

    A question that names nothing is the same as no other.
    """
    if one.kind != other.kind or sorted(one.modifiers) != sorted(other.modifiers):
        return None
    if not one.terms or len(one.terms) != len(other.terms):
        return None
    pairs = _pairs(one.terms, other.terms)
    if pairs is None:
        return None
    said = [f"the same kind ({one.kind})"]
    said += [f"the same {mine.role.value} ({_both(mine, theirs)})" for mine, theirs in pairs]
    if one.modifiers:
        said.append(f"the same modifiers ({', '.join(sorted(one.modifiers))})")
    return Same(", ".join(said))


def kin(one: Subject, other: Subject) -> Kin | None:
    """Return what two articles on different questions share: a drug or a condition."""
    shared = [
        f"also on {mine.text}"
        for mine in one.terms
        if mine.role in _KIN and any(_alike(mine, theirs) for theirs in other.terms)
    ]
    return Kin(", ".join(dict.fromkeys(shared))) if shared else None


def shares_a_condition(one: Subject, other: Subject) -> bool:
    """Tell whether both name the same condition."""
    return any(
        mine.role is theirs.role is ConceptRole.CONDITION and _alike(mine, theirs)
        for mine in one.terms
        for theirs in other.terms
    )


_KIN: Final = frozenset({ConceptRole.INTERVENTION, ConceptRole.CONDITION, ConceptRole.COMPARATOR})


def _pairs(mine: Sequence[Term], theirs: Sequence[Term]) -> list[tuple[Term, Term]] | None:
    """Return each term with its like, or None where one has none."""
    left = list(theirs)
    pairs: list[tuple[Term, Term]] = []
    for term in mine:
        like = next((other for other in left if term.role is other.role and _alike(term, other)), None)
        if like is None:
            return None
        left.remove(like)
        pairs.append((term, like))
    return pairs


def _alike(one: Term, other: Term) -> bool:
    return bool(set(one.variants) & set(other.variants))


def _both(mine: Term, theirs: Term) -> str:
    return mine.text if fold(mine.text) == fold(theirs.text) else f"{mine.text} = {theirs.text}"


def slug_of(asked: str) -> str:
    """Return ``asked`` as part of an address: lower-case words of plain letters, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", asked).encode("ascii", "ignore").decode().lower()
    words = _NO_LETTER.sub("-", plain).strip("-")
    if len(words) > LONGEST_SLUG:
        words = words[:LONGEST_SLUG].rpartition("-")[0] or words[:LONGEST_SLUG]
    return words or "question"
