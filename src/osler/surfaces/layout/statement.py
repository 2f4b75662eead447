"""One statement laid out: its words in runs, whose words they are, the numbers that open its proof.

Words that were added for the reader are told from the source's by comparing with the quote; a bracket
that stands in the source itself is the source's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from osler.surfaces.cli.render_reference import standing
from osler.surfaces.words import Document, certainty_in_words, is_in_its_words

_BRACKET: Final = re.compile(r"\[[^\[\]]*\]")
_ABBREVIATION: Final = re.compile(r"\s*\([^()]*\)")


class Mark(StrEnum):
    """What a run of words is, beside being text."""

    TEXT = "text"
    INSERTED = "inserted"
    FIGURE = "figure"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a statement; all runs together are what is printed.

    Attributes:
        text: Its words.
        mark: What it is.
        meaning: Of a hard term, its plain words.
    """

    text: str
    mark: Mark = Mark.TEXT
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A number that opens the quoted words in their passage.

    Attributes:
        number: As in the reference list.
        passage: Id of the passage.
        start: Where the words begin in it, in code points.
        end: One past their last code point.
        quote: The words.
    """

    number: int
    passage: str
    start: int
    end: int
    quote: str

    @property
    def path(self) -> str:
        """The rest of an address that names passage, place and number."""
        return f"{self.passage}/{self.start}-{self.end}?n={self.number}"


@dataclass(frozen=True, slots=True)
class LaidStatement:
    """A statement in the order in which it is read.

    Attributes:
        id: The same for every reader.
        lead: For whom and how it is known, or empty.
        runs: Its words.
        is_quoted: Whether they are a source's own and stand in quotation marks.
        told_as: ``summary of``, ``computed from``, ``written from …``, or empty for a quotation.
        cited: The numbers that prove it.
        also: Numbers of further sources that say the same.
        warnings: How its sources stand, where that is not as usual.
        care: Why it needs care, or empty.
        certainty: How certain it is, or empty.
    """

    id: str
    lead: str
    runs: tuple[Run, ...]
    is_quoted: bool
    told_as: str
    cited: tuple[Cited, ...]
    also: tuple[int, ...]
    warnings: tuple[str, ...]
    care: str
    certainty: str

    @property
    def text(self) -> str:
        """What is printed, with its quotation marks, without lead and proof."""
        words = "".join(run.text for run in self.runs)
        return f"“{words}”" if self.is_quoted else words

    @property
    def proof(self) -> str:
        """The numbers as they are printed in text: ``(summary of [1]) also in [2, 3]``."""
        numbers = f"[{', '.join(str(cited.number) for cited in self.cited)}]"
        told = f"({self.told_as} {numbers})" if self.told_as else numbers
        return f"{told} also in [{', '.join(map(str, self.also))}]" if self.also else told

    @property
    def notes(self) -> str:
        """What is to be known beside the words, in one line, or empty."""
        care = f"with care: {self.care}" if self.care else ""
        return "; ".join(part for part in (care, self.certainty) if part)


def lay_out_statement(
    statement: Document,
    references: Mapping[str, Document],
    *,
    care: str = "",
    reader: str = "clinician",
    glossary: Sequence[tuple[str, str]] = (),
) -> LaidStatement:
    """Return ``statement`` laid out.

    Args:
        statement: As the public contract has it.
        references: Every reference of the answer, by source.
        care: Why it needs care, or empty.
        reader: Who reads; for a pharmacist figures stand out.
        glossary: Hard terms with their plain words.
    """
    known = [references[c["source"]] for c in statement["citations"] if c["source"] in references]
    is_summary = any(reference.get("text_kind") == "summary" for reference in known)
    cited = tuple(dict.fromkeys(_cited(statement, references)))
    numbers = {entry.number for entry in cited}
    return LaidStatement(
        id=statement["id"],
        lead=statement.get("lead") or "",
        runs=_runs(statement, reader=reader, glossary=glossary),
        is_quoted=statement["made"] == "quoted" and not is_summary and is_in_its_words(statement),
        told_as=_told_as(statement["made"], is_summary=is_summary),
        cited=cited,
        also=tuple(number for number in statement["also"] if number not in numbers),
        warnings=tuple(warning for warning in dict.fromkeys(map(standing, known)) if warning),
        care=care,
        certainty=certainty_in_words(statement.get("certainty")),
    )


def cited_of(citation: Document, references: Mapping[str, Document]) -> Cited | None:
    """Return the number that opens ``citation``, or None where the answer does not list its source."""
    reference = references.get(citation["source"])
    if reference is None:
        return None
    return Cited(
        int(reference["number"]),
        citation["passage"],
        int(citation["start"]),
        int(citation["end"]),
        citation["quote"],
    )


def _cited(statement: Document, references: Mapping[str, Document]) -> Iterator[Cited]:
    for citation in statement["citations"]:
        cited = cited_of(citation, references)
        if cited is not None:
            yield cited


def _told_as(made: str, *, is_summary: bool) -> str:
    if made == "computed":
        return "computed from"
    if made == "written":
        return "written from a summary of" if is_summary else "written from"
    return "summary of" if is_summary else ""


def _runs(statement: Document, *, reader: str, glossary: Sequence[tuple[str, str]]) -> tuple[Run, ...]:
    text = str(statement.get("plain") or statement["text"])
    marked = sorted(_marked(text, statement, reader, glossary), key=lambda found: found[:2])
    runs: list[Run] = []
    place = 0
    for start, end, mark, meaning in marked:
        if start < place:
            continue  # a longer or an earlier mark holds it
        if start > place:
            runs.append(Run(text[place:start]))
        runs.append(Run(text[start:end], mark, meaning))
        place = end
    if place < len(text):
        runs.append(Run(text[place:]))
    return tuple(runs)


def _marked(
    text: str, statement: Document, reader: str, glossary: Sequence[tuple[str, str]]
) -> Iterator[tuple[int, int, Mark, str]]:
    """Yield every stretch that is more than text; they may overlap."""
    quotes = " ".join(citation["quote"] for citation in statement["citations"])
    added = [match.span() for match in _BRACKET.finditer(text) if match[0] not in quotes]
    for start, end in added:
        yield start, end, Mark.INSERTED, ""
    for term, plain in glossary:
        for match in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.I):
            inside = any(start <= match.start() < end for start, end in added)
            if not inside and not _follows(text, match.end(), plain):
                yield *match.span(), Mark.TERM, plain
    if reader == "pharmacist":
        from osler.text.figures import find_figures  # its grammar is slow to load

        for figure in find_figures(text):
            yield figure.start, figure.end, Mark.FIGURE, ""


def _follows(text: str, place: int, plain: str) -> bool:
    """Tell whether the plain words stand right behind ``place``, an abbreviation between at most."""
    abbreviation = _ABBREVIATION.match(text, place)
    return text.startswith(f" [{plain}", abbreviation.end() if abbreviation else place)
