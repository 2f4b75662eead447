"""From a question as understood to what is printed of it: refused, asked back, corrected or answered.

The order is that of harm: an emergency first, then what is not clinical, then what cannot be understood,
then what the question wrongly takes for granted, then the evidence. Renders and stores nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from osler.answer.ask_back import ask_back
from osler.answer.look import Look, Outcome
from osler.answer.plans import fill
from osler.answer.premise import hold_premise, without_premise
from osler.answer.select import (
    MOST_STATEMENTS,
    MOST_WITHHELD,
    MOST_WORDS,
    Offer,
    Pick,
    Purpose,
    Selection,
)
from osler.answer.sentences import Reading
from osler.answer.several import MOST_TOGETHER, tell_apart
from osler.answer.suggest import JOINT
from osler.answer.withhold import refuse_question, status_of
from osler.model.answer import AnswerStatus, PartSupport, Support, Withheld
from osler.model.question import Clarification, Concept, Facet, Question
from osler.retrieval.matching import names
from osler.retrieval.vocabulary import Vocabulary

StudiesOf = Callable[[Iterable[str]], dict[str, str]]
THE_QUESTION: Final = "the question"


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was gathered for one question.

    Attributes:
        question: As understood; of several asked in one, the whole with the wording of each.
        status: What came of it.
        outcome: Support of each part, and what was read.
        picks: Statements with where they come from, the bottom line first.
        withheld: What was found and not printed.
        clarify: Questions back.
        offered: What could have been taken, for a writer.
    """

    question: Question
    status: AnswerStatus
    outcome: Outcome
    picks: tuple[Pick, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    clarify: tuple[Clarification, ...] = ()
    offered: tuple[Offer, ...] = ()


def gather(
    question: Question,
    vocabulary: Vocabulary,
    look: Look,
    *,
    studies: StudiesOf,
    reading: Reading | None = None,
) -> Gathered:
    """Return what is printed of ``question``: nothing when it is refused or asked back."""
    read = reading or Reading()

    def selection_for(one: Question) -> Selection:
        return Selection(one, vocabulary, look.trace, studies, reading=read)

    refused = refuse_question(question)
    if refused is not None:
        return Gathered(question, refused, Outcome((), 0))
    asked = tell_apart(question, vocabulary, without=look.without)
    clarify = _which_first(asked) or _clarify(asked[0], look, selection_for)
    if clarify:
        return _asked_back(question, clarify)
    if len(asked) == 1:
        return _answer(question, look, selection_for)
    each = [_answer(one, look, selection_for) for one in asked]
    return _together(question, each)


def _asked_back(question: Question, clarify: tuple[Clarification, ...]) -> Gathered:
    return Gathered(question, AnswerStatus.NEEDS_CLARIFICATION, Outcome((), 0), clarify=clarify)


def _which_first(asked: tuple[Question, ...]) -> tuple[Clarification, ...]:
    if len(asked) <= MOST_TOGETHER:
        return ()
    listed = "; ".join(f"“{one.asked}”" for one in asked[:MOST_TOGETHER])
    why = f"{len(asked)} questions were asked in one, and a short answer holds {MOST_TOGETHER}"
    return (Clarification(f"Which of these comes first: {listed} …?", why),)


def _clarify(
    question: Question, look: Look, selection_for: Callable[[Question], Selection]
) -> tuple[Clarification, ...]:
    def held(subject: Concept) -> tuple[Facet, ...]:
        found = look.find((subject,), question, Facet.FINDING, "what is held")
        counts: dict[Facet, int] = {}
        for candidate in selection_for(question).reading.candidates(found):
            if candidate.facets and names(candidate.keyed, subject):
                counts[candidate.facets[0]] = counts.get(candidate.facets[0], 0) + 1
        return tuple(sorted(counts, key=lambda facet: (-counts[facet], facet.value)))

    return ask_back(question, held)


def _answer(question: Question, look: Look, selection_for: Callable[[Question], Selection]) -> Gathered:
    """Return the answer to one question, its false premise corrected in the first sentence."""
    held = hold_premise(question, selection_for(question), look)
    if held is not None and held.clarify:
        return _asked_back(question, held.clarify)
    selection = selection_for(question if held is None else without_premise(question, held))
    outcome = fill(selection, look)
    status = status_of(selection.picks, outcome.parts)
    gathered = Gathered(
        question,
        status,
        outcome,
        tuple(selection.picks),
        tuple(selection.withheld),
        offered=tuple(selection.offered),
    )
    if held is None or held.correction is None:
        return gathered
    return _corrected(gathered, held.said, held.correction)


def _corrected(gathered: Gathered, said: str, first: Pick) -> Gathered:
    """Return the answer with the correction first, within the same length."""
    rest = [p for p in gathered.picks if p.statement.id != first.statement.id]
    part = PartSupport(f"what the question takes for granted (“{said}”)", Support.NOT_FOUND)
    return replace(
        gathered,
        status=AnswerStatus.FALSE_PREMISE,
        picks=_within((first, *rest), most=MOST_STATEMENTS, most_words=MOST_WORDS),
        outcome=replace(gathered.outcome, parts=(part, *gathered.outcome.parts)),
    )


def _within(picks: Iterable[Pick], *, most: int, most_words: int) -> tuple[Pick, ...]:
    """Return the first picks that keep the length, at least one; a licence is kept before others."""
    listed = list(picks)
    kept: list[Pick] = []
    spent = 0
    for pick in sorted(listed, key=lambda p: p is not listed[0] and p.purpose is not Purpose.LICENCE):
        cost = len(pick.statement.text.split()) + len(pick.statement.lead.split())
        if kept and (len(kept) == most or spent + cost > most_words):
            continue
        kept.append(pick)
        spent += cost
    return tuple(pick for pick in listed if any(pick is one for one in kept))


def _named_apart(one: Gathered, taken: Collection[str]) -> list[PartSupport]:
    """Return the parts of one of several answers; what would name two alike bears its question."""
    listed = one.outcome.parts or (PartSupport(THE_QUESTION, Support.NOT_FOUND),)
    asked = one.question.asked.rstrip("? ")
    return [
        replace(part, part=asked) if part.part == THE_QUESTION or part.part in taken else part
        for part in listed
    ]


def _together(question: Question, each: list[Gathered]) -> Gathered:
    """Return the answers to several questions as one: each in its share of the length, parts marked."""
    share = -(-MOST_STATEMENTS // len(each))
    picks: list[Pick] = []
    parts: list[PartSupport] = []
    for one in each:
        new = [p for p in one.picks if all(p.statement.id != q.statement.id for q in picks)]
        picks += _within(new, most=share, most_words=MOST_WORDS // len(each))
        parts += _named_apart(one, {part.part for part in parts})
    picks = picks[:MOST_STATEMENTS]
    clarify = tuple(dict.fromkeys(item for one in each for item in one.clarify))
    first = next((one for one in each if one.status is AnswerStatus.FALSE_PREMISE), None)
    status = first.status if first else status_of(picks, parts)
    if clarify and not picks:
        return _asked_back(question, clarify)
    outcome = Outcome(
        tuple(dict.fromkeys(parts)),
        sum(one.outcome.hits for one in each),
        off_label=any(one.outcome.off_label for one in each),
        elsewhere=tuple(dict(pair for one in each for pair in one.outcome.elsewhere).items()),
        tiers=False,
        seen=tuple(candidate for one in each for candidate in one.outcome.seen),
        related=each[0].outcome.related,
    )
    withheld = tuple(dict.fromkeys(item for one in each for item in one.withheld))[:MOST_WITHHELD]
    whole = replace(
        question,
        normalised=JOINT.join(one.question.normalised for one in each),
        kinds=tuple(dict.fromkeys(one.question.kinds[0] for one in each)),
    )
    offered = tuple(offer for one in each for offer in one.offered)
    return Gathered(whole, status, outcome, tuple(picks), withheld, clarify, offered)
