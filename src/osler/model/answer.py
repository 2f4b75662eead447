"""An answer: statements in sections, references, what is uncertain, and what was not found.

Holds no display numbers except those that rendering has given (``Reference.number``).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from osler.model.comparison import FigureGroup
from osler.model.conflict import Conflict
from osler.model.question import Clarification, Facet, Question
from osler.model.reader import Reader
from osler.model.source import Design, Kind, Status, TextKind
from osler.model.stance import StanceReading
from osler.model.statement import Statement
from osler.model.topic import Topic


class AnswerStatus(StrEnum):
    """What came of the question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    ABSTAINED = "abstained"
    NEEDS_CLARIFICATION = "needs_clarification"
    FALSE_PREMISE = "false_premise"
    EMERGENCY = "emergency"
    NOT_CLINICAL = "not_clinical"


class Support(StrEnum):
    """How well one part of a question is answered."""

    SUPPORTED = "supported"
    WEAK = "weak"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """Statements of one tier on one facet."""

    tier: Kind
    facet: Facet
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Beneath:
    """What the library holds on one topic beside the question; one line that opens.

    Attributes:
        topic: What was looked for.
        facet: What its statements are about.
        statements: The best of them, judged like any other; empty when nothing was found.
    """

    topic: Topic
    facet: Facet
    statements: tuple[Statement, ...] = ()

    @property
    def sources(self) -> int:
        """Number of sources that the statements cite."""
        return len({citation.source for one in self.statements for citation in one.citations})


@dataclass(frozen=True, slots=True)
class PartSupport:
    """One part of the question and how well it is supported."""

    part: str
    support: Support


@dataclass(frozen=True, slots=True)
class Withheld:
    """A sentence that was not printed, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the reference list. One number is one source, in order of first use, from 1."""

    number: int
    source: str
    version: str
    kind: Kind
    design: Design
    participants: int | None
    title: str | None
    authors: tuple[str, ...]
    container: str | None
    year: int | None
    pmid: str | None
    pmcid: str | None
    doi: str | None
    url: str | None
    status: Status
    licence: str | None
    text_kind: TextKind


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked for, so that a reader can judge what was not found."""

    query: str
    filters: tuple[tuple[str, str], ...]
    hits: int


@dataclass(frozen=True, slots=True)
class LibraryState:
    """The library an answer rests on."""

    snapshot: str
    sources: int
    as_of: str | None
    searched: Searched


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A statement that needs care, and why."""

    statement: str
    reason: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A hard term as the answer writes it, and what it means in plain words."""

    term: str
    plain: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer; the same bytes for the same library, question and settings."""

    id: str
    question: Question
    status: AnswerStatus
    stance: StanceReading | None
    library: LibraryState
    bottom_line: Statement | None
    sections: tuple[AnswerSection, ...]
    parts: tuple[PartSupport, ...]
    uncertain: tuple[Uncertain, ...]
    flags: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    clarify: tuple[Clarification, ...]
    suggestions: tuple[str, ...]
    references: tuple[Reference, ...]
    reader: Reader
    reading_grade: float
    writer: str
    engine_version: str
    disclaimer: str
    caution: str | None = None
    glossary: tuple[Explained, ...] = ()
    beneath: tuple[Beneath, ...] = ()
    figures: tuple[FigureGroup, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every printed statement, the bottom line first."""
        first = (self.bottom_line,) if self.bottom_line else ()
        return first + tuple(s for section in self.sections for s in section.statements)
