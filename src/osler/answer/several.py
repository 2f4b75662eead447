"""Two or three questions asked in one: told apart, each put in words that stand alone.

Words only: "what dose is used, and what are its side effects?" becomes two whole questions. What merely
joins nouns or clauses of one question is left whole.
"""

from __future__ import annotations

import re
from typing import Final

from osler.answer.follow_up import earlier_of, follow
from osler.model.question import ConceptRole, Question
from osler.retrieval import lexicon
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.understand import understand
from osler.retrieval.vocabulary import Vocabulary
from osler.text.normalise import STOP_WORDS, fold, words

MOST_TOGETHER: Final = 3
_AUXILIARY: Final = r"(?:is|are|was|were|do|does|did|should|can|could|would|will|must|has|have)"
_NEXT: Final = (
    rf"(?:(?:what|which|who) |how (?:much|many|often|long|soon) |(?:how|when|where|why) {_AUXILIARY}\b"
    r"|(?:how|when) to )"
)
_SENTENCE_END: Final = re.compile(r"(?<=\?)\s+")
_CLAUSE: Final = re.compile(
    rf"(?:\s*[,;]\s*(?:and |but )?|\s+(?:and|&|also|plus)\s+)(?:also )?(?={_NEXT})"
    rf"|\s*[,;]\s*(?:and |but )(?:also )?(?={_AUXILIARY} )"
    rf"|\s+and (?:also )?(?={_AUXILIARY} (?:it|this|they|these)\b)",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(
    rf"\W*(?:also |and |so )?(?:{_NEXT}|{_AUXILIARY} |how |when |why |where )", re.I
)
_ASKED_NOUN: Final = (
    r"(?:dos(?:e|es|ing|age)|mechanisms?(?: of action)?|(?:side|adverse) effects?|harms?|efficacy"
    r"|effectiveness|safety|contra-?indications?|interactions?|monitoring|half-life|pharmacokinetics"
    r"|diagnosis|treatment|management|prognosis|survival|mortality|licen[cs]e|indications?)"
)
_ITS_NOUN: Final = re.compile(
    rf"\s*(?:,|\band\b|&|\+)\s*(?=(?:its|their) {_ASKED_NOUN}\b)", re.IGNORECASE
)
_NOUNS: Final = re.compile(
    rf"\b(?P<one>{_ASKED_NOUN})(?:\s*(?:and|&|\+|/)\s*)(?P<two>{_ASKED_NOUN})\b", re.IGNORECASE
)
_KIND: Final = re.compile(rf"\b{_ASKED_NOUN}\b", re.IGNORECASE)
_FEWEST_WORDS: Final = 2


def tell_apart(
    question: Question, vocabulary: Vocabulary, *, without: frozenset[Aid] = NOTHING
) -> tuple[Question, ...]:
    """Return the questions that were asked in one, each whole by itself.

    A later question takes from the first what it leaves unsaid, as a follow-up does.
    """
    nouns = _NOUNS.search(question.asked)
    if nouns:
        pair = _by_nouns(question.asked, nouns, question.follows, vocabulary, without)
        if pair:
            return pair
    pieces = split_questions(question.asked)
    if len(pieces) < 2:
        return (question,)
    first = understand(pieces[0], vocabulary, follows=question.follows, without=without)
    earlier = earlier_of(first)
    told = [first]
    told += [
        follow(piece, earlier, vocabulary, follows=question.follows, without=without)
        for piece in pieces[1:]
    ]
    different = {each.normalised: each for each in told}
    return tuple(different.values()) if len(different) > 1 else (question,)


def split_questions(asked: str) -> tuple[str, ...]:
    """Return the stretches of ``asked`` that each ask something; all of it when it is one question."""
    pieces: list[str] = []
    for sentence in _SENTENCE_END.split(asked.strip()):
        clauses = [clause.strip(" ,;") for clause in _CLAUSE.split(sentence)]
        if len(clauses) > 1 and not _OPENS.match(clauses[0]):
            # What stands before the comma is whom it is about, not a question of its own.
            clauses = [sentence]
        for clause in clauses:
            pieces += [piece.strip(" ,;") for piece in _ITS_NOUN.split(clause)]
    told = all(_has_content(piece) for piece in pieces)
    asks = all(_OPENS.match(piece) or piece.endswith("?") or _KIND.search(piece) for piece in pieces)
    return tuple(pieces) if len(pieces) > 1 and told and asks else (asked,)


def _has_content(piece: str) -> bool:
    found = words(piece)
    said = [word for word in found if fold(word.text) not in STOP_WORDS]
    return len(found) >= _FEWEST_WORDS and bool(said)


def _by_nouns(
    asked: str,
    nouns: re.Match[str],
    follows: str | None,
    vocabulary: Vocabulary,
    without: frozenset[Aid],
) -> tuple[Question, ...]:
    """Return one question for each of two joined nouns (``dose and side effects of``), or nothing.

    Only where both are questions about a named drug or condition that other evidence answers.
    """
    made = [
        understand(
            f"{asked[: nouns.start()]}{noun}{asked[nouns.end() :]}",
            vocabulary,
            follows=follows,
            without=without,
        )
        for noun in (nouns["one"], nouns["two"])
    ]
    wanted = [frozenset(lexicon.WANTED_FACETS.get(each.kinds[0], ())) for each in made]
    apart = all(wanted) and not wanted[0] & wanted[1]
    known = all(each.with_role(ConceptRole.INTERVENTION, ConceptRole.CONDITION) for each in made)
    return tuple(made) if apart and known else ()
