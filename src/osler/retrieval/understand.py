"""From a question as typed to a question as understood: kinds, terms, variants, links.

The normalised wording is made from what was understood, not from the words, so that five ways of asking
the same thing become the same question and find the same evidence.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from osler.model.question import (
    Concept,
    ConceptRole,
    Facet,
    Part,
    Question,
    QuestionKind,
    Rewording,
)
from osler.retrieval import lexicon
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.reword import reword
from osler.retrieval.vocabulary import Vocabulary
from osler.text.disease_names import NEEDS_A_WORD_BEFORE, is_disease
from osler.text.drug_names import is_given
from osler.text.names import key_word
from osler.text.normalise import (
    STOP_WORDS,
    Word,
    fold,
    fold_spelling,
    hyphenated_words,
    spelling_variants,
)
from osler.text.people import is_people_word
from osler.text.routes import names_of_route
from osler.text.terms import find_abbreviations

LONGEST_TERM: Final = 5
DOMINANT: Final = 0.6  # share of its uses that makes one long form *the* meaning of an abbreviation
A_WORD: Final = 25  # a word met this many times as often as what it would stand for is no abbreviation
DIRECT_KINDS: Final = frozenset(lexicon.WANTED_FACETS)
TOLD_BY_WORDS: Final = frozenset(
    {
        QuestionKind.MONITORING,
        QuestionKind.TREATMENT,
        QuestionKind.INTERACTION,
        QuestionKind.HARMS,
        QuestionKind.CONTRAINDICATION,
        QuestionKind.LICENCE,
        QuestionKind.ROUTE,
        QuestionKind.PROGNOSIS,
    }
)
"""Kinds whose cue says nothing else: that of a diagnosis or of kinetics may be what is asked for."""
_AS_A_HARM: Final = re.compile(
    r"\b(?:risk of|causes?|lead to|leads to|induces?|increases?|raises?|triggers?|worsens?)"
    r" (?:the (?:rate|number|incidence) of )?(?:\w+ )?$"
)
_QUALIFIER: Final = re.compile(r"[A-Ka-k]\d{0,2}|\d{1,2}|I{1,3}|IV|V?I{0,3}|VIII|IX|X[I]{0,3}")
_HARM: Final = re.compile(r"\b(?:caus(?:e|es|ed|ing)|leads? to|induces?|risk of)\b")
_TRANSPLANT: Final = re.compile(r"\btransplant(ation)?$")
_SECONDARY: Final = re.compile(r"^[sp](?=[A-Z]{2,}$)")
_ABBREVIATION: Final = re.compile(r"^(?=.*[A-Z])[A-Za-z0-9][A-Za-z0-9\-/]{1,9}$")


# Wordings that decide what is asked first where several kinds are cued.
_ASKED_FIRST: Final = (
    (QuestionKind.MONITORING, re.compile(r"\bcheck(?:ed|ing)?\b|\bmonitor\w*\b")),
    (QuestionKind.TREATMENT, re.compile(r"\bguidelines?\b|\bguidance\b|\brecommend\w*\b")),
    (QuestionKind.HARMS, re.compile(r"\b(?:increases?|raises?) the risk of\b")),
    (
        QuestionKind.EFFECT,
        re.compile(r"^(?:does|do|did|can|could|will|would)\b.*\b(?:reduc|improv|prevent|lower|increas)"),
    ),
)


_MAY_BE_HARMS: Final = frozenset(
    {QuestionKind.EFFECT, QuestionKind.GENERAL, QuestionKind.ASSOCIATION, QuestionKind.PROGNOSIS}
)


@dataclass(frozen=True, slots=True)
class _Term:
    """A stretch of the question that is one term; ``others`` are what it is also searched as."""

    text: str
    start: int
    end: int
    long: str = ""
    others: tuple[str, ...] = ()


def understand(
    asked: str,
    vocabulary: Vocabulary,
    *,
    follows: str | None = None,
    without: frozenset[Aid] = NOTHING,
) -> Question:
    """Return ``asked`` as understood with the words of one library, leaving out the aids ``without``.

    Never raises: of a question that names nothing, nothing is understood.
    """
    folded = fold(asked)
    kinds = find_kinds(folded)
    searched_as = reword(asked, vocabulary, without=without)
    terms = _find_terms(asked, vocabulary, searched_as)
    concepts = _assign_roles(asked, terms, vocabulary, without=without)
    drugs = any(concept.role is ConceptRole.INTERVENTION for concept in concepts)
    harmed = any(concept.role is ConceptRole.OUTCOME for concept in concepts)
    if drugs and kinds[0] in _MAY_BE_HARMS and (harmed or _HARM.search(folded)):
        # "Does X cause Y?" asks for a harm, not for a benefit.
        kinds = (QuestionKind.HARMS, *(kind for kind in kinds if kind is not QuestionKind.HARMS))
    modifiers = tuple(name for name, cue in lexicon.MODIFIERS.items() if cue.search(folded))
    concepts = _with_modifiers(_drop_generic(concepts, kinds, folded), modifiers)
    return Question(
        asked=asked,
        normalised=_normalise(kinds, concepts, modifiers),
        kinds=kinds,
        concepts=concepts,
        modifiers=modifiers,
        parts=split_into_parts(kinds[0], concepts),
        follows=follows,
        searched_as=searched_as,
    )


def find_kinds(folded: str) -> tuple[QuestionKind, ...]:
    """Return what a folded question asks, the main kind first; ``general`` when nothing says so."""
    found = [kind for kind, cue in lexicon.KIND_CUES if cue.search(folded)]
    if len(found) > 1 and QuestionKind.DEFINITION in found:
        # "What is the dose of …" begins like a definition and is none.
        found.remove(QuestionKind.DEFINITION)
    for first, cue in _ASKED_FIRST:
        if first in found and cue.search(folded):
            found.remove(first)
            found.insert(0, first)
            break
    if not found and lexicon.MAY_BE_GIVEN.search(folded):
        found.append(QuestionKind.CONTRAINDICATION)
    return tuple(found) or (QuestionKind.GENERAL,)


def _find_terms(asked: str, vocabulary: Vocabulary, searched_as: tuple[Rewording, ...]) -> list[_Term]:
    """Return the terms of a question in order: abbreviations, reworded and known phrases, the rest."""
    taken: list[_Term] = []
    covered: set[int] = set()
    for pair in find_abbreviations(asked):
        taken.append(_Term(pair.long, pair.long_start, pair.long_end, long=pair.short))
        covered.update(range(pair.long_start, pair.long_end))
        covered.update(range(pair.short_start, pair.short_end))
    for said in lexicon.NO_TERMS.finditer(asked):
        covered.update(range(*said.span()))
    taken.extend(_reworded_terms(searched_as, covered))
    run: list[Word] = []
    for word in [*_qualified_words(asked), None]:
        if word is not None and word.start not in covered and _is_content(word):
            gap = asked[run[-1].end : word.start] if run else ""
            if not gap.strip():
                run.append(word)
                continue
            taken.extend(_cut_run(asked, run, vocabulary))
            run = [word]
            continue
        taken.extend(_cut_run(asked, run, vocabulary))
        run = []
    return sorted(taken, key=lambda term: term.start)


def _reworded_terms(searched_as: tuple[Rewording, ...], covered: set[int]) -> list[_Term]:
    """Return a term for each stretch that is searched as something else, and add it to ``covered``.

    Several substances of one product are one term that any of them satisfies.
    """
    others: dict[tuple[int, int, str], list[str]] = {}
    for entry in searched_as:
        if entry.start not in covered:
            others.setdefault((entry.start, entry.end, entry.found), []).extend(entry.put)
    for start, end, _text in others:
        covered.update(range(start, end))
    return [_Term(text, start, end, others=tuple(put)) for (start, end, text), put in others.items()]


def _qualified_words(asked: str) -> list[Word]:
    """Return the words of a question; a letter or digit that tells things apart stays with its word.

    ``vitamin D``, ``hepatitis C``, ``type 2``: without the qualifier the other one would answer.
    """
    joined: list[Word] = []
    for word in hyphenated_words(asked):
        before = joined[-1] if joined else None
        if (
            before is not None
            and asked[before.end : word.start] == " "
            and fold(before.text) in lexicon.NEEDS_A_QUALIFIER
            and _QUALIFIER.fullmatch(word.text)
        ):
            joined[-1] = Word(asked[before.start : word.end], before.start, word.end)
        else:
            joined.append(word)
    return joined


def is_qualified(concept: Concept) -> bool:
    """Tell whether a term ends in a qualifier that must be named with it."""
    pieces = concept.text.split()
    return (
        len(pieces) == 2
        and fold(pieces[0]) in lexicon.NEEDS_A_QUALIFIER
        and _QUALIFIER.fullmatch(pieces[1]) is not None
    )


def _is_content(word: Word) -> bool:
    folded = fold(word.text)
    if folded in lexicon.NEGATIONS:
        return False
    if folded in STOP_WORDS or folded in lexicon.ASKED_WITHOUT_A_SPACE:
        return False
    return len(folded) > 1 and not folded.replace(".", "").isdigit()


def _cut_run(asked: str, run: list[Word], vocabulary: Vocabulary) -> list[_Term]:
    """Cut a run of content words into the longest phrases that the library knows, and single words."""
    terms: list[_Term] = []
    position = 0
    while position < len(run):
        for length in range(min(LONGEST_TERM, len(run) - position), 0, -1):
            first, last = run[position], run[position + length - 1]
            text = asked[first.start : last.end]
            if length == 1 or _is_known_phrase(text, vocabulary):
                terms.append(_Term(text, first.start, last.end))
                position += length
                break
    return terms


def _is_known_phrase(phrase: str, vocabulary: Vocabulary) -> bool:
    if any(fold(word) in lexicon.GENERIC_WORDS for word in phrase.split()):
        return False
    if vocabulary.short_forms(phrase):
        return True
    if is_disease(phrase):
        pieces = phrase.split()
        bare = fold(pieces[-1]) in NEEDS_A_WORD_BEFORE and len(pieces) == 2
        if bare or vocabulary.passages_with(phrase) > 0:
            return not any(is_given(piece) for piece in pieces)
    return any(vocabulary.passages_with(phrase, field=field) > 0 for field in ("headings", "substances"))


def _assign_roles(
    asked: str, terms: list[_Term], vocabulary: Vocabulary, *, without: frozenset[Aid]
) -> tuple[Concept, ...]:
    concepts: list[Concept] = []
    seen: set[str] = set()
    for term in terms:
        variants = find_variants(term.text, vocabulary, known_short=term.long, without=without)
        variants = tuple(dict.fromkeys((*variants, *term.others, *_of_transplants(term.others))))
        identity = key_word(variants[0]) if len(variants[0].split()) == 1 else variants[0]
        if identity in seen:
            continue
        seen.update({identity, *variants})
        role = _role_of(term, variants)
        if role is ConceptRole.INTERVENTION and lexicon.FAILED.search(fold(asked[: term.start])):
            role = ConceptRole.TOPIC
        if role is ConceptRole.INTERVENTION and lexicon.NOT_WANTED.search(fold(asked[: term.start])):
            role = ConceptRole.EXCLUDED
        if role is ConceptRole.CONDITION and _AS_A_HARM.search(fold(asked[: term.start])):
            role = ConceptRole.OUTCOME
        concepts.append(Concept(term.text, role, variants, term.start, term.end))
    return _mark_comparator(asked, concepts)


def _role_of(term: _Term, variants: tuple[str, ...]) -> ConceptRole:
    if is_people_word(fold(term.text)) or any(is_people_word(other) for other in term.others):
        return ConceptRole.POPULATION
    if all(fold(word) in lexicon.ANY_DISEASE for word in term.text.split()):
        return ConceptRole.TOPIC
    last = term.text.split()[-1]
    named_first = _QUALIFIER.fullmatch(last) or fold(last) in lexicon.LATIN_SECOND
    bare = term.text.split()[0] if named_first else ""
    if any(is_disease(variant) for variant in variants) or (bare and is_disease(bare)):
        return ConceptRole.CONDITION
    if any(is_given(variant) for variant in variants):
        return ConceptRole.INTERVENTION
    return ConceptRole.TOPIC


def _mark_comparator(asked: str, concepts: list[Concept]) -> tuple[Concept, ...]:
    """Turn the second of two drugs joined by "versus", "or", "than" and the like into the comparator."""
    drugs = [i for i, concept in enumerate(concepts) if concept.role is ConceptRole.INTERVENTION]
    for first, second in itertools.pairwise(drugs):
        between = fold(asked[concepts[first].end : concepts[second].start])
        if re.search(r"\b(?:versus|vs|or|than|compared|against)\b", between):
            old = concepts[second]
            concepts[second] = Concept(
                old.text, ConceptRole.COMPARATOR, old.variants, old.start, old.end
            )
    return tuple(concepts)


def find_variants(
    term: str, vocabulary: Vocabulary, *, known_short: str = "", without: frozenset[Aid] = NOTHING
) -> tuple[str, ...]:
    """Return folded spellings that mean the same as ``term``, its own first.

    An abbreviation is opened when one long form carries most of its uses in the library; a long form
    gains the abbreviations that mean it and nothing else.
    """
    found = [fold(term)]
    if known_short:
        found.append(fold(known_short))
    if Aid.ABBREVIATIONS not in without:
        _open_abbreviation(term, found, vocabulary)
    found.extend(names_of_route(term))
    found.extend(_of_transplants(found))
    for variant in list(found):
        found.extend(fold(spelling) for spelling in spelling_variants(variant))
    return tuple(dict.fromkeys(found))


def _open_abbreviation(term: str, found: list[str], vocabulary: Vocabulary) -> None:
    """Append to ``found`` what a short ``term`` stands for, and the short forms of what is in it."""
    if _ABBREVIATION.match(term) or term.isupper():
        found.extend(_dominant(vocabulary.long_forms(term)))
    elif len(term) <= 6 and " " not in term and fold(term) not in lexicon.GENERIC_WORDS:
        meanings = _dominant(vocabulary.long_forms(term.upper()))
        if meanings and not _is_a_word(term, meanings, vocabulary):
            found.extend(meanings)
    if len(found) == 1 and _SECONDARY.match(term):
        # sHLH, pHLH: secondary and primary forms of what the rest stands for.
        bare = term[1:]
        found.extend((fold(bare), *_dominant(vocabulary.long_forms(bare))))
    for long in list(found):
        for short, _count in vocabulary.short_forms(long):
            meanings = _dominant(vocabulary.long_forms(short))
            if any(fold_spelling_phrase(m) == fold_spelling_phrase(long) for m in meanings):
                found.append(fold(short))


def _of_transplants(found: Iterable[str]) -> list[str]:
    """Return the names of transplants in the other of their two forms."""
    return [
        _TRANSPLANT.sub(lambda m: "transplant" if m[1] else "transplantation", name)
        for name in found
        if _TRANSPLANT.search(name)
    ]


def _is_a_word(term: str, meanings: list[str], vocabulary: Vocabulary) -> bool:
    """Tell whether ``term``, typed in small letters, is met as a word and hardly as an abbreviation.

    A trial named FIRST or an element named LINE does not make "first line treatment" ask for them.
    """
    defined = sum(count for _form, count in vocabulary.long_forms(term.upper()))
    spelt_out = max(vocabulary.passages_with(meaning) for meaning in meanings)
    return vocabulary.passages_with(term) > A_WORD * max(defined, spelt_out)


def fold_spelling_phrase(phrase: str) -> str:
    """Return ``phrase`` folded, each word in American spelling and without inflection."""
    return " ".join(key_word(word) for word in phrase.replace("-", " ").split())


def _dominant(forms: list[tuple[str, int]]) -> list[str]:
    """Return the folded forms that together are one meaning with most of the uses, else nothing."""
    total = sum(count for _form, count in forms)
    groups: dict[str, tuple[int, str]] = {}
    for form, count in forms:
        key = fold_spelling_phrase(form)
        before, shown = groups.get(key, (0, fold(form)))
        groups[key] = (before + count, shown)
    return [shown for count, shown in groups.values() if count >= DOMINANT * total]


_GIVEN_NOW: Final = re.compile(
    r"\b\d[\d.,]* ?(?:mg|g|mcg|micrograms?|units?|iu)(?:/kg)?(?:/(?:day|d|dose))? "
    r"(?:sc|sq|subq|subcut\w*|iv|intraven\w*|im|intramusc\w*|po|oral\w*)\b"
)
"""A dose that somebody is given, with its route: the answer may name another."""


def _told_by(kind: QuestionKind, folded: str) -> tuple[tuple[int, int], ...]:
    """Return the stretches of a folded question that tell its kind, or what is given: no terms."""
    if kind is QuestionKind.DOSE:
        return tuple(found.span() for found in _GIVEN_NOW.finditer(folded))
    cue = dict(lexicon.KIND_CUES).get(kind) if kind in TOLD_BY_WORDS else None
    return tuple(found.span() for found in cue.finditer(folded)) if cue else ()


def _drop_generic(
    concepts: tuple[Concept, ...], kinds: tuple[QuestionKind, ...], folded: str
) -> tuple[Concept, ...]:
    """Leave out words that only say what kind of thing is asked, once a drug or condition is there."""
    anchored = any(c.role in (ConceptRole.INTERVENTION, ConceptRole.CONDITION) for c in concepts)
    if not anchored or kinds[0] not in DIRECT_KINDS:
        return concepts
    told = _told_by(kinds[0], folded)  # folding keeps the places of all but a few letters
    return tuple(
        concept
        for concept in concepts
        if concept.role is not ConceptRole.TOPIC
        or not (
            all(
                fold(word) in lexicon.GENERIC_WORDS or fold(word) in lexicon.TALK
                for word in concept.text.split()
            )
            or any(start <= concept.start and concept.end <= end for start, end in told)
        )
    )


def _names_more_than(modifier: str, concept: Concept) -> bool:
    """Tell whether a condition names a disease beside its modifier, as gestational diabetes does."""
    rest = lexicon.MODIFIERS[modifier].sub(" ", concept.variants[0])
    return any(is_disease(word) for word in rest.split())


def _with_modifiers(concepts: tuple[Concept, ...], modifiers: tuple[str, ...]) -> tuple[Concept, ...]:
    """Let terms that only name a modifier play the part of a population, one for each modifier."""
    anchored = any(c.role is ConceptRole.INTERVENTION for c in concepts)
    kept: list[Concept] = []
    named: set[str] = set()
    for concept in concepts:
        modifier = next((m for m in modifiers if lexicon.MODIFIERS[m].search(concept.variants[0])), None)
        if modifier is None or (
            concept.role is ConceptRole.CONDITION
            and (not anchored or _names_more_than(modifier, concept))
        ):
            kept.append(concept)
        elif modifier not in named:
            named.add(modifier)
            variants = dict.fromkeys((*concept.variants, *lexicon.MODIFIER_VARIANTS[modifier]))
            kept.append(
                Concept(
                    concept.text,
                    ConceptRole.POPULATION,
                    tuple(variants),
                    concept.start,
                    concept.end,
                )
            )
    return tuple(kept)


def _normalise(
    kinds: tuple[QuestionKind, ...], concepts: tuple[Concept, ...], modifiers: tuple[str, ...]
) -> str:
    """Return one wording for all questions that were understood alike."""
    names = [
        max(concept.variants, key=lambda v: (len(v), v))
        for concept in concepts
        if concept.role is not ConceptRole.POPULATION or not modifiers
    ]
    names = [fold_spelling_words(name) for name in names]
    listed = "; ".join(names) if names else "nothing named"
    asides = [name for name in modifiers if name not in listed]
    return f"{kinds[0].value}: {listed}" + (f" ({', '.join(asides)})" if asides else "")


def fold_spelling_words(phrase: str) -> str:
    """Return ``phrase`` with each word in American spelling."""
    return " ".join(fold_spelling(word) for word in phrase.split())


def split_into_parts(kind: QuestionKind, concepts: tuple[Concept, ...]) -> tuple[Part, ...]:
    """Return the links of a relation that need evidence, in the order in which they are told.

    A mechanism in a disease is three links: what the drug does to its target, what the target does in
    the disease, and whether the mechanism was seen in that disease. The target is not known yet; the
    second link is completed by what the first one finds.
    """
    drugs = tuple(c for c in concepts if c.role is ConceptRole.INTERVENTION)
    conditions = tuple(c for c in concepts if c.role is ConceptRole.CONDITION)
    if kind is QuestionKind.MECHANISM and drugs:
        drug = drugs[0].text
        parts = [Part(f"{drug} → target", drugs, Facet.MECHANISM)]
        if conditions:
            condition = conditions[0].text
            parts.append(Part(f"target → {condition}", conditions, Facet.MECHANISM))
            parts.append(
                Part(f"{drug} in {condition}: direct evidence", drugs + conditions, Facet.MECHANISM)
            )
        return tuple(parts)
    wanted = lexicon.WANTED_FACETS.get(kind)
    if wanted and (drugs or conditions):
        given = " and ".join(c.text for c in drugs)
        named = " in ".join((*([given] if given else []), *(c.text for c in conditions[:1])))
        return (Part(f"{kind.value}: {named}", drugs + conditions, wanted[0]),)
    return (Part("the question", concepts, Facet.FINDING),)
