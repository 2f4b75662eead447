"""A language model restates what was chosen; each of its sentences is judged, and most may be refused.

The model is given the quotes of an extractive answer and further sentences that could have been chosen.
A sentence of its own that passes the judge stands in the place of the quotes it cites; every other quote
stays. So the worst that a model can do is nothing. Believes no model, and asks it once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from osler.answer.alike import say_the_same
from osler.answer.lead import lead_for
from osler.answer.select import (
    MOST_OF_ONE_SOURCE,
    MOST_STATEMENTS,
    MOST_WORDS,
    Pick,
    Purpose,
    Selection,
)
from osler.answer.sentences import MAX_WORDS, Candidate, reworded, spell_out
from osler.answer.written import Written
from osler.errors import OslerError
from osler.model.answer import Withheld
from osler.model.certainty import Certainty, Level
from osler.model.question import Concept, ConceptRole, Question
from osler.model.statement import Made, Statement
from osler.providers.protocols import Draft, Excerpt, Writer
from osler.retrieval.trace import Trace
from osler.text.names import names_any
from osler.text.normalise import fold
from osler.verify.gate import judge_restated

IN_ITS_OWN_WORDS: Final = frozenset({Purpose.COUNTER, Purpose.LICENCE})
"""What speaks against, and the licence, are never a model's to restate."""
MOST_DRAFTS: Final = 20
MOST_CITED: Final = 4
MOST_SIGNS: Final = 400
MOST_SHOWN: Final = 200
_MARKERS: Final = re.compile(r"\s*\[\d{1,2}(?:\s*[,;–-]\s*\d{1,2})*\](?=\s*\.?\s*\Z)")
_UNSEEN: Final = "\N{REPLACEMENT CHARACTER}"
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def write(selection: Selection, writer: Writer) -> Written:
    """Return the statements of ``selection``, restated by ``writer`` as far as the judge lets it.

    Nothing is asked where nothing was chosen. Whatever goes wrong with the model, the quotes stand.
    """
    picks = tuple(selection.picks)
    evidence = _evidence(selection)
    if not evidence:
        return Written(picks)
    excerpts = [
        Excerpt(number, pick.candidate.text, pick.statement.lead)
        for number, pick in enumerate(evidence, start=1)
    ]
    try:
        drafts = writer.draft(selection.question.asked, excerpts)
    except OslerError as fault:
        selection.trace.note("write", writer.name, "no drafts", f"{fault.code}: {fault.message}")
        return Written(picks, notices=(_notice(writer, fault.code, fault.message),))
    desk = _WritingDesk(selection.question, evidence, list(picks), selection.trace, writer.name)
    for draft in drafts[:MOST_DRAFTS]:
        desk.read(draft)
    desk.leave_unread(len(drafts) - MOST_DRAFTS)
    if desk.printed:
        return Written(tuple(desk.picks), tuple(desk.withheld), model=writer.name)
    notice = _notice(writer, "writer.none_passed", "none of its sentences passed the judge")
    return Written(picks, tuple(desk.withheld), (notice,))


def _notice(writer: Writer, code: str, why: str) -> str:
    return f"{writer.name} wrote nothing of this answer: {why} ({code})"


def _evidence(selection: Selection) -> tuple[Pick, ...]:
    """Return what may be restated: the quotes chosen, then others that could have been.

    The others weigh as much as the weakest one chosen, and have passed the same judge for the same
    question under the same limits of length.
    """
    chosen = [
        pick
        for pick in selection.picks
        if pick.purpose not in IN_ITS_OWN_WORDS and pick.statement.made is Made.QUOTED
    ]
    if not chosen:
        return ()
    least = min(pick.weighed.score for pick in chosen)
    nearest = min(pick.weighed.directness for pick in chosen)
    further = Selection(selection.question, selection.vocabulary, Trace(), selection.studies_of)
    seen = {_place(pick.candidate) for pick in selection.picks}
    for entry, purpose, needed in selection.offered:
        place = _place(entry.candidate)
        if place in seen or purpose in IN_ITS_OWN_WORDS:
            continue
        if entry.score < least or entry.directness < nearest:
            continue
        seen.add(place)
        if not any(say_the_same(pick.candidate, entry.candidate) for pick in selection.picks):
            further.take([entry], most=1, purpose=Purpose.ANSWER, needed=needed)
    return (*chosen, *further.picks)


def _place(candidate: Candidate) -> tuple[str, int]:
    return candidate.passage.id, candidate.start


@dataclass(slots=True)
class _WritingDesk:
    """The statements as they stand while drafts are read, one after the other."""

    question: Question
    evidence: tuple[Pick, ...]
    picks: list[Pick]
    trace: Trace
    model: str
    withheld: list[Withheld] = field(default_factory=list)
    printed: list[Statement] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)

    def read(self, draft: Draft) -> None:
        """Print ``draft`` in the place of what it cites, or withhold it with the reason."""
        numbers, fault = self._numbers(draft)
        text = _tidy(draft.text)
        fault = fault or self._form_fault(text)
        if fault:
            return self._withhold(draft, fault)
        statement = self._restated(text, [self.evidence[number - 1] for number in numbers])
        if not statement.verdict.passed:
            failure = statement.verdict.failures[0]
            return self._withhold(draft, f"{failure.check}: {failure.reason}")
        placed = self._placed(statement, [self.evidence[number - 1] for number in numbers])
        fault = self._room_fault(placed, statement)
        if fault:
            return self._withhold(draft, fault)
        self.picks = placed
        self.printed.append(statement)
        self._used.update(numbers)
        self.trace.note("write", self.model, "printed", statement.text)
        return None

    def leave_unread(self, count: int) -> None:
        """Say that ``count`` drafts more came than are read."""
        if count > 0:
            self.withheld.append(
                Withheld(f"{count:,} more sentences", f"written by {self.model}; too many to read")
            )

    def _numbers(self, draft: Draft) -> tuple[list[int], str]:
        """Return the evidence that ``draft`` cites, in order, or why that cannot be."""
        cited = dict.fromkeys(draft.citations)
        if not cited:
            return [], "spans: cites nothing"
        if len(cited) > MOST_CITED:
            return [], f"spans: cites more than {MOST_CITED} pieces of evidence at once"
        known = {str(number): number for number in range(1, len(self.evidence) + 1)}
        invented = next((number for number in cited if number not in known), None)
        if invented is not None:
            return [], f"spans: no evidence has the number {_shown(invented)!r}"
        numbers = sorted(known[number] for number in cited)
        if self._used & set(numbers):
            return [], "repeats: another statement rests on the same words"
        return numbers, ""

    def _form_fault(self, text: str) -> str:
        if len(text) > MOST_SIGNS or len(text.split()) > MAX_WORDS:
            return f"length: longer than {MAX_WORDS} words"
        if any(fold(text) == fold(known.text) for known in self.printed):
            return "repeats: says what another statement says"
        return ""

    def _restated(self, text: str, cited: Sequence[Pick]) -> Statement:
        """Return ``text`` as a statement on what it cites, with its verdict, good or bad."""
        candidates = [pick.candidate for pick in cited]
        lead = _joined_lead(text, candidates, self.question)
        vocabulary: dict[str, str] = {}
        for candidate in candidates:
            vocabulary |= spell_out(candidate, self.question, known=())[1]
        citations = tuple(pick.statement.citations[0] for pick in cited)
        verdict = judge_restated(
            text,
            citations,
            lead=lead,
            passages={c.passage.id: c.passage for c in candidates},
            sources={c.source.id: c.source for c in candidates},
            vocabulary=vocabulary,
            question=self.question,
            needed=_needed(cited, self.question),
        )
        sources = {citation.source for citation in citations}
        also = dict.fromkeys(source for pick in cited for source in pick.statement.also)
        return Statement(
            text=text,
            made=Made.WRITTEN,
            citations=citations,
            verdict=verdict,
            lead=lead,
            certainty=_lowest([pick.statement.certainty for pick in cited]),
            also=tuple(source for source in also if source not in sources),
        )

    def _placed(self, statement: Statement, cited: Sequence[Pick]) -> list[Pick]:
        """Return the statements with ``statement`` where the first one that it replaces stood."""
        first = next((pick for pick in self.picks if any(pick is one for one in cited)), None)
        own = first or cited[0]
        beside = tuple(one.weighed for one in cited if one is not own)
        written = Pick(statement, own.weighed, own.purpose, beside)
        if first is None:
            return [*self.picks, written]
        kept = [p for p in self.picks if p is first or not any(p is one for one in cited)]
        return [written if pick is first else pick for pick in kept]

    def _room_fault(self, placed: list[Pick], statement: Statement) -> str:
        """Say why the answer with the new statement breaks the rules of its form, or nothing."""
        if len(placed) > max(MOST_STATEMENTS, len(self.picks)):
            return "length: the answer has statements enough"
        if _words(placed) > max(MOST_WORDS, _words(self.picks)):
            return "length: the answer is long enough"
        before, after = _uses(self.picks), _uses(placed)
        for citation in statement.citations:
            if after[citation.source] > max(MOST_OF_ONE_SOURCE, before[citation.source]):
                return "repeats: enough is said from this source"
        printed = {p.statement.text: reworded(p.candidate, p.statement.text) for p in placed}
        said = printed.pop(statement.text)
        if any(say_the_same(other, said) for other in printed.values()):
            return "repeats: says what another statement says"
        return ""

    def _withhold(self, draft: Draft, reason: str) -> None:
        text, why = _shown(draft.text), _shown(reason)
        self.trace.note("write", self.model, "withheld", f"{why}: {text}")
        self.withheld.append(Withheld(text, f"written by {self.model}; {why}"))


def _tidy(text: str) -> str:
    """Return ``text`` on one line, without numbers in brackets at its end, with a full stop."""
    bare = _MARKERS.sub("", " ".join(text[: 2 * MOST_SIGNS].split()))
    return bare if not bare or bare.endswith((".", "?", "!")) else f"{bare}."


def _shown(text: str) -> str:
    """Return ``text`` as it may be shown: short, and with a mark for each sign that nobody can see."""
    line = " ".join(text[: 2 * MOST_SHOWN].split())
    seen = "".join(_UNSEEN if unicodedata.category(sign) in _HIDDEN else sign for sign in line)
    cut = seen if len(seen) <= MOST_SHOWN else f"{seen[:MOST_SHOWN].rstrip()}…"
    return cut or "(no words)"


def _joined_lead(text: str, candidates: Sequence[Candidate], question: Question) -> str:
    """Return in whom and how it is known, of each source that is cited."""
    leads = dict.fromkeys(lead_for(reworded(candidate, text), question) for candidate in candidates)
    told = [lead.removesuffix(":") for lead in leads if lead]
    if not told:
        return ""
    return "; ".join([told[0], *(f"{lead[0].lower()}{lead[1:]}" for lead in told[1:])]) + ":"


def _needed(cited: Sequence[Pick], question: Question) -> tuple[Concept, ...]:
    """Return what the statement must name: the drug and condition asked about, where its quotes do."""
    asked = (
        *question.with_role(ConceptRole.INTERVENTION)[:1],
        *question.with_role(ConceptRole.CONDITION)[:1],
    )
    lines = [f"{pick.statement.text} . {pick.statement.lead}" for pick in cited]
    return tuple(
        concept
        for concept in asked
        if all(names_any(line, (concept.text, *concept.variants)) for line in lines)
    )


def _lowest(known: Sequence[Certainty | None]) -> Certainty | None:
    order = list(Level)
    given = [certainty for certainty in known if certainty is not None]
    return max(given, key=lambda certainty: order.index(certainty.level), default=None)


def _words(picks: Sequence[Pick]) -> int:
    return sum(len(p.statement.text.split()) + len(p.statement.lead.split()) for p in picks)


def _uses(picks: Sequence[Pick]) -> Counter[str]:
    return Counter(citation.source for pick in picks for citation in pick.statement.citations)
