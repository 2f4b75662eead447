"""When a question cannot be answered as asked, and which short questions back would make it one.

Each question back takes up the asker's own words and asks only for what decides which evidence is looked
for. What the library does not hold is not asked about. Invents nothing about the person who is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from osler.model.question import Clarification, Concept, ConceptRole, Facet, Question, QuestionKind
from osler.retrieval import lexicon
from osler.text.disease_names import NEEDS_A_WORD_BEFORE
from osler.text.lists import word_set
from osler.text.normalise import fold

MOST_BACK: Final = 5
LONGEST_SUBJECT: Final = 5  # words of a question that only names a subject
LONGEST_SAID: Final = 60  # characters of the asker's words that a question back takes up

_RELATIVE: Final = (
    r"(?:patient|mother|mum|mom|father|dad|parents?|child|kid|baby|son|daughter|wife|husband|partner"
    r"|brother|sister|gran\w*|uncle|aunt|friend|girl|boy|lad)"
)
_PERSON: Final = re.compile(
    rf"\b(?:my|her|his|their|our)\b|\b(?:me|mine|myself)\b|\bi\b|\bi'?(?:m|ve|d|ll)\b|\b(?:he|she)\b"
    rf"|\b(?:this|the) {_RELATIVE}\b|^\W*\d{{1,3}} ?(?:yo|y/o|yrs?|m|f|years?|months?|weeks?)\b"
)
_FINDING_WORDS: Final = word_set(
    "result results lab labs bloods blood scan scans xray x-ray mri ct biopsy ecg test tests pressure count"
    " counts dropped drop fell rose risen went gone came back showed shows shown worried worry normal abnormal"
    " high low plan next wrong diagnosis working ward deteriorating worsening getting worse better tired always"
    " something two three four half double triple twice old year month week new long time options option take"
    " normal serious well ok issue condition conditions illness disease see die dying"
    " mother mum mom father dad parent parents son daughter wife husband partner brother sister gran granny"
    " grandmother grandfather uncle aunt friend kid man woman lady gentleman girl boy lad male female"
)
_COMPLAINTS: Final = word_set(
    "operation surgery procedure rash itch itchy itching tired tiredness exhausted dizzy dizziness cough"
    " coughing sneezing nausea vomiting swelling swollen lump bump spots ache aching sore fever temperature"
    " chest tummy stomach belly back head leg arm foot neck"
)
"""Complaints and places of the body: what they mean depends on an illness that is not stated."""
_VAGUE: Final = lexicon.VAGUE_WORDS | lexicon.GENERIC_WORDS | lexicon.TALK
_OF_A_PERSON: Final = _VAGUE | _FINDING_WORDS | NEEDS_A_WORD_BEFORE | _COMPLAINTS
_EMPTY_WORDS: Final = word_set("new long time options option well ok bad normal next plan wrong more")
_MEASURED: Final = re.compile(
    r"(?:\b(?:my|his|her|their|the|a)\s+)?(?P<what>[a-z][a-z+-]*(?: [a-z]+)?)\s+(?:is|was|of|at|=|level)?\s*"
    r"\d+(?:[.,/]\d+)*(?![\d.,/-])(?! ?(?:-|years?|yo|y/o|yrs?|months?|weeks?|days?|[mf]\b))"
    r"|(?:\b(?:my|his|her|their)\s+)(?P<which>[a-z]+)\s+(?:went|dropped|fell|rose|has|is|was)\b[^?]*\d",
    re.IGNORECASE,
)


_NUMBER: Final = re.compile(r"\d+(?:[.,/]\d+)*[a-z%]{0,2}")


class _Gap(NamedTuple):
    """Words that leave something open, and how to ask for it."""

    cue: re.Pattern[str]
    ask: str
    why: str


def _gap(cue: str, ask: str, why: str) -> _Gap:
    return _Gap(re.compile(cue, re.IGNORECASE), ask, why)


_OWN: Final = r"(?:\b(?:my|his|her|their|our|the|this|these)\s+)?"
_GAPS: Final = (
    _gap(
        _OWN
        + r"\b(?:(?:blood )?(?:test )?results?|labs?|bloods|blood tests?|scans?|x-?rays?|mri|biopsy|ecg)\b",
        "Which value or finding is in “{said}”, in the words of the report?",
        "evidence is found by the finding, and none is named",
    ),
    _gap(
        r"\b(?:treat|manage|diagnose|prevent) (?:it|this|that|them|these)\b",
        "What does “{said}” mean: which illness or finding?",
        "the question does not name it",
    ),
    _gap(
        r"\b(?:(?:what|which) (?:\w+ ){0,2}is )?(?:the )?best\b",
        "“{said}”: for which illness, and for whom?",
        "what does best differs by illness",
    ),
    _gap(
        _OWN + r"\b(?:tablets?|pills?|medicines?|medications?|meds|drugs?|injections?)\b",
        "Which medicine is meant by “{said}”, and what is it taken for?",
        "each medicine has evidence of its own",
    ),
    _gap(
        _OWN + r"\bdos(?:e|es|age|ing)\b",
        "“{said}” of which medicine, and for which illness?",
        "doses differ by medicine and illness",
    ),
    _gap(
        r"\b(?:any |the |what )?(?:side effects?|adverse effects?|risks?)\b|\b(?:is (?:it|this|that) )?safe\b",
        "“{said}”: of which medicine or procedure?",
        "harms are recorded for each medicine or procedure",
    ),
    _gap(
        _OWN + r"\b(?:treatments?|therapy|cure|treat)\b",
        "“{said}” for which illness or finding?",
        "what is recommended differs by illness, and none is named",
    ),
    _gap(
        _OWN + r"\b(?:operation|surgery|procedure)\b",
        "Which “{said}”, and for what?",
        "evidence is held for named procedures",
    ),
    _gap(
        rf"\b(?:my|his|her|our|this|the)\s+{_RELATIVE}\b",
        "What is known of “{said}”: which illness, or which finding?",
        "nothing about a person is assumed; evidence is found by illness or finding",
    ),
    _gap(
        r"\b(?:symptoms?|pain|ill|unwell|sick|tired|rash|not feeling well|getting worse|deteriorating)\b",
        "What is behind “{said}”, if it is known: which illness or medicine?",
        "the same complaint has different evidence in different illnesses",
    ),
    _gap(
        r"\b(?:it|this|that|them|these|they)\b",
        "What does “{said}” stand for: which medicine, illness or test?",
        "the question does not name it",
    ),
)
_CHANGES: Final = _gap(
    r"\b(?:stop|come off|halve|skip|reduce|change)\b",
    "Why “{said}”: a side effect, no benefit, or something planned?",
    "each reason is answered by other evidence",
)
_GREETING: Final = re.compile(
    r"(?:hi|hello|hey|help|test|testing|please|good (?:morning|evening)|need)\b[\w ,]{0,20}"
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
MOST_NAMED: Final = 5


def ask_back(
    question: Question, held: Callable[[Concept], tuple[Facet, ...]]
) -> tuple[Clarification, ...]:
    """Return what must be asked before an answer makes sense; empty when it can be looked for.

    Args:
        question: As understood.
        held: Gives the facets on which the library has evidence about a term, the most first; asked at
            most once, for a question that names a subject and asks nothing about it.
    """
    if _is_about_an_unknown(question):
        return _fill_gaps(question)
    subject = _bare_subject(question)
    if subject is None:
        return ()
    facets = [_ASKED_AS[facet] for facet in held(subject) if facet in _ASKED_AS][:MOST_NAMED]
    if len(facets) < 2:
        return ()
    listed = f"{', '.join(facets[:-1])} or {facets[-1]}"
    return (
        Clarification(
            f"What about {subject.text}: {listed}?",
            "the library has evidence on each of these, and the question asks for none",
        ),
    )


def _is_about_an_unknown(question: Question) -> bool:
    """Tell whether nothing is named that evidence could be looked for.

    One thing that is said of a person, such as a value or a complaint, is not enough: what it means
    depends on a drug or an illness that is not stated.
    """
    if not any(_says_something(concept, _VAGUE | _EMPTY_WORDS) for concept in question.concepts):
        return True
    if not _PERSON.search(fold(question.asked)) and not _only_measures(question):
        return False
    terms = [c for c in question.concepts if _says_something(c, _OF_A_PERSON)]
    measured = _measured_words(question.asked)
    return all(set(fold(concept.text).split()) <= measured for concept in terms)


def _says_something(concept: Concept, nothing: frozenset[str]) -> bool:
    return concept.role is not ConceptRole.POPULATION and any(
        word.removesuffix("'s") not in nothing and not _NUMBER.fullmatch(word)
        for word in fold(concept.text).split()
    )


def _measured_words(asked: str) -> frozenset[str]:
    """Return the folded words that a value is given for: ``my potassium is 6.6``."""
    found = _MEASURED.finditer(asked)
    return frozenset(w for m in found for w in fold(m["what"] or m["which"] or "").split())


def _only_measures(question: Question) -> bool:
    """Tell whether the question gives a value and asks what to do: ``K 6.6 what now``."""
    return bool(_measured_words(question.asked)) and bool(_WHAT_NOW.search(fold(question.asked)))


_WHAT_NOW: Final = re.compile(
    r"\bwhat (?:now|next|do i do|should i do|does (?:it|that) mean)\b|\bplan\b"
)


_ASKS: Final = re.compile(
    r"\W*(?:who|when|where|why|how|is|are|was|were|do|does|did|can|could|should|would|will|may|has|have"
    r"|(?:what|which) (?!about\b))\b"
)


def _bare_subject(question: Question) -> Concept | None:
    """Return the only term of a question that asks nothing about it, or None."""
    short = len(question.asked.split()) <= LONGEST_SUBJECT and not _ASKS.match(fold(question.asked))
    only = question.kinds[0] is QuestionKind.GENERAL and len(question.concepts) == 1
    return question.concepts[0] if short and only else None


def _fill_gaps(question: Question) -> tuple[Clarification, ...]:
    asked = " ".join(question.asked.split())
    if not any(character.isalnum() for character in asked):
        return (
            Clarification(
                "What would you like to know, and about which medicine, illness or test?",
                "nothing was asked",
            ),
        )
    back: list[Clarification] = []
    measured = _MEASURED.search(asked)
    if measured:
        said = measured.group().strip()
        back.append(
            Clarification(
                f"Which illness or medicine stands behind “{said}”?",
                "what a value means depends on it, and it is not stated",
            )
        )
    for gap in () if measured else _GAPS:
        found = gap.cue.search(asked)
        if found:
            back.append(Clarification(gap.ask.format(said=found.group().strip()), gap.why))
            break
    changes = _CHANGES.cue.search(asked)
    if back and changes:
        back.append(Clarification(_CHANGES.ask.format(said=changes.group()), _CHANGES.why))
    if not back:
        short = asked if len(asked) <= LONGEST_SAID else f"{asked[: LONGEST_SAID - 1].rstrip()}…"
        short = short.rstrip("?.! ")
        ask = f"Which medicine, illness or test is “{short}” about?"
        if _GREETING.fullmatch(short.lower()):
            ask = f"“{short}” is heard: what would you like to know, about which medicine or illness?"
        back.append(Clarification(ask, "the question names none"))
    return tuple(back[:MOST_BACK])
