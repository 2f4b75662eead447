"""A free question, answered by relevance: the sentences that share its words."""

from __future__ import annotations

from typing import Final

from osler.answer.look import Look, Outcome, facets_elsewhere
from osler.answer.select import Purpose, Selection, in_order
from osler.answer.weigh import (
    FURTHER_COVERAGE,
    NEAR_THE_BEST,
    PASSAGE_COVERAGE,
    QuestionWords,
    Weighed,
    anchor_of,
    weigh_free,
)
from osler.model.answer import PartSupport, Support
from osler.model.question import ConceptRole
from osler.retrieval.matching import names
from osler.retrieval.search import FoundPassage
from osler.retrieval.understand import is_qualified
from osler.text.moves import Move
from osler.text.names import keyed

FREE_POOL: Final = 12
NAMED: Final = (ConceptRole.INTERVENTION, ConceptRole.CONDITION)
FEWEST: Final = 3  # statements of a good answer, where there is evidence for them


def fill_free(selection: Selection, look: Look) -> Outcome:
    """Answer by relevance: the sentences of the best passages that share the question's words."""
    question = selection.question
    found = look.find_whole(question, top=FREE_POOL)
    asked = QuestionWords(question, selection.vocabulary)
    weighed = _weigh_found(found, asked, selection)
    usable = [w for w in weighed if not w.refused]
    usable = [w for w in usable if w.candidate.move is not Move.BACKGROUND] or usable
    near = usable[:1] + [w for w in usable[1:] if w.shared >= FURTHER_COVERAGE]
    lone = len({selection.study_of(w.candidate) for w in usable}) == 1
    for entries, most in ((near, 5), (usable, FEWEST)):
        selection.take(
            entries,
            most=most - len(selection.picks),
            purpose=Purpose.ANSWER,
            needed=question.with_role(ConceptRole.INTERVENTION)[:1],
            per_source=4 if lone else 2,
        )
    selection.withhold_refused(weighed)
    support = Support.SUPPORTED if selection.picks else Support.NOT_FOUND
    parts = tuple(PartSupport(part.name, support) for part in question.parts)
    seen = selection.reading.candidates(found) if question.with_role(*NAMED) else []
    elsewhere = facets_elsewhere(seen, anchor_of(question, ()))
    return Outcome(parts, len(found), tiers=False, elsewhere=elsewhere, seen=tuple(seen))


def _weigh_found(found: list[FoundPassage], asked: QuestionWords, selection: Selection) -> list[Weighed]:
    """Return the sentences of the passages that hold enough of the question, best first.

    A passage must name the drug and the condition asked about, and share nearly as much with the
    question as the best one does.
    """
    question = selection.question
    must = (
        *question.with_role(ConceptRole.INTERVENTION)[:1],
        *question.with_role(ConceptRole.CONDITION)[:1],
        *(concept for concept in question.concepts if is_qualified(concept)),
    )
    read = []
    for entry in found:
        sentences = selection.reading.candidates([entry])
        if sentences and all(names(sentences[0].around, concept) for concept in must):
            read.append((asked.coverage(sentences[0].around), sentences))
        else:
            selection.trace.note("select", entry.source.key, "dropped", "does not name what was asked")
    least = max(
        PASSAGE_COVERAGE, NEAR_THE_BEST * max((around for around, _sentences in read), default=0.0)
    )
    best = found[0].score if found else 0.0
    weighed = []
    for around, sentences in read:
        if around < least:
            reason = f"shares {around:.0%} of the question's words; {least:.0%} are needed"
            selection.trace.note("select", sentences[0].source.key, "dropped", reason)
            continue
        titled = asked.coverage(keyed(sentences[0].source.title or ""))
        weighed += [
            weigh_free(c, asked, question, best_score=best, around=around, titled=titled)
            for c in sentences
        ]
    return in_order(weighed)
