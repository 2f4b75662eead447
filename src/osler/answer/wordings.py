"""Whole questions in plain words, made from what is asked, of which drug, in which condition, in whom.

Follow-up questions and suggestions are worded here, so that both read as a person would ask. Each
wording is understood by ``retrieval.understand`` as the kind that it was made for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from osler.model.question import QuestionKind
from osler.retrieval import lexicon
from osler.retrieval.vocabulary import Vocabulary
from osler.text.drug_names import is_drug


class Wording(NamedTuple):
    """One kind of question: with a drug (and perhaps its condition), and with a condition alone.

    ``{place}`` stands for " in" and the condition, or for nothing, ``{is}`` for the verb that fits. An
    empty wording means that the kind makes no question of this.
    """

    of_drug: str
    of_condition: str


WORDINGS: Final[dict[QuestionKind, Wording]] = {
    QuestionKind.MECHANISM: Wording(
        "What is the mechanism of action of {drug}{place}?", "What is the pathogenesis of {condition}?"
    ),
    QuestionKind.KINETICS: Wording("What is the half-life of {drug}?", ""),
    QuestionKind.DOSE: Wording(
        "What dose of {drug} is used{place}?", "Which doses are used in {condition}?"
    ),
    QuestionKind.ROUTE: Wording("By which route {is} {drug} given{place}?", ""),
    QuestionKind.EFFECT: Wording(
        "How effective {is} {drug}{place}?", "Which treatment is effective in {condition}?"
    ),
    QuestionKind.PROGNOSIS: Wording(
        "What is the survival with {drug}{place}?", "What is the survival in {condition}?"
    ),
    QuestionKind.HARMS: Wording(
        "What are the adverse effects of {drug}{place}?",
        "What are the adverse effects of treatment in {condition}?",
    ),
    QuestionKind.CONTRAINDICATION: Wording("When {is} {drug} contraindicated{place}?", ""),
    QuestionKind.INTERACTION: Wording("Which drugs interact with {drug}?", ""),
    QuestionKind.DIAGNOSIS: Wording("", "How is {condition} diagnosed?"),
    QuestionKind.MONITORING: Wording(
        "What should be monitored during {drug}{place}?", "What should be monitored in {condition}?"
    ),
    QuestionKind.LICENCE: Wording("{Is} {drug} licensed{place}?", ""),
    QuestionKind.TREATMENT: Wording(
        "What do guidelines recommend on {drug}{place}?", "How is {condition} treated?"
    ),
    QuestionKind.COMPARISON: Wording(
        "What are the alternatives to {drug}{place}?", "How is {condition} treated?"
    ),
    QuestionKind.DEFINITION: Wording("What {is} {drug}?", "What is {condition}?"),
}

_IN_WHOM: Final[dict[str, str]] = {
    "newborn": "in newborns",
    "child": "in children",
    "adult": "in adults",
    "old age": "in the elderly",
    "pregnancy": "in pregnancy",
    "renal impairment": "with renal impairment",
    "hepatic impairment": "with hepatic impairment",
}
_KEEPS_THE_WORD: Final = frozenset({"renal impairment", "hepatic impairment", "pregnancy"})
"""Modifiers under which things differ (dialysis, renal failure), so that the asker's word is kept."""


def word_question(
    kind: QuestionKind, *, drug: str = "", condition: str = "", whom: Iterable[str] = ()
) -> str:
    """Return a question of ``kind`` in words, or empty when none can be made of what is given.

    Args:
        kind: What is asked.
        drug: Name of a drug, or empty.
        condition: Name of a condition, or empty.
        whom: Tails such as ``in children``, in order.
    """
    wording = WORDINGS.get(kind, WORDINGS[QuestionKind.EFFECT])
    template = wording.of_drug if drug and wording.of_drug else wording.of_condition if condition else ""
    if not template:
        return ""
    place = f" in {condition}" if condition else ""
    drug = drug.lower() if drug.istitle() and is_drug(drug) else drug
    verb = "are" if drug.endswith("s") and not drug.endswith(("us", "ss", "is")) else "is"
    text = template.format(
        **{"drug": drug, "condition": condition, "place": place, "is": verb, "Is": verb.title()}
    )
    return add_tail(text, whom)


def as_written(term: str, vocabulary: Vocabulary) -> str:
    """Return ``term`` as a person writes it: what the library knows as an abbreviation in capitals."""
    short = term.islower() and " " not in term and bool(vocabulary.long_forms(term.upper()))
    return term.upper() if short else term


def add_tail(question: str, whom: Iterable[str]) -> str:
    """Return ``question`` with tails such as ``in children`` before its question mark."""
    text = " ".join([question.rstrip(" ?.!"), *whom])
    return f"{text[:1].upper()}{text[1:]}?"


def in_whom(modifier: str, said: str = "") -> str:
    """Return a modifier as the tail of a question, in the asker's own word where words differ.

    Args:
        modifier: Name of a modifier, such as ``renal impairment``.
        said: Words in which it was asked or stored, such as ``on dialysis``; may be empty.
    """
    found = lexicon.MODIFIERS[modifier].search(said.lower()) if said else None
    if found is None or modifier not in _KEEPS_THE_WORD:
        return _IN_WHOM[modifier]
    word = found.group()
    if modifier == "pregnancy" and word.startswith(("breast", "lactat")):
        return f"during {'lactation' if word == 'lactating' else word}"
    if modifier == "pregnancy":
        return f"in {word} women" if _ADJECTIVE.fullmatch(word) else f"in {word}"
    return f"on {word}" if word in _ON else f"with {word}"


_ADJECTIVE: Final = re.compile(r"pregnant")
_ON: Final = frozenset({"dialysis", "haemodialysis", "hemodialysis", "crrt", "haemofiltration"})
