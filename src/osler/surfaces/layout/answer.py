"""The whole answer laid out, in the order in which it is read. Nothing is worked out anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from osler.strip.panels import Mark as FigureMark
from osler.strip.panels import Panel, panels_of
from osler.surfaces.layout.article import LaidStanding, lay_out_standing
from osler.surfaces.layout.reference import LaidReference, lay_out_reference
from osler.surfaces.layout.statement import Cited, LaidStatement, cited_of, lay_out_statement
from osler.surfaces.words import (
    NOT_SEARCHED,
    STATUSES,
    SUPPORTS,
    TIERS,
    WITHOUT_TIERS,
    Document,
    counted,
    found_beneath,
    name_of_flag,
    name_of_topic,
    open_parts,
    searched_line,
    searched_tiers,
    statements_of,
    written_by,
)

REVIEWS: Final[Mapping[str, str]] = {
    "not_submitted": "Not reviewed",
    "submitted": "Submitted, not yet reviewed",
    "under_review": "Under review",
    "approved": "Approved",
}
APPROVED: Final = "approved"
NOT_REVIEWED: Final = "NOT REVIEWED"


@dataclass(frozen=True, slots=True)
class LaidSection:
    """Statements on one facet."""

    title: str
    statements: tuple[LaidStatement, ...]


@dataclass(frozen=True, slots=True)
class LaidTier:
    """One kind of evidence; without sections nothing of it was found."""

    name: str
    heading: str
    sections: tuple[LaidSection, ...]


@dataclass(frozen=True, slots=True)
class LaidFigure:
    """One figure of a panel, with the number that opens it."""

    mark: FigureMark
    cited: Cited | None


@dataclass(frozen=True, slots=True)
class LaidPanel:
    """Figures that are like with like."""

    panel: Panel
    figures: tuple[LaidFigure, ...]


@dataclass(frozen=True, slots=True)
class LaidSide:
    """What one source says where sources differ."""

    population: str
    words: str
    cited: Cited | None


@dataclass(frozen=True, slots=True)
class LaidConflict:
    """One thing on which sources differ, and in what they differ besides."""

    about: str
    why: tuple[str, ...]
    sides: tuple[LaidSide, ...]


@dataclass(frozen=True, slots=True)
class LaidTopic:
    """What stands beneath the answer on one topic; empty when nothing was found."""

    topic: str
    name: str
    found: str
    statements: tuple[LaidStatement, ...]


@dataclass(frozen=True, slots=True)
class LaidAnswer:
    """An answer in the order in which it is read.

    Attributes:
        document: The public document that it was made from.
        is_approved: Whether people have signed all of it.
        review: Its review status in words.
        status: ``answered`` and so on, as the contract has it.
        headline: What came of the question, where that is not simply an answer.
        library: What it rests on: date of the newest evidence, sources searched.
        flags: What it is marked with, in words.
        caution: What stands above it, or empty.
        notices: What is to be known of how it was made.
        written_by: Whose the sentences are that are marked as written, or empty where none is.
        bottom_line: The first statement, or None.
        clarify: Questions back, each with the reason.
        tiers: Kinds of evidence in order, those that gave nothing too.
        panels: Figures, like with like.
        conflicts: Where sources differ.
        parts: Parts of the question, each with its support as word and in words.
        searched: What was looked for; empty where nothing was.
        withheld: Sentences that were not printed, each with the reason.
        words: Hard terms that are explained nowhere in the text.
        beneath: What else the library holds.
        references: The reference list.
        grade: Reading grade, where it is worth telling, or empty.
        standing: Where the article stands that it is the answer of, or None.
    """

    document: Document
    is_approved: bool
    review: str
    status: str
    headline: str
    library: str
    flags: tuple[str, ...]
    caution: str
    notices: tuple[str, ...]
    written_by: str
    bottom_line: LaidStatement | None
    clarify: tuple[tuple[str, str], ...]
    tiers: tuple[LaidTier, ...]
    panels: tuple[LaidPanel, ...]
    conflicts: tuple[LaidConflict, ...]
    parts: tuple[tuple[str, str, str], ...]
    searched: str
    withheld: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    beneath: tuple[LaidTopic, ...]
    references: tuple[LaidReference, ...]
    grade: str
    standing: LaidStanding | None = None

    @property
    def answer(self) -> Any:
        """The part of the document that does not change with time."""
        return self.document["answer"]

    @property
    def mark(self) -> str:
        """What is printed across a page that people have not signed: empty where they have."""
        if self.standing is not None:
            return self.standing.mark
        return "" if self.is_approved else NOT_REVIEWED

    @property
    def disclaimer(self) -> str:
        """The terms of use of the page."""
        return self.standing.disclaimer if self.standing else str(self.answer["disclaimer"])

    @property
    def question(self) -> Any:
        """The question as asked and as understood."""
        return self.answer["question"]

    @property
    def understood(self) -> str:
        """What the question was understood as, where that is more than what was asked."""
        understood = str(self.question.get("understood") or "")
        return "" if understood == self.question["asked"] else understood

    @property
    def references_beneath(self) -> tuple[LaidReference, ...]:
        """The references that only what stands beneath the answer cites or names."""
        own = self._numbers_of_the_answer()
        return tuple(each for each in self.references if each.number not in own)

    @property
    def references_of_the_answer(self) -> tuple[LaidReference, ...]:
        """The references that the answer itself cites or names."""
        own = self._numbers_of_the_answer()
        return tuple(each for each in self.references if each.number in own)

    def _numbers_of_the_answer(self) -> set[int]:
        beneath = {s.id for topic in self.beneath for s in topic.statements}
        said = [s for s in self.statements if s.id not in beneath]
        shown = [figure.cited for panel in self.panels for figure in panel.figures]
        shown += [side.cited for conflict in self.conflicts for side in conflict.sides]
        cited = [each.number for s in said for each in s.cited]
        return {*cited, *(n for s in said for n in s.also), *(each.number for each in shown if each)}

    @property
    def statements(self) -> tuple[LaidStatement, ...]:
        """Every statement, those beneath too, in order."""
        first = (self.bottom_line,) if self.bottom_line else ()
        sections = (s for tier in self.tiers for section in tier.sections for s in section.statements)
        return (*first, *sections, *(s for topic in self.beneath for s in topic.statements))


def lay_out(document: Document) -> LaidAnswer:
    """Return the public document of an answer, laid out."""
    return _Layout(document).answer_laid_out()


class _Layout:
    """Holds what every part needs: the answer, its references by source, the reasons for care."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.answer: Any = document["answer"]
        self.references = {entry["source"]: entry for entry in self.answer["references"]}
        self.reasons = {entry["statement"]: entry["reason"] for entry in self.answer["uncertain"]}
        self.glossary = [(entry["term"], entry["plain"]) for entry in self.answer.get("glossary") or ()]

    def answer_laid_out(self) -> LaidAnswer:
        answer, envelope = self.document["answer"], self.document.get("envelope") or {}
        state = (envelope.get("review") or {}).get("state", "not_submitted")
        first = answer["bottom_line"]
        return LaidAnswer(
            document=self.document,
            is_approved=state == APPROVED,
            review=REVIEWS.get(state, state.replace("_", " ").capitalize()),
            status=answer["status"],
            headline=STATUSES.get(answer["status"], answer["status"]),
            library=self._library(),
            flags=tuple(name_of_flag(flag) for flag in answer["flags"]),
            caution=answer.get("caution") or "",
            notices=tuple(str(notice) for notice in envelope.get("notices") or ()),
            written_by=written_by(answer),
            bottom_line=self._statement(first) if first else None,
            clarify=tuple((item["ask"], item.get("why") or "") for item in answer["clarify"]),
            tiers=tuple(self._tiers()),
            panels=tuple(self._panels()),
            conflicts=tuple(map(self._conflict, answer["conflicts"])),
            parts=tuple(
                (part["part"], part["support"], SUPPORTS.get(part["support"], part["support"]))
                for part in open_parts(answer)
            ),
            searched="" if answer["status"] in NOT_SEARCHED else searched_line(answer),
            withheld=tuple((item["text"], item["reason"]) for item in answer["withheld"]),
            words=self._words(),
            beneath=tuple(map(self._topic, answer.get("beneath") or ())),
            references=tuple(lay_out_reference(entry) for entry in answer["references"]),
            grade=f"{answer['reading_grade']:.0f}" if answer["reader"] == "patient" and first else "",
            standing=lay_out_standing(self.document) if "article" in self.document else None,
        )

    def _statement(self, statement: Document) -> LaidStatement:
        return lay_out_statement(
            statement,
            self.references,
            care=self.reasons.get(statement["id"], ""),
            reader=self.answer["reader"],
            glossary=self.glossary,
        )

    def _library(self) -> str:
        if self.answer["status"] in NOT_SEARCHED:
            return ""
        library = self.answer["library"]
        as_of = f"evidence to {library['as_of']}" if library.get("as_of") else ""
        searched = f"{counted(library['sources'], 'source')} searched"
        return " · ".join(part for part in (as_of, searched) if part)

    def _tiers(self) -> Iterator[LaidTier]:
        """Yield each kind of evidence; one whose only statement is the bottom line does not lack."""
        if self.answer["status"] in WITHOUT_TIERS and not self.answer["sections"]:
            return
        first = self.answer["bottom_line"]
        source = self.references.get(first["citations"][0]["source"]) if first else None
        for tier in searched_tiers(self.answer):
            sections = [s for s in self.answer["sections"] if s["tier"] == tier and s["statements"]]
            if not sections and source and source["kind"] == tier:
                continue
            yield LaidTier(tier, TIERS[tier], tuple(self._section(each, sections) for each in sections))

    def _section(self, section: Document, beside: list[Document]) -> LaidSection:
        """Return one section; a heading that says nothing beside the tier's is left out."""
        facets = {each["facet"] for each in self.answer["sections"]}
        alone = len(facets) == 1 == len(beside) and section["title"].lower() == section["facet"]
        title = "" if alone else section["title"]
        return LaidSection(title, tuple(map(self._statement, section["statements"])))

    def _panels(self) -> Iterator[LaidPanel]:
        groups = [group for group in self.answer.get("figures") or () if group["rows"]]
        for panel, group in zip(panels_of(self.answer), groups, strict=True):
            marks = zip(panel.marks, group["rows"], strict=True)
            figures = [
                LaidFigure(mark, cited_of(row["citation"], self.references)) for mark, row in marks
            ]
            yield LaidPanel(panel, tuple(figures))

    def _conflict(self, conflict: Document) -> LaidConflict:
        return LaidConflict(
            conflict["about"],
            tuple(part for part in conflict["why"].split("; ") if part),
            tuple(map(self._side, conflict["sides"])),
        )

    def _side(self, side: Document) -> LaidSide:
        citation = side["citation"]
        reference = self.references.get(citation["source"]) or {}
        quote = citation["quote"]
        words = quote if reference.get("text_kind") == "summary" else f"“{quote}”"
        return LaidSide(side["population"] or "", words, cited_of(citation, self.references))

    def _topic(self, entry: Document) -> LaidTopic:
        statements = tuple(map(self._statement, entry["statements"]))
        return LaidTopic(entry["topic"], name_of_topic(entry["topic"]), found_beneath(entry), statements)

    def _words(self) -> tuple[tuple[str, str], ...]:
        shown = " ".join(one.get("plain") or "" for one in statements_of(self.answer))
        return tuple((term, plain) for term, plain in self.glossary if plain not in shown)
