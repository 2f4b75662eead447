"""From a question as understood to an answer: find, select, judge, order, number.

The extractive way needs no language model: every sentence is a quote. Where one is configured, what it
makes of the quotes is judged and takes their place (``write``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from osler import __version__
from osler.answer.ask_back import speaks_of_a_person
from osler.answer.assure import uncertain_of
from osler.answer.compared import figures_of, with_faults
from osler.answer.complete import Completed, complete, weighed_first
from osler.answer.conflicting import conflicts_of
from osler.answer.gather import Gathered, gather
from osler.answer.look import Look
from osler.answer.references import number_references, references_of
from osler.answer.select import Pick, Purpose, Selection
from osler.answer.sentences import Reading
from osler.answer.stance import stance_of
from osler.answer.suggest import suggest
from osler.answer.withhold import disclaimer_for
from osler.answer.written import Written
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
)
from osler.model.question import ConceptRole, Facet, Question
from osler.model.reader import Reader
from osler.model.source import Kind, Source
from osler.retrieval import lexicon
from osler.retrieval.aids import NOTHING, Aid
from osler.retrieval.meaning import Meaning
from osler.retrieval.search import Shelf
from osler.retrieval.trace import Trace
from osler.retrieval.vocabulary import Vocabulary
from osler.text.readability import flesch_kincaid_grade

if TYPE_CHECKING:
    from osler.providers.protocols import Writer

WRITER: Final = "extractive"
TIERS: Final = (Kind.GUIDELINE, Kind.LABEL, Kind.RESEARCH)
COMPLETED: Final = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTIAL})
"""Answers with something beneath them."""
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


class EvidenceStore(Shelf, Protocol):
    """The stored evidence, as far as an answer reads it."""

    def current_versions(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the current version of each source, by source."""
        ...

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
        writer: A language model that restates what was chosen, or None to quote.
    """

    index: Lexical
    store: EvidenceStore
    vocabulary: Vocabulary
    snapshot: str
    sources: int
    as_of: str | None
    meaning: Meaning | None = None
    writer: Writer | None = None


def answer_question(
    question: Question,
    base: EvidenceBase,
    *,
    filters: Filters,
    reader: Reader,
    trace: Trace,
    without: frozenset[Aid] = NOTHING,
    earlier: Collection[str] = (),
    notices: list[str] | None = None,
    early: Callable[[Answer], None] | None = None,
) -> Answer:
    """Return the answer to ``question`` from the library in ``base``.

    The same question, library state and settings give an equal answer. Nothing is printed that the
    judge did not pass; when nothing passes, the answer says what was searched and not found.

    Args:
        question: As understood.
        base: The library.
        filters: What may be read, and what was asked for.
        reader: Who reads.
        trace: Grows by why each passage is in the answer or not.
        without: Aids that take no part.
        earlier: Normalised wordings of the questions that it follows; none of them is suggested.
        notices: Grows by what the reader should know of how this answer was made.
        early: Called with bottom line and statements, judged and weighed, with their references, before
            what stands beneath, figures, conflicts and suggestions are looked for; not called where
            nothing would come later, nor where a writer restates what was chosen.
    """
    look = Look(base.index, base.store, filters, trace, base.meaning, without)
    reading = Reading()
    gathered = gather(question, base.vocabulary, look, studies=base.store.studies, reading=reading)
    chosen = _first_things(gathered)
    composing = _Composing(gathered, base, filters, reader)
    if early is not None and gathered.status in COMPLETED and chosen and base.writer is None:
        early(composing.answer(Written(chosen)))
    completed = _completed(gathered, chosen, base, look, reading)
    written = _restated(gathered, completed, base, trace)
    if notices is not None:
        notices += written.notices
    picks = list(written.picks)
    return replace(
        composing.answer(written, completed),
        suggestions=suggest(gathered.question, gathered.outcome, base.vocabulary, earlier=earlier),
        figures=figures_of(picks, gathered.question),
        conflicts=conflicts_of(picks, gathered.question),
    )


@dataclass(frozen=True, slots=True)
class _Composing:
    """Makes the answer of what was gathered, as far as it has come."""

    gathered: Gathered
    base: EvidenceBase
    filters: Filters
    reader: Reader

    def answer(self, written: Written, completed: Completed | None = None) -> Answer:
        """Return the answer that prints ``written``, with what ``completed`` puts beneath it."""
        question, status, outcome = self.gathered.question, self.gathered.status, self.gathered.outcome
        beneath = completed or Completed(written.picks)
        picks, filters, store = list(written.picks), self.filters, self.base.store
        everything = [*picks, *beneath.beneath_picks]
        references = number_references(
            [pick.statement for pick in everything],
            sources=_sources_of(everything, store),
            passages={c.passage.id: c.passage for pick in everything for c in pick.candidates},
            versions=store.current_versions(
                {source for pick in everything for source in pick.statement.also}
            ),
        )
        sections = _sections(picks[1:], lexicon.WANTED_FACETS.get(question.kinds[0], ()))
        settings = (
            self.reader.value, repr(sorted(filters.kinds)), str(filters.since or ""), *written.identity
        )  # fmt: skip
        return Answer(
            id=content_id("ans", question.normalised, *settings, *(p.statement.id for p in picks)),
            question=question,
            status=status,
            stance=stance_of(question, picks, status),
            library=LibraryState(
                snapshot=self.base.snapshot,
                sources=self.base.sources,
                as_of=self.base.as_of,
                searched=Searched(question.normalised, _filter_pairs(filters), outcome.hits),
            ),
            bottom_line=picks[0].statement if picks else None,
            sections=sections,
            parts=outcome.parts
            + (_tier_parts(picks, question, status, filters) if outcome.tiers else ()),
            uncertain=with_faults(uncertain_of(everything), everything),
            flags=beneath.flags,
            withheld=(*written.withheld, *self.gathered.withheld),
            clarify=self.gathered.clarify,
            suggestions=(),
            references=references,
            reader=self.reader,
            reading_grade=_grade(picks),
            writer=written.model or WRITER,
            engine_version=__version__,
            disclaimer=disclaimer_for(
                status,
                picks,
                references_of(picks, references),
                of_a_person=speaks_of_a_person(question),
            ),
            beneath=beneath.beneath,
        )


def _first_things(gathered: Gathered) -> tuple[Pick, ...]:
    """Return the statements in the order in which they are printed; a correction stays first."""
    if gathered.status not in COMPLETED:
        return gathered.picks
    return weighed_first(gathered.question, gathered.picks)


def _completed(
    gathered: Gathered, picks: tuple[Pick, ...], base: EvidenceBase, look: Look, reading: Reading
) -> Completed:
    """Return ``picks`` with what a clinician needs beside them."""
    if gathered.status not in COMPLETED:
        return Completed(picks)
    return complete(
        gathered.question,
        picks,
        look,
        vocabulary=base.vocabulary,
        studies=base.store.studies,
        reading=reading,
    )


def _restated(gathered: Gathered, completed: Completed, base: EvidenceBase, trace: Trace) -> Written:
    """Return the statements to print, restated as far as a writer is there and the judge lets it."""
    if base.writer is None:
        return Written(completed.picks)
    from osler.answer.write import write

    chosen = Selection(
        gathered.question,
        base.vocabulary,
        trace,
        base.store.studies,
        picks=list(completed.picks),
        offered=list(gathered.offered),
    )
    return write(chosen, base.writer)


def _sources_of(picks: list[Pick], store: EvidenceStore) -> dict[str, Source]:
    """Return the sources that the picks cite or name as saying the same."""
    found = {c.source.id: c.source for pick in picks for c in pick.candidates}
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
