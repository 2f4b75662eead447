"""From a follow-up and the question it follows to one whole question. Pure: loads, searches nothing.

What is left unsaid ("what about children?", "why?", "and tocilizumab?") is taken from the question
before; what is said replaces it: a drug the drug, a condition the condition, an age the age. A question
that says all it needs keeps nothing. The whole question is put in words that a reader can check.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from osler.answer.red_flags import is_not_clinical, reads_as_emergency
from osler.answer.said import (
    ASKS_OF_CONDITION,
    BACK,
    COMPARES,
    ITS,
    MORE,
    SENTENCE,
    WHY,
    WHY_NOT,
    Said,
)
from osler.answer.wordings import add_tail, as_written, in_whom, word_question
from osler.model.question import ConceptRole, Question, QuestionKind
from osler.retrieval import lexicon
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.understand import understand
from osler.retrieval.vocabulary import Vocabulary
from osler.text.disease_names import is_disease
from osler.text.drug_names import is_drug
from osler.text.normalise import fold

_OF_A_CONDITION: Final = frozenset({QuestionKind.DIAGNOSIS, QuestionKind.PROGNOSIS})
_BEFORE: Final = r"(?:\b(?:in|for|of|with|on|during) )?(?:the )?"
_NEEDS_NO_PLACE: Final = frozenset({QuestionKind.KINETICS, QuestionKind.INTERACTION})
_AGES: Final = frozenset({"newborn", "child", "adult", "old age"})
_NOT_TOGETHER: Final = {"pregnancy": frozenset({"newborn", "child", "old age"})} | {
    age: _AGES - {age} for age in _AGES
}
"""What a modifier that is said puts in the place of those that were kept."""
_PLACE: Final = re.compile(r" (?:in|for|with|during) ")
_YES_OR_NO: Final = re.compile(
    r"^(?:is|are|was|were|do|does|did|can|could|should|will|would|has|have)\b"
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The question that is followed, as far as the next one may lean on it.

    Attributes:
        text: The whole question in words.
        kind: What was asked.
        terms: Terms by role, as asked.
        modifiers: Children, dialysis and the like, by name.
    """

    text: str
    kind: QuestionKind
    terms: Mapping[ConceptRole, tuple[str, ...]]
    modifiers: tuple[str, ...]

    def first(self, role: ConceptRole) -> str:
        """Return the first term of ``role``, or empty."""
        return next(iter(self.terms.get(role, ())), "")

    @property
    def drug(self) -> str:
        """The drug asked about, or empty: one with a name of its own before a group (steroids)."""
        given = (
            *self.terms.get(ConceptRole.INTERVENTION, ()),
            *self.terms.get(ConceptRole.EXCLUDED, ()),
        )
        return next((drug for drug in given if is_drug(drug)), next(iter(given), ""))

    @property
    def condition(self) -> str:
        """The condition asked about, or empty; that of "what causes it?" is an outcome."""
        outcomes = (t for t in self.terms.get(ConceptRole.OUTCOME, ()) if is_disease(t) or t.isupper())
        return self.first(ConceptRole.CONDITION) or next(outcomes, "")

    @property
    def topic(self) -> str:
        """The first topic that is no word of asking, or empty."""
        vague = lexicon.GENERIC_WORDS | lexicon.VAGUE_WORDS | lexicon.TALK
        topics = self.terms.get(ConceptRole.TOPIC, ())
        return next((topic for topic in topics if fold(topic) not in vague), "")


def earlier_of(question: Question) -> Earlier:
    """Return what a question that follows ``question`` may lean on."""
    terms: dict[ConceptRole, tuple[str, ...]] = {}
    for concept in question.concepts:
        terms[concept.role] = (*terms.get(concept.role, ()), concept.text)
    return Earlier(question.asked, question.kinds[0], terms, question.modifiers)


def earlier_from(stored: Mapping[str, Any]) -> Earlier:
    """Return what a question may lean on, from the ``question`` of a stored answer document."""
    terms = {ConceptRole(role): tuple(listed) for role, listed in stored["pico"].items()}
    text = stored.get("understood") or stored["asked"]
    return Earlier(text, QuestionKind(stored["kinds"][0]), terms, tuple(stored["modifiers"]))


def follow(
    asked: str,
    earlier: Earlier,
    vocabulary: Vocabulary,
    *,
    follows: str | None = None,
    without: frozenset[Aid] = NOTHING,
) -> Question:
    """Return ``asked`` as understood after ``earlier``; its ``asked`` is the whole question in words.

    Never raises: a follow-up of which nothing can be made is understood as it stands.
    """
    new = understand(asked, vocabulary, follows=follows, without=without)
    conditions = earlier.terms.get(ConceptRole.CONDITION, ())
    written = tuple(as_written(condition, vocabulary) for condition in conditions)
    earlier = replace(earlier, terms={**earlier.terms, ConceptRole.CONDITION: written})
    whole = complete(new, earlier)
    if whole == asked:
        return new
    return understand(whole, vocabulary, follows=follows, without=without)


def complete(new: Question, earlier: Earlier) -> str:
    """Return the whole question that ``new`` asks after ``earlier``; itself when it lacks nothing."""
    said = Said.of(new)
    folded = fold(new.asked)
    if reads_as_emergency(folded) or is_not_clinical(folded):
        return new.asked
    if not said.text or said.is_whole(earlier.terms):
        return new.asked
    made = ""
    if MORE.fullmatch(said.bare):
        named = " in ".join(filter(None, (earlier.drug, earlier.condition))) or earlier.topic
        made = add_tail(named, _whom(said, earlier)) if named else ""
    elif WHY.fullmatch(said.bare):
        made = _why(earlier, said)
    elif said.bare_ask is not None:
        made = _worded(said.bare_ask, said, earlier)
    elif WHY_NOT.match(said.bare):
        made = _worded(QuestionKind.EFFECT, said, earlier)
    elif said.names_only_terms:
        made = _replaced(said, earlier)
    else:
        made = _filled_in(said, earlier)
    return made or new.asked


def _worded(kind: QuestionKind, said: Said, earlier: Earlier) -> str:
    """Return a question of ``kind`` on the drug and the condition that are said or kept."""
    drug = said.first(ConceptRole.INTERVENTION) or earlier.drug
    condition = said.first(ConceptRole.CONDITION) or earlier.condition
    if not drug and not condition:
        drug = earlier.topic
    return word_question(kind, drug=drug, condition=condition, whom=_whom(said, earlier))


def _why(earlier: Earlier, said: Said) -> str:
    """Return what ``why?`` asks: how it works; after that, and where nothing works, what shows it."""
    if not earlier.drug and not earlier.condition and _YES_OR_NO.match(fold(earlier.text)):
        return add_tail(f"why {earlier.text[:1].lower()}{earlier.text[1:]}", ())
    told = earlier.kind is QuestionKind.MECHANISM and bool(earlier.drug)
    return _worded(QuestionKind.EFFECT if told else QuestionKind.MECHANISM, said, earlier)


def _whom(said: Said, earlier: Earlier) -> list[str]:
    """Return the tails of whom it is about: an age said replaces an age kept, the rest adds up."""
    new = said.question.modifiers
    replaced = frozenset().union(*(_NOT_TOGETHER.get(modifier, frozenset()) for modifier in new))
    people = earlier.terms.get(ConceptRole.POPULATION, ())
    tails = [
        in_whom(modifier, _said_of(modifier, people) or earlier.text)
        for modifier in earlier.modifiers
        if modifier not in new and modifier not in replaced
    ]
    tails += [in_whom(modifier, said.bare) for modifier in new]
    named = [concept.text for concept in said.terms(ConceptRole.POPULATION)]
    tails += [f"in {person}" for person in named or people if not _is_a_modifier(person)]
    return list(dict.fromkeys(tails))


def _said_of(modifier: str, people: Sequence[str]) -> str:
    return next((p for p in people if lexicon.MODIFIERS[modifier].search(fold(p))), "")


def _is_a_modifier(person: str) -> bool:
    """Tell whether a word for people is told by a modifier already, or tells nothing."""
    folded = fold(person)
    if any(cue.search(folded) for cue in lexicon.MODIFIERS.values()):
        return True
    return folded in ("patient", "patients", "people", "person", "persons", "individuals", "subjects")


def _replaced(said: Said, earlier: Earlier) -> str:
    """Return the earlier question with what is said in the place of what it replaces."""
    drug, condition = said.first(ConceptRole.INTERVENTION), said.first(ConceptRole.CONDITION)
    if drug and earlier.drug and COMPARES.search(said.bare):
        place = condition or earlier.condition
        text = f"how effective is {earlier.drug} compared with {drug}" + (
            f" in {place}" if place else ""
        )
        return add_tail(text, _whom(said, earlier))
    if drug and not earlier.drug:
        on_disease = earlier.kind in _OF_A_CONDITION | {QuestionKind.TREATMENT}
        return _worded(QuestionKind.EFFECT if on_disease else earlier.kind, said, earlier)
    second = earlier.first(ConceptRole.COMPARATOR)
    text = earlier.text
    for new, old in ((drug, second or earlier.drug), (condition, earlier.condition)):
        if new:
            text = _put(text, new, old)
    if not text:
        return _worded(earlier.kind, said, earlier)
    if said.topics:
        text = f"{text.rstrip(' ?.')}: {' '.join(topic.text for topic in said.topics)}?"
    return _with_people(text, said, earlier)


def _put(text: str, new: str, old: str) -> str:
    """Return ``text`` with ``new`` for ``old`` and its abbreviation; empty without ``old`` in it."""
    cue = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)(?: \([\w/-]{{2,12}}\))?", re.IGNORECASE)
    return cue.sub(lambda _found: new, text) if old and cue.search(text) else ""


def _with_people(text: str, said: Said, earlier: Earlier) -> str:
    """Return ``text`` about the people that are said: what they replace is taken out, they are added."""
    new = said.question.modifiers
    replaced = frozenset().union(*(_NOT_TOGETHER.get(modifier, frozenset()) for modifier in new))
    for modifier in earlier.modifiers:
        if modifier in replaced or modifier in new:
            cue = rf"{_BEFORE}{lexicon.MODIFIERS[modifier].pattern}(?: women| patients)?"
            text = re.sub(cue, "", text, flags=re.IGNORECASE)
    text = re.sub(r"\s+(?=[?,.:])", "", " ".join(text.split()))
    tails = [in_whom(m, said.bare) for m in new if not lexicon.MODIFIERS[m].search(fold(text))]
    named = [concept.text for concept in said.terms(ConceptRole.POPULATION)]
    return add_tail(text, [*tails, *(f"in {person}" for person in named if not _is_a_modifier(person))])


def _filled_in(said: Said, earlier: Earlier) -> str:
    """Return the asker's own sentence, by name where it refers back, with what it leaves unsaid."""
    drug, condition, kind = earlier.drug, earlier.condition, said.question.kinds[0]
    own_drug = bool(said.terms(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR))
    own_condition = bool(said.terms(ConceptRole.CONDITION))
    refers = BACK.search(said.text) is not None
    of_condition = kind is QuestionKind.DIAGNOSIS or bool(ASKS_OF_CONDITION.search(said.bare))
    of_condition = of_condition or (kind is QuestionKind.PROGNOSIS and refers)
    subject = (condition if of_condition or not drug else drug) or drug or earlier.topic
    if kind is QuestionKind.GENERAL and not SENTENCE.search(said.text) and not BACK.search(said.text):
        # Only told more: nothing of it is left out, nothing is made of it.
        return add_tail(f"{_bare(earlier.text)}: {_bare(said.text)}", ())
    text, used = _by_name(said.text, subject, drug=drug, condition=condition)
    if drug and drug not in used and COMPARES.search(said.bare) and "than" not in said.bare:
        other = earlier.first(ConceptRole.COMPARATOR)
        text = f"{_bare(text)} than {drug}" if own_drug else text
        text = f"{_bare(text)}, {drug} or {other}," if other and not own_drug else text
        used.update((drug,) if own_drug or other else ())
    needs_drug = drug and not (own_drug or of_condition or drug in used)
    if needs_drug and not (own_condition and SENTENCE.search(said.text)):
        text = _with_drug(text, drug, kind)
    elif not (own_drug or own_condition or drug or condition or used) and subject:
        text = f"{_bare(text)} of {subject}"
    if condition and not own_condition and condition not in used and kind not in _NEEDS_NO_PLACE:
        text = f"{_bare(text)} in {condition}"
    cues = lexicon.MODIFIERS
    held = [name for name, cue in cues.items() if cue.search(fold(text))]
    tails = [tail for tail in _whom(said, earlier) if not any(cues[m].search(tail) for m in held)]
    return add_tail(text, [tail for tail in tails if tail.lower() not in text.lower()])


def _bare(text: str) -> str:
    return text.rstrip(" ?.!,")


def _with_drug(text: str, drug: str, kind: QuestionKind) -> str:
    """Return ``text`` with the drug by the preposition that its words ask for."""
    if SENTENCE.search(text):
        return f"{_bare(text)} with {drug}"
    bare = _bare(text)
    place = _PLACE.search(bare)
    at = place.start() if place else len(bare)
    joint = "with" if kind is QuestionKind.PROGNOSIS else "of"
    return f"{bare[:at]} {joint} {drug}{bare[at:]}"


def _by_name(text: str, subject: str, *, drug: str, condition: str) -> tuple[str, set[str]]:
    """Return ``text`` with the words that refer back replaced by names, and the names that were used."""
    used: set[str] = set()
    if subject and ITS.search(text):
        text = ITS.sub(lambda found: f"the {found['what']} of {subject}", text)
        used.add(subject)

    def name(found: re.Match[str]) -> str:
        put = subject
        if found["condition"] or found["patients"]:
            put = condition
        elif found["drug"]:
            put = drug
        if not put:
            return found.group()
        used.add(put)
        return f"patients with {put}" if found["patients"] else put

    return BACK.sub(name, text), used
