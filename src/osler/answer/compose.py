"""From a question as understood to an answer: find, select, judge, order, number.

The extractive way, which needs no language model: every sentence is a quote.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from osler import __version__
from osler.answer.compared import compare, with_faults
from osler.answer.look import Look, Outcome
from osler.answer.plans import fill
from osler.answer.references import number_references
from osler.answer.select import Pick, Purpose, Selection
from osler.answer.withhold import disclaimer_for, refuse_question, status_of
from osler.ids import content_id
from osler.index.protocol import Filters, Lexical
from osler.model.answer import (
    Answer,
    AnswerSection,
    AnswerStatus,
    LibraryState,
    PartSupport,
    Searched,
    Support,
    Uncertain,
)
from osler.model.question import ConceptRole, Facet, Question
from osler.model.reader import Reader
from osler.model.source import Design, Kind, Source
from osler.retrieval import lexicon
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.meaning import Meaning
from osler.retrieval.search import Shelf
from osler.retrieval.trace import Trace
from osler.retrieval.vocabulary import Vocabulary
from osler.text.polarity import hedges
from osler.text.readability import flesch_kincaid_grade

WRITER: Final = "extractive"
TIERS: Final = (Kind.GUIDELINE, Kind.LABEL, Kind.RESEARCH)
MOST_SUGGESTIONS: Final = 3
FACET_TITLES: Final[dict[Facet, str]] = {
    Facet.MECHANISM: "Mechanism",
    Facet.KINETICS: "Pharmacokinetics",
    Facet.DOSE: "Dosage",
    Facet.ADMINISTRATION: "Administration",
    Facet.EFFICACY: "Efficacy",
    Facet.SURVIVAL: "Survival",
    Facet.RELAPSE: "Relapse",
    Facet.SAFETY: "Safety",
    Facet.DIAGNOSIS: "Diagnosis",
    Facet.RECOMMENDATION: "Recommendations",
    Facet.MONITORING: "Monitoring",
    Facet.LICENCE: "Licence status",
    Facet.FINDING: "Findings",
    Facet.DEFINITION: "Definition",
}
FOLLOW_UPS: Final[dict[Facet, tuple[str, str]]] = {
    Facet.MECHANISM: ("What is the mechanism of action of {drug}{in_condition}?", ""),
    Facet.KINETICS: ("What is the half-life of {drug}?", ""),
    Facet.DOSE: ("What dose of {drug} is used{in_condition}?", ""),
    Facet.ADMINISTRATION: ("By which route is {drug} given{in_condition}?", ""),
    Facet.EFFICACY: ("How effective is {drug}{in_condition}?", "Which treatment works in {condition}?"),
    Facet.SURVIVAL: (
        "What is the survival with {drug}{in_condition}?",
        "What is the survival in {condition}?",
    ),
    Facet.RELAPSE: (
        "How often does relapse follow {drug}{in_condition}?",
        "How often does {condition} relapse?",
    ),
    Facet.SAFETY: ("What are the adverse effects of {drug}{in_condition}?", ""),
    Facet.DIAGNOSIS: ("", "How is {condition} diagnosed?"),
    Facet.RECOMMENDATION: (
        "What do guidelines recommend on {drug}{in_condition}?",
        "What do guidelines recommend in {condition}?",
    ),
    Facet.MONITORING: ("What should be monitored during {drug}?", ""),
    Facet.LICENCE: ("Is {drug} licensed{in_condition}?", ""),
}
"""Next questions by facet: with a drug (and perhaps a condition), and with a condition alone."""

WEAK_DESIGNS: Final[dict[Design, str]] = {
    Design.LABORATORY: "from animals or cells: not shown in patients",
    Design.CASE_SERIES: "from a case series: no comparison group",
    Design.NARRATIVE_REVIEW: "from a narrative review: an author's reading of the evidence",
    Design.PREPRINT: "from a preprint: not peer reviewed",
}


class EvidenceStore(Shelf, Protocol):
    """The stored evidence, as far as an answer reads it."""

    def studies(self, ids: Iterable[str]) -> dict[str, str]:
        """Return for each source the group of records that report the same study."""
        ...


@dataclass(frozen=True, slots=True)
class EvidenceBase:
    """What an answer is made from: the library, its words and its state.

    Attributes:
        index: Where passages are found.
        store: Where they are read.
        vocabulary: The library's words.
        snapshot: Digest that names the state of the library.
        sources: Number of sources.
        as_of: Date of the newest evidence, or None.
        meaning: How near passages are in meaning, or None to do without.
    """

    index: Lexical
    store: EvidenceStore
    vocabulary: Vocabulary
    snapshot: str
    sources: int
    as_of: str | None
    meaning: Meaning | None = None


def answer_question(
    question: Question,
    base: EvidenceBase,
    *,
    filters: Filters,
    reader: Reader,
    trace: Trace,
    without: frozenset[Aid] = NOTHING,
) -> Answer:
    """Return the answer to ``question`` from the library in ``base``.

    The same question, library state and settings give an equal answer. Nothing is printed that the
    judge did not pass; when nothing passes, the answer says what was searched and not found.
    """
    selection = Selection(question, base.vocabulary, trace, base.store.studies)
    outcome = Outcome((), 0)
    refused = refuse_question(question)
    if refused is None:
        outcome = fill(selection, Look(base.index, base.store, filters, trace, base.meaning, without))
    status = refused or status_of(selection.picks, outcome.parts)
    picks = selection.picks
    references = number_references(
        [pick.statement for pick in picks],
        sources=_sources_of(picks, base.store),
        passages={pick.candidate.passage.id: pick.candidate.passage for pick in picks},
    )
    sections = _sections(picks[1:], lexicon.WANTED_FACETS.get(question.kinds[0], ()))
    compared = compare(picks, question)
    settings = (reader.value, repr(sorted(filters.kinds)), str(filters.since or ""))
    return Answer(
        id=content_id("ans", question.normalised, *settings, *(p.statement.id for p in picks)),
        question=question,
        status=status,
        stance=None,
        library=LibraryState(
            snapshot=base.snapshot,
            sources=base.sources,
            as_of=base.as_of,
            searched=Searched(question.normalised, _filter_pairs(filters), outcome.hits),
        ),
        bottom_line=picks[0].statement if picks else None,
        sections=sections,
        parts=outcome.parts + (_tier_parts(picks, question, status, filters) if outcome.tiers else ()),
        uncertain=with_faults(_uncertain(picks), compared.faults),
        flags=_flags(picks, outcome),
        withheld=tuple(selection.withheld),
        clarify=question.clarify,
        suggestions=_suggestions(question, outcome),
        references=references,
        reader=reader,
        reading_grade=_grade(picks),
        writer=WRITER,
        engine_version=__version__,
        disclaimer=disclaimer_for(status, picks, references),
        figures=compared.figures,
        conflicts=compared.conflicts,
    )


def _sources_of(picks: list[Pick], store: EvidenceStore) -> dict[str, Source]:
    """Return the sources that the picks cite or name as saying the same."""
    found = {pick.candidate.source.id: pick.candidate.source for pick in picks}
    also = [source for pick in picks for source in pick.statement.also if source not in found]
    found.update(store.sources(also))
    return found


def _sections(picks: list[Pick], wanted: tuple[Facet, ...]) -> tuple[AnswerSection, ...]:
    """Group statements by tier and facet, each in the order in which it was chosen."""
    grouped: dict[tuple[Kind, Facet], list[Pick]] = {}
    for pick in picks:
        grouped.setdefault((pick.candidate.source.kind, _facet_of(pick, wanted)), []).append(pick)
    ordered = sorted(grouped, key=lambda key: TIERS.index(key[0]))
    return tuple(
        AnswerSection(tier, facet, FACET_TITLES[facet], tuple(p.statement for p in grouped[tier, facet]))
        for tier, facet in ordered
    )


def _facet_of(pick: Pick, wanted: tuple[Facet, ...]) -> Facet:
    """Return the facet a statement is printed under: the one asked for, where it is on that one."""
    if pick.purpose is Purpose.LICENCE:
        return Facet.LICENCE
    facets = pick.candidate.facets
    asked = [facet for facet in wanted if facet in facets]
    return (asked or [*facets, Facet.FINDING])[0]


def _tier_parts(
    picks: list[Pick], question: Question, status: AnswerStatus, filters: Filters
) -> tuple[PartSupport, ...]:
    """Return which tiers gave nothing, so that an empty tier is said and not filled."""
    if status not in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL):
        return ()
    if not question.with_role(ConceptRole.INTERVENTION, ConceptRole.CONDITION):
        return ()
    present = {pick.candidate.source.kind for pick in picks if pick.purpose is not Purpose.LICENCE}
    named = {Kind.GUIDELINE: "guideline statement", Kind.LABEL: "drug label statement"}
    if not question.with_role(ConceptRole.INTERVENTION):
        named.pop(Kind.LABEL)
    return tuple(
        PartSupport(f"{name} on this question", Support.NOT_FOUND)
        for kind, name in named.items()
        if kind not in present and (not filters.kinds or kind.value in filters.kinds)
    )


def _uncertain(picks: list[Pick]) -> tuple[Uncertain, ...]:
    found: list[Uncertain] = []
    for pick in picks:
        reason = WEAK_DESIGNS.get(pick.candidate.source.design, "")
        cues = hedges(pick.candidate.text)
        if cues:
            said = ", ".join(dict.fromkeys(cue.text.lower() for cue in cues))
            reason = (
                f"{reason}; hedged by its source: {said}" if reason else f"hedged by its source: {said}"
            )
        if reason:
            found.append(Uncertain(pick.statement.id, reason))
    return tuple(found)


def _flags(picks: list[Pick], outcome: Outcome) -> tuple[str, ...]:
    if not outcome.off_label:
        return ()
    text = " ".join(p.statement.text for p in picks if p.purpose is Purpose.LICENCE)
    regions = [name for name in ("US", "UK", "EU") if name in text.replace(",", " ").split()]
    return tuple(f"off_label:{region}" for region in regions) or ("off_label",)


def _suggestions(question: Question, outcome: Outcome) -> tuple[str, ...]:
    """Return next questions that the library can answer: facets on which evidence was seen."""
    drugs = question.with_role(ConceptRole.INTERVENTION)
    conditions = question.with_role(ConceptRole.CONDITION)
    if not drugs and not conditions:
        return ()
    drug = drugs[0].text if drugs else ""
    condition = conditions[0].text if conditions else ""
    asked: list[str] = []
    for facet, _count in outcome.elsewhere:
        with_drug, without = FOLLOW_UPS.get(facet, ("", ""))
        template = with_drug if drug and with_drug else without if condition else ""
        if template:
            place = f" in {condition}" if condition else ""
            asked.append(template.format(drug=drug, condition=condition, in_condition=place))
    return tuple(asked[:MOST_SUGGESTIONS])


def _filter_pairs(filters: Filters) -> tuple[tuple[str, str], ...]:
    pairs = [("scope", ", ".join(sorted(filters.scopes)))]
    if filters.kinds:
        pairs.append(("tier", ", ".join(sorted(filters.kinds))))
    if filters.since:
        pairs.append(("since", str(filters.since)))
    return tuple(pairs)


def _grade(picks: list[Pick]) -> float:
    if not picks:
        return 0.0
    return round(flesch_kincaid_grade(" ".join(pick.statement.text for pick in picks)), 1)
