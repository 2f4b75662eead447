"""What an answer to one kind of question is made of, and in which order it is told.

Four plans: a mechanism is told link by link; a question about a named drug or condition by its facet; a
free question by relevance. Each fills a :class:`Selection` and says how well each part is supported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from osler.answer.relations import acts_on_a_target, find_related, find_target, names_target
from osler.answer.select import Purpose, Selection, in_order
from osler.answer.sentences import Candidate
from osler.answer.weigh import (
    FURTHER_COVERAGE,
    NEAR_THE_BEST,
    PASSAGE_COVERAGE,
    Anchor,
    QuestionWords,
    Weighed,
    anchor_of,
    directness_of,
    other_drug,
    refuse_by_form,
    weigh_anchored,
    weigh_free,
)
from osler.index.protocol import Filters, Lexical
from osler.model.answer import PartSupport, Support
from osler.model.question import Concept, ConceptRole, Facet, Question, QuestionKind
from osler.model.source import Design, Kind
from osler.retrieval import lexicon
from osler.retrieval.appraise import DESIGN_RANK, Directness
from osler.retrieval.matching import keyed, names
from osler.retrieval.search import (
    POOL,
    FoundPassage,
    Shelf,
    clauses_for,
    free_clauses,
    is_anchored,
    search_clauses,
)
from osler.retrieval.trace import Trace
from osler.text.moves import Move
from osler.text.normalise import fold
from osler.text.polarity import negations

AGAINST: Final = "evidence against"
TOLD: Final = (Purpose.ANSWER, Purpose.LINK, Purpose.COUNTER, Purpose.LICENCE)
FREE_POOL: Final = 12
FEWEST: Final = 3  # statements of a good answer, where there is evidence for them
LICENCE_KINDS: Final = frozenset({QuestionKind.MECHANISM, QuestionKind.DOSE, QuestionKind.TREATMENT})
_ALONE: Final = re.compile(r"\b(?:alone|only|rather than|instead of|despite|left .{0,40} in place)\b")
_OFF_LICENCE: Final = re.compile(
    r"\boff-?[ -]?(?:label|licen[cs]e)|\bunlicen[cs]ed\b|\bnot (?:licen[cs]ed|listed|among|included"
    r"|approved)\b"
    r"|\boutside (?:the|its|their)\b"
)
# "… which is expert opinion, not trial evidence" weakens the evidence and denies nothing.
_OF_THE_EVIDENCE: Final = re.compile(
    r"\b(?:not|no|without|rather than)\b(?: \w+){0,3} (?:evidence|proof)\b"
)
ANIMALS: Final = re.compile(r"\b(?:mouse|mice|murine|rats?|animals?|in vitro|transgenic)\b")


@dataclass(frozen=True, slots=True)
class Look:
    """Where evidence is looked for, and under which limits."""

    index: Lexical
    shelf: Shelf
    filters: Filters
    trace: Trace

    def find(
        self, concepts: Iterable[Concept], question: Question, facet: Facet, stage: str
    ) -> list[FoundPassage]:
        """Return the passages for one part of a question."""
        return search_clauses(
            clauses_for(concepts, question, facet=facet),
            index=self.index,
            shelf=self.shelf,
            filters=self.filters,
            top=POOL,
            trace=self.trace,
            stage=stage,
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a plan came to.

    Attributes:
        parts: Support of each part of the question.
        hits: Passages read.
        off_label: Whether a printed statement says that the use is outside the licence.
        elsewhere: Facets on which sentences about the same drug and condition were seen, with counts.
    """

    parts: tuple[PartSupport, ...]
    hits: int
    off_label: bool = False
    elsewhere: tuple[tuple[Facet, int], ...] = ()


def fill(selection: Selection, look: Look) -> Outcome:
    """Fill ``selection`` by the plan that fits its question."""
    question = selection.question
    if not is_anchored(question):
        return _fill_free(selection, look)
    if question.kinds[0] is QuestionKind.MECHANISM and question.with_role(ConceptRole.INTERVENTION):
        return _fill_mechanism(selection, look)
    outcome = _fill_anchored(selection, look)
    if not selection.picks and question.kinds[0] is QuestionKind.DEFINITION:
        # Few sources define what they study; what they say about it is the next best thing.
        return _fill_free(selection, look)
    return outcome


def _fill_mechanism(selection: Selection, look: Look) -> Outcome:
    """Tell a mechanism link by link: drug → target, target → condition, what speaks against, licence."""
    question = selection.question
    drug = question.with_role(ConceptRole.INTERVENTION)[0]
    conditions = question.with_role(ConceptRole.CONDITION)
    found = look.find((drug,), question, Facet.MECHANISM, "drug → target")
    found_here = look.find((drug, *conditions), question, Facet.MECHANISM, "direct evidence")
    pool = _merge(found, found_here)
    candidates = selection.reading.candidates(pool)
    related = find_related(conditions, pool, selection.vocabulary)
    anchor = anchor_of(question, related)
    first = [_weigh_link(c, anchor) for c in candidates if _tells_the_target(c, drug)]
    selection.withhold_refused(first)
    taken = selection.take(in_order(first), most=1, purpose=Purpose.ANSWER, needed=(drug,))
    parts = [PartSupport(f"{drug.text} → target", Support.SUPPORTED if taken else Support.NOT_FOUND)]
    off_label = _take_licence(selection, look, anchor) if taken else False
    hits = len(pool)
    target = find_target((w.candidate for w in first if not w.refused), drug, selection.vocabulary)
    if taken and target is not None:
        selection.name_also(
            [w.candidate for w in in_order(first) if not w.refused and names_target(w.candidate, target)]
        )
    if conditions and taken:
        linked = look.find(conditions, question, Facet.MECHANISM, "target → condition")
        if target is not None:
            concepts = (target, *conditions, *related)
            linked = _merge(look.find(concepts, question, Facet.MECHANISM, "target"), linked)
        everything = _merge(linked, pool)
        hits = len(everything)
        parts += _fill_links(selection, selection.reading.candidates(everything), anchor, target)
    selection.picks.sort(key=lambda pick: TOLD.index(pick.purpose))
    return Outcome(tuple(parts), hits, off_label, _elsewhere(candidates, anchor))


def _tells_the_target(candidate: Candidate, drug: Concept) -> bool:
    """Tell whether a sentence says, of people or in general, what ``drug`` acts on."""
    return (
        names(candidate.keyed, drug)
        and Facet.MECHANISM in candidate.facets
        and acts_on_a_target(candidate)
        and not ANIMALS.search(fold(candidate.text))
    )


def _fill_links(
    selection: Selection, candidates: list[Candidate], anchor: Anchor, target: Concept | None
) -> list[PartSupport]:
    """Take what the target does in the condition and what speaks against it; return the supports.

    One statement on each side comes before a second one on either, so that a short answer has both.
    """
    drug, condition = anchor.drugs[0], anchor.conditions[0]
    about = [c for c in candidates if Facet.MECHANISM in c.facets and _names_condition(c, anchor)]
    for_link = in_order(
        _weigh_link(c, anchor)
        for c in about
        if target
        and names_target(c, target)
        and not _speaks_against(c)
        and not ANIMALS.search(fold(c.text))
    )
    against = in_order(_weigh_link(c, anchor) for c in about if _speaks_against(c))
    against = _first_by_target(against, target)
    linked = selection.take(for_link, most=1, purpose=Purpose.LINK, needed=())
    countered = selection.take(against, most=2, purpose=Purpose.COUNTER, needed=())
    linked += selection.take(for_link, most=1, purpose=Purpose.LINK, needed=())
    strong = any(
        p.purpose is Purpose.LINK
        and DESIGN_RANK[p.candidate.source.design] >= DESIGN_RANK[Design.COHORT]
        for p in selection.picks
    )
    named = target.text if target else "target"
    support = Support.SUPPORTED if strong else Support.WEAK if linked else Support.NOT_FOUND
    shown = any(_shows_in_patients(c, anchor) for c in about)
    return [
        PartSupport(f"{named} → {condition.text}", support),
        PartSupport(
            f"the mechanism of {drug.text} shown in patients with {condition.text}",
            Support.SUPPORTED if shown else Support.NOT_FOUND,
        ),
        PartSupport(AGAINST, Support.SUPPORTED if countered else Support.NOT_FOUND),
    ]


def _shows_in_patients(candidate: Candidate, anchor: Anchor) -> bool:
    """Tell whether a sentence reports the drug's action itself from people with the condition."""
    return (
        names(candidate.keyed, anchor.drugs[0])
        and acts_on_a_target(candidate)
        and not refuse_by_form(candidate)
        and not ANIMALS.search(fold(candidate.text))
        and candidate.source.design not in (Design.LABORATORY, Design.NARRATIVE_REVIEW)
    )


def _first_by_target(weighed: list[Weighed], target: Concept | None) -> list[Weighed]:
    """Return counter-evidence in order of weight for the question.

    First what concerns the drug's own target, then what gives the leading part to something else.
    """

    def away(entry: Weighed) -> tuple[bool, bool]:
        about_target = target is not None and names_target(entry.candidate, target)
        return not about_target, not _ALONE.search(fold(entry.candidate.text))

    return sorted(weighed, key=away)


def _names_condition(candidate: Candidate, anchor: Anchor) -> bool:
    return any(names(candidate.keyed, c) for c in (*anchor.conditions, *anchor.related))


def _speaks_against(candidate: Candidate) -> bool:
    """Tell whether a sentence denies an effect, or gives the leading part to something else."""
    folded = _OF_THE_EVIDENCE.sub("", fold(candidate.text))
    denies = any(cue.text != "without" for cue in negations(folded)) or "failed to" in folded
    return denies or bool(_ALONE.search(folded))


def _weigh_link(candidate: Candidate, anchor: Anchor) -> Weighed:
    """Weigh a sentence of a mechanism: printable, though not every link names the drug."""
    directness = directness_of(candidate, anchor)
    refused = refuse_by_form(candidate)
    if not refused and anchor.drugs and not any(names(candidate.keyed, d) for d in anchor.drugs):
        other = other_drug(candidate.text, anchor.drugs)
        refused = f"about {other}, not {anchor.drugs[0].text}" if other else ""
    lead = bool(candidate.facets) and candidate.facets[0] is Facet.MECHANISM
    score = (
        (2.0 if lead else 0.0)
        + 1.0 * any(names(candidate.keyed, c) for c in anchor.conditions)
        + 0.6 * any(names(candidate.keyed, c) for c in anchor.related)
        + 0.5 * any(names(candidate.keyed, d) for d in anchor.drugs)
        + 0.15 * DESIGN_RANK[candidate.source.design]
        + (0.6 if candidate.source.kind is Kind.LABEL else 0.0)
    )
    return Weighed(candidate, score, max(directness, Directness.RELATED), refused)


def _take_licence(selection: Selection, look: Look, anchor: Anchor) -> bool:
    """Take one statement on whether the use is licensed; return whether it says that it is not."""
    if not anchor.drugs or not anchor.conditions:
        return False
    found = look.find(
        (*anchor.drugs[:1], *anchor.conditions), selection.question, Facet.LICENCE, "licence"
    )
    weighed = []
    for candidate in selection.reading.candidates(found):
        if Facet.LICENCE not in candidate.facets or not names(candidate.keyed, anchor.drugs[0]):
            continue
        if not _names_condition(candidate, anchor):
            continue
        entry = _weigh_link(candidate, anchor)
        off = bool(_OFF_LICENCE.search(fold(candidate.text)))
        weighed.append(
            Weighed(candidate, entry.score + (2.0 if off else 0.0), entry.directness, entry.refused)
        )
    before = len(selection.picks)
    selection.take(in_order(weighed), most=1, purpose=Purpose.LICENCE, needed=anchor.drugs[:1])
    added = selection.picks[before:]
    return any(_OFF_LICENCE.search(fold(pick.candidate.text)) for pick in added)


def _fill_anchored(selection: Selection, look: Look) -> Outcome:
    """Answer on one facet about a named drug or condition, the most direct evidence first."""
    question = selection.question
    found: list[FoundPassage] = []
    for facet in lexicon.WANTED_FACETS[question.kinds[0]]:
        found = _merge(found, look.find(question.concepts, question, facet, facet.value))
    related = find_related(question.with_role(ConceptRole.CONDITION), found, selection.vocabulary)
    anchor = anchor_of(question, related)
    candidates = selection.reading.candidates(found)
    weighed = in_order(weigh_anchored(c, anchor) for c in candidates)
    needed = anchor.drugs[:1] or anchor.conditions[:1]
    usable = [w for w in weighed if not w.refused]
    room = 6 if question.kinds[0] in LICENCE_KINDS and anchor.drugs and anchor.conditions else 7
    for tier in (Kind.GUIDELINE, Kind.LABEL):
        best = [
            w
            for w in usable
            if w.candidate.source.kind is tier
            and (tier is Kind.LABEL or w.directness > Directness.SAID_OTHERWISE)
        ]
        selection.take(best, most=2, purpose=Purpose.ANSWER, needed=needed, per_source=1)
    against = [w for w in usable if _speaks_against(w.candidate) and w.directness >= Directness.RELATED]
    direct = [w for w in usable if w.directness >= Directness.RELATED] or usable
    selection.take(
        direct, most=max(0, room - 1 - len(selection.picks)), purpose=Purpose.ANSWER, needed=needed
    )
    selection.take(against, most=1, purpose=Purpose.COUNTER, needed=needed)
    selection.withhold_refused(weighed)
    off_label = False
    if question.kinds[0] in LICENCE_KINDS and selection.picks:
        off_label = _take_licence(selection, look, anchor)
    _bring_direct_first(selection)
    support = _support(selection, anchor)
    parts = tuple(PartSupport(part.name, support) for part in question.parts)
    return Outcome(parts, len(found), off_label, _elsewhere(candidates, anchor))


def _bring_direct_first(selection: Selection) -> None:
    """Put the most direct statement first: it becomes the bottom line."""
    order = sorted(
        range(len(selection.picks)),
        key=lambda i: (
            selection.picks[i].purpose is not Purpose.ANSWER,
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
    if not direct and anchor.conditions:
        return Support.WEAK
    return Support.SUPPORTED


def _fill_free(selection: Selection, look: Look) -> Outcome:
    """Answer by relevance: the sentences of the best passages that share the question's words."""
    question = selection.question
    found = search_clauses(
        free_clauses(question),
        index=look.index,
        shelf=look.shelf,
        filters=look.filters,
        top=POOL,
        trace=look.trace,
        stage="search",
    )[:FREE_POOL]
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
    return Outcome(tuple(PartSupport(p.name, support) for p in question.parts), len(found))


def _weigh_found(found: list[FoundPassage], asked: QuestionWords, selection: Selection) -> list[Weighed]:
    """Return the sentences of the passages that hold enough of the question, best first.

    A passage must name the drug and the condition asked about, and share nearly as much with the
    question as the best one does.
    """
    question = selection.question
    must = (
        *question.with_role(ConceptRole.INTERVENTION)[:1],
        *question.with_role(ConceptRole.CONDITION)[:1],
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


def _merge(*lists: list[FoundPassage]) -> list[FoundPassage]:
    """Return the passages of all lists once, in order."""
    seen: dict[str, FoundPassage] = {}
    for entries in lists:
        for entry in entries:
            seen.setdefault(entry.passage.id, entry)
    return list(seen.values())


def _elsewhere(candidates: list[Candidate], anchor: Anchor) -> tuple[tuple[Facet, int], ...]:
    """Return the facets nobody asked for on which the same drug and condition have evidence."""
    counts: dict[Facet, int] = {}
    for candidate in candidates:
        if directness_of(candidate, anchor) is not Directness.DIRECT:
            continue
        if candidate.facets and candidate.facets[0] not in anchor.wanted:
            counts[candidate.facets[0]] = counts.get(candidate.facets[0], 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].value)))
