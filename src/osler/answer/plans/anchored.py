"""A question about a named drug or condition, answered on the facet asked for."""

from __future__ import annotations

from typing import Final

from osler.answer.against import EFFECTS, denies_of_another, tells_against
from osler.answer.fit import QuestionWords
from osler.answer.look import Look, Outcome, facets_elsewhere, merge_found
from osler.answer.plans.links import speaks_against, take_licence
from osler.answer.point import anchored
from osler.answer.relations import find_related
from osler.answer.select import MOST_STATEMENTS, Purpose, Selection, in_order
from osler.answer.sentences import Candidate
from osler.answer.topics import says_not_to
from osler.answer.weigh import Anchor, Weighed, anchor_of, weigh_anchored
from osler.model.answer import PartSupport, Support
from osler.model.certainty import Level
from osler.model.question import ConceptRole, QuestionKind
from osler.model.source import Design, Kind
from osler.retrieval import lexicon
from osler.retrieval.appraise import Directness
from osler.retrieval.search import FoundPassage
from osler.synthesis.ratings import find_ratings
from osler.text.normalise import fold

UNCONTROLLED: Final = frozenset(
    {Design.CASE_SERIES, Design.NARRATIVE_REVIEW, Design.LABORATORY, Design.PREPRINT, Design.OTHER}
)
LICENCE_KINDS: Final = frozenset({QuestionKind.DOSE, QuestionKind.TREATMENT, QuestionKind.ROUTE})
MOST_DEFINITIONS: Final = 2
"""What a thing is, is said once, and once more by another source."""
LOW: Final = frozenset({Level.LOW, Level.VERY_LOW})


def fill_anchored(selection: Selection, look: Look, *, kind: QuestionKind | None = None) -> Outcome:
    """Answer on one facet about a named drug or condition, the most direct evidence first.

    Evidence on another condition never answers by itself: a label's dose for its licensed use may stand
    beside what was found for the condition asked about, and nothing stands alone in its place.

    Args:
        selection: What is filled.
        look: Where evidence is looked for.
        kind: Answers as if this were asked, where the question's own kind found nothing.
    """
    question = selection.question
    asked = kind or question.kinds[0]
    found: list[FoundPassage] = []
    for facet in lexicon.WANTED_FACETS[asked]:
        found = merge_found(found, look.find(question.concepts, question, facet, facet.value))
    related = find_related(question.with_role(ConceptRole.CONDITION), found, selection.vocabulary)
    anchor = anchor_of(question, related, kind=asked)
    candidates = selection.reading.candidates(found)
    words = QuestionWords(question, selection.vocabulary)
    named = (*anchor.drugs, *anchor.conditions, *anchor.related)
    weighed = in_order(weigh_anchored(c, anchor) for c in candidates)
    if question.with_role(ConceptRole.TOPIC):
        # Drug, condition and facet do not say it all.
        weighed = [anchored(entry, words, question, named) for entry in weighed]
    usable = [w for w in weighed if not w.refused]
    direct = [w for w in usable if not anchor.conditions or w.directness >= Directness.RELATED]
    licensed = asked in LICENCE_KINDS and bool(anchor.drugs and anchor.conditions)
    # The licence first, so that a long answer leaves room for it; it is told last.
    off_label = take_licence(selection, look, anchor) if licensed and direct else False
    if direct:
        room = MOST_DEFINITIONS if asked is QuestionKind.DEFINITION else MOST_STATEMENTS
        _take_in_turn(selection, direct, usable, anchor, room=room)
    selection.withhold_refused(weighed)
    _bring_direct_first(selection, asked)
    if all(pick.purpose is Purpose.LICENCE for pick in selection.picks):
        selection.picks.clear()
    support = _support(selection, anchor)
    parts = tuple(PartSupport(part.name, support) for part in question.parts)
    if kind is not None:
        missing = tuple(PartSupport(part.name, Support.NOT_FOUND) for part in question.parts)
        parts = (*missing, PartSupport(f"{asked.value} instead", support))
    elsewhere = facets_elsewhere(candidates, anchor)
    return Outcome(
        parts, len(found), off_label, elsewhere, seen=tuple(candidates), related=anchor.related
    )


def _take_in_turn(
    selection: Selection, direct: list[Weighed], usable: list[Weighed], anchor: Anchor, *, room: int
) -> None:
    """Take the best, then what speaks against it, then each tier, one of a source before a second."""
    needed = anchor.drugs[:1] or anchor.conditions[:1]
    against = [w for w in direct if _is_against(w.candidate, anchor)]
    guideline = [w for w in direct if w.candidate.source.kind is Kind.GUIDELINE]
    label = [w for w in usable if w.candidate.source.kind is Kind.LABEL]
    for entries, most, per_source in (
        (guideline, 1, 1),
        (direct, 1, 1),
        (against, 1, 1),
        (guideline, 1, 2),
        (label, 1, 2),
        (direct, room, 1),
        (direct, room, 2),
    ):
        purpose = Purpose.COUNTER if entries is against else Purpose.ANSWER
        left = min(most, room - len(selection.picks))
        selection.take(
            entries, most=left, purpose=purpose, needed=needed, per_source=per_source, fresh=True
        )


def _bring_direct_first(selection: Selection, asked: QuestionKind) -> None:
    """Put the most direct statement first: it becomes the bottom line.

    Who should not be given a drug is asked for what says so, however nearly other words fit.
    """
    warned = asked is QuestionKind.CONTRAINDICATION
    order = sorted(
        range(len(selection.picks)),
        key=lambda i: (
            selection.picks[i].purpose is not Purpose.ANSWER,
            warned and says_not_to(fold(selection.picks[i].candidate.text)) is None,
            -selection.picks[i].weighed.directness,
            -selection.picks[i].weighed.score,
        ),
    )
    selection.picks[:] = [selection.picks[i] for i in order]


def _support(selection: Selection, anchor: Anchor) -> Support:
    answers = [p for p in selection.picks if p.purpose in (Purpose.ANSWER, Purpose.COUNTER)]
    if not answers:
        return Support.NOT_FOUND
    direct = [p for p in answers if p.weighed.directness is Directness.DIRECT]
    strong = [
        p
        for p in direct
        if p.candidate.source.design not in UNCONTROLLED and not _calls_itself_weak(p.candidate)
    ]
    if anchor.conditions and not strong:
        return Support.WEAK
    return Support.SUPPORTED


def _calls_itself_weak(candidate: Candidate) -> bool:
    """Tell whether a sentence rates its own evidence as of low or very low certainty."""
    return any(rating.level in LOW for rating in find_ratings(candidate.text))


def _is_against(candidate: Candidate, anchor: Anchor) -> bool:
    """Tell whether a sentence speaks against: on effects, against the drug asked about."""
    if not anchor.drugs:
        return speaks_against(candidate)
    if anchor.wanted[0] in EFFECTS:
        return tells_against(candidate, anchor.drugs[0])
    return speaks_against(candidate) and not denies_of_another(candidate, anchor.drugs[0])
