"""What the ledger reads: the cited words of a statement, what surrounds them, and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from osler.model.question import ConceptRole, Question
from osler.model.source import Source
from osler.text.drug_names import is_drug
from osler.text.normalise import Word, fold, hyphenated_words
from osler.text.terms import find_abbreviations


@dataclass(frozen=True)
class Stated:
    """One statement as the ledger reads it.

    Attributes:
        statement: ``st_…``.
        text: The cited words, nothing added.
        passage: The passage they stand in.
        source: Its bibliographic record.
        drugs: Folded names of drugs that the question used, each with the name it is known by.
        forms: Short → long for abbreviations that the question's own terms explain.
    """

    statement: str
    text: str
    passage: str
    source: Source
    drugs: Mapping[str, str]
    forms: Mapping[str, str]

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """Short → long, as the source itself defines them; then those of the question."""
        own = find_abbreviations(f"{self.source.title or ''}. {self.passage}")
        return {**self.forms, **{pair.short: pair.long for pair in own}}

    @cached_property
    def drug_words(self) -> list[tuple[str, Word]]:
        """The drugs that the words name, by the name each is known by, in order."""
        return [(name, word) for word in hyphenated_words(self.text) if (name := self._drug(word.text))]

    def drug_of_title(self) -> str | None:
        """Return the one drug that the title names, or None when it names none or several."""
        words = hyphenated_words(self.source.title or "")
        named = {name for word in words if (name := self._drug(word.text))}
        return named.pop() if len(named) == 1 else None

    def _drug(self, word: str) -> str:
        folded = fold(word)
        return self.drugs.get(folded) or (folded if is_drug(folded) else "")


def known_drugs(question: Question) -> dict[str, str]:
    """Return each one-word spelling of the question's drugs with the name they are known by here."""
    asked = question.with_role(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR)
    return {
        fold(variant): fold(concept.text)
        for concept in asked
        for variant in concept.variants
        if " " not in variant
    }


def known_forms(question: Question) -> dict[str, str]:
    """Return short → long for the question's own terms that have both forms."""
    forms: dict[str, str] = {}
    for concept in question.concepts:
        longs = [variant for variant in concept.variants if " " in variant]
        shorts = [v for v in (concept.text, *concept.variants) if " " not in v]
        forms.update({short.upper(): longs[0] for short in shorts if longs})
    return forms
