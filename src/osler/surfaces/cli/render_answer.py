"""An answer as a page of text: what was asked first, then the bottom line, the tiers, the proof.

Takes the answer's document of the public contract and prints nothing that is not in it. The words of a
source stand in quotation marks; a curator's summary and a model's words never do and are marked as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from osler.surfaces.cli.page import Page, Span, Style
from osler.surfaces.cli.render_beneath import statements_beneath, write_beneath
from osler.surfaces.cli.render_figures import write_figures
from osler.surfaces.cli.render_offers import write_offers
from osler.surfaces.cli.render_reference import Document, standing, write_reference
from osler.surfaces.cli.render_search import write_rewordings
from osler.surfaces.words import (
    NOT_SEARCHED,
    STATUSES,
    SUPPORTS,
    TIERS,
    WITHOUT_TIERS,
    certainty_in_words,
    is_in_its_words,
    name_of_flag,
    name_of_topic,
    open_parts,
    searched_line,
    searched_tiers,
    statements_of,
    written_by,
)


def render_answer(
    document: Document, page: Page, *, why: bool = False, opened: str | None = None
) -> None:
    """Write the whole answer on ``page``, or what stands beneath it on the topic ``opened``.

    Args:
        document: Answer with its envelope, as the public contract has it.
        page: Where to write.
        why: Also list what was withheld, what each certainty rests on and the checks.
        opened: A topic of ``answer.beneath``.
    """
    answer: Document = document["answer"]
    writer = _Writer(answer, page, why=why)
    if opened is None:
        writer.write(document.get("envelope") or {})
    else:
        writer.open(opened)


class _Writer:
    """Holds what every part of the page needs: the answer, the numbers of its sources, the page."""

    def __init__(self, answer: Document, page: Page, *, why: bool) -> None:
        self.answer = answer
        self.page = page
        self.why = why
        self.references = {reference["source"]: reference for reference in answer["references"]}
        self.reasons = {item["statement"]: item["reason"] for item in answer["uncertain"]}

    def write(self, envelope: Document) -> None:
        self._head(envelope)
        self._caution()
        self._bottom_line()
        self._clarify()
        self._tiers()
        write_figures(self.page, self.answer)
        self._against()
        self._limits()
        self._glossary()
        write_beneath(self.page, self.answer.get("beneath") or (), self.answer["id"])
        self._references(self._not_only_beneath())
        self._tail()

    def open(self, topic: str) -> None:
        """Write the statements on ``topic`` that stand beneath the answer, with their references."""
        entries = [entry for entry in self.answer.get("beneath") or () if entry["topic"] == topic]
        statements = statements_beneath(entries)
        self.page.write(Span(self.answer["question"]["asked"], Style.STRONG))
        self.page.heading(name_of_topic(topic).capitalize())
        for statement in statements:
            self._statement(statement, first="• ", indent=2)
        if not statements:
            self.page.write(Span("not found", Style.DIM), indent=2)
        self._references(self._cited_by(statements))

    def _head(self, envelope: Document) -> None:
        for notice in envelope.get("notices") or ():
            self.page.write(Span(str(notice), Style.WARNING), first="! ")
        self.page.write(Span(self.answer["question"]["asked"], Style.STRONG))
        understood = self.answer["question"].get("understood")
        if understood and understood != self.answer["question"]["asked"]:
            self.page.write(Span("understood as: ", Style.DIM), Span(understood), indent=2)
        write_rewordings(self.page, self.answer["question"].get("searched_as") or ())
        library = self.answer["library"]
        sources = library["sources"]
        as_of = f"evidence to {library['as_of']}" if library.get("as_of") else ""
        searched = f"{sources} source{'' if sources == 1 else 's'} searched"
        status = STATUSES.get(self.answer["status"], self.answer["status"])
        told = () if self.answer["status"] in NOT_SEARCHED else (as_of, searched)
        line = " · ".join(part for part in told if part)
        spans = [Span(line, Style.DIM)]
        if status:
            spans = [Span(status, Style.WARNING), Span(f" · {line}" if line else "", Style.DIM)]
        self.page.write(*spans)
        for flag in self.answer["flags"]:
            self.page.write(Span(name_of_flag(flag), Style.WARNING))
        if whose := written_by(self.answer):
            line = f"Marked sentences are {whose}, each judged against its source"
            self.page.write(Span(line, Style.WARNING))

    def _caution(self) -> None:
        if self.answer.get("caution"):
            self.page.gap()
            self.page.write(Span(self.answer["caution"], Style.WARNING))

    def _bottom_line(self) -> None:
        statement = self.answer["bottom_line"]
        if statement:
            self.page.gap()
            self._statement(statement, first="", indent=2, style=Style.STRONG)

    def _clarify(self) -> None:
        for item in self.answer["clarify"]:
            self.page.gap()
            self.page.write(Span(item["ask"], Style.STRONG), indent=2)
            if item.get("why"):
                self.page.write(Span(item["why"], Style.DIM), indent=2)

    def _tiers(self) -> None:
        if self.answer["status"] in WITHOUT_TIERS and not self.answer["sections"]:
            return
        for tier in searched_tiers(self.answer):
            sections = [s for s in self.answer["sections"] if s["tier"] == tier and s["statements"]]
            if not sections and self._is_bottom_line_of(tier):
                continue
            if not sections:
                self.page.gap()
                self.page.write(Span(TIERS[tier], Style.HEADING), Span(": not found", Style.DIM))
                continue
            self.page.heading(TIERS[tier])
            for section in sections:
                facets = {each["facet"] for each in self.answer["sections"]}
                alone = (
                    len(facets) == 1 == len(sections) and section["title"].lower() == section["facet"]
                )
                if section["title"] and not alone:
                    self.page.write(Span(section["title"], Style.DIM), indent=2)
                for statement in section["statements"]:
                    self._statement(statement, first="• ", indent=2)

    def _is_bottom_line_of(self, tier: str) -> bool:
        """A tier whose one statement is the bottom line was found; it is only not repeated."""
        statement = self.answer["bottom_line"]
        if not statement:
            return False
        reference = self.references.get(statement["citations"][0]["source"])
        return bool(reference and reference["kind"] == tier)

    def _statement(
        self, statement: Document, *, first: str, indent: int, style: Style = Style.PLAIN
    ) -> None:
        cited = [self.references.get(citation["source"]) for citation in statement["citations"]]
        known = [reference for reference in cited if reference]
        is_summary = any(reference.get("text_kind") == "summary" for reference in known)
        text = statement.get("plain") or statement["text"]
        if statement["made"] == "quoted" and not is_summary and is_in_its_words(statement):
            text = f"“{text}”"
        numbers = list(dict.fromkeys(reference["number"] for reference in known))
        spans = [Span(f"{statement['lead']} ", Style.DIM)] if statement.get("lead") else []
        spans += self._words(text, style)
        spans.append(Span(_proof(numbers, statement, is_summary=is_summary), Style.DIM))
        warnings = dict.fromkeys(standing(reference) for reference in known)
        spans += [Span(f" ({warning})", Style.WARNING) for warning in warnings if warning]
        self.page.write(*spans, first=first, indent=indent)
        for note in self._notes(statement):
            self.page.write(Span(note, Style.DIM), indent=indent + len(first) + 2)

    def _words(self, text: str, style: Style) -> Iterable[Span]:
        """Yield the words of a statement; for a pharmacist its figures stand out."""
        if self.answer["reader"] != "pharmacist" or style is not Style.PLAIN:
            yield Span(text, style)
            return
        from osler.text.figures import find_figures

        place = 0
        for figure in find_figures(text):
            yield Span(text[place : figure.start], style)
            yield Span(text[figure.start : figure.end], Style.STRONG)
            place = figure.end
        yield Span(text[place:], style)

    def _notes(self, statement: Document) -> Iterable[str]:
        reason = self.reasons.get(statement["id"])
        certainty = certainty_in_words(statement.get("certainty"), why=self.why)
        if reason:
            yield f"with care: {reason}{f'; {certainty}' if certainty else ''}"
        elif certainty:
            yield certainty
        if self.why:
            checks = statement["verdict"]["checks"]
            passed = [check["check"] for check in checks if check["outcome"] == "passed"]
            if passed:
                yield f"checked: {', '.join(passed)}"

    def _against(self) -> None:
        """Write where sources differ, one line a side: in whom, the words that differ, their number."""
        conflicts = self.answer["conflicts"]
        if not conflicts:
            return
        self.page.heading("Where sources differ")
        for conflict in conflicts:
            self.page.write(Span(conflict["about"]), Span(f" ({conflict['why']})", Style.DIM), indent=2)
            for side in conflict["sides"]:
                reference = self.references.get(side["citation"]["source"]) or {}
                quote = side["citation"]["quote"]
                words = quote if reference.get("text_kind") == "summary" else f"“{quote}”"
                whom = f"{side['population']}: " if side["population"] else ""
                number = f"\N{NO-BREAK SPACE}[{reference['number']}]" if reference else ""
                spans = (Span(whom, Style.DIM), Span(words), Span(number, Style.DIM))
                self.page.write(*spans, first="– ", indent=4)

    def _limits(self) -> None:
        parts = open_parts(self.answer)
        if parts:
            self.page.heading("How well each part is answered")
            for part in parts:
                support = SUPPORTS.get(part["support"], part["support"])
                style = Style.DIM if part["support"] == "supported" else Style.WARNING
                self.page.write(Span(f"{part['part']}: "), Span(support, style), first="• ", indent=2)
        withheld = self.answer["withheld"]
        if withheld and not self.why:
            count = f"{len(withheld)} sentence{'' if len(withheld) == 1 else 's'} withheld"
            self.page.gap()
            self.page.write(Span(f"{count}; --why lists them with the reason", Style.DIM))
        elif withheld:
            self.page.heading("Withheld")
            for item in withheld:
                self.page.write(Span(item["text"], Style.DIM), first="• ", indent=2)
                self.page.write(Span(item["reason"]), indent=6)
        if self.answer["status"] == "abstained" or self.why:
            line = f"searched for: {searched_line(self.answer)}"
            self.page.gap()
            self.page.write(Span(line, Style.DIM))

    def _glossary(self) -> None:
        """Write what is explained nowhere in the text: the hard terms of the leads."""
        shown = " ".join(statement.get("plain") or "" for statement in statements_of(self.answer))
        left = [entry for entry in self.answer.get("glossary", ()) if entry["plain"] not in shown]
        if left:
            self.page.heading("Words explained")
            for entry in left:
                self.page.write(Span(f"{entry['term']}: "), Span(entry["plain"]), first="• ", indent=2)

    def _references(self, listed: Iterable[Document]) -> None:
        ordered = sorted(listed, key=lambda item: int(item["number"]))
        if ordered:
            self.page.heading("References")
        for reference in ordered:
            write_reference(self.page, reference)

    def _cited_by(self, statements: Iterable[Document]) -> list[Document]:
        """Return the references that ``statements`` cite or name."""
        listed = list(statements)
        used = {citation["source"] for one in listed for citation in one["citations"]}
        also = {number for one in listed for number in one["also"]}
        return [r for r in self.references.values() if r["source"] in used or r["number"] in also]

    def _not_only_beneath(self) -> list[Document]:
        """Return the references but those of statements that are not printed until opened."""
        below = self._cited_by(statements_beneath(self.answer.get("beneath") or ()))
        above = self._cited_by(statements_of(self.answer))
        return [r for r in self.references.values() if r in above or r not in below]

    def _tail(self) -> None:
        write_offers(self.page, self.answer)
        if self.answer["suggestions"]:
            self.page.heading("You could ask next")
            for suggestion in self.answer["suggestions"]:
                self.page.write(Span(suggestion), first="• ", indent=2)
        self.page.gap()
        if self.answer["reader"] == "patient" and self.answer["bottom_line"]:
            grade = f"Reading grade {self.answer['reading_grade']:.0f} (years of schooling)."
            self.page.write(Span(grade, Style.DIM))
        self.page.write(Span(f"{self.answer['disclaimer']} {self.answer['id']}", Style.DIM))


def _proof(numbers: list[int], statement: Mapping[str, Any], *, is_summary: bool) -> str:
    """Return the numbers as printed, non-breaking, so that no number starts a line of its own."""
    space = "\N{NO-BREAK SPACE}"
    cited = f"[{f',{space}'.join(str(number) for number in numbers)}]" if numbers else ""
    mark = f" (summary{space}of{space}{cited})" if is_summary else f"{space}{cited}"
    if statement["made"] == "computed":
        mark = f" (computed{space}from{space}{cited})"
    if statement["made"] == "written":
        summary = f"a{space}summary{space}of{space}" if is_summary else ""
        mark = f" (written{space}from{space}{summary}{cited})"
    also = [number for number in statement["also"] if number not in numbers]
    if also:
        mark += f" also{space}in{space}[{f',{space}'.join(str(number) for number in also)}]"
    return mark
