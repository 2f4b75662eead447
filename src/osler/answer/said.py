"""A follow-up taken apart: what it asks, whom and what it names, what it refers back to.

Reads words only; what the unsaid is filled with is decided in ``follow_up``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from osler.model.question import Concept, ConceptRole, Question, QuestionKind
from osler.retrieval import lexicon
from osler.text.lists import word_set
from osler.text.normalise import STOP_WORDS, fold, words

OPENER: Final = re.compile(
    r"^\W*(?:(?:and|or|but|so|also|ok|okay|then|thanks|thank you|thx|cheers|great|yes|no)\b[\s,]*)*"
    r"(?:(?:what|how) (?:about|if)\b(?: (?:it'?s|its|for|in|with|given) )?"
    r"|same (?:for|in|with|question for)|(?:what|how) is it (?=in|with|for|on)"
    r"|is (?:it|this|that) the same)?\s*",
    re.IGNORECASE,
)
LEADS_ON: Final = re.compile(
    r"^\W*(?:and|or|but|so|also|then|what about|how about|what if|same)\b", re.IGNORECASE
)
SENTENCE: Final = re.compile(
    r"^(?:what|which|who|whom|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would"
    r"|will|may|has|have)\b",
    re.IGNORECASE,
)
WHY: Final = re.compile(r"(?:but |and |so )?(?:why(?: (?:is that|so|that|not))?|how come|what for)")
MORE: Final = re.compile(
    r"(?:tell me |say |know |anything |something )?(?:more|else)"
    r"(?: (?:please|details?|about (?:it|this|that)))?"
    r"|go on|(?:more |any )?details?|explain(?: (?:it|this|that))?|elaborate|anything else"
)
WHY_NOT: Final = re.compile(r"why not (?=\w)")
COMPARES: Final = re.compile(r"\b(?:versus|vs\.?|than|compared?|better|safer|superior|worse)\b")
BACK: Final = re.compile(
    r"\b(?P<its>its)\b|\b(?P<drug>(?:this|that|the|these) (?:drug|medicine|medication|agent))\b"
    r"|\b(?P<condition>(?:this|that|the|these) (?:disease|condition|illness|syndrome|disorder))\b"
    r"|\b(?P<patients>(?:these|those|such|the same) patients)\b"
    r"|\b(?P<it>it|this|that|them|they)\b(?! (?:is|was|of)\b.*\bthat\b)",
    re.IGNORECASE,
)
ITS: Final = re.compile(
    r"\bits (?P<what>[\w-]+(?: [\w-]+){0,2}?)"
    r"(?=$|[?.,;]| (?:in|with|for|on|and|is|are|during|after)\b)",
    re.IGNORECASE,
)
ASKS_OF_CONDITION: Final = re.compile(
    r"\bcauses?\b.*\b(?:it|this)\b|\b(?:treat|diagnose|prevent|recogni[sz]e) (?:it|this)\b"
    r"|\b(?:it|this) (?:be )?(?:treat|diagnos|caus|confirm|curable|fatal|common|hereditary|contagious"
    r"|recur|relaps)"
    r"|\bis (?:it|this) (?:diagnosed|treated|curable|fatal|common|hereditary|inherited|rare)\b"
)
_DENIED: Final = re.compile(r"\binstead of\b.*|\brather than\b.*|\binstead\b")
_ROUTE: Final = r"(?:iv|sc|po|intravenous(?:ly)?|subcutaneous(?:ly)?|oral(?:ly)?)"
_THAT: Final = r"(?:it|this|that)"
_LICENSED: Final = r"(?:licen[cs]ed?|approved|off-?label)"
_BARE_ASK: Final[tuple[tuple[QuestionKind, re.Pattern[str]], ...]] = tuple(
    (kind, re.compile(rf"(?:at |by |any |the |its |a )*(?:{pattern})"))
    for kind, pattern in (
        (
            QuestionKind.DOSE,
            r"(?:how much|how often|how long|what dose|which dose|what doses|which doses"
            rf"|dos(?:e|es|age|ing))(?: (?:of {_THAT}|is {_THAT}|for how long|is used))?",
        ),
        (
            QuestionKind.ROUTE,
            r"(?:which|what) route|how is it given|how to give it|route"
            rf"|{_ROUTE}(?: or {_ROUTE})?",
        ),
        (
            QuestionKind.HARMS,
            rf"is {_THAT} (?:really )?(?:safe|ok|okay|dangerous|harmful)|safe|safety"
            r"|(?:what(?: is| are)? )?(?:any |its |the )*(?:(?:side|adverse) effects?|harms?|risks?)",
        ),
        (
            QuestionKind.EFFECT,
            rf"(?:does|will|did) {_THAT} (?:really )?(?:work|help)|is {_THAT} effective"
            rf"|how (?:well|effective)(?: (?:is {_THAT}|does {_THAT} work))?|says who|efficacy"
            r"|(?:what(?: is the)? )?evidence|trials?|studies|rcts?",
        ),
        (QuestionKind.MECHANISM, rf"how|how does {_THAT} work|mechanism(?: of action)?|moa"),
        (
            QuestionKind.TREATMENT,
            rf"when|when to (?:start|use|give)(?: {_THAT})?|guidelines?|recommendations?"
            r"|what do (?:the )?guidelines say",
        ),
        (
            QuestionKind.PROGNOSIS,
            r"(?:what(?: is|'?s)? )?(?:the )?(?:mortality|survival|prognosis|outlook|death)(?: rate)?",
        ),
        (QuestionKind.LICENCE, rf"is {_THAT} {_LICENSED}|{_LICENSED}"),
        (QuestionKind.MONITORING, r"monitoring|what (?:to|should i|should we) monitor|which tests"),
        (
            QuestionKind.COMPARISON,
            r"(?:(?:is|are) there )?(?:an? |any )?(?:alternatives?|other options?|other drugs?)"
            r"|what else(?: (?:works|helps|is there))?",
        ),
    )
)
"""Questions of a few words that name nothing; which kind of question each one is."""
_SAYS_NOTHING: Final = word_set(
    "patient patients people case cases same instead give given use used setting group person about"
)
_NO_SUBJECT: Final = (
    lexicon.GENERIC_WORDS
    | lexicon.VAGUE_WORDS
    | lexicon.TALK
    | word_set("tests needed required necessary before after different differently also")
)
_JOINS: Final = word_set("versus vs compared no not")
_TRAILING: Final = re.compile(r"(?: (?:in|with|on|for|during|the|a|an|of|and|if|is))+$")


def names_a_modifier(term: str) -> str:
    """Return the modifier that ``term`` names and nothing else, or empty."""
    folded = fold(term)
    return next((name for name, cue in lexicon.MODIFIERS.items() if cue.fullmatch(folded)), "")


@dataclass(frozen=True, slots=True)
class Said:
    """A follow-up taken apart.

    Attributes:
        question: As understood by itself.
        text: As typed, without the words that lead on ("and what about").
        bare: ``text`` folded, without outer punctuation.
        leads_on: Whether words that lead on were there.
    """

    question: Question
    text: str
    bare: str
    leads_on: bool

    @classmethod
    def of(cls, question: Question) -> Said:
        """Return ``question`` taken apart."""
        asked = question.asked.strip()
        text = OPENER.sub("", asked, count=1).strip()
        bare = " ".join(fold(text).strip(" ?.!,").split())
        return cls(question, text, bare, LEADS_ON.search(asked) is not None)

    def terms(self, *roles: ConceptRole) -> tuple[Concept, ...]:
        """Return the terms of ``roles`` that say something of their own, in order."""
        return tuple(
            concept
            for concept in self.question.with_role(*roles)
            if fold(concept.text) not in _SAYS_NOTHING
            and not (concept.role is ConceptRole.CONDITION and names_a_modifier(concept.text))
        )

    def first(self, role: ConceptRole) -> str:
        """Return the first term of ``role``, or empty."""
        return next((concept.text for concept in self.terms(role)), "")

    @property
    def topics(self) -> tuple[Concept, ...]:
        """Terms that are neither drug, condition nor people, and do not just say what is asked."""
        return tuple(
            concept
            for concept in self.terms(ConceptRole.TOPIC, ConceptRole.OUTCOME)
            if set(fold(concept.text).split()) - _NO_SUBJECT
        )

    @property
    def bare_ask(self) -> QuestionKind | None:
        """What is asked where the words hold a kind of question, whom it is about, and nothing else."""
        left = _without_modifiers(_DENIED.sub("", self.bare)).strip(" ,?")
        left = _TRAILING.sub("", left).strip()
        return next((kind for kind, cue in _BARE_ASK if cue.fullmatch(left)), None)

    @property
    def names_only_terms(self) -> bool:
        """Tell whether nothing is said but whom or what it is about: ``children``, ``with dialysis``."""
        kind = self.question.kinds[0]
        if SENTENCE.search(self.text) or kind not in (QuestionKind.GENERAL, QuestionKind.COMPARISON):
            return False
        named = {word.text for concept in self.question.concepts for word in words(concept.text)}
        left = [word.text for word in words(self.text) if word.text not in named]
        left = [fold(word) for word in left if fold(word) not in STOP_WORDS | _SAYS_NOTHING]
        return not set(_without_modifiers(" ".join(left)).split()) - _JOINS

    def is_whole(self, kept: Mapping[ConceptRole, tuple[str, ...]]) -> bool:
        """Tell whether the question says all that it needs; ``kept`` is what it could lean on."""
        drug = self.terms(ConceptRole.INTERVENTION, ConceptRole.COMPARATOR)
        condition = self.terms(ConceptRole.CONDITION)
        if BACK.search(self.text) or self.bare_ask or WHY.fullmatch(self.bare):
            return False
        if COMPARES.search(self.bare) and len(drug) < 2 and kept.get(ConceptRole.INTERVENTION):
            return False
        if drug and condition and self.question.kinds[0] is not QuestionKind.GENERAL:
            return True
        if not SENTENCE.search(self.text) or WHY_NOT.match(self.bare):
            return False
        if self.leads_on and not (drug and condition):
            return False
        return bool(drug or condition) or len(self.topics) > 1


def _without_modifiers(folded: str) -> str:
    for cue in lexicon.MODIFIERS.values():
        folded = cue.sub("", folded)
    return folded
