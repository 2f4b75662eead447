"""Which sentences are printed: the best that pass, judged, without repetition, within the length.

Order of work: find the passages of each part, weigh their sentences, take the best for each purpose,
let the judge decide. What the judge refuses is withheld with the reason, and the next one is tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final, NamedTuple

from osler.answer.alike import adds_little, say_the_same
from osler.answer.alone import unclear
from osler.answer.lead import lead_for
from osler.answer.sentences import Candidate, Reading, own_forms, spell_out
from osler.answer.weigh import Weighed
from osler.model.answer import Withheld
from osler.model.citation import cite
from osler.model.question import Concept, Question
from osler.model.statement import Made, Statement, insert
from osler.retrieval.appraise import Directness
from osler.retrieval.trace import Trace
from osler.retrieval.vocabulary import Vocabulary
from osler.text.normalise import words
from osler.text.terms import find_abbreviations
from osler.verify.gate import judge_quoted

MOST_STATEMENTS: Final = 7
MOST_WORDS: Final = 180
MOST_OF_ONE_SOURCE: Final = 2
MOST_WITHHELD: Final = 8
MOST_ALSO: Final = 3


class Purpose(StrEnum):
    """Why a statement is in the answer."""

    ANSWER = "answer"
    LINK = "link"
    COUNTER = "counter"
    LICENCE = "licence"
    BENEATH = "beneath"


@dataclass(frozen=True, slots=True)
class Pick:
    """A statement with the candidate it came from, its purpose, and what else a written one rests on."""

    statement: Statement
    weighed: Weighed
    purpose: Purpose
    beside: tuple[Weighed, ...] = ()

    @property
    def candidate(self) -> Candidate:
        """The sentence behind the statement; of several the first."""
        return self.weighed.candidate

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every sentence behind the statement."""
        return (self.candidate, *(entry.candidate for entry in self.beside))


class Offer(NamedTuple):
    """A sentence that could have been taken, for what, and the concepts that its line must name."""

    weighed: Weighed
    purpose: Purpose
    needed: tuple[Concept, ...]


@dataclass(slots=True)
class Selection:
    """The statements taken so far, and what was withheld. Grows while an answer is made."""

    question: Question
    vocabulary: Vocabulary
    trace: Trace
    studies_of: Callable[[Iterable[str]], dict[str, str]]
    most_words: int = MOST_WORDS
    picks: list[Pick] = field(default_factory=list)
    withheld: list[Withheld] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)
    offered: list[Offer] = field(default_factory=list)
    _studies: dict[str, str] = field(default_factory=dict)

    @property
    def words_used(self) -> int:
        """Words of all statements with their leads."""
        return sum(len(p.statement.text.split()) + len(p.statement.lead.split()) for p in self.picks)

    def study_of(self, candidate: Candidate) -> str:
        """Return the study a candidate belongs to; records of one study count as one."""
        source = candidate.source.id
        if source not in self._studies:
            self._studies.update(self.studies_of([source]))
        return self._studies.get(source, source)

    def take(
        self,
        weighed: Iterable[Weighed],
        *,
        most: int,
        purpose: Purpose,
        needed: tuple[Concept, ...],
        per_source: int = MOST_OF_ONE_SOURCE,
        fresh: bool = False,
    ) -> int:
        """Add up to ``most`` of ``weighed`` (best first) that pass; return how many were added.

        With ``fresh`` each must also bring words that neither question nor earlier statements hold.
        """
        added = 0
        weighed = list(weighed)
        self.offered += [Offer(entry, purpose, needed) for entry in weighed if not entry.refused]
        for entry in weighed:
            if added >= most or len(self.picks) >= MOST_STATEMENTS:
                break
            if entry.refused:
                continue
            if self._add(entry, purpose=purpose, needed=needed, per_source=per_source, fresh=fresh):
                added += 1
        return added

    def _add(
        self,
        entry: Weighed,
        *,
        purpose: Purpose,
        needed: tuple[Concept, ...],
        per_source: int,
        fresh: bool,
    ) -> bool:
        candidate = entry.candidate
        if any(_same_span(pick.candidate, candidate) for pick in self.picks):
            return False
        same = next((i for i, p in enumerate(self.picks) if say_the_same(p.candidate, candidate)), None)
        if same is not None:
            self._add_also(same, candidate)
            return False
        if fresh and adds_little(
            candidate, (pick.candidate for pick in self.picks), self.question.asked
        ):
            self.trace.note("select", candidate.source.key, "left out", "said already in other words")
            return False
        used = Counter(self.study_of(pick.candidate) for pick in self.picks)
        if used[self.study_of(candidate)] >= per_source:
            return False
        statement = self._judged(entry, needed)
        if statement is None:
            return False
        cost = len(statement.text.split()) + len(statement.lead.split())
        if self.picks and self.words_used + cost > self.most_words:
            self.trace.note("select", candidate.source.key, "left out", "the answer is long enough")
            return False
        self.picks.append(Pick(statement, entry, purpose))
        self.trace.note(
            "select", candidate.source.key, purpose.value, f"score {entry.score:.2f}: {candidate.text}"
        )
        return True

    def _judged(self, entry: Weighed, needed: tuple[Concept, ...]) -> Statement | None:
        """Return the statement with its verdict, or None when the judge refused it."""
        candidate = entry.candidate
        known = [word.text for word in words(self.question.asked)]
        insertions, vocabulary = spell_out(candidate, self.question, known=known)
        left_open = unclear(
            candidate,
            insertions,
            own=own_forms(candidate, self.question),
            explained=(*known, *self._explained()),
            vocabulary=self.vocabulary,
        )
        if left_open:
            self._withhold(entry, f"not understandable alone: {left_open}")
            return None
        citation = cite(candidate.passage, candidate.start, candidate.end)
        lead = lead_for(candidate, self.question)
        verdict = judge_quoted(
            citation,
            insertions,
            passage=candidate.passage,
            source=candidate.source,
            question=self.question,
            needed=needed,
            vocabulary=vocabulary,
            lead=lead,
        )
        if not verdict.passed:
            failure = verdict.failures[0] if verdict.failures else None
            self._withhold(entry, failure.reason if failure else "nothing could be checked")
            return None
        return Statement(
            text=insert(citation.quote, insertions),
            made=Made.QUOTED,
            citations=(citation,),
            verdict=verdict,
            lead=lead,
            insertions=insertions,
        )

    def _explained(self) -> set[str]:
        """Return the abbreviations that the statements taken so far spell out."""
        return {pair.short for pick in self.picks for pair in find_abbreviations(pick.statement.text)}

    def name_also(self, candidates: Iterable[Candidate]) -> None:
        """Name the sources of ``candidates`` as saying the same as the first statement."""
        for candidate in candidates:
            if len(self.picks[0].statement.also) < MOST_ALSO:
                self._add_also(0, candidate)

    def _add_also(self, index: int, candidate: Candidate) -> None:
        """Name a source that says the same as the pick at ``index``."""
        pick = self.picks[index]
        if self.study_of(pick.candidate) == self.study_of(candidate):
            return
        also = dict.fromkeys((*pick.statement.also, candidate.source.id))
        self.picks[index] = replace(pick, statement=replace(pick.statement, also=tuple(also)))

    def withhold_refused(self, weighed: Iterable[Weighed]) -> None:
        """Say which sentences on the question were refused, and why."""
        for entry in weighed:
            if entry.refused:
                self._withhold(entry, entry.refused)

    def _withhold(self, entry: Weighed, reason: str) -> None:
        self.trace.note(
            "select", entry.candidate.source.key, "withheld", f"{reason}: {entry.candidate.text}"
        )
        if len(self.withheld) >= MOST_WITHHELD or entry.directness is Directness.OFF:
            return
        if all(known.text != entry.candidate.text for known in self.withheld):
            self.withheld.append(Withheld(entry.candidate.text, reason))


def _same_span(one: Candidate, other: Candidate) -> bool:
    return (one.passage.id, one.start) == (other.passage.id, other.start)


def in_order(weighed: Iterable[Weighed]) -> list[Weighed]:
    """Return ``weighed`` best first; equal scores by rank, then by passage and place."""
    return sorted(
        weighed,
        key=lambda w: (-round(w.score, 6), w.candidate.passage.id, w.candidate.start),
    )
