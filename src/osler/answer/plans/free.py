"""A free question, answered by the sentences that are likeliest to answer it."""

from __future__ import annotations

from typing import Final

from osler.answer.aim import Aim
from osler.answer.fit import Fit, QuestionWords
from osler.answer.look import Look, Outcome, facets_elsewhere
from osler.answer.point import pointed
from osler.answer.select import Purpose, Selection, in_order
from osler.answer.weigh import Weighed, anchor_of, weigh_free
from osler.model.answer import PartSupport, Support
from osler.model.question import ConceptRole, QuestionKind
from osler.retrieval.matching import names
from osler.retrieval.search import FoundPassage
from osler.retrieval.understand import is_qualified
from osler.text.moves import Move

FREE_POOL: Final = 12
NAMED: Final = (ConceptRole.INTERVENTION, ConceptRole.CONDITION)
MOST: Final = 5
BEHIND: Final = 0.5
"""How far behind the best a sentence may be to stand beside it."""


def fill_free(selection: Selection, look: Look) -> Outcome:
    """Answer by the sentences of the best passages that are likelier to answer than not."""
    question = selection.question
    found = look.find_whole(question, top=FREE_POOL)
    weighed = _weigh_found(found, selection)
    usable = [w for w in weighed if not w.refused]
    usable = [w for w in usable if w.candidate.move is not Move.BACKGROUND] or usable
    lone = len({selection.study_of(w.candidate) for w in usable}) == 1
    near = usable[0].score - BEHIND if usable else 0.0
    further = [w for w in usable if w.beside and w.score >= near]
    beside = 1 if question.kinds[0] is QuestionKind.DEFINITION else MOST - 1
    for entries, most in ((usable, 1), (further, beside)):
        selection.take(
            entries,
            most=most,
            purpose=Purpose.ANSWER,
            needed=question.with_role(ConceptRole.INTERVENTION)[:1],
            per_source=4 if lone else 2,
            fresh=True,
        )
    selection.withhold_refused(weighed)
    support = _support(selection)
    parts = tuple(PartSupport(part.name, support) for part in question.parts)
    seen = selection.reading.candidates(found) if question.with_role(*NAMED) else []
    elsewhere = facets_elsewhere(seen, anchor_of(question, ()))
    return Outcome(parts, len(found), tiers=False, elsewhere=elsewhere, seen=tuple(seen))


def _support(selection: Selection) -> Support:
    if not selection.picks:
        return Support.NOT_FOUND
    doubtful = all(pick.weighed.doubtful for pick in selection.picks)
    return Support.WEAK if doubtful else Support.SUPPORTED


def _weigh_found(found: list[FoundPassage], selection: Selection) -> list[Weighed]:
    """Return the sentences of the passages that name drug and condition asked about, best first."""
    question = selection.question
    must = (
        *question.with_role(ConceptRole.INTERVENTION)[:1],
        *question.with_role(ConceptRole.CONDITION)[:1],
        *(concept for concept in question.concepts if is_qualified(concept)),
    )
    asked = QuestionWords(question, selection.vocabulary)
    fit = Fit(question, asked)
    aim = Aim(question, fit)
    best = found[0].score if found else 0.0
    weighed: list[Weighed] = []
    for entry in found:
        sentences = selection.reading.candidates([entry])
        if sentences and all(names(sentences[0].around, concept) for concept in must):
            weighed += [
                pointed(weigh_free(c, fit, question, best=best), aim, question, best=best)
                for c in sentences
            ]
        else:
            selection.trace.note("select", entry.source.key, "dropped", "does not name what was asked")
    return in_order(weighed)
