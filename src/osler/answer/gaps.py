"""Words by which a question leaves open what it is about, and how to ask for it. Data only.

Each question back takes up the asker's words (``{said}``); the first gap of the list that a question has
is asked about, since what fills it usually fills the next.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from osler.text.lists import word_set


class Gap(NamedTuple):
    """Words that leave something open.

    Attributes:
        cue: The words, in the question as typed.
        ask: The question back, with ``{said}`` for them.
        why: Why it is asked.
    """

    cue: re.Pattern[str]
    ask: str
    why: str


def _gap(cue: str, ask: str, why: str) -> Gap:
    return Gap(re.compile(cue, re.IGNORECASE), ask, why)


RELATIVE: Final = (
    r"(?:patient|mother|mum|mom|father|dad|parents?|child|kid|baby|son|daughter|wife|husband|partner"
    r"|brother|sister|gran\w*|uncle|aunt|friend|girl|boy|lad)"
)
PERSON: Final = re.compile(
    r"\b(?:my|her|his|our)\b|\btheir (?=patient)|\b(?:me|mine|myself)\b"
    r"|(?<!type )(?<!class )(?<!phase )(?<!stage )(?<!grade )(?<!factor )(?<![-/])\bi\b(?![-/])"
    r"|\bi'?(?:m|ve|d|ll)\b|\b(?:he|she)\b"
    rf"|\b(?:this|the) {RELATIVE}\b|^\W*\d{{1,3}} ?(?:yo|y/o|yrs?|m|f|years?|months?|weeks?)\b"
)
"""Speaks of one person, in a folded question."""

FINDING_WORDS: Final = word_set(
    """
    result results lab labs bloods blood scan scans xray x-ray mri ct biopsy ecg test tests pressure
    count counts dropped drop fell rose risen went gone came back showed shows shown worried worry normal
    abnormal high low plan next wrong diagnosis working ward deteriorating worsening getting worse better
    tired always something two three four half double triple twice old year month week new long time
    options option take serious well ok issue condition conditions illness disease see die dying awful
    terrible rough funny weird strange yesterday today tonight day right change causing info mother
    mum mom father dad parent parents son daughter wife husband partner brother sister gran granny
    grandmother grandfather uncle aunt friend kid man woman lady gentleman girl boy lad male female
    """
)
"""Words around a person's findings that name none of them."""
COMPLAINTS: Final = word_set(
    """
    operation surgery procedure rash itch itchy itching tired tiredness exhausted dizzy dizziness cough
    coughing sneezing nausea vomiting swelling swollen lump bump spots ache aching sore fever temperature
    chest tummy stomach belly back head leg arm foot neck kidney liver heart lung thyroid bowel bladder
    """
)
"""Complaints and places of the body: what they mean depends on an illness that is not stated."""
EMPTY_WORDS: Final = word_set(
    "new long time options option well ok bad normal next plan wrong more stopped started given changed"
    " info pls plz thanks thank thx cheers many days protocol range summary um umm hm hmm"
)
"""Words that say nothing in a question that holds nothing else."""

GREETING: Final = re.compile(
    r"(?:hi|hello|hey|help|test|testing|please|good (?:morning|evening)|need)\b[\w ,]{0,20}"
)
MEASURED: Final = re.compile(
    r"(?:\b(?:my|his|her|their|the|a)\s+)?(?P<what>[a-z][a-z+-]*(?: [a-z]+)??)\s+"
    r"(?:is|was|of|at|=|level)?\s*\d+(?:[.,/]\d+)*(?![\d.,/-])"
    r"(?! ?(?:-|years?|yo|y/o|yrs?|months?|weeks?|days?|[mf]\b))"
    r"|(?:\b(?:my|his|her|their)\s+)(?P<which>[a-z]+)\s+(?:went|dropped|fell|rose|has|is|was)\b[^?]*\d",
    re.IGNORECASE,
)
"""A value and what it is of: ``my potassium is 6.6``; an age is none."""

_OWN: Final = r"(?:\b(?:my|his|her|their|our|the|this|these)\s+)?"
GAPS: Final[tuple[Gap, ...]] = (
    _gap(
        _OWN + r"\b(?:(?:blood )?(?:test )?results?|labs?|bloods|blood tests?|scans?|x-?rays?|mri|biopsy"
        r"|ecg)\b",
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
        r"\b(?:any |the |what )?(?:side effects?|adverse effects?|risks?)\b"
        r"|\b(?:is (?:it|this|that) )?safe\b",
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
        rf"\b(?:my|his|her|our|this|the)\s+{RELATIVE}\b",
        "What is known of “{said}”: which illness, or which finding?",
        "nothing about a person is assumed; evidence is found by illness or finding",
    ),
    _gap(
        r"\b(?:symptoms?|pain|ill|unwell|sick|tired|rash|not feeling well|getting worse"
        r"|deteriorating)\b",
        "What is behind “{said}”, if it is known: which illness or medicine?",
        "the same complaint has different evidence in different illnesses",
    ),
    _gap(
        r"\b(?:it|this|that|them|these|they)\b",
        "What does “{said}” stand for: which medicine, illness or test?",
        "the question does not name it",
    ),
)
OWN: Final = re.compile(r"\b(?:my|his|her|our|he|she|he'?s|she'?s)\b")
"""Speaks of what one person has; a general question with "I" does not."""
OF_A_PERSON: Final = _gap(
    r"\b(?:my|his|her|our)\s+[\w-]+",
    "What is behind “{said}”, if it is known: which illness or medicine?",
    "evidence is found by illness or medicine, and neither is named",
)
CHANGES: Final = _gap(
    r"\b(?:stop|come off|halve|skip|reduce|change)\b",
    "Why “{said}”: a side effect, no benefit, or something planned?",
    "each reason is answered by other evidence",
)
